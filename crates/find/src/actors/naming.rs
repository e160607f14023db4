use std::ops::Range;

use chancery_core::{Actor, ActorKind, Mention, Relation, ResolvedBy, Sense, Upos};

use super::Finding;
use super::designation::{Article, Designation, NameTie, Owner, PersonName};
use super::focus::{Glance, Standing};
use super::key::{key, slug};
use super::known_name::Gender;
use super::lexicon::{Lexicon, TitleClass, TitleCode, title_code};
use super::locality::state_within;
use super::office::title;
use super::owner::co_owners;
use super::roster::{OwnerFacts, Recognised, Title};
use super::scene::{Scene, overlap};
use super::sense::{governing_word, head_of, is_subject, sense_of};
use crate::world::{NameForm, NameMatch};

/// A mention before it is written down.
pub(super) struct Draft {
    pub(super) words: Range<usize>,
    /// The words among which to look for the head.
    pub(super) core: Range<usize>,
    pub(super) actors: Vec<usize>,
    pub(super) by: ResolvedBy,
    pub(super) sense: Sense,
    pub(super) how: String,
}

impl Finding<'_, '_> {
    /// Makes the acquaintance of everybody whom a sentence names in full, with their offices.
    pub(super) fn introduce(&mut self, scene: &Scene<'_, '_>) {
        for (index, person) in scene.persons.iter().enumerate() {
            let title = self.title_of(scene, index);
            if person.words.len() > 1 || person.known.is_some() || title.is_some() {
                self.recognise(scene, index, title.as_ref());
            }
        }
    }

    /// Adds the surnames, in words for other things too, of those whom the document names in full:
    /// `Otto Bauer … Bauer`.
    pub(super) fn add_surnames(&self, scene: &mut Scene<'_, '_>) {
        let words = &scene.sentence.words;
        let mut added = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let place = at..at + 1;
            let argument = match word.upos {
                Upos::Propn => !matches!(word.relation, Relation::Flat | Relation::Compound | Relation::Amod),
                Upos::Noun => {
                    matches!(word.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
                        && !scene.sentence.children(at).any(|kid| {
                            words.get(kid).is_some_and(|kid| {
                                matches!(kid.relation, Relation::Det | Relation::Amod | Relation::Nummod)
                            })
                        })
                }
                _ => false,
            };
            let taken = || {
                scene.persons.iter().any(|person| overlap(&person.words, &place))
                    || scene.names.iter().any(|name| overlap(&name.words, &place))
                    || scene.designations.iter().any(|other| overlap(&other.title, &place))
                    || scene.organisations.iter().chain(&scene.places).any(|name| overlap(name, &place))
            };
            if argument
                && word.name.is_none()
                && word.form.starts_with(char::is_uppercase)
                && self.roster.is_surname(scene.key(at))
                && !taken()
            {
                added.push(PersonName { words: place, known: None });
            }
        }
        scene.persons.append(&mut added);
    }

