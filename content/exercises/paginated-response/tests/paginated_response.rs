use paginated_response::{PaginatedResponse, offset, paginate, total_pages};

fn page(page: u32, size: u32, total: i64) -> PaginatedResponse<()> {
    PaginatedResponse::new(Vec::new(), page, size, total)
}

// Step 1: how many pages

#[test]
fn full_pages_are_counted() {
    for (total, size, pages) in [(10, 10, 1), (20, 10, 2), (7, 1, 7), (100, 25, 4)] {
        assert_eq!(
            total_pages(total, size),
            pages,
            "pages for {total} entries, {size} a page"
        );
    }
}

#[test]
fn what_is_left_over_needs_a_page_too() {
    for (total, size, pages) in [
        (1, 10, 1),
        (9, 10, 1),
        (11, 10, 2),
        (21, 10, 3),
        (101, 25, 5),
    ] {
        assert_eq!(
            total_pages(total, size),
            pages,
            "pages for {total} entries, {size} a page"
        );
    }
}

#[test]
fn nothing_needs_no_page() {
    assert_eq!(total_pages(0, 10), 0, "pages for no entries");
}

// Step 2: the edges

#[test]
fn pages_without_room_are_no_pages() {
    for total in [0, 1, 1000, i64::MAX] {
        assert_eq!(
            total_pages(total, 0),
            0,
            "pages for {total} entries, 0 a page"
        );
    }
}

#[test]
fn a_count_below_zero_is_no_pages() {
    for total in [-1, -10, i64::MIN] {
        assert_eq!(
            total_pages(total, 10),
            0,
            "pages for {total} entries, 10 a page"
        );
    }
}

#[test]
fn more_pages_than_can_be_counted_are_the_most_there_are() {
    for (total, size) in [(i64::MAX, 1), (u32::MAX as i64 + 1, 1), (i64::MAX, 2)] {
        assert_eq!(
            total_pages(total, size),
            u32::MAX,
            "pages for {total} entries, {size} a page"
        );
    }
}

#[test]
fn large_numbers_are_counted_exactly() {
    let size = 1 << 31;
    let total = 1i64 << 61;
    assert_eq!(
        total_pages(total, size),
        1 << 30,
        "pages for 2^61 entries, 2^31 a page"
    );
    assert_eq!(
        total_pages(total + 1, size),
        (1 << 30) + 1,
        "pages for one entry more than that"
    );
    assert_eq!(
        total_pages(total - 1, size),
        1 << 30,
        "pages for one entry less than that"
    );
}

// Step 3: where am I?

#[test]
fn a_response_has_what_it_was_given() {
    let response = PaginatedResponse::new(vec!["Ada", "Grace"], 3, 2, 9);
    assert_eq!(
        response.data,
        ["Ada", "Grace"],
        "the data, as it was passed in"
    );
    assert_eq!(
        (response.page, response.size, response.total),
        (3, 2, 9),
        "page, size and total"
    );
    assert_eq!(response.total_pages, 5, "the number of pages");
}

#[test]
fn the_first_page_has_none_before_it() {
    assert!(
        !page(0, 10, 21).has_previous,
        "page 0 of 3 has no page before it"
    );
    assert!(
        page(1, 10, 21).has_previous,
        "page 1 of 3 has a page before it"
    );
    assert!(
        page(2, 10, 21).has_previous,
        "page 2 of 3 has a page before it"
    );
}

#[test]
fn the_last_page_has_none_after_it() {
    assert!(page(0, 10, 21).has_next, "page 0 of 3 has a page after it");
    assert!(page(1, 10, 21).has_next, "page 1 of 3 has a page after it");
    assert!(
        !page(2, 10, 21).has_next,
        "page 2 of 3 has no page after it"
    );
    assert!(
        !page(1, 10, 20).has_next,
        "page 1 of 2 has no page after it"
    );
    assert!(
        !page(0, 10, 10).has_next,
        "page 0 of 1 has no page after it"
    );
}

#[test]
fn an_empty_list_has_no_neighbours() {
    let response = page(0, 10, 0);
    assert!(!response.has_next, "no page after page 0 of an empty list");
    assert!(
        !response.has_previous,
        "no page before page 0 of an empty list"
    );
}

#[test]
fn beyond_the_end_there_is_only_back() {
    for number in [3, 7, u32::MAX] {
        let response = page(number, 10, 21);
        assert!(!response.has_next, "no page after page {number} of 3");
        assert!(response.has_previous, "a page before page {number} of 3");
    }
}

// Step 4: a page of a list in memory

#[test]
fn an_offset_is_what_stands_before() {
    for (number, size, before) in [(0, 10, 0), (1, 10, 10), (3, 25, 75), (5, 0, 0)] {
        assert_eq!(
            offset(number, size),
            before,
            "entries before page {number} of size {size}"
        );
    }
}

#[test]
fn an_offset_does_not_overflow() {
    let max = u32::MAX;
    let expected = u64::from(max) * u64::from(max);
    assert_eq!(
        offset(max, max),
        expected,
        "entries before the last page that can be named"
    );
    assert_eq!(
        offset(1 << 31, 2),
        1 << 32,
        "entries before page 2^31 of size 2"
    );
}

#[test]
fn a_page_is_cut_out_of_the_list() {
    let all: Vec<u32> = (0..7).collect();
    for (number, expected) in [
        (0, vec![0, 1, 2]),
        (1, vec![3, 4, 5]),
        (2, vec![6]),
        (3, vec![]),
    ] {
        let response = paginate(&all, number, 3);
        assert_eq!(
            response.data, expected,
            "page {number} of seven entries, three a page"
        );
        assert_eq!(response.total, 7, "the total on page {number}");
        assert_eq!(
            response.total_pages, 3,
            "the number of pages on page {number}"
        );
    }
}

#[test]
fn no_page_number_makes_it_panic() {
    for (number, size) in [
        (u32::MAX, u32::MAX),
        (u32::MAX, 1),
        (u32::MAX, 0),
        (0, u32::MAX),
        (1, 0),
    ] {
        let response = paginate(&[1, 2, 3], number, size);
        let expected = if number == 0 { vec![1, 2, 3] } else { vec![] };
        assert_eq!(
            response.data, expected,
            "page {number} of three entries, {size} a page"
        );
        assert_eq!(response.total, 3, "the total of page {number}");
    }
}

// Step 5: the same page of something else

#[test]
fn a_page_of_users_becomes_a_page_of_names() {
    struct User {
        name: String,
    }
    let users = ["Ada", "Grace"].map(|name| User { name: name.into() });
    let page = PaginatedResponse::new(users.into(), 1, 2, 6).map(|user| user.name);
    assert_eq!(page.data, ["Ada", "Grace"], "the entries, in their order");
}

#[test]
fn the_numbers_stay() {
    for (number, size, total) in [(0, 2, 6), (1, 2, 6), (2, 2, 6), (9, 0, -3)] {
        let before = PaginatedResponse::new(vec![1, 2], number, size, total);
        let after = before.clone().map(|entry| entry);
        assert_eq!(
            after, before,
            "page {number} of size {size} of {total}, mapped to itself"
        );
    }
}
