//! Which path and method leads to which handler.

use crate::app::AppState;
use axum::Router;

pub fn create_router(state: AppState) -> Router {
    // Step 1: a path for `handlers::register`. Later steps add theirs.
    Router::new().with_state(state)
}