    /// Finds every mention in a sentence: names and titles first, then the words that refer back, so that
    /// they may look at names further on (`Since launching its invasion, Moscow …`).
    pub(super) fn find_in(&mut self, index: usize, scene: &Scene<'_, '_>) {
        let first = self.mentions.len();
        let mut drafts = Vec::new();
        let mut tied = vec![false; scene.persons.len()];
        for designation in &scene.designations {
            if let Some((person, NameTie::Title)) = designation.name {
                if let Some(tied) = tied.get_mut(person) {
                    *tied = true;
                }
                self.draft_titled(scene, designation, person, &mut drafts);
            }
        }
        for (person, tied) in tied.iter().enumerate() {
            if !tied {
                self.draft_person(scene, person, &mut drafts);
            }
        }
        for (name, found) in scene.names.iter().enumerate() {
            if found.entity.kind != ActorKind::Person {
                self.draft_name(scene, name, &mut drafts);
            }
        }
        for organisation in &scene.organisations {
            // `Ministry of Defence` is no organisation of its own.
            if scene.designations.iter().any(|d| overlap(&d.title, organisation) && !is_in_name(scene, d)) {
                continue;
            }
            self.draft_organisation(scene, organisation, &mut drafts);
        }
        for designation in scene
            .designations
            .iter()
            .filter(|d| d.name.is_none_or(|(_, tie)| tie != NameTie::Title) && !is_in_name(scene, d))
        {
            if !matches!(designation.owner, Owner::Pronoun(_) | Owner::None)
                || designation.code.state.is_some()
            {
                self.draft_designation(scene, index, designation, None, &mut drafts);
            }
        }
        drafts.sort_by_key(|draft| draft.words.start);
        for draft in drafts {
            self.write(index, scene, draft);
        }
        self.refer_back(index, scene, first);
        let mut drafts = Vec::new();
        for designation in scene
            .designations
            .iter()
            .filter(|d| d.name.is_none_or(|(_, tie)| tie != NameTie::Title) && !is_in_name(scene, d))
        {
            match designation.owner {
                Owner::Pronoun(word) => {
                    let owner = self
                        .mentions
                        .get(first..)
                        .unwrap_or_default()
                        .iter()
                        .find(|m| m.words == (word..word + 1));
                    let owner = owner.and_then(|mention| mention.actors.first().copied());
                    let owner = owner.and_then(|actor| self.roster.owner_of_actor(actor));
                    self.draft_designation(scene, index, designation, owner, &mut drafts);
                }
                Owner::None if designation.code.state.is_none() => {
                    self.draft_designation(scene, index, designation, None, &mut drafts);
                }
                _ => {}
            }
        }
        drafts.sort_by_key(|draft| draft.words.start);
        for draft in drafts {
            self.write(index, scene, draft);
        }
    }

    /// Writes a mention down and keeps it in mind.
    pub(super) fn write(&mut self, sentence: usize, scene: &Scene<'_, '_>, draft: Draft) {
        let words = &scene.sentence.words;
        let (Some(first), Some(last)) =
            (words.get(draft.words.start), draft.words.end.checked_sub(1).and_then(|last| words.get(last)))
        else {
            return;
        };
        if draft.actors.is_empty() {
            return;
        }
        let head = head_of(scene.sentence, &draft.words, &draft.core);
        let subject = is_subject(scene.sentence, head);
        let standing = standing_of(scene, head);
        for &actor in &draft.actors {
            let modifier = draft.sense == Sense::Modifier;
            let place = draft.sense == Sense::Place;
            self.glance_at_state(actor, sentence, head);
            self.focus.push(Glance { actor, sentence, head, subject, standing, modifier, place });
        }
        let span = self.document.text.trim(first.span.cover(last.span));
        self.mentions.push(Mention {
            span,
            sentence,
            words: draft.words,
            head,
            actors: draft.actors,
            by: draft.by,
            sense: draft.sense,
            how: draft.how,
        });
    }

    /// Keeps in mind the state whose name is in that of an organisation, which `the government` may go back to.
    fn glance_at_state(&mut self, actor: usize, sentence: usize, head: usize) {
        let Some(actor) = self.roster.actor(actor).filter(|actor| actor.id.starts_with("organisation:"))
        else {
            return;
        };
        let state = actor.country.filter(|_| self.world.entity(&actor.id).is_none());
        let state = state.and_then(|country| self.world.entity(country.as_str()));
        let Some(state) = state.filter(|state| state.kind == ActorKind::State) else { return };
        let actor = self.roster.entity(state);
        let (subject, standing) = (false, Standing::Below);
        self.focus.push(Glance { actor, sentence, head, subject, standing, modifier: true, place: false });
    }

    fn recognise(
        &mut self,
        scene: &Scene<'_, '_>,
        person: usize,
        title: Option<&Title>,
    ) -> Option<Recognised> {
        let person = scene.persons.get(person)?;
        let forms = scene.forms(&person.words);
        let text = scene.text(&person.words);
        let known = person.known.and_then(|known| scene.known.get(known)).map(|name| name.entity);
        self.roster.addressed = self.gender_before(scene, &person.words);
        let elsewhere = title.and_then(|title| title.owner.as_ref()).and_then(|owner| owner.country);
        let recognised = match known {
            // A title of another country means a namesake, unless the title is the organisation's.
            Some(entity) if forms.len() > 1 || elsewhere.is_none() || elsewhere == entity.country => {
                self.roster.known_person(entity, &text, &forms, title)
            }
            _ => {
                let inflects = self.lexicon.inflects_names();
                let base = if inflects { scene.base(&person.words, self.lexicon) } else { text.clone() };
                self.roster.person(&text, &forms, &base, title)?
            }
        };
        self.roster.note_gender(recognised.actor);
        if let Some(title) = title {
            self.roster.entitle(recognised.actor, title);
        }
        Some(recognised)
    }

