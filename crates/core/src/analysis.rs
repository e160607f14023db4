use crate::{EventType, Features, Span, codes::words};

/// A document's news as sentences, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    pub sentences: Vec<Sentence>,
}

/// A sentence: a tree over its words.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub span: Span,
    /// Index of the block of the document that holds it.
    pub block: usize,
    /// Never empty.
    pub words: Vec<Word>,
}

/// A syntactic word. Where a text fuses words (French `du`), several words share one span.
#[derive(Clone, Debug)]
pub struct Word {
    pub span: Span,
    /// The form, as in the text; the parts of a fused word have their own forms (`de`, `le`).
    pub form: String,
    /// Lower case, except for proper names.
    pub lemma: String,
    pub upos: Upos,
    /// None where the model gives none.
    pub features: Features,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    pub relation: Relation,
    /// `None` outside names.
    pub name: Option<NameTag>,
    /// `None` where no model has read the word.
    pub acts: Option<ActOdds>,
    /// `None` where no model has read the word.
    pub telling: Option<TellingOdds>,
}

/// How much a word looks, where it stands, as if it told of an act of each type: log odds. Evidence beside the frames,
/// which say what is an act and whose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActOdds([f32; EventType::ALL.len()]);

impl ActOdds {
    /// The log odds of each type, in the order of [`EventType::ALL`].
    pub const fn new(odds: [f32; EventType::ALL.len()]) -> Self {
        Self(odds)
    }

    pub fn of(&self, kind: EventType) -> f32 {
        self.0.get(kind as usize).copied().unwrap_or_default()
    }
}

/// How what a word tells is told, where it stands: log odds. Evidence beside the rules, which say what its status is and
/// who says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TellingOdds {
    /// That it is stated as having happened or happening, and not negated, to come, wished, asked for or merely possible.
    pub happened: f32,
    /// That it is put into somebody's mouth, and not told in the author's own voice.
    pub attributed: f32,
}

/// A word's place in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameTag {
    pub kind: NameKind,
    /// Whether a name starts here.
    pub begins: bool,
}

words! {
    /// What a name stands for.
    NameKind { Person = "PER", Organisation = "ORG", Location = "LOC" }
}

words! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

words! {
    /// Universal dependency relation, with the subtypes that later stages lean on.
    Relation {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
        Case = "case", Cc = "cc", Ccomp = "ccomp", Clf = "clf", Compound = "compound", Conj = "conj",
        Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", Nsubj = "nsubj", Nummod = "nummod",
        Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
        AclRelcl = "acl:relcl", AuxPass = "aux:pass", CompoundPrt = "compound:prt",
        CsubjPass = "csubj:pass", NsubjPass = "nsubj:pass", OblAgent = "obl:agent",
    }
}

impl Sentence {
    /// Indices of the words whose head is `head`, in the order of the text.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().filter(move |(_, word)| word.head == Some(head)).map(|(index, _)| index)
    }

    /// The first child of `head` with one of the relations.
    pub fn child(&self, head: usize, relations: &[Relation]) -> Option<usize> {
        self.children(head)
            .find(|&child| self.words.get(child).is_some_and(|w| relations.contains(&w.relation)))
    }

    pub fn root(&self) -> usize {
        self.words.iter().position(|word| word.head.is_none()).unwrap_or(0)
    }

    /// Whether `word` is `ancestor` or lies below it.
    pub fn is_below(&self, word: usize, ancestor: usize) -> bool {
        let mut at = Some(word);
        // A tree cannot be deeper than it has words; the bound keeps a broken one from hanging us.
        for _ in 0..=self.words.len() {
            match at {
                Some(index) if index == ancestor => return true,
                Some(index) => at = self.words.get(index).and_then(|word| word.head),
                None => return false,
            }
        }
        false
    }

    /// Indices of `head` and all words below it, in the order of the text.
    pub fn subtree(&self, head: usize) -> Vec<usize> {
        let mut inside = vec![false; self.words.len()];
        let mut stack = vec![head];
        while let Some(index) = stack.pop() {
            match inside.get_mut(index) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            stack.extend(self.children(index));
        }
        inside.iter().enumerate().filter(|(_, inside)| **inside).map(|(index, _)| index).collect()
    }

    /// The words whose spans overlap `span`.
    pub fn words_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|word| word.span.end() <= span.start());
        let end = self.words.partition_point(|word| word.span.start() < span.end());
        start..end.max(start)
    }

    /// The word of a range that governs the rest: the first whose head lies outside the range.
    pub fn head_of(&self, range: std::ops::Range<usize>) -> usize {
        range
            .clone()
            .find(|&index| {
                self.words.get(index).is_some_and(|word| word.head.is_none_or(|head| !range.contains(&head)))
            })
            .unwrap_or(range.start)
    }
}
