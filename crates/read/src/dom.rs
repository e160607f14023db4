//! The tree of an HTML page.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElemName, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

/// A page as a tree; node 0 is the document.
pub(crate) struct Dom {
    pub nodes: Vec<Node>,
}

pub(crate) struct Node {
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub content: Content,
}

pub(crate) enum Content {
    /// The document, a comment, a doctype.
    Other,
    Text(String),
    Element {
        name: QualName,
        attributes: Vec<(LocalName, String)>,
    },
}

impl Dom {
    pub(crate) fn parse(html: &str) -> Self {
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
            ..ParseOpts::default()
        };
        let root = Node { parent: None, children: Vec::new(), content: Content::Other };
        parse_document(Sink { nodes: RefCell::new(vec![root]) }, options).one(html)
    }

    /// The name of an element, in lower case; empty for the rest.
    pub(crate) fn name(&self, node: usize) -> &str {
        match self.nodes.get(node).map(|node| &node.content) {
            Some(Content::Element { name, .. }) => &name.local,
            _ => "",
        }
    }

    pub(crate) fn attribute(&self, node: usize, key: &str) -> Option<&str> {
        match self.nodes.get(node).map(|node| &node.content) {
            Some(Content::Element { attributes, .. }) => {
                attributes.iter().find(|(name, _)| &**name == key).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    pub(crate) fn parent(&self, node: usize) -> Option<usize> {
        self.nodes.get(node)?.parent
    }

    /// The elements of a name, in the order of the page.
    pub(crate) fn elements<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> + 'a {
        (0..self.nodes.len()).filter(move |node| self.name(*node) == name && self.is_attached(*node))
    }

    fn is_attached(&self, node: usize) -> bool {
        node == 0 || self.parent(node).is_some()
    }

    /// All the words below a node, with single spaces.
    pub(crate) fn words(&self, node: usize) -> String {
        let mut text = String::new();
        let mut stack = vec![node];
        while let Some(at) = stack.pop() {
            let Some(node) = self.nodes.get(at) else { continue };
            match &node.content {
                Content::Text(words) => text.push_str(words),
                Content::Element { name, .. } if matches!(&*name.local, "br" | "p" | "div" | "li") => {
                    text.push(' ');
                }
                _ => {}
            }
            stack.extend(node.children.iter().rev());
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of a node as it stands, as scripts need it.
    pub(crate) fn raw(&self, node: usize) -> String {
        let children = self.nodes.get(node).map(|node| node.children.as_slice()).unwrap_or_default();
        children
            .iter()
            .filter_map(|child| match &self.nodes.get(*child)?.content {
                Content::Text(words) => Some(words.as_str()),
                _ => None,
            })
            .collect()
    }
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
}

struct Name<'a>(Ref<'a, QualName>);

impl std::fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn add(&self, content: Content) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { parent: None, children: Vec::new(), content });
        nodes.len() - 1
    }

    fn detach(&self, target: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes.get_mut(target).and_then(|node| node.parent.take());
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent))
            && let Some(at) = parent.children.iter().rposition(|child| *child == target)
        {
            parent.children.remove(at);
        }
    }

    /// Puts a node or words under `parent`, before its child `before` or at the end.
    fn insert(&self, parent: usize, before: Option<usize>, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(words) => {
                let mut nodes = self.nodes.borrow_mut();
                let children = nodes.get(parent).map(|node| node.children.as_slice()).unwrap_or_default();
                let at = before
                    .and_then(|before| children.iter().rposition(|child| *child == before))
                    .unwrap_or(children.len());
                let neighbour = at.checked_sub(1).and_then(|at| children.get(at)).copied();
                if let Some(Content::Text(text)) =
                    neighbour.and_then(|node| nodes.get_mut(node)).map(|node| &mut node.content)
                {
                    text.push_str(&words);
                    return;
                }
                drop(nodes);
                self.add(Content::Text(words.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
        }
        if let Some(parent) = nodes.get_mut(parent) {
            let at = before
                .and_then(|before| parent.children.iter().rposition(|child| *child == before))
                .unwrap_or(parent.children.len());
            parent.children.insert(at, child);
        }
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Dom;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Dom {
        Dom { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Name<'a> {
        Name(Ref::map(self.nodes.borrow(), |nodes| match nodes.get(*target).map(|node| &node.content) {
            Some(Content::Element { name, .. }) => name,
            _ => unreachable!("the tree builder asks only for the names of elements"),
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        let attributes = attributes
            .into_iter()
            .map(|attribute| (attribute.name.local, attribute.value.to_string()))
            .collect();
        self.add(Content::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Content::Other)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow().get(*element).and_then(|node| node.parent);
        match parent {
            Some(parent) => self.insert(parent, Some(*element), child),
            None => self.insert(*previous, None, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, node: NodeOrText<usize>) {
        let parent = self.nodes.borrow().get(*sibling).and_then(|node| node.parent);
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), node);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, more: Vec<Attribute>) {
        if let Some(Content::Element { attributes, .. }) =
            self.nodes.borrow_mut().get_mut(*target).map(|node| &mut node.content)
        {
            for attribute in more {
                if !attributes.iter().any(|(name, _)| *name == attribute.name.local) {
                    attributes.push((attribute.name.local, attribute.value.to_string()));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = self
            .nodes
            .borrow_mut()
            .get_mut(*node)
            .map(|node| std::mem::take(&mut node.children))
            .unwrap_or_default();
        let mut nodes = self.nodes.borrow_mut();
        for child in &children {
            if let Some(child) = nodes.get_mut(*child) {
                child.parent = Some(*new_parent);
            }
        }
        if let Some(parent) = nodes.get_mut(*new_parent) {
            parent.children.extend(children);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_pages_still_make_a_tree() {
        let dom = Dom::parse("<p>One<p>Two <b>three<table>x<tr><td>four</table>");
        assert_eq!(dom.elements("p").count(), 2);
        assert_eq!(dom.words(0), "One Two threexfour");
    }

    #[test]
    fn a_deep_page_does_not_overflow() {
        let dom = Dom::parse(&"<div>".repeat(20_000));
        assert_eq!(dom.words(0), "");
    }
}
