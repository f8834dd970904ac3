//! A file's text that many hold and nobody copies.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A text that is cheap to clone. What the binary carries is not even copied once: the built-in pack is megabytes.
#[derive(Clone)]
pub struct SharedText(Kept);

#[derive(Clone)]
enum Kept {
    /// In the binary.
    Embedded(&'static str),
    /// Read or made.
    Counted(Arc<str>),
}

impl SharedText {
    /// A text that the binary carries.
    pub(super) const fn embedded(text: &'static str) -> Self {
        Self(Kept::Embedded(text))
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Kept::Embedded(text) => text,
            Kept::Counted(text) => text,
        }
    }
}

impl AsRef<str> for SharedText {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        Self(Kept::Counted(text.into()))
    }
}

impl From<String> for SharedText {
    fn from(text: String) -> Self {
        Self(Kept::Counted(text.into()))
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SharedText {}

impl Hash for SharedText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_wherever_it_is_kept() {
        assert_eq!(SharedText::embedded("fn main() {}"), SharedText::from("fn main() {}".to_owned()));
        assert_ne!(SharedText::embedded("a"), SharedText::from("b"));
    }
}
