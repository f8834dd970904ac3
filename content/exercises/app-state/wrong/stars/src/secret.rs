//! A text that must not be seen in a log.

use std::fmt;
use std::sync::Arc;

/// A key or a password. There is no `Display`, and `Debug` does not show it. Clones share the one copy in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The secret itself. The name is long enough to be seen in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&"*".repeat(self.0.chars().count()))
    }
}