    /// What the honorific before a name says: `Ms Somerville`, `Mr.` or neither.
    fn gender_before(&self, scene: &Scene<'_, '_>, name: &Range<usize>) -> Option<Gender> {
        let before = name.start.checked_sub(1)?;
        let word = scene.key(before);
        // The dot may be a word of its own.
        let word = if word == "." { scene.key(before.checked_sub(1)?) } else { word };
        if self.lexicon.lists("women's honorifics", word) {
            Some(Gender::Woman)
        } else if self.lexicon.lists("men's honorifics", word) {
            Some(Gender::Man)
        } else {
            None
        }
    }

    /// `Russian Foreign Minister Sergei Lavrov`: title and name are one mention.
    fn draft_titled(
        &mut self,
        scene: &Scene<'_, '_>,
        designation: &Designation,
        person: usize,
        drafts: &mut Vec<Draft>,
    ) {
        let owner = self.owner_of(scene, designation);
        let title = title(scene, designation, owner);
        let Some(recognised) = self.recognise(scene, person, Some(&title)) else { return };
        let Some(name) = scene.persons.get(person).map(|person| person.words.clone()) else { return };
        let words = designation.extent.start.min(name.start)..designation.extent.end.max(name.end);
        let core = designation.title.clone();
        let core = core.start.min(name.start)..core.end.max(name.end);
        // The name by itself too: which of the two words heads the other differs from tree to tree.
        drafts.push(Draft {
            words: name.clone(),
            core: name.clone(),
            actors: vec![recognised.actor],
            by: recognised.by,
            sense: Sense::Agent,
            how: recognised.how.clone(),
        });
        drafts.push(Draft {
            words,
            core,
            actors: vec![recognised.actor],
            by: recognised.by,
            sense: Sense::Agent,
            how: format!("{}, as {}", recognised.how, title.role()),
        });
    }

    fn draft_person(&mut self, scene: &Scene<'_, '_>, person: usize, drafts: &mut Vec<Draft>) {
        let title = self.title_of(scene, person);
        if title.is_none() && self.is_only_city(scene, person) {
            return;
        }
        let Some(recognised) = self.recognise(scene, person, title.as_ref()) else { return };
        let Some(words) = scene.persons.get(person).map(|person| person.words.clone()) else { return };
        let possessive = self.lexicon.lists("possessive", scene.key(words.end));
        drafts.push(Draft {
            core: words.clone(),
            words,
            actors: vec![recognised.actor],
            by: recognised.by,
            sense: if possessive { Sense::Modifier } else { Sense::Agent },
            how: recognised.how,
        });
    }

