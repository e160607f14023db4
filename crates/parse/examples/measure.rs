//! Measures the parser against treebanks and against the reference that `training/reference.py` writes.
//!
//! ```text
//! measure agreement REFERENCE.json…   how far heads, tags and names are those of the reference
//! measure words FILE.conllu…          scores with the treebank's words and sentences, and the speed
//! measure text FILE.conllu…           words, sentences and scores from the treebank's raw text
//! measure show LANGUAGE FILE          a text file as CoNLL-U
//! ```
//!
//! Before these, `--fast` reads with the lower layers alone, and `--model FILE` with another model than the program's,
//! and `--tables FOLDER` with the tables of a folder laid over those inside.
#![expect(clippy::print_stdout, reason = "a tool for people")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use chancery_core::{Block, BlockKind, Document, Metadata, Relation, Sentence, Text, Word};
use chancery_kernels::Processor;
use chancery_parse::{Parser, Tier};
use serde::Deserialize;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let fast = arguments.first().is_some_and(|argument| argument == "--fast");
    arguments.drain(..usize::from(fast));
    let model: Option<&[u8]> = match arguments.as_slice() {
        [option, file, ..] if option == "--model" => Some(std::fs::read(file)?.leak()),
        _ => None,
    };
    arguments.drain(..if model.is_some() { 2 } else { 0 });
    if let [option, folder, ..] = arguments.as_slice()
        && option == "--tables"
    {
        chancery_tables::lay_over(std::path::Path::new(folder))?;
        arguments.drain(..2);
    }
    let started = Instant::now();
    let parser = model.map_or_else(Parser::load, Parser::read)?.with_threads(std::num::NonZeroUsize::MIN);
    let parser = if fast { parser.with_tier(Tier::Fast) } else { parser };
    println!("{}, loaded in {} ms", Processor::detect().name(), started.elapsed().as_millis());
    let done = match arguments.split_first() {
        Some((what, files)) if what == "agreement" => {
            files.iter().try_for_each(|file| agreement(&parser, file))
        }
        Some((what, files)) if what == "words" => files.iter().try_for_each(|file| words(&parser, file)),
        Some((what, files)) if what == "text" => files.iter().try_for_each(|file| raw(&parser, file)),
        Some((what, [language, file])) if what == "show" => show(&parser, language, file),
        _ => Err("see the head of the file for how to call it".into()),
    };
    if let Some(memory) = most_memory() {
        println!("most memory: {memory}");
    }
    done
}

/// The most memory that was held at a time, the model's file included; `None` where the system does not say.
fn most_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|memory| memory.trim().to_owned())
}

/// A sentence of the reference.
#[derive(Deserialize)]
struct Reference {
    language: String,
    words: Vec<String>,
    space: Vec<bool>,
    upos: Vec<String>,
    heads: Vec<usize>,
    relations: Vec<String>,
    names: Vec<String>,
    features: Vec<String>,
}

fn agreement(parser: &Parser, file: &str) -> Result<(), Failure> {
    let sentences: Vec<Reference> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let language = sentences.first().map_or("", |sentence| sentence.language.as_str()).to_owned();
    let given: Vec<_> = sentences
        .iter()
        .map(|sentence| sentence.words.iter().cloned().zip(sentence.space.iter().copied()).collect())
        .collect();
    let (_, analysis) = parser.parse_words(&given, &language);
    let mut counts = [0usize; 6];
    for (reference, sentence) in sentences.iter().zip(&analysis.sentences) {
        for (index, word) in sentence.words.iter().enumerate() {
            let same = [
                true,
                reference.upos.get(index).is_some_and(|upos| upos == word.upos.as_str()),
                reference.heads.get(index) == Some(&word.head.map_or(0, |head| head + 1)),
                reference.relations.get(index).is_some_and(|relation| relation == word.relation.as_str()),
                reference.names.get(index).is_some_and(|name| *name == name_of(word.name)),
                reference.features.get(index).is_some_and(|features| features == word.features.as_str()),
            ];
            for (count, same) in counts.iter_mut().zip(same) {
                *count += usize::from(same);
            }
        }
    }
    let [all, rest @ ..] = counts;
    let [upos, heads, relations, names, features] =
        rest.map(|count| 100.0 * count as f64 / all.max(1) as f64);
    println!(
        "{file}: {all} words, agreement upos {upos:.3} heads {heads:.3} relations {relations:.3} names {names:.3} \
         features {features:.3}"
    );
    Ok(())
}

