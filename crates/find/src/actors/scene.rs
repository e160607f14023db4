use std::ops::Range;

use chancery_core::{ActorKind, NameKind, Relation, Sentence, TimeMention, Upos, Word};

use super::designation::{Designation, Ground, PersonName};
use super::is_listed;
use super::key::key;
use super::lexicon::{Keys, Lexicon, RightBinding, TitleClass, TitleCode};
use super::owner::is_state_of_office;
use crate::World;
use crate::world::{LARGE, NameForm, NameMatch, is_particle};

/// A sentence with the names and designations in it, before anybody is recognised.
pub(super) struct Scene<'a, 'w> {
    pub(super) sentence: &'a Sentence,
    pub(super) keys: Vec<String>,
    pub(super) names: Vec<NameMatch<'w>>,
    pub(super) persons: Vec<PersonName>,
    /// Names of persons whom the tables know.
    pub(super) known: Vec<NameMatch<'w>>,
    /// Organisations that no table knows.
    pub(super) organisations: Vec<Range<usize>>,
    pub(super) places: Vec<Range<usize>>,
    pub(super) designations: Vec<Designation>,
}

impl<'a, 'w> Scene<'a, 'w> {
    /// The other names in a row with a name, as the tree has it: `ministers of Norway and Poland`.
    pub(super) fn coordinated(&self, name: usize) -> Vec<usize> {
        let head = |name: &NameMatch<'_>| super::sense::head_of(self.sentence, &name.words, &name.words);
        let first = |at: usize| {
            let word = self.sentence.words.get(at)?;
            if word.relation == Relation::Conj { word.head } else { Some(at) }
        };
        let Some(row) = self.names.get(name).and_then(|name| first(head(name))) else { return Vec::new() };
        let others = self.names.iter().enumerate().filter(|(index, other)| {
            *index != name && other.entity.kind != ActorKind::Person && first(head(other)) == Some(row)
        });
        others.map(|(index, _)| index).collect()
    }

    pub(super) fn read(
        sentence: &'a Sentence,
        world: &'w World,
        language: &str,
        lexicon: &'static Lexicon,
        times: &[TimeMention],
    ) -> Self {
        let keys: Vec<String> = sentence.words.iter().map(|word| lexicon.spelt(key(&word.form))).collect();
        let mut names = world.names_in(language, sentence);
        names.retain(|name| {
            name.entity.kind != ActorKind::State
                || name.form == NameForm::Adjective
                || world.longer_place(sentence, &name.words, LARGE).is_none()
        });
        names.retain(|name| !is_part_of_adjective(sentence, &name.words, name.entity.kind));
        // Hebrew הודו is India as a name, `thanked` as a verb.
        names.retain(|name| {
            let word = sentence.words.get(name.words.start);
            let named = word.is_some_and(|word| word.upos == Upos::Propn || word.name.is_some());
            named || !keys.get(name.words.start).is_some_and(|key| lexicon.lists("verb-like", key))
        });
        let mut known = world.persons_in(sentence);
        let mut tagged = tagged_names(sentence, lexicon.unspaced);
        // `On 3 May` does not speak of Theresa May, nor `on Telegram` of anybody of that name.
        let first = times.partition_point(|time| time.span.end() <= sentence.span.start());
        let is_nobody = |words: &Range<usize>| {
            words.len() == 1
                && sentence.words.get(words.start).is_some_and(|word| {
                    let mut own =
                        times.iter().skip(first).take_while(|time| time.span.start() < word.span.end());
                    own.any(|time| time.span.contains(word.span))
                        || keys.get(words.start).is_some_and(|key| lexicon.lists_open("nobody", key))
                })
        };
        names.retain(|name| !is_day(sentence, &name.words, language, times));
        names.retain(|name| name.entity.kind == ActorKind::State || !is_function_word(sentence, &name.words));
        known.retain(|name| !is_function_word(sentence, &name.words));
        let named: Vec<Range<usize>> = names.iter().map(|name| name.words.clone()).collect();
        names.retain(|name| {
            !tagged.iter().any(|(kind, words)| {
                *kind == NameKind::Person
                    && words.clone().any(|at| !named.iter().any(|name| name.contains(&at)))
                    && is_name_part(sentence, name, words)
                    && !is_state_of_office(&keys, &name.words, words, lexicon)
            })
        });
        known.retain(|name| !is_nobody(&name.words));
        known.retain(|name| !is_in_place_name(name, &tagged) && !is_abbreviation(sentence, name));
        tagged.retain(|(kind, words)| {
            *kind != NameKind::Person
                || !is_nobody(words)
                    && !is_titled_thing(sentence, &keys, words, lexicon)
                    && !is_in_short_capitals(sentence, words)
        });
        let mut persons = person_names(sentence, &keys, &names, &known, &tagged, lexicon);
        add_titled(sentence, &keys, &names, &mut persons, lexicon);
        let of_kind = |kind: NameKind| {
            tagged.iter().filter(move |(known, _)| *known == kind).map(|(_, words)| words.clone())
        };
        let unknown = |words: &Range<usize>| {
            !names.iter().any(|name| overlap(&name.words, words))
                && !persons.iter().any(|person| overlap(&person.words, words))
        };
        let holds_state = |words: &Range<usize>| {
            !persons.iter().any(|person| overlap(&person.words, words))
                && is_beyond_its_state(sentence, &keys, &names, words, lexicon)
        };
        let organisations: Vec<_> = of_kind(NameKind::Organisation)
            .filter(|words| unknown(words) || holds_state(words))
            .filter(|words| past_portfolio(sentence, &keys, words, lexicon) < words.end)
            .collect();
        let places: Vec<_> = of_kind(NameKind::Location).filter(unknown).collect();
        let ground = Ground {
            sentence,
            lexicon,
            keys: &keys,
            names: &names,
            persons: &persons,
            organisations: &organisations,
        };
        let designations = ground.designations();
        Self { sentence, keys, names, persons, known, organisations, places, designations }
    }

