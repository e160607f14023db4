use std::collections::HashMap;

use super::Entity;
use super::tenures::Tenures;

/// The persons of the tables by every spelling of their names.
pub(super) struct Persons {}

impl Persons {
    pub(super) fn read(_entities: &[Entity], _tenures: &Tenures) -> Self {
        Self {}
    }

    pub(super) fn named(&self, _language: &str, _name: &str) -> Vec<usize> {
        Vec::new()
    }

    pub(super) fn check(_ids: &HashMap<String, usize>, _complaints: &mut Vec<String>) {}
}
