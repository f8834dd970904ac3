//! The cryptography that the service is built on: password hashes, HMAC-SHA-256,
//! base64url.

use crate::errors::AppError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::task::spawn_blocking;

/// Hashes `password` with a fresh salt, on a thread where nobody is kept waiting.
pub async fn hash_password(password: String) -> Result<String, AppError> {
    spawn_blocking(move || hash(&password))
        .await
        .map_err(internal)?
}

/// Whether `expected` was made from `password`. Without a hash the answer is no, and
/// takes as long: how long a login takes must not tell who has an account.
pub async fn verify_password(password: String, expected: Option<String>) -> Result<bool, AppError> {
    let compare = move || {
        let Some(expected) = expected else {
            return hash(&password).map(|_| false);
        };
        Ok(PasswordHash::new(&expected).is_ok_and(|expected| {
            let found = Argon2::default().verify_password(password.as_bytes(), &expected);
            found.is_ok()
        }))
    };
    spawn_blocking(compare).await.map_err(internal)?
}

/// The HMAC-SHA-256 of `message`.
pub fn hmac_sha256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    mac(secret, message).finalize().into_bytes().to_vec()
}

/// Whether `signature` is the HMAC-SHA-256 of `message`. Takes as long for a near
/// miss as for a far one.
pub fn verify_hmac_sha256(secret: &[u8], message: &[u8], signature: &[u8]) -> bool {
    mac(secret, message).verify_slice(signature).is_ok()
}

/// base64url without padding, as in tokens.
pub fn base64url_encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes behind `text`, or `None` when it is no base64url.
pub fn base64url_decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// The parameters are the cheapest there are, so that tests are quick; a real
/// service keeps the defaults.
fn hash(password: &str) -> Result<String, AppError> {
    let params = Params::new(8, 1, 1, None).map_err(internal)?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(password.as_bytes())
        .map_err(internal)?;
    Ok(hash.to_string())
}

fn mac(secret: &[u8], message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length will do");
    mac.update(message);
    mac
}

fn internal(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(error.to_string())
}
