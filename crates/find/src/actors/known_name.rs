//! Which of the persons named in a document a name means.

use chancery_core::CountryCode;

use super::key::{key, nearly_same};
use super::lexicon::Lexicon;
use super::roster::Roster;
use crate::world::{FAMILY_NAME_FIRST, is_name_article, is_particle};

/// A name that the document gives a person.
pub(super) struct KnownName {
    pub(super) actor: usize,
    /// Keys of its parts, in order.
    pub(super) parts: Vec<String>,
}

/// What an honorific says of whoever bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Woman,
    Man,
}

impl Roster<'_> {
    /// Keeps in mind what the honorific before a name said of its bearer.
    pub(super) fn note_gender(&mut self, actor: usize) {
        if let Some(gender) = self.addressed {
            self.genders.entry(actor).or_insert(gender);
        }
    }

    /// Whether somebody is known to be a woman or a man: by an honorific, a first name, or the form of a
    /// surname.
    pub(super) fn gender_of(&self, index: usize) -> Option<Gender> {
        if let Some(&gender) = self.genders.get(&index) {
            return Some(gender);
        }
        let actor = self.actor(index)?;
        let mut parts = actor.name.split_whitespace();
        let first = parts.next().map(key).unwrap_or_default();
        let last = parts.next_back().map(key).unwrap_or_default();
        let surname = ["ova", "eva", "ina", "aya", "skaya", "ова", "ева", "ина", "ая"];
        let given = first.split_once('-').map_or(first.as_str(), |(given, _)| given);
        // Names are spelt alike in other languages that write them so.
        let tables = [self.lexicon, Lexicon::of("en")];
        let listed = |name: &str| tables.iter().any(|table| table.lists("female names", name));
        let woman = [first.as_str(), given].into_iter().any(listed)
            || surname.iter().any(|ending| last.len() > ending.len() + 2 && last.ends_with(ending));
        woman.then_some(Gender::Woman)
    }

    /// The person of the document that a name means, and whether it is spelt the same.
    pub(super) fn named_before(
        &self,
        parts: &[String],
        country: Option<CountryCode>,
    ) -> Option<(usize, bool)> {
        let (parts, mark) = self.without_mark(parts);
        let surname = parts.last()?;
        let agrees = |known: &KnownName| {
            let gender = self.gender_of(known.actor);
            if gender.is_some() && self.addressed.is_some() && gender != self.addressed {
                return false;
            }
            let own = self.actor(known.actor).and_then(|actor| actor.country);
            (country.is_none() || own.is_none() || own == country)
                && (parts.len() == 1 || known.parts.len() == 1 || self.without_mark(&known.parts).1 == mark)
                && !self.is_other_first_name(parts, known)
        };
        let variants = self.variants(surname);
        // Of several of one surname, the bare one means who holds an office, else whom the text introduced
        // first; of the others it gives the first names too.
        let mut first = None;
        for variant in &variants {
            let entries = self.by_part.get(variant).map(Vec::as_slice).unwrap_or_default();
            for &entry in entries.iter().take(64) {
                let Some(known) = self.names.get(entry) else { continue };
                if agrees(known)
                    && (self.same_name(parts, self.without_mark(&known.parts).0)
                        || self.is_family_name(parts, known))
                {
                    // `Mrs Clinton` is the one who is known to be a woman.
                    let is_she = self.addressed == Some(Gender::Woman)
                        && self.gender_of(known.actor) == Some(Gender::Woman);
                    if parts.len() > 1 || is_she || self.addressed.is_none() && self.holds_office(known.actor)
                    {
                        return Some((known.actor, true));
                    }
                    first = first.or(Some((known.actor, true)));
                }
            }
        }
        if let Some(found) = first.or_else(|| self.called_by_first_name(parts)) {
            return Some(found);
        }
        let letter = surname.chars().next()?;
        let entries = self.by_letter.get(&letter).map(Vec::as_slice).unwrap_or_default();
        let near = entries.iter().rev().take(64).filter_map(|&entry| self.names.get(entry)).find(|known| {
            let Some(own) = known.parts.last() else { return false };
            let length = own.chars().count().min(surname.chars().count());
            let most = if length >= 7 { 2 } else { usize::from(length >= 5 && parts.len() > 1) };
            most > 0
                && agrees(known)
                && variants.iter().any(|variant| nearly_same(variant, own, most))
                && self.first_names_agree(parts, &known.parts)
        });
        near.map(|known| (known.actor, false))
    }

    /// Whether the tables say that somebody is in office on the day of the document.
    fn holds_office(&self, actor: usize) -> bool {
        let entity = self.actor(actor).and_then(|actor| self.world.entity(&actor.id));
        entity.is_some_and(|entity| self.is_in_office(entity))
    }

    /// The one person whose full name begins with a single one: `John`, of John Bolton; `Li`, of Li Wenliang.
    fn called_by_first_name(&self, parts: &[String]) -> Option<(usize, bool)> {
        let [name] = parts else { return None };
        let entries = self.by_part.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut called = entries.iter().take(64).filter_map(|&entry| self.names.get(entry)).filter(|known| {
            known.parts.len() > 1 && known.parts.first() == Some(name) && name.chars().nth(1).is_some()
        });
        let actor = called.next()?.actor;
        called.all(|other| other.actor == actor).then_some((actor, true))
    }

    /// Whether a word is the surname of somebody whom the document names in full.
    pub(super) fn is_surname(&self, word: &str) -> bool {
        self.variants(word).iter().any(|variant| {
            let entries = self.by_part.get(variant).map(Vec::as_slice).unwrap_or_default();
            entries
                .iter()
                .take(64)
                .filter_map(|&entry| self.names.get(entry))
                .any(|known| known.parts.len() > 1 && known.parts.last() == Some(variant))
        })
    }

    /// A name without the word behind it that tells son from father, and that word: `Trump Jr`.
    fn without_mark<'p>(&self, parts: &'p [String]) -> (&'p [String], Option<&'p str>) {
        match parts.split_last() {
            Some((last, rest)) if rest.len() > 1 && self.lexicon.lists("generation", last) => {
                (rest, Some(last.as_str()))
            }
            _ => (parts, None),
        }
    }

    /// Whether a single name is the family name of somebody whose people put that first: `Park` of `Park Jin`.
    fn is_family_name(&self, parts: &[String], known: &KnownName) -> bool {
        let country = self.actor(known.actor).and_then(|actor| actor.country);
        parts.len() == 1
            && country.is_some_and(|country| FAMILY_NAME_FIRST.contains(&country.as_str()))
            && parts.first() == known.parts.first()
    }

    /// Whether a full name is that of a namesake of somebody whom the text has named by surname alone, and
    /// whom the tables know under another first name: `Lavrov … Ivan Lavrov`.
    fn is_other_first_name(&self, parts: &[String], known: &KnownName) -> bool {
        if parts.len() < 2 || known.parts.len() > 1 {
            return false;
        }
        let Some(entity) = self.actor(known.actor).and_then(|actor| self.world.entity(&actor.id)) else {
            return false;
        };
        let own = parts_of(&[entity.name.as_str()]);
        let latin = |parts: &[String]| {
            parts.iter().flat_map(|part| part.chars()).all(|c| !c.is_alphabetic() || c < '\u{250}')
        };
        let family_first =
            entity.country.is_some_and(|country| FAMILY_NAME_FIRST.contains(&country.as_str()));
        let text = parts.join(" ");
        latin(parts)
            && latin(&own)
            && !family_first
            && !self.first_names_agree(parts, &own)
            && !self.world.persons_named(self.language, &text).iter().any(|other| other.id == entity.id)
    }

    /// The key of a name without each of the endings that names may bear.
    fn variants(&self, part: &str) -> Vec<String> {
        let mut variants = vec![part.to_owned()];
        variants.extend(self.lexicon.without_name_ending(part).map(str::to_owned));
        variants
    }

    fn same_part(&self, a: &str, b: &str) -> bool {
        a == b || {
            let (a, b) = (self.variants(a), self.variants(b));
            a.iter().any(|a| b.contains(a))
        }
    }

    fn same_name(&self, parts: &[String], known: &[String]) -> bool {
        let (Some(last), Some(known_last)) = (parts.last(), known.last()) else { return false };
        if parts.len() == 1 {
            // A surname alone; a first name alone only where it is all that the text ever gives.
            return self.same_part(last, known_last)
                || known.len() > 2 && known.iter().skip(1).any(|part| self.same_part(last, part));
        }
        if known.len() == 1 {
            return self.same_part(last, known_last);
        }
        self.same_part(last, known_last) && self.first_names_agree(parts, known)
    }

    fn first_names_agree(&self, parts: &[String], known: &[String]) -> bool {
        let (Some((_, firsts)), Some((_, known_firsts))) = (parts.split_last(), known.split_last()) else {
            return false;
        };
        // `Ali bin Tamim` is not `Tamim bin Hamad`.
        let (firsts, known_firsts) = (given_names(firsts), given_names(known_firsts));
        let (Some(first), Some(known_first)) = (firsts.first(), known_firsts.first()) else { return true };
        // `George W. Bush` is not `George H. W. Bush`.
        let initials = |names: &[&str]| -> Vec<String> {
            let bare = names.iter().skip(1).map(|name| name.trim_end_matches('.').to_owned());
            bare.filter(|name| name.chars().count() == 1).collect()
        };
        let (own, other) = (initials(&firsts), initials(&known_firsts));
        if !own.is_empty() && !other.is_empty() && own != other {
            return false;
        }
        let initial = |a: &str, b: &str| {
            let a = a.trim_end_matches('.');
            a.chars().count() == 1 && b.starts_with(a)
        };
        self.same_part(first, known_first)
            || initial(first, known_first)
            || initial(known_first, first)
            || nearly_same(first, known_first, 1 + usize::from(first.chars().count() >= 6))
            || firsts.iter().any(|part| known_firsts.contains(part))
    }
}

