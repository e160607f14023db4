use std::ops::Range;

use chancery_core::{ActorKind, NameKind, Relation, Sentence, Upos};

use super::lexicon::{Keys, Lexicon, RightBinding, TitleClass, TitleCode};
use crate::world::{NameForm, NameMatch};

/// Words that name an office, a body or a group by what it is, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Designation {
    pub(super) code: &'static TitleCode,
    /// The words of the title alone.
    pub(super) title: Range<usize>,
    /// The words with those of the owner, articles and adjectives.
    pub(super) extent: Range<usize>,
    pub(super) owner: Owner,
    pub(super) article: Article,
    /// Whether the office was held before: `former president`.
    pub(super) former: bool,
    /// Whether a deputy is meant: `deputy head of`.
    pub(super) deputy: bool,
    /// Index into the sentence's person names, and whether it follows or precedes without a comma.
    pub(super) name: Option<(usize, NameTie)>,
    /// Whether another designation is about this one: `spokesman for the ministry`.
    pub(super) inner: bool,
}

/// Whose office, body or people it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    None,
    /// Index into the sentence's matches of known names.
    Name(usize),
    /// Index into the sentence's designations.
    Body(usize),
    /// Index into the sentence's person names.
    Person(usize),
    /// Index into the organisations that no table knows.
    Organisation(usize),
    /// A possessive pronoun.
    Pronoun(usize),
    /// Only nearness to a state (`Iran-allied`): the actor is not the state's.
    Loose(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Article {
    Definite,
    Indefinite,
    None,
}

/// How a name stands to a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameTie {
    /// `President Putin`
    Title,
    /// `the president, Vladimir Putin`
    Apposition,
}

/// A name of a person in a sentence.
#[derive(Clone, Debug)]
pub(super) struct PersonName {
    pub(super) words: Range<usize>,
    /// Index into the matches of known names.
    pub(super) known: Option<usize>,
}

/// What is known of a sentence before designations are looked for.
pub(super) struct Ground<'a, 'w> {
    pub(super) sentence: &'a Sentence,
    pub(super) lexicon: &'static Lexicon,
    pub(super) keys: &'a [String],
    pub(super) names: &'a [NameMatch<'w>],
    pub(super) persons: &'a [PersonName],
    pub(super) organisations: &'a [Range<usize>],
}

/// How many words may stand between an owner and what it owns.
pub(super) const REACH: usize = 5;

impl Ground<'_, '_> {
    /// Finds the designations of the sentence, in the order of the text.
    pub(super) fn designations(&self) -> Vec<Designation> {
        let adjective: Vec<bool> = (0..self.keys.len())
            .map(|at| self.names.iter().any(|n| n.form == NameForm::Adjective && n.words == (at..at + 1)))
            .collect();
        let words = Keys { keys: self.keys, state_adjective: &adjective };
        let mut designations = Vec::new();
        let mut at = 0;
        while at < self.keys.len() {
            let Some(found) = self.lexicon.titles.at(&words, at, self.lexicon) else {
                designations.extend(self.prefixed(at));
                at += 1;
                continue;
            };
            let title = at..at + found.length;
            if self.is_part_of_name(&title, found.value) || self.is_adjective(&title, found.value) {
                at += 1;
                continue;
            }
            let adjective = found.adjective.map(|offset| at + offset);
            let owner = adjective.and_then(|at| self.names.iter().position(|name| name.words.start == at));
            designations.push(Designation {
                code: found.value,
                extent: title.clone(),
                title: title.clone(),
                owner: owner.map_or(Owner::None, Owner::Name),
                article: Article::None,
                former: false,
                deputy: false,
                name: None,
                inner: false,
            });
            at = title.end;
        }
        // Bodies first: an office may belong to one.
        for class in [TitleClass::Body, TitleClass::Agent, TitleClass::Office] {
            for index in 0..designations.len() {
                if designations.get(index).is_some_and(|d| d.code.class == class) {
                    self.bind(&mut designations, index);
                }
            }
        }
        for index in 0..designations.len() {
            self.bind_name(&mut designations, index);
        }
        designations
    }

