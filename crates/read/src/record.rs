use chancery_core::{Date, Metadata, Notice, NoticeCode};
use serde_json::{Map, Value};

/// What a container states about a document; believed over what is guessed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stated {
    pub id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<(Date, String)>,
    pub language: Option<String>,
}

impl Stated {
    /// Reads the stated fields of a JSON record; an impossible value is a notice.
    pub(crate) fn of_record(fields: &Map<String, Value>, notices: &mut Vec<Notice>) -> Self {
        let mut implausible = |field: &str, value: &Value| {
            let mut shown: String = value.to_string().chars().take(80).collect();
            if shown.len() < value.to_string().len() {
                shown.push('…');
            }
            let text = format!("stated {field} makes no sense and was left out: {shown}");
            notices.push(Notice::new(NoticeCode::MetadataImplausible, None, text));
        };
        let mut stated = Self::default();
        for (key, value) in fields {
            if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
                continue;
            }
            let words = value.as_str().map(clean);
            let ok = match key.as_str() {
                "id" => match value {
                    Value::Number(number) => set(&mut stated.id, Some(number.to_string())),
                    _ => set(&mut stated.id, words),
                },
                "url" => set(&mut stated.url, words.filter(|url| is_url(url))),
                "title" => set(&mut stated.title, words),
                "publisher" => {
                    let name = value.get("name").and_then(Value::as_str).map(clean);
                    set(&mut stated.publisher, words.or(name))
                }
                "author" | "authors" => {
                    stated.authors = names(value);
                    !stated.authors.is_empty()
                }
                "lang" | "language" => set(&mut stated.language, words.and_then(|w| language_code(&w))),
                "date" => {
                    let day = words.as_deref().and_then(iso_day);
                    set(&mut stated.published, day.map(|day| (day, "stated by the record".to_owned())))
                }
                _ => true,
            };
            if !ok {
                implausible(key, value);
            }
        }
        stated
    }

    /// Writes what is stated over what was found in the text.
    pub(crate) fn apply_to(&self, metadata: &mut Metadata) {
        let over = |field: &mut Option<String>, stated: &Option<String>| {
            if stated.is_some() {
                field.clone_from(stated);
            }
        };
        over(&mut metadata.url, &self.url);
        over(&mut metadata.title, &self.title);
        over(&mut metadata.publisher, &self.publisher);
        over(&mut metadata.language, &self.language);
        if !self.authors.is_empty() {
            metadata.authors.clone_from(&self.authors);
        }
        if let Some((day, how)) = &self.published {
            metadata.published = Some(*day);
            metadata.published_how = Some(how.clone());
        }
    }
}

fn set<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let is_some = value.is_some();
    *field = value;
    is_some
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_url(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && !text.contains(' ') && text.len() > 10
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.split([';', '|']).map(clean).filter(|name| !name.is_empty()).collect(),
        Value::Array(list) => list.iter().flat_map(names).collect(),
        Value::Object(fields) => fields.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// `sv-SE` is `sv`; what is no code is `None`.
pub(crate) fn language_code(words: &str) -> Option<String> {
    let code = words.split(['-', '_']).next()?.to_ascii_lowercase();
    let code = match code.as_str() {
        "nb" | "nn" => "no".to_owned(),
        "iw" => "he".to_owned(),
        _ => code,
    };
    (matches!(code.len(), 2 | 3) && code.chars().all(|c| c.is_ascii_lowercase())).then_some(code)
}

/// The day of an ISO 8601 date or time, or of an RFC 2822 one as feeds have them.
pub(crate) fn iso_day(words: &str) -> Option<Date> {
    let words = words.trim();
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> =
        words.get(..10).map(|day| day.split(['-', '/', '.']).collect()).unwrap_or_default();
    if let [year, month, day] = parts.as_slice()
        && year.len() == 4
        && [year, month, day].iter().all(|part| digits(part))
        && words.get(10..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return civil(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    if words.len() >= 8 && words.get(..8).is_some_and(digits) && !words.get(8..9).is_some_and(digits) {
        let number: u32 = words.get(..8)?.parse().ok()?;
        return civil(
            i16::try_from(number / 10_000).ok()?,
            i8::try_from(number / 100 % 100).ok()?,
            i8::try_from(number % 100).ok()?,
        );
    }
    let words: Vec<&str> = words.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month_at = words.iter().position(|word| month(word).is_some())?;
    let year = words.get(month_at + 1)?.parse().ok().filter(|year: &i16| *year > 99)?;
    civil(year, month(words.get(month_at)?)?, words.get(month_at.checked_sub(1)?)?.parse().ok()?)
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    i8::try_from(MONTHS.iter().position(|name| *name == start)? + 1).ok()
}

/// A day on which news can have been published.
pub(crate) fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    (1800..=2100).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_days_are_iso_or_nothing() {
        let day = |words| iso_day(words).map(|day| day.to_string());
        assert_eq!(day("2023-10-24T01:49:00Z").as_deref(), Some("2023-10-24"));
        assert_eq!(day("20231024").as_deref(), Some("2023-10-24"));
        assert_eq!(day("Tue, 24 Oct 2023 01:49:00 GMT").as_deref(), Some("2023-10-24"));
        for wrong in ["9:55 AM ET", "2023-02-30", "yesterday", "2023-10", "", "12345678901", "٢٠٢٣-١٠-٢٤"]
        {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
