//! A user API whose errors say too much, and too little.

pub mod api;
pub mod error;
