use std::collections::{BTreeMap, HashMap, HashSet};

use chancery_core::{CountryCode, Mentions, Span};

use super::toponyms::Toponym;
use crate::world::{Place, PlaceKind};

/// Which place each name of a document stands for.
pub(super) struct Choice<'t> {
    chosen: BTreeMap<&'t str, &'t Place>,
}

/// How many namesakes are weighed.
const NAMESAKES: usize = 40;
/// How many other names are asked what they speak for: a bound that keeps long documents linear.
const WITNESSES: usize = 200;
/// How many places of a name speak for others.
const RIVALS: usize = 8;
/// By how much one place must be ahead of another to be *e* times as likely.
const DOUBT: f64 = 2.0;
/// How often the names are weighed against what the others have been taken for.
const ROUNDS: usize = 3;
/// Two places nearer than this, in kilometres, speak for one another.
const NEAR: f64 = 100.0;
/// How much the places of the other names count beside a place's own size.
const COMPANY: f64 = 7.0;
/// A town of a region's name must be as large as this to be what the name means.
const LARGE_SEAT: u32 = 50_000;
/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;

impl<'t> Choice<'t> {
    /// Chooses a place for each name: by its size, by the region that the text puts behind it, by the
    /// countries that the text speaks of, and by the places that the other names stand for.
    pub(super) fn among(toponyms: &'t [Toponym], found: &Mentions) -> Self {
        let countries = countries_in(found, toponyms);
        let mut names: BTreeMap<&str, Vec<&Toponym>> = BTreeMap::new();
        for toponym in toponyms.iter().filter(|toponym| !toponym.candidates.is_empty()) {
            names.entry(&toponym.name).or_default().push(toponym);
        }
        let own: BTreeMap<&str, Vec<(f64, &Place)>> = names
            .iter()
            .map(|(name, uses)| {
                let grounds = Grounds::of(uses);
                // More uses of a name than rivals are weighed would only repeat what the first ones bring.
                let uses = uses.iter().take(RIVALS);
                let places = uses.flat_map(|toponym| toponym.candidates.iter().take(NAMESAKES));
                let scored = places.map(|place| {
                    let said = grounds.contained(place) + grounds.said(place);
                    (size(place) + spoken_of(place, &countries) + said, place)
                });
                (*name, scored.collect())
            })
            .collect();
        // What each name may mean speaks for the others as far as it is likely: two namesakes that lie side by
        // side find one another even where neither is the largest of its name.
        let mut likely: Vec<(&str, Vec<(f64, &Place)>)> =
            own.iter().take(WITNESSES).map(|(name, scored)| (*name, likelihoods(scored))).collect();
        let mut chosen = BTreeMap::new();
        for round in 1..=ROUNDS {
            let mut next = Vec::with_capacity(likely.len());
            for (name, scored) in &own {
                let scored: Vec<(f64, &Place)> = scored
                    .iter()
                    .map(|(score, place)| (score + support(&likely, name, place), *place))
                    .collect();
                if round == ROUNDS {
                    let best = scored.iter().fold(None, |best: Option<&(f64, &'t Place)>, here| match best {
                        Some(best) if best.0 >= here.0 => Some(best),
                        _ => Some(here),
                    });
                    if let Some((_, place)) = best {
                        chosen.insert(*name, *place);
                    }
                } else if next.len() < WITNESSES {
                    next.push((*name, likelihoods(&scored)));
                }
            }
            likely = next;
        }
        Self { chosen }
    }

    /// The place that a name stands for; `None` where no table knows it.
    pub(super) fn of(&self, toponym: &'t Toponym) -> Option<&'t Place> {
        let place = self.chosen.get(toponym.name.as_str()).copied()?;
        // `Aleppo` alone is the city; the region around it is called after it.
        let seat = toponym.candidates.iter().find(|town| {
            place.kind == PlaceKind::Region
                && town.kind == PlaceKind::Town
                && town.region == place.region
                && toponym.said != Some(PlaceKind::Region)
                && town.population >= LARGE_SEAT
                && (distance(town, place) < NEAR || town.population.saturating_mul(4) >= place.population)
        });
        Some(seat.unwrap_or(place))
    }
}

/// How far the places that the other names may mean speak for a place.
fn support(likely: &[(&str, Vec<(f64, &Place)>)], name: &str, place: &Place) -> f64 {
    let others = likely.iter().filter(|(other, _)| *other != name).flat_map(|(_, places)| places);
    let sum: f64 = others
        .map(|(weight, other)| {
            let is_point = matches!(other.kind, PlaceKind::Town | PlaceKind::County);
            let near = if is_point && distance(place, other) < NEAR { 1.5 } else { 0.0 };
            let region = if place.region.is_some() && place.region == other.region { 2.0 } else { 0.0 };
            let country = if place.country.is_some() && place.country == other.country { 0.5 } else { 0.0 };
            weight * (near + region + country)
        })
        .sum();
    COMPANY * (1.0 + sum).ln()
}

/// The likeliest of some places, by how far each is ahead of the others; of all together one.
fn likelihoods<'p>(scored: &[(f64, &'p Place)]) -> Vec<(f64, &'p Place)> {
    let mut scored = scored.to_vec();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(RIVALS);
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    let weights = scored.iter().map(|(score, _)| ((score - best) / DOUBT).exp());
    let all: f64 = weights.clone().sum();
    weights.zip(&scored).map(|(weight, (_, place))| (weight / all.max(f64::MIN_POSITIVE), *place)).collect()
}