    /// A name of the tables that is not a person's.
    fn draft_name(&mut self, scene: &Scene<'_, '_>, name: usize, drafts: &mut Vec<Draft>) {
        let Some(found) = scene.names.get(name) else { return };
        let longer = |words: &Range<usize>| overlap(words, &found.words) && words.len() > found.words.len();
        let within_person = scene.persons.iter().any(|person| longer(&person.words));
        // `Russia's Security Council` is no council of the United Nations.
        let within_title = scene.designations.iter().any(|d| {
            overlap(&d.title, &found.words)
                && d.title.start <= found.words.start
                && found.words.end <= d.title.end
                && (d.owner != Owner::None || d.title.len() > found.words.len() || d.code.state.is_some())
        }) && found.form != NameForm::Adjective;
        // `Scottish Power` is no act of Scotland's.
        let within_organisation = scene.organisations.iter().any(longer);
        // `EU-ministern` is a minister of her own country.
        let within_word = found.words.len() == 1
            && scene.key(found.words.start).contains('-')
            && scene.designations.iter().any(|d| {
                d.title == found.words && d.code.class == TitleClass::Office && d.owner != Owner::Name(name)
            });
        if within_person || within_title || within_organisation || within_word {
            return;
        }
        let text = scene.text(&found.words);
        let english = found.entity.name.clone();
        let form = form_of(scene, found, self.lexicon);
        let demonym = form == NameForm::Demonym && found.entity.kind == ActorKind::State;
        let owns = scene.designations.iter().any(|d| d.owner == Owner::Name(name));
        if demonym && !owns {
            self.draft_population(scene, name, drafts);
            return;
        }
        if is_leaning(scene, found, self.lexicon) {
            return;
        }
        let head = head_of(scene.sentence, &found.words, &found.words);
        let tagged = || scene.sentence.words.get(found.words.start).is_some_and(|word| word.name.is_some());
        if self.lexicon.lists("doubtful", scene.key(found.words.start)) && !tagged() {
            return;
        }
        let venue = form == NameForm::Capital
            && !self.spoken_of.contains_key(found.entity.id.as_str())
            && sense_of(scene.sentence, &found.words, head, form, self.lexicon, &scene.keys) == Sense::Place;
        if venue {
            // Talks in Geneva do not make Switzerland an actor.
            return;
        }
        let actor = self.roster.entity(found.entity);
        let state = matches!(found.entity.kind, ActorKind::State | ActorKind::Place | ActorKind::Alliance);
        let sense = if state {
            sense_of(scene.sentence, &found.words, head, form, self.lexicon, &scene.keys)
        } else if found.form == NameForm::Adjective
            || self.lexicon.lists("possessive", scene.key(found.words.end))
        {
            Sense::Modifier
        } else {
            Sense::Agent
        };
        let (by, how) = match form {
            NameForm::Name => (ResolvedBy::Name, format!("“{text}” is a name of {english}")),
            NameForm::Alias => (ResolvedBy::Alias, format!("“{text}” is another name of {english}")),
            NameForm::Adjective => (ResolvedBy::Demonym, format!("“{text}” is the adjective of {english}")),
            NameForm::Demonym => (ResolvedBy::Demonym, format!("“{text}” are the people of {english}")),
            NameForm::Capital => (ResolvedBy::Alias, format!("“{text}” is the capital of {english}")),
            NameForm::Metonym => (ResolvedBy::Alias, format!("“{text}” stands for {english}")),
        };
        drafts.push(Draft {
            words: found.words.clone(),
            core: found.words.clone(),
            actors: vec![actor],
            by,
            sense,
            how,
        });
    }

    /// `Armenians`: people of a country, not its state.
    fn draft_population(&mut self, scene: &Scene<'_, '_>, name: usize, drafts: &mut Vec<Draft>) {
        let Some(found) = scene.names.get(name) else { return };
        let mut words = found.words.clone();
        while let Some(before) = words.start.checked_sub(1)
            && scene.sentence.words.get(before).is_some_and(|word| word.upos == chancery_core::Upos::Adj)
        {
            words.start = before;
        }
        let text = scene.forms(&words).join(" ");
        let before = found.words.start.checked_sub(1).map_or("", |before| scene.key(before));
        // `Bosnian Serbs` are people of Bosnia.
        let state = scene.names.iter().find(|state| {
            state.form == NameForm::Adjective
                && state.entity.kind == ActorKind::State
                && state.words.end == found.words.start
        });
        let owner = super::roster::owner_of_entity(state.unwrap_or(found).entity);
        // `armenios étnicos`
        let behind = scene.key(found.words.end);
        let is_ethnic = [before, behind].iter().any(|word| self.lexicon.lists("ethnic", word));
        let (id, name, how) = if is_ethnic {
            let how = format!("“{text}” are people of a descent, of whichever country they live in");
            (format!("ethnic:{}", owner.id), text, how)
        } else {
            let how = format!("“{text}” are people of {}", owner.name);
            (format!("{}:people", owner.id), format!("People of {}", owner.name), how)
        };
        let actor = self.roster.add(Actor {
            id,
            name,
            kind: ActorKind::Population,
            country: owner.country.filter(|_| !is_ethnic),
            sector: title_code("people").and_then(|code| code.sector),
            wikidata: None,
            role: None,
        });
        drafts.push(Draft {
            words,
            core: found.words.clone(),
            actors: vec![actor],
            by: ResolvedBy::Demonym,
            sense: Sense::Agent,
            how,
        });
    }

