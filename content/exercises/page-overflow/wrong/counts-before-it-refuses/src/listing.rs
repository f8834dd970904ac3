//! `GET /users?page=…&size=…`

use crate::table::{ApiError, PageQuery, PaginatedResponse, User, UserTable};

pub const DEFAULT_SIZE: u32 = 20;

/// No page has more entries than this.
pub const MAX_SIZE: u32 = 100;

pub fn list_users(
    table: &dyn UserTable,
    query: PageQuery,
) -> Result<PaginatedResponse<User>, ApiError> {
    let page = query.page.unwrap_or(0);
    let size = query.size.unwrap_or(DEFAULT_SIZE).min(MAX_SIZE);
    let total = table.count();
    if size == 0 {
        return Err(ApiError::ValidationFailed(
            "size must be at least 1".to_string(),
        ));
    }
    let offset = u64::from(page) * u64::from(size);
    let data = table.rows(size, offset);
    Ok(paginated(data, page, size, total))
}

fn paginated<T>(data: Vec<T>, page: u32, size: u32, total: i64) -> PaginatedResponse<T> {
    let entries = u64::try_from(total).unwrap_or(0);
    let total_pages = u32::try_from(entries.div_ceil(u64::from(size))).unwrap_or(u32::MAX);
    PaginatedResponse {
        data,
        page,
        size,
        total,
        total_pages,
        has_next: page < total_pages.saturating_sub(1),
        has_previous: page > 0,
    }
}
