use std::ops::Range;

use crate::markup::markup;
use crate::rules::{Abbreviation, Rules, fold, is_apostrophe};

/// No rule of a table speaks of words longer than this many characters; it keeps the work on a chunk without
/// spaces in step with its length.
const LONGEST_RULE: usize = 32;

/// A word as it is cut from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) range: Range<usize>,
    /// Whether white space stands before it.
    pub(crate) space: bool,
    /// Whether a line begins with it.
    pub(crate) line: bool,
    /// Whether an empty line stands before it, or the mark of a heading or of a list's item.
    pub(crate) gap: bool,
    /// For a word that keeps its period, what may follow it.
    pub(crate) abbreviation: Option<Abbreviation>,
}

/// Cuts a text into words and punctuation marks. Every character that is neither white space nor markup
/// belongs to exactly one.
pub(crate) fn words(text: &str, rules: &Rules, han: &dyn Fn(&str) -> Vec<usize>) -> Vec<Token> {
    let mut cutter = Cutter { text, rules, han, tokens: Vec::new(), space: true, line: true, gap: false };
    let mut markup = markup(text).into_iter().peekable();
    let mut start = None;
    let mut heading = false;
    let mut lines = 0;
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = at + character.len_utf8();
        if let Some(range) = markup.next_if(|range| range.start == at) {
            if let Some(start) = start.take() {
                cutter.chunk(start..at);
            }
            if cutter.line && cutter.space {
                heading |= text.get(range.clone()).is_some_and(|mark| mark.starts_with('#'));
                cutter.gap |= heading || opens_item(text, &range);
            }
            at = range.end;
            continue;
        }
        if is_space(character) {
            if let Some(start) = start.take() {
                cutter.chunk(start..at);
            }
            lines = if cutter.space { lines } else { 0 };
            lines += usize::from(character == '\n');
            cutter.space = true;
            cutter.line |= lines > 0;
            cutter.gap |= lines > 1 || (heading && lines > 0);
            heading &= lines == 0;
        } else if start.is_none() {
            start = Some(at);
        }
        at = end;
    }
    if let Some(start) = start {
        cutter.chunk(start..text.len());
    }
    cutter.tokens
}

/// Whether markup at the start of a line is the mark of a list's item.
fn opens_item(text: &str, markup: &Range<usize>) -> bool {
    text.get(markup.clone()) == Some("*") && text.get(markup.end..).is_some_and(|rest| rest.starts_with(' '))
}

/// White space, and marks that only steer how a line is set.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// Whether a character is written in Han or Kana, whose words have no spaces between them.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_hebrew(character: char) -> bool {
    matches!(character, '\u{0590}'..='\u{05ff}')
}

/// Letters, digits, and the marks that belong to them.
fn is_word(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '_' | '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}' | '\u{00ad}' | '\u{fe0f}'
            | '\u{05f3}' | '\u{05f4}' | '\u{0591}'..='\u{05c7}' | '\u{064b}'..='\u{065f}' | '\u{0670}')
}

struct Cutter<'a> {
    text: &'a str,
    rules: &'a Rules,
    han: &'a dyn Fn(&str) -> Vec<usize>,
    tokens: Vec<Token>,
    /// Whether white space, a line end, or what `Token::gap` says has come since the last word.
    space: bool,
    line: bool,
    gap: bool,
}

