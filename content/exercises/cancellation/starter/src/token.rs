//! One says stop, and all who hold a clone hear it.

// Step 1

/// Says "stop" once and for ever. All clones are one token.
#[derive(Clone)]
pub struct Token {
    // What could all clones share?
}

impl Token {
    pub fn new() -> Self {
        todo!("a token that is not cancelled")
    }

    /// Says stop. To say it again changes nothing.
    pub fn cancel(&self) {
        todo!("tell all who wait, and all who will")
    }

    pub fn is_cancelled(&self) -> bool {
        todo!("whether stop has been said")
    }

    /// Returns when `cancel` has been called, be it now, later or long ago.
    pub async fn cancelled(&self) {
        todo!("wait for it")
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}