    /// An organisation that no table knows.
    fn draft_organisation(&mut self, scene: &Scene<'_, '_>, words: &Range<usize>, drafts: &mut Vec<Draft>) {
        let text = scene.text(words);
        let language = self.roster.language;
        let capital =
            text.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| !letter.is_lowercase());
        let id = slug(&text);
        if !capital || id.chars().count() < 2 || self.lexicon.lists("articles", &key(&text)) {
            return;
        }
        if !self.world.places_named(&text).is_empty() || !self.world.persons_named(language, &text).is_empty()
        {
            return;
        }
        let seat = state_within(scene, words)
            .or_else(|| self.seat(scene, words))
            .or_else(|| self.seat_beside(scene, words));
        let how = match &seat {
            Some((_, place)) => format!("; {place} in or beside its name says the country"),
            None => String::new(),
        };
        let actor = self.roster.add(Actor {
            id: format!("organisation:{id}"),
            name: text.clone(),
            kind: ActorKind::Organisation,
            country: seat.map(|(country, _)| country),
            sector: None,
            wikidata: None,
            role: None,
        });
        drafts.push(Draft {
            words: words.clone(),
            core: words.clone(),
            actors: vec![actor],
            by: ResolvedBy::Name,
            sense: Sense::Agent,
            how: format!("“{text}” is named as an organisation; no table knows the name{how}"),
        });
    }

    /// An office, body or group named by what it is.
    fn draft_designation(
        &mut self,
        scene: &Scene<'_, '_>,
        sentence: usize,
        designation: &Designation,
        pronoun: Option<OwnerFacts>,
        drafts: &mut Vec<Draft>,
    ) {
        // `the Black Sea Fleet` is no fleet of another name.
        let title = &designation.title;
        let within_name = scene.names.iter().any(|name| {
            name.words.start <= title.start
                && title.end <= name.words.end
                && (name.words.len() > title.len() || designation.code.class == TitleClass::Agent)
                && !matches!(name.entity.kind, ActorKind::State | ActorKind::Alliance)
        });
        // `the Scottish charity Open Doors` is told by its name.
        let named_behind = || {
            let behind = |words: &Range<usize>| words.start == title.end;
            scene.organisations.iter().any(behind)
                || scene
                    .names
                    .iter()
                    .any(|name| behind(&name.words) && name.entity.kind == ActorKind::Organisation)
        };
        let is_association =
            designation.code.class == TitleClass::Agent && designation.code.kind == ActorKind::Organisation;
        if within_name || is_association && named_behind() {
            return;
        }
        if let Some(name) = self.name_behind(scene, designation) {
            self.describe(scene, designation, &name);
            return;
        }
        let owner = pronoun.or_else(|| self.owner_of(scene, designation));
        let code = designation.code;
        let resolved = if code.fixed {
            Some(self.fixed(code))
        } else if code.side {
            owner.as_ref().and_then(|owner| self.side(owner))
        } else if let Some((person, NameTie::Apposition)) = designation.name {
            self.recognise(scene, person, None).map(|recognised| {
                let name = self.roster.actor(recognised.actor).map_or("", |actor| actor.name.as_str());
                (recognised.actor, ResolvedBy::Office, format!("said of {name}, whose name stands beside it"))
            })
        } else {
            match code.class {
                TitleClass::Office => self.office(scene, sentence, designation, owner.as_ref()),
                TitleClass::Body => self.body(scene, sentence, designation, owner.as_ref()),
                // `its leaders` is as good as the actor itself.
                TitleClass::Agent if matches!(designation.owner, Owner::Pronoun(_)) && !code.bare => None,
                TitleClass::Agent => self.agent(scene, designation, owner.as_ref()),
            }
        };
        let Some((actor, by, how)) = resolved else { return };
        let mut words = designation.extent.clone();
        let mut actors = vec![actor];
        for other in co_owners(scene, designation, self.lexicon) {
            let Some(owner) = self.owner_facts(scene, Owner::Name(other)) else { continue };
            let resolved = match code.class {
                _ if code.side => self.side(&owner),
                TitleClass::Office => self.office(scene, sentence, designation, Some(&owner)),
                TitleClass::Body => self.body(scene, sentence, designation, Some(&owner)),
                TitleClass::Agent => self.agent(scene, designation, Some(&owner)),
            };
            let Some(((actor, ..), found)) = resolved.zip(scene.names.get(other)) else { continue };
            actors.push(actor);
            words = words.start.min(found.words.start)..words.end.max(found.words.end);
        }
        if code.site {
            words.end = words.end.max(self.site_of(scene, designation).map_or(0, |(_, end)| end));
        }
        let possessive = self.lexicon.lists("possessive", scene.key(words.end));
        drafts.push(Draft {
            words,
            core: designation.title.clone(),
            actors,
            by,
            sense: if possessive || designation.inner { Sense::Modifier } else { Sense::Agent },
            how,
        });
    }
}

