use chancery_core::{Relation, Sentence, Upos, Word};

use crate::frame::Slot;
use crate::mending::{Tie, mended};
use crate::words::{WordClasses, WordKeys, WordPattern};

/// A sentence with the keys of its words: what slots are looked up in.
pub(crate) struct Clause<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) keys: &'a [WordKeys],
    pub(crate) classes: &'a WordClasses,
    /// Where each word hangs, mended.
    ties: Vec<Tie>,
    /// Indices of the children of each word.
    children: Vec<Vec<usize>>,
}

/// Relations by which a marked phrase hangs under a predicate.
const PHRASES: &[Relation] = &[
    Relation::Obl,
    Relation::OblAgent,
    Relation::Nmod,
    Relation::Iobj,
    Relation::Obj,
    Relation::Advcl,
    Relation::Acl,
    Relation::Advmod,
    Relation::Dep,
    Relation::Xcomp,
    Relation::Ccomp,
];

/// A chain of shared subjects longer than this is a broken tree.
const DEEPEST_SHARING: usize = 6;

impl<'a> Clause<'a> {
    pub(crate) fn new(sentence: &'a Sentence, keys: &'a [WordKeys], classes: &'a WordClasses) -> Self {
        let ties = mended(sentence, keys, classes);
        let mut children = vec![Vec::new(); sentence.words.len()];
        for (index, tie) in ties.iter().enumerate() {
            if let Some(of) = tie.head.and_then(|head| children.get_mut(head)) {
                of.push(index);
            }
        }
        // `talep etti`: what hangs under the light verb of a compound hangs under the compound, and the other way.
        for (index, word) in sentence.words.iter().enumerate() {
            let is_light = word.relation == Relation::Compound && word.upos == Upos::Verb;
            let Some(noun) = word.head.filter(|_| is_light) else { continue };
            let lent = children.get_mut(index).map(std::mem::take).unwrap_or_default();
            let mut shared = Vec::new();
            if let Some(of) = children.get_mut(noun) {
                of.extend(&lent);
                shared.extend(of.iter().copied().filter(|&child| child != index));
            }
            if let Some(own) = children.get_mut(index) {
                *own = shared;
            }
        }
        Self { sentence, keys, classes, ties, children }
    }