    pub(super) fn key(&self, at: usize) -> &str {
        self.keys.get(at).map_or("", String::as_str)
    }

    /// The words of a range as the text has them, joined as the language joins words.
    pub(super) fn text(&self, words: &Range<usize>) -> String {
        let words = self.sentence.words.get(words.clone()).unwrap_or_default();
        let mut text = String::new();
        let mut end = None;
        for word in words {
            if end.is_some_and(|end| word.span.start() > end) {
                text.push(' ');
            }
            if end.is_none_or(|end| word.span.start() >= end) {
                text.push_str(&word.form);
            }
            end = Some(word.span.end());
        }
        text
    }

    /// A name in its base form, as the lemmas give it; a woman's as she bears it (`Бутаева`), though the lemma
    /// may be a man's.
    pub(super) fn base(&self, words: &Range<usize>, lexicon: &Lexicon) -> String {
        let words = self.sentence.words.get(words.clone()).unwrap_or_default();
        let mut text = String::new();
        let mut end = None;
        for word in words {
            if end.is_some_and(|end| word.span.start() > end) {
                text.push(' ');
            }
            let named = |form: &str| form.chars().next().is_some_and(char::is_uppercase);
            let inflected = named(&word.lemma) && named(&word.form) && !word.features.has("Case", "Nom");
            let hers =
                if word.features.has("Gender", "Fem") { lexicon.womans_surname(&word.lemma) } else { None };
            match hers {
                Some(hers) if inflected => text.push_str(&hers),
                _ => text.push_str(if inflected { &word.lemma } else { &word.form }),
            }
            end = Some(word.span.end());
        }
        text
    }

