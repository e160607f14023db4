use std::collections::BTreeMap;
use std::ops::Range;

use chancery_core::without_points;

use crate::ModelError;
use crate::model::ModelFile;

/// Stands for a space in front of a word.
const MARK: &str = "\u{2581}";
/// Pieces of one word that are looked at.
const MOST: usize = 12;
/// Bytes of one word that are looked at: far more than twelve pieces hold.
const MOST_BYTES: usize = 400;

/// The unigram tokenizer: cuts a word into the pieces whose log scores sum highest.
pub(crate) struct Pieces<'a> {
    /// Sorted by bytes, so that a piece's number is its place and the pieces that share a beginning are
    /// neighbours.
    strings: Vec<&'a [u8]>,
    /// The pieces that begin with each byte, and those that begin with the mark and each byte: the first steps to any
    /// piece, which would else go through all of them.
    plain: Beginnings,
    marked: Beginnings,
    scores: Vec<f32>,
    characters: BTreeMap<char, String>,
    unknown: u32,
    unknown_score: f64,
    /// Pieces that stand for no text: start, end, unknown, padding.
    specials: Vec<u32>,
}

/// For each byte some pieces.
type Beginnings = Vec<Range<usize>>;

/// Of the sorted pieces, those that begin with `start` and each byte.
fn beginnings(pieces: &[&[u8]], start: &[u8]) -> Beginnings {
    let mut beginnings = vec![0..0; 256];
    let from = pieces.partition_point(|piece| *piece <= start);
    for (place, piece) in pieces.iter().enumerate().skip(from) {
        let Some(byte) = piece.strip_prefix(start).and_then(|rest| rest.first()) else { break };
        if let Some(range) = beginnings.get_mut(usize::from(*byte)) {
            let first = if range.end == 0 { place } else { range.start };
            *range = first..place + 1;
        }
    }
    beginnings
}

impl<'a> Pieces<'a> {
    pub(crate) fn read(model: &ModelFile<'a>) -> Result<Self, ModelError> {
        let pieces: Vec<_> = model.text("pieces")?.split('\n').map(str::as_bytes).collect();
        if !pieces.is_sorted() {
            return Err(ModelError::Shape("pieces".to_owned()));
        }
        let scores = model.numbers("pieces.scores", &[pieces.len()])?;
        let mut characters = BTreeMap::new();
        for line in model.text("characters")?.lines() {
            let mut codes = line.split_whitespace();
            let mut code = || u32::from_str_radix(codes.next()?, 16).ok().and_then(char::from_u32);
            if let Some(from) = code() {
                characters.insert(from, std::iter::from_fn(code).collect());
            }
        }
        let specials = model.text("pieces.special")?.lines().filter_map(|line| line.parse().ok()).collect();
        Ok(Self {
            plain: beginnings(&pieces, &[]),
            marked: beginnings(&pieces, MARK.as_bytes()),
            strings: pieces,
            scores,
            characters,
            unknown: model.setting("piece.unknown")?,
            unknown_score: model.setting("score.unknown")?,
            specials,
        })
    }

    /// How many pieces there are.
    pub(crate) fn len(&self) -> usize {
        self.strings.len()
    }

    /// At least one and at most twelve pieces of a word.
    pub(crate) fn of_word(&self, word: &str, space_before: bool) -> Vec<u32> {
        let mut pieces = self.cut(&self.normalise(word, space_before));
        pieces.truncate(MOST);
        if pieces.is_empty() {
            pieces.push(self.unknown);
        }
        pieces
    }

    fn normalise(&self, word: &str, space_before: bool) -> String {
        let mut plain = String::with_capacity(word.len() + 3);
        for character in without_points(word).chars() {
            match self.characters.get(&character) {
                Some(replacement) => plain.push_str(replacement),
                None => plain.push(character),
            }
            if plain.len() > MOST_BYTES {
                break;
            }
        }
        let mut marked = String::with_capacity(plain.len() + 3);
        if space_before {
            marked.push_str(MARK);
        }
        let mut before = ' ';
        for character in plain.trim().chars() {
            match character {
                ' ' if before == ' ' => {}
                ' ' => marked.push_str(MARK),
                other => marked.push(other),
            }
            before = character;
        }
        marked
    }

