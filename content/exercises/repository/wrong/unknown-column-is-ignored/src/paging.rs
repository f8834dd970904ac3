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

impl Page {
    pub fn of(opts: &PaginationOptions) -> Result<Self, AppError> {
        let limit = u64::from(opts.size.unwrap_or(DEFAULT_SIZE).min(MAX_SIZE));
        Ok(Self {
            // Two numbers of 32 bits have a product of at most 64.
            offset: u64::from(opts.page.unwrap_or(0)) * limit,
            limit,
            column: column(opts.order_by.as_deref())?,
            direction: direction(opts.order.as_deref())?,
        })
    }
}

fn column(name: Option<&str>) -> Result<Column, AppError> {
    match name {
        Some("name") => Ok(Column::Name),
        Some("email") => Ok(Column::Email),
        Some("created_at") | None => Ok(Column::CreatedAt),
        Some(_) => Ok(Column::CreatedAt),
    }
}

fn direction(name: Option<&str>) -> Result<Direction, AppError> {
    match name {
        Some("asc") | None => Ok(Direction::Ascending),
        Some("desc") => Ok(Direction::Descending),
        Some(_) => Err(AppError::ValidationFailed("order: asc or desc".into())),
    }
}
