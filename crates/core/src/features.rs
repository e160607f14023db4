use std::fmt;
use std::sync::Arc;

/// Universal features of a word, as `Mood=Ind|Tense=Past`, in the order of their names. Words that have the same share
/// the text.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Features(Option<Arc<str>>);

impl Features {
    /// No features where the text has none.
    pub fn new(text: Arc<str>) -> Self {
        Self((!text.is_empty()).then_some(text))
    }

    /// `Name=Value|…`; empty where there are none.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The value of an attribute, `None` where the word has it not.
    ///
    /// ```
    /// use chancery_core::Features;
    /// let features = Features::new("Mood=Ind|Tense=Past".into());
    /// assert_eq!(features.get("Tense"), Some("Past"));
    /// assert_eq!(features.get("Case"), None);
    /// assert!(features.has("Mood", "Ind") && !features.has("Mood", "Imp"));
    /// ```
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.as_str().split('|').find_map(|feature| feature.strip_prefix(attribute)?.strip_prefix('='))
    }

    pub fn has(&self, attribute: &str, value: &str) -> bool {
        self.get(attribute) == Some(value)
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
