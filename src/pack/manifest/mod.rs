//! The two manifests of a pack as they are written: values with the place where each stands.
//!
//! Nothing here looks at another file; `pack::load` and `pack::exercise` compare.

mod exercise;
mod limits;
mod map;
mod pack;
mod question;
mod section;

pub(super) use exercise::{
    ExerciseManifest, FailsManifest, NeedManifest, StepManifest, WrongManifest, read_exercise,
};
pub(super) use map::PatternManifest;
pub(super) use pack::{PackHead, read_pack};
