//! A bus for typed commands.

mod bus;
mod command;

pub use bus::*;
pub use command::*;
