//! Password hashing with argon2.

use crate::errors::AppError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// The cheapest parameters that argon2 takes, so that tests are quick. A real
/// service keeps the defaults.
fn hasher() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(8, 1, 1, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes `password` with a fresh salt; the answer holds algorithm, parameters and
/// salt.
pub fn hash_password(password: &str) -> Result<String, AppError> {
    let hash = hasher()?
        .hash_password(password.as_bytes())
        .map_err(internal)?;
    Ok(hash.to_string())
}

/// Whether `hash` was made from `password`.
pub fn verify_password(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok()
}

fn internal(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(error.to_string())
}
