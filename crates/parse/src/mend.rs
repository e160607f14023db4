//! Sets right what trees often have wrong and word order or the words' own forms tell: whose object a noun before a
//! clause is, which of two subjects is an object. What word classes of a language tell besides, `code` sets right.

use chancery_core::{Features, Relation, Upos, Word};

use crate::datelines::dateline;
use crate::lemmas::Lemmas;

/// Sets right the ties of a sentence's words.
pub(crate) fn mend(words: &mut [Word], lemmas: &Lemmas) {
    mend_dateline(words);
    mend_verb_as_adposition(words);
    for auxiliary in 0..words.len() {
        if let Some(supine) = hidden_supine(words, auxiliary, lemmas) {
            if let Some(word) = words.get_mut(supine) {
                word.upos = Upos::Verb;
                word.features = Features::new("VerbForm=Sup|Voice=Act".into());
            }
            exchange(words, auxiliary, supine);
        }
        mend_finite_auxiliary(words, auxiliary);
        mend_lent(words, auxiliary);
        mend_adposition(words, auxiliary);
    }
    for clause in 0..words.len() {
        if let Some((verb, noun, relation)) = misplaced(words, clause) {
            tie(words, noun, verb, relation);
        }
    }
    for verb in 0..words.len() {
        if words.get(verb).is_none_or(|word| word.upos != Upos::Verb) {
            continue;
        }
        if children(words, verb, &[Relation::Obj]).next().is_none()
            && let Some(object) = second_subject(words, verb)
        {
            tie(words, object, verb, Relation::Obj);
        }
        mend_auxiliary(words, verb);
        mend_supine(words, verb);
        mend_two_objects(words, verb);
    }
}

/// `OSLO (Agency) - Iran supplied drones`: where a report was written is no part of its first sentence, and what the
/// tree hangs on it from there belongs where the place was taken to stand.
fn mend_dateline(words: &mut [Word]) {
    let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
    let Some(end) = dateline(&forms).map(|found| found.words).or_else(|| place_and_dash(words)) else {
        return;
    };
    let Some(root) = words.iter().position(|word| word.head.is_none()).filter(|&root| root >= end) else {
        return;
    };
    let ties: Vec<_> = words.iter().map(|word| (word.head, word.relation)).collect();
    let outside = |mut at: usize| {
        for _ in 0..end {
            match ties.get(at).copied()? {
                (Some(head), _) if head < end => at = head,
                (Some(head), relation) => return Some((head, relation)),
                (None, _) => return None,
            }
        }
        None
    };
    for (at, (head, _)) in ties.iter().enumerate().skip(end) {
        if let Some(head) = head.filter(|&head| head < end)
            && let Some((above, relation)) = outside(head).filter(|&(above, _)| above != at)
        {
            tie(words, at, above, relation);
        }
    }
    for (at, (head, relation)) in ties.iter().enumerate().take(end) {
        if head.is_some_and(|head| head >= end) && *relation != Relation::Punct {
            tie(words, at, root, Relation::Dep);
        }
    }
}

/// Swedish `utvisade på fredagen Perus ambassadör`: an adposition marks the phrase right behind it and none beyond; what
/// it was taken to mark is the object, where the verb has a subject and no object.
fn mend_adposition(words: &mut [Word], mark: usize) {
    let Some(word) = words.get(mark) else { return };
    let is_mark = word.upos == Upos::Adp && word.relation == Relation::Case;
    let Some(far) = word.head.filter(|&far| is_mark && mark + 1 < far) else { return };
    let Some(verb) = words.get(far).and_then(|word| word.head).filter(|&verb| verb < mark) else { return };
    let near = children(words, verb, &[Relation::Obl, Relation::Nmod]).find(|&near| {
        (mark + 1..far).contains(&near) && is_bare_noun(words, near) && edge(words, near, true) == mark + 1
    });
    let Some(near) = near else { return };
    tie(words, mark, near, Relation::Case);
    let is_active =
        !has(words, verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::Obj, Relation::Iobj]);
    if is_active
        && is(words, verb, &[Upos::Verb])
        && has(words, verb, &[Relation::Nsubj])
        && is_bare_noun(words, far)
        && words.get(far).is_some_and(|word| word.relation == Relation::Obl)
    {
        tie(words, far, verb, Relation::Obj);
    }
}

