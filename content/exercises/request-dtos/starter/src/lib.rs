//! What a client may send, and what it is told if it sends something else.

pub mod api;
pub mod dto;
pub mod extract;
