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
    let size = query.size.unwrap_or(DEFAULT_SIZE);
    let offset = page * size;
    let data = table.rows(size, u64::from(offset));
    Ok(paginated(data, page, size, table.count()))
}

fn paginated<T>(data: Vec<T>, page: u32, size: u32, total: i64) -> PaginatedResponse<T> {
    let total_pages = ((total as f64) / (size as f64)).ceil() as u32;
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
