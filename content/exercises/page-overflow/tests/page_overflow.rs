use page_overflow::listing::{DEFAULT_SIZE, MAX_SIZE, list_users};
use page_overflow::table::{ApiError, PageQuery, PaginatedResponse, User, UserTable};
use std::cell::{Cell, RefCell};

/// Users 0, 1, 2 and so on. It notes what was asked for.
struct Table {
    count: u64,
    asked: RefCell<Vec<(u32, u64)>>,
    counted: Cell<u32>,
}

impl Table {
    fn of(count: u64) -> Self {
        Self {
            count,
            asked: RefCell::default(),
            counted: Cell::default(),
        }
    }

    fn list(
        &self,
        page: Option<u32>,
        size: Option<u32>,
    ) -> Result<PaginatedResponse<User>, ApiError> {
        list_users(self, PageQuery { page, size })
    }

    fn page(&self, page: u32, size: u32) -> PaginatedResponse<User> {
        self.list(Some(page), Some(size))
            .unwrap_or_else(|e| panic!("page {page} of size {size} can be listed, but: {e:?}"))
    }
}

impl UserTable for Table {
    fn count(&self) -> i64 {
        self.counted.set(self.counted.get() + 1);
        self.count as i64
    }

    fn rows(&self, limit: u32, offset: u64) -> Vec<User> {
        self.asked.borrow_mut().push((limit, offset));
        let end = self.count.min(offset.saturating_add(u64::from(limit)));
        // A test that asks for too much shall fail, and not fill the memory.
        (offset..end).take(1000).map(|id| User { id }).collect()
    }
}

fn ids(response: &PaginatedResponse<User>) -> Vec<u64> {
    response.data.iter().map(|user| user.id).collect()
}

// Step 1: the crawler that never ended

#[test]
fn a_size_of_nothing_is_refused() {
    for page in [None, Some(0), Some(7)] {
        let answer = Table::of(50).list(page, Some(0));
        let Err(ApiError::ValidationFailed(reason)) = answer else {
            panic!("size=0 is ValidationFailed, but page {page:?} answered {answer:?}")
        };
        assert!(
            reason.contains("size"),
            "the reason names the size, but it was {reason:?}"
        );
    }
}

#[test]
fn what_is_refused_is_not_looked_up() {
    let table = Table::of(50);
    let _ = table.list(Some(0), Some(0));
    assert_eq!(
        *table.asked.borrow(),
        [],
        "the rows that were asked for with size=0"
    );
    assert_eq!(
        table.counted.get(),
        0,
        "how often the users were counted with size=0"
    );
}

#[test]
fn who_follows_has_next_comes_to_an_end() {
    for (count, size, pages) in [
        (0, 20, 1),
        (20, 20, 1),
        (41, 20, 3),
        (5, 1, 5),
        (150, 100, 2),
    ] {
        let table = Table::of(count);
        let mut seen = Vec::new();
        let mut page = 0;
        loop {
            let response = table.page(page, size);
            seen.extend(ids(&response));
            page += 1;
            if !response.has_next || page > 10 {
                break;
            }
        }
        assert_eq!(
            page, pages,
            "pages that a crawler reads of {count} users, {size} a page"
        );
        assert_eq!(
            seen,
            (0..count).collect::<Vec<_>>(),
            "users that a crawler sees, {size} a page"
        );
    }
}

// Step 2: the page that was too far

#[test]
fn a_page_far_away_is_empty() {
    for (page, size) in [
        (3, 20),
        (u32::MAX, 20),
        (u32::MAX, 100),
        (1 << 31, 2),
        (1 << 30, 4),
    ] {
        let response = Table::of(50).page(page, size);
        assert_eq!(
            ids(&response),
            [0; 0],
            "the users on page {page} of size {size}"
        );
        assert_eq!(
            response.total, 50,
            "the total on page {page} of size {size}"
        );
        assert!(
            !response.has_next,
            "page {page} of size {size} has no next page"
        );
        assert!(
            response.has_previous,
            "page {page} of size {size} has a page before it"
        );
    }
}

