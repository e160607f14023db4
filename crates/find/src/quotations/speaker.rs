//! Who says it: the subject of a word of speech, or the name beside it.

use chancery_core::{ActorKind, Quotation, QuotationForm, Relation, Span, Stance, Upos};

use super::scene::{Scene, is_nominal};
use super::speech::{Cue, Use};

/// How many words of a title may stand between a verb and the name behind it.
const TITLE: usize = 6;

/// Whoever says something, as found in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) span: Span,
    /// The word that governs the others.
    pub(super) head: usize,
    /// The noun at the cue: the speaker, or the noun through which the speaker is named (`her statement`).
    pub(super) noun: usize,
    pub(super) actors: Vec<usize>,
    pub(super) name: Option<String>,
}

impl Speaker {
    /// Words that are this speaker's though no cue says so.
    pub(super) fn says(self, content: Span, form: QuotationForm, sentence: usize) -> Quotation {
        Quotation {
            content,
            speaker: Some(self.span),
            speaker_actors: self.actors,
            speaker_name: self.name,
            addressee: None,
            cue: None,
            stance: Stance::Says,
            form,
            states: true,
            medium: None,
            sentence,
        }
    }
}

impl Scene<'_> {
    /// The subject of a verb, its own or the one it shares with the verb above it.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        let subjects = [Relation::Nsubj, Relation::NsubjPass];
        let mut at = verb;
        for _ in 0..8 {
            if self.is_passive(at)
                && let Some(agent) = self.kid(at, &[Relation::OblAgent])
            {
                return Some(agent);
            }
            if let Some(subject) = self.kid(at, &subjects) {
                return self.antecedent(subject, at);
            }
            if at == verb
                && let Some(named) = self.named_behind(verb)
            {
                return Some(named);
            }
            let head = self.head(at)?;
            match self.relation(at) {
                Relation::Acl | Relation::AclRelcl | Relation::Amod if is_nominal(self.upos(head)) => {
                    return Some(head);
                }
                // "with Pezeshkian stating …": the parser may hang the participle as if it were a noun.
                Relation::Conj
                | Relation::Xcomp
                | Relation::Advcl
                | Relation::Aux
                | Relation::Cop
                | Relation::Ccomp
                | Relation::Dep
                | Relation::Parataxis
                | Relation::Acl
                | Relation::AclRelcl
                | Relation::Nmod
                | Relation::Obl => at = head,
                _ => return None,
            }
        }
        None
    }

    /// The person named straight behind a verb that a comma or a mark opens, which the tree may hang on it as
    /// anything but its subject: `…, säger sjukvårdsminister Elisabet Lann`.
    fn named_behind(&self, verb: usize) -> Option<usize> {
        let finite = self.sentence.words.get(verb).is_some_and(|word| {
            !["Part", "Ger", "Inf"].iter().any(|form| word.features.has("VerbForm", form))
        });
        if !finite || !verb.checked_sub(1).is_some_and(|before| self.is_punctuation(before)) {
            return None;
        }
        // `…, warned Putin and left` goes on; who speaks ends the sentence.
        let joined = self.relation(verb) == Relation::Conj;
        if !joined && !matches!(self.relation(verb), Relation::Parataxis | Relation::Root | Relation::Aux) {
            return None;
        }
        let ends = |word: usize| (word..self.sentence.words.len()).all(|word| self.is_punctuation(word));
        let of_title = |word: usize| {
            matches!(self.upos(word), Upos::Noun | Upos::Adj | Upos::Cconj | Upos::Det)
                || self.form(word).ends_with('-')
        };
        let named = self.found.in_sentence(self.index).iter().find(|mention| {
            let mut persons = mention.actors.iter().filter_map(|&actor| self.found.actors.get(actor));
            (verb + 1..=verb + TITLE).contains(&mention.words.start)
                && (verb + 1..mention.words.start).all(of_title)
                && (!joined || ends(mention.words.end))
                && persons.all(|actor| actor.kind == ActorKind::Person)
        })?;
        Some(named.head)
    }

    /// What a relative pronoun that is the subject of `verb` stands for; any other subject stands for
    /// itself.
    fn antecedent(&self, subject: usize, verb: usize) -> Option<usize> {
        if self.relation(verb) != Relation::AclRelcl && self.relation(verb) != Relation::Acl {
            return Some(subject);
        }
        let noun = self.head(verb)?;
        if self.speech.is(Use::What, self.sentence, noun) {
            // `condemned what he called …`: a pronoun that stands for nobody yet is who condemns.
            let unknown = self.upos(subject) == Upos::Pron && self.mention_at(subject).is_none();
            let around = self.head(noun).filter(|_| unknown).and_then(|governor| self.subject(governor));
            return Some(around.unwrap_or(subject));
        }
        let relative = self.upos(subject) == Upos::Pron
            && self.mention_at(subject).is_none()
            && subject > noun
            && subject <= verb
            && self.is_relative_place(subject, noun);
        Some(if relative { noun } else { subject })
    }

    /// Whether a pronoun is the first word of its clause after the noun.
    fn is_relative_place(&self, pronoun: usize, noun: usize) -> bool {
        (noun + 1..pronoun).all(|word| {
            self.is_punctuation(word)
                || matches!(self.upos(word), Upos::Adp)
                || (self.head(word) != self.head(pronoun)
                    && !matches!(self.upos(word), Upos::Verb | Upos::Aux))
        })
    }

    /// The speaker that a word governs: its noun phrase, and the actors it means.
    pub(super) fn speaker(&self, head: usize) -> Speaker {
        self.speaker_without(head, &[])
    }

    /// As [`Self::speaker`], without the words of the cue that hang on it.
    fn speaker_without(&self, head: usize, cue: &[usize]) -> Speaker {
        let noun = head;
        let head = self.owner(head).unwrap_or(head);
        let clause = [
            Relation::Acl,
            Relation::AclRelcl,
            Relation::Advcl,
            Relation::Punct,
            Relation::Parataxis,
            Relation::Ccomp,
            Relation::Cop,
            Relation::Nsubj,
            Relation::Obl,
            Relation::Case,
            Relation::Mark,
            Relation::Dep,
            Relation::Discourse,
            Relation::List,
            Relation::Aux,
        ];
        let mut without: Vec<usize> =
            self.kids(head).iter().copied().filter(|&kid| clause.contains(&self.relation(kid))).collect();
        // What stands behind a comma is told about the speaker, not part of the name.
        let comma = self.kids(head).iter().copied().find(|&kid| kid > head && self.is_punctuation(kid));
        if let Some(comma) = comma {
            without.extend(self.kids(head).iter().copied().filter(|&kid| kid > comma));
        }
        for &kid in self.kids(head) {
            if self.relation(kid) == Relation::Appos
                && self.kids(kid).first().is_some_and(|&first| self.is_punctuation(first))
            {
                without.push(kid);
            }
        }
        without.extend_from_slice(cue);
        let words = self.below(head, &without);
        let mut first = head;
        while first.checked_sub(1).is_some_and(|before| words.binary_search(&before).is_ok()) {
            first -= 1;
        }
        let mut last = head;
        while words.binary_search(&(last + 1)).is_ok() {
            last += 1;
        }
        while first < head && self.is_punctuation(first) {
            first += 1;
        }
        while last > head && self.is_punctuation(last) {
            last -= 1;
        }
        let mut span = self.span(first, last).or_else(|| self.span(head, head)).unwrap_or(self.sentence.span);
        let mut actors = Vec::new();
        let mut named = false;
        let mut heads = vec![head];
        heads.extend(self.kids(head).iter().copied().filter(|&kid| {
            self.relation(kid) == Relation::Conj && is_nominal(self.upos(kid)) && words.contains(&kid)
        }));
        for word in heads {
            let Some(mention) = self.mention_at(word) else { continue };
            if word == head {
                named = true;
                span = span.cover(mention.span);
            }
            for &actor in &mention.actors {
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
        // "Foreign minister Sergei Lavrov": the tree may hang the name on the office or the office on
        // the name; either way the mention within the phrase is meant.
        if !named {
            let within = self.found.in_sentence(self.index).iter().filter(|mention| {
                span.contains(mention.span)
                    && matches!(
                        self.relation(mention.head),
                        Relation::Appos | Relation::Flat | Relation::Compound
                    )
                    && self.head(mention.head) == Some(head)
            });
            if let Some(mention) = within.max_by_key(|mention| mention.words.len()) {
                actors.clone_from(&mention.actors);
            } else if let Some(mention) = self
                .kids(head)
                .iter()
                .filter(|&&kid| {
                    let bare_name = self.relation(kid) == Relation::Nmod
                        && self.upos(kid) == Upos::Propn
                        && self.kid(kid, &[Relation::Case]).is_none()
                        && self.speech.is(Use::Voice, self.sentence, head);
                    self.relation(kid) == Relation::Appos || bare_name
                })
                .find_map(|&kid| self.mention_at(kid))
            {
                // "his spokesman, Dmitry Peskov": the name tells who the office is.
                actors.clone_from(&mention.actors);
            }
        }
        let name =
            actors.is_empty().then(|| self.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" "));
        Speaker { span, head, noun, actors, name }
    }

    /// Whose words a statement is: `her statement`, `the ministry's report`; `None` for other nouns.
    fn owner(&self, noun: usize) -> Option<usize> {
        if !is_nominal(self.upos(noun))
            || !(self.speech.is(Use::Noun, self.sentence, noun)
                || self.speech.is(Use::Medium, self.sentence, noun))
        {
            return None;
        }
        self.kids(noun).iter().copied().find(|&kid| match self.relation(kid) {
            Relation::Nmod if self.upos(kid) == Upos::Pron => true,
            Relation::Nmod => is_nominal(self.upos(kid)) && self.can_speak(kid) && self.is_owner(kid, noun),
            Relation::Det => self.upos(kid) == Upos::Pron && self.mention_at(kid).is_some(),
            _ => false,
        })
    }

    /// Whether a noun below another tells whose that is: a genitive, or a noun behind `of` or `by`.
    fn is_owner(&self, kid: usize, noun: usize) -> bool {
        let mut cases =
            self.kids(kid).iter().copied().filter(|&case| self.relation(case) == Relation::Case).peekable();
        cases.peek().is_none() || kid < noun || cases.any(|case| self.speech.is(Use::Of, self.sentence, case))
    }

    /// Who speaks at a cue; `None` where nobody is named.
    pub(super) fn speaker_of(&self, cue: &Cue) -> Option<Speaker> {
        let head = match cue.usage {
            Use::Source => self.source(cue),
            Use::SourceAfter => self.source_after(cue),
            Use::Noun => self.speaker_of_noun(cue.head),
            Use::Hearsay => self.agent(cue.head).or_else(|| self.place_of_words(cue.head)),
            _ if self.is_impersonal(cue) => self.place_of_words(cue.head),
            _ => {
                let subject = self.subject(cue.head).filter(|subject| !cue.words.contains(subject));
                match subject {
                    Some(subject)
                        if self.is_passive(cue.head) && self.relation(subject) != Relation::OblAgent =>
                    {
                        self.agent(cue.head)
                    }
                    Some(subject) if self.is_purpose_of_thing(subject, cue) => None,
                    Some(subject) => Some(self.through_noun(subject, cue.head)),
                    None => None,
                }
            }
        }?;
        let mut speaker = self.speaker_without(head, &cue.words);
        // `who said`: the pronoun is what stands at the cue, its noun tells whose words they are.
        if let Some(pronoun) = self.relative(cue.head).filter(|&pronoun| pronoun != head)
            && let Some(span) = self.span(pronoun, pronoun)
            && !speaker.span.overlaps(span)
        {
            if speaker.actors.is_empty() {
                speaker.name.get_or_insert_with(|| self.text.slice(speaker.span).to_owned());
            }
            speaker.span = span;
        }
        Some(speaker)
    }

    /// Whether a verb only tells what a thing that cannot speak is there for: `notices are issued to ask …`.
    fn is_purpose_of_thing(&self, subject: usize, cue: &Cue) -> bool {
        let governor = self.head(cue.head);
        matches!(self.relation(cue.head), Relation::Xcomp | Relation::Advcl)
            && governor.is_some_and(|governor| self.is_passive(governor))
            && self.kid(cue.head, &[Relation::Nsubj, Relation::NsubjPass]).is_none()
            && self.upos(subject) == Upos::Noun
            && !self.can_speak(subject)
    }

    /// The relative pronoun that is the subject of a verb, its own or that of the verb it goes on from.
    fn relative(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..4 {
            if let Some(subject) = self.kid(at, &[Relation::Nsubj, Relation::NsubjPass]) {
                return (self.antecedent(subject, at) != Some(subject)).then_some(subject);
            }
            if !matches!(self.relation(at), Relation::Conj | Relation::Xcomp) {
                return None;
            }
            at = self.head(at)?;
        }
        None
    }

    /// A cue with the verb among its words as its head, where the entry begins with the noun of a light verb:
    /// Persian تکذیب کرد.
    pub(super) fn with_verb(&self, cue: Cue) -> Cue {
        let verb = self.head(cue.head).filter(|&head| {
            self.upos(cue.head) != Upos::Verb
                && cue.words.contains(&head)
                && matches!(self.upos(head), Upos::Verb | Upos::Aux)
        });
        Cue { head: verb.unwrap_or(cue.head), ..cue }
    }

    /// Whether a cue holds its own subject, and so names nobody: `heißt es`, `det heter`.
    pub(super) fn is_impersonal(&self, cue: &Cue) -> bool {
        cue.words.len() > 1
            && self.kids(cue.head).iter().any(|&kid| {
                matches!(self.relation(kid), Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
                    && cue.words.contains(&kid)
            })
    }

    /// Where words stand that nobody is said to say: `in a statement it says`, `в заявлении говорится`,
    /// `a document in which it says`.
    pub(super) fn place_of_words(&self, verb: usize) -> Option<usize> {
        let holds = |noun: usize, uses: &[Use]| {
            is_nominal(self.upos(noun))
                && uses.iter().any(|&usage| self.speech.is(usage, self.sentence, noun))
        };
        let in_it = |kid: &usize| {
            matches!(self.relation(*kid), Relation::Obl | Relation::Nmod)
                && holds(*kid, &[Use::Medium, Use::Voice, Use::Noun])
        };
        self.kids(verb).iter().copied().find(in_it).or_else(|| {
            let described = matches!(self.relation(verb), Relation::AclRelcl | Relation::Acl);
            let noun = self.head(verb).filter(|_| described)?;
            // `people believed to be …`, `officials who are said to …` are not those who believe or say it.
            let subject = self.kid(verb, &[Relation::Nsubj, Relation::NsubjPass]);
            let told_of = match subject {
                Some(subject) => self.antecedent(subject, verb) != Some(subject),
                None => self.relation(verb) == Relation::Acl,
            };
            // The tree may hang the clause on the owner: `ein Dokument der Regierung, in dem es heißt`.
            std::iter::successors(Some(noun), |&noun| {
                self.head(noun).filter(|_| self.relation(noun) == Relation::Nmod)
            })
            .take(3)
            .find(|&noun| holds(noun, &[Use::Medium, Use::Noun]) || !told_of && holds(noun, &[Use::Voice]))
        })
    }

    /// The speaker of a passive verb: `by X`, or the document it stands in.
    pub(super) fn agent(&self, verb: usize) -> Option<usize> {
        self.kid(verb, &[Relation::OblAgent]).or_else(|| {
            self.kids(verb).iter().copied().find(|&kid| {
                self.relation(kid) == Relation::Obl
                    && (self.speech.is(Use::Voice, self.sentence, kid)
                        || self.speech.is(Use::Medium, self.sentence, kid))
                    && self.speech.is(Use::Voice, self.sentence, kid)
            })
        })
    }

    /// A statement does not speak; who makes it does: `Kyiv issued a statement saying`.
    fn through_noun(&self, subject: usize, verb: usize) -> usize {
        let medium = self.speech.is(Use::Medium, self.sentence, subject)
            || self.speech.is(Use::Noun, self.sentence, subject);
        if medium
            && !self.speech.is(Use::Voice, self.sentence, subject)
            && self.owner(subject).is_none()
            && self.relation(verb) == Relation::Acl
            && matches!(self.relation(subject), Relation::Obj | Relation::Obl)
            && let Some(maker) = self.head(subject).and_then(|governor| self.subject(governor))
        {
            return maker;
        }
        subject
    }

    /// Who makes a claim: its owner, or the subject of the verb that governs the noun.
    fn speaker_of_noun(&self, noun: usize) -> Option<usize> {
        if let Some(owner) = self.owner(noun) {
            return Some(owner);
        }
        // `Paris is of the opinion that`
        if self.kid(noun, &[Relation::Cop]).is_some() {
            return self.kid(noun, &[Relation::Nsubj]).filter(|&subject| self.can_speak(subject));
        }
        let governor = self.head(noun)?;
        if !matches!(self.relation(noun), Relation::Obj | Relation::Obl | Relation::Xcomp) {
            return None;
        }
        self.subject(governor).filter(|&subject| subject != noun && self.can_speak(subject))
    }

    fn source(&self, cue: &Cue) -> Option<usize> {
        let last = *cue.words.last()?;
        // The cue may end in the noun that its speaker hangs on, or in a word that hangs on its speaker.
        let noun = self
            .head(last)
            .filter(|&head| head > last && is_nominal(self.upos(head)) && head < last + 12)
            .filter(|_| matches!(self.relation(last), Relation::Case | Relation::Fixed | Relation::Mark));
        noun.or_else(|| self.nominal_after(last))
    }

    fn source_after(&self, cue: &Cue) -> Option<usize> {
        let first = *cue.words.first()?;
        self.head(first)
            .filter(|&head| {
                head < first && is_nominal(self.upos(head)) && self.relation(first) == Relation::Case
            })
            .or_else(|| self.nominal_before(first))
    }
}