/// Swedish `EU inför tullar`: what is the root and has a subject and an object is a verb, and no adposition.
fn mend_verb_as_adposition(words: &mut [Word]) {
    let Some(root) = words.iter().position(|word| word.head.is_none() && word.upos == Upos::Adp) else {
        return;
    };
    let is_verb = has(words, root, &[Relation::Nsubj]) && has(words, root, &[Relation::Obj]);
    if let Some(word) = words.get_mut(root).filter(|_| is_verb) {
        word.upos = Upos::Verb;
    }
}

/// German `Wien – Der Minister …`, `Prag/Wien – …`: names and a dash before a sentence that has no other.
fn place_and_dash(words: &[Word]) -> Option<usize> {
    const MOST_NAMES: usize = 5;
    const SHORTEST_SENTENCE: usize = 6;
    let is_dash = |word: &Word| matches!(word.form.as_str(), "–" | "—");
    let end = words.iter().take(MOST_NAMES + 1).position(is_dash).filter(|&end| end > 0)?;
    let names = words.get(..end)?;
    let are_names = names.iter().all(|word| word.upos == Upos::Propn || word.form == "/");
    let sentence = words.get(end + 1..)?;
    let stops = sentence.last().is_some_and(|word| word.form == ".");
    (are_names && stops && sentence.len() > SHORTEST_SENTENCE && !sentence.iter().any(is_dash))
        .then_some(end + 1)
}

fn tie(words: &mut [Word], at: usize, head: usize, relation: Relation) {
    if let Some(word) = words.get_mut(at) {
        (word.head, word.relation) = (Some(head), relation);
    }
}

/// The words that hang on one by any of the relations.
fn children<'w>(words: &'w [Word], of: usize, relations: &'w [Relation]) -> impl Iterator<Item = usize> + 'w {
    let hangs = move |word: &Word| word.head == Some(of) && relations.contains(&word.relation);
    words.iter().enumerate().filter(move |(_, word)| hangs(word)).map(|(index, _)| index)
}

fn has(words: &[Word], at: usize, relations: &[Relation]) -> bool {
    children(words, at, relations).next().is_some()
}

fn is(words: &[Word], at: usize, any: &[Upos]) -> bool {
    words.get(at).is_some_and(|word| any.contains(&word.upos))
}

/// Whether a word is a noun that no adposition stands with.
fn is_bare_noun(words: &[Word], at: usize) -> bool {
    is(words, at, &[Upos::Noun, Upos::Propn]) && !has(words, at, &[Relation::Case])
}

/// For a noun that stands before the clause below a verb, and is taken for a part of that clause (`accused Beijing | of
/// hiding it`, `urged Israel | to open it`, `told the agency | the plan had failed`): the verb above, the noun, and as
/// what it is the verb's.
fn misplaced(words: &[Word], clause: usize) -> Option<(usize, usize, Relation)> {
    let below = words.get(clause)?;
    let verb = below.head.filter(|&verb| verb < clause)?;
    let is_clause = matches!(below.relation, Relation::Xcomp | Relation::Ccomp | Relation::Advcl);
    if !is_clause || words.get(verb)?.upos != Upos::Verb || has(words, verb, &[Relation::Obj, Relation::Iobj])
    {
        return None;
    }
    let noun = children(words, clause, &[Relation::Obj, Relation::Nsubj]).find(|&child| {
        verb < child && child < clause && is(words, child, &[Upos::Noun, Upos::Propn, Upos::Pron])
    })?;
    let (first, last) = (edge(words, noun, true), edge(words, noun, false));
    if first != verb + 1 {
        return None;
    }
    // Behind a mark that opens the clause stand its own words.
    let opens_after = children(words, clause, &[Relation::Mark]).any(|child| child == last + 1);
    let own = words.get(noun)?.relation;
    let second = last < clause && children(words, clause, &[own]).any(|child| child != noun);
    let relation = if below.relation == Relation::Ccomp { Relation::Iobj } else { Relation::Obj };
    (opens_after || second).then_some((verb, noun, relation))
}

