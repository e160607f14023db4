//! Which line of a document is its title.

use crate::arrange::Known;
use crate::caption::ends_with_credit;
use crate::line::{Layout, Line, Mark};
use crate::words::{ends_quoted, fold, sentences};

/// The line that holds the title, `head` being where the news begins.
pub(crate) fn find_title(lines: &[Line], head: usize, known: &Known<'_>) -> Option<usize> {
    let head = head.min(lines.len());
    if let Some(title) = known.title {
        let title = fold(title);
        let near = |line: &Line| {
            !line.folded.is_empty()
                && line.words >= 2
                && (line.folded == title
                    || line.words > 4 && (title.starts_with(&line.folded) || line.folded.starts_with(&title)))
        };
        let before = (0..=head)
            .rev()
            .find(|index| lines.get(*index).is_some_and(|line| near(line) && line.is_heading()));
        return before.or_else(|| (0..=head).rev().find(|index| lines.get(*index).is_some_and(near)));
    }
    let heads: Vec<(usize, &Line)> = lines.iter().enumerate().take(head + 1).collect();
    let level = |line: &Line| match (line.mark, line.layout) {
        (Mark::Heading(level), _) | (_, Layout::Heading(level)) => level,
        _ => 7,
    };
    let heading = heads
        .iter()
        .filter(|(_, line)| line.is_heading() && line.words >= 2 && line.guess.is_none() && level(line) <= 2)
        .min_by_key(|(index, line)| (level(line), *index));
    if let Some((index, _)) = heading {
        return Some(*index);
    }
    let headline = |line: &Line| {
        line.guess.is_none()
            && (3..=32).contains(&line.words)
            && !matches!(line.mark, Mark::Bullet | Mark::Quote | Mark::Table | Mark::Image)
            && (!line.prose
                || line.words <= 18 && line.plain.trim_end().ends_with(['?', '!', '？', '！'])
                || line.words <= 18 && ends_quoted(&line.plain) && sentences(&line.plain) <= 1)
    };
    // The first line of a clipping, behind what names its sender, its section and its day.
    let opening = heads.iter().find(|(_, line)| line.guess.is_none() && (line.words >= 3 || line.prose));
    if let Some((index, line)) = opening
        && headline(line)
        && (known.opens || *index == 0 || line.mark == Mark::Bold || line.words >= 4)
        && heads.len() < 12
        && lines.len() > 1
    {
        return Some(*index);
    }
    if heads.len() < 12 && opening.is_some_and(|(_, line)| line.prose) {
        return None;
    }
    let score = |index: usize, line: &Line| {
        let distance = heads.iter().skip(index).filter(|(_, line)| line.guess.is_none()).count();
        let caption = ends_with_credit(&line.plain, ["en", "en"], false);
        line.words.min(10) as f32 + if line.times > 1 { 6.0 } else { 0.0 }
            - distance as f32 * 0.5
            - if caption || line.words > 24 { 6.0 } else { 0.0 }
    };
    heads
        .iter()
        .filter(|(_, line)| headline(line) && line.words >= 4)
        .max_by(|a, b| score(a.0, a.1).total_cmp(&score(b.0, b.1)).then(b.0.cmp(&a.0)))
        .map(|(index, _)| *index)
}
