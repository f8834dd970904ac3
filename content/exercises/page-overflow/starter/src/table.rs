//! The table and the shapes. There is nothing to mend here.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: u64,
}

/// The table of users.
pub trait UserTable {
    /// How many there are: `SELECT count(*)`.
    fn count(&self) -> i64;

    /// Some of them: `SELECT … LIMIT limit OFFSET offset`.
    fn rows(&self, limit: u32, offset: u64) -> Vec<User>;
}

/// What stood in the query string. Pages are counted from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageQuery {
    pub page: Option<u32>,
    pub size: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaginatedResponse<T> {
    pub data: Vec<T>,
    pub page: u32,
    pub size: u32,
    pub total: i64,
    pub total_pages: u32,
    pub has_next: bool,
    pub has_previous: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// 400, with the reason.
    ValidationFailed(String),
}
