//! Three services. They take what they need as arguments and know nothing of the state that holds them.

use crate::ports::{CacheStore, ProductRepository, UserRepository};
use crate::secret::Secret;
use std::sync::Arc;

pub struct UserService {
    repo: Arc<dyn UserRepository>,
    cache: Arc<dyn CacheStore>,
}

impl UserService {
    pub fn new(repo: Arc<dyn UserRepository>, cache: Arc<dyn CacheStore>) -> Self {
        Self { repo, cache }
    }

    pub async fn name(&self, id: u32) -> Option<String> {
        let key = format!("user:{id}");
        if let Some(name) = self.cache.get_raw(&key).await {
            return Some(name);
        }
        let name = self.repo.find_name(id).await?;
        self.cache.set_raw(&key, name.clone(), 1800).await;
        Some(name)
    }
}

pub struct ProductService {
    repo: Arc<dyn ProductRepository>,
    cache: Arc<dyn CacheStore>,
}

impl ProductService {
    pub fn new(repo: Arc<dyn ProductRepository>, cache: Arc<dyn CacheStore>) -> Self {
        Self { repo, cache }
    }

    pub async fn price(&self, sku: &str) -> Option<i64> {
        let key = format!("product:{sku}");
        if let Some(price) = self.cache.get_raw(&key).await {
            return price.parse().ok();
        }
        let price = self.repo.find_price(sku).await?;
        self.cache.set_raw(&key, price.to_string(), 1800).await;
        Some(price)
    }
}

/// Issues two kinds of tokens, each with a secret of its own. (These are marks, not signatures: the exercise is about
/// which secret arrives where.)
pub struct AuthService {
    access: Secret,
    refresh: Secret,
}

impl AuthService {
    pub fn new(access: Secret, refresh: Secret) -> Self {
        Self { access, refresh }
    }

    pub fn access_token(&self, user: u32) -> String {
        mark("access", user, &self.access)
    }

    pub fn refresh_token(&self, user: u32) -> String {
        mark("refresh", user, &self.refresh)
    }
}

/// What `kind` of token `user` gets when it is made with `secret`.
pub fn mark(kind: &str, user: u32, secret: &Secret) -> String {
    let text = format!("{kind}.{user}.{}", secret.expose());
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{kind}.{user}.{sum:016x}")
}