impl Finding<'_, '_> {
    /// `the student Ayse Demir`, `the rebel group ADF`: whoever's name stands right behind what they are is meant by it.
    /// Not where objects stand so behind subjects.
    fn name_behind(&self, scene: &Scene<'_, '_>, designation: &Designation) -> Option<Range<usize>> {
        let (title, code) = (&designation.title, designation.code);
        if code.class != TitleClass::Agent
            || code.fixed
            || code.side
            || self.lexicon.unspaced
            || self.lexicon.owner_follows
        {
            return None;
        }
        let named = |name: &NameMatch<'_>| {
            matches!(
                name.entity.kind,
                ActorKind::ArmedGroup | ActorKind::Organisation | ActorKind::Person | ActorKind::Company
            )
        };
        let persons = scene.persons.iter().map(|person| &person.words);
        let names = scene.names.iter().filter(|name| named(name)).map(|name| &name.words);
        let mut behind = persons.chain(&scene.organisations).chain(names);
        let words = behind.find(|words| words.start == title.end || words.start == designation.extent.end)?;
        let head = |words: &Range<usize>| head_of(scene.sentence, words, words);
        let (noun, name) = (head(title), head(words));
        let hangs_on = |at: usize, top: usize| {
            scene.sentence.words.get(at).is_some_and(|word| {
                word.head == Some(top)
                    && matches!(
                        word.relation,
                        Relation::Appos | Relation::Flat | Relation::Nmod | Relation::Compound
                    )
            })
        };
        (hangs_on(name, noun) || hangs_on(noun, name)).then(|| words.clone())
    }

    /// `the Turkish activist Ayse Demir`: what somebody is says which sector and country is theirs, where nothing else does.
    fn describe(&mut self, scene: &Scene<'_, '_>, designation: &Designation, name: &Range<usize>) {
        let Some(person) = scene.persons.iter().position(|person| person.words == *name) else { return };
        let Some(recognised) = self.recognise(scene, person, None) else { return };
        let country = self.owner_of(scene, designation).and_then(|owner| owner.country);
        self.roster.describe(recognised.actor, designation.code.sector, country);
    }
}

/// How high in its sentence the clause stands that a word is an argument of.
fn standing_of(scene: &Scene<'_, '_>, head: usize) -> Standing {
    let words = &scene.sentence.words;
    let verb = words.get(governing_word(scene.sentence, head)).and_then(|word| word.head);
    match verb.and_then(|verb| words.get(verb)).map(|verb| verb.relation) {
        Some(Relation::Root) => Standing::Main,
        Some(Relation::Parataxis) => Standing::Inserted,
        _ => Standing::Below,
    }
}

/// Whether the word of a group only belongs to the name of an organisation: `Reporters Without Borders`.
fn is_in_name(scene: &Scene<'_, '_>, designation: &Designation) -> bool {
    let title = &designation.title;
    let is_other = |at: usize| {
        !title.contains(&at)
            && !scene.names.iter().any(|name| name.words.contains(&at))
            && !scene.designations.iter().any(|other| other.title.contains(&at))
            && scene.sentence.words.get(at).is_some_and(|word| {
                word.form.starts_with(char::is_uppercase) && matches!(word.upos, Upos::Propn | Upos::Noun)
            })
    };
    let code = designation.code;
    // Such names hold a state's, too: `Association of Judges of Scotland`.
    let holds_state = |words: &Range<usize>| scene.names.iter().any(|name| overlap(&name.words, words));
    // `the Union of Magistrates in Algeria`: whose it is stands outside its name.
    let is_owned_outside = |words: &Range<usize>| match designation.owner {
        Owner::None => true,
        Owner::Name(name) => scene.names.get(name).is_some_and(|name| !overlap(&name.words, words)),
        _ => is_association(code),
    };
    let is_agent = code.class == TitleClass::Agent;
    scene.organisations.iter().any(|words| {
        words.start <= title.start
            && title.end <= words.end
            && (holds_state(words)
                || is_agent && is_owned_outside(words) && words.clone().any(is_other)
                || is_association(code) && (designation.owner == Owner::None || words.len() > title.len()))
    })
}