fn name_of(name: Option<chancery_core::NameTag>) -> String {
    name.map_or_else(
        || "O".to_owned(),
        |name| format!("{}-{}", if name.begins { "B" } else { "I" }, name.kind),
    )
}

/// A sentence of a treebank: its surface words, and what it says of them where they are not fused.
struct Gold {
    language: String,
    /// Whether a paragraph or a document begins with it.
    opens: bool,
    text: String,
    words: Vec<GoldWord>,
    /// Of each word where it, or the fused word that it is a part of, stands in the text.
    spans: Vec<Span>,
}

type Span = (usize, usize);

struct GoldWord {
    form: String,
    space: bool,
    upos: String,
    lemma: String,
    head: usize,
    relation: String,
    name: Option<String>,
}

fn read(file: &str) -> Result<Vec<Gold>, Failure> {
    let language = std::path::Path::new(file).file_name().and_then(|name| name.to_str());
    let language = language.and_then(|name| name.get(..2)).unwrap_or_default().to_owned();
    let mut sentences = Vec::new();
    for block in std::fs::read_to_string(file)?.split("\n\n") {
        let rows: Vec<Vec<&str>> =
            block.lines().filter(|line| line.contains('\t')).map(|line| line.split('\t').collect()).collect();
        let mut words = Vec::new();
        let mut text = String::new();
        let mut spans = Vec::new();
        let mut span = (0, 0);
        let mut space = true;
        let mut fused_until = 0;
        for row in &rows {
            let [id, form, lemma, upos, _, _, head, relation, _, misc] = row.as_slice() else { continue };
            let after = !misc.contains("SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                fused_until = last.parse()?;
                span = (text.len(), text.len() + form.len());
                text.push_str(form);
                text.push_str(if after { " " } else { "" });
            }
            let Ok(id) = id.parse::<usize>() else { continue };
            let fused = id <= fused_until;
            words.push(GoldWord {
                form: (*form).to_owned(),
                space: space && language != "zh",
                upos: (*upos).to_owned(),
                lemma: (*lemma).to_owned(),
                head: head.parse().unwrap_or(0),
                relation: relation.split(':').next().unwrap_or_default().to_owned(),
                name: misc.split('|').find_map(|part| part.strip_prefix("NER=")).map(str::to_owned),
            });
            space = after || (fused && id == fused_until);
            if !fused {
                span = (text.len(), text.len() + form.len());
                text.push_str(form);
                text.push_str(if after { " " } else { "" });
            }
            spans.push(span);
        }
        if !words.is_empty() {
            let opens =
                block.lines().any(|line| line.starts_with("# newpar") || line.starts_with("# newdoc"));
            sentences.push(Gold { language: language.clone(), opens, text, words, spans });
        }
    }
    Ok(sentences)
}

/// Counts that agree, of those given and those found.
#[derive(Default)]
struct Score {
    both: usize,
    gold: usize,
    found: usize,
}

impl Score {
    fn percent(&self) -> f64 {
        200.0 * self.both as f64 / (self.gold + self.found).max(1) as f64
    }
}

fn names(tags: impl Iterator<Item = String>) -> BTreeSet<(usize, usize, String)> {
    let mut found = BTreeSet::new();
    let mut open: Option<(usize, String)> = None;
    for (index, tag) in tags.chain(["O".to_owned()]).enumerate() {
        let kind = tag.get(2..).unwrap_or_default();
        if open.as_ref().is_some_and(|(_, known)| !tag.starts_with('I') || known != kind)
            && let Some((start, known)) = open.take()
        {
            found.insert((start, index, known));
        }
        if tag != "O" && open.is_none() {
            open = Some((index, kind.to_owned()));
        }
    }
    found
}

