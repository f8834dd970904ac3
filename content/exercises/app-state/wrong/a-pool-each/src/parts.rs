//! The parts for production. No other place names the types behind the traits.

use crate::config::{CacheConfig, Config, ConfigError, SECRET_BYTES};
use crate::ports::CacheStore;
use crate::secret::Secret;
use crate::state::Parts;
use crate::stores::{MemoryCache, NoCache, SqlProductRepository, SqlUserRepository};
use sqlx::SqlitePool;
use std::sync::Arc;

impl Parts {
    /// Connects to nothing yet: the first query does. What cannot work is refused here, before anybody listens.
    pub fn connect(config: &Config) -> Result<Self, ConfigError> {
        let access_secret = secret("access_secret", config.access_secret.as_ref())?;
        let refresh_secret = secret("refresh_secret", config.refresh_secret.as_ref())?;
        if access_secret == refresh_secret {
            return Err(ConfigError::SameSecrets);
        }
        let cache: Arc<dyn CacheStore> = match config.cache {
            CacheConfig::Off => Arc::new(NoCache),
            CacheConfig::Memory { max_entries } => Arc::new(MemoryCache::new(max_entries)),
        };
        Ok(Self {
            user_repo: Arc::new(SqlUserRepository(pool(&config.database_url)?)),
            product_repo: Arc::new(SqlProductRepository(pool(&config.database_url)?)),
            cache,
            access_secret,
            refresh_secret,
        })
    }
}

fn secret(name: &'static str, value: Option<&Secret>) -> Result<Secret, ConfigError> {
    let secret = value.ok_or(ConfigError::Missing(name))?;
    if secret.expose().len() < SECRET_BYTES {
        return Err(ConfigError::TooShort(name));
    }
    Ok(secret.clone())
}

fn pool(url: &str) -> Result<SqlitePool, ConfigError> {
    // Without this, sqlx takes whatever it is for the name of a file, and misses the file at the first query.
    if !url.starts_with("sqlite:") {
        let reason = "it does not begin with sqlite:".to_string();
        return Err(ConfigError::DatabaseUrl(reason));
    }
    SqlitePool::connect_lazy(url).map_err(|error| ConfigError::DatabaseUrl(error.to_string()))
}