#[test]
fn a_page_far_away_keeps_its_number() {
    let response = Table::of(50).page(u32::MAX, 20);
    assert_eq!(
        response.page,
        u32::MAX,
        "the page is the one that was asked for"
    );
    assert_eq!(
        response.total_pages, 3,
        "the number of pages of 50 users, 20 a page"
    );
}

#[test]
fn the_offset_is_exact() {
    // A table in which none of these pages is beyond the end: there, asking for rows can be spared.
    let far = u32::MAX - 1;
    for (page, size, offset) in [(0, 20, 0), (3, 7, 21), (far, 100, 429_496_729_400)] {
        let table = Table::of(1 << 40);
        table.page(page, size);
        assert_eq!(
            *table.asked.borrow(),
            [(size, offset)],
            "limit and offset of page {page}"
        );
    }
}

// Step 3: everything, please

#[test]
fn no_page_is_larger_than_the_largest() {
    for size in [101, 1_000_000, u32::MAX] {
        let table = Table::of(500);
        let response = table.page(0, size);
        assert_eq!(
            response.data.len(),
            MAX_SIZE as usize,
            "users on a page of size {size}"
        );
        assert_eq!(
            *table.asked.borrow(),
            [(MAX_SIZE, 0)],
            "limit and offset for size {size}"
        );
    }
}

#[test]
fn the_answer_says_the_size_that_was_used() {
    let response = Table::of(500).page(1, 1_000_000);
    assert_eq!(response.size, MAX_SIZE, "the size in the answer");
    assert_eq!(
        response.total_pages, 5,
        "the number of pages is counted with that size"
    );
    assert_eq!(
        ids(&response)[0],
        100,
        "page 1 begins where page 0 of that size ends"
    );
    assert!(response.has_next, "page 1 of 5 has a next page");
}

#[test]
fn the_largest_size_is_allowed() {
    for size in [1, 99, 100] {
        let response = Table::of(500).page(0, size);
        assert_eq!(response.size, size, "the size in the answer");
        assert_eq!(
            response.data.len(),
            size as usize,
            "users on a page of size {size}"
        );
    }
}

// Step 4: not more than that

#[test]
fn without_a_query_it_is_the_first_page() {
    let response = Table::of(50)
        .list(None, None)
        .expect("a request without a query is answered");
    assert_eq!(
        (response.page, response.size),
        (0, DEFAULT_SIZE),
        "page and size without a query"
    );
    assert_eq!(
        ids(&response),
        (0..20).collect::<Vec<_>>(),
        "the users without a query"
    );
}

#[test]
fn a_page_in_the_middle_is_as_before() {
    let response = Table::of(50).page(1, 20);
    assert_eq!(
        ids(&response),
        (20..40).collect::<Vec<_>>(),
        "the users on page 1"
    );
    assert_eq!(
        (response.total, response.total_pages),
        (50, 3),
        "total and number of pages, for 50 users and pages of 20"
    );
    assert!(
        response.has_next && response.has_previous,
        "page 1 of 3 has two neighbours"
    );
}

#[test]
fn an_empty_table_has_no_pages() {
    let response = Table::of(0).page(0, 20);
    assert_eq!(
        (response.total, response.total_pages),
        (0, 0),
        "total and number of pages of an empty table"
    );
    assert!(
        !response.has_next && !response.has_previous,
        "page 0 of none has no neighbours"
    );
}

#[test]
fn a_huge_table_has_the_most_pages_that_can_be_counted() {
    let response = Table::of(1 << 40).page(0, 1);
    assert_eq!(
        response.total_pages,
        u32::MAX,
        "pages of 2^40 users, one a page"
    );
    assert!(response.has_next, "page 0 of very many has a next page");
}
