//! The buffer against a plain string, and the editor by its keys.

mod behaviour;
mod properties;