/// Of two subjects of an active verb the one behind the verb is its object.
fn second_subject(words: &[Word], verb: usize) -> Option<usize> {
    if has(words, verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent]) {
        return None;
    }
    let subjects: Vec<usize> = children(words, verb, &[Relation::Nsubj])
        .filter(|&at| is(words, at, &[Upos::Noun, Upos::Propn]))
        .collect();
    let [_, .., second] = subjects.as_slice() else { return None };
    let parted = (verb..*second).any(|at| is(words, at, &[Upos::Punct]));
    // German `Norwegen wird Kenia helfen`: what stands inside the bracket of auxiliary and verb.
    let is_bracketed = *second < verb
        && subjects.first().is_some_and(|&first| {
            children(words, verb, &[Relation::Aux]).any(|at| first < at && at < *second)
        });
    (verb < *second && !parted || is_bracketed).then_some(*second)
}

/// German `wird … liefern`: an infinitive has no auxiliary of the passive.
fn mend_auxiliary(words: &mut [Word], verb: usize) {
    if words.get(verb).is_some_and(|word| word.features.has("VerbForm", "Inf")) {
        for word in
            words.iter_mut().filter(|word| word.head == Some(verb) && word.relation == Relation::AuxPass)
        {
            word.relation = Relation::Aux;
        }
    }
}

/// Swedish `ska ha bombat`: a supine is no particle of its auxiliary, but the verb.
fn mend_supine(words: &mut [Word], verb: usize) {
    let Some(word) = words.get(verb) else { return };
    let Some(auxiliary) = word.head.filter(|_| word.relation == Relation::CompoundPrt) else { return };
    if !word.features.has("VerbForm", "Sup") || !is(words, auxiliary, &[Upos::Verb, Upos::Aux]) {
        return;
    }
    exchange(words, auxiliary, verb);
}

/// Makes a word the verb that an auxiliary above it was taken for.
fn exchange(words: &mut [Word], auxiliary: usize, verb: usize) {
    let above = words.get(auxiliary).map(|word| (word.head, word.relation));
    for word in words.iter_mut().filter(|word| word.head == Some(auxiliary)) {
        word.head = Some(verb);
    }
    if let (Some(word), Some((head, relation))) = (words.get_mut(verb), above) {
        (word.head, word.relation) = (head, relation);
    }
    if let Some(word) = words.get_mut(auxiliary) {
        (word.head, word.relation, word.upos) = (Some(verb), Relation::Aux, Upos::Aux);
    }
}

/// Swedish `har bombat hamnen`, `har attackerat byar`: what looks like a supine behind an auxiliary of the perfect that
/// was taken for the verb, with another object behind it that it does not agree with, is the verb.
fn hidden_supine(words: &[Word], auxiliary: usize, lemmas: &Lemmas) -> Option<usize> {
    let verb = words.get(auxiliary)?;
    let is_had = verb.upos == Upos::Verb && lemmas.is_perfect(&verb.form.to_lowercase());
    if !is_had || !has(words, auxiliary, &[Relation::Nsubj]) {
        return None;
    }
    let is_supine = |word: &Word| word.features.has("VerbForm", "Sup") && word.head == Some(auxiliary);
    if words.iter().any(is_supine) {
        return None;
    }
    let things = [Relation::Obj, Relation::Obl, Relation::CompoundPrt, Relation::Xcomp];
    let own =
        [Relation::Det, Relation::Case, Relation::Amod, Relation::Nummod, Relation::Nmod, Relation::Flat];
    let object = |after: usize| {
        children(words, auxiliary, &[Relation::Obj]).find(|&object| {
            after < object
                && !has(words, object, &[Relation::Case])
                && (after..object).all(|at| !is(words, at, &[Upos::Punct, Upos::Cconj]))
        })
    };
    (auxiliary + 1..words.len()).find(|&at| {
        let Some(word) = words.get(at) else { return false };
        let looks = lemmas.is_like_supine(&word.form) && word.form.starts_with(char::is_lowercase);
        match (word.upos, word.head) {
            (Upos::Noun, Some(head)) => {
                looks
                    && head == auxiliary
                    && things.contains(&word.relation)
                    && !has(words, at, &own)
                    && object(at).is_some()
            }
            (Upos::Adj, Some(noun)) => {
                let disagrees = words.get(noun).is_some_and(|noun| {
                    noun.upos == Upos::Noun
                        && (noun.features.has("Number", "Plur") || noun.features.has("Definite", "Def"))
                });
                looks
                    && word.relation == Relation::Amod
                    && word.features.has("VerbForm", "Part")
                    && disagrees
                    && at < noun
                    && object(at) == Some(noun)
            }
            _ => false,
        }
    })
}

