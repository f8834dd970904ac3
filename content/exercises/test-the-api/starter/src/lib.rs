//! A small web application in which people log in and look after users.

pub mod handlers;
pub mod router;
pub mod store;
