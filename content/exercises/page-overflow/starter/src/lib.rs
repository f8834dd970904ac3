//! A list of users, page by page.

pub mod listing;
pub mod table;
