//! Users and products have the same five routes. They are written once.

pub mod api;
pub mod factory;
pub mod product_handler;
pub mod user_handler;
