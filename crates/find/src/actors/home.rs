//! Whose the groups, bodies and officials are of whom no word says so: a guess from where they are told to be.

use std::collections::{BTreeMap, BTreeSet};

use chancery_core::{
    Actor, ActorKind, Analysis, CountryCode, Date, Document, Mention, Mentions, PlaceMention, Relation,
    Sector, Sense, Sentence, Upos,
};

use super::by_first_mention;
use super::lexicon::{Lexicon, TitleClass, TitleCode, office_named, title_code};
use super::reference::{MUCH_MORE, foremost_country};
use super::rising::army_fought;
use super::sense::{clause_head, is_subject_relation};
use crate::World;
use crate::world::Holder;

/// Takes groups, bodies and officials of no named country for those of the country that the text sets them in.
///
/// `police in Lagos` are of Nigeria, whatever they are; of bodies and armed groups that act where they belong
/// (`home` in `world/titles.tsv`) the only country of the sentence's places decides as well, or of the
/// document's. An official is of the only country that the sentence speaks of otherwise than as another's.
pub(crate) fn settle(document: &Document, analysis: &Analysis, world: &World, found: &mut Mentions) {
    drop_namesakes_of_towns(found);
    let language = document.metadata.language.as_deref().unwrap_or("en");
    let grounds = grounds(analysis, found);
    let address = document.metadata.url.as_deref();
    let published = address.and_then(|address| world.state_of_address(address));
    let government = address.and_then(|address| world.government_of_address(address));
    let day = document.metadata.published;
    let groups =
        Homes { language, analysis, world, grounds: &grounds, published, government, day, found }.groups();
    for (index, place, actor, how) in groups {
        let known = found.actors.iter().position(|known| known.id == actor.id);
        let actor = known.unwrap_or_else(|| {
            found.actors.push(actor);
            found.actors.len() - 1
        });
        if let Some(mention) = found.mentions.get_mut(index) {
            mention.how = format!("{}; {how}", mention.how);
            if let Some(slot) = mention.actors.get_mut(place) {
                *slot = actor;
            }
        }
    }
    // Officials last: the groups they are told with may say whose they are.
    let homes = Homes { language, analysis, world, grounds: &grounds, published, government, day, found };
    let mut persons = homes.officials();
    persons.extend(homes.persons());
    for (actor, home) in persons {
        if let Some(actor) = found.actors.get_mut(actor) {
            actor.country = Some(home.country);
        }
        for mention in found.mentions.iter_mut().filter(|mention| mention.actors.contains(&actor)) {
            mention.how = format!("{}; {}", mention.how, home.how);
        }
    }
    let actors = std::mem::take(&mut found.actors);
    found.actors = by_first_mention(actors, &mut found.mentions);
}

/// Takes away mentions of states whose name is a town's by the region right behind it: `Palestina, Huila`, `Lebanon,
/// Pennsylvania`.
fn drop_namesakes_of_towns(found: &mut Mentions) {
    let Mentions { actors, mentions, places, .. } = found;
    mentions.retain(|mention| {
        let at = places.partition_point(|place| place.span.start() < mention.span.start());
        // A comma and a space stand between the two.
        let is_behind = |place: &&PlaceMention| {
            places.get(at + 1).is_some_and(|region| {
                region.span.start() <= place.span.end() + 2 && region.country == place.country
            })
        };
        let place = places
            .get(at)
            .filter(|place| place.span == mention.span && place.region.is_some())
            .filter(is_behind);
        let is_of_another = |actor: &usize| {
            actors.get(*actor).is_some_and(|actor| {
                actor.kind == ActorKind::State
                    && place.is_some_and(|place| place.country.is_some() && place.country != actor.country)
            })
        };
        mention.actors.is_empty() || !mention.actors.iter().all(is_of_another)
    });
}

/// A country, and how it was come by.
struct Home {
    country: CountryCode,
    how: String,
}

