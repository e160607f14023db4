//! Who holds an office on the day of a text.

use chancery_core::{Actor, ActorKind, Notice, NoticeCode, ResolvedBy, Sector};

use super::Finding;
use super::designation::{Article, Designation, Owner};
use super::lexicon::{TitleCode, head_of_body, title_code};
use super::roster::{OwnerFacts, Title};
use super::scene::Scene;

impl Finding<'_, '_> {
    /// The title that a sentence gives a person.
    pub(super) fn title_of(&self, scene: &Scene<'_, '_>, person: usize) -> Option<Title> {
        let mut titles =
            scene.designations.iter().filter(|d| d.name.is_some_and(|(named, _)| named == person));
        let designation = titles.clone().find(|d| d.owner != Owner::None).or_else(|| titles.next())?;
        let owner = self.owner_of(scene, designation);
        Some(title(scene, designation, owner))
    }

    pub(super) fn office(
        &mut self,
        scene: &Scene<'_, '_>,
        sentence: usize,
        designation: &Designation,
        owner: Option<&OwnerFacts>,
    ) -> Option<(usize, ResolvedBy, String)> {
        let word = designation.title.start;
        let (code, base) = office_code(scene, designation);
        let Some(owner) = owner else {
            let of_nobody = self.office_of_nobody(scene, sentence, designation, base);
            let is_somebody = !designation.former && !designation.deputy;
            return of_nobody.or_else(|| self.one_of_a_group(base).filter(|_| is_somebody));
        };
        let named = !designation.former && !designation.deputy;
        if named
            && code == base.code
            && (!base.loose || !owner.state && designation.article != Article::Indefinite)
        {
            if let Some(actor) = self.roster.holder_in_text(base, &owner.id) {
                let name = self.roster.actor(actor).map_or("", |actor| actor.name.as_str());
                return Some((
                    actor,
                    ResolvedBy::Office,
                    format!("the text names {name} as {} of {}", base.english, owner.name),
                ));
            }
            for office in offices_for(base, owner.state) {
                if let Some((actor, how)) = self.roster.holder_in_tables(office, &owner.id) {
                    return Some((actor, ResolvedBy::Office, how));
                }
            }
        } else if named
            && code != base.code
            && let Some((actor, how)) = self.roster.holder_in_tables(&code, &owner.id)
            && designation.article != Article::Indefinite
        {
            return Some((actor, ResolvedBy::Office, how));
        }
        if named
            && designation.article != Article::Indefinite
            && let Some(actor) = self.one_of(sentence, word, owner, base)
        {
            let name = self.roster.actor(actor).map_or("", |actor| actor.name.as_str());
            return Some((
                actor,
                ResolvedBy::Coreference,
                format!("{name} is the person from {} last spoken of", owner.name),
            ));
        }
        if named && base.code == "leader" {
            for office in ["president", "prime-minister"] {
                if let Some((actor, how)) = self.roster.holder_in_tables(office, &owner.id) {
                    return Some((actor, ResolvedBy::Office, how));
                }
            }
        }
        if designation.former {
            return None;
        }
        let title = Title {
            code: code.clone(),
            base,
            owner: Some(owner.clone()),
            former: false,
            deputy: designation.deputy,
        };
        let role = title.role();
        let actor = self.roster.add(Actor {
            id: format!("office:{}:{}{code}", owner.id, if designation.deputy { "deputy-" } else { "" }),
            name: role.clone(),
            kind: ActorKind::Person,
            country: owner.country,
            sector: base.sector.or(owner.sector),
            wikidata: None,
            role: Some(role.clone()),
        });
        let mut offices = offices_for(base, owner.state);
        offices.push(&code);
        let Some(last) = self.roster.holder_known_until(&offices, &owner.id).filter(|_| named) else {
            return Some((
                actor,
                ResolvedBy::Office,
                format!("the {role}, whose name is not known for that day"),
            ));
        };
        let how = format!("the {role}: holder not known after {last}");
        self.notice_holder(scene, designation, &how);
        Some((actor, ResolvedBy::Office, how))
    }
}