    /// The forms of a range of words.
    pub(super) fn forms(&self, words: &Range<usize>) -> Vec<&'a str> {
        let words = self.sentence.words.get(words.clone()).unwrap_or_default();
        words.iter().map(|word| word.form.as_str()).collect()
    }
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether the name of an organisation holds that of a state and more, which no office or body of a state is:
/// `Scottish Power`, `GMB Scotland`.
fn is_beyond_its_state(
    sentence: &Sentence,
    keys: &[String],
    names: &[NameMatch<'_>],
    words: &Range<usize>,
    lexicon: &Lexicon,
) -> bool {
    let inside: Vec<_> = names.iter().filter(|name| overlap(&name.words, words)).collect();
    let is_state = |name: &&NameMatch<'_>| {
        matches!(name.entity.kind, ActorKind::State | ActorKind::Place)
            && !matches!(name.form, NameForm::Demonym | NameForm::Capital)
            && words.start <= name.words.start
            && name.words.end <= words.end
    };
    let none = vec![false; keys.len()];
    let patterns = Keys { keys, state_adjective: &none };
    let titles: Vec<(Range<usize>, &TitleCode)> = words
        .clone()
        .filter_map(|at| {
            lexicon.titles.at(&patterns, at, lexicon).map(|found| (at..at + found.length, *found.value))
        })
        .collect();
    let covers = |at: usize| titles.iter().find(|(title, _)| title.contains(&at)).map(|(_, code)| *code);
    let is_named = |at: usize| inside.iter().any(|name| name.words.contains(&at));
    // `Scottish President` is an office, `Association of Judges of Scotland` none.
    let opening = words.clone().find(|&at| !is_named(at)).and_then(covers);
    let is_office = opening.is_some_and(|code| code.class == TitleClass::Office)
        || titles.iter().any(|(_, code)| code.class == TitleClass::Body);
    let is_more = |at: usize| {
        let says_kind = keys.get(at).is_some_and(|key| lexicon.lists("region words", key));
        !is_named(at)
            && !says_kind
            && covers(at).is_none_or(|code| code.kind == ActorKind::Organisation)
            && sentence.words.get(at).is_some_and(|word| {
                word.form.starts_with(char::is_uppercase)
                    && matches!(word.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Verb | Upos::X)
            })
    };
    let possessive = |at: usize| keys.get(at).is_some_and(|key| lexicon.lists("possessive", key));
    !lexicon.unspaced
        && !inside.is_empty()
        && inside.iter().all(is_state)
        && words.clone().any(is_more)
        && !is_office
        && !words.clone().any(possessive)
}

/// Whether a single name is only the last word of a place's: `Fort Lee`.
fn is_in_place_name(name: &NameMatch<'_>, tagged: &[(NameKind, Range<usize>)]) -> bool {
    name.words.len() == 1
        && tagged.iter().any(|(kind, words)| {
            *kind == NameKind::Location
                && words.len() > 1
                && words.start < name.words.start
                && words.end == name.words.end
        })
}

/// The most letters of a word in capitals that is sooner an abbreviation than a name.
const LONGEST_ABBREVIATION: usize = 4;

/// Whether a word stands in capitals, in a sentence that does not, and is as short as abbreviations are.
fn is_in_short_capitals(sentence: &Sentence, words: &Range<usize>) -> bool {
    let Some(word) = sentence.words.get(words.start).filter(|_| words.len() == 1) else { return false };
    let length = word.form.chars().count();
    let is_small = |word: &chancery_core::Word| word.form.chars().any(char::is_lowercase);
    (2..=LONGEST_ABBREVIATION).contains(&length)
        && word.form.chars().all(char::is_uppercase)
        && sentence.words.iter().any(is_small)
}

/// Whether a word in capitals is an abbreviation and not the surname that it looks like: `PEN`.
fn is_abbreviation(sentence: &Sentence, name: &NameMatch<'_>) -> bool {
    let word = sentence.words.get(name.words.start).map_or("", |word| word.form.as_str());
    let surname = name.entity.name.rsplit(' ').next().unwrap_or_default();
    is_in_short_capitals(sentence, &name.words) && key(surname) == key(word)
}

/// Whether what the parser takes for a name is a thing with its article: `the Bill`. A name before a noun may bear
/// one: `the Marsh government`.
fn is_titled_thing(sentence: &Sentence, keys: &[String], words: &Range<usize>, lexicon: &Lexicon) -> bool {
    let before = words.start.checked_sub(1);
    let is_definite = before.and_then(|at| keys.get(at)).is_some_and(|key| lexicon.lists("definite", key));
    let article = before.and_then(|at| sentence.words.get(at));
    words.len() == 1
        && is_definite
        && article.is_some_and(|word| word.upos == Upos::Det && word.head == Some(words.start))
}

