use std::collections::BTreeMap;

use chancery_core::{DateRange, Upos};

use crate::Reading;

/// What tells the story of a document from other stories: its words, actors and places, each with its number.
#[derive(Clone, Debug, Default)]
pub struct Gist {
    /// Tells documents apart.
    pub document: String,
    pub language: Option<String>,
    pub published: Option<DateRange>,
    /// Lemmas of content words.
    words: BTreeMap<String, u32>,
    /// Ids of actors and places, which no language owns.
    names: BTreeMap<String, u32>,
}

/// Documents whose words are this alike tell one story, as the cosine of their weighted words.
const ALIKE: f64 = 0.18;
/// Documents of two languages, which share names alone, must be more alike.
const ALIKE_NAMES: f64 = 0.5;
/// What lies so many days apart is another story.
const SAME_STORY: i32 = 10;
/// A document is known by so many of its weightiest words.
const TELLING: usize = 80;
/// Words that more documents share than this lead to no comparison.
const COMMON: usize = 400;

impl Gist {
    /// Returns the gist of a reading.
    pub fn of(reading: &Reading) -> Self {
        let mut gist = Self {
            document: format!("{:x}", crate::documents::identity(&reading.document)),
            language: reading.document.metadata.language.clone(),
            published: reading.document.metadata.published.map(DateRange::day),
            ..Self::default()
        };
        for word in reading.analysis.sentences.iter().flat_map(|sentence| &sentence.words) {
            if matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj) {
                *gist.words.entry(word.lemma.to_lowercase()).or_default() += 1;
            }
        }
        for mention in &reading.mentions.mentions {
            for actor in mention.actors.iter().filter_map(|&index| reading.mentions.actors.get(index)) {
                *gist.names.entry(actor.id.clone()).or_default() += 1;
            }
        }
        for place in reading.mentions.places.iter().filter_map(|place| place.geonameid) {
            *gist.names.entry(format!("place:{place}")).or_default() += 1;
        }
        gist
    }
}