    /// How likely a word is, as the sum of its pieces' log scores.
    pub(crate) fn score(&self, word: &str) -> f64 {
        let word = self.normalise(word, true);
        let last = self.ways(&word).pop();
        last.flatten().map_or(self.unknown_score, |(score, _, _)| score)
    }

    fn cut(&self, word: &str) -> Vec<u32> {
        let best = self.ways(word);
        let mut pieces = Vec::new();
        let mut at = word.len();
        while at > 0 {
            let Some(Some((_, start, piece))) = best.get(at).copied() else { break };
            // Neighbouring unknown characters are one unknown piece.
            if piece != self.unknown || pieces.last() != Some(&piece) {
                pieces.push(piece);
            }
            at = start;
        }
        pieces.reverse();
        pieces
    }

    /// The best way to each byte of a word: its score, where its last piece starts, and that piece.
    fn ways(&self, word: &str) -> Vec<Option<(f64, usize, u32)>> {
        let bytes = word.as_bytes();
        let mut best: Vec<Option<(f64, usize, u32)>> = vec![None; bytes.len() + 1];
        for (start, character) in word.char_indices() {
            let score = match best.get(start) {
                _ if start == 0 => 0.0,
                Some(Some((score, _, _))) => *score,
                _ => continue,
            };
            let mut offer = |end: usize, score: f64, piece: u32| {
                if let Some(place) = best.get_mut(end)
                    && place.is_none_or(|(known, _, _)| score > known)
                {
                    *place = Some((score, start, piece));
                }
            };
            let single_end = start + character.len_utf8();
            let mut single = false;
            self.for_prefixes(bytes.get(start..).unwrap_or_default(), |length, piece, piece_score| {
                single |= start + length == single_end;
                offer(start + length, score + piece_score, piece);
            });
            if !single {
                offer(single_end, score + self.unknown_score, self.unknown);
            }
        }
        best
    }

    /// Calls `found` with each piece that `bytes` starts with, shortest first.
    fn for_prefixes(&self, bytes: &[u8], mut found: impl FnMut(usize, u32, f64)) {
        let mut offer = |place: usize, length: usize| {
            let number = u32::try_from(place).unwrap_or(self.unknown);
            if !self.specials.contains(&number) {
                let score = self.scores.get(place).map_or(self.unknown_score, |score| f64::from(*score));
                found(length, number, score);
            }
        };
        let (depth, table) =
            if bytes.starts_with(MARK.as_bytes()) { (MARK.len(), &self.marked) } else { (0, &self.plain) };
        if depth > 0
            && let Ok(place) = self.strings.binary_search(&MARK.as_bytes())
        {
            offer(place, depth);
        }
        let Some(byte) = bytes.get(depth) else { return };
        let mut pieces = table.get(usize::from(*byte)).cloned().unwrap_or_default();
        for (depth, next) in (depth + 1..).zip(bytes.iter().skip(depth + 1).map(Some).chain([None])) {
            let candidates = self.strings.get(pieces.clone()).unwrap_or_default();
            match candidates.first() {
                None => return,
                Some(piece) if piece.len() == depth => offer(pieces.start, depth),
                Some(_) => {}
            }
            let Some(next) = next else { return };
            let byte_of = |piece: &&[u8]| piece.get(depth).copied();
            let low = candidates.partition_point(|piece| byte_of(piece) < Some(*next));
            let high = candidates.partition_point(|piece| byte_of(piece) <= Some(*next));
            pieces = pieces.start + low..pieces.start + high;
        }
    }
}
