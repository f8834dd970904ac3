//! Tokens: who issues them, how they are checked, and how a handler asks for one.
//!
//! A token is `header.payload.signature`, each part in base64url. The signature is
//! the HMAC-SHA-256 of `header.payload`.

use crate::app::AppState;
use crate::domain::{Claims, TokenPair};
use crate::errors::AppError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use uuid::Uuid;

/// The two tokens that `user` gets for a login at `now` (Unix seconds).
pub fn issue_tokens(secret: &[u8], user: Uuid, now: i64) -> Result<TokenPair, AppError> {
    let _ = (secret, user, now);
    todo!("step 2: sign an access token and a refresh token")
}

/// The claims of `token`, if it is one of ours and `now` (Unix seconds) is before
/// its end.
pub fn verify(secret: &[u8], token: &str, now: i64) -> Result<Claims, AppError> {
    let _ = (secret, token, now);
    todo!("step 3: check algorithm, signature and expiry")
}

/// A handler that takes `Claims` runs only for a caller with a valid access token.
impl FromRequestParts<AppState> for Claims {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let _ = (parts, state);
        todo!("step 3: take the token from the Authorization header, and verify it")
    }
}
