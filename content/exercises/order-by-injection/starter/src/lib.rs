//! A list of users, as a page of an admin's console shows it.

pub mod domain;
pub mod users;
