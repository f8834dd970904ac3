//! The code editor as a value: a buffer of text, what is selected, what can be undone, what is in view.
//!
//! Pure like the rest of the app: it draws nothing, reads no clock and never fails on any text. Whatever enters a
//! buffer is filtered first, so its lines hold no control character but the tab.

pub mod buffer;
pub mod edit;
pub mod filter;
pub mod find;
pub mod grapheme;
pub mod history;
pub mod keys;
pub mod marks;
pub mod motion;
pub mod pointer;
pub mod position;
pub mod prompt;
pub mod text;
pub mod typing;
pub mod viewport;
pub mod widget;

pub use buffer::Buffer;
pub use find::Find;
pub use keys::{OWN_KEYS, TabKey};
pub use marks::{LineMap, Mark};
pub use motion::Motion;
pub use position::{Position, Selection};
pub use prompt::Prompt;
pub use viewport::Viewport;
pub use widget::{Clip, Editor};

#[cfg(test)]
mod tests;
