use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chancery_core::{
    ActOdds, Analysis, Document, Notice, NoticeCode, Sentence, Span, Staged, TellingOdds, Text, Word,
};
use chancery_kernels::{Processor, Quantised};

use crate::acts::Acts;
use crate::capitals::spelled;
use crate::drafts::{Draft, Sentences, batches};
use crate::encoder::{Encoder, Workspace};
use crate::exit::Exit;
use crate::fused::{Evidence, Fused};
use crate::heads::Attachment;
use crate::known::Known;
use crate::lemmas::Lemmas;
use crate::mend::mend;
use crate::model::ModelFile;
use crate::opening_verbs::mend_opening_verb;
use crate::pieces::Pieces;
use crate::rules::Rules;
use crate::sentences::sentences;
use crate::state_participles::mend_state_participles;
use crate::tagger::Tags;
use crate::telling::Telling;
use crate::willing::mend_willing;
use crate::words::{Token, words};
use crate::{FusedError, ModelError, Tier};

static MODEL: &[u8] = include_bytes!("../../../models/encoder.bin");
static ACTS: &[u8] = include_bytes!("../../../models/acts.bin");
static TELLING: &[u8] = include_bytes!("../../../models/telling.bin");

/// The longest sentence that is read as one; the work on a tree grows with the square of its words.
const MOST_WORDS: usize = 160;
const MOST_PIECES: usize = 400;
/// More threads than this gain little on one document.
const MOST_THREADS: usize = 8;

/// Reads sentences, words, trees and names out of a document's news. Made once and shared by threads.
pub struct Parser {
    pieces: Pieces<'static>,
    start: u32,
    end: u32,
    encoder: Encoder<'static>,
    exits: Vec<Exit>,
    /// What reads acts at each exit; none for a model that is not the one in the binary.
    acts: Vec<Acts>,
    /// What reads at each exit how acts are told; likewise.
    telling: Vec<Telling>,
    /// Which of the exits is taken.
    exit: usize,
    known: Known,
    processor: Processor,
    /// Memory that no batch works in at the moment.
    spaces: Mutex<Vec<Workspace>>,
    languages: BTreeMap<&'static str, OnceLock<Language>>,
    /// For a language without tables.
    fallback: Language,
    threads: usize,
}

/// The tables of a language, read when its first text comes.
pub(crate) struct Language {
    rules: Rules,
    lemmas: Lemmas,
}

impl Language {
    fn of(code: &str) -> Self {
        Self { rules: Rules::of(code), lemmas: Lemmas::of(code) }
    }

    /// Makes verbs of the words that the language's rules list as such and the tagger takes for others.
    fn mend_verbs(&self, words: &mut [Word]) {
        let Rules { opening_verbs, participles, phrase_participles, willing, .. } = &self.rules;
        mend_opening_verb(words, opening_verbs);
        mend_state_participles(words, participles, phrase_participles);
        mend_willing(words, willing);
    }
}

/// What is read of a word.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    tags: Tags,
    place: Attachment,
    acts: Option<ActOdds>,
    telling: Option<TellingOdds>,
}

impl Parser {
    /// Unpacks the weights that stand in the binary.
    pub fn load() -> Result<Self, ModelError> {
        let mut parser = Self::read(MODEL)?;
        let acts = ModelFile::open(ACTS)?;
        let width = parser.encoder.width();
        parser.acts =
            parser.exits.iter().map(|exit| Acts::read(&acts, exit.tier, width)).collect::<Result<_, _>>()?;
        let telling = ModelFile::open(TELLING)?;
        parser.telling = parser
            .exits
            .iter()
            .map(|exit| Telling::read(&telling, exit.tier, width))
            .collect::<Result<_, _>>()?;
        Ok(parser)
    }

