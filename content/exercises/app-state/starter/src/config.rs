//! What whoever runs the service may set. `main` reads it from the environment; a test writes it down.

use crate::secret::Secret;
use thiserror::Error;

/// The length that makes a secret worth its name, in bytes.
pub const SECRET_BYTES: usize = 32;

#[derive(Debug, Clone)]
pub struct Config {
    /// Begins with `sqlite:`, and goes on with the path of the file.
    pub database_url: String,
    pub cache: CacheConfig,
    pub access_secret: Option<Secret>,
    pub refresh_secret: Option<Secret>,
}

/// Which cache there shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheConfig {
    Off,
    /// In the memory of the process. Where it is full, the oldest entry has to go.
    Memory {
        max_entries: usize,
    },
}

/// Why a service does not start. It names the setting, for whoever has to mend it, and never shows a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConfigError {
    #[error("{0} is not set")]
    Missing(&'static str),
    #[error("{0} is shorter than {SECRET_BYTES} bytes")]
    TooShort(&'static str),
    #[error("access_secret and refresh_secret are the same")]
    SameSecrets,
    #[error("database_url: {0}")]
    DatabaseUrl(String),
}