/// Returns the number of the story that each document tells: documents with many telling words in common, or
/// many actors and places where their languages differ, published within days of one another.
pub fn stories(gists: &[Gist]) -> Vec<usize> {
    let words = weights(gists, |gist| gist.words.iter().chain(&gist.names));
    let names = weights(gists, |gist| gist.names.iter());
    let mut pairs = Vec::new();
    for (a, b) in neighbours(&words, gists.len()) {
        let (Some(one), Some(other)) = (gists.get(a), gists.get(b)) else { continue };
        if are_apart(one, other) {
            continue;
        }
        let (vectors, least) =
            if one.language == other.language { (&words, ALIKE) } else { (&names, ALIKE_NAMES) };
        if let (Some(left), Some(right)) = (vectors.get(a), vectors.get(b)) {
            let score = dot(left, right) / least;
            if score >= 1.0 {
                pairs.push((score, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let scores: BTreeMap<(usize, usize), f64> = pairs.iter().map(|&(score, a, b)| ((a, b), score)).collect();
    let mut story: Vec<usize> = (0..gists.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..gists.len()).map(|index| vec![index]).collect();
    for &(_, a, b) in &pairs {
        let (Some(&left), Some(&right)) = (story.get(a), story.get(b)) else { continue };
        if left == right {
            continue;
        }
        let (keep, give) = (left.min(right), left.max(right));
        let (Some(kept), Some(given)) = (members.get(keep), members.get(give)) else { continue };
        // Stories join where their documents are half as alike on the whole as two must be, so that no chain ties two
        // together.
        let between = kept.iter().flat_map(|&x| given.iter().map(move |&y| (x.min(y), x.max(y))));
        let sum: f64 = between.map(|pair| scores.get(&pair).copied().unwrap_or(0.0)).sum();
        if sum < 0.5 * (kept.len() * given.len()) as f64 {
            continue;
        }
        let moved = members.get_mut(give).map(std::mem::take).unwrap_or_default();
        for &index in &moved {
            if let Some(of) = story.get_mut(index) {
                *of = keep;
            }
        }
        if let Some(kept) = members.get_mut(keep) {
            kept.extend(moved);
        }
    }
    story
}

fn are_apart(a: &Gist, b: &Gist) -> bool {
    let day = |gist: &Gist| gist.published.and_then(|range| range.from);
    match (day(a), day(b)) {
        (Some(left), Some(right)) => {
            left.since(right).is_ok_and(|between| between.get_days().abs() > SAME_STORY)
        }
        _ => false,
    }
}

/// Terms and their weights, the weightiest only, of length one.
type Vector = BTreeMap<String, f64>;

fn weights<'a, I>(gists: &'a [Gist], terms: impl Fn(&'a Gist) -> I) -> Vec<Vector>
where
    I: Iterator<Item = (&'a String, &'a u32)>,
{
    let mut documents: BTreeMap<&str, usize> = BTreeMap::new();
    for gist in gists {
        for (term, _) in terms(gist) {
            *documents.entry(term).or_default() += 1;
        }
    }
    // In a handful of documents a word that all share still tells something.
    let all = gists.len() as f64 + 10.0;
    gists
        .iter()
        .map(|gist| {
            let mut weighted: Vec<(f64, &String)> = terms(gist)
                .map(|(term, &times)| {
                    let rare = (all / (documents.get(term.as_str()).copied().unwrap_or(1) as f64 + 1.0)).ln();
                    ((1.0 + f64::from(times).ln()) * rare.max(0.0), term)
                })
                .collect();
            weighted.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(y.1)));
            weighted.truncate(TELLING);
            let length =
                weighted.iter().map(|(weight, _)| weight * weight).sum::<f64>().sqrt().max(f64::EPSILON);
            weighted.into_iter().map(|(weight, term)| (term.clone(), weight / length)).collect()
        })
        .collect()
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().filter_map(|(term, weight)| Some(weight * long.get(term)?)).sum()
}

/// The pairs of documents that share a telling word which is not common to very many.
fn neighbours(vectors: &[Vector], documents: usize) -> Vec<(usize, usize)> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, vector) in vectors.iter().enumerate() {
        for term in vector.keys() {
            holders.entry(term).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for of in holders.values().filter(|of| of.len() <= COMMON.min(documents.max(2))) {
        for (place, &a) in of.iter().enumerate() {
            pairs.extend(of.iter().skip(place + 1).map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gist(document: &str, language: &str, day: i8, words: &[&str], names: &[&str]) -> Gist {
        let counted = |terms: &[&str]| terms.iter().map(|term| ((*term).to_owned(), 1)).collect();
        Gist {
            document: document.to_owned(),
            language: Some(language.to_owned()),
            published: chancery_core::Date::new(2024, 5, day).ok().map(DateRange::day),
            words: counted(words),
            names: counted(names),
        }
    }

    #[test]
    fn documents_with_telling_words_in_common_tell_one_story() {
        let ferry = ["ferry", "harbour", "sail", "strait", "passenger", "minister"];
        let told = [
            gist("a", "en", 1, &ferry, &["RUR"]),
            gist("b", "en", 2, &["ferry", "harbour", "sail", "crew", "minister"], &["RUR"]),
            gist("c", "en", 1, &["mine", "coal", "court", "minister"], &["FRE"]),
            gist("d", "en", 28, &ferry, &["RUR"]),
        ];
        assert_eq!(stories(&told), [0, 0, 2, 3]);
    }

    #[test]
    fn two_languages_meet_in_their_names() {
        let names = ["RUR", "FRE", "person:rassendyll", "place:1"];
        let told = [
            gist("a", "en", 1, &["ferry", "harbour"], &names),
            gist("b", "sv", 1, &["färja", "hamn"], &names),
            gist("c", "sv", 1, &["gruva", "kol"], &["RUR", "person:flavia", "place:9"]),
        ];
        assert_eq!(stories(&told), [0, 0, 2]);
    }
}
