use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A country code of PLOVER: ISO 3166-1 alpha-3, or one of the codes for actors of no one country
/// (`EUR` the European Union, `UNO` the United Nations, `IGO`, `NGO`, `MNC`, `ISM`, `IMG`; `KOS` Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 3]);

impl CountryCode {
    pub const EUROPEAN_UNION: Self = Self(*b"EUR");
    pub const UNITED_NATIONS: Self = Self(*b"UNO");

    /// Returns the code for three ASCII capitals, `None` for anything else. Whether a state of that
    /// code exists is for the world's tables to say.
    ///
    /// ```
    /// use chancery_core::CountryCode;
    /// assert_eq!(CountryCode::new("IRN").unwrap().as_str(), "IRN");
    /// assert!(CountryCode::new("ir").is_none());
    /// ```
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether the code stands for an actor of no one country.
    pub fn is_international(&self) -> bool {
        matches!(self.as_str(), "EUR" | "UNO" | "IGO" | "NGO" | "MNC" | "ISM" | "IMG")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_str().serialize(serializer)
    }
}

/// Declares a closed set of words: the enum, its spelling, and the way back from the spelling.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// A sector of PLOVER: what part of a society an actor belongs to.
    Sector {
        Police = "COP", Government = "GOV", Judiciary = "JUD", Legislature = "LEG", Military = "MIL",
        Paramilitary = "PRM", Party = "PTY", Rebel = "REB", Intelligence = "SPY",
        UnidentifiedArmed = "UAF", Unknown = "UNK", Agriculture = "AGR", Business = "BUS",
        Criminal = "CRM", Civilian = "CVL", Education = "EDU", Elite = "ELI", Journalist = "JRN",
        Labour = "LAB", Medical = "MED", Refugee = "REF", Opposition = "OPP", Separatist = "PRE",
        Religious = "REL", Social = "SOC",
    }
}

impl Sector {
    /// Whether it is one of those who govern, judge, bear arms or want to, and none of society.
    pub fn is_political(self) -> bool {
        matches!(
            self,
            Self::Police
                | Self::Government
                | Self::Judiciary
                | Self::Legislature
                | Self::Military
                | Self::Paramilitary
                | Self::Party
                | Self::Rebel
                | Self::Intelligence
                | Self::UnidentifiedArmed
                | Self::Opposition
                | Self::Separatist
        )
    }
}

impl FromStr for CountryCode {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::new(code).ok_or(())
    }
}
