//! Source code highlighted: which token is a keyword, a type, a comment. It never waits for a frame: what has not been
//! looked at yet is plain, and whoever draws is told that there is more to come.

pub mod grammar;
pub mod highlights;
pub mod listing;
pub mod page;
pub mod roles;
pub mod words;

pub use grammar::warm;
pub use highlights::{Highlights, Token};
pub use listing::highlight;

#[cfg(test)]
mod tests;
