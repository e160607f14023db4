use super::Place;

/// The gazetteer by name.
pub(super) struct Places {
    places: Vec<Place>,
}

impl Places {
    pub(super) fn read() -> Self {
        Self { places: Vec::new() }
    }

    pub(super) fn named(&self, _language: &str, _name: &str) -> Vec<&Place> {
        self.places.iter().collect()
    }
}
