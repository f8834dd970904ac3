//! The whole API.

use crate::factory::crud_routes;
use crate::user_handler;
use axum::Router;

#[derive(Debug, Clone)]
pub struct AppState {
    pub shop: String,
}

pub fn api_routes(state: AppState) -> Router {
    Router::new()
        .nest(
            "/api/v1/users",
            crud_routes(
                user_handler::list_users,
                user_handler::get_user,
                user_handler::create_user,
                user_handler::update_user,
                user_handler::delete_user,
            ),
        )
        .with_state(state)
}
