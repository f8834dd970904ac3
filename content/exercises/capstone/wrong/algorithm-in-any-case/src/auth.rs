//! Tokens: who is given one, how it is checked, and how a handler asks for it.
//!
//! A token is `header.payload.signature`, each part in base64url. The signature is
//! the HMAC-SHA-256 of `header.payload`.

use crate::app::AppState;
use crate::crypto::{
    base64url_decode, base64url_encode, hmac_sha256, verify_hmac_sha256, verify_password,
};
use crate::errors::AppError;
use crate::model::{Claims, LoginRequest, TokenPair, TokenType};
use crate::ports::{AuthService, UserRepository};
use async_trait::async_trait;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use chrono::Utc;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
struct Header {
    alg: String,
}

pub struct AuthServiceImpl {
    repo: Arc<dyn UserRepository>,
    secret: Arc<[u8]>,
}

impl AuthServiceImpl {
    pub fn new(repo: Arc<dyn UserRepository>, secret: Arc<[u8]>) -> Self {
        Self { repo, secret }
    }

    fn issue(&self, user: Uuid, token_type: TokenType) -> Result<String, AppError> {
        let iat = Utc::now().timestamp();
        let claims = Claims {
            sub: user,
            token_type,
            iat,
            exp: iat + token_type.lifetime_secs(),
        };
        let payload = serde_json::to_vec(&claims).map_err(|e| AppError::Internal(e.to_string()))?;
        let header = base64url_encode(br#"{"alg":"HS256","typ":"JWT"}"#);
        let signed = format!("{header}.{}", base64url_encode(&payload));
        let signature = base64url_encode(&hmac_sha256(&self.secret, signed.as_bytes()));
        Ok(format!("{signed}.{signature}"))
    }
}

#[async_trait]
impl AuthService for AuthServiceImpl {
    async fn login(&self, request: LoginRequest) -> Result<TokenPair, AppError> {
        let user = self.repo.find_by_email(&request.email).await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let right = verify_password(request.password, hash).await?;
        let user = user.filter(|_| right).ok_or(AppError::InvalidCredentials)?;
        Ok(TokenPair {
            access_token: self.issue(user.id, TokenType::Access)?,
            refresh_token: self.issue(user.id, TokenType::Refresh)?,
        })
    }

    fn verify(&self, token: &str) -> Result<Claims, AppError> {
        let (signed, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
        let (header, payload) = signed.split_once('.').ok_or_else(malformed)?;

        let header: Header = decode(header)?;
        if !header.alg.eq_ignore_ascii_case("HS256") {
            return Err(unauthorized("unknown algorithm"));
        }
        let signature = base64url_decode(signature).ok_or_else(malformed)?;
        if !verify_hmac_sha256(&self.secret, signed.as_bytes(), &signature) {
            return Err(unauthorized("wrong signature"));
        }
        let claims: Claims = decode(payload)?;
        if claims.exp <= Utc::now().timestamp() {
            return Err(AppError::TokenExpired);
        }
        Ok(claims)
    }
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
            .ok_or_else(|| unauthorized("a bearer token is needed"))?;
        let claims = state.auth.verify(token)?;
        if claims.token_type != TokenType::Access {
            return Err(unauthorized("an access token is needed"));
        }
        Ok(claims)
    }
}

fn decode<T: DeserializeOwned>(part: &str) -> Result<T, AppError> {
    let bytes = base64url_decode(part).ok_or_else(malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| malformed())
}

fn malformed() -> AppError {
    unauthorized("malformed token")
}

fn unauthorized(reason: &str) -> AppError {
    AppError::Unauthorized(reason.into())
}
