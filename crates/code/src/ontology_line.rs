/// What a line of `ontology.txt` says, before anybody asks whether it makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// `STATE-VISIT under CONSULT 4 : leaders are received by leaders`
    Type { name: String, base: String, score: Option<String>, description: String },
    /// `STATE-VISIT mode ceremonial 4.5`
    Mode { kind: String, name: String, score: Option<String> },
    /// `context fishery sv : trål*, torskkvot*`
    Context { name: String, language: Option<String>, words: Vec<String> },
    /// `STATE-VISIT ceremonial is CONSULT visit + source=GOV`
    Rule {
        kind: String,
        mode: Option<String>,
        base: String,
        modes: Vec<String>,
        conditions: Vec<String>,
        text: String,
    },
}

/// The lines that say something, without comments, each with its number; one that begins with white space goes on with the
/// one before.
pub(crate) fn lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.split('#').next().unwrap_or_default();
        let said = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match lines.last_mut() {
            _ if said.is_empty() => {}
            Some((_, before)) if line.starts_with(char::is_whitespace) => {
                before.push(' ');
                before.push_str(&said);
            }
            _ => lines.push((number, said)),
        }
    }
    lines
}

impl Line {
    /// Reads a line, or returns `None` where it has none of the four forms.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (head, tail) = text.split_once(':').unwrap_or((text, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        let owned = |word: &&str| (*word).to_owned();
        match words.as_slice() {
            ["context", name, language @ ..] if language.len() < 2 => Some(Self::Context {
                name: owned(name),
                language: language.first().map(owned),
                words: listed(tail, &[',', '|']),
            }),
            [name, "under", base, score @ ..] if score.len() < 2 => Some(Self::Type {
                name: owned(name),
                base: owned(base),
                score: score.first().map(owned),
                description: tail.trim().to_owned(),
            }),
            [kind, "mode", name, score @ ..] if score.len() < 2 => {
                Some(Self::Mode { kind: owned(kind), name: owned(name), score: score.first().map(owned) })
            }
            _ => Self::rule(text),
        }
    }

    fn rule(text: &str) -> Option<Self> {
        let mut pieces = text.split('+').map(str::trim);
        let words: Vec<&str> = pieces.next()?.split_whitespace().collect();
        let (given, of) = words.split_at(words.iter().position(|word| *word == "is")?);
        let (kind, mode) = match given {
            [kind] => (kind, None),
            [kind, mode] => (kind, Some((*mode).to_owned())),
            _ => return None,
        };
        let [_, base, modes @ ..] = of else { return None };
        Some(Self::Rule {
            kind: (*kind).to_owned(),
            mode,
            base: (*base).to_owned(),
            modes: listed(&modes.join(" "), &['|', ',', ' ']),
            conditions: pieces.map(str::to_owned).collect(),
            text: text.to_owned(),
        })
    }

    /// The type that a line declares and the one it puts it under; `None` for a line of another kind.
    pub(crate) fn name_and_base(&self) -> Option<(String, String)> {
        match self {
            Self::Type { name, base, .. } => Some((name.clone(), base.clone())),
            _ => None,
        }
    }
}

fn listed(text: &str, separators: &[char]) -> Vec<String> {
    let words = text.split(separators).map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