impl Cutter<'_> {
    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn push(&mut self, range: Range<usize>, abbreviation: Option<Abbreviation>) {
        if !range.is_empty() {
            let Self { space, line, gap, .. } = *self;
            self.tokens.push(Token { range, space, line, gap, abbreviation });
            (self.space, self.line, self.gap) = (false, false, false);
        }
    }

    /// Cuts what stands between white space.
    fn chunk(&mut self, range: Range<usize>) {
        let chunk = self.slice(range.clone());
        if let Some((start, end)) = address(chunk) {
            self.plain(range.start..range.start + start);
            self.push(range.start + start..range.start + end, None);
            // What is left cannot be as long again, so that this ends.
            if start < end {
                self.plain(range.start + end..range.end);
            }
        } else {
            self.plain(range);
        }
    }

    fn plain(&mut self, range: Range<usize>) {
        let characters: Vec<(usize, char)> =
            self.slice(range.clone()).char_indices().map(|(offset, c)| (range.start + offset, c)).collect();
        let end_of = |index: usize| characters.get(index).map_or(range.end, |(offset, _)| *offset);
        let at = |index: usize| characters.get(index).map(|(_, character)| *character);
        let mut word = 0; // where the current word starts
        let mut index = 0;
        while let Some(character) = at(index) {
            let before = (index > word).then(|| at(index.wrapping_sub(1))).flatten();
            let role = self.role(character, before, &characters, word, index);
            match role {
                Role::Inside => index += 1,
                Role::Han => {
                    self.word(end_of(word)..end_of(index), None);
                    let start = index;
                    while at(index).is_some_and(is_han) {
                        index += 1;
                    }
                    let (start, end) = (end_of(start), end_of(index));
                    let mut from = start;
                    let cuts = (self.han)(self.slice(start..end));
                    for cut in cuts.into_iter().map(|cut| start + cut).chain([end]) {
                        if cut > from && cut <= end && self.text.is_char_boundary(cut) {
                            self.push(from..cut, None);
                            from = cut;
                        }
                    }
                    word = index;
                }
                Role::Ends(abbreviation) => {
                    index += 1;
                    self.word(end_of(word)..end_of(index), Some(abbreviation));
                    word = index;
                }
                Role::Alone => {
                    self.word(end_of(word)..end_of(index), None);
                    let start = index;
                    let repeats = |other: Option<char>| {
                        other == Some(character)
                            || (matches!(character, '!' | '?') && matches!(other, Some('!' | '?')))
                    };
                    index += 1;
                    while matches!(
                        character,
                        '.' | '-' | '*' | '=' | '_' | '!' | '?' | '…' | '~' | '—' | '`' | '\''
                    ) && repeats(at(index))
                    {
                        index += 1;
                    }
                    self.push(end_of(start)..end_of(index), None);
                    word = index;
                }
            }
        }
        self.word(end_of(word)..range.end, None);
    }

    /// What a character is to the word that it stands in or after.
    fn role(
        &self,
        character: char,
        before: Option<char>,
        characters: &[(usize, char)],
        word: usize,
        index: usize,
    ) -> Role {
        let at = |index: usize| characters.get(index).map(|(_, character)| *character);
        let next = at(index + 1);
        let is = |character: Option<char>, test: fn(char) -> bool| character.is_some_and(test);
        let digits = is(before, char::is_numeric) && is(next, char::is_numeric);
        let letters = is(before, is_word) && is(next, |c| is_word(c) && !is_han(c));
        if is_han(character) {
            return Role::Han;
        }
        if is_word(character) {
            return Role::Inside;
        }
        let inside = |yes: bool| if yes { Role::Inside } else { Role::Alone };
        match character {
            '.' | '\u{2024}' => self.period(before, characters, word, index),
            ',' | '\u{066b}' | '\u{066c}' | '/' => inside(digits),
            ':' => {
                // `9:30`; `EU:s`, `Kh:n` where what follows is an ending in small letters.
                let ending = letters && is(next, char::is_lowercase) && !is(before, char::is_numeric);
                let short = !(index + 1..index + 5).all(|index| is(at(index), is_word));
                inside(digits || (ending && short))
            }
            '-' | '\u{2010}' | '\u{2011}' => {
                let short = index - word <= LONGEST_RULE
                    && self.rules.hyphen_prefixes.contains(&fold(self.so_far(characters, word, index)));
                if digits || (letters && (!self.rules.splits_hyphen || short)) {
                    Role::Inside
                } else if before.is_none() {
                    // A negative number; otherwise a dash.
                    inside(is(next, char::is_numeric) && index == 0)
                } else {
                    inside(!self.rules.splits_hyphen && is(before, char::is_alphabetic) && next.is_none())
                }
            }
            '&' | '@' | '·' => inside(letters),
            '#' => inside(before.is_none() && is(next, char::is_alphanumeric)),
            '+' => inside(before.is_none() && is(next, char::is_numeric)),
            '"' => inside(is(before, is_hebrew) && is(next, is_hebrew)),
            _ if is_apostrophe(character) => {
                let hebrew = is(before, is_hebrew);
                // `'s` and `l'` may stand by themselves; `dogs'` keeps its mark apart.
                let is_one_of = |known: &[String], from: usize, to: usize| {
                    let form = characters.get(from..to).filter(|form| form.len() <= LONGEST_RULE);
                    form.is_some_and(|form| {
                        let form: String = form.iter().map(|(_, character)| character).collect();
                        known.contains(&fold(&form))
                    })
                };
                let clitic = before.is_none() && is_one_of(&self.rules.after, index, characters.len());
                let elided = is_one_of(&self.rules.before, word, index + 1);
                inside(letters || hebrew || clitic || elided)
            }
            _ => Role::Alone,
        }
    }

    fn period(&self, before: Option<char>, characters: &[(usize, char)], word: usize, index: usize) -> Role {
        let at = |index: usize| characters.get(index).map(|(_, character)| *character);
        let next = at(index + 1);
        let Some(before) = before else {
            // `.5`
            let number = next.is_some_and(char::is_numeric);
            return if number && index == 0 { Role::Inside } else { Role::Alone };
        };
        if index - word > LONGEST_RULE {
            return if next.is_some_and(is_word) { Role::Inside } else { Role::Alone };
        }
        let so_far = self.so_far(characters, word, index);
        let cased = so_far.chars().any(char::is_uppercase);
        if next.is_some_and(|next| is_word(next) && !is_han(next)) {
            if before.is_numeric() && next.is_some_and(char::is_numeric) {
                return Role::Inside;
            }
            // `over.The`: a space is missing. `В.Путин`: the initial is a word.
            let capital = next.is_some_and(char::is_uppercase)
                && at(index + 2).is_some_and(|character| {
                    character.is_lowercase() || (character == '.' && self.rules.splits_initials)
                });
            let letters = so_far.chars().rev().take_while(|character| character.is_alphabetic()).count();
            if capital && letters == 1 && before.is_uppercase() {
                return Role::Ends(Abbreviation::Followed);
            }
            if capital && letters > 1 && before.is_lowercase() && !so_far.contains('.') {
                let known = self.rules.abbreviations.get(&fold(&format!("{so_far}.")));
                return known.map_or(Role::Alone, |abbreviation| Role::Ends(*abbreviation));
            }
            if !before.is_lowercase() && !before.is_uppercase() && before.is_alphabetic() {
                return Role::Alone;
            }
            return Role::Inside;
        }
        if next == Some('.') || before == '.' {
            return Role::Alone;
        }
        if let Some(abbreviation) = self.rules.abbreviations.get(&fold(&format!("{so_far}."))) {
            return Role::Ends(*abbreviation);
        }
        // A number, of a day or a list: an ordinal where the language writes them so.
        if so_far.chars().all(char::is_numeric) {
            let ends = next.is_none() && self.rules.ordinals && so_far.len() <= 3;
            return if ends { Role::Ends(Abbreviation::Followed) } else { Role::Alone };
        }
        let mut parts = so_far.split('.');
        let short = parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        if so_far.contains('.') && short {
            // `U.S.`, `т.е.`
            return Role::Ends(Abbreviation::Free);
        }
        if short && cased && !is_hebrew(before) {
            // An initial.
            return Role::Ends(Abbreviation::Followed);
        }
        Role::Alone
    }

    /// The current word, up to the character at `index`.
    fn so_far(&self, characters: &[(usize, char)], word: usize, index: usize) -> &str {
        let offset = |index: usize| characters.get(index).map(|(offset, _)| *offset);
        offset(word).zip(offset(index)).map_or("", |(start, end)| self.slice(start..end))
    }

    /// Cuts a run of letters as the language's table says.
    fn word(&mut self, range: Range<usize>, abbreviation: Option<Abbreviation>) {
        if range.is_empty() {
            return;
        }
        let form = self.slice(range.clone()).to_owned();
        let folded = fold(&form);
        if abbreviation.is_some()
            || self.rules.whole.contains(&folded)
            || !form.chars().any(char::is_alphabetic)
        {
            self.push(range, abbreviation);
            return;
        }
        let lost_space = glued(&form).or_else(|| self.rules.lost_space(&form));
        if let Some(cut) = lost_space.map(|cut| range.start + cut) {
            self.word(range.start..cut, None);
            self.word(cut..range.end, None);
            return;
        }
        let same_length = folded.chars().count() == form.chars().count();
        // Byte offsets of the characters, so that lengths in folded text hold in the text itself.
        let offsets: Vec<usize> = form.char_indices().map(|(offset, _)| range.start + offset).collect();
        let offset = |characters: usize| offsets.get(characters).copied().unwrap_or(range.end);
        if !same_length {
            self.push(range, abbreviation);
            return;
        }
        let (rules, count) = (self.rules, offsets.len());
        if let Some(lengths) = rules.parts.get(&folded) {
            let mut from = 0;
            for length in lengths {
                self.push(offset(from)..offset(from + length), None);
                from += length;
            }
            return;
        }
        let mut from = 0;
        let mut rest = folded.as_str();
        while let Some(front) = rules.before.iter().find(|front| {
            let after = rest.strip_prefix(front.as_str());
            after.is_some_and(|after| after.starts_with(char::is_alphabetic)) && !rules.whole.contains(rest)
        }) {
            let length = front.chars().count();
            self.push(offset(from)..offset(from + length), None);
            from += length;
            rest = rest.strip_prefix(front.as_str()).unwrap_or_default();
        }
        let mut ends = Vec::new();
        let mut to = count;
        while let Some(ending) = rules.after.iter().find(|ending| {
            rest.strip_suffix(ending.as_str()).is_some_and(|stem| stem.ends_with(char::is_alphanumeric))
        }) {
            to -= ending.chars().count();
            ends.push(to);
            rest = rest.strip_suffix(ending.as_str()).unwrap_or_default();
        }
        ends.reverse();
        for end in ends.into_iter().chain([count]) {
            self.push(offset(from)..offset(end), None);
            from = end;
        }
    }
}

