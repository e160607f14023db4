use std::collections::BTreeMap;

use chancery_core::{CountryCode, Region};

use super::persons::{parts, readings};
use super::sorted::SortedTable;
use super::table::{Row, Table};
use super::{Place, PlaceKind};

/// The gazetteer by name.
pub(super) struct Places {
    /// Territories and seas, by the id of their entity.
    territories: BTreeMap<&'static str, Place>,
    /// States, by code.
    states: BTreeMap<&'static str, Place>,
    /// Short forms of regions, as written: `Calif.`
    abbreviations: BTreeMap<&'static str, &'static str>,
    /// Where regions are drawn on a map, by their codes.
    centres: BTreeMap<&'static str, (f64, f64)>,
    /// Counties, islands, waters that the gazetteer lacks, by their folded names.
    landscapes: BTreeMap<String, Vec<Place>>,
    gazetteer: SortedTable,
    names: SortedTable,
}

impl Places {
    pub(super) fn read() -> Self {
        let (gazetteer, names) = (SortedTable::read("places"), SortedTable::read("place-names"));
        let territories = Table::read("territories");
        let territories =
            territories.rows().filter_map(|row| Some((row.cell("id"), territory(row)?))).collect();
        let centres = Table::read("centres");
        let centres: BTreeMap<&str, (f64, f64)> =
            centres.rows().filter_map(|row| Some((row.cell("code"), degrees(row)?))).collect();
        let states = Table::read("states");
        let states = states
            .rows()
            .filter_map(|row| {
                let code = row.cell("id");
                let (latitude, longitude) = match centres.get(code) {
                    Some(degrees) => *degrees,
                    None => place(gazetteer, row.cell("capital"))
                        .map(|place| (place.latitude, place.longitude))?,
                };
                let place = Place {
                    geonameid: row.cell("geonameid").parse().unwrap_or_default(),
                    name: row.cell("name").to_owned(),
                    latitude,
                    longitude,
                    country: CountryCode::new(code),
                    population: 0,
                    kind: PlaceKind::State,
                    region: None,
                };
                Some((code, place))
            })
            .collect();
        let abbreviations = Table::read("place-abbreviations");
        let abbreviations = abbreviations
            .rows()
            .flat_map(|row| row.parts("names").map(move |name| (name, row.cell("key"))))
            .collect();
        Self { territories, states, abbreviations, centres, landscapes: landscapes(), gazetteer, names }
    }

    /// The place of a key of the gazetteer; a region where maps put its name.
    fn place(&self, key: &'static str) -> Option<Place> {
        let place = place(self.gazetteer, key)?;
        let Some(&(latitude, longitude)) = self.centres.get(key) else { return Some(place) };
        Some(Place { latitude, longitude, ..place })
    }

    /// The region of a code: `IR.28`.
    pub(super) fn region(&self, code: &'static str) -> Option<Region> {
        place(self.gazetteer, code).map(|region| Region { code: code.to_owned(), name: region.name })
    }

    pub(super) fn territory(&self, id: &str) -> Option<&Place> {
        self.territories.get(id)
    }

    pub(super) fn state(&self, code: &str) -> Option<&Place> {
        self.states.get(code)
    }

    /// The region that a short form stands for: `Calif.`, `Ont.`
    pub(super) fn abbreviated(&self, name: &str) -> Option<Place> {
        self.place(self.abbreviations.get(name)?)
    }

    /// The places of a name, regions of a country and the most populous first.
    pub(super) fn named(&self, name: &str) -> Vec<Place> {
        for reading in readings(&parts(name)) {
            // `Москве` is `Москва`, `Казани` is `Казань`.
            let last = reading.chars().next_back();
            let is_cyrillic = last.is_some_and(|c| !c.is_ascii() && c.is_lowercase());
            let mut keys = self.names.get(&reading).map(|cells| vec![cells]).unwrap_or_default();
            if is_cyrillic {
                let endings = ["а", "я", "ь", "о"].map(|ending| format!("{reading}{ending}"));
                keys.extend(endings.iter().filter_map(|name| self.names.get(name)));
            }
            let landscapes = self.landscapes.get(&reading).into_iter().flatten().cloned();
            let keys = keys.iter().flat_map(|cells| cells.split(' '));
            let places: Vec<_> = landscapes.chain(keys.filter_map(|key| self.place(key))).collect();
            if !places.is_empty() {
                return places;
            }
        }
        Vec::new()
    }

