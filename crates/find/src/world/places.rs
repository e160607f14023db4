use std::collections::HashMap;

use chancery_core::CountryCode;

use super::Place;
use super::persons::{parts, readings};
use super::table::{Row, Table};

/// The gazetteer by name.
pub(super) struct Places {
    /// The most populous first; regions, seas and sites before cities.
    places: Vec<Place>,
    names: HashMap<String, Vec<u32>>,
}

/// Columns of `territories.tsv` with names.
const LANGUAGES: [&str; 13] = ["any", "en", "sv", "ru", "uk", "fr", "es", "de", "tr", "fa", "ar", "he", "zh"];

impl Places {
    pub(super) fn read() -> Self {
        let mut read = Self { places: Vec::new(), names: HashMap::new() };
        for row in Table::read("territories").rows() {
            let names = LANGUAGES.iter().flat_map(|language| row.parts(language));
            read.add(row, names);
        }
        for row in Table::read("places").rows() {
            read.add(row, row.parts("names"));
        }
        read
    }

    fn add(&mut self, row: Row<'_>, names: impl Iterator<Item = &'static str>) {
        let Some((latitude, longitude)) =
            row.cell("latitude").parse().ok().zip(row.cell("longitude").parse().ok())
        else {
            return;
        };
        let Ok(index) = u32::try_from(self.places.len()) else { return };
        // A sea or a region of several countries has none.
        let country = CountryCode::new(row.cell("country"));
        self.places.push(Place {
            geonameid: row.cell("geonameid").parse().unwrap_or_default(),
            name: row.cell("name").to_owned(),
            latitude,
            longitude,
            country,
            population: row.cell("population").parse().unwrap_or_default(),
        });
        for name in [row.cell("name")].into_iter().chain(names) {
            let name = parts(&name.replace('*', "")).join(" ");
            let indices = self.names.entry(name).or_default();
            if indices.last() != Some(&index) {
                indices.push(index);
            }
        }
    }

    pub(super) fn named(&self, name: &str) -> Vec<&Place> {
        let words = parts(name);
        let mut found: Vec<u32> = Vec::new();
        for reading in readings(&words) {
            // `Москве` is `Москва`, `Казани` is `Казань`.
            let last = reading.chars().next_back();
            let is_cyrillic = last.is_some_and(|c| !c.is_ascii() && c.is_lowercase());
            let mut tries = vec![reading.clone()];
            if is_cyrillic {
                tries.extend(["а", "я", "ь", "о"].map(|ending| format!("{reading}{ending}")));
            }
            for indices in tries.iter().filter_map(|name| self.names.get(name)) {
                found.extend(indices);
            }
            if !found.is_empty() {
                break;
            }
        }
        found.dedup();
        found.into_iter().filter_map(|index| self.places.get(usize::try_from(index).ok()?)).collect()
    }
}
