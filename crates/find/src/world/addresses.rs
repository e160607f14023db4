//! Whose an address of the web is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_core::CountryCode;

use super::table::{Row, Table};

/// The domains of states, and the addresses that their governments publish under.
#[derive(Debug)]
pub(super) struct Addresses {
    states: BTreeMap<&'static str, CountryCode>,
    governments: BTreeMap<&'static str, CountryCode>,
    /// What stands before a state's domain where its government publishes: `gov` of `mfa.gov.tr`.
    labels: BTreeSet<&'static str>,
}

impl Addresses {
    pub(super) fn read(ids: &HashMap<String, usize>, complain: &mut dyn FnMut(String)) -> Self {
        let known =
            |row: &Row<'_>| CountryCode::new(row.cell("id")).filter(|code| ids.contains_key(code.as_str()));
        let mut states = BTreeMap::new();
        for row in Table::read("domains").rows() {
            match known(&row) {
                Some(state) => _ = states.insert(row.cell("domain"), state),
                None => complain(format!("{}: no state {}", row.place(), row.cell("id"))),
            }
        }
        let (mut governments, mut labels) = (BTreeMap::new(), BTreeSet::new());
        for row in Table::read("government-domains").rows() {
            match known(&row) {
                Some(state) => _ = governments.insert(row.cell("domain"), state),
                None if row.cell("id").is_empty() => _ = labels.insert(row.cell("domain")),
                None => complain(format!("{}: no state {}", row.place(), row.cell("id"))),
            }
        }
        Self { states, governments, labels }
    }

    /// The state under whose domain an address stands: `www.aftenposten.no/…` is Norwegian.
    pub(super) fn state(&self, address: &str) -> Option<CountryCode> {
        let host = host(address)?;
        let (_, domain) = host.rsplit_once('.')?;
        self.states.get(domain).copied()
    }

    /// The state whose government publishes under an address: `www.regeringen.se/…`, `mfa.gov.tr/…`.
    pub(super) fn government(&self, address: &str) -> Option<CountryCode> {
        let host = host(address)?;
        let starts = std::iter::once(0).chain(host.match_indices('.').map(|(dot, _)| dot + 1));
        let named = starts.filter_map(|start| host.get(start..)).find_map(|end| self.governments.get(end));
        named.copied().or_else(|| {
            let (rest, domain) = host.rsplit_once('.')?;
            let label = rest.rsplit('.').next()?;
            self.states.get(domain).copied().filter(|_| self.labels.contains(label))
        })
    }
}

/// The host of an address, in small letters.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://").unwrap_or(("", address));
    rest.split(['/', ':', '?', '#']).next().map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_government_is_known_by_its_address() {
        let ids = ["SWE", "TUR", "NOR"].map(|id| (id.to_owned(), 0)).into();
        let addresses = Addresses::read(&ids, &mut |_| {});
        let code = |id: &str| CountryCode::new(id);
        assert_eq!(addresses.government("https://www.regeringen.se/artiklar/"), code("SWE"));
        assert_eq!(addresses.government("https://www.mfa.gov.tr/news"), code("TUR"));
        assert_eq!(addresses.government("https://www.aftenposten.no/norge"), None);
        assert_eq!(addresses.state("https://www.aftenposten.no/norge"), code("NOR"));
    }
}
