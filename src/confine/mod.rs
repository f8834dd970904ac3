//! What keeps foreign code harmless: the supervisor of every child process, its limits, and what of them holds.
//!
//! It knows no cargo, no exercise and no screen. It never decides what a child's end means.

pub mod call;
pub mod control;
pub mod limits;
#[cfg(target_os = "linux")]
mod namespace;
#[cfg(not(target_os = "linux"))]
#[path = "no_namespace.rs"]
mod namespace;
#[cfg(target_os = "linux")]
mod orphans;
pub mod report;
pub mod supervise;
pub mod supervisor;
pub mod sweep;
#[cfg(target_os = "linux")]
mod tasks;
#[cfg(unix)]
mod tree_unix;
#[cfg(windows)]
mod tree_windows;
#[cfg(target_os = "linux")]
mod watch;

#[cfg(unix)]
use tree_unix as tree;
#[cfg(windows)]
use tree_windows as tree;

pub use call::Call;
pub use control::frame;
pub use limits::Limits;
pub use report::{Holds, Measure, how_tasks_are_limited, report};
pub use supervise::{CANNOT_START, CROWDED, LATER, NO_NAMESPACE, SUPERVISE, supervise};
pub use supervisor::Supervisor;
pub use sweep::{RUN_VARIABLE, sweep};
