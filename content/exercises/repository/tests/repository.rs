use chrono::{TimeZone, Utc};
use repository::domain::{AppError, SyncStatus, User};
use repository::memory::MemoryUsers;
use repository::paging::{Column, Direction, Page};
use repository::ports::{PaginationOptions, Repository, UserRepository};
use std::sync::Arc;
use uuid::Uuid;

/// A user whose number is its id and the minute in which it was created.
fn user(number: u32, name: &str) -> User {
    User {
        id: Uuid::from_u128(number.into()),
        name: name.into(),
        email: format!("{}@example.com", name.to_lowercase()),
        sync_status: SyncStatus::Synced,
        created_at: Utc.with_ymd_and_hms(2026, 1, 2, 3, number % 60, 0).unwrap(),
    }
}

const LIST: &str = "a list that is allowed is answered";

/// As the services hold it.
async fn repo(users: &[User]) -> Arc<dyn UserRepository> {
    let repo = Arc::new(MemoryUsers::default());
    for user in users {
        repo.save(user)
            .await
            .expect("a user with a free id and a free email can be saved");
    }
    repo
}

fn opts(page: Option<u32>, size: Option<u32>) -> PaginationOptions {
    PaginationOptions {
        page,
        size,
        ..PaginationOptions::default()
    }
}

fn ordered(order_by: Option<&str>, order: Option<&str>) -> PaginationOptions {
    PaginationOptions {
        order_by: order_by.map(Into::into),
        order: order.map(Into::into),
        ..PaginationOptions::default()
    }
}

fn names(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.name.as_str()).collect()
}

fn assert_validation<T: std::fmt::Debug>(result: Result<T, AppError>, what: &str) {
    assert!(
        matches!(result, Err(AppError::ValidationFailed(_))),
        "{what}: expected Err(ValidationFailed), got {result:?}"
    );
}

fn assert_conflict<T: std::fmt::Debug>(result: Result<T, AppError>, what: &str) {
    assert!(
        matches!(result, Err(AppError::Conflict(_))),
        "{what}: expected Err(Conflict), got {result:?}"
    );
}

fn assert_not_found<T: std::fmt::Debug>(result: Result<T, AppError>, what: &str) {
    assert!(
        matches!(result, Err(AppError::NotFound(_))),
        "{what}: expected Err(NotFound), got {result:?}"
    );
}

// Step 1: one user

#[tokio::test]
async fn what_is_saved_is_found_by_its_id() {
    let (ada, bob) = (user(1, "Ada"), user(2, "Bob"));
    let repo = repo(&[]).await;
    for user in [&ada, &bob] {
        let saved = repo.save(user).await;
        assert_eq!(saved.as_ref(), Ok(user), "save answers the stored user");
    }
    assert_eq!(
        repo.find_by_id(bob.id).await,
        Ok(Some(bob)),
        "Bob, by his id"
    );
    assert_eq!(
        repo.find_by_id(ada.id).await,
        Ok(Some(ada)),
        "Ada, by her id"
    );
    assert_eq!(
        repo.find_by_id(Uuid::from_u128(3)).await,
        Ok(None),
        "an id that nobody has is Ok(None)"
    );
}

#[tokio::test]
async fn an_id_and_an_email_are_taken_once() {
    let repo = repo(&[user(1, "Ada")]).await;
    let same_id = user(1, "Bob");
    let same_email = User {
        email: "ada@example.com".into(),
        ..user(2, "Bob")
    };
    assert_conflict(repo.save(&same_id).await, "saving a user with Ada's id");
    assert_conflict(
        repo.save(&same_email).await,
        "saving a user with Ada's email",
    );
    let found = repo.find_by_id(same_id.id).await;
    assert_eq!(found, Ok(Some(user(1, "Ada"))), "Ada is as she was");
    let found = repo.find_by_id(same_email.id).await;
    assert_eq!(found, Ok(None), "a user who was refused is not stored");
}

#[tokio::test]
async fn an_update_replaces_the_user_with_that_id() {
    let repo = repo(&[user(1, "Ada"), user(2, "Bob")]).await;
    let renamed = User {
        name: "Ada L.".into(),
        ..user(1, "Ada")
    };
    assert_eq!(
        repo.update(&renamed).await.as_ref(),
        Ok(&renamed),
        "a new name with the old email: update answers the stored user"
    );
    let found = repo.find_by_id(renamed.id).await;
    assert_eq!(found, Ok(Some(renamed)), "Ada, after the update");
    let replaced = User {
        name: "Ada King".into(),
        email: "king@example.com".into(),
        sync_status: SyncStatus::Pending,
        created_at: user(30, "").created_at,
        ..user(1, "Ada")
    };
    assert_eq!(
        repo.update(&replaced).await.as_ref(),
        Ok(&replaced),
        "all fields new but for the id: update answers the stored user"
    );
    let found = repo.find_by_id(replaced.id).await;
    assert_eq!(found, Ok(Some(replaced)), "Ada, with all fields new");
    let bob = user(2, "Bob");
    assert_eq!(
        repo.find_by_id(bob.id).await,
        Ok(Some(bob)),
        "Bob is as he was"
    );
    assert_not_found(
        repo.update(&user(3, "Cy")).await,
        "updating a user who is not there",
    );
    assert_eq!(
        repo.find_by_id(Uuid::from_u128(3)).await,
        Ok(None),
        "an update adds nobody"
    );
}

