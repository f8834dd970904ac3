//! Which path and method leads to which handler.

use crate::app::AppState;
use axum::Router;

pub fn create_router(state: AppState) -> Router {
    Router::new().with_state(state)
}
