use std::collections::HashMap;
use std::ops::Range;

use chancery_core::{
    ActorKind, Analysis, CountryCode, Document, Mentions, NameKind, Notice, PlaceMention, Sense, Sentence,
    Span, Upos,
};

use crate::World;
use crate::world::{NameForm, Place};

/// Finds the places that a document names, with their coordinates, in the order of the text.
///
/// States and capitals count where they are used as places. A name that several places share stands for
/// the one that its size and the countries of the text speak for, and for the same one throughout.
pub(crate) fn find_places(
    document: &Document,
    analysis: &Analysis,
    world: &World,
    found: &Mentions,
    _notices: &mut Vec<Notice>,
) -> Vec<PlaceMention> {
    let language = document.metadata.language.as_deref().unwrap_or("en");
    let mut finding = Finding { world, language, countries: countries_in(found), chosen: HashMap::new() };
    let mut places = Vec::new();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        for words in finding.toponyms(index, sentence, found) {
            let Some(span) = span_of(sentence, &words) else { continue };
            let name = document.text.slice(span).to_owned();
            let base = base_of(sentence, &words);
            let near = found.in_sentence(index).iter().flat_map(|mention| &mention.actors);
            let near: Vec<CountryCode> =
                near.filter_map(|&actor| found.actors.get(actor)).filter_map(|actor| actor.country).collect();
            let place = finding.place(&name, &base, &near);
            let (Some(place), true) = (place, name.chars().any(char::is_alphabetic)) else { continue };
            places.push(PlaceMention {
                span,
                sentence: index,
                name: place.name.clone(),
                geonameid: Some(place.geonameid).filter(|id| *id != 0),
                latitude: Some(place.latitude),
                longitude: Some(place.longitude),
                country: place.country,
            });
        }
    }
    places
}

struct Finding<'w> {
    world: &'w World,
    language: &'w str,
    /// How often the text speaks of each country.
    countries: HashMap<CountryCode, usize>,
    /// The place that a name has been taken for: one sense a document.
    chosen: HashMap<String, Option<&'w Place>>,
}

impl<'w> Finding<'w> {
    /// The words of a sentence that name places, in the order of the text, without overlap.
    fn toponyms(&self, index: usize, sentence: &Sentence, found: &Mentions) -> Vec<Range<usize>> {
        let mentions = found.in_sentence(index);
        let kind_at = |words: &Range<usize>, kinds: &[ActorKind]| {
            mentions.iter().any(|mention| {
                mention.words.start <= words.start
                    && words.end <= mention.words.end
                    && mention
                        .actors
                        .iter()
                        .any(|&a| found.actors.get(a).is_some_and(|a| kinds.contains(&a.kind)))
            })
        };
        let mut toponyms: Vec<Range<usize>> = Vec::new();
        for name in self.world.names_in(self.language, sentence) {
            let used_as_place =
                mentions.iter().any(|mention| mention.words == name.words && mention.sense == Sense::Place);
            let venue =
                name.form == NameForm::Capital && !mentions.iter().any(|mention| mention.words == name.words);
            let named = matches!(name.form, NameForm::Name | NameForm::Alias | NameForm::Capital);
            let place = name.entity.kind == ActorKind::Place;
            if named && (place || used_as_place || venue) {
                toponyms.push(name.words);
            }
        }
        let taken = self.world.names_in(self.language, sentence);
        for words in located(sentence) {
            let known = taken.iter().any(|name| overlap(&name.words, &words));
            let person =
                kind_at(&words, &[ActorKind::Person]) && !kind_at(&words, &[ActorKind::Infrastructure]);
            if !known && !person {
                toponyms.push(words);
            }
        }
        toponyms.sort_by_key(|words| (words.start, std::cmp::Reverse(words.end)));
        toponyms.dedup_by(|b, a| overlap(a, b));
        toponyms
    }

    /// The place that a name stands for in this document.
    fn place(&mut self, name: &str, base: &str, near: &[CountryCode]) -> Option<&'w Place> {
        if let Some(chosen) = self.chosen.get(base) {
            return *chosen;
        }
        let mut candidates = self.world.places_named(self.language, name);
        if candidates.is_empty() && base != name {
            candidates = self.world.places_named(self.language, base);
        }
        let all: usize = self.countries.values().sum();
        let score = |place: &Place| {
            let size = f64::from(place.population.max(1)).ln();
            let spoken =
                place.country.and_then(|country| self.countries.get(&country)).copied().unwrap_or_default()
                    as f64;
            let share = if all == 0 { 0.0 } else { spoken / all as f64 };
            let beside = if place.country.is_some_and(|country| near.contains(&country)) { 2.5 } else { 0.0 };
            let named = if spoken > 0.0 { 2.0 } else { 0.0 };
            size + beside + named + 3.0 * share
        };
        let chosen = candidates
            .into_iter()
            .enumerate()
            .max_by(|(i, a), (j, b)| score(a).total_cmp(&score(b)).then(j.cmp(i)));
        let chosen = chosen.map(|(_, place)| place);
        self.chosen.insert(base.to_owned(), chosen);
        chosen
    }
}

/// How often a document speaks of each country.
fn countries_in(found: &Mentions) -> HashMap<CountryCode, usize> {
    let mut countries = HashMap::new();
    for actor in found.mentions.iter().flat_map(|mention| &mention.actors) {
        if let Some(country) = found.actors.get(*actor).and_then(|actor| actor.country) {
            *countries.entry(country).or_default() += 1;
        }
    }
    countries
}

/// The names of places that the parser found.
fn located(sentence: &Sentence) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(tag) = word.name.filter(|tag| tag.kind == NameKind::Location) else { continue };
        match names.last_mut() {
            Some(words) if !tag.begins && words.end == at => words.end = at + 1,
            _ => names.push(at..at + 1),
        }
    }
    for words in &mut names {
        while words.len() > 1
            && sentence.words.get(words.start).is_some_and(|word| matches!(word.upos, Upos::Det | Upos::Adp))
        {
            words.start += 1;
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

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
