//! The app's front: the terminal, the loop that feeds the pure app, its effects performed, its screens drawn.
//!
//! It decides nothing about the app: what a key means, what is shown and what is done stand in `app`; colours,
//! escape sequences, threads and files stand here. It never talks to the command-line front.

pub mod answer;
pub mod input;
pub mod listener;
pub mod marks;
pub mod opening;
pub mod perform;
pub mod runtime;
pub mod signals;
pub mod terminal;
pub mod theme;
pub mod view;

pub use runtime::run;
