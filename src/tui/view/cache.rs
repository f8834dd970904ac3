//! What drawing remembers from one frame to the next: text laid out or highlighted, never a decision.

use crate::tui::view::{playground, reader, workbench};

/// How many short lines a frame may highlight: about 4 ms of work.
pub(super) const BUDGET: usize = 40;

/// The memory of every screen's drawing; an empty one draws the same, only slower.
#[derive(Debug, Default)]
pub struct Cache {
    /// Whether the last frame left something out that the next can show: highlighting that was over its budget.
    pub unfinished: bool,
    /// The reader's.
    pub reader: reader::Memory,
    /// The workbench's.
    pub workbench: workbench::Memory,
    /// The playground's.
    pub playground: playground::Memory,
}