/// A name without what stands after an apostrophe at its end: `Peskov’s`, `Arakçi'nin`.
pub(super) fn base_form(name: &str) -> String {
    match name.rsplit_once(['\'', '’']) {
        Some((base, tail))
            if tail.chars().count() <= 4 && base.chars().count() > 2 && !tail.contains(' ') =>
        {
            if tail.chars().all(char::is_lowercase) { base.to_owned() } else { name.to_owned() }
        }
        _ => name.to_owned(),
    }
}

impl Roster<'_> {
    /// The parts of a name; one part in scripts without spaces, but for the dot between names.
    pub(super) fn parts_of(&self, text: &str, forms: &[&str]) -> Vec<String> {
        if self.lexicon.unspaced {
            let dots: Vec<&str> = text.split(['·', '・', '•', '‧']).collect();
            return parts_of(&dots);
        }
        parts_of(forms)
    }
}

/// The keys of the parts of a name, without hyphens, initials' dots, possessive marks and the article of a
/// family name: `al-Iryani` is a surname alone.
fn parts_of(forms: &[&str]) -> Vec<String> {
    let forms: Vec<&str> = forms.iter().flat_map(|form| form.split_whitespace()).collect();
    let is_article = |at: usize, form: &str| {
        let small = form.starts_with(char::is_lowercase);
        is_name_article(&key(form)) && (small || forms.get(at + 1).is_some_and(|next| *next == "-"))
    };
    let parts = forms.iter().enumerate().filter(|(at, form)| !is_article(*at, form)).map(|(_, form)| {
        let part = key(form);
        let part = part.strip_suffix("'s").unwrap_or(&part);
        let part = part.trim_matches(['\'', '"', '-']);
        match part.split_once('-') {
            Some((article, rest)) if is_name_article(article) => rest.to_owned(),
            _ => part.to_owned(),
        }
    });
    parts.filter(|part| part.chars().any(char::is_alphanumeric)).collect()
}

/// The names that somebody was given, without the words that only join names.
fn given_names(firsts: &[String]) -> Vec<&str> {
    let given: Vec<&str> = firsts.iter().map(String::as_str).filter(|name| !is_particle(name)).collect();
    // `Ben Wallace` has no other.
    if given.is_empty() { firsts.iter().map(String::as_str).collect() } else { given }
}
