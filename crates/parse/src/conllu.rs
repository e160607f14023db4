use std::fmt;

use chancery_core::{Analysis, Document, Sentence};

/// Writes an analysis as CoNLL-U: `# text`, `SpaceAfter=No` and `NER=B-PER` in MISC, and a range line
/// where a text fuses words.
///
/// ```
/// # use chancery_core::*;
/// # let document = Document { name: "a".into(), text: Text::new("Nej."), metadata: Metadata::default(), blocks: vec![] };
/// let mut out = String::new();
/// chancery_parse::write_conllu(&document, &Analysis::default(), &mut out).unwrap();
/// assert_eq!(out, "# newdoc id = a\n");
/// ```
pub fn write_conllu(document: &Document, analysis: &Analysis, out: &mut impl fmt::Write) -> fmt::Result {
    writeln!(out, "# newdoc id = {}", line(&document.name))?;
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        writeln!(out, "# sent_id = {}", index + 1)?;
        write_sentence(document, sentence, out)?;
    }
    Ok(())
}

fn write_sentence(document: &Document, sentence: &Sentence, out: &mut impl fmt::Write) -> fmt::Result {
    writeln!(out, "# text = {}", line(document.text.slice(sentence.span)))?;
    let words = &sentence.words;
    for (index, word) in words.iter().enumerate() {
        let space_after = words.get(index + 1).is_none_or(|next| next.span.start() > word.span.end());
        let fused = words.get(index + 1..).unwrap_or_default();
        let fused = fused.iter().take_while(|other| other.span == word.span).count();
        let inside = index > 0 && words.get(index - 1).is_some_and(|before| before.span == word.span);
        if fused > 0 && !inside {
            let last = index + fused;
            let space_after = words.get(last + 1).is_none_or(|next| next.span.start() > word.span.end());
            let misc = if space_after { "_" } else { "SpaceAfter=No" };
            let form = line(document.text.slice(word.span));
            writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", index + 1, last + 1)?;
        }
        let mut misc = Vec::new();
        if let Some(name) = word.name {
            misc.push(format!("NER={}-{}", if name.begins { "B" } else { "I" }, name.kind));
        }
        if !space_after && fused == 0 && !inside {
            misc.push("SpaceAfter=No".to_owned());
        }
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{}",
            index + 1,
            line(&word.form),
            line(&word.lemma),
            word.upos,
            if word.features.is_empty() { "_" } else { word.features.as_str() },
            word.head.map_or(0, |head| head + 1),
            word.relation,
            if misc.is_empty() { "_".to_owned() } else { misc.join("|") },
        )?;
    }
    writeln!(out)
}

/// The words on one line: a line of CoNLL-U can hold neither a line end nor a tab.
fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
