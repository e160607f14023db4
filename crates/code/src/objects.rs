use chancery_core::{Relation, Upos};

use crate::clause::{Clause, DEEPEST_SHARING};

impl Clause<'_> {
    /// `the diplomats were given 48 hours`: of a verb of giving in the passive, to whom something is given, and what.
    pub(crate) fn receivers_and_given(&self, verb: usize) -> Option<(Vec<usize>, Vec<usize>)> {
        if !self.is_a(verb, "giving") {
            return None;
        }
        let receivers = self.children_by(verb, &[Relation::NsubjPass]);
        let given = self.children_by(verb, &[Relation::Obj]);
        (!receivers.is_empty() && !given.is_empty()).then_some((receivers, given))
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
        if let Some((_, given)) = self.receivers_and_given(verb) {
            return given;
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
        if self.is_free_passive(verb)
            && let Some(head) = head
        {
            return self.subject_or_passive(head, depth + 1);
        }
        if let Some(described) = self.described_by_nominal_clause(verb) {
            return vec![described];
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

    /// Turkish `Hollanda'nın gönderdiği ekipler` (the teams that the Netherlands sent): what a nominal clause with a
    /// subject of its own describes is its object.
    fn described_by_nominal_clause(&self, verb: usize) -> Option<usize> {
        self.classes.get("possessor-subject")?;
        if !self.is_a(verb, "possessed-verb") {
            return None;
        }
        let carried = self.head(verb).filter(|_| self.relation(verb) == Relation::Compound);
        let predicate = carried.unwrap_or(verb);
        let described = self.head(predicate).filter(|_| self.relation(predicate) == Relation::Acl)?;
        let mut doers = self.children_by(verb, &[Relation::Nsubj, Relation::Nmod]);
        doers.retain(|&doer| self.word(doer).is_some_and(|word| word.features.has("Case", "Gen")));
        (!doers.is_empty() && verb < described).then_some(described)
    }

    /// `attacked and destroyed the city`: the object stands with the last of the verbs.
    pub(crate) fn shared_object(&self, verb: usize) -> Vec<usize> {
        self.children_by(verb, &[Relation::Conj])
            .into_iter()
            .filter(|&other| self.children_by(other, &[Relation::Nsubj, Relation::NsubjPass]).is_empty())
            .map(|other| self.children_by(other, &[Relation::Obj]))
            .find(|objects| {
                !objects.is_empty() && self.bare(verb).is_empty() && self.obliques(verb).is_empty()
            })
            .unwrap_or_default()
    }

    /// `providing Russia Shahed drones`: taggers take the first of two objects for a part of the second, and a
    /// dative behind an object for its genitive (`передала снаряды Украине`). What is said to go to somebody has whom
    /// it goes to there.
    pub(crate) fn name_before_object(&self, verb: usize) -> Vec<usize> {
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

    pub(crate) fn is_dative(&self, at: usize) -> bool {
        // Russian `дроны Украине`: a genitive to the tagger, a dative by its ending.
        self.word(at).is_some_and(|word| word.features.has("Case", "Dat"))
            || self.is_a(at, "dative-form")
                && self.word(at).is_some_and(|word| word.features.has("Case", "Gen"))
    }

    /// `поставила Украине оружие`: taggers take either noun for the object.
    pub(crate) fn first_of_two_objects(&self, verb: usize) -> Vec<usize> {
        let objects = self.children_by(verb, &[Relation::Obj]);
        if objects.len() > 1 { objects.into_iter().take(1).collect() } else { Vec::new() }
    }
}