fn words(parser: &Parser, file: &str) -> Result<(), Failure> {
    let gold = read(file)?;
    let language = gold.first().map_or("", |sentence| sentence.language.as_str()).to_owned();
    let given: Vec<_> = gold
        .iter()
        .map(|sentence| sentence.words.iter().map(|word| (word.form.clone(), word.space)).collect())
        .collect();
    let started = Instant::now();
    let (_, analysis) = parser.parse_words(&given, &language);
    let seconds = started.elapsed().as_secs_f64();
    let [mut all, mut upos, mut uas, mut las, mut lemmas] = [0usize; 5];
    let mut named = Score::default();
    for (gold, sentence) in gold.iter().zip(&analysis.sentences) {
        for (known, word) in gold.words.iter().zip(&sentence.words) {
            let head = word.head.map_or(0, |head| head + 1) == known.head;
            all += 1;
            upos += usize::from(word.upos.as_str() == known.upos);
            uas += usize::from(head);
            las += usize::from(head && universal(word.relation) == known.relation);
            lemmas += usize::from(word.lemma.to_lowercase() == known.lemma.to_lowercase());
        }
        if gold.words.iter().all(|word| word.name.is_some()) {
            let known = names(gold.words.iter().map(|word| word.name.clone().unwrap_or_default()));
            let known =
                known.into_iter().filter(|(_, _, kind)| matches!(kind.as_str(), "PER" | "ORG" | "LOC"));
            let known: BTreeSet<_> = known.collect();
            let found = names(sentence.words.iter().map(|word| name_of(word.name)));
            named.both += known.intersection(&found).count();
            named.gold += known.len();
            named.found += found.len();
        }
    }
    let percent = |count: usize| 100.0 * count as f64 / all.max(1) as f64;
    println!(
        "{file}: {all} words, {:.0} words/s; UPOS {:.2} UAS {:.2} LAS {:.2} lemmas {:.2} names {:.1}",
        all as f64 / seconds,
        percent(upos),
        percent(uas),
        percent(las),
        percent(lemmas),
        named.percent(),
    );
    Ok(())
}

fn universal(relation: Relation) -> &'static str {
    relation.as_str().split(':').next().unwrap_or_default()
}

/// A word by its place; the parts of fused words by that of the whole, their form, and which of that form they are.
type Key = (Span, String, usize);

/// What is compared of a text's words.
#[derive(Default)]
struct Words {
    all: BTreeSet<Key>,
    upos: BTreeSet<(Key, String)>,
    lemmas: BTreeSet<(Key, String)>,
    heads: BTreeSet<(Key, Option<Key>)>,
    relations: BTreeSet<(Key, Option<Key>, String)>,
}

impl Words {
    fn add(&mut self, keys: &[Key], words: &[GoldWord]) {
        for (key, word) in keys.iter().zip(words) {
            let head = word.head.checked_sub(1).and_then(|head| keys.get(head)).cloned();
            self.all.insert(key.clone());
            self.upos.insert((key.clone(), word.upos.clone()));
            self.lemmas.insert((key.clone(), word.lemma.to_lowercase()));
            self.heads.insert((key.clone(), head.clone()));
            self.relations.insert((key.clone(), head, word.relation.clone()));
        }
    }
}

/// The keys of words, of which some stand in `regions`, the places of fused words.
fn keys(spans: &[Span], words: &[GoldWord], regions: &BTreeSet<Span>) -> Vec<Key> {
    let mut seen = BTreeMap::new();
    spans
        .iter()
        .zip(words)
        .map(|(span, word)| {
            let before = regions.range(..=(span.0, usize::MAX)).next_back();
            let Some(region) = before.filter(|region| span.1 <= region.1) else {
                return (*span, String::new(), 0);
            };
            let form = word.form.to_lowercase();
            let count = seen.entry((*region, form.clone())).or_insert(0);
            *count += 1;
            (*region, form, *count)
        })
        .collect()
}

/// The spans that several words in a row share.
fn shared(spans: &[Span]) -> impl Iterator<Item = Span> + '_ {
    spans
        .windows(2)
        .filter_map(|pair| matches!(pair, [one, other] if one == other).then(|| pair.first().copied())?)
}

fn as_gold(sentence: &Sentence) -> (Vec<Span>, Vec<GoldWord>) {
    let word = |word: &Word| GoldWord {
        form: word.form.clone(),
        space: false,
        upos: word.upos.as_str().to_owned(),
        lemma: word.lemma.clone(),
        head: word.head.map_or(0, |head| head + 1),
        relation: universal(word.relation).to_owned(),
        name: None,
    };
    let spans = sentence.words.iter().map(|word| (word.span.start(), word.span.end())).collect();
    (spans, sentence.words.iter().map(word).collect())
}

/// The sentences of a treebank by paragraphs; where it does not tell them, twenty at a time.
fn paragraphs(gold: &[Gold]) -> Vec<&[Gold]> {
    if gold.iter().skip(1).any(|sentence| sentence.opens) {
        gold.chunk_by(|_, next| !next.opens).collect()
    } else {
        gold.chunks(20).collect()
    }
}