/// Whether the name of a place is a part of somebody's: `Michael Jordan`, `Paris Hilton`.
fn is_name_part(sentence: &Sentence, name: &NameMatch<'_>, person: &Range<usize>) -> bool {
    let word = |at: usize| sentence.words.get(at);
    let place = name.words.start;
    let flat = |at: usize, to: usize| {
        word(at).is_some_and(|word| word.relation == Relation::Flat && word.head == Some(to))
    };
    name.entity.kind == ActorKind::State
        && name.form != NameForm::Adjective
        && name.words.len() == 1
        && person.len() > 1
        && person.contains(&place)
        // `besuchte Außenminister Lars Holm Kenia`: behind a whole name, the state is another.
        && (person.len() == 2 || place + 1 < person.end)
        && person.clone().all(|at| {
            word(at).is_some_and(|word| word.upos == Upos::Propn && word.form.starts_with(char::is_uppercase))
        })
        && person.clone().any(|at| at != place && (flat(at, place) || flat(place, at)))
}

/// `two West African states`: a name of a group that a capitalised adjective behind it takes for its own says where, not
/// who.
fn is_part_of_adjective(sentence: &Sentence, words: &Range<usize>, kind: ActorKind) -> bool {
    let behind = sentence.words.get(words.end);
    let is_capital = |form: &str| form.chars().next().is_some_and(char::is_uppercase);
    kind == ActorKind::Group
        && words.len() == 1
        && behind.is_some_and(|word| word.upos == Upos::Adj && is_capital(&word.form))
        && sentence.words.get(words.start).is_some_and(|word| word.head == Some(words.end))
}

/// Whether what looks like a name of one word is a verb or a small word: `Let's go`, `To be`.
fn is_function_word(sentence: &Sentence, words: &Range<usize>) -> bool {
    let Some(word) = sentence.words.get(words.start).filter(|_| words.len() == 1) else { return false };
    let small = matches!(
        word.upos,
        Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Det | Upos::Part | Upos::Pron | Upos::Sconj | Upos::Verb
    );
    // `IS` and `US` stand in capitals.
    let cased = word.form.chars().skip(1).any(char::is_lowercase);
    small && cased && word.name.is_none()
}

/// Whether a name that is also that of a day means the day: Persian روز دوشنبه is Monday, دوشنبه alone Monday or
/// Dushanbe, which is told by the tagger.
pub(crate) fn is_day(
    sentence: &Sentence,
    words: &Range<usize>,
    language: &str,
    times: &[TimeMention],
) -> bool {
    let is_doubtful = |word: &&Word| words.len() == 1 && is_listed(language, "doubtful", &word.form);
    let Some(word) = sentence.words.get(words.start).filter(is_doubtful) else { return false };
    let is_time =
        |time: &TimeMention| time.span.contains(word.span) && (time.span != word.span || word.name.is_none());
    times.iter().any(is_time)
}

/// The names that the parser found, in the order of the text.
fn tagged_names(sentence: &Sentence, unspaced: bool) -> Vec<(NameKind, Range<usize>)> {
    let mut names: Vec<(NameKind, Range<usize>)> = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(tag) = word.name else { continue };
        // `У МЗС`: the preposition before a body is no part of its name.
        if tag.begins && word.upos == Upos::Adp && tag.kind == NameKind::Organisation {
            continue;
        }
        match names.last_mut() {
            // Two names are seldom side by side in Chinese, but one is often cut in two.
            Some((kind, words)) if (!tag.begins || unspaced) && *kind == tag.kind && words.end == at => {
                words.end = at + 1;
            }
            _ => names.push((tag.kind, at..at + 1)),
        }
    }
    names
}

