//! Who bears a title: the name that it stands before, behind or beside.

use std::ops::Range;

use chancery_core::{Relation, Upos};

use super::designation::{Designation, Ground, NameTie, Owner, REACH};
use super::lexicon::{RightBinding, TitleClass};
use crate::world::{NameForm, NameMatch};

impl Ground<'_, '_> {
    /// Ties a title to the name of the person who bears it.
    pub(super) fn bind_name(&self, designations: &mut [Designation], index: usize) {
        let Some(designation) = designations.get(index) else { return };
        if designation.code.class != TitleClass::Office {
            return;
        }
        let extent = designation.extent.clone();
        let starts_at = |at: usize| self.persons.iter().position(|person| person.words.start == at);
        let ends_at = |at: usize| self.persons.iter().position(|person| person.words.end == at);
        let mut after = extent.end;
        while self.lexicon.lists("honorifics", self.word(after))
            || self.lexicon.lists("possessive", self.word(after))
        {
            after += 1;
        }
        // `Foreign Minister and Deputy Prime Minister X`: the second title carries the name.
        let followed = starts_at(after).map(|person| (person, NameTie::Title)).or_else(|| {
            let comma = matches!(self.word(after), "," | "،" | "，" | "(" | "-" | "—");
            starts_at(after + 1).filter(|_| comma).map(|person| (person, NameTie::Apposition))
        });
        let tied = followed.or_else(|| {
            let comma = extent.start.checked_sub(1)?;
            let is_comma = matches!(self.word(comma), "," | "،" | "，" | "(" | "-" | "—");
            ends_at(comma).filter(|_| is_comma).map(|person| (person, NameTie::Apposition))
        });
        let tied = tied.or_else(|| {
            let person = ends_at(extent.start)
                .filter(|_| self.lexicon.name_first && designation.owner != Owner::None)?;
            Some((person, NameTie::Apposition))
        });
        let (mut end, mut owner) = (extent.end, designation.owner);
        let tied = tied.or_else(|| {
            let (person, of) =
                self.named_behind_portfolio(&extent).filter(|_| designation.owner == Owner::None)?;
            (end, owner) = (self.persons.get(person)?.words.start, of);
            Some((person, NameTie::Title))
        });
        let tied = tied.or_else(|| {
            // `Putin President` is not a title after a name; `佩泽希齐扬总统` is.
            let person = ends_at(extent.start).filter(|_| self.lexicon.unspaced)?;
            Some((person, NameTie::Title))
        });
        let tied = tied
            .filter(|&(person, tie)| tie == NameTie::Title || !self.is_of_another_clause(&extent, person));
        if let Some(designation) = designations.get_mut(index) {
            designation.name = tied.filter(|(person, _)| designation.owner != Owner::Person(*person));
            (designation.extent.end, designation.owner) = (end, owner);
        }
    }

    /// `After meeting Leyla Kaya, the Kenyan president flew home`: a title beside a name across a comma is no apposition
    /// where one of them is the subject of a verb that the other hangs elsewhere under.
    fn is_of_another_clause(&self, title: &Range<usize>, person: usize) -> bool {
        let Some(person) = self.persons.get(person) else { return false };
        let title = self.sentence.head_of(title.clone());
        let name = self.sentence.head_of(person.words.clone());
        let is_subject = |at: usize| {
            let word = self.sentence.words.get(at);
            word.is_some_and(|word| matches!(word.relation, Relation::Nsubj | Relation::NsubjPass))
        };
        let head = |at: usize| self.sentence.words.get(at).and_then(|word| word.head);
        let is_joined = self.sentence.is_below(title, name)
            || self.sentence.is_below(name, title)
            || is_subject(title) && is_subject(name) && head(title) == head(name);
        !is_joined && (is_subject(title) || is_subject(name))
    }

    /// The person whose name stands behind what an office is for, and the state or region that stands
    /// before the name: `Minister of Information Ali Saleh`, `министр культуры Дагестана Зарема Бутаева`.
    fn named_behind_portfolio(&self, office: &Range<usize>) -> Option<(usize, Owner)> {
        if self.lexicon.unspaced {
            return None;
        }
        let is_link = |at: usize| {
            let two = format!("{} {}", self.word(at), self.word(at + 1));
            self.lexicon.lists("links", self.word(at)) || self.lexicon.lists("links", &two)
        };
        if !is_link(office.end) && self.lexicon.right != RightBinding::Any {
            return None;
        }
        let mut owner = Owner::None;
        let mut at = office.end;
        while at < office.end + 2 * REACH {
            if let Some(person) = self.persons.iter().position(|person| person.words.start == at) {
                return (at > office.end).then_some((person, owner));
            }
            if owner != Owner::None {
                return None;
            }
            let named = |name: &NameMatch<'_>| name.words.start == at && name.form != NameForm::Adjective;
            if let Some(name) = self.names.iter().position(named) {
                owner = Owner::Name(name);
                at = self.names.get(name)?.words.end;
                continue;
            }
            let is_comma = self.word(at) == "," && self.lexicon.lists("portfolio", self.word(at + 1));
            let fits = match self.upos(at)? {
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Cconj => true,
                _ => is_comma || is_link(at),
            };
            if !fits {
                return None;
            }
            at += 1;
        }
        None
    }
}