/// A place in a sentence, by the word that governs its name.
#[derive(Clone, Debug)]
struct Ground {
    head: usize,
    country: CountryCode,
    name: String,
    sense: Sense,
    /// A town or region, no state.
    is_local: bool,
}

struct Homes<'a> {
    language: &'a str,
    analysis: &'a Analysis,
    world: &'a World,
    /// The places of each sentence.
    grounds: &'a [Vec<Ground>],
    /// The state under whose domain the document was published.
    published: Option<CountryCode>,
    /// The state whose government published the document.
    government: Option<CountryCode>,
    /// The day of the document.
    day: Option<Date>,
    found: &'a Mentions,
}

/// How far below a group's word a place may stand and still say where the group is: `protesters in the city
/// of Kirkuk`, `guerrillas operating in Macedonia`.
const DEEPEST_PLACE: usize = 3;

/// How many times as many of its places must lie in a country as elsewhere for a document to be set there.
const MOST_TIMES: usize = 2;

impl Homes<'_> {
    /// The groups and bodies that are at home somewhere: the mention, which of its actors, who it is then.
    fn groups(&self) -> Vec<(usize, usize, Actor, String)> {
        let setting = self.setting();
        let mut settled = Vec::new();
        for (index, mention) in self.found.mentions.iter().enumerate() {
            for (place, actor) in mention.actors.iter().enumerate() {
                let Some(actor) = self.found.actors.get(*actor) else { continue };
                let Some(code) = homeless(actor).filter(|_| !self.is_of_somebody(mention)) else { continue };
                let home = self.beside(mention).or_else(|| {
                    let at_home = code.home || is_of_descent(actor) || self.gathers(mention);
                    at_home.then(|| self.of_speaker(mention, code).or_else(|| self.around(mention)))?
                });
                let home = home.or_else(|| self.joined_to(mention, code));
                let home = home.or_else(|| self.risen_against(mention, actor));
                let home = home.or_else(|| code.home.then(|| self.in_setting(code, setting))?);
                let Some(home) = home else { continue };
                let Some(owner) = self.world.entity(home.country.as_str()) else { continue };
                let owner = super::roster::owner_of_entity(owner);
                let unowned = actor.id.strip_prefix("group:").is_some_and(|id| id == code.code);
                let actor = if unowned {
                    Actor {
                        id: format!("{}:{}", owner.id, code.code),
                        name: format!("{} of {}", code.english, owner.name),
                        country: owner.country,
                        ..actor.clone()
                    }
                } else {
                    // `militia of the Northern Front`: one of a kind, wherever it is from.
                    Actor {
                        country: owner.country,
                        id: format!("{}:{}", owner.id, actor.id),
                        ..actor.clone()
                    }
                };
                settled.push((index, place, actor, home.how));
            }
        }
        settled
    }

    /// The officials whose country the text leaves open, with the country that it lets us guess.
    fn officials(&self) -> Vec<(usize, Home)> {
        let setting = self.setting();
        let main = self.main_state();
        let officials =
            self.found.actors.iter().enumerate().filter(|(_, actor)| is_stateless_official(actor));
        officials
            .filter_map(|(index, _)| {
                let mentions: Vec<_> =
                    self.found.mentions.iter().filter(|mention| mention.actors.contains(&index)).collect();
                let home = mentions.iter().find_map(|mention| self.named_with(mention));
                let main = main.filter(|&state| !self.is_held(index, state));
                let home = home.or_else(|| Some(Home { country: main?, how: of_text(main?) }));
                let home =
                    home.or_else(|| mentions.iter().find_map(|mention| self.spoken_of(mention, index)));
                let home = home.or_else(|| Some(Home { country: setting?, how: in_document(setting?) }))?;
                Some((index, home))
            })
            .collect()
    }

    /// The state that texts of the language are at home in, where this one speaks of it as more than one of many;
    /// else the one that it speaks of far more than of any other.
    fn main_state(&self) -> Option<CountryCode> {
        let mut named: BTreeMap<CountryCode, usize> = BTreeMap::new();
        for actor in self.found.mentions.iter().flat_map(|mention| &mention.actors) {
            let actor = self.found.actors.get(*actor).filter(|actor| actor.kind != ActorKind::Person);
            let Some(country) = actor.and_then(|actor| actor.country) else { continue };
            let entity = self.world.entity(country.as_str());
            if entity.is_some_and(|entity| entity.kind == ActorKind::State) {
                *named.entry(country).or_default() += 1;
            }
        }
        if self.government.is_some() {
            return self.government;
        }
        // A town at home says as much of where a text is at home.
        let locals = self.grounds.iter().flatten().filter(|ground| ground.is_local);
        let towns: BTreeSet<CountryCode> = locals.map(|ground| ground.country).collect();
        let lexicon = Lexicon::of(self.language);
        let published = self.published.filter(|home| named.contains_key(home) || towns.contains(home));
        if published.is_some() {
            return published;
        }
        let home = lexicon.home_state().and_then(|home| CountryCode::new(&home));
        let most = named.values().max().copied().unwrap_or_default();
        let is_spoken_of = |home: &CountryCode| {
            let times = named.get(home).copied().unwrap_or_default();
            let times = times + usize::from(towns.contains(home));
            times > 0 && times * lexicon.home_share() >= most
        };
        home.filter(is_spoken_of).or_else(|| foremost_country(&named, MUCH_MORE))
    }

    /// Whether the tables name the holder of an official's office in a state on the day of the document: somebody whom
    /// they do not know holds it elsewhere (`träffar försvarsminister Ana Ruiz`).
    fn is_held(&self, official: usize, state: CountryCode) -> bool {
        let role = self.found.actors.get(official).and_then(|actor| actor.role.as_deref());
        let role = role.filter(|role| !["deputy ", "former "].iter().any(|word| role.starts_with(word)));
        let (Some(office), Some(day)) = (role.and_then(office_named), self.day) else { return false };
        matches!(self.world.holder(office.code, state.as_str(), day), Holder::Known(..))
    }

    /// Everybody else of no country whom a text calls something of one: `U.N. mediator Diego Cordovez`.
    fn persons(&self) -> Vec<(usize, Home)> {
        let nobody = |actor: &Actor| {
            actor.kind == ActorKind::Person && actor.country.is_none() && !is_stateless_official(actor)
        };
        let persons = self.found.actors.iter().enumerate().filter(|(_, actor)| nobody(actor));
        persons
            .filter_map(|(index, _)| {
                let mut mentions =
                    self.found.mentions.iter().filter(|mention| mention.actors.contains(&index));
                Some((index, mentions.find_map(|mention| self.called(mention))?))
            })
            .collect()
    }

    /// The state or body whose somebody is by the noun that stands with the name.
    fn called(&self, mention: &Mention) -> Option<Home> {
        let sentence = self.sentence(mention)?;
        let relation = |at: usize| sentence.words.get(at).map(|word| word.relation);
        let name = mention.head;
        let joined = [Relation::Appos, Relation::Flat, Relation::Nmod, Relation::Compound];
        // `Anna Berg, the UN Relief Coordinator`: a noun that is written large names nobody.
        let names_somebody =
            |at: usize| self.found.in_sentence(mention.sentence).iter().any(|other| other.head == at);
        let is_noun = |at: usize| {
            sentence.words.get(at).is_some_and(|word| match word.upos {
                Upos::Noun => true,
                Upos::Propn => word.relation == Relation::Appos && !names_somebody(at),
                _ => false,
            })
        };
        let mut nouns: Vec<usize> = sentence
            .children(name)
            .filter(|&at| is_noun(at) && relation(at).is_some_and(|relation| joined.contains(&relation)))
            .filter(|&at| sentence.child(at, &[Relation::Case]).is_none())
            .collect();
        let above = sentence.words.get(name).and_then(|word| word.head).filter(|&at| is_noun(at));
        let is_apposition = matches!(relation(name), Some(Relation::Appos | Relation::Flat));
        nouns.extend(above.filter(|_| is_apposition));
        if nouns.is_empty() {
            return None;
        }
        nouns.push(name);
        let other = self.found.in_sentence(mention.sentence).iter().find(|other| {
            let word = sentence.words.get(other.head);
            let modifies = word.is_some_and(|word| {
                matches!(word.relation, Relation::Amod | Relation::Compound | Relation::Nmod)
                    && word.head.is_some_and(|head| nouns.contains(&head))
            });
            modifies
                && other.sense != Sense::Place
                && !other.actors.iter().any(|a| mention.actors.contains(a))
        })?;
        let [actor] = other.actors.as_slice() else { return None };
        let actor = self.found.actors.get(*actor)?;
        let country = actor.country.filter(|_| actor.kind != ActorKind::Person)?;
        Some(Home { country, how: format!("of {}, by the noun beside the name", actor.name) })
    }

    fn sentence(&self, mention: &Mention) -> Option<&Sentence> {
        self.analysis.sentences.get(mention.sentence)
    }

    fn grounds_of(&self, mention: &Mention) -> &[Ground] {
        self.grounds.get(mention.sentence).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a state or body stands before the group as whose it is: `NATO troops`.
    fn is_of_somebody(&self, mention: &Mention) -> bool {
        let Some(sentence) = self.sentence(mention) else { return false };
        let of_country = |other: &Mention| {
            other
                .actors
                .iter()
                .any(|&actor| self.found.actors.get(actor).is_some_and(|a| a.country.is_some()))
        };
        self.found.in_sentence(mention.sentence).iter().any(|other| {
            let word = sentence.words.get(other.head);
            word.is_some_and(|word| {
                word.head == Some(mention.head)
                    && matches!(word.relation, Relation::Amod | Relation::Compound | Relation::Flat)
            }) && of_country(other)
        })
    }

    /// The country of a place that hangs on the group's own word: `police in Lagos`.
    fn beside(&self, mention: &Mention) -> Option<Home> {
        let sentence = self.sentence(mention)?;
        let ground = self.grounds_of(mention).iter().find(|ground| {
            !mention.words.contains(&ground.head)
                && ground.sense != Sense::Modifier
                && hangs_on(sentence, ground.head, mention.head)
        })?;
        let how = format!("of {}, where “{}” is, which stands beside it", ground.country, ground.name);
        Some(Home { country: ground.country, how })
    }

    /// The country of a state that an official's name is joined to: `King Hassan of Morocco`, `Perus handels- och
    /// sjöfartsminister Ana Ruiz`.
    fn named_with(&self, mention: &Mention) -> Option<Home> {
        let sentence = self.sentence(mention)?;
        let head = |at: usize| sentence.words.get(at).and_then(|word| word.head);
        let is_joined =
            |at: usize| sentence.words.get(at).is_some_and(|word| word.relation == Relation::Conj);
        let first = if is_joined(mention.head) { head(mention.head) } else { None };
        // `Perus minister för fred, Ana Ruiz`: the name stands beside the office.
        let is_beside =
            |at: usize| sentence.words.get(at).is_some_and(|word| word.relation == Relation::Appos);
        let office = if is_beside(mention.head) { head(mention.head) } else { None };
        let is_its =
            |noun: usize| mention.words.contains(&noun) || Some(noun) == first || Some(noun) == office;
        let ground = self.grounds_of(mention).iter().find(|ground| {
            let of = ground.sense == Sense::Agent && hangs_on(sentence, ground.head, mention.head);
            let before = ground.sense == Sense::Modifier
                && ground.head < mention.words.start
                && head(ground.head).is_some_and(is_its);
            !mention.words.contains(&ground.head) && (of || before)
        })?;
        let how = format!("of {}, which stands beside the name", ground.name);
        Some(Home { country: ground.country, how })
    }

    /// The country of the official with whom lawmakers, officers or other officials are named in one breath: `the French
    /// president and a group of deputies`.
    fn joined_to(&self, mention: &Mention, code: &TitleCode) -> Option<Home> {
        code.sector.filter(|&sector| is_of_state(sector))?;
        let sentence = self.sentence(mention)?;
        let word = sentence.words.get(mention.head)?;
        // `a group of deputies`
        let joined = if word.relation == Relation::Nmod { word.head? } else { mention.head };
        let word = sentence.words.get(joined).filter(|word| word.relation == Relation::Conj)?;
        let first = word.head?;
        let official = self.found.in_sentence(mention.sentence).iter().find(|other| other.head == first)?;
        let [actor] = official.actors.as_slice() else { return None };
        let actor = self.found.actors.get(*actor)?;
        let is_official = actor.kind == ActorKind::Person && actor.sector.is_some_and(is_of_state);
        let country = actor.country.filter(|_| is_official)?;
        self.world.entity(country.as_str()).filter(|entity| entity.kind == ActorKind::State)?;
        Some(Home { country, how: format!("taken for that of {}, who is named with it", actor.name) })
    }

    /// The country whose army rebels of no named one are told to fight.
    fn risen_against(&self, mention: &Mention, rebels: &Actor) -> Option<Home> {
        let sentence = self.sentence(mention).filter(|_| rebels.sector == Some(Sector::Rebel))?;
        let army = army_fought(sentence, self.found, mention)?;
        let country = army.country?;
        self.world.entity(country.as_str()).filter(|entity| entity.kind == ActorKind::State)?;
        Some(Home { country, how: format!("taken for one of {country}, whose {} fights them", army.name) })
    }

    /// The country of whoever speaks of `the army` or `the police` and names no other: his own.
    fn of_speaker(&self, mention: &Mention, code: &TitleCode) -> Option<Home> {
        if code.class != TitleClass::Body {
            return None;
        }
        let sentence = self.sentence(mention)?;
        let clause = clause_head(sentence, mention.head);
        let clause_word = sentence.words.get(clause)?;
        let told = clause_word.head.filter(|_| clause_word.relation == Relation::Ccomp)?;
        let subject = sentence.children(told).find(|&child| {
            sentence.words.get(child).is_some_and(|word| is_subject_relation(word.relation))
        })?;
        let speaker = self.found.in_sentence(mention.sentence).iter().find(|other| other.head == subject)?;
        let [actor] = speaker.actors.as_slice() else { return None };
        let actor = self.found.actors.get(*actor)?;
        let speaks_for_state = actor.kind == ActorKind::State
            || matches!(actor.sector, Some(Sector::Government | Sector::Military));
        let country = actor.country.filter(|_| speaks_for_state)?;
        self.world.entity(country.as_str()).filter(|entity| entity.kind == ActorKind::State)?;
        Some(Home { country, how: format!("taken for that of {}, who speaks of it", actor.name) })
    }

    /// The country of most of the places in the sentence, those of the group's own clause first.
    fn around(&self, mention: &Mention) -> Option<Home> {
        let sentence = self.sentence(mention)?;
        let clause = clause_head(sentence, mention.head);
        // A name before the group's word is the group's own: `the Amal militia`.
        let own = |ground: &Ground| {
            sentence.words.get(ground.head).is_some_and(|word| word.head == Some(mention.head))
        };
        let places =
            || self.grounds_of(mention).iter().filter(|ground| ground.sense == Sense::Place && !own(ground));
        let near = places().filter(|ground| sentence.is_below(ground.head, clause));
        // `… hirieron a un pescador, HUILA`: towns and regions that only stand beside something say where, too.
        let beside = || {
            let is_beside =
                |ground: &&Ground| ground.is_local && ground.sense == Sense::Modifier && !own(ground);
            self.grounds_of(mention).iter().filter(is_beside)
        };
        let country =
            foremost(near, 1).or_else(|| foremost(places(), 1)).or_else(|| foremost(beside(), 1))?;
        let mut all = places().chain(beside());
        let name = all.find(|ground| ground.country == country).map_or("", |ground| ground.name.as_str());
        Some(Home { country, how: format!("taken for one of {country}, where “{name}” is") })
    }

    /// Whether a group is told to protest: crowds do so at home (`Tens of thousands demonstrated in Oslo`).
    fn gathers(&self, mention: &Mention) -> bool {
        let lexicon = Lexicon::of(self.language);
        let Some(sentence) = self.sentence(mention) else { return false };
        // `A thousand of people gathered`: the verb above the number.
        let governor = Some(clause_head(sentence, mention.head)).filter(|&verb| verb != mention.head);
        // `Hundreds of thousands of people`: the subject may stand some numbers above the people.
        let is_subject = std::iter::successors(Some(mention.head), |&at| {
            let word = sentence.words.get(at)?;
            word.head.filter(|_| word.relation == Relation::Nmod || at == mention.head)
        })
        .take(DEEPEST_PLACE + 1)
        .any(|at| sentence.words.get(at).is_some_and(|word| is_subject_relation(word.relation)));
        if !is_subject {
            return false;
        }
        let is_gathering = |at: usize| {
            sentence.words.get(at).is_some_and(|word| {
                lexicon.lists_open("gathering", &super::key::key(&word.form))
                    || lexicon.lists_open("gathering", &super::key::key(&word.lemma))
            })
        };
        let light = governor.into_iter().flat_map(|verb| {
            sentence.children(verb).filter(|&child| {
                sentence.words.get(child).is_some_and(|word| {
                    matches!(word.relation, Relation::Obj | Relation::Compound | Relation::Xcomp)
                })
            })
        });
        governor.is_some_and(is_gathering) || light.into_iter().any(is_gathering)
    }

    /// The country that the whole document is set in; of soldiers, only where no other country's are about.
    fn in_setting(&self, code: &TitleCode, setting: Option<CountryCode>) -> Option<Home> {
        let country = setting?;
        let foreign = |actor: &Actor| {
            actor.sector == Some(Sector::Military) && actor.country.is_some_and(|own| own != country)
        };
        if code.sector == Some(Sector::Military) && self.found.actors.iter().any(foreign) {
            return None;
        }
        Some(Home { country, how: in_document(country) })
    }

    /// The country in which most of the document's places lie.
    fn setting(&self) -> Option<CountryCode> {
        foremost(self.grounds.iter().flatten().filter(|ground| ground.sense == Sense::Place), MOST_TIMES)
    }

    /// The only country that the sentence of an official speaks of otherwise than as another party.
    fn spoken_of(&self, mention: &Mention, official: usize) -> Option<Home> {
        let sentence = self.sentence(mention)?;
        let mut countries: BTreeMap<CountryCode, String> = BTreeMap::new();
        let mentions = self.found.in_sentence(mention.sentence);
        for other in mentions.iter().filter(|other| !other.actors.contains(&official)) {
            let inner = mentions.iter().any(|wider| {
                wider.words.len() > other.words.len()
                    && wider.words.start <= other.words.start
                    && other.words.end <= wider.words.end
            });
            if inner {
                continue;
            }
            for actor in other.actors.iter().filter_map(|&actor| self.found.actors.get(actor)) {
                let Some(country) = actor.country.filter(|_| Self::is_own(sentence, mention, other, actor))
                else {
                    continue;
                };
                countries.entry(country).or_insert_with(|| actor.name.clone());
            }
        }
        let (country, name) = countries.iter().next().filter(|_| countries.len() == 1)?;
        self.world.entity(country.as_str()).filter(|entity| entity.kind == ActorKind::State)?;
        let how = format!("taken for one of {country}, as {name} is, the only country of the sentence");
        Some(Home { country: *country, how })
    }

    /// Whether a mention beside an official's speaks of the official's country, as a party to the event from
    /// abroad would not: `the rebels`, `the court`, `reforms in Sudan`, `the Sudanese press`.
    fn is_own(sentence: &Sentence, official: &Mention, other: &Mention, actor: &Actor) -> bool {
        match actor.kind {
            ActorKind::State => match other.sense {
                Sense::Agent => false,
                Sense::Modifier => true,
                // `the president said in Geneva`
                Sense::Place => {
                    let verb = |at: usize| sentence.words.get(at).and_then(|word| word.head);
                    verb(other.head) != verb(official.head)
                }
            },
            ActorKind::Person => {
                matches!(actor.sector, Some(Sector::Judiciary | Sector::Opposition | Sector::Rebel))
            }
            ActorKind::Population
            | ActorKind::Group
            | ActorKind::ArmedGroup
            | ActorKind::Organisation
            | ActorKind::Place => true,
            _ => false,
        }
    }
}