/// Swedish `Norge hotar Gabun, säger ministern`: a finite verb before a comma is no auxiliary of the finite verb of
/// saying behind it, and has the subject that stands before it.
fn mend_finite_auxiliary(words: &mut [Word], at: usize) {
    let is_finite = |at: usize| {
        words.get(at).is_some_and(|word| word.upos == Upos::Verb && word.features.has("VerbForm", "Fin"))
    };
    let Some(head) = words.get(at).filter(|word| word.relation == Relation::Aux).and_then(|word| word.head)
    else {
        return;
    };
    let is_parted = at < head && head.checked_sub(1).is_some_and(|comma| is(words, comma, &[Upos::Punct]));
    if !is_parted || !is_finite(at) || !is_finite(head) {
        return;
    }
    let subject = children(words, head, &[Relation::Nsubj]).find(|&subject| subject < at);
    tie(words, at, head, Relation::Ccomp);
    if let Some(subject) = subject.filter(|_| !has(words, at, &[Relation::Nsubj])) {
        tie(words, subject, at, Relation::Nsubj);
        let speaker = children(words, head, &[Relation::Obj]).find(|&object| object == head + 1);
        if let Some(speaker) = speaker.filter(|_| !has(words, head, &[Relation::Nsubj])) {
            tie(words, speaker, head, Relation::Nsubj);
        }
    }
}

/// Swedish `har lovat stöd`: what hangs on an auxiliary or a copula is its verb's, or said with what it says.
fn mend_lent(words: &mut [Word], at: usize) {
    let lent = [
        Relation::Nsubj,
        Relation::NsubjPass,
        Relation::Obj,
        Relation::Iobj,
        Relation::Obl,
        Relation::Ccomp,
        Relation::Xcomp,
        Relation::Advcl,
    ];
    let Some(word) = words.get(at) else { return };
    let Some(head) = word.head.filter(|&head| at < head) else { return };
    let is_small = match word.relation {
        Relation::Aux => words
            .get(head)
            .is_some_and(|verb| verb.upos == Upos::Verb && !verb.features.has("VerbForm", "Fin")),
        Relation::Cop => true,
        _ => false,
    };
    if !is_small || word.upos == Upos::Verb && word.relation == Relation::Cop {
        return;
    }
    let subjects = [Relation::Nsubj, Relation::NsubjPass];
    let has_subject = has(words, head, &subjects);
    let moved: Vec<usize> = children(words, at, &lent).collect();
    for child in moved {
        let Some(relation) = words.get(child).map(|word| word.relation) else { continue };
        if !(has_subject && subjects.contains(&relation)) {
            tie(words, child, head, relation);
        }
    }
}

/// Of two objects of a verb without a subject the one in the nominative is its subject.
fn mend_two_objects(words: &mut [Word], verb: usize) {
    let subjects = [Relation::AuxPass, Relation::Nsubj, Relation::NsubjPass, Relation::Csubj];
    if has(words, verb, &subjects) {
        return;
    }
    let objects: Vec<usize> =
        children(words, verb, &[Relation::Obj]).filter(|&at| is_bare_noun(words, at)).collect();
    let in_case = |case: &str| {
        objects.iter().copied().find(|&at| words.get(at).is_some_and(|word| word.features.has("Case", case)))
    };
    if let (Some(subject), Some(_)) = (in_case("Nom"), in_case("Acc")) {
        tie(words, subject, verb, Relation::Nsubj);
    }
}

/// The first or last word at and below a word.
fn edge(words: &[Word], top: usize, first: bool) -> usize {
    let below = words.iter().enumerate().filter(|(index, _)| {
        let mut at = *index;
        for _ in 0..words.len() {
            if at == top {
                return true;
            }
            match words.get(at).and_then(|word| word.head) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    });
    let indices = below.map(|(index, _)| index);
    if first { indices.min() } else { indices.max() }.unwrap_or(top)
}
