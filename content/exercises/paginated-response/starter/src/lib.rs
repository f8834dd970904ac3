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

// Step 1: how many pages. Step 2: the edges.

/// How many pages of `size` entries it takes for `total` of them.
pub fn total_pages(total: i64, size: u32) -> u32 {
    todo!("{total} entries on pages of {size}")
}

// Step 3: where am I?

impl<T> PaginatedResponse<T> {
    pub fn new(data: Vec<T>, page: u32, size: u32, total: i64) -> Self {
        todo!(
            "page {page} of size {size} with {} of {total} entries",
            data.len()
        )
    }

    // Step 5: the same page of something else

    /// Turns each entry into another, and leaves the numbers as they are.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> PaginatedResponse<U> {
        let data: Vec<U> = self.data.into_iter().map(f).collect();
        todo!(
            "page {} with {} entries of another type",
            self.page,
            data.len()
        )
    }
}

// Step 4: a page of a list in memory

/// How many entries stand before a page.
pub fn offset(page: u32, size: u32) -> u64 {
    todo!("page {page} of size {size}")
}

/// The page of a list that is all in memory.
pub fn paginate<T: Clone>(all: &[T], page: u32, size: u32) -> PaginatedResponse<T> {
    todo!("page {page} of size {size} of {} entries", all.len())
}
