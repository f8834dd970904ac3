//! The screens' states and how they answer. Each module has the same shape: a state, `command` for what keys ask
//! for, `key` for keys that no table row takes, `mouse`, `paste`, `resized`.

pub mod back;
pub mod library;
pub mod map;
pub mod overlay;
pub mod playground;
pub mod reader;
pub mod workbench;
