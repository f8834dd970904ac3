//! What the learner has done: recorded, stored so that nothing is lost, read back.

mod answers;
pub mod change;
mod file;
mod format;
mod lock;
pub mod record;
mod renamed;
mod store;

pub use answers::{Tally, question_key};
pub use change::Change;
pub use file::FileError;
pub use lock::{HomeLock, LockError};
pub use record::{Attempt, ExerciseRecord, Place, Record, Scratch, Spot, State};
pub use store::{Loaded, Store, StoreError};
