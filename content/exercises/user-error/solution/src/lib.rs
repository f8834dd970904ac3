//! Users have errors of their own. The application translates them at its edge.

pub mod app_error;
pub mod handlers;
pub mod user_error;
pub mod users;