/// Where a space was lost inside a run of letters and digits: `saidIran`, `2024Russia`, `in2019`. Names such as `YouTube`
/// and `iPhone`, and `1990s`, are whole.
fn glued(form: &str) -> Option<usize> {
    let kind = |character: char| match character {
        _ if character.is_numeric() => Kind::Digit,
        _ if character.is_lowercase() => Kind::Small,
        _ if character.is_uppercase() => Kind::Capital,
        _ if character.is_alphabetic() => Kind::Letter,
        _ => Kind::Other,
    };
    let first = form.chars().next().map(kind)?;
    let (cut, second) = form.char_indices().find(|(_, character)| kind(*character) != first)?;
    let (front, back) = form.split_at_checked(cut)?;
    let (front_length, back_length) = (front.chars().count(), back.chars().count());
    let is = |part: &str, wanted: Kind| part.chars().map(kind).all(|kind| kind == wanted);
    let is_name = || back_length >= 3 && is(back.get(second.len_utf8()..).unwrap_or_default(), Kind::Small);
    let parted = match (first, kind(second)) {
        (Kind::Small, Kind::Capital) => front_length >= 2 && is_name(),
        (Kind::Digit, Kind::Capital) => front_length >= 4 && is_name(),
        (Kind::Digit, Kind::Letter) => front_length >= 4 && back_length >= 3 && is(back, Kind::Letter),
        (Kind::Small, Kind::Digit) => {
            front_length >= 2
                && (back.starts_with("19") || back.starts_with("20"))
                && is(back, Kind::Digit)
                && back_length == 4
        }
        _ => false,
    };
    parted.then_some(cut)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Small,
    Capital,
    /// Of a script without capitals.
    Letter,
    Other,
}

/// What a character is to the word before it.
enum Role {
    /// Part of it.
    Inside,
    /// A mark of its own.
    Alone,
    /// The period that ends an abbreviation.
    Ends(Abbreviation),
    /// The start of a run without spaces.
    Han,
}

/// Where a web or mail address stands in a chunk.
fn address(chunk: &str) -> Option<(usize, usize)> {
    let start = ["http://", "https://", "www."].iter().filter_map(|start| chunk.find(start)).min();
    let mail = || {
        let (name, host) = chunk.split_once('@')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || ".-_+".contains(c));
        (is_name && host.contains('.') && host.starts_with(char::is_alphanumeric)).then_some(0)
    };
    let start = start.or_else(mail)?;
    let rest = chunk.get(start..)?;
    let end = rest.find(['<', '>', '"', '“', '”', '»', '|', '，', '。', '）']).unwrap_or(rest.len());
    let mut found = rest.get(..end)?;
    loop {
        let shorter =
            found.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '*', '_', '…', '、']);
        let unbalanced = shorter.ends_with(')') && !shorter.contains('(');
        let shorter = if unbalanced { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter.len() == found.len() {
            break;
        }
        found = shorter;
    }
    (!found.is_empty()).then_some((start, start + found.len()))
}
