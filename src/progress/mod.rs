//! What the learner has done: recorded, stored so that nothing is lost, read back.

pub mod change;
pub mod record;

pub use change::Change;
pub use record::{Attempt, ExerciseRecord, Place, Record, State};