#[tokio::test]
async fn an_update_cannot_take_anothers_email() {
    let repo = repo(&[user(1, "Ada"), user(2, "Bob")]).await;
    let greedy = User {
        email: "ada@example.com".into(),
        ..user(2, "Bob")
    };
    assert_conflict(repo.update(&greedy).await, "giving Bob Ada's email");
    let bob = repo.find_by_id(greedy.id).await;
    assert_eq!(
        bob,
        Ok(Some(user(2, "Bob"))),
        "Bob, after the refused update"
    );
}

#[tokio::test]
async fn a_delete_removes_one_user() {
    let repo = repo(&[user(1, "Ada"), user(2, "Bob")]).await;
    let ada = Uuid::from_u128(1);
    assert_eq!(repo.delete(ada).await, Ok(()), "deleting Ada");
    assert_eq!(
        repo.find_by_id(ada).await,
        Ok(None),
        "Ada, after the delete"
    );
    assert_eq!(
        repo.find_by_id(Uuid::from_u128(2)).await,
        Ok(Some(user(2, "Bob"))),
        "Bob, after Ada was deleted"
    );
    assert_not_found(repo.delete(ada).await, "deleting Ada a second time");
}

// Step 2: what is asked for

#[test]
fn a_page_is_counted_from_zero() {
    let page = |page, size| {
        let page =
            Page::of(&opts(page, size)).expect("what is asked for is allowed, so there is a page");
        (page.offset, page.limit)
    };
    assert_eq!(
        page(None, None),
        (0, 20),
        "nothing asked for: (offset, limit)"
    );
    assert_eq!(page(Some(0), Some(10)), (0, 10), "page 0 of size 10");
    assert_eq!(page(Some(3), Some(10)), (30, 10), "page 3 of size 10");
    assert_eq!(page(Some(2), None), (40, 20), "page 2 of the default size");
    assert_eq!(page(Some(1), Some(0)), (0, 0), "a page of size 0");
}

#[test]
fn a_page_has_no_more_than_a_hundred_rows() {
    let page = Page::of(&opts(Some(2), Some(1000)))
        .expect("what is asked for is allowed, so there is a page");
    assert_eq!(
        (page.offset, page.limit),
        (200, 100),
        "page 2 of size 1000: the size is cut to 100, and the offset goes by the size that counts"
    );
}

#[test]
fn the_last_possible_page_does_not_overflow() {
    let page = Page::of(&opts(Some(u32::MAX), Some(100)))
        .expect("what is asked for is allowed, so there is a page");
    assert_eq!(
        page.offset, 429_496_729_500,
        "the offset of page u32::MAX with 100 rows a page"
    );
}

#[test]
fn columns_and_directions_come_from_a_list() {
    let page = |order_by, order| {
        let page = Page::of(&ordered(order_by, order))
            .expect("what is asked for is allowed, so there is a page");
        (page.column, page.direction)
    };
    let up = Direction::Ascending;
    assert_eq!(
        page(None, None),
        (Column::CreatedAt, up),
        "no order asked for"
    );
    assert_eq!(
        page(Some("name"), None),
        (Column::Name, up),
        "by name, and no direction asked for"
    );
    assert_eq!(
        page(Some("email"), Some("desc")),
        (Column::Email, Direction::Descending),
        "by email, descending"
    );
    assert_eq!(
        page(Some("created_at"), Some("asc")),
        (Column::CreatedAt, up),
        "by created_at, ascending"
    );
    for column in ["password_hash", "", "NAME", "name; DROP TABLE users"] {
        assert_validation(
            Page::of(&ordered(Some(column), None)),
            &format!("order_by {column:?}"),
        );
    }
    for order in ["down", "", "DESC", "asc, email"] {
        assert_validation(
            Page::of(&ordered(Some("name"), Some(order))),
            &format!("order {order:?}"),
        );
    }
}

// Step 3: a page of users

