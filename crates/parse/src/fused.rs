use std::collections::{BTreeMap, BTreeSet};

use chancery_core::{Features, NameTag, Relation, Sentence, Upos, Word, without_points};

use crate::fused_table::{FusedError, Hangs, Line, Part, Shape};
use crate::lemmas::Lemmas;
use crate::pieces::Pieces;
use crate::rules::fold;

/// How the fused words of a language (French `du`) are taken apart, from `languages/xx/fused.txt`. They are read as
/// one word, which has the tag, head and relation of the part whose head lies outside it; the table says what the
/// parts are.
#[derive(Default)]
pub(crate) struct Fused {
    /// Of each section at most one line is applied.
    pub(crate) sections: Vec<Vec<Line>>,
    pub(crate) whole: BTreeSet<String>,
    /// Letters that a rest is written with when it stands alone.
    pub(crate) alone: BTreeMap<char, char>,
    /// Whether the words are read again once they are taken apart.
    pub(crate) again: bool,
}

/// What is known of a part before the places of all words are.
struct Cut {
    form: String,
    lemma: Option<String>,
    /// None for the heir.
    own: Option<(Upos, Relation, Hangs)>,
    /// Whether it may be a part of a name that the heir is in, as endings are not.
    before: bool,
}

/// What the lines of a table are held against.
pub(crate) struct Evidence<'a> {
    pub(crate) pieces: &'a Pieces<'static>,
    pub(crate) lemmas: &'a Lemmas,
}

impl Fused {
    /// The table of a language; nothing is fused in one without.
    pub(crate) fn of(language: &str) -> Result<Self, FusedError> {
        let table = chancery_tables::language(language, "fused").unwrap_or_default();
        Self::read(table, &format!("languages/{language}/fused.txt"))
    }

    /// The sentence with its fused words taken apart; the parts of one share its span.
    pub(crate) fn split(&self, sentence: &Sentence, evidence: &Evidence<'_>) -> Sentence {
        let cuts: Vec<Vec<Cut>> =
            (0..sentence.words.len()).map(|index| self.cuts(sentence, index, evidence)).collect();
        let mut heirs = Vec::with_capacity(cuts.len());
        let mut count = 0;
        for parts in &cuts {
            heirs.push(count + parts.iter().position(|part| part.own.is_none()).unwrap_or(0));
            count += parts.len();
        }
        let mut words = Vec::with_capacity(count);
        for ((word, parts), heir) in sentence.words.iter().zip(cuts).zip(&heirs) {
            let head = word.head.and_then(|head| heirs.get(head)).copied();
            let several = parts.len() > 1;
            for (place, cut) in parts.into_iter().enumerate() {
                words.push(made(word, cut, (*heir, head), several && place > 0, evidence));
            }
        }
        Sentence { span: sentence.span, block: sentence.block, words }
    }

    /// The parts of a word: itself where no line fits.
    fn cuts(&self, sentence: &Sentence, index: usize, evidence: &Evidence<'_>) -> Vec<Cut> {
        let Some(word) = sentence.words.get(index) else { return Vec::new() };
        let itself = |form: &str| Cut { form: form.to_owned(), lemma: None, own: None, before: false };
        let (mut front, mut back) = (Vec::new(), Vec::new());
        let mut rest = word.form.clone();
        for section in &self.sections {
            if self.whole.contains(&fold(&without_points(&rest))) {
                break;
            }
            let found = section.iter().find_map(|line| {
                let (shape, slices) = line.slices(&rest)?;
                let left = || slices.get(shape.rest).copied().unwrap_or_default();
                let likelier = || evidence.pieces.score(left()) - evidence.pieces.score(&rest);
                line.holds(sentence, index, likelier).then(|| self.applied(line, shape, &slices, &word.form))
            });
            let Some((mut parts, heir_is_rest)) = found else { continue };
            let Some(heir) = parts.iter().position(|part| part.own.is_none()) else { continue };
            let mut after = parts.split_off(heir + 1);
            let Some(heir) = parts.pop() else { continue };
            front.append(&mut parts);
            after.append(&mut back);
            back = after;
            rest = heir.form;
            if !heir_is_rest {
                break;
            }
        }
        if front.is_empty() && back.is_empty() {
            return vec![Cut { lemma: Some(word.lemma.clone()), ..itself(&word.form) }];
        }
        front.push(itself(&rest));
        front.append(&mut back);
        front
    }

    /// The parts that a line makes, and whether the heir is what the line left over.
    fn applied(&self, line: &Line, shape: &Shape, slices: &[&str], form: &str) -> (Vec<Cut>, bool) {
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        let mut heir_is_rest = false;
        let heir = line.parts.iter().position(|part| part.own.is_none()).unwrap_or(0);
        let parts = line.parts.iter().enumerate().map(|(place, part)| {
            let Part { form, lemma, own } = part;
            let slice = slices.get(place).copied().unwrap_or_default();
            let is_rest = !shape.is_whole() && place == shape.rest;
            heir_is_rest |= is_rest && own.is_none();
            let form = match form {
                None if is_rest && place + 1 < slices.len() => self.alone(slice),
                None => slice.to_owned(),
                Some(form) if place == 0 && capital => capitalised(form),
                Some(form) => form.clone(),
            };
            let before = shape.is_whole() || place < heir;
            Cut { form, lemma: lemma.clone(), own: *own, before }
        });
        (parts.collect(), heir_is_rest)
    }

    /// A rest as it is written alone (`dár` of `dárselo` as `dar`).
    fn alone(&self, rest: &str) -> String {
        rest.chars().map(|character| self.alone.get(&character).copied().unwrap_or(character)).collect()
    }
}

fn made(word: &Word, cut: Cut, (heir, head): (usize, Option<usize>), later: bool, of: &Evidence<'_>) -> Word {
    let Cut { form, lemma, own, before } = cut;
    let (upos, relation, head, features) = match own {
        None => (word.upos, word.relation, head, word.features.clone()),
        Some((upos, relation, Hangs::OnHeir)) => (upos, relation, Some(heir), Features::default()),
        Some((upos, relation, Hangs::OnHead)) => {
            (upos, relation, Some(head.unwrap_or(heir)), Features::default())
        }
    };
    let name = word.name.and_then(|name| {
        let inside = NameTag { begins: false, ..name };
        match own {
            None => Some(name),
            // What stands in front of a name's first word is no part of it.
            Some(_) => (before && (later || !name.begins)).then_some(inside),
        }
    });
    let lemma = lemma.unwrap_or_else(|| of.lemmas.lemma(&form, upos));
    Word {
        span: word.span,
        form,
        lemma,
        upos,
        features,
        head,
        relation,
        name,
        acts: word.acts,
        telling: word.telling,
    }
}

fn capitalised(form: &str) -> String {
    let mut characters = form.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}