    /// Complains of names that the program would not find, and of places that no row describes.
    pub(super) fn check(&self, complaints: &mut Vec<String>) {
        for (name, keys) in self.names.lines() {
            if parts(name).join(" ") != name || self.names.get(name) != Some(keys) {
                complaints.push(format!("world/place-names.tsv: {name} is not folded, or out of order"));
            }
            for key in keys.split(' ').filter(|key| place(self.gazetteer, key).is_none()) {
                complaints.push(format!("world/place-names.tsv: no place {key}"));
            }
        }
        let regions = self.centres.keys().filter(|code| code.contains('.'));
        for code in regions.filter(|code| place(self.gazetteer, code).is_none()) {
            complaints.push(format!("world/centres.tsv: no region {code}"));
        }
        for (name, key) in &self.abbreviations {
            if place(self.gazetteer, key).is_none() {
                complaints.push(format!("world/place-abbreviations.tsv: no region {key} ({name})"));
            }
        }
    }
}

/// Reads `landscapes.tsv`: places by each of their names, folded as the program compares them.
fn landscapes() -> BTreeMap<String, Vec<Place>> {
    let mut landscapes: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for row in Table::read("landscapes").rows() {
        let Some((latitude, longitude)) = degrees(row) else { continue };
        let is_region = row.cell("kind") == "region";
        let place = Place {
            geonameid: row.cell("geonameid").parse().unwrap_or_default(),
            name: row.cell("name").to_owned(),
            latitude,
            longitude,
            country: CountryCode::new(row.cell("country")),
            population: row.cell("population").parse().unwrap_or_default(),
            kind: if is_region { PlaceKind::Region } else { PlaceKind::Territory },
            region: row.filled("region").or(is_region.then(|| row.cell("name"))),
        };
        for name in row.parts("name").chain(row.parts("others")) {
            landscapes.entry(parts(name).join(" ")).or_default().push(place.clone());
        }
    }
    landscapes
}

fn territory(row: Row<'_>) -> Option<Place> {
    let (latitude, longitude) = degrees(row)?;
    Some(Place {
        geonameid: row.cell("geonameid").parse().unwrap_or_default(),
        name: row.cell("name").to_owned(),
        latitude,
        longitude,
        country: CountryCode::new(row.cell("country")),
        population: row.cell("population").parse().unwrap_or_default(),
        kind: PlaceKind::Territory,
        region: None,
    })
}

fn degrees(row: Row<'_>) -> Option<(f64, f64)> {
    row.cell("latitude").parse().ok().zip(row.cell("longitude").parse().ok())
}

/// Reads a row of `places.tsv`: the key of a town is its `GeoNames` id, of a region its code.
fn place(places: SortedTable, key: &'static str) -> Option<Place> {
    let mut cells = places.get(key)?.split('\t');
    let name = cells.next()?.to_owned();
    let (latitude, longitude) = cells.next()?.parse().ok().zip(cells.next()?.parse().ok())?;
    let country = cells.next()?;
    let region = cells.next().filter(|code| !code.is_empty());
    let population = cells.next().and_then(|cell| cell.parse().ok()).unwrap_or_default();
    let geonameid = cells.next().unwrap_or(key).parse().unwrap_or_default();
    let kind = match key.bytes().filter(|&byte| byte == b'.').count() {
        0 => PlaceKind::Town,
        1 => PlaceKind::Region,
        _ => PlaceKind::County,
    };
    let region = if kind == PlaceKind::Region { Some(key) } else { region };
    let country = CountryCode::new(country);
    Some(Place { geonameid, name, latitude, longitude, country, population, kind, region })
}