/// Sentences of a treebank read as raw text, a paragraph at a time. Words are compared by place, and the parts of
/// fused words by their forms within it.
fn raw(parser: &Parser, file: &str) -> Result<(), Failure> {
    let gold = read(file)?;
    let language = gold.first().map_or("", |sentence| sentence.language.as_str()).to_owned();
    let mut scores: [Score; 6] = Default::default();
    for paragraph in paragraphs(&gold) {
        let mut text = String::new();
        let mut known = Vec::new();
        let mut known_ends = BTreeSet::new();
        for sentence in paragraph {
            let at = text.len();
            text.push_str(sentence.text.trim_end());
            known.push(sentence.spans.iter().map(|(start, end)| (at + start, at + end)).collect::<Vec<_>>());
            known_ends.insert(text.len());
            text.push_str(if sentence.language == "zh" { "" } else { " " });
        }
        let text = Text::new(&text);
        let analysis = parser.parse_text(&text, text.whole(), &language).value;
        let found: Vec<_> = parser.split_fused(&analysis, &language)?.sentences.iter().map(as_gold).collect();
        let regions: BTreeSet<Span> = known
            .iter()
            .chain(found.iter().map(|(spans, _)| spans))
            .flat_map(|spans| shared(spans))
            .collect();
        let (mut known_words, mut found_words) = (Words::default(), Words::default());
        for (spans, sentence) in known.iter().zip(paragraph) {
            known_words.add(&keys(spans, &sentence.words, &regions), &sentence.words);
        }
        for (spans, words) in &found {
            found_words.add(&keys(spans, words, &regions), words);
        }
        let found_ends: BTreeSet<_> = analysis.sentences.iter().map(|sentence| sentence.span.end()).collect();
        let [words, sentences, upos, lemmas, heads, relations] = &mut scores;
        add(words, &known_words.all, &found_words.all);
        add(sentences, &known_ends, &found_ends);
        add(upos, &known_words.upos, &found_words.upos);
        add(lemmas, &known_words.lemmas, &found_words.lemmas);
        add(heads, &known_words.heads, &found_words.heads);
        add(relations, &known_words.relations, &found_words.relations);
        if std::env::var_os("SHOW").is_some() {
            show_differences(&text, &known_words, &found_words);
            show_ends(&text, &known_ends, &found_ends);
        }
    }
    let [words, sentences, upos, lemmas, heads, relations] = scores.map(|score| score.percent());
    println!(
        "{file}: F of words {words:.2}, sentences {sentences:.2}, UPOS {upos:.2}, lemmas {lemmas:.2}, \
         UAS {heads:.2}, LAS {relations:.2}"
    );
    Ok(())
}

fn show_differences(text: &Text, known: &Words, found: &Words) {
    let slice = |((start, end), form, _): &Key| {
        format!("{}={form}", text.as_str().get(*start..*end).unwrap_or_default())
    };
    let missed: Vec<_> = known.all.difference(&found.all).map(slice).collect();
    let wrong: Vec<_> = found.all.difference(&known.all).map(slice).collect();
    println!("missed {missed:?}\nwrong {wrong:?}");
}

fn show_ends(text: &Text, known: &BTreeSet<usize>, found: &BTreeSet<usize>) {
    for end in known.symmetric_difference(found) {
        let near = |offset: usize| offset + 30 > *end && offset < end + 25;
        let around: String =
            text.as_str().char_indices().filter(|(offset, _)| near(*offset)).map(|(_, c)| c).collect();
        println!("{} {around}", if known.contains(end) { "unsplit" } else { "oversplit" });
    }
}

fn add<T: Ord>(score: &mut Score, known: &BTreeSet<T>, found: &BTreeSet<T>) {
    score.both += known.intersection(found).count();
    score.gold += known.len();
    score.found += found.len();
}

fn show(parser: &Parser, language: &str, file: &str) -> Result<(), Failure> {
    let text = Text::new(&std::fs::read_to_string(file)?);
    let blocks = text.lines().filter(|line| !text.trim(*line).is_empty());
    let blocks = blocks.map(|span| Block { kind: BlockKind::Paragraph, span }).collect();
    let metadata = Metadata { language: Some(language.to_owned()), ..Metadata::default() };
    let document = Document { name: file.to_owned(), text, metadata, blocks };
    let started = Instant::now();
    let staged = parser.parse(&document);
    let seconds = started.elapsed().as_secs_f64();
    let mut out = String::new();
    chancery_parse::write_conllu(&document, &parser.split_fused(&staged.value, language)?, &mut out)?;
    let count: usize = staged.value.sentences.iter().map(|sentence| sentence.words.len()).sum();
    println!("{out}\n# {count} words in {seconds:.2} s; notices {:?}", staged.notices);
    Ok(())
}
