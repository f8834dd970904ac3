//! The whole API.

use crate::factory::crud_routes;
use crate::{product_handler, user_handler};
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
        .nest(
            "/api/v1/products",
            crud_routes(
                product_handler::create_product,
                product_handler::get_product,
                product_handler::list_products,
                product_handler::update_product,
                product_handler::delete_product,
            ),
        )
        .with_state(state)
}