/// Whether words tell of an association, church, party or union, most of which have names.
fn is_association(code: &TitleCode) -> bool {
    code.class == TitleClass::Agent && code.kind == ActorKind::Organisation
}

/// How a name is used: some words for a people are also the adjective (`ukrainska`).
fn form_of(scene: &Scene<'_, '_>, found: &NameMatch<'_>, lexicon: &Lexicon) -> NameForm {
    let word = found.words.end.checked_sub(1).and_then(|last| scene.sentence.words.get(last));
    let adjective = word.is_some_and(|word| word.upos == Upos::Adj || word.relation == Relation::Amod);
    match found.form {
        NameForm::Demonym if adjective => NameForm::Adjective,
        NameForm::Adjective if is_people(scene, found, lexicon) => NameForm::Demonym,
        // German `tausende Ungarn`: the state's own name, counted, is its people.
        NameForm::Name if found.words.len() == 1 && is_counted(scene, found, lexicon) => NameForm::Demonym,
        form => form,
    }
}

/// Whether a number or a word that counts stands right before a name, which is a word of its own.
fn is_counted(scene: &Scene<'_, '_>, found: &NameMatch<'_>, lexicon: &Lexicon) -> bool {
    let before = found.words.start.checked_sub(1);
    let counts = before.is_some_and(|at| lexicon.lists("counts", scene.key(at)));
    let last = found.words.end.checked_sub(1);
    let hangs = before.zip(last).is_some_and(|(before, last)| {
        scene.sentence.words.get(before).is_some_and(|word| word.head == Some(last))
    });
    counts && hangs
}

/// Whether an adjective of a state stands for people: `miles de armenios`, `binlerce Suriyeli`. It is a noun
/// that describes no other, and counted or in the plural.
fn is_people(scene: &Scene<'_, '_>, found: &NameMatch<'_>, lexicon: &Lexicon) -> bool {
    let words = &scene.sentence.words;
    let Some(last) = found.words.end.checked_sub(1) else { return false };
    let Some(word) = words.get(last) else { return false };
    let describes_next = word.head.is_some_and(|head| head > last)
        && !matches!(
            word.relation,
            Relation::Nsubj
                | Relation::NsubjPass
                | Relation::Obj
                | Relation::Iobj
                | Relation::Obl
                | Relation::OblAgent
        );
    if !matches!(word.upos, Upos::Noun | Upos::Propn) || describes_next {
        return false;
    }
    let kids = || scene.sentence.children(last).filter_map(|kid| words.get(kid));
    let counts = |back: usize| {
        found.words.start.checked_sub(back).is_some_and(|at| lexicon.lists("counts", scene.key(at)))
    };
    let behind_case = words.get(found.words.start.wrapping_sub(1)).is_some_and(|word| word.upos == Upos::Adp);
    if counts(1)
        || behind_case && counts(2)
        || kids().any(|kid| kid.relation == Relation::Nummod && kid.upos == Upos::Num)
    {
        return true;
    }
    let argument = match word.relation {
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Iobj | Relation::OblAgent => true,
        Relation::Obl | Relation::Nmod | Relation::Conj => kids().any(|kid| kid.relation == Relation::Case),
        _ => false,
    };
    let plural = word.features.as_str().contains("Number=Plur");
    argument && plural && word.upos == Upos::Noun
}

/// Whether a language's articles say that a thing is known.
pub(super) fn is_definite(lexicon: &Lexicon, designation: &Designation) -> bool {
    designation.article == Article::Definite || lexicon.definite_bare
}

/// Whether an adjective only says whom somebody is close to: `pro-Iranian`, `Syrian-backed`.
fn is_leaning(scene: &Scene<'_, '_>, found: &NameMatch<'_>, lexicon: &Lexicon) -> bool {
    let last = found.words.end.checked_sub(1).map_or("", |last| scene.key(last));
    let parts = || last.split_once('-').into_iter().flat_map(|(head, tail)| [head, tail]);
    parts().any(|part| lexicon.lists("leaning", part))
        || scene.key(found.words.end) == "-" && lexicon.lists("leaning", scene.key(found.words.end + 1))
}
