use std::borrow::Cow;

/// Returns a word without the signs that Arabic and Hebrew writing may add to its letters and mostly leaves out: vowels,
/// doublings, and the stroke that only draws a word out (`قُتِل` is `قتل`, `ندّد` is `ندد`).
///
/// Tables and models know words as they are mostly written. The hamza above, which tells Persian words apart, stays.
#[must_use]
pub fn without_points(word: &str) -> Cow<'_, str> {
    if word.contains(is_point) { Cow::Owned(word.replace(is_point, "")) } else { Cow::Borrowed(word) }
}

/// Whether a character is a vowel sign, a doubling or a stroke of drawing out.
#[must_use]
pub fn is_point(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}')
}

#[cfg(test)]
mod tests {
    use super::without_points;

    #[test]
    fn only_what_may_be_left_out_goes() {
        assert_eq!(without_points("وجّه"), "وجه");
        assert_eq!(without_points("اتهاماً"), "اتهاما");
        assert_eq!(without_points("שָׁלוֹם"), "שלום");
        assert_eq!(without_points("وزارت خارجهٔ"), "وزارت خارجهٔ");
        assert_eq!(without_points("Zürich"), "Zürich");
    }
}