    pub(crate) fn word(&self, index: usize) -> Option<&'a Word> {
        self.sentence.words.get(index)
    }

    pub(crate) fn head(&self, index: usize) -> Option<usize> {
        self.ties.get(index)?.head
    }

    pub(crate) fn relation(&self, index: usize) -> Relation {
        self.ties.get(index).map_or(Relation::Dep, |tie| tie.relation)
    }

    pub(crate) fn upos(&self, index: usize) -> Upos {
        self.word(index).map_or(Upos::X, |word| word.upos)
    }

    pub(crate) fn is_a(&self, index: usize, class: &str) -> bool {
        self.keys.get(index).is_some_and(|keys| self.classes.holds(class, keys))
    }

    pub(crate) fn fits(&self, index: usize, pattern: &WordPattern) -> bool {
        self.keys.get(index).is_some_and(|keys| keys.fit(pattern))
    }

    pub(crate) fn children(&self, index: usize) -> &[usize] {
        self.children.get(index).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn children_by(&self, index: usize, relations: &[Relation]) -> Vec<usize> {
        self.children(index)
            .iter()
            .copied()
            .filter(|&child| relations.contains(&self.relation(child)))
            .collect()
    }

    /// The words that fill a slot of the predicate; empty where nothing does. Coordinated words are
    /// given by their first.
    pub(crate) fn fill(&self, slot: &Slot, at: usize) -> Vec<usize> {
        match slot {
            Slot::Subject => {
                let found = self.subject(at, 0);
                if found.is_empty() {
                    self.behind_opening_verb(at).into_iter().take(1).collect()
                } else {
                    found
                }
            }
            Slot::Object => {
                let found = self.object(at, 0);
                if found.is_empty() {
                    self.behind_opening_verb(at).into_iter().skip(1).collect()
                } else {
                    found
                }
            }
            Slot::IndirectObject => {
                let mut found = self.children_by(at, &[Relation::Iobj]);
                if found.is_empty() {
                    found = self.bare(at);
                }
                if found.is_empty() {
                    found = self.name_before_object(at);
                }
                if found.is_empty() { self.first_of_two_objects(at) } else { found }
            }
            Slot::Agent => self.children_by(at, &[Relation::OblAgent]),
            Slot::Marked(marks) => self.marked(at, marks),
            Slot::Bare => self.bare(at),
            Slot::Possessor if self.upos(at) == Upos::Verb => self.possessors_of_object(at),
            Slot::Possessor => self.possessor(at),
            Slot::Modifier => self
                .children_by(at, &[Relation::Amod, Relation::Compound, Relation::Nmod])
                .into_iter()
                .filter(|&child| self.mark_of(child).is_none())
                .collect(),
            Slot::LightSubject => self.light(at).map_or_else(Vec::new, |verb| self.subject(verb, 0)),
            Slot::LightObject => self.light_object(at),
            Slot::Complement => self.complement(at),
            Slot::Infinitive => self.infinitives(at),
            Slot::ComplementSubject => self
                .complement_heads(at)
                .into_iter()
                .flat_map(|clause| self.children_by(clause, &[Relation::Nsubj, Relation::NsubjPass]))
                .collect(),
            Slot::OwnMark => self.children_by(at, &[Relation::Case]),
            Slot::Particle => self.children_by(at, &[Relation::CompoundPrt, Relation::Advmod]),
            Slot::Content => {
                let mut found = self.complement(at);
                found.extend(self.object(at, 0));
                found
            }
            Slot::Head => match self.relation(at) {
                Relation::Amod | Relation::Acl | Relation::AclRelcl => self.head(at).into_iter().collect(),
                _ => self.subject(at, 0),
            },
            Slot::ClauseSubject => self.clause_subject(at),
            // Speakers may stand in another sentence: the parties know them.
            Slot::Speaker => Vec::new(),
        }
    }

    /// The preposition, postposition or case particle of a noun phrase.
    pub(crate) fn mark_of(&self, index: usize) -> Option<usize> {
        self.children(index).iter().copied().find(|&child| {
            self.relation(child) == Relation::Case
                && !matches!(self.word(child).map(|w| w.form.as_str()), Some("'s" | "’s" | "'" | "’"))
        })
    }

    /// Whether the word stands in a passive clause as its predicate.
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        self.is_bare_participle(verb)
            || self.children(verb).iter().any(|&child| match self.relation(child) {
                // `ist eingetroffen` looks like a passive to taggers, and is a perfect.
                Relation::AuxPass => !self.is_a(child, "perfect-auxiliary"),
                Relation::NsubjPass | Relation::CsubjPass => true,
                Relation::OblAgent => self.is_marked_as_agent(child),
                _ => false,
            })
    }

    /// `Detenido en Polonia un espía`: a participle that is the predicate by itself tells what was done.
    fn is_bare_participle(&self, verb: usize) -> bool {
        self.relation(verb) == Relation::Root
            && self.upos(verb) == Upos::Verb
            && self.is_a(verb, "passive-participle")
            && self.children_by(verb, &[Relation::Aux, Relation::Cop, Relation::Obj]).is_empty()
    }

    /// Whether the preposition of an agent is one of agents: `against the government` is none.
    fn is_marked_as_agent(&self, phrase: usize) -> bool {
        self.classes.get("by").is_none() || self.mark_of(phrase).is_none_or(|mark| self.is_a(mark, "by"))
    }

    fn is_relative_pronoun(&self, index: usize) -> bool {
        matches!(self.upos(index), Upos::Pron | Upos::Det | Upos::Sconj | Upos::Adv)
    }

    pub(crate) fn subject(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > DEEPEST_SHARING {
            return Vec::new();
        }
        let relation = self.relation(verb);
        let head = self.head(verb);
        if self.is_passive(verb) {
            let agents = self.children_by(verb, &[Relation::OblAgent]);
            if !agents.is_empty() {
                return agents;
            }
            if let Some((_, agent)) = self.patient_and_agent(verb) {
                return vec![agent];
            }
            // `the importance of … was stressed`: what stands below another phrase is its own, not the agent.
            return self
                .children_by(verb, PHRASES)
                .into_iter()
                .filter(|&phrase| self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "by")))
                .collect();
        }
        let mut own = self.children_by(verb, &[Relation::Nsubj, Relation::Csubj]);
        if let Some(&subject) = own.first() {
            if relation == Relation::AclRelcl && self.is_relative_pronoun(subject) {
                return head.into_iter().collect();
            }
            if self.children_by(verb, &[Relation::Obj]).is_empty() {
                let object = self.subject_behind(verb);
                own.retain(|&subject| Some(subject) != object);
            }
            return own;
        }
        if self.classes.get("possessor-subject").is_some() {
            // Turkish `Fransa'nın füze satacağı`: who does what a nominal clause tells is its possessor.
            let doer = self.possessor(verb);
            if !doer.is_empty() && matches!(self.upos(verb), Upos::Verb) {
                return doer;
            }
        }
        let Some(head) = head else { return Vec::new() };
        if let Some(subject) = self.subject_between_mark_and_verb(verb, head) {
            return vec![subject];
        }
        match relation {
            Relation::Conj | Relation::Parataxis if self.is_predicate(head) => {
                if self.is_passive(head) {
                    self.children_by(head, &[Relation::NsubjPass])
                } else {
                    self.subject(head, depth + 1)
                }
            }
            Relation::Xcomp => {
                let objects = self.object_of_control(head, depth + 1);
                if objects.is_empty() { self.subject_or_passive(head, depth + 1) } else { objects }
            }
            Relation::Advcl if self.is_a(head, "answerable") && !self.is_passive(head) => {
                // `accused Oslo of sending`, `thanked Oslo for sending`: it is the object that sent.
                let objects = self.object_of_control(head, depth + 1);
                if objects.is_empty() { self.subject_or_passive(head, depth + 1) } else { objects }
            }
            Relation::Advcl | Relation::Ccomp | Relation::Csubj => self.subject_or_passive(head, depth + 1),
            Relation::Acl | Relation::AclRelcl if !self.is_passive_participle(verb) => {
                // `the plan of Iran to attack`: an infinitive shares the noun's doer, a participle the noun.
                // A mark before the noun is none of an infinitive: `with the ministry providing …`.
                let is_infinitive =
                    self.children(verb).iter().any(|&c| self.relation(c) == Relation::Mark && c > head);
                if is_infinitive {
                    let doer = self.possessor(head);
                    if doer.is_empty() {
                        // `rejected claims that [it] had sent arms`: where nobody else is named, whoever rejects.
                        self.light(head)
                            .map_or_else(|| self.clause_subject(head), |v| self.subject(v, depth + 1))
                    } else {
                        doer
                    }
                } else {
                    vec![head]
                }
            }
            Relation::Amod if !self.is_passive_participle(verb) => vec![head],
            Relation::Acl | Relation::Amod => self.agent_below_phrase(verb),
            _ => Vec::new(),
        }
    }

    /// `an alliance watched with worry by Oslo`: who does it may hang under the phrase before.
    fn agent_below_phrase(&self, participle: usize) -> Vec<usize> {
        let is_by = |phrase: usize| self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "by"));
        let phrases = self.children_by(participle, &[Relation::Obl, Relation::OblAgent]);
        let own: Vec<usize> = phrases.iter().copied().filter(|&phrase| is_by(phrase)).collect();
        if !own.is_empty() {
            return own;
        }
        let below = phrases.iter().flat_map(|&phrase| self.children_by(phrase, &[Relation::Nmod]));
        below.filter(|&phrase| is_by(phrase)).take(1).collect()
    }

    /// Of whom an adjective is said: of a participle that stands as one, the subject as it is written, as in `it
    /// is concerned by the deal`.
    pub(crate) fn subject_as_written(&self, adjective: usize) -> Vec<usize> {
        let own = self.children_by(adjective, &[Relation::NsubjPass]);
        if own.is_empty() { self.subject(adjective, 0) } else { own }
    }

    /// `condemned the raid on a convoy that carried grain and urged …`: a second verb behind a description may
    /// be hung under the description; its subject is that of the clause above, where both tell what was done.
    pub(crate) fn subject_above_description(&self, verb: usize) -> Vec<usize> {
        let is_conjunct = self.relation(verb) == Relation::Conj && self.upos(verb) == Upos::Verb;
        let Some(described) = self
            .head(verb)
            .filter(|&first| is_conjunct && self.relation(first) == Relation::AclRelcl)
            .and_then(|first| self.head(first))
        else {
            return Vec::new();
        };
        let above = self.clause_head(described);
        if self.relation(above) == Relation::AclRelcl {
            Vec::new()
        } else {
            self.subject_or_passive(above, 0)
        }
    }

    /// `with the ministry providing …`: taggers hang the subject of such a clause under the verb above.
    fn subject_between_mark_and_verb(&self, verb: usize, head: usize) -> Option<usize> {
        if self.relation(verb) != Relation::Advcl {
            return None;
        }
        let mark = *self.children_by(verb, &[Relation::Mark]).first()?;
        self.children_by(head, &[Relation::Nsubj, Relation::NsubjPass])
            .into_iter()
            .find(|&subject| mark < subject && subject < verb)
    }

    /// `船只被菲律宾扣押` (the ship was seized by the Philippines): of two subjects the one behind the auxiliary of
    /// the passive is who does it.
    fn patient_and_agent(&self, verb: usize) -> Option<(usize, usize)> {
        let auxiliary = *self.children_by(verb, &[Relation::AuxPass]).first()?;
        let subjects = self.children_by(verb, &[Relation::Nsubj, Relation::NsubjPass]);
        let patient = subjects.iter().find(|&&subject| subject < auxiliary)?;
        let agent = subjects.iter().find(|&&subject| auxiliary < subject && subject < verb)?;
        Some((*patient, *agent))
    }

    /// Of two subjects of an active verb that stands between them, the second: taggers are blind to an object
    /// that could also be the subject.
    fn subject_behind(&self, verb: usize) -> Option<usize> {
        let subjects = self.children_by(verb, &[Relation::Nsubj]);
        let behind = subjects.iter().copied().find(|&subject| subject > verb)?;
        let is_second = subjects.iter().any(|&subject| subject < verb && !self.is_relative_pronoun(subject));
        let is_doubled = self.is_relative_pronoun(behind) || self.relation(verb) == Relation::AclRelcl;
        (is_second && !is_doubled && !self.is_passive(verb)).then_some(behind)
    }

    fn subject_or_passive(&self, verb: usize, depth: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            let patients = self.children_by(verb, &[Relation::NsubjPass]);
            if !patients.is_empty() {
                return patients;
            }
        }
        if self.is_predicate(verb) { self.subject(verb, depth) } else { Vec::new() }
    }

    /// `urged Tehran to stop`: the object does what the infinitive says.
    fn object_of_control(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > DEEPEST_SHARING || self.is_passive(verb) {
            return Vec::new();
        }
        let mut objects = self.children_by(verb, &[Relation::Obj, Relation::Iobj]);
        if objects.is_empty() {
            objects.extend(self.subject_behind(verb));
        }
        objects
    }

    pub(crate) fn is_predicate(&self, index: usize) -> bool {
        matches!(self.upos(index), Upos::Verb | Upos::Aux)
            || self.children(index).iter().any(|&child| {
                matches!(
                    self.relation(child),
                    Relation::Cop | Relation::Nsubj | Relation::NsubjPass | Relation::Aux
                )
            })
    }

    /// A participle that tells what was done to the noun it stands with. Where nothing in the clause
    /// decides, the ending may: the class `active-participle`.
    fn is_passive_participle(&self, verb: usize) -> bool {
        if self.is_passive(verb) {
            return true;
        }
        self.children_by(verb, &[Relation::Obj]).is_empty()
            && matches!(self.upos(verb), Upos::Verb | Upos::Adj)
            && !self.is_a(verb, "active-participle")
            && !self.is_finite(verb)
            && !self
                .children(verb)
                .iter()
                .any(|&c| matches!(self.relation(c), Relation::Mark | Relation::Nsubj))
    }

    /// Whether the features of a word are those of a verb with its own person.
    fn is_finite(&self, verb: usize) -> bool {
        self.word(verb).is_some_and(|word| {
            word.features.has("VerbForm", "Fin")
                || word.features.get("Person").is_some() && !word.features.has("Voice", "Pass")
        })
    }

    pub(crate) fn object(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > DEEPEST_SHARING {
            return Vec::new();
        }
        let pair = self.patient_and_agent(verb);
        let mut patients = pair.map_or_else(
            || self.children_by(verb, &[Relation::NsubjPass, Relation::CsubjPass]),
            |(patient, _)| vec![patient],
        );
        if patients.is_empty() && self.is_bare_participle(verb) {
            patients = self.children_by(verb, &[Relation::Nsubj]);
        }
        let relation = self.relation(verb);
        let head = self.head(verb);
        if let Some(&patient) = patients.first() {
            if relation == Relation::AclRelcl && self.is_relative_pronoun(patient) {
                return head.into_iter().collect();
            }
            return patients;
        }
        let own = self.children_by(verb, &[Relation::Obj]);
        if let Some(&object) = own.first() {
            if relation == Relation::AclRelcl && self.is_relative_pronoun(object) {
                return head.into_iter().collect();
            }
            return own;
        }
        match relation {
            Relation::Acl | Relation::Amod if self.is_passive_participle(verb) => head.into_iter().collect(),
            // `drones that Iran supplied`, `drones Iran supplied`
            Relation::AclRelcl
                if self
                    .children_by(verb, &[Relation::Nsubj])
                    .first()
                    .is_some_and(|&subject| !self.is_relative_pronoun(subject)) =>
            {
                head.into_iter().collect()
            }
            Relation::Conj => {
                match head {
                    Some(head) if self.is_passive(head) => self.children_by(head, &[Relation::NsubjPass]),
                    // `fled the city and was arrested`
                    Some(head) if self.is_passive(verb) => self.subject(head, depth + 1),
                    _ => self.shared_object(verb),
                }
            }
            _ => {
                // `considered Israel responsible`: the object may stand as subject of what is said of it.
                let predicative = self
                    .children_by(verb, &[Relation::Xcomp])
                    .into_iter()
                    .find_map(|said| self.children_by(said, &[Relation::Nsubj]).first().copied());
                if let Some(object) = predicative {
                    return vec![object];
                }
                // `asked Oslo to stay`: whom an infinitive is put to may stand as the only, indirect object.
                let mut found = self.children_by(verb, &[Relation::Iobj]);
                found.retain(|&object| self.mark_of(object).is_none());
                if found.is_empty() {
                    found.extend(self.subject_behind(verb));
                }
                if found.is_empty() { self.shared_object(verb) } else { found }
            }
        }
    }

    /// `attacked and destroyed the city`: the object stands with the last of the verbs.
    fn shared_object(&self, verb: usize) -> Vec<usize> {
        self.children_by(verb, &[Relation::Conj])
            .into_iter()
            .filter(|&other| self.children_by(other, &[Relation::Nsubj, Relation::NsubjPass]).is_empty())
            .map(|other| self.children_by(other, &[Relation::Obj]))
            .find(|objects| {
                !objects.is_empty() && self.bare(verb).is_empty() && self.obliques(verb).is_empty()
            })
            .unwrap_or_default()
    }

    fn obliques(&self, at: usize) -> Vec<usize> {
        self.children_by(at, &[Relation::Obl, Relation::OblAgent, Relation::Iobj])
    }

    fn marked(&self, at: usize, marks: &[WordPattern]) -> Vec<usize> {
        let is_marked = |index: usize| {
            self.children(index).iter().any(|&child| {
                matches!(self.relation(child), Relation::Case | Relation::Mark | Relation::Fixed)
                    && marks.iter().any(|mark| self.fits(child, mark))
            }) || self.mark_beside(index, marks)
        };
        let carries =
            |index: usize| is_marked(index) || marks.iter().any(|mark| self.is_written_onto(mark, index));
        let mut found: Vec<_> = self.children_by(at, PHRASES).into_iter().filter(|&i| carries(i)).collect();
        if found.is_empty() {
            // Taggers hang `on Ukraine` under the object in `launched strikes on Ukraine` as often as not,
            // and a further noun phrase under the first one.
            for between in self.children_by(
                at,
                &[Relation::Obj, Relation::Obl, Relation::NsubjPass, Relation::Xcomp, Relation::Nmod],
            ) {
                found.extend(self.children_by(between, PHRASES).into_iter().filter(|&i| is_marked(i)));
            }
        }
        if found.is_empty() && matches!(self.upos(at), Upos::Verb | Upos::Aux) {
            // A long object draws the phrase to its end: `describing the deaths … in Gaza as a violation`.
            found.extend(
                self.sentence
                    .subtree(at)
                    .into_iter()
                    .filter(|&index| {
                        index > at && is_marked(index) && self.clause_head(index) == self.clause_head(at)
                    })
                    .take(1),
            );
        }
        if found.is_empty() && self.upos(at) == Upos::Noun {
            found.extend(self.phrase_behind(at).filter(|&phrase| is_marked(phrase)));
        }
        if found.is_empty() && self.upos(at) == Upos::Noun {
            // `launched an attack yesterday on Ukraine`: the phrase hangs under the light verb.
            if let Some(verb) = self.light(at) {
                found
                    .extend(self.children_by(verb, PHRASES).into_iter().filter(|&i| i != at && is_marked(i)));
            }
        }
        found
    }

    /// Whether one of the marks stands right beside a noun phrase and hangs with it under the same word, as
    /// Turkish `yönelik` behind `Ukrayna'ya`.
    fn mark_beside(&self, noun: usize, marks: &[WordPattern]) -> bool {
        let is_beside = |at: usize| {
            self.upos(at) == Upos::Adp
                && self.head(at) == self.head(noun)
                && marks.iter().any(|mark| self.fits(at, mark))
        };
        self.mark_of(noun).is_none() && (is_beside(noun + 1) || noun.checked_sub(1).is_some_and(is_beside))
    }

    /// Whether a preposition is written onto a noun, as Arabic `ب` in `بموقف`.
    fn is_written_onto(&self, mark: &WordPattern, noun: usize) -> bool {
        let WordPattern::Exact(letters) = mark else { return false };
        self.classes.get("prefix").is_some_and(|prefix| prefix.patterns().contains(mark))
            && self.mark_of(noun).is_none()
            && matches!(
                self.relation(noun),
                Relation::Obl | Relation::Nmod | Relation::Iobj | Relation::Obj | Relation::Xcomp
            )
            && self.word(noun).and_then(|word| word.form.strip_prefix(letters.as_str())).is_some_and(|rest| {
                // What is left must still be a word, not a letter or two.
                rest.chars().nth(2).is_some()
            })
    }

    /// `condemned Rwanda's attacks on Congo`: taggers hang the phrase that stands behind a noun under the verb
    /// as often as under the noun, or under the participle that a light verb carries.
    fn phrase_behind(&self, noun: usize) -> Option<usize> {
        let next = self.sentence.subtree(noun).into_iter().max()? + 1;
        let mut top = noun;
        for _ in 0..DEEPEST_SHARING {
            let head = self.head(top)?;
            match self.relation(top) {
                Relation::Nmod | Relation::Compound => top = head,
                Relation::Obj | Relation::Obl | Relation::Nsubj | Relation::NsubjPass | Relation::Xcomp => {
                    let carried = self.children_by(head, &[Relation::Xcomp, Relation::Compound]);
                    return std::iter::once(head)
                        .chain(carried)
                        .filter(|&verb| verb != top)
                        .flat_map(|verb| self.children_by(verb, &[Relation::Obl, Relation::Nmod]))
                        .find(|&phrase| self.sentence.subtree(phrase).into_iter().min() == Some(next));
                }
                _ => return None,
            }
        }
        None
    }

    fn bare(&self, at: usize) -> Vec<usize> {
        self.children_by(at, &[Relation::Obl, Relation::Nmod, Relation::Iobj])
            .into_iter()
            .filter(|&child| self.mark_of(child).is_none())
            .collect()
    }

    /// `providing Russia Shahed drones`: taggers take the first of two objects for a part of the second, and a
    /// dative behind an object for its genitive (`передала снаряды Украине`). What is said to go to somebody has whom
    /// it goes to there.
    fn name_before_object(&self, verb: usize) -> Vec<usize> {
        let name = verb + 1;
        let is_lone_name = self.upos(name) == Upos::Propn && self.children(name).is_empty();
        let is_part = matches!(self.relation(name), Relation::Nmod | Relation::Amod | Relation::Compound);
        let goes_to =
            self.children_by(verb, &[Relation::Obl]).into_iter().any(|phrase| self.mark_of(phrase).is_some());
        let objects = self.children_by(verb, &[Relation::Obj]);
        let stands_in_object =
            objects.iter().any(|&object| name + 1 < object && self.sentence.is_below(name, object));
        if is_lone_name && is_part && !goes_to && stands_in_object {
            return vec![name];
        }
        let below = objects.iter().flat_map(|&object| self.children_by(object, &[Relation::Nmod]));
        below.filter(|&name| self.upos(name) == Upos::Propn && self.is_dative(name)).collect()
    }

    fn is_dative(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.features.has("Case", "Dat"))
    }

    /// `поставила Украине оружие`: taggers take either noun for the object.
    fn first_of_two_objects(&self, verb: usize) -> Vec<usize> {
        let objects = self.children_by(verb, &[Relation::Obj]);
        if objects.len() > 1 { objects.into_iter().take(1).collect() } else { Vec::new() }
    }

    fn clause_subject(&self, noun: usize) -> Vec<usize> {
        let mut at = noun;
        for _ in 0..DEEPEST_SHARING {
            let Some(head) = self.head(at) else { return Vec::new() };
            if self.is_predicate(head) && matches!(self.upos(head), Upos::Verb | Upos::Aux | Upos::Adj) {
                return if self.relation(at) == Relation::Nsubj {
                    Vec::new()
                } else {
                    self.subject_or_passive(head, 0)
                };
            }
            at = head;
        }
        Vec::new()
    }

    fn possessor(&self, noun: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .children(noun)
            .iter()
            .copied()
            .filter(|&child| match self.relation(child) {
                Relation::Nmod => self.mark_of(child).is_none(),
                Relation::Det => self.upos(child) == Upos::Pron,
                _ => false,
            })
            .collect();
        // `Rusya'nın Ukrayna'ya saldırısı`: where one of them is a genitive, the others are none.
        let is_genitive =
            |child: &usize| self.word(*child).is_some_and(|word| word.features.has("Case", "Gen"));
        if found.iter().any(is_genitive) {
            found.retain(is_genitive);
        }
        found
    }

    /// Of a verb, whose the object is, or to whom it goes: `praised Haiti's efforts`.
    fn possessors_of_object(&self, verb: usize) -> Vec<usize> {
        let objects = self.object(verb, 0);
        let mut found: Vec<usize> = objects.iter().flat_map(|&object| self.possessor(object)).collect();
        if found.is_empty() {
            found.extend(objects.iter().flat_map(|&object| self.bare(object)));
        }
        found
    }

    /// The light verb that governs a noun: `launched` over `attack`.
    pub(crate) fn light(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..DEEPEST_SHARING {
            match self.relation(at) {
                Relation::Conj => at = self.head(at)?,
                Relation::Obj
                | Relation::Obl
                | Relation::NsubjPass
                | Relation::Xcomp
                | Relation::Nsubj
                | Relation::CompoundPrt
                | Relation::Compound
                | Relation::Iobj => {
                    let verb = self.head(at)?;
                    // Persian `این حمله را محکوم کرد`: the verb is light for `محکوم` (condemned), not for the attack.
                    let is_taken = self
                        .children_by(verb, &[Relation::Compound])
                        .iter()
                        .any(|&other| other != at && self.upos(other) != Upos::Verb);
                    // `imposed a curfew after a demonstration`: what is carried is the curfew.
                    let carries_other = self.relation(at) == Relation::Obl
                        && self.mark_of(at).is_some()
                        && self.children_by(verb, &[Relation::Obj]).iter().any(|&object| object != at);
                    let carries = !carries_other && (!is_taken || self.relation(at) == Relation::Compound);
                    if self.is_a(verb, "light") && carries {
                        return Some(verb);
                    }
                    break;
                }
                Relation::Acl | Relation::AclRelcl => return None,
                _ => break,
            }
        }
        // `attacks carried out by Israel`
        self.children_by(noun, &[Relation::Acl, Relation::AclRelcl])
            .into_iter()
            .find(|&verb| self.is_a(verb, "light"))
    }

    fn light_object(&self, noun: usize) -> Vec<usize> {
        let Some(verb) = self.light(noun) else { return Vec::new() };
        let mut found = self.children_by(verb, &[Relation::Iobj, Relation::Obj]);
        found.extend(self.obliques(verb));
        found.retain(|&child| child != noun);
        found
    }

    fn complement(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for clause in self.complement_heads(at) {
            // Its predicate is what conditions ask for; nobody acts there.
            found.push(clause);
            for relations in [
                &[Relation::Nsubj, Relation::NsubjPass][..],
                &[Relation::Obj, Relation::Iobj][..],
                &[Relation::Obl, Relation::Nmod][..],
            ] {
                found.extend(self.children_by(clause, relations));
            }
        }
        found
    }

    /// The subjects of the clauses below a complement: `threatened to attack unless Baghdad gave in`.
    pub(crate) fn below_complement(&self, at: usize) -> Vec<usize> {
        let clauses = self.complement_heads(at);
        let inner = clauses.iter().flat_map(|&clause| self.complement_heads(clause));
        inner.flat_map(|clause| self.children_by(clause, &[Relation::Nsubj, Relation::NsubjPass])).collect()
    }

    /// The predicates of the clauses, infinitives and secondary predicates below: `vowed to retaliate`, `called it
    /// a crime`.
    pub(crate) fn complement_heads(&self, at: usize) -> Vec<usize> {
        let mut found =
            self.children_by(at, &[Relation::Ccomp, Relation::Xcomp, Relation::Advcl, Relation::Acl]);
        // Turkish `bombalamakla suçladı`, Chinese `拒绝谈判`: a verb stands as a phrase or an object.
        found.extend(
            self.children_by(at, &[Relation::Obl, Relation::Nmod, Relation::Obj])
                .into_iter()
                .filter(|&phrase| self.upos(phrase) == Upos::Verb),
        );
        found
    }

    /// The infinitives that a predicate governs.
    fn infinitives(&self, at: usize) -> Vec<usize> {
        self.complement_heads(at)
            .into_iter()
            .filter(|&clause| self.relation(clause) == Relation::Xcomp || self.has_infinitive_mark(clause))
            .collect()
    }

    /// Whether a verb stands behind `to`, `att`, `zu`.
    pub(crate) fn has_infinitive_mark(&self, at: usize) -> bool {
        self.children(at)
            .iter()
            .any(|&child| self.relation(child) == Relation::Mark && self.upos(child) == Upos::Part)
    }

    /// The words coordinated with a word, itself first. What is joined to a title may hang under its name:
    /// `the leader A and President B`.
    pub(crate) fn coordinated(&self, index: usize) -> Vec<usize> {
        let mut all = vec![index];
        let mut at = 0;
        while let Some(&word) = all.get(at) {
            let mut names = self.children_by(word, &[Relation::Appos, Relation::Flat]);
            names.retain(|&name| self.upos(name) == Upos::Propn);
            for joined in std::iter::once(word).chain(names) {
                for child in self.children_by(joined, &[Relation::Conj]) {
                    // Nouns only: `Iran denied it and said …` is no list of actors.
                    if !all.contains(&child) && !matches!(self.upos(child), Upos::Verb | Upos::Aux) {
                        all.push(child);
                    }
                }
            }
            at += 1;
        }
        all
    }

    /// Whether a verb hangs under a noun or adjective as the light one of a compound.
    pub(crate) fn has_light_verb(&self, at: usize) -> bool {
        self.children_by(at, &[Relation::Compound]).iter().any(|&verb| self.upos(verb) == Upos::Verb)
    }

    /// Whether a word opens a sentence whose verb should come first, tagged as a noun that nothing stands before.
    pub(crate) fn may_be_opening_verb(&self, at: usize) -> bool {
        self.classes.get("verb-first").is_some()
            && self.upos(at) == Upos::Noun
            && self.relation(at) == Relation::Root
            && (0..at).all(|before| matches!(self.upos(before), Upos::Punct | Upos::Cconj))
            && self.mark_of(at).is_none()
    }

    /// Whether a word tagged as a noun has a subject of its own, and neither copula nor light verb.
    pub(crate) fn governs_as_verb(&self, at: usize) -> bool {
        let has = |relations: &[Relation]| !self.children_by(at, relations).is_empty();
        has(&[Relation::Nsubj])
            && !has(&[Relation::Cop, Relation::Case, Relation::Det])
            && !self.has_light_verb(at)
    }

    /// What stands behind an opening verb that was tagged as a noun: its subject, then its object.
    pub(crate) fn behind_opening_verb(&self, at: usize) -> Vec<usize> {
        if !self.may_be_opening_verb(at) {
            return Vec::new();
        }
        let arguments = [
            Relation::Nsubj,
            Relation::Obj,
            Relation::Nmod,
            Relation::Flat,
            Relation::Compound,
            Relation::Appos,
        ];
        let mut found = self.children_by(at, &arguments);
        found.retain(|&noun| at < noun && self.mark_of(noun).is_none());
        found
    }

    /// The predicate of the clause that holds a word.
    pub(crate) fn clause_head(&self, index: usize) -> usize {
        let mut at = index;
        for _ in 0..self.sentence.words.len() {
            let starts_clause = matches!(
                self.relation(at),
                Relation::Root
                    | Relation::Ccomp
                    | Relation::Advcl
                    | Relation::AclRelcl
                    | Relation::Parataxis
                    | Relation::Xcomp
                    | Relation::Csubj
                    | Relation::Acl
            ) || (self.relation(at) == Relation::Conj
                && self.is_predicate(at)
                && self.upos(at) != Upos::Noun);
            match self.head(at) {
                Some(head) if !starts_clause => at = head,
                _ => return at,
            }
        }
        at
    }
}
