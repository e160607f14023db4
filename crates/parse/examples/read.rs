//! Prints the words of a sentence with their lemmas, tags, heads and relations.
//!
//! `cargo run --release -p chancery-parse --example read -- en "Oslo sent two envoys to Baku."`
#![expect(clippy::print_stdout, reason = "a tool for people")]

use chancery_core::Text;
use chancery_parse::{ModelError, Parser};

fn main() -> Result<(), ModelError> {
    let mut arguments = std::env::args().skip(1);
    let language = arguments.next().unwrap_or_else(|| "en".to_owned());
    let text = Text::new(&arguments.next().unwrap_or_else(|| "Oslo sent two envoys to Baku.".to_owned()));
    let analysis = Parser::load()?.parse_text(&text, text.whole(), &language).value;
    for sentence in &analysis.sentences {
        for word in &sentence.words {
            let head =
                word.head.and_then(|head| sentence.words.get(head)).map_or("-", |head| head.form.as_str());
            println!("{}\t{}\t{}\t{}\t{head}", word.form, word.lemma, word.upos, word.relation);
        }
    }
    Ok(())
}