/// Seven users, created in the order of their numbers and saved in another.
async fn seven() -> Arc<dyn UserRepository> {
    let users = [
        (4, "Di"),
        (1, "Gus"),
        (7, "Ada"),
        (2, "Flo"),
        (6, "Bob"),
        (3, "Eve"),
        (5, "Cy"),
    ];
    repo(&users.map(|(number, name)| user(number, name))).await
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let repo = seven().await;
    let expected: [&[&str]; 4] = [&["Gus", "Flo", "Eve"], &["Di", "Cy", "Bob"], &["Ada"], &[]];
    for (page, expected) in (0..).zip(expected) {
        let (users, total) = repo.find_all(&opts(Some(page), Some(3))).await.expect(LIST);
        assert_eq!(
            names(&users),
            expected,
            "page {page} of size 3, oldest first"
        );
        assert_eq!(
            total, 7,
            "the total on page {page} counts the users on all pages"
        );
    }
}

#[tokio::test]
async fn extreme_pages_are_empty() {
    let repo = seven().await;
    for (page, size) in [
        (Some(0), Some(0)),
        (Some(u32::MAX), Some(u32::MAX)),
        (Some(u32::MAX), None),
    ] {
        let found = repo.find_all(&opts(page, size)).await;
        assert_eq!(
            found,
            Ok((vec![], 7)),
            "page {page:?} of size {size:?}: no users, and the true total"
        );
    }
}

#[tokio::test]
async fn users_are_sorted_by_any_listed_column() {
    let repo = seven().await;
    let by_name = ["Ada", "Bob", "Cy", "Di", "Eve", "Flo", "Gus"];
    let by_age = ["Gus", "Flo", "Eve", "Di", "Cy", "Bob", "Ada"];
    for (order_by, order, expected) in [
        ("name", None, by_name),
        ("email", Some("asc"), by_name),
        ("name", Some("desc"), by_age),
        ("created_at", None, by_age),
        ("created_at", Some("desc"), by_name),
    ] {
        let (users, _) = repo
            .find_all(&ordered(Some(order_by), order))
            .await
            .expect(LIST);
        assert_eq!(names(&users), expected, "ordered by {order_by} {order:?}");
    }
    assert_validation(
        repo.find_all(&ordered(Some("id; DELETE FROM users"), None))
            .await,
        "find_all with a column that is not in the list",
    );
}

#[tokio::test]
async fn equal_users_have_an_order_too() {
    let twins = [4, 1, 3, 2].map(|number| User {
        email: format!("{number}@example.com"),
        ..user(number, "Twin")
    });
    let repo = repo(&twins).await;
    for order in ["asc", "desc"] {
        let mut ids = Vec::new();
        for page in 0..4 {
            let asked = PaginationOptions {
                page: Some(page),
                size: Some(1),
                ..ordered(Some("name"), Some(order))
            };
            let (users, _) = repo.find_all(&asked).await.expect(LIST);
            ids.extend(users.iter().map(|user| user.id.as_u128()));
        }
        assert_eq!(
            ids,
            [1, 2, 3, 4],
            "four users of one name, page by page, {order}: among equals the id decides, ascending"
        );
    }
}

// Step 4: what only users can do

#[tokio::test]
async fn a_user_is_found_by_the_exact_email() {
    let repo = repo(&[user(1, "Ada"), user(2, "Bob")]).await;
    let found = repo.find_by_email("bob@example.com").await;
    assert_eq!(found, Ok(Some(user(2, "Bob"))), "Bob, by his email");
    for email in ["bob", "example.com", "", "BOB@example.com"] {
        assert_eq!(
            repo.find_by_email(email).await,
            Ok(None),
            "find_by_email({email:?})"
        );
    }
}

#[tokio::test]
async fn exists_by_email_tells_whether_it_is_taken() {
    let repo = repo(&[user(1, "Ada")]).await;
    assert_eq!(
        repo.exists_by_email("ada@example.com").await,
        Ok(true),
        "exists_by_email of Ada's email"
    );
    assert_eq!(
        repo.exists_by_email("bob@example.com").await,
        Ok(false),
        "exists_by_email of an email that is free"
    );
    let deleted = repo.delete(Uuid::from_u128(1)).await;
    assert_eq!(deleted, Ok(()), "deleting Ada");
    assert_eq!(
        repo.exists_by_email("ada@example.com").await,
        Ok(false),
        "the email of a user who was deleted"
    );
}

#[tokio::test]
async fn pending_users_come_oldest_first() {
    let status = |sync_status, user| User {
        sync_status,
        ..user
    };
    let repo = repo(&[
        status(SyncStatus::Pending, user(3, "Cy")),
        status(SyncStatus::Synced, user(1, "Ada")),
        status(SyncStatus::Pending, user(2, "Bob")),
        status(SyncStatus::Failed, user(4, "Di")),
    ])
    .await;
    let pending = repo.find_pending_sync().await.expect(LIST);
    assert_eq!(
        names(&pending),
        ["Bob", "Cy"],
        "the pending users, oldest first"
    );
}
