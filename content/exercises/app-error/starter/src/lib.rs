//! One error type for the whole application, and how it looks over HTTP.

pub mod error;
