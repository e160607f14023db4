use std::cmp::Reverse;
use std::ops::Range;

use chancery_core::{ActorKind, Mention, Mentions, NameKind, Sense, Sentence, Span, Text, Upos};

use crate::World;
use crate::actors::{is_day, is_listed};
use crate::world::{LARGE, NameForm, NameMatch, Place, PlaceKind};

/// A name that may stand for a place.
pub(super) struct Toponym {
    pub(super) sentence: usize,
    pub(super) words: Range<usize>,
    pub(super) span: Span,
    /// As the text writes it.
    pub(super) name: String,
    pub(super) sense: Sense,
    /// The places of that name, the likeliest by size first; empty where no table knows it.
    pub(super) candidates: Vec<Place>,
    /// The region or state that the text says it lies in: `Paris, Texas`.
    pub(super) within: Option<Place>,
    /// What the text says that it is: `the city of Luhansk`, `Luhansk region`.
    pub(super) said: Option<PlaceKind>,
}

/// Inside the name of an organisation, a town must be as large as this to count.
const LARGE_TOWN: u32 = 50_000;

/// How many marks and joining words may stand between two regions of a list.
const LIST_GAP: usize = 3;

/// How many words the line at the head of a report that says where it was written has at most.
const DATELINE: usize = 12;

/// How far behind a town its region may stand, with a comma between: `Austin, Tex.`, `Plano (Texas)`.
const REGION_REACH: usize = 2;

/// Returns the names of places in a sentence, in the order of the text, without overlap.
pub(super) fn toponyms(
    index: usize,
    sentence: &Sentence,
    text: &Text,
    world: &World,
    language: &str,
    found: &Mentions,
) -> Vec<Toponym> {
    let reading =
        Reading { index, sentence, text, world, language, mentions: found.in_sentence(index), found };
    let names = world.names_in(language, sentence);
    let located = tagged(sentence, NameKind::Location);
    let mut toponyms: Vec<Toponym> =
        names.iter().filter_map(|name| reading.of_entity(name, &located)).collect();
    // `Sydney` is no person where nobody bears the name.
    let persons = tagged(sentence, NameKind::Person).into_iter();
    let cities = persons.filter(|words| words.len() == 1 && reading.is_city(words)).collect::<Vec<_>>();
    for words in located.iter().chain(&cities) {
        let held = toponyms.iter().any(|known| overlap(&known.words, words));
        let other = names.iter().any(|name| overlap(&name.words, words) && name.words.len() >= words.len());
        if !held && !other && !reading.is_person(words) {
            toponyms.extend(reading.of_name(words.clone()));
        }
    }
    for words in tagged(sentence, NameKind::Organisation) {
        // A name that the tables know whole has no place inside: `Hamas` is not of Hama.
        let known = names.iter().any(|name| name.words == words && name.entity.kind != ActorKind::State);
        if !known && !toponyms.iter().any(|known| overlap(&known.words, &words)) {
            toponyms.extend(reading.inside_organisation(&words));
        }
    }
    toponyms.sort_by_key(|known| (known.words.start, Reverse(known.words.end)));
    toponyms.dedup_by(|b, a| overlap(&a.words, &b.words));
    reading.add_regions(&mut toponyms);
    toponyms
}

/// A sentence that is searched for places.
struct Reading<'a> {
    index: usize,
    sentence: &'a Sentence,
    text: &'a Text,
    world: &'a World,
    language: &'a str,
    mentions: &'a [Mention],
    found: &'a Mentions,
}

