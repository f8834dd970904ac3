//! Tokens: who issues them, how they are checked, and how a handler asks for one.
//!
//! A token is `header.payload.signature`, each part in base64url. The signature is
//! the HMAC-SHA-256 of `header.payload`.

use crate::app::AppState;
use crate::domain::{Claims, TokenPair, TokenType};
use crate::errors::AppError;
use crate::primitives::{base64url_decode, base64url_encode, hmac_sha256, verify_hmac_sha256};
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use chrono::Utc;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// The two tokens that `user` gets for a login at `now` (Unix seconds).
pub fn issue_tokens(secret: &[u8], user: Uuid, now: i64) -> Result<TokenPair, AppError> {
    Ok(TokenPair {
        access_token: issue(secret, user, TokenType::Access, now)?,
        refresh_token: issue(secret, user, TokenType::Refresh, now)?,
    })
}

fn issue(secret: &[u8], user: Uuid, token_type: TokenType, now: i64) -> Result<String, AppError> {
    let claims = Claims {
        sub: user,
        token_type,
        iat: now,
        exp: now + token_type.lifetime_secs(),
    };
    let payload = serde_json::to_vec(&claims).map_err(|e| AppError::Internal(e.to_string()))?;
    let signed = format!(
        "{}.{}",
        base64url_encode(br#"{"alg":"HS256","typ":"JWT"}"#),
        base64url_encode(&payload)
    );
    let signature = base64url_encode(&hmac_sha256(secret, signed.as_bytes()));
    Ok(format!("{signed}.{signature}"))
}

/// The claims of `token`, if it is one of ours and `now` (Unix seconds) is before
/// its end.
pub fn verify(secret: &[u8], token: &str, now: i64) -> Result<Claims, AppError> {
    let (signed, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
    let (header, payload) = signed.split_once('.').ok_or_else(malformed)?;

    let header: Header = decode(header)?;
    if header.alg != "HS256" {
        return Err(AppError::Unauthorized("unknown algorithm".into()));
    }
    let signature = base64url_decode(signature).ok_or_else(malformed)?;
    if !verify_hmac_sha256(secret, signed.as_bytes(), &signature) {
        return Err(AppError::Unauthorized("wrong signature".into()));
    }
    let claims: Claims = decode(payload)?;
    if claims.exp < now {
        return Err(AppError::TokenExpired);
    }
    Ok(claims)
}

fn decode<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, AppError> {
    let bytes = base64url_decode(part).ok_or_else(malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| malformed())
}

fn malformed() -> AppError {
    AppError::Unauthorized("malformed token".into())
}

/// A handler that takes `Claims` runs only for a caller with a valid access token.
impl FromRequestParts<AppState> for Claims {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(|| AppError::Unauthorized("a bearer token is needed".into()))?;

        let claims = verify(&state.jwt_secret, token, Utc::now().timestamp())?;
        if claims.token_type != TokenType::Access {
            return Err(AppError::Unauthorized("an access token is needed".into()));
        }
        Ok(claims)
    }
}