    /// Unpacks a model file, of the form that `models/README.md` describes.
    pub fn read(model: &'static [u8]) -> Result<Self, ModelError> {
        let model = ModelFile::open(model)?;
        let pieces = Pieces::read(&model)?;
        let encoder = Encoder::read(&model)?;
        if encoder.rows() != pieces.len() || encoder.longest() < MOST_PIECES + 2 {
            return Err(ModelError::Shape("word".to_owned()));
        }
        let exits = Exit::read_all(&model)?;
        Ok(Self {
            pieces,
            start: model.setting("piece.start")?,
            end: model.setting("piece.end")?,
            encoder,
            exit: exits.len() - 1,
            exits,
            acts: Vec::new(),
            telling: Vec::new(),
            known: Known::default(),
            processor: Processor::detect(),
            spaces: Mutex::default(),
            languages: chancery_tables::languages().into_iter().map(|code| (code, OnceLock::new())).collect(),
            fallback: Language::of(""),
            threads: std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS),
        })
    }

    /// Uses at most so many threads on one document; 1 where documents are read side by side. What is read
    /// does not depend on it.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = threads.get();
        self
    }

    /// Reads with so much of the encoder; with all of it where the model has no such place to stop.
    #[must_use]
    pub fn with_tier(mut self, tier: Tier) -> Self {
        let last = self.exits.len() - 1;
        self.exit = self.exits.iter().position(|exit| exit.tier == tier).unwrap_or(last);
        self.known = Known::default();
        self
    }

    /// Uses these instructions in place of the best that the processor has. What is read does not depend on it.
    #[must_use]
    pub fn with_processor(mut self, processor: Processor) -> Self {
        self.processor = processor;
        self
    }

    /// Forgets what was read of sentences, so that all are read anew. What is read does not depend on it.
    pub fn forget(&mut self) {
        self.known = Known::default();
    }

    /// How many multiply-adds the encoder's matrix products take for a text: what its speed can be held against.
    pub fn products(&self, text: &Text, span: Span, language: &str) -> u64 {
        let mut drafts = Vec::new();
        self.draft(text, span, 0, language, &mut drafts, &mut Vec::new());
        let pieces: usize = drafts.iter().map(Draft::size).sum();
        let layers = self.exits.get(self.exit).map_or(0, |exit| exit.layers);
        pieces as u64 * self.encoder.products_of_piece(layers)
    }

    /// Reads the blocks of a document that are news.
    pub fn parse(&self, document: &Document) -> Staged<Analysis> {
        let Staged { value: sentences, notices } = self.sentences(document);
        Staged { value: sentences.read(), notices }
    }

    /// Cuts the news of a document into sentences, without reading them: for who wants to read some of them alone.
    pub fn sentences<'a>(&'a self, document: &'a Document) -> Staged<Sentences<'a>> {
        let language = document.metadata.language.as_deref().unwrap_or_default();
        let mut drafts = Vec::new();
        let mut notices = Vec::new();
        for (index, block) in document.news() {
            self.draft(&document.text, block.span, index, language, &mut drafts, &mut notices);
        }
        Staged { value: Sentences { parser: self, text: &document.text, drafts }, notices }
    }

    /// Reads a stretch of a text as one block, number 0.
    pub fn parse_text(&self, text: &Text, span: Span, language: &str) -> Staged<Analysis> {
        let (mut drafts, mut notices) = (Vec::new(), Vec::new());
        self.draft(text, span, 0, language, &mut drafts, &mut notices);
        Staged { value: self.analyse(text, &drafts), notices }
    }

    /// Reads a stretch of a text as one block, and gives with it the vector of each of its words, from which the heads
    /// read: for training another head.
    pub fn vectors(&self, text: &Text, span: Span, language: &str) -> (Analysis, Vec<Vec<f32>>) {
        let (mut drafts, mut notices) = (Vec::new(), Vec::new());
        self.draft(text, span, 0, language, &mut drafts, &mut notices);
        let mut vectors = Vec::new();
        for draft in &drafts {
            let (rows, _) = self.vectors_of(&[draft]);
            vectors.extend(rows.chunks_exact(self.encoder.width()).map(<[f32]>::to_vec));
        }
        (self.analyse(text, &drafts), vectors)
    }

    /// Reads sentences whose words are given, as one text: each word with whether a space stands before it.
    /// For tests against treebanks, whose words need not be cut.
    pub fn parse_words(&self, sentences: &[Vec<(String, bool)>], language: &str) -> (Text, Analysis) {
        let language = self.language(language);
        let mut whole = String::new();
        let mut spans = Vec::new();
        for sentence in sentences {
            let mut ranges = Vec::new();
            for (form, space) in sentence {
                if *space {
                    whole.push(' ');
                }
                let start = whole.len();
                whole.push_str(form);
                ranges.push((start..whole.len(), *space));
            }
            whole.push('\n');
            spans.push(ranges);
        }
        let text = Text::new(&whole);
        let drafts: Vec<_> = spans
            .into_iter()
            .map(|ranges| {
                let span =
                    |(range, space): (Range<usize>, bool)| Some((text.span(range.start, range.end)?, space));
                let spans: Vec<_> = ranges.into_iter().filter_map(span).collect();
                let (words, names) = self.pieces_of(&text, &spans, language);
                Draft { block: 0, language, words, names }
            })
            .collect();
        let analysis = self.analyse(&text, &drafts);
        (text, analysis)
    }

    /// The analysis of a text of a language with its fused words taken apart, as CoNLL-U has them: the parts share the
    /// word's span. An error where the language's table of them cannot be used.
    pub fn split_fused(&self, analysis: &Analysis, language: &str) -> Result<Analysis, FusedError> {
        let fused = Fused::of(language)?;
        let language = self.language(language);
        let evidence = Evidence { pieces: &self.pieces, lemmas: &language.lemmas };
        let sentences = analysis.sentences.iter().map(|sentence| fused.split(sentence, &evidence));
        let sentences: Vec<Sentence> = sentences.collect();
        Ok(Analysis { sentences: if fused.again { self.read_again(sentences, language) } else { sentences } })
    }

    /// The sentences with what is read of their words as they are cut now.
    fn read_again(&self, mut sentences: Vec<Sentence>, language: &Language) -> Vec<Sentence> {
        let draft = |sentence: &Sentence| {
            let mut end = None;
            let words = sentence.words.iter().map(|word| {
                let space = end.is_none_or(|end| end < word.span.start()) && !language.rules.unspaced;
                let part = end == Some(word.span.end());
                end = Some(word.span.end());
                (word.span, self.pieces.of_word(&word.form, space && !part))
            });
            Draft { block: sentence.block, language, words: words.collect(), names: Vec::new() }
        };
        let drafts: Vec<_> = sentences.iter().map(draft).collect();
        let readings = self.readings(&drafts);
        for (sentence, readings) in sentences.iter_mut().zip(&readings) {
            for (word, Reading { tags, place, acts, telling }) in
                sentence.words.iter_mut().zip(readings.iter())
            {
                (word.acts, word.telling) = (*acts, *telling);
                word.lemma = language.lemmas.lemma(&word.form, tags.upos);
                (word.upos, word.features, word.name) = (tags.upos, tags.features.clone(), tags.name);
                (word.head, word.relation) = (place.head, place.relation);
            }
            language.mend_verbs(&mut sentence.words);
            mend(&mut sentence.words, &language.lemmas);
        }
        sentences
    }

    fn language(&self, code: &str) -> &Language {
        match self.languages.get_key_value(code) {
            Some((code, language)) => language.get_or_init(|| Language::of(code)),
            None => &self.fallback,
        }
    }

    /// Cuts a block into sentences and words.
    fn draft<'a>(
        &'a self,
        text: &Text,
        span: Span,
        block: usize,
        language: &str,
        drafts: &mut Vec<Draft<'a>>,
        notices: &mut Vec<Notice>,
    ) {
        let language = self.language(language);
        let part = text.slice(span);
        let tokens = words(part, &language.rules, &|run| {
            crate::han::cuts(run, &language.rules.words, &language.rules.glued)
        });
        for range in sentences(part, &tokens, &language.rules) {
            let spans: Vec<_> = tokens
                .get(range)
                .unwrap_or_default()
                .iter()
                .enumerate()
                .filter_map(|(place, token)| {
                    let Token { range, space, .. } = token;
                    let span = text.span(span.start() + range.start, span.start() + range.end)?;
                    Some((span, (*space || place == 0) && !language.rules.unspaced))
                })
                .collect();
            let (words, names) = self.pieces_of(text, &spans, language);
            let chunks = chunks(text, &words);
            if chunks.len() > 1
                && let (Some((first, _)), Some((last, _))) = (words.first(), words.last())
            {
                let note = format!("{} words, read in {} parts", words.len(), chunks.len());
                notices.push(Notice::new(NoticeCode::SentenceTooLong, first.cover(*last), note));
            }
            for chunk in chunks {
                let words = words.get(chunk.clone()).unwrap_or_default().to_vec();
                let names = names.get(chunk).unwrap_or_default().to_vec();
                drafts.push(Draft { block, language, words, names });
            }
        }
    }

    /// The pieces of a sentence's words, each with whether a space stands before it, and those that names are read
    /// from, where they are others.
    #[expect(clippy::type_complexity, reason = "the fields of a draft")]
    fn pieces_of(
        &self,
        text: &Text,
        spans: &[(Span, bool)],
        language: &Language,
    ) -> (Vec<(Span, Vec<u32>)>, Vec<Vec<u32>>) {
        let forms: Vec<&str> = spans.iter().map(|(span, _)| text.slice(*span)).collect();
        let spelled = spelled(&forms, |form| language.lemmas.lower(form));
        let (words, names) = spelled.map_or((None, None), |spelled| (Some(spelled.words), spelled.names));
        let pieces = |form: &str, space: bool| self.pieces.of_word(form, space);
        let forms: Vec<&str> =
            words.as_ref().map_or(forms, |words| words.iter().map(String::as_str).collect());
        let words = spans.iter().zip(forms).map(|((span, space), form)| (*span, pieces(form, *space)));
        let names = names.iter().flatten().zip(spans).map(|(form, (_, space))| pieces(form, *space));
        (words.collect(), names.collect())
    }

    pub(crate) fn analyse(&self, text: &Text, drafts: &[Draft<'_>]) -> Analysis {
        let readings = self.readings(drafts);
        let sentences = drafts.iter().zip(&readings);
        Analysis { sentences: sentences.filter_map(|(draft, read)| sentence(text, draft, read)).collect() }
    }

    /// What is read of each draft: its names from the pieces that names are read from.
    fn readings(&self, drafts: &[Draft<'_>]) -> Vec<Arc<[Reading]>> {
        let mut readings = self.readings_of(drafts);
        let named = || drafts.iter().enumerate().filter(|(_, draft)| !draft.names.is_empty());
        let as_named: Vec<_> = named().map(|(_, draft)| draft.as_named()).collect();
        for ((place, _), names) in named().zip(self.readings_of(&as_named)) {
            let Some(reading) = readings.get_mut(place) else { continue };
            let words = reading.iter().zip(names.iter()).map(|(word, named)| {
                let tags = Tags { name: named.tags.name, ..word.tags.clone() };
                Reading { tags, ..*word }
            });
            *reading = words.collect();
        }
        readings
    }

    /// What is read of each draft; of several with the same pieces one is read.
    fn readings_of(&self, drafts: &[Draft<'_>]) -> Vec<Arc<[Reading]>> {
        let keys: Vec<_> = drafts.iter().map(Draft::key).collect();
        let known = self.known.get(&keys);
        let mut places = HashMap::new();
        let mut unread = Vec::new();
        for ((draft, key), known) in drafts.iter().zip(&keys).zip(&known) {
            if known.is_none() {
                places.entry(key).or_insert_with(|| {
                    unread.push(draft);
                    unread.len() - 1
                });
            }
        }
        let read = self.read_all(&unread);
        self.known.add(unread.iter().map(|draft| draft.key()).zip(read.iter().cloned()));
        let found = keys.iter().zip(known).map(|(key, known)| {
            let place = || places.get(key).and_then(|place| read.get(*place)).cloned();
            known.or_else(place).unwrap_or_default()
        });
        found.collect()
    }

    /// Reads the drafts, a batch at a time, on several threads where there are several batches.
    fn read_all(&self, drafts: &[&Draft<'_>]) -> Vec<Arc<[Reading]>> {
        let batches = batches(drafts, self.threads);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let part = drafts.get(batch.clone()).unwrap_or_default();
                done.push((batch.start, self.read_batch(part)));
            }
            done
        };
        let threads = self.threads.min(batches.len());
        let mut parts = if threads < 2 {
            work()
        } else {
            std::thread::scope(|scope| {
                let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
                let mut parts = work();
                for other in others {
                    // A thread that stopped short would have stopped the program: nothing here unwinds.
                    parts.extend(other.join().unwrap_or_default());
                }
                parts
            })
        };
        parts.sort_by_key(|(start, _)| *start);
        parts.into_iter().flat_map(|(_, readings)| readings).collect()
    }

    /// Reads the words of the sentences of one batch.
    fn read_batch(&self, drafts: &[&Draft<'_>]) -> Vec<Arc<[Reading]>> {
        let Some(exit) = self.exits.get(self.exit) else { return Vec::new() };
        let (vectors, sentences) = self.vectors_of(drafts);
        let width = self.encoder.width();
        let acts = self.acts.get(self.exit).map(|acts| acts.apply(&vectors, &sentences, width));
        let mut acts = acts.into_iter().flatten();
        let telling = self.telling.get(self.exit).map(|telling| telling.apply(&vectors, &sentences, width));
        let mut telling = telling.into_iter().flatten();
        let mut words = Quantised::default();
        words.fill(self.processor, &vectors, width);
        let tags = exit.tagger.apply(self.processor, &words, &sentences);
        let places = exit.heads.apply(self.processor, &words, &sentences);
        let mut readings = tags.into_iter().zip(places).map(|(tags, place)| Reading {
            tags,
            place,
            acts: acts.next(),
            telling: telling.next(),
        });
        sentences.into_iter().map(|range| readings.by_ref().take(range.len()).collect()).collect()
    }

    /// The vector of each word of the sentences of one batch, and each sentence's range of them.
    fn vectors_of(&self, drafts: &[&Draft<'_>]) -> (Vec<f32>, Vec<Range<usize>>) {
        let mut pieces = Vec::new();
        let mut ranges = Vec::new();
        let mut word_pieces: Vec<Range<usize>> = Vec::new();
        let mut sentences = Vec::new();
        for draft in drafts {
            let (first_piece, first_word) = (pieces.len(), word_pieces.len());
            pieces.push(self.start);
            for (_, word) in &draft.words {
                word_pieces.push(pieces.len()..pieces.len() + word.len());
                pieces.extend(word);
            }
            pieces.push(self.end);
            ranges.push(first_piece..pieces.len());
            sentences.push(first_word..word_pieces.len());
        }
        let mix =
            self.exits.get(self.exit).map_or((0, &[][..]), |exit| (exit.layers, exit.shares.as_slice()));
        let mut space = self.spaces.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let vectors = self.encoder.encode(self.processor, &pieces, &ranges, mix, &mut space);
        let vectors = means(vectors, &word_pieces, self.encoder.width());
        self.spaces.lock().unwrap_or_else(PoisonError::into_inner).push(space);
        (vectors, sentences)
    }
}

/// The mean of each range of rows, each `width` wide.
fn means(rows: &[f32], ranges: &[Range<usize>], width: usize) -> Vec<f32> {
    let mut means = vec![0.0; ranges.len() * width];
    for (mean, range) in means.chunks_exact_mut(width).zip(ranges) {
        let rows = rows.get(range.start * width..range.end * width).unwrap_or_default();
        for row in rows.chunks_exact(width) {
            for (sum, value) in mean.iter_mut().zip(row) {
                *sum += value;
            }
        }
        let share = (range.len().max(1) as f32).recip();
        for value in mean {
            *value *= share;
        }
    }
    means
}

fn sentence(text: &Text, draft: &Draft<'_>, readings: &[Reading]) -> Option<Sentence> {
    let (first, last) = (draft.words.first()?.0, draft.words.last()?.0);
    let words = draft.words.iter().zip(readings).map(|((span, _), reading)| {
        let form = text.slice(*span);
        Word {
            span: *span,
            form: form.to_owned(),
            lemma: draft.language.lemmas.lemma(form, reading.tags.upos),
            upos: reading.tags.upos,
            features: reading.tags.features.clone(),
            head: reading.place.head,
            relation: reading.place.relation,
            name: reading.tags.name,
            acts: reading.acts,
            telling: reading.telling,
        }
    });
    let mut words: Vec<Word> = words.collect();
    draft.language.mend_verbs(&mut words);
    mend(&mut words, &draft.language.lemmas);
    for (word, reading) in words.iter_mut().zip(readings) {
        if word.upos != reading.tags.upos {
            word.lemma = draft.language.lemmas.lemma(&word.form, word.upos);
        }
    }
    Some(Sentence { span: first.cover(last), block: draft.block, words })
}

/// Cuts the words of an overlong sentence, where possible after a mark in the second half of what fits.
fn chunks(text: &Text, words: &[(Span, Vec<u32>)]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let mut pieces = 0;
        let rest = words.get(start..).unwrap_or_default();
        let fits = rest
            .iter()
            .take(MOST_WORDS)
            .take_while(|(_, word)| {
                pieces += word.len();
                pieces <= MOST_PIECES
            })
            .count()
            .max(1);
        let mut end = start + fits;
        if end < words.len() {
            let mark = (start + fits / 2..end).rev().find(|index| {
                let form = words.get(*index).map(|(span, _)| text.slice(*span)).unwrap_or_default();
                matches!(form, "," | ";" | ":" | "—" | "–" | "." | "،" | "؛" | "，" | "；" | "、")
            });
            end = mark.map_or(end, |mark| mark + 1);
        }
        chunks.push(start..end);
        start = end;
    }
    chunks
}