/// Whether a sector is one of those that rule, judge or defend a state.
fn is_of_state(sector: Sector) -> bool {
    matches!(sector, Sector::Government | Sector::Legislature | Sector::Judiciary | Sector::Military)
}

fn of_text(country: CountryCode) -> String {
    format!("taken for one of {country}, which the text is about")
}

fn in_document(country: CountryCode) -> String {
    format!("taken for one of {country}, where most of the document's places are")
}

/// The country that holds more than some times as many places as all others together.
fn foremost<'g>(places: impl Iterator<Item = &'g Ground>, times: usize) -> Option<CountryCode> {
    let mut counts: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for ground in places {
        *counts.entry(ground.country).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (country, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (most > times * (all - most)).then_some(country)
}

/// What a group or body is that no country owns; `None` where one does, or where it belongs to no one state.
fn homeless(actor: &Actor) -> Option<&'static TitleCode> {
    if actor.country.is_some() || actor.kind == ActorKind::Person {
        return None;
    }
    if is_of_descent(actor) {
        return title_code("people");
    }
    let (owner, code) = actor.id.rsplit_once(':')?;
    if owner != "group" && !owner.starts_with("organisation:") {
        return None;
    }
    title_code(code).filter(|code| !code.fixed && code.class != TitleClass::Office)
}

/// Whether people are told by their descent alone: `ethnic Albanians`.
fn is_of_descent(actor: &Actor) -> bool {
    actor.id.starts_with("ethnic:")
}

/// Whether somebody holds an office of a state that the text does not name.
fn is_stateless_official(actor: &Actor) -> bool {
    let office = || actor.role.as_deref().filter(|role| !role.contains(" of ")).and_then(office_named);
    actor.kind == ActorKind::Person && actor.country.is_none() && office().is_some_and(|office| office.home)
}

/// The places of each sentence whose country is known.
fn grounds(analysis: &Analysis, found: &Mentions) -> Vec<Vec<Ground>> {
    let mut grounds = vec![Vec::new(); analysis.sentences.len()];
    for place in &found.places {
        let (Some(sentence), Some(country)) = (analysis.sentences.get(place.sentence), place.country) else {
            continue;
        };
        let head = sentence.head_of(sentence.words_in(place.span));
        if let Some(grounds) = grounds.get_mut(place.sentence) {
            let is_local = place.region.is_some();
            grounds.push(Ground { head, country, name: place.name.clone(), sense: place.sense, is_local });
        }
    }
    grounds
}

/// Whether a place stands below a noun as where it is: past nouns, participles and their phrases only.
fn hangs_on(sentence: &Sentence, place: usize, noun: usize) -> bool {
    let mut at = place;
    for _ in 0..DEEPEST_PLACE {
        let Some(word) = sentence.words.get(at) else { return false };
        if !matches!(word.relation, Relation::Nmod | Relation::Obl | Relation::Acl) {
            return false;
        }
        match word.head {
            Some(head) if head == noun => return word.relation != Relation::Obl,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
