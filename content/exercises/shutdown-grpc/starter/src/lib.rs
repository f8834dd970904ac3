//! A process with two doors, which closes both on one signal.

pub mod doors;
/// Written by tonic-prost-build from `jobs.proto`.
pub mod jobs_v1;
pub mod serve;