impl Reading<'_> {
    fn toponym(&self, words: Range<usize>, sense: Sense, candidates: Vec<Place>) -> Option<Toponym> {
        let span = span_of(self.sentence, &words)?;
        let name = self.text.slice(span).to_owned();
        let named = name.chars().any(char::is_alphabetic);
        // `US$ 5 million` is money.
        let rest = self.text.as_str().get(span.end()..).unwrap_or_default();
        let is_money = rest.starts_with(['$', '€', '£', '¥']);
        let said = self.said(&words);
        // `el barrio La Esmeralda`: no town of that name is meant, wherever there is one.
        let candidates = if self.is_quarter(&words) { Vec::new() } else { candidates };
        let sentence = self.index;
        let toponym = Toponym { sentence, words, span, name, sense, candidates, within: None, said };
        (named && !is_money).then_some(toponym)
    }

    /// What the words around a name say that it is.
    fn said(&self, words: &Range<usize>) -> Option<PlaceKind> {
        let listed =
            |at: usize, list: &str| self.form(at).is_some_and(|form| is_listed(self.language, list, form));
        let kind = |at: usize| {
            if listed(at, "region words") {
                Some(PlaceKind::Region)
            } else if listed(at, "town words") {
                Some(PlaceKind::Town)
            } else {
                None
            }
        };
        let before = words.start.checked_sub(1);
        let linked = before.filter(|&at| listed(at, "place links")).and_then(|at| at.checked_sub(1));
        kind(words.end).or_else(|| kind(linked.or(before)?))
    }

    /// Whether the word before a name says that it is a quarter's, a street's or a farm's.
    fn is_quarter(&self, words: &Range<usize>) -> bool {
        // The tagger may leave the article of `La Esmeralda` out of the name.
        let is_article = |at: usize| {
            self.sentence.words.get(at).is_some_and(|word| word.upos == Upos::Det && is_large(&word.form))
        };
        let start = words.start.checked_sub(1).filter(|&before| is_article(before)).unwrap_or(words.start);
        let before = start.checked_sub(1).and_then(|before| self.form(before));
        before.is_some_and(|form| is_listed(self.language, "quarter words", form))
    }

    /// Whether a word says no more than where a part of a place lies, or what it is: `South`, `Center`.
    fn is_name_word(&self, at: usize) -> bool {
        self.form(at).is_none_or(|form| {
            form.chars().nth(1).is_none()
                || ["name words", "region words", "town words"]
                    .iter()
                    .any(|list| is_listed(self.language, list, form))
        })
    }

    /// A state, capital or territory that the tables of names know.
    fn of_entity(&self, name: &NameMatch<'_>, located: &[Range<usize>]) -> Option<Toponym> {
        let is_state = name.entity.kind == ActorKind::State;
        if !is_state && name.entity.kind != ActorKind::Place {
            return None;
        }
        let words = &name.words;
        if self.is_given_name(words) || is_day(self.sentence, words, self.language, &self.found.times) {
            return None;
        }
        if name.form != NameForm::Adjective
            && let Some(longer) = self.world.longer_place(self.sentence, words, LARGE)
        {
            return self.of_name(longer);
        }
        // `New South Wales` is not Wales.
        let longer = located.iter().filter(|whole| {
            whole.start <= words.start && words.end <= whole.end && whole.len() > words.len()
        });
        if longer.clone().any(|whole| !self.places_of(whole).is_empty()) {
            return None;
        }
        let mention = self.mentions.iter().find(|mention| mention.words == *words);
        let sense = match name.form {
            NameForm::Adjective => Sense::Modifier,
            // What no mention claims is a venue: `Vienna hosted talks`.
            _ if name.form == NameForm::Capital => mention.map_or(Sense::Place, |mention| mention.sense),
            _ if is_state => mention.map_or(Sense::Modifier, |mention| mention.sense),
            _ => Sense::Place,
        };
        let homonyms = || self.places_of(words);
        let candidates = match name.form {
            NameForm::Demonym | NameForm::Metonym => return None,
            // Tehran is the city before it is the province.
            NameForm::Capital => {
                let (towns, others): (Vec<_>, Vec<_>) =
                    homonyms().into_iter().partition(|place| place.kind == PlaceKind::Town);
                match self.said(words) {
                    Some(PlaceKind::Region) => others.into_iter().chain(towns).collect(),
                    _ if towns.is_empty() => others,
                    _ => towns,
                }
            }
            NameForm::Adjective => self.world.place_of(name.entity).cloned().into_iter().collect(),
            NameForm::Name | NameForm::Alias => {
                let own = self.world.place_of(name.entity).cloned();
                // Georgia is a state of its own, and one of the United States.
                let regions = homonyms().into_iter().filter(|place| place.kind == PlaceKind::Region);
                let regions: Vec<_> = regions.filter(|_| is_state).collect();
                // England stands for its state, and lies where England does.
                let part = regions.iter().find(|region| region.country == name.entity.country).cloned();
                match part.filter(|_| name.form == NameForm::Alias) {
                    Some(part) => vec![part],
                    None => own.into_iter().chain(regions).collect(),
                }
            }
        };
        self.toponym(words.clone(), sense, candidates)
    }

    /// A name that the parser takes for a place.
    fn of_name(&self, words: Range<usize>) -> Option<Toponym> {
        // The parser may take the `DE` of a name in capitals for a name of its own: it is not Delaware.
        let is_function_word = |at: usize| {
            let upos = self.sentence.words.get(at).map(|word| word.upos);
            matches!(upos, Some(Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part))
        };
        let says_nothing = |at: usize| self.is_name_word(at) || is_function_word(at);
        if words.len() == 1 && says_nothing(words.start) || self.is_agency(&words) {
            return None;
        }
        let words = self.world.longer_place(self.sentence, &words, 0).unwrap_or(words);
        let words = self.with_kind(words);
        let mut candidates = self.places_of(&words);
        if candidates.is_empty() {
            let name = span_of(self.sentence, &words).map_or("", |span| self.text.slice(span));
            candidates.extend(self.world.region_abbreviated(name));
        }
        // `Karak district`, `downtown Plano`, `Eastern Ghouta`: the longest part of it that the tables know.
        for length in (1..words.len()).rev() {
            if !candidates.is_empty() {
                break;
            }
            let starts = words.start..=words.end - length;
            let parts = starts.map(|start| start..start + length);
            let parts =
                parts.filter(|part| self.is_capital(part) && !part.clone().all(|at| self.is_name_word(at)));
            let mut places = parts.map(|part| self.places_of(&part));
            candidates = places.find(|places| !places.is_empty()).unwrap_or_default();
        }
        self.toponym(words, Sense::Place, candidates)
    }

    /// A name with the word for its kind behind it, where the tables know both together: `Laurel County`.
    fn with_kind(&self, words: Range<usize>) -> Range<usize> {
        let longer = words.start..words.end + 1;
        let says_kind =
            self.form(words.end).is_some_and(|form| is_listed(self.language, "region words", form));
        let is_known = says_kind && self.is_capital(&longer) && !self.places_of(&longer).is_empty();
        if is_known { longer } else { words }
    }

    /// Whether a name is that of who sends the report: `NAIROBI, Kenya (Agency) -`.
    fn is_agency(&self, words: &Range<usize>) -> bool {
        let is = |at: Option<usize>, marks: &[&str]| {
            at.and_then(|at| self.form(at)).is_some_and(|form| marks.contains(&form))
        };
        let in_capitals = self.form(0).is_some_and(|form| {
            form.chars().count() > 2 && form.chars().all(|letter| !letter.is_lowercase())
        });
        in_capitals
            && words.end <= DATELINE
            && is(words.start.checked_sub(1), &["("])
            && is(Some(words.end), &[")"])
            && is(Some(words.end + 1), &["-", "–", "—", "--"])
    }

    /// The region or large town in an organisation's name: `University of California`.
    fn inside_organisation(&self, words: &Range<usize>) -> Option<Toponym> {
        // `the White House` is a body, whatever towns of that name there are.
        let is_body = self.mentions.iter().any(|mention| {
            mention.words.start <= words.start
                && mention.words.end == words.end
                && mention.words.len() <= words.len() + 1
                && mention.actors.iter().filter_map(|&actor| self.found.actors.get(actor)).any(|actor| {
                    actor.kind == ActorKind::Government && !actor.id.starts_with("organisation:")
                })
        });
        let is_body = is_body && !self.places_of(words).is_empty();
        for length in (1..=words.len().min(3)).rev() {
            for start in words.start..=words.end - length {
                let part = start..start + length;
                if is_body && part == *words {
                    return None;
                }
                if !self.is_capital(&part) || part.clone().all(|at| self.is_name_word(at)) {
                    continue;
                }
                let mut places = self.places_of(&part);
                places.retain(|place| {
                    place.population >= LARGE_TOWN
                        || matches!(place.kind, PlaceKind::Region | PlaceKind::County)
                });
                if !places.is_empty() {
                    return self.toponym(part, Sense::Modifier, places);
                }
            }
        }
        None
    }

    /// Notes the region behind a town, and adds its short form to the places: `Austin, Tex.`
    fn add_regions(&self, toponyms: &mut Vec<Toponym>) {
        let mut added = Vec::new();
        for at in 0..toponyms.len() {
            let Some(end) = toponyms.get(at).map(|town| town.words.end) else { continue };
            // `Washington D.C.`
            let comma = self.form(end).is_some_and(|form| matches!(form, "," | "(" | "،" | "，"));
            let end = if comma { end } else { end.saturating_sub(1) };
            let next = toponyms.get(at + 1).filter(|next| comma && next.words.start == end + 1);
            if next.is_some_and(|next| self.is_list(toponyms, at, next.words.end)) {
                continue;
            }
            let holder = match next {
                Some(next) => next
                    .candidates
                    .iter()
                    .find(|place| {
                        matches!(place.kind, PlaceKind::State | PlaceKind::Region | PlaceKind::County)
                    })
                    .cloned(),
                None => (1..=REGION_REACH).rev().find_map(|length| {
                    let words = end + 1..end + 1 + length;
                    let name = self.text.slice(span_of(self.sentence, &words)?);
                    let is_short = comma || name.contains('.');
                    let region = self.world.region_abbreviated(name).filter(|_| is_short)?;
                    added.extend(self.toponym(words, Sense::Place, vec![region.clone()]));
                    Some(region)
                }),
            };
            if let Some(town) = toponyms.get_mut(at) {
                // `Lebanon, Pennsylvania` is no state.
                if let Some(region) = holder.as_ref().and_then(|holder| holder.region) {
                    let homonyms = self.places_of(&town.words).into_iter();
                    let there = homonyms.filter(|place| place.region == Some(region));
                    let is_state = town.candidates.iter().any(|place| place.kind == PlaceKind::State);
                    town.candidates.extend(there.filter(|_| is_state));
                }
                town.within = holder;
            }
        }
        for region in added {
            if !toponyms.iter().any(|known| overlap(&known.words, &region.words)) {
                toponyms.push(region);
            }
        }
        toponyms.sort_by_key(|known| known.words.start);
    }

    /// Whether a name begins or goes on with a list of regions (`Washington, Texas and Ohio`): it is a region's
    /// itself, and more follow the next one.
    fn is_list(&self, toponyms: &[Toponym], at: usize, end: usize) -> bool {
        let is_region = |toponym: &Toponym| {
            toponym.candidates.iter().any(|place| matches!(place.kind, PlaceKind::State | PlaceKind::Region))
        };
        let goes_on = |end: usize| {
            let links = (end..end + LIST_GAP).take_while(|&at| {
                self.sentence
                    .words
                    .get(at)
                    .is_some_and(|word| matches!(word.upos, Upos::Punct | Upos::Cconj | Upos::Det))
            });
            end + links.count()
        };
        let after = goes_on(end);
        let more = toponyms.iter().any(|toponym| toponym.words.start == after && is_region(toponym));
        toponyms.get(at).is_some_and(is_region) && after > end && more
    }

    /// The places of a name, as the text writes it, else in its base form.
    fn places_of(&self, words: &Range<usize>) -> Vec<Place> {
        let Some(span) = span_of(self.sentence, words) else { return Vec::new() };
        let name = self.text.slice(span);
        let places = self.world.places_named(name);
        let base = base_of(self.sentence, words);
        if places.is_empty() && base != name { self.world.places_named(&base) } else { places }
    }

    fn is_city(&self, words: &Range<usize>) -> bool {
        span_of(self.sentence, words).is_some_and(|span| self.world.is_city(self.text.slice(span)))
    }

    fn is_person(&self, words: &Range<usize>) -> bool {
        let kinds = |mention: &Mention| {
            let actors = mention.actors.iter().filter_map(|&actor| self.found.actors.get(actor));
            actors.map(|actor| actor.kind).collect::<Vec<_>>()
        };
        let mut holding = self
            .mentions
            .iter()
            .filter(|mention| mention.words.start <= words.start && words.end <= mention.words.end);
        holding.clone().any(|mention| kinds(mention).contains(&ActorKind::Person))
            && !holding.any(|mention| kinds(mention).contains(&ActorKind::Infrastructure))
    }

    /// Whether the parser takes a word for a person, and somebody of the document bears it as a first name.
    fn is_given_name(&self, words: &Range<usize>) -> bool {
        let [word] = self.sentence.words.get(words.clone()).unwrap_or_default() else { return false };
        let is_person = word.name.is_some_and(|tag| tag.kind == NameKind::Person);
        let bears = |name: &str| {
            let mut parts = name.split(' ');
            parts.next() == Some(word.form.as_str()) && parts.next().is_some()
        };
        let mut persons = self.found.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
        is_person && persons.any(|actor| bears(&actor.name))
    }

    fn form(&self, at: usize) -> Option<&str> {
        self.sentence.words.get(at).map(|word| word.form.as_str())
    }

    /// Whether a name begins and ends as names do.
    fn is_capital(&self, words: &Range<usize>) -> bool {
        let named = |at: usize| {
            let first = self.form(at).and_then(|form| form.chars().next());
            first.is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
        };
        named(words.start) && words.end.checked_sub(1).is_some_and(named)
    }
}

