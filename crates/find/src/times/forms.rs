//! The forms under which a word is looked up: without prefixes, as a stem, as the parts of a compound.

use super::grammar::{Class, Grammar};
use super::tokens::{Token, TokenKind};

pub(super) fn is_word(word: &str, form: &str) -> bool {
    word.strip_suffix('*').map_or(word == form, |stem| form.starts_with(stem))
}

/// The beginnings of a word, of two characters or more, that leave no long ending.
pub(super) fn stems(form: &str) -> impl Iterator<Item = &str> {
    let long = form.len() > 80;
    form.char_indices()
        .map(|(index, _)| index)
        .skip(2)
        .chain([form.len()])
        .take_while(move |_| !long)
        .filter_map(move |end| form.get(..end))
}

pub(super) fn forms(token: &Token, grammar: &Grammar) -> Vec<String> {
    let mut out = vec![token.norm.clone()];
    if token.kind != TokenKind::Letters || token.norm.len() > 60 {
        return out;
    }
    // Two prefixes at the most: `ו` + `ה`.
    let mut from = 0;
    for _ in 0..2 {
        let known = out.len();
        for index in from..known {
            for prefix in &grammar.prefixes {
                let Some(rest) = out.get(index).and_then(|form| form.strip_prefix(prefix.as_str())) else {
                    continue;
                };
                if rest.chars().count() >= 2 && !out.iter().any(|form| form == rest) {
                    out.push(rest.to_owned());
                }
            }
        }
        from = known;
    }
    out
}

/// Cuts `Dienstagabend` into `Dienstag` and `abend`.
pub(super) fn split_compounds(text: &str, tokens: Vec<Token>, grammar: &Grammar) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let is = |word: &str, class: Class| {
        grammar
            .entries
            .get(word)
            .is_some_and(|entries| entries.iter().any(|entry| entry.class == class && entry.words.len() == 1))
    };
    for token in tokens {
        let mut cut = None;
        if token.kind == TokenKind::Letters && token.norm.len() < 60 && token.norm.len() > 7 {
            for end in token.norm.char_indices().map(|(index, _)| index).skip(3) {
                let (Some(head), Some(tail)) = (token.norm.get(..end), token.norm.get(end..)) else {
                    continue;
                };
                let bare = tail.strip_prefix('s').unwrap_or(tail);
                if is(head, Class::Weekday) && (is(tail, Class::Part) || is(bare, Class::Part)) {
                    let bare = if is(tail, Class::Part) { tail } else { bare };
                    cut = Some((head.to_owned(), bare.to_owned(), head.chars().count()));
                }
            }
        }
        let split = cut.and_then(|(head, tail, characters)| {
            let (offset, _) = text.get(token.start..token.end)?.char_indices().nth(characters)?;
            Some((head, tail, token.start + offset))
        });
        match split {
            Some((head, tail, at)) => {
                out.push(Token { end: at, norm: head, ..token.clone() });
                out.push(Token { start: at, norm: tail, glued: true, after_break: false, ..token });
            }
            None => out.push(token),
        }
    }
    out
}