fn size(place: &Place) -> f64 {
    let population = f64::from(place.population.max(100)).ln();
    match place.kind {
        PlaceKind::State | PlaceKind::Territory => 17.0,
        PlaceKind::Region => population.max(12.0),
        PlaceKind::County => 9.0,
        PlaceKind::Town => population,
    }
}

/// How far the countries that the text speaks of speak for a place.
fn spoken_of(place: &Place, countries: &HashMap<CountryCode, usize>) -> f64 {
    let all: usize = countries.values().sum();
    let Some(&times) = place.country.and_then(|country| countries.get(&country)) else { return 0.0 };
    // Counts of mentions are small.
    #[expect(clippy::cast_precision_loss, reason = "a share of a few hundred")]
    let share = times as f64 / all.max(1) as f64;
    2.0 + 3.0 * share
}

/// What the text says beside the uses of a name, each thing once.
#[derive(Default)]
struct Grounds<'t> {
    said: Vec<PlaceKind>,
    within: Vec<&'t Place>,
}

impl<'t> Grounds<'t> {
    fn of(uses: &[&'t Toponym]) -> Self {
        let mut grounds = Self::default();
        for toponym in uses {
            if let Some(said) = toponym.said.filter(|said| !grounds.said.contains(said)) {
                grounds.said.push(said);
            }
            let same = |a: &Place, b: &Place| (a.kind, a.country, a.region) == (b.kind, b.country, b.region);
            let within = toponym.within.as_ref();
            if let Some(holder) =
                within.filter(|holder| !grounds.within.iter().any(|known| same(known, holder)))
            {
                grounds.within.push(holder);
            }
        }
        grounds
    }

    /// How far the words beside the name say that it is such a place: `the city of`, `province`.
    fn said(&self, place: &Place) -> f64 {
        let is_region = |kind: PlaceKind| matches!(kind, PlaceKind::Region | PlaceKind::County);
        let fits = |said: &PlaceKind| *said == place.kind || is_region(*said) && is_region(place.kind);
        if self.said.iter().any(fits) { 8.0 } else { 0.0 }
    }

    /// How far the regions behind the name speak for a place.
    fn contained(&self, place: &Place) -> f64 {
        let lies_in = |holder: &&Place| match holder.kind {
            PlaceKind::State => place.country == holder.country && place.kind != PlaceKind::State,
            _ => place.region == holder.region && place.kind != PlaceKind::Region,
        };
        if self.within.iter().any(lies_in) { 15.0 } else { 0.0 }
    }
}

/// Kilometres between two places, near enough for those that are near.
fn distance(a: &Place, b: &Place) -> f64 {
    let middle = f64::midpoint(a.latitude, b.latitude).to_radians();
    let east = (a.longitude - b.longitude) * middle.cos();
    DEGREE * (a.latitude - b.latitude).hypot(east)
}

/// How often a document speaks of each country; a name that a state shares with a region of another country
/// speaks for neither.
fn countries_in(found: &Mentions, toponyms: &[Toponym]) -> HashMap<CountryCode, usize> {
    let shared = |toponym: &&Toponym| {
        let state = toponym.candidates.iter().find(|place| place.kind == PlaceKind::State);
        state.is_some_and(|state| toponym.candidates.iter().any(|place| place.country != state.country))
    };
    let shared: HashSet<Span> = toponyms.iter().filter(shared).map(|toponym| toponym.span).collect();
    let mut countries = HashMap::new();
    let mentions = found.mentions.iter().filter(|mention| !shared.contains(&mention.span));
    for actor in mentions.flat_map(|mention| &mention.actors) {
        if let Some(country) = found.actors.get(*actor).and_then(|actor| actor.country) {
            *countries.entry(country).or_default() += 1;
        }
    }
    countries
}