fn person_names(
    sentence: &Sentence,
    keys: &[String],
    names: &[NameMatch<'_>],
    known: &[NameMatch<'_>],
    tagged: &[(NameKind, Range<usize>)],
    lexicon: &Lexicon,
) -> Vec<PersonName> {
    // A longer name of something else holds the person's: `Putin's Russia` does not, `Lavrov Street` does.
    let free = |words: &Range<usize>| {
        !names.iter().any(|name| overlap(&name.words, words) && name.words.len() >= words.len())
    };
    let mut persons: Vec<PersonName> = known
        .iter()
        .enumerate()
        .filter(|(_, name)| free(&name.words))
        .map(|(index, name)| PersonName { words: name.words.clone(), known: Some(index) })
        .collect();
    for (_, words) in tagged.iter().filter(|(kind, _)| *kind == NameKind::Person) {
        let Some(mut words) = trimmed(sentence, keys, words.clone(), lexicon) else { continue };
        // The rest of a name that the parser saw only the beginning of.
        while sentence.words.get(words.end).is_some_and(|word| {
            word.upos == Upos::Propn
                && word.relation == Relation::Flat
                && word.head.is_some_and(|head| words.contains(&head))
                && word.name.is_none()
                && is_nameable(&word.form)
                && keys.get(words.end).is_none_or(|key| !lexicon.lists_open("nobody", key))
        }) && !names.iter().any(|name| name.words.contains(&words.end))
        {
            words.end += 1;
        }
        if let Some(person) = persons.iter_mut().find(|person| overlap(&person.words, &words)) {
            // The parser may see a first name or a second surname that the table lacks.
            let wider = words.start.min(person.words.start)..words.end.max(person.words.end);
            let clashes = names.iter().any(|name| overlap(&name.words, &wider));
            if wider.len() <= 5 && !clashes {
                let junior = keys.get(wider.end - 1).is_some_and(|key| lexicon.lists("generation", key));
                if wider.len() > person.words.len() && (person.words.len() == 1 || junior) {
                    person.known = None;
                }
                person.words = wider;
            } else if !clashes
                && person.words.len() == 1
                && words.start < person.words.start
                && person.words.end < words.end
            {
                // `Yusuf Ibrahim Abdel-Aziz Haddad` is no Ibrahim of the tables.
                *person = PersonName { words, known: None };
            }
            continue;
        }
        // `واتهم الإرياني إيران`: where the verb stands first, the parser may take the object for a part of the name.
        if lexicon.right == RightBinding::Any
            && let Some(object) = names.iter().find(|name| {
                name.words.end == words.end
                    && name.words.start > words.start
                    && name.entity.kind == ActorKind::State
                    && name.form != NameForm::Adjective
            })
        {
            words.end = object.words.start;
        }
        // What the tables know as a state, group or weapon is not a person, whatever the parser thinks.
        if names.iter().any(|name| overlap(&name.words, &words)) {
            continue;
        }
        if words.clone().any(|at| sentence.words.get(at).is_some_and(|word| is_nameable(&word.form))) {
            persons.push(PersonName { words, known: None });
        }
    }
    persons.sort_by_key(|person| person.words.start);
    persons.dedup_by(|b, a| overlap(&a.words, &b.words));
    persons
}

/// Whether a word may be a name: it begins with a capital, or its script has none.
fn is_nameable(form: &str) -> bool {
    form.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| !letter.is_lowercase())
}

/// A person's name without titles, honorifics and marks at its ends.
fn trimmed(
    sentence: &Sentence,
    keys: &[String],
    mut words: Range<usize>,
    lexicon: &Lexicon,
) -> Option<Range<usize>> {
    let none: Vec<bool> = vec![false; keys.len()];
    let patterns = Keys { keys, state_adjective: &none };
    while words.len() > 1 {
        let first = keys.get(words.start)?;
        let title =
            lexicon.titles.at(&patterns, words.start, lexicon).filter(|title| title.length < words.len());
        if let Some(title) = title.filter(|title| title.value.class == TitleClass::Office) {
            words.start += title.length;
            words.start = past_portfolio(sentence, keys, &words, lexicon);
        } else if ["honorifics", "articles", "deputy", "former"].iter().any(|list| lexicon.lists(list, first))
        {
            words.start += 1;
        } else {
            break;
        }
    }
    // `وزير الإعلام معمر الإرياني`, `of Culture and Tourism Olga Petrenko`: the parser may take what the office is
    // for into the name.
    let joined =
        words.start.checked_sub(1).and_then(|before| sentence.words.get(before)).is_some_and(|word| {
            lexicon.right == RightBinding::Any || matches!(word.upos, Upos::Adp | Upos::Cconj | Upos::Det)
        });
    if joined {
        words.start = past_portfolio(sentence, keys, &words, lexicon);
    }
    // `Jennifer Lu of Equality Now`: the tagger may take in whom somebody is from.
    let link = words.clone().skip(1).find(|&at| {
        let key = keys.get(at).map_or("", String::as_str);
        sentence.words.get(at).is_some_and(|word| word.upos == Upos::Adp)
            && lexicon.lists("links", key)
            && !is_particle(key)
    });
    words.end = link.unwrap_or(words.end);
    while let Some(last) = words.end.checked_sub(1).filter(|last| words.contains(last)) {
        let word = sentence.words.get(last)?;
        if word.upos == Upos::Punct || lexicon.lists("possessive", keys.get(last)?) {
            words.end = last;
        } else {
            break;
        }
    }
    if words.is_empty() {
        return None;
    }
    // `Defence Secretary`, which the parser may take for a name, is nobody's.
    let only_title =
        lexicon.titles.at(&patterns, words.start, lexicon).is_some_and(|title| title.length >= words.len());
    // `Mr`, where the parser parts it from the name behind.
    let only_honorific =
        words.len() == 1 && keys.get(words.start).is_some_and(|key| lexicon.lists("honorifics", key));
    (!only_title && !only_honorific).then_some(words)
}

/// The word behind what an office is for, where a name goes on with it: `of Information Ali Saleh`.
fn past_portfolio(sentence: &Sentence, keys: &[String], words: &Range<usize>, lexicon: &Lexicon) -> usize {
    let of_portfolio = |at: usize| {
        let Some(key) = keys.get(at) else { return false };
        let mut forms = std::iter::once(key.as_str()).chain(lexicon.without_clitics(key));
        forms.any(|form| lexicon.lists("portfolio", form))
    };
    let joins = |at: usize| {
        let upos = sentence.words.get(at).map(|word| word.upos);
        matches!(upos, Some(Upos::Adp | Upos::Det | Upos::Cconj | Upos::Punct | Upos::Sym))
    };
    let end = words.clone().find(|&at| !joins(at) && !of_portfolio(at)).unwrap_or(words.end);
    // A particle of the name behind, as in `de Oliveira`, is none of the office.
    let last = (words.start..end).rev().find(|&at| of_portfolio(at));
    last.map_or(words.start, |last| last + 1)
}

/// Adds names that the parser missed: proper names right after the title of an office.
fn add_titled(
    sentence: &Sentence,
    keys: &[String],
    names: &[NameMatch<'_>],
    persons: &mut Vec<PersonName>,
    lexicon: &Lexicon,
) {
    let none: Vec<bool> = vec![false; keys.len()];
    let patterns = Keys { keys, state_adjective: &none };
    let mut added = Vec::new();
    let mut at = 0;
    while at < keys.len() {
        let Some(title) = lexicon.titles.at(&patterns, at, lexicon) else {
            at += 1;
            continue;
        };
        let office = title.value.class == TitleClass::Office;
        at += title.length;
        let mut start = at;
        loop {
            // `Президент Ирана X`, `الرئيس الإيراني X`: the state stands between the title and the name.
            let state = names.iter().find(|name| {
                name.words.start == start
                    && name.entity.kind != ActorKind::Person
                    && lexicon.right != RightBinding::None
            });
            let behind = past_portfolio(sentence, keys, &(start..keys.len().min(start + 8)), lexicon);
            if let Some(state) = state {
                start = state.words.end;
            } else if behind > start {
                start = behind;
            } else if keys.get(start).is_some_and(|key| lexicon.lists("honorifics", key)) {
                start += 1;
            } else {
                break;
            }
        }
        let mut end = start;
        while end < start + 4
            && sentence.words.get(end).is_some_and(|word| word.upos == Upos::Propn && is_nameable(&word.form))
            && keys.get(end).is_some_and(|key| !lexicon.lists("possessive", key))
            && lexicon.titles.at(&patterns, end, lexicon).is_none()
            && !names.iter().any(|name| name.words.contains(&end))
        {
            end += 1;
        }
        let words = start..end;
        let other = words.clone().any(|at| {
            sentence.words.get(at).and_then(|w| w.name).is_some_and(|tag| tag.kind != NameKind::Person)
        });
        if !office || words.is_empty() || other {
            continue;
        }
        at = end;
        match persons.iter_mut().find(|person| overlap(&person.words, &words)) {
            // The parser saw only the surname.
            Some(person)
                if person.known.is_none()
                    && person.words.start > words.start
                    && person.words.end <= words.end =>
            {
                person.words = words;
            }
            Some(_) => {}
            None => added.push(PersonName { words, known: None }),
        }
    }
    if !added.is_empty() {
        persons.append(&mut added);
        persons.sort_by_key(|person| person.words.start);
    }
}