    /// A title written together with its owner: `US-Präsident`, `EU-kommissionär`, `伊朗外长`.
    fn prefixed(&self, at: usize) -> Option<Designation> {
        let whole = |name: &NameMatch<'_>| name.words == (at..at + 1) && !name.entity.id.contains(':');
        let owner = self.names.iter().position(whole)?;
        let word = self.word(at);
        let tails = word.char_indices().skip(1).filter_map(|(start, _)| word.get(start..));
        let tails =
            tails.take(12).filter(|tail| self.lexicon.unspaced || word.ends_with(&format!("-{tail}")));
        let code = tails.into_iter().find_map(|tail| {
            let tail = [tail.to_owned()];
            let words = Keys { keys: &tail, state_adjective: &[false] };
            self.lexicon.titles.at(&words, 0, self.lexicon).map(|found| *found.value)
        })?;
        let title = at..at + 1;
        Some(Designation {
            code,
            extent: title.clone(),
            title,
            owner: Owner::Name(owner),
            article: Article::None,
            former: false,
            deputy: false,
            name: None,
            inner: false,
        })
    }

    /// Whether a title is only a part of a longer known name, or stands within a person's name.
    fn is_part_of_name(&self, title: &Range<usize>, code: &TitleCode) -> bool {
        let within = |outer: &Range<usize>| outer.start <= title.start && title.end <= outer.end;
        let own_name = |name: &NameMatch<'_>| {
            (code.state.is_some() || code.fixed)
                && name.entity.kind != ActorKind::State
                && within(&name.words)
        };
        // `European Union leaders` are those of no trade union.
        let is_cut = |name: &NameMatch<'_>| {
            name.words.start < title.start && title.start < name.words.end && name.words.end < title.end
        };
        self.names.iter().any(own_name)
            || self.names.iter().any(is_cut)
            || self.names.iter().any(|name| {
                within(&name.words)
                    && (name.words.len() > title.len() || name.entity.kind == ActorKind::Person)
            })
            || self.persons.iter().any(|person| within(&person.words))
            || code.class == TitleClass::Office && self.opens_organisation(title)
    }

    /// Whether the name of an organisation goes on behind a word in it: `General Services Administration`.
    fn opens_organisation(&self, title: &Range<usize>) -> bool {
        let tag = |at: usize| self.sentence.words.get(at).and_then(|word| word.name);
        let organisation = |at: usize| tag(at).filter(|tag| tag.kind == NameKind::Organisation);
        organisation(title.start).is_some()
            && organisation(title.end).is_some_and(|tag| !tag.begins)
            && self.upos(title.end) == Some(Upos::Propn)
            // `السفير السويدي`: the tagger may take the office for a part of the body before it.
            && !self.names.iter().any(|name| name.words.contains(&title.end))
    }

    /// Whether the word of a body or group is used as an adjective: `military alliance`, `det civila försvaret`.
    fn is_adjective(&self, title: &Range<usize>, code: &TitleCode) -> bool {
        let last = title.end.checked_sub(1).and_then(|last| self.sentence.words.get(last));
        // `a refugee camp`, `a prisoner swap`: those whom something is for are no party to it.
        if code.class == TitleClass::Agent
            && code.kind == ActorKind::Population
            && title.len() == 1
            && last.is_some_and(|word| word.relation == Relation::Compound && word.upos == Upos::Noun)
        {
            return true;
        }
        // German `er verurteilte …` speaks of no convicts.
        let is_predicate = |relation: Relation| {
            matches!(
                relation,
                Relation::Root
                    | Relation::Ccomp
                    | Relation::Xcomp
                    | Relation::Advcl
                    | Relation::AclRelcl
                    | Relation::Parataxis
            )
        };
        if code.class == TitleClass::Agent
            && title.len() == 1
            && last.is_some_and(|word| word.upos == Upos::Verb && is_predicate(word.relation))
        {
            return true;
        }
        // `annual general meeting`
        (code.class != TitleClass::Office || code.code == "general")
            && title.len() == 1
            && last.is_some_and(|word| word.upos == Upos::Adj && word.relation == Relation::Amod)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.keys.get(at).map_or("", String::as_str)
    }

    pub(super) fn upos(&self, at: usize) -> Option<Upos> {
        self.sentence.words.get(at).map(|word| word.upos)
    }

    fn bind(&self, designations: &mut [Designation], index: usize) {
        let Some(designation) = designations.get(index) else { return };
        let title = designation.title.clone();
        let mut start = title.start;
        let mut end = title.end;
        let mut owner = designation.owner;
        let named = designation.code.state.is_some();
        if owner == Owner::None
            && !named
            && !self.lexicon.owner_follows
            && let Some((found, from)) = self.left_owner(designations, index)
        {
            owner = found;
            start = from;
        }
        if matches!(owner, Owner::None | Owner::Pronoun(_))
            && !named
            && let Some((found, to)) = self.right_owner(designations, index)
        {
            owner = found;
            end = to;
        } else if let Owner::Name(_) = owner
            && let Some((Owner::Body(body), to)) = self.right_owner(designations, index)
        {
            // `Iranian spokesman of the foreign ministry`: the body is the nearer owner.
            owner = Owner::Body(body);
            end = to;
        }
        let (start, article, former, deputy) = self.front(start.min(title.start));
        if let Owner::Body(body) = owner
            && let Some(body) = designations.get_mut(body)
        {
            body.inner = true;
        }
        if let Some(designation) = designations.get_mut(index) {
            designation.extent = start..end;
            designation.owner = owner;
            designation.article = article;
            // `the former Iranian president` and `Iran's former president`.
            let inside = (start..title.start).any(|at| self.lexicon.lists("former", self.word(at)));
            designation.former = former || inside;
            let inside = (start..title.start).any(|at| self.lexicon.lists("deputy", self.word(at)));
            designation.deputy = deputy || inside;
        }
    }

    /// Takes in adjectives and the article before a designation.
    fn front(&self, start: usize) -> (usize, Article, bool, bool) {
        let (mut at, mut article) = (start, Article::None);
        let (mut former, mut deputy) = (false, false);
        for _ in 0..REACH {
            let Some(before) = at.checked_sub(1) else { break };
            let word = self.word(before);
            if self.names.iter().any(|name| name.words.contains(&before))
                || self.persons.iter().any(|person| person.words.contains(&before))
            {
                break;
            }
            if self.lexicon.lists("definite", word) {
                (at, article) = (before, Article::Definite);
                break;
            } else if self.lexicon.lists("indefinite", word) {
                (at, article) = (before, Article::Indefinite);
                break;
            } else if self.lexicon.lists("articles", word) {
                at = before;
                break;
            } else if self.lexicon.lists("former", word) {
                former = true;
                at = before;
            } else if self.lexicon.lists("deputy", word) {
                deputy = true;
                at = before;
            } else if self.upos(before) == Some(Upos::Adj) {
                at = before;
            } else {
                break;
            }
        }
        (at, article, former, deputy)
    }

    /// What stands before the title and owns it: `Russia's`, `the Iranian`, `its`.
    fn left_owner(&self, designations: &[Designation], index: usize) -> Option<(Owner, usize)> {
        let title = designations.get(index)?.title.clone();
        let mut at = title.start;
        let mut possessive = false;
        for _ in 0..=REACH {
            let before = at.checked_sub(1)?;
            let before_owner = self.lexicon.right != RightBinding::Any || possessive;
            if before_owner
                && let Some(organisation) = self.organisations.iter().position(|words| words.end == at)
            {
                let found = self.organisations.get(organisation)?;
                return Some((Owner::Organisation(organisation), found.start));
            }
            if let Some(body) = designations.iter().position(|d| d.extent.end == at && d.title.end == at)
                && let Some(found) = designations.get(body)
            {
                // `Peru's largest teachers' union`: the union is of whatever country the teachers are.
                let of_both = found.code.class == TitleClass::Agent
                    && possessive
                    && designations.get(index).is_some_and(|d| d.code.class == TitleClass::Agent)
                    && matches!(found.owner, Owner::Name(_));
                if of_both {
                    return Some((found.owner, found.extent.start));
                }
                let owns = found.code.class == TitleClass::Body
                    && designations.get(index).is_some_and(|d| d.code.class == TitleClass::Office)
                    && (self.lexicon.left_titles || possessive);
                return owns.then_some((Owner::Body(body), found.extent.start));
            }
            if let Some(name) = self.names.iter().position(|name| name.words.end == at)
                && let Some(found) = self.names.get(name)
                && found.entity.kind != ActorKind::Person
            {
                // `pro-Iranian militants`, `ethnic Albanian guerrillas`: near to a state, and not its own.
                let leans = self.loosened(before).is_some();
                if leans || self.is_ethnic(found) {
                    return Some((Owner::Loose(name), found.words.start));
                }
                let name = self.sender_before(found.words.start).unwrap_or(name);
                let found = self.names.get(name)?;
                return self
                    .may_own(name, possessive, at == title.start)
                    .then_some((Owner::Name(name), found.words.start));
            }
            if let Some(person) = self.persons.iter().position(|person| person.words.end == at) {
                let found = self.persons.get(person)?;
                // `the Merkel government`
                let heads =
                    at == title.start && designations.get(index).is_some_and(|d| d.code.code == "government");
                return (possessive || heads).then_some((Owner::Person(person), found.words.start));
            }
            let word = self.word(before);
            if let Some(loose) = self.loosened(before) {
                let start = self.names.get(loose).map_or(before, |name| name.words.start.min(before));
                return Some((Owner::Loose(loose), start));
            }
            if self.lexicon.pronouns.get(word).is_some_and(|pronoun| pronoun.possessive) {
                return Some((Owner::Pronoun(before), before));
            }
            if self.lexicon.lists("possessive", word) || self.is_joined(before) {
                possessive = true;
            } else if !self.is_passable(before) {
                return None;
            }
            at = before;
        }
        None
    }

    /// Whether an adjective tells the descent of people, not their state: `ethnic Albanian`.
    fn is_ethnic(&self, name: &NameMatch<'_>) -> bool {
        let before = name.words.start.checked_sub(1).map_or("", |before| self.word(before));
        name.form == NameForm::Adjective && self.lexicon.lists("ethnic", before)
    }

    /// The state that posts somebody to the place that begins at a word: `中国驻马尼拉大使`; Turkish `Fransa'nın Ankara
    /// Büyükelçisi`.
    fn sender_before(&self, place: usize) -> Option<usize> {
        let is_capital = |name: &NameMatch<'_>| name.words.start == place && name.form == NameForm::Capital;
        if self.names.iter().any(is_capital)
            && let Some(sender) = self.names.iter().position(|name| name.words.end == place)
            && self.names.get(sender).is_some_and(|name| self.genitive(&name.words))
        {
            return Some(sender);
        }
        let apart = place.checked_sub(1).filter(|&at| self.lexicon.lists("posted", self.word(at)));
        let joined = self.lexicon.starts_with("posted", self.word(place)).then_some(place);
        let end = apart.or(joined)?;
        self.names.iter().position(|name| name.words.end == end)
    }

    /// Whether a word is a hyphen that joins the words beside it, and no dash between spaces.
    fn is_joined(&self, at: usize) -> bool {
        let word = |at: usize| self.sentence.words.get(at);
        self.word(at) == "-"
            && at
                .checked_sub(1)
                .and_then(word)
                .zip(word(at))
                .is_some_and(|(a, b)| a.span.end() == b.span.start())
    }

    /// Whether a word may stand between an owner and what it owns.
    fn is_passable(&self, at: usize) -> bool {
        let word = self.word(at);
        if self.lexicon.lists("former", word) || self.lexicon.lists("deputy", word) || self.is_joined(at) {
            return true;
        }
        if self.lexicon.lists("articles", word) {
            return false;
        }
        let Some(word) = self.sentence.words.get(at) else { return false };
        match word.upos {
            Upos::Adj | Upos::Num => true,
            Upos::Adv => word.relation == Relation::Advmod,
            Upos::Verb => word.relation == Relation::Amod,
            Upos::Punct => matches!(word.form.as_str(), "\"" | "“" | "”" | "«" | "»" | "‘" | "-"),
            _ => false,
        }
    }

    /// The name within `Iran-allied` or `pro-Iranian`, whether written as one word or as three.
    fn loosened(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let tail = word.rsplit('-').next().unwrap_or(word);
        let head = word.split_once('-').map_or("", |(head, _)| head);
        if !self.lexicon.lists("loosening", tail) && !self.lexicon.lists("leaning", head) {
            return None;
        }
        let name = self.names.iter().position(|name| name.words.end <= at + 1 && name.words.end + 2 > at)?;
        Some(name)
    }

    fn may_own(&self, name: usize, possessive: bool, adjacent: bool) -> bool {
        let Some(name) = self.names.get(name) else { return false };
        // `told BBC News government was …`
        if name.entity.kind == ActorKind::Media && !possessive {
            return false;
        }
        match name.form {
            NameForm::Adjective => true,
            NameForm::Demonym => possessive,
            _ => {
                // `in Iran President Putin …` is not a president of Iran.
                let adposition = name.words.start.checked_sub(1).is_some_and(|before| {
                    self.lexicon.lists("place", self.word(before))
                        && self
                            .sentence
                            .words
                            .get(name.words.start)
                            .is_some_and(|w| w.relation == Relation::Obl)
                });
                possessive || (adjacent || self.genitive(&name.words)) && !adposition
            }
        }
    }

    /// The known organisation that an unknown name is said to be a part of: `el Frente 21 de las FARC`.
    fn known_beyond(&self, end: usize) -> Option<(Owner, usize)> {
        let is_name = |at: usize| matches!(self.upos(at), Some(Upos::Propn | Upos::Num));
        let link = (end..end + REACH).find(|&at| !is_name(at))?;
        let two = format!("{} {}", self.word(link), self.word(link + 1));
        let start = if self.lexicon.lists("links", &two) {
            link + 2
        } else if self.lexicon.lists("links", self.word(link)) {
            link + 1
        } else {
            return None;
        };
        let start = start + usize::from(self.lexicon.lists("articles", self.word(start)));
        let name = self.names.iter().position(|name| name.words.start == start)?;
        let found = self.names.get(name)?;
        let whole = matches!(found.entity.kind, ActorKind::ArmedGroup | ActorKind::Organisation);
        whole.then_some((Owner::Name(name), found.words.end))
    }

    /// Whether the last word of a name bears a genitive ending of the language.
    fn genitive(&self, words: &Range<usize>) -> bool {
        words.end.checked_sub(1).is_some_and(|last| self.lexicon.ends_in("genitive", self.word(last)))
    }

    /// What stands after the title and owns it: `of Russia`, `du Kremlin`, `России`.
    fn right_owner(&self, designations: &[Designation], index: usize) -> Option<(Owner, usize)> {
        let designation = designations.get(index)?;
        let title = designation.title.clone();
        let mut at = title.end;
        let mut linked = false;
        let mut placed = false;
        if self.lexicon.right == RightBinding::Any && self.is_pronoun_before_name(at) {
            return Some((Owner::Pronoun(at), at + 1));
        }
        for step in 0..=REACH {
            // `leader of the Welsh Conservatives`
            if linked && let Some(wider) = self.organisation_beyond_name(at) {
                return Some((Owner::Organisation(wider), self.organisations.get(wider)?.end));
            }
            if let Some(name) = self.names.iter().position(|name| name.words.start == at)
                && let Some(found) = self.names.get(name)
            {
                let adjacent = step == 0;
                if adjacent && designation.code.loose && self.describes_another(found, designations) {
                    return None;
                }
                let allowed = match self.lexicon.right {
                    _ if linked => true,
                    _ if placed => {
                        let seat = found.form == NameForm::Capital
                            || found.form == NameForm::Name && rules(designation.code);
                        seat && designation.code.class == TitleClass::Body && !designation.code.site
                            || designation.code.class == TitleClass::Agent
                                && found.entity.country.is_some()
                                && lives_somewhere(designation.code)
                    }
                    RightBinding::None => false,
                    RightBinding::Genitive => {
                        adjacent && found.form != NameForm::Adjective && self.genitive(&found.words)
                    }
                    RightBinding::Adjective => adjacent && found.form == NameForm::Adjective,
                    RightBinding::Any => adjacent || found.form == NameForm::Adjective,
                };
                // `head of Russia's Security Council`: the body that begins here is the owner.
                if allowed && let Some(body) = body_from(designations, index, at) {
                    return Some(body);
                }
                let person = found.entity.kind == ActorKind::Person;
                let office = designation.code.class == TitleClass::Office;
                if person || !(allowed || linked && office) {
                    return None;
                }
                return Some((Owner::Name(name), found.words.end));
            }
            if (linked || self.lexicon.right == RightBinding::Any)
                && let Some(body) = body_from(designations, index, at)
            {
                return Some(body);
            }
            if linked
                && let Some(organisation) = self.organisations.iter().position(|words| words.start == at)
            {
                let found = self.organisations.get(organisation)?;
                let whole = self.known_beyond(found.end);
                return whole.or(Some((Owner::Organisation(organisation), found.end)));
            }
            if linked && let Some(person) = self.persons.iter().position(|person| person.words.start == at) {
                let found = self.persons.get(person)?;
                return Some((Owner::Person(person), found.words.end));
            }
            // `supporters of former President Ruiz`
            if linked
                && designation.code.apart
                && let Some(office) = designations.iter().find(|other| other.title.start == at)
                && let Some(person) =
                    self.persons.iter().position(|person| person.words.start == office.title.end)
            {
                let found = self.persons.get(person)?;
                return Some((Owner::Person(person), found.words.end));
            }
            let word = self.word(at);
            let two = format!("{word} {}", self.word(at + 1));
            if self.lexicon.lists("links", &two) {
                linked = true;
                at += 2;
            } else if self.lexicon.lists("links", word) {
                linked = true;
                placed = self.lexicon.lists("in", word);
                linked &= !placed;
                at += 1;
            } else if self.lexicon.lists("in", word) {
                placed = true;
                at += 1;
            } else if (linked || placed)
                && (self.lexicon.lists("articles", word) || self.upos(at) == Some(Upos::Adj))
            {
                at += 1;
            } else {
                return None;
            }
        }
        None
    }

    /// The organisation that begins at a word with the name of a state and goes on behind it.
    fn organisation_beyond_name(&self, at: usize) -> Option<usize> {
        let name = self.names.iter().find(|name| name.words.start == at)?;
        self.organisations.iter().position(|words| words.start == at && words.end > name.words.end)
    }

    /// Whether an adjective of a state describes a noun that is no body: `глава шведского концерна`.
    fn describes_another(&self, name: &NameMatch<'_>, designations: &[Designation]) -> bool {
        let Some(noun) = self.sentence.words.get(name.words.start).and_then(|word| word.head) else {
            return false;
        };
        let titled = designations.iter().any(|other| other.title.contains(&noun));
        name.form == NameForm::Adjective
            && noun >= name.words.end
            && self.upos(noun) == Some(Upos::Noun)
            && !titled
    }

    /// Whether a pronoun stands between a title and a name, as whoever the bearer serves: `وزیر خارجه او عباس عراقچی`.
    fn is_pronoun_before_name(&self, at: usize) -> bool {
        self.lexicon.pronouns.contains_key(self.word(at))
            && self.persons.iter().any(|person| person.words.start == at + 1)
    }
}

/// Whether people of a kind are told apart by where they are: `civilians in Gaza`, but not `officials in
/// Tehran`, who may be visiting.
fn lives_somewhere(code: &TitleCode) -> bool {
    use chancery_core::Sector::{Elite, Government, Journalist, Legislature, Military, Unknown};
    !matches!(code.sector, None | Some(Government | Journalist | Legislature | Military | Elite | Unknown))
}

/// Whether a body is that of the state it is told to be in, unlike troops: `the regime in Belarus`.
fn rules(code: &TitleCode) -> bool {
    matches!(
        code.code,
        "government" | "parliament" | "authorities" | "leadership" | "opposition" | "court" | "prosecutors"
    )
}

fn body_from(designations: &[Designation], index: usize, at: usize) -> Option<(Owner, usize)> {
    if designations.get(index)?.code.class != TitleClass::Office {
        return None;
    }
    let starts = |d: &Designation| d.extent.start <= at && at <= d.title.start;
    let body = designations
        .iter()
        .enumerate()
        .position(|(other, d)| other != index && d.code.class == TitleClass::Body && starts(d))?;
    Some((Owner::Body(body), designations.get(body)?.extent.end))
}
