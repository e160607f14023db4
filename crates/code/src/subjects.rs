use chancery_core::{Relation, Upos};

use crate::clause::{Clause, DEEPEST_SHARING};
use crate::phrases::PHRASES;

impl Clause<'_> {
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
            // `the importance of … was stressed`: what stands below another phrase is its own, not the agent; but of
            // `was accused of fraud by …` nobody else can say who did it.
            return if self.is_a(verb, "answerable") {
                self.agent_below_phrase(verb)
            } else {
                let phrases = self.children_by(verb, PHRASES).into_iter();
                phrases.filter(|&phrase| self.is_by(phrase)).collect()
            };
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
        let Some(head) = head else { return self.subject_of_clause_before(verb) };
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
            Relation::Advcl
                if self.is_a(head, "answerable")
                    && !self.is_passive(head)
                    && !self.is_free_participle(verb) =>
            {
                // `accused Oslo of sending`, `thanked Oslo for sending`: it is the object that sent.
                let objects = self.object_of_control(head, depth + 1);
                if objects.is_empty() { self.subject_or_passive(head, depth + 1) } else { objects }
            }
            // `was shelled by the army, killing ten`: whoever shelled it killed them, or what it was shelled with.
            Relation::Advcl
                if self.is_passive(head)
                    && head < verb
                    && self.is_free_participle(verb)
                    && self.is_a(verb, "harming") =>
            {
                self.subject(head, depth + 1)
            }
            Relation::Advcl if self.is_purpose(verb) => self.doer_of_purpose(head, depth + 1),
            // Chinese `召见大使，抗议中国海警船攻击…`: whoever protests is not who attacks.
            Relation::Ccomp if self.has_pivot(head, verb) => Vec::new(),
            Relation::Advcl | Relation::Ccomp | Relation::Csubj => self.subject_or_passive(head, depth + 1),
            // Russian `люди, которых приговорили`: those whom the clause describes are its object.
            Relation::AclRelcl
                if self
                    .children_by(verb, &[Relation::Obj, Relation::Iobj])
                    .into_iter()
                    .any(|object| self.is_relative_pronoun(object)) =>
            {
                Vec::new()
            }
            // Russian `побывал в Киеве, где провёл переговоры`: nobody is described by where something was done.
            Relation::AclRelcl if self.tells_where(verb) => {
                self.subject_or_passive(self.clause_head(head), depth + 1)
            }
            // Spanish `viajará a Lima, donde se reunirá con …`: the subject is that of the clause above.
            Relation::AclRelcl if self.is_described_by_phrase(verb) => {
                let subjects = self.subject_or_passive(self.clause_head(head), depth + 1);
                let agrees = |&subject: &usize| {
                    let are_several = self.coordinated(subject).len() > 1;
                    let number = if are_several { Some("Plur") } else { self.number(subject) };
                    number.is_none() || number == self.number(verb)
                };
                let drops = self.classes.get("drops-subject").is_some();
                subjects.into_iter().filter(agrees).filter(|_| drops).collect()
            }
            Relation::Acl | Relation::AclRelcl if !self.is_passive_participle(verb) => {
                // `the plan of Iran to attack`: an infinitive shares the noun's doer, a participle the noun.
                // A mark before the noun is none of an infinitive: `with the ministry providing …`.
                // Nor has a relative clause any: Ukrainian `фермери, що блокували кордон` marks it with a conjunction.
                let is_content =
                    relation == Relation::Acl || !self.is_finite(verb) || self.is_a(head, "accusation");
                let is_infinitive = is_content
                    && self.children(verb).iter().any(|&c| self.relation(c) == Relation::Mark && c > head);
                if is_infinitive {
                    let mut doer = self.possessor(head);
                    if doer.is_empty() && self.is_a(head, "ability") {
                        doer = self.possessor_marked_of(head, verb);
                    }
                    if doer.is_empty() && self.is_foiled(head) {
                        return Vec::new();
                    }
                    let described = self.described_as_first(head, depth);
                    if !described.is_empty() {
                        described
                    } else if doer.is_empty() {
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

    /// `the right of Chad to defend itself`: whose the right is, between it and what it is to.
    fn possessor_marked_of(&self, noun: usize, infinitive: usize) -> Vec<usize> {
        let mut phrases = self.children_by(noun, &[Relation::Nmod]);
        phrases.retain(|&phrase| {
            noun < phrase
                && phrase < infinitive
                && self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "of"))
        });
        phrases
    }

    /// `foiled an attempt to kill the king`: whoever foils what is tried does not try it.
    fn is_foiled(&self, attempt: usize) -> bool {
        self.head(attempt).is_some_and(|verb| self.is_a(verb, "foiling"))
    }

    /// Whether the pronoun of a relative clause says where or to whom something is done, and not who does it: `donde`, `a quien`.
    fn is_described_by_phrase(&self, verb: usize) -> bool {
        self.children(verb).iter().any(|&child| {
            let is_relative = self.is_a(child, "relative")
                || self.word(child).is_some_and(|word| {
                    word.features.get("PronType").is_some_and(|kind| kind.contains("Rel"))
                });
            is_relative
                && child < verb
                && (self.upos(child) == Upos::Adv || self.mark_of(child).is_some())
                && !matches!(self.relation(child), Relation::Nsubj | Relation::NsubjPass)
        })
    }

    /// Whether a word is singular or plural, as the tagger has it.
    fn number(&self, at: usize) -> Option<&str> {
        self.word(at).and_then(|word| word.features.get("Number"))
    }

    /// Spanish `se espera que llegue`, French `il est prévu qu'il vienne`: nobody is said to do what the verb tells of the clause
    /// below it.
    pub(crate) fn is_impersonal(&self, verb: usize) -> bool {
        !self.children_by(verb, &[Relation::Expl]).is_empty()
            && self.children_by(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_empty()
            && self.children_by(verb, &[Relation::Ccomp]).into_iter().any(|clause| {
                let marks = self.children_by(clause, &[Relation::Mark, Relation::Case]);
                marks.into_iter().all(|mark| self.upos(mark) == Upos::Sconj)
            })
    }

    /// Whether a clause is opened by what stands for a place (the class `where`).
    fn tells_where(&self, verb: usize) -> bool {
        let opening = self.children_by(verb, &[Relation::Advmod, Relation::Mark, Relation::Obl]);
        opening.into_iter().any(|at| at < verb && self.is_a(at, "where"))
    }

    /// Whether a verb that only shares the subject of the clause before (`subject-first`) has an object between it and
    /// the clause below it, which may be the subject there.
    fn has_pivot(&self, verb: usize, below: usize) -> bool {
        self.classes.get("subject-first").is_some()
            && self.children_by(verb, &[Relation::Nsubj]).is_empty()
            && self
                .children_by(verb, &[Relation::Obj])
                .into_iter()
                .any(|object| verb < object && object < below)
    }

    /// `Chad was (became) the first country to recognise Niger`: of whom such a noun is said.
    fn described_as_first(&self, noun: usize, depth: usize) -> Vec<usize> {
        let marks = self.children_by(noun, &[Relation::Amod, Relation::Nummod, Relation::Det]);
        if !marks.into_iter().any(|at| self.is_a(at, "first")) {
            return Vec::new();
        }
        let verb = self.head(noun).filter(|_| self.relation(noun) == Relation::Xcomp);
        verb.map_or_else(
            || self.children_by(noun, &[Relation::Nsubj]),
            |verb| self.subject_or_passive(verb, depth + 1),
        )
    }

    /// `Having rejected the offer, Chad attacked Niger`, `attacked Niger, killing ten`: a participle without a mark shares
    /// the subject of the clause above.
    fn is_free_participle(&self, verb: usize) -> bool {
        let is_participle = self.word(verb).is_some_and(|word| {
            word.features.has("VerbForm", "Part") || word.features.has("VerbForm", "Ger")
        });
        is_participle && self.children_by(verb, &[Relation::Mark, Relation::Case]).is_empty()
    }

    /// Chinese `智利外长访问利马，敦促秘鲁…` (the Chilean minister visited Lima, urged Peru …): of two clauses the first has the
    /// subject of both, unless a mark before it says when or why.
    fn subject_of_clause_before(&self, verb: usize) -> Vec<usize> {
        if self.classes.get("subject-first").is_none() || self.upos(verb) != Upos::Verb {
            return Vec::new();
        }
        let Some(&clause) =
            self.children_by(verb, &[Relation::Advcl]).first().filter(|&&clause| clause < verb)
        else {
            return Vec::new();
        };
        let Some(&subject) = self.children_by(clause, &[Relation::Nsubj]).first() else { return Vec::new() };
        let opens = (0..subject).all(|at| self.sentence.is_below(at, subject));
        let is_noun = matches!(self.upos(subject), Upos::Noun | Upos::Propn);
        if opens && is_noun && subject < clause { vec![subject] } else { Vec::new() }
    }

    /// `drones were used by the rebels to attack`: who used them attacks; `trained soldiers to attack`: the soldiers do.
    fn doer_of_purpose(&self, verb: usize, depth: usize) -> Vec<usize> {
        let users = if self.is_passive(verb) { self.subject(verb, depth) } else { Vec::new() };
        if !users.is_empty() {
            return users;
        }
        let sent: Vec<usize> = if self.is_a(verb, "tasking") {
            let objects = self.object_of_control(verb, depth).into_iter();
            objects.filter(|&object| self.is_a(object, "troops")).collect()
        } else {
            Vec::new()
        };
        if sent.is_empty() { self.subject_or_passive(verb, depth) } else { sent }
    }

    /// `an alliance watched with worry by Oslo`: who does it may hang under the phrase before.
    fn agent_below_phrase(&self, participle: usize) -> Vec<usize> {
        let phrases = self.children_by(participle, PHRASES);
        let own: Vec<usize> = phrases.iter().copied().filter(|&phrase| self.is_by(phrase)).collect();
        if !own.is_empty() {
            return own;
        }
        let below = phrases.iter().flat_map(|&phrase| self.children_by(phrase, &[Relation::Nmod]));
        below.filter(|&phrase| self.is_by(phrase)).take(1).collect()
    }

    /// `signed a law under which firms are banned from …`: what is said of a law is done by whoever makes it.
    pub(crate) fn lawgiver(&self, verb: usize) -> Vec<usize> {
        let is_description = matches!(self.relation(verb), Relation::AclRelcl | Relation::Acl);
        let law = self.head(verb).filter(|&law| is_description && self.is_a(law, "law"));
        let made = law.filter(|&law| matches!(self.relation(law), Relation::Obj | Relation::NsubjPass));
        made.and_then(|law| self.head(law)).map_or_else(Vec::new, |maker| self.subject(maker, 0))
    }

    /// Whether a phrase says by whom something is done.
    fn is_by(&self, phrase: usize) -> bool {
        self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "by"))
    }

    /// Of whom an adjective is said: of a participle that stands as one, the subject as it is written, as in `it
    /// is concerned by the deal`.
    pub(crate) fn subject_as_written(&self, adjective: usize) -> Vec<usize> {
        let own = self.children_by(adjective, &[Relation::NsubjPass]);
        if own.is_empty() { self.subject(adjective, 0) } else { own }
    }

    /// `condemned the raid on a convoy that carried grain and urged …`: a second verb behind a description may
    /// be hung under the description; its subject is that of the clause above, where both tell what was done. So is that of
    /// a description of words.
    pub(crate) fn subject_above_description(&self, verb: usize) -> Vec<usize> {
        if let Some(words) = self.words_described_by(verb) {
            return self.subject_or_passive(self.clause_head(words), 0);
        }
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

    /// `passed a resolution condemning the raid`: what is passed or signed says what whoever passes it says.
    fn words_described_by(&self, verb: usize) -> Option<usize> {
        let is_described = matches!(self.relation(verb), Relation::Acl | Relation::AclRelcl);
        let words = self.head(verb).filter(|_| is_described && !self.is_passive_participle(verb))?;
        let is_said = ["law", "demand", "agreement"].iter().any(|class| self.is_a(words, class));
        (is_said && matches!(self.relation(words), Relation::Obj | Relation::NsubjPass)).then_some(words)
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
    pub(crate) fn patient_and_agent(&self, verb: usize) -> Option<(usize, usize)> {
        let auxiliary = *self.children_by(verb, &[Relation::AuxPass]).first()?;
        let subjects = self.children_by(verb, &[Relation::Nsubj, Relation::NsubjPass]);
        let patient = subjects.iter().find(|&&subject| subject < auxiliary)?;
        let agent = subjects.iter().find(|&&subject| auxiliary < subject && subject < verb)?;
        Some((*patient, *agent))
    }

    /// Of two subjects of an active verb that stands between them, the second: taggers are blind to an object
    /// that could also be the subject.
    pub(crate) fn subject_behind(&self, verb: usize) -> Option<usize> {
        let subjects = self.children_by(verb, &[Relation::Nsubj]);
        let behind = subjects.iter().copied().find(|&subject| subject > verb)?;
        let is_second = subjects.iter().any(|&subject| subject < verb && !self.is_relative_pronoun(subject));
        let is_doubled = self.is_relative_pronoun(behind) || self.relation(verb) == Relation::AclRelcl;
        (is_second && !is_doubled && !self.is_passive(verb)).then_some(behind)
    }

    pub(crate) fn subject_or_passive(&self, verb: usize, depth: usize) -> Vec<usize> {
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

    pub(crate) fn clause_subject(&self, noun: usize) -> Vec<usize> {
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
            // `Ministern på besök i Oslo`: a heading has no verb.
            let is_heading = self.relation(head) == Relation::Root
                && matches!(self.upos(head), Upos::Noun | Upos::Propn)
                && self.relation(at) == Relation::Nmod
                && self.mark_of(at).is_some();
            if is_heading {
                return vec![head];
            }
            at = head;
        }
        Vec::new()
    }
}
