//! A text that must not be seen in a log.

// Step 1: whoever prints a state, a configuration or a panic's payload with `{:?}` prints this, too.

/// A key or a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself. The name is long enough to be seen in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