impl Finding<'_, '_> {
    /// `The minister`, of whom no word says whose: whoever held the office in the text before, or of the state that the
    /// text is at home in.
    fn office_of_nobody(
        &mut self,
        scene: &Scene<'_, '_>,
        sentence: usize,
        designation: &Designation,
        base: &'static TitleCode,
    ) -> Option<(usize, ResolvedBy, String)> {
        if designation.article == Article::Indefinite || designation.former || designation.deputy {
            return None;
        }
        let last = designation.title.end.checked_sub(1).and_then(|last| scene.sentence.words.get(last));
        let by_form = last.is_some_and(|word| word.features.has("Definite", "Def"));
        if designation.article != Article::Definite && !self.lexicon.definite_bare && !by_form {
            return None;
        }
        let known = self.office_before(sentence, designation.title.start, base);
        // `EU-ministern` of a government's own release is its own; elsewhere it may be anybody's.
        let is_own = base.home && base.sector == Some(Sector::Government) && self.sender().is_some();
        if known.is_some() || base.loose && !is_own {
            return known;
        }
        // `Utrikesministern` of a text that is at home in Sweden is Sweden's.
        // `The secretary-general` of a release is of some organisation.
        let is_at_home = base.home || self.sender().is_none();
        let Some(home) = self.home_owner(None).filter(|_| is_at_home) else {
            return self.office_to_come(base);
        };
        self.office(scene, sentence, designation, Some(&home))
    }

    /// `an activist`, `the lawyer`: one of a group that is an actor though no word says whose.
    fn one_of_a_group(&mut self, base: &'static TitleCode) -> Option<(usize, ResolvedBy, String)> {
        let group = title_code(base.body).filter(|group| group.bare)?;
        Some(self.unowned(group))
    }

    /// Says once of each office that the tables end before the day of the document.
    fn notice_holder(&mut self, scene: &Scene<'_, '_>, designation: &Designation, how: &str) {
        if self.notices.iter().any(|notice| notice.code == NoticeCode::HolderUnknown && notice.text == how) {
            return;
        }
        let words = scene.sentence.words.get(designation.extent.clone()).unwrap_or_default();
        let span = words.first().zip(words.last()).map(|(first, last)| first.span.cover(last.span));
        self.notices.push(Notice::new(NoticeCode::HolderUnknown, span, how));
    }
}

/// The code of an office with the body it belongs to: `spokesperson-foreign-ministry`; the head of a
/// ministry is its minister.
fn office_code(scene: &Scene<'_, '_>, designation: &Designation) -> (String, &'static TitleCode) {
    let code = designation.code;
    let Owner::Body(body) = designation.owner else { return (code.code.to_owned(), code) };
    let Some(body) = scene.designations.get(body).map(|body| body.code) else {
        return (code.code.to_owned(), code);
    };
    let body = if body.state.is_some() { body.body } else { body.code };
    if code.code == "head"
        && !designation.deputy
        && let Some(office) = head_of_body(body)
    {
        return (office.code.to_owned(), office);
    }
    if matches!(code.code, "head" | "spokesperson" | "secretary" | "adviser" | "official") {
        return (composed(code.code, body), code);
    }
    (code.code.to_owned(), code)
}

/// The code of an office in a body, as the tables have it: `spokesperson-foreign-ministry`.
fn composed(office: &str, body: &str) -> String {
    match (office, body) {
        ("secretary", "security-council") => "security-council-secretary".to_owned(),
        (office, "presidency") => format!("{office}-president"),
        (office, body) => format!("{office}-{body}"),
    }
}

/// The codes under which the tables may list an office.
fn offices_for(code: &'static TitleCode, state: bool) -> Vec<&'static str> {
    let mut offices = vec![code.code];
    match code.code {
        "secretary-of-state" => offices.push("foreign-minister"),
        "chancellor" | "federal-chancellor" => offices.push("prime-minister"),
        "prime-minister" => offices.push("chancellor"),
        "high-representative" => offices.push("foreign-minister"),
        "president" | "monarch" | "emir" => offices.push("head-of-state"),
        "leader" | "head" if !state => offices.extend(["leader", "head", "president", "secretary-general"]),
        _ => {}
    }
    offices
}

pub(super) fn title(scene: &Scene<'_, '_>, designation: &Designation, owner: Option<OwnerFacts>) -> Title {
    let (code, base) = office_code(scene, designation);
    Title { code, base, owner, former: designation.former, deputy: designation.deputy }
}
