//! One page of a list, and where in the list it is. Pages are counted from 0.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaginatedResponse<T> {
    pub data: Vec<T>,
    pub page: u32,
    pub size: u32,
    /// How many entries the whole list has. A database counts in `i64`.
    pub total: i64,
    pub total_pages: u32,
    pub has_next: bool,
    pub has_previous: bool,
}

/// How many pages of `size` entries it takes for `total` of them.
pub fn total_pages(total: i64, size: u32) -> u32 {
    if total <= 0 || size == 0 {
        return 0;
    }
    let pages = total.unsigned_abs().div_ceil(u64::from(size));
    u32::try_from(pages).unwrap_or(u32::MAX)
}

impl<T> PaginatedResponse<T> {
    pub fn new(data: Vec<T>, page: u32, size: u32, total: i64) -> Self {
        let total_pages = total_pages(total, size);
        Self {
            page,
            size,
            total: data.len() as i64,
            total_pages,
            has_next: page < total_pages.saturating_sub(1),
            has_previous: page > 0,
            data,
        }
    }

    /// Turns each entry into another, and leaves the numbers as they are.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> PaginatedResponse<U> {
        PaginatedResponse {
            data: self.data.into_iter().map(f).collect(),
            page: self.page,
            size: self.size,
            total: self.total,
            total_pages: self.total_pages,
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

/// How many entries stand before a page.
pub fn offset(page: u32, size: u32) -> u64 {
    u64::from(page) * u64::from(size)
}

/// The page of a list that is all in memory.
pub fn paginate<T: Clone>(all: &[T], page: u32, size: u32) -> PaginatedResponse<T> {
    let start = usize::try_from(offset(page, size)).unwrap_or(usize::MAX);
    let data = all
        .iter()
        .skip(start)
        .take(size as usize)
        .cloned()
        .collect();
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    PaginatedResponse::new(data, page, size, total)
}
