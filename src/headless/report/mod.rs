//! Reporters: the events of a check turned into text, for people, for programs, for build servers. They never judge.

mod details;
mod human;
mod json;
mod junit;
mod reporter;

pub(in crate::headless) use reporter::Reporter;
