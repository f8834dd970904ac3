//! The output of programs made safe: colours and attributes kept, every other terminal sequence dropped.
//!
//! Whatever bytes come in, no line that comes out holds a control or a direction mark.

mod live;
mod passed;
mod row;
mod sgr;

pub use live::{Limit, Live, lines};
pub use passed::{Passed, Piece};
