//! The two manifests of a pack as they are written: values with the place where each stands.
//!
//! Nothing here looks at another file; `pack::lint` compares.

mod exercise;
mod limits;
mod pack;

pub(super) use exercise::{
    ExerciseManifest, FailsManifest, StepManifest, WrongManifest, is_error_code, read_exercise,
};
pub(super) use pack::{PackManifest, is_slug, read_pack};
