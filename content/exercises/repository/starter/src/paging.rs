//! What a client asks for, checked and with its defaults filled in.

use crate::domain::AppError;
use crate::ports::PaginationOptions;

/// The size of a page for which none was asked.
pub const DEFAULT_SIZE: u32 = 20;

/// No page is larger, whatever is asked for.
pub const MAX_SIZE: u32 = 100;

/// The columns that a client may sort by. There are no others: a column is not a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Name,
    Email,
    CreatedAt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many rows come before this page.
    pub offset: u64,
    /// How many rows it has at most.
    pub limit: u64,
    pub column: Column,
    pub direction: Direction,
}

// Step 2

impl Page {
    pub fn of(opts: &PaginationOptions) -> Result<Self, AppError> {
        todo!("make a page of {opts:?}")
    }
}
