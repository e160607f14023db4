//! What readers wrote under the report.

use crate::furniture::{TABLES, find_words};
use crate::words::{count, fold};

/// So many lines that open a comment, and they are comments rather than the report's own voices.
const SEVERAL: usize = 3;

/// Finds the lines from the first reader's comment to the end, where readers comment under the news. Of each
/// line come its words and whether they read like news.
pub(crate) fn find_comments<'a>(lines: impl Iterator<Item = (&'a str, bool)>) -> std::ops::Range<usize> {
    let (mut news, mut first, mut openings, mut length) = (false, 0, 0, 0);
    for (index, (words, is_news)) in lines.enumerate() {
        length = index + 1;
        if news && opens_comment(words) {
            first = if openings == 0 { index } else { first };
            openings += 1;
        }
        news |= is_news;
    }
    if openings >= SEVERAL { first..length } else { 0..0 }
}

/// Whether a line is a name with the words for writing a comment: `Anna B. says:`.
fn opens_comment(words: &str) -> bool {
    if !words.trim_end().ends_with([':', '：']) || count(words) > 14 {
        return false;
    }
    let folded = fold(words);
    TABLES
        .folded_list("commenter")
        .any(|word| find_words(&folded, word).is_some_and(|at| at + word.len() + 1 >= folded.len()))
}
