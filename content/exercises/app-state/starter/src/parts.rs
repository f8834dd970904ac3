//! The parts for production. No other place names the types behind the traits.

use crate::config::{Config, ConfigError};
use crate::state::Parts;

// Step 4: from a configuration

impl Parts {
    /// Connects to nothing yet: the first query does. What cannot work is refused here, before anybody listens.
    pub fn connect(config: &Config) -> Result<Self, ConfigError> {
        todo!("make what {config:?} asks for, or say why not")
    }
}