/// The names of a kind that the parser found.
fn tagged(sentence: &Sentence, kind: NameKind) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(tag) = word.name.filter(|tag| tag.kind == kind) else { continue };
        match names.last_mut() {
            Some(words) if !tag.begins && words.end == at => words.end = at + 1,
            _ => names.push(at..at + 1),
        }
    }
    let is =
        |at: usize, kinds: &[Upos]| sentence.words.get(at).is_some_and(|word| kinds.contains(&word.upos));
    for words in &mut names {
        while words.len() > 1 && is(words.start, &[Upos::Det, Upos::Adp, Upos::Punct]) {
            words.start += 1;
        }
        while words.len() > 1 && is(words.end - 1, &[Upos::Part, Upos::Punct]) {
            words.end -= 1;
        }
    }
    names
}

fn span_of(sentence: &Sentence, words: &Range<usize>) -> Option<Span> {
    let first = sentence.words.get(words.start)?;
    let last = sentence.words.get(words.end.checked_sub(1)?)?;
    Some(first.span.cover(last.span))
}

/// A name in its base form, as the lemmas give it.
fn base_of(sentence: &Sentence, words: &Range<usize>) -> String {
    let words = sentence.words.get(words.clone()).unwrap_or_default();
    let forms = words.iter().map(|word| {
        let named = word.lemma.chars().next().is_some_and(|first| !first.is_lowercase());
        if named { word.lemma.as_str() } else { word.form.as_str() }
    });
    forms.collect::<Vec<_>>().join(" ")
}

fn is_large(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
