//! JSON that is refused in the way of this API.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

/// Like `Json`, with answers of our own.
pub struct ValidJson<T>(pub T);

// Step 4: what the client is told

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ValidJson<T> {
    type Rejection = JsonRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let Json(value) = Json::from_request(request, state).await?;
        Ok(ValidJson(value))
    }
}
