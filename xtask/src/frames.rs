use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Prints for every language how many frames its file holds, how many predicates (a word with its part of
/// speech, counted once) they list, and which types and modes they reach.
pub(crate) fn count_frames(root: &Path) -> Result<(), String> {
    let folder = root.join("languages");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut languages: Vec<_> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|language| folder.join(language).join("frames.txt").is_file())
        .collect();
    languages.sort();
    println!("{:9} {:>7} {:>11} {:>6} {:>6}", "language", "frames", "predicates", "types", "modes");
    for language in languages {
        let path = folder.join(&language).join("frames.txt");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let count = FrameCount::of(&text);
        println!(
            "{language:9} {:7} {:11} {:6} {:6}",
            count.frames,
            count.predicates.len(),
            count.types.len(),
            count.modes.len()
        );
    }
    Ok(())
}

/// What stands in one file of frames.
#[derive(Default)]
struct FrameCount<'t> {
    frames: usize,
    predicates: BTreeSet<(&'t str, &'t str)>,
    types: BTreeSet<&'t str>,
    modes: BTreeSet<(&'t str, &'t str)>,
}

impl<'t> FrameCount<'t> {
    fn of(text: &'t str) -> Self {
        let mut count = Self::default();
        let mut section: Vec<&str> = Vec::new();
        for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
            if let Some(inside) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = inside.split_whitespace().collect();
                continue;
            }
            let Some((part, rest)) = line.split_once(' ') else { continue };
            let Some(kind) = section.first().filter(|_| matches!(part, "verb" | "noun" | "adj")) else {
                continue;
            };
            count.frames += 1;
            count.types.insert(kind);
            count.modes.extend(section.iter().skip(1).map(|mode| (*kind, *mode)));
            count.modes.extend(
                rest.split(';').filter_map(|option| Some((*kind, option.trim().strip_prefix("mode=")?))),
            );
            let words = rest.split(" + ").next().unwrap_or_default();
            let words = words.split(" :").next().unwrap_or_default();
            count.predicates.extend(words.split(',').map(|word| (part, word.trim())));
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_predicate_counts_once_for_each_part_of_speech() {
        let count = FrameCount::of(
            "[AID]\nverb help, aid : subject > object\nverb help + with : subject > object\n\
             [ASSAULT aerial]\nnoun aid : poss > to # no more\n",
        );
        assert_eq!((count.frames, count.predicates.len()), (3, 3));
        assert_eq!((count.types.len(), count.modes.len()), (2, 1));
    }
}
