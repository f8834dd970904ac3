//! One contract, three stores. The one in memory is there to show that the contract can be kept.

use chrono::{TimeDelta, TimeZone, Utc};
use repository_sqlite::domain::{AppError, SyncStatus, User};
use repository_sqlite::memory::MemoryUsers;
use repository_sqlite::ports::{PaginationOptions, UserRepository};
use repository_sqlite::sqlite::SqliteUsers;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A directory of its own for one test, which is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let dir = std::env::temp_dir().join(format!("users-{}", Uuid::new_v4()));
        std::fs::create_dir(&dir).expect("a directory for the test");
        Self(dir)
    }

    fn file(&self) -> PathBuf {
        self.0.join("users.db")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

type Store = (&'static str, Box<dyn UserRepository>);

const LIST: &str = "a list that is allowed is answered";

async fn save_ada(repo: &dyn UserRepository) {
    let ada = user(1, "Ada");
    assert_eq!(
        repo.save(&ada).await.as_ref(),
        Ok(&ada),
        "save answers the first user of a database"
    );
}

async fn in_memory() -> SqliteUsers {
    let opened = SqliteUsers::in_memory().await;
    opened.expect("a database in memory can be opened")
}

async fn open(file: &Path) -> SqliteUsers {
    let opened = SqliteUsers::open(file).await;
    opened.expect("a database in a file can be opened, and is made if need be")
}

/// Both, with those users in them.
async fn stores(users: &[User]) -> [Store; 2] {
    let stores: [Store; 2] = [
        ("in memory", Box::new(MemoryUsers::default())),
        ("on SQLite", Box::new(in_memory().await)),
    ];
    for (store, repo) in &stores {
        for user in users {
            let saved = repo.save(user).await;
            assert_eq!(
                saved.as_ref(),
                Ok(user),
                "{store}: save answers the stored user"
            );
        }
    }
    stores
}

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

fn names(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.name.as_str()).collect()
}

fn page(page: u32, size: u32, order_by: Option<&str>, order: Option<&str>) -> PaginationOptions {
    PaginationOptions {
        page: Some(page),
        size: Some(size),
        order_by: order_by.map(Into::into),
        order: order.map(Into::into),
    }
}

/// What came out, by its kind: the message is nobody's business.
fn kind<T>(result: Result<T, AppError>) -> &'static str {
    match result {
        Ok(_) => "Ok",
        Err(AppError::NotFound(_)) => "NotFound",
        Err(AppError::Conflict(_)) => "Conflict",
        Err(AppError::ValidationFailed(_)) => "ValidationFailed",
        Err(AppError::Database(_)) => "Database",
    }
}

// Step 1: a table of users

#[tokio::test]
async fn a_row_comes_back_as_it_went_in() {
    let odd = User {
        name: "Zoë O'Brien; DROP TABLE users".into(),
        email: "Zoë@Example.com".into(),
        sync_status: SyncStatus::Failed,
        created_at: user(9, "").created_at + TimeDelta::milliseconds(250),
        ..user(9, "")
    };
    for (store, repo) in stores(&[user(1, "Ada"), odd.clone()]).await {
        let found = repo.find_by_id(odd.id).await;
        assert_eq!(
            found.as_ref(),
            Ok(&Some(odd.clone())),
            "{store}: each field, to the letter"
        );
        let found = repo.find_by_id(Uuid::from_u128(2)).await;
        assert_eq!(found, Ok(None), "{store}: an id that nobody has");
    }
}

#[tokio::test]
async fn all_callers_see_the_same_database() {
    let repo = in_memory().await;
    let repo: &dyn UserRepository = &repo;
    save_ada(repo).await;
    let ada = Uuid::from_u128(1);
    let (a, b, c) = tokio::join!(
        repo.find_by_id(ada),
        repo.find_by_id(ada),
        repo.find_by_id(ada)
    );
    for found in [a, b, c] {
        assert_eq!(
            found.map(|user| user.is_some()),
            Ok(true),
            "three queries at the same time: each finds Ada"
        );
    }
}

#[tokio::test]
async fn two_databases_in_memory_are_two() {
    let (one, two) = (in_memory().await, in_memory().await);
    let (one, two): (&dyn UserRepository, &dyn UserRepository) = (&one, &two);
    save_ada(one).await;
    let found = two.find_by_id(Uuid::from_u128(1)).await;
    assert_eq!(found, Ok(None), "Ada was saved in the other database");
}

// Step 2: changes

#[tokio::test]
async fn a_taken_id_or_email_is_a_conflict() {
    let same_email = User {
        email: "ada@example.com".into(),
        ..user(2, "Bob")
    };
    for (store, repo) in stores(&[user(1, "Ada"), user(3, "Cy")]).await {
        let saved = repo.save(&user(1, "Bob")).await;
        assert_eq!(kind(saved), "Conflict", "{store}: saving a taken id");
        let saved = repo.save(&same_email).await;
        assert_eq!(kind(saved), "Conflict", "{store}: saving a taken email");
        let greedy = User {
            email: "ada@example.com".into(),
            ..user(3, "Cy")
        };
        let updated = repo.update(&greedy).await;
        assert_eq!(kind(updated), "Conflict", "{store}: giving Cy Ada's email");
        let found = repo.find_by_id(same_email.id).await;
        assert_eq!(found, Ok(None), "{store}: who was refused is not stored");
    }
}

#[tokio::test]
async fn an_update_changes_all_fields_of_one_row() {
    let changed = User {
        name: "Ada L.".into(),
        email: "lovelace@example.com".into(),
        sync_status: SyncStatus::Pending,
        created_at: user(30, "").created_at,
        ..user(1, "Ada")
    };
    for (store, repo) in stores(&[user(1, "Ada"), user(2, "Bob")]).await {
        let updated = repo.update(&changed).await;
        assert_eq!(
            updated.as_ref(),
            Ok(&changed),
            "{store}: update answers the stored user"
        );
        let found = repo.find_by_id(changed.id).await;
        assert_eq!(
            found,
            Ok(Some(changed.clone())),
            "{store}: Ada, after the update"
        );
        let found = repo.find_by_id(Uuid::from_u128(2)).await;
        assert_eq!(found, Ok(Some(user(2, "Bob"))), "{store}: Bob is as he was");
    }
}

#[tokio::test]
async fn nobody_can_neither_be_updated_nor_deleted() {
    for (store, repo) in stores(&[user(1, "Ada")]).await {
        let updated = repo.update(&user(2, "Bob")).await;
        assert_eq!(kind(updated), "NotFound", "{store}: updating nobody");
        let deleted = repo.delete(Uuid::from_u128(2)).await;
        assert_eq!(kind(deleted), "NotFound", "{store}: deleting nobody");
        assert_eq!(
            repo.delete(Uuid::from_u128(1)).await,
            Ok(()),
            "{store}: deleting Ada"
        );
        let found = repo.find_by_id(Uuid::from_u128(1)).await;
        assert_eq!(found, Ok(None), "{store}: Ada, after the delete");
        let deleted = repo.delete(Uuid::from_u128(1)).await;
        assert_eq!(kind(deleted), "NotFound", "{store}: deleting Ada again");
    }
}

// Step 3: pages

fn seven() -> Vec<User> {
    [
        (4, "Di"),
        (1, "Gus"),
        (7, "Ada"),
        (2, "Flo"),
        (6, "Bob"),
        (3, "Eve"),
        (5, "Cy"),
    ]
    .map(|(number, name)| user(number, name))
    .into()
}

#[tokio::test]
async fn pages_and_totals_agree_with_the_store_in_memory() {
    for (store, repo) in stores(&seven()).await {
        let mut seen = Vec::new();
        for number in 0..3 {
            let found = repo.find_all(&page(number, 3, None, None)).await;
            let (users, total) = found.expect(LIST);
            assert_eq!(total, 7, "{store}: the total on page {number}");
            seen.push(names(&users).join(" "));
        }
        assert_eq!(
            seen,
            ["Gus Flo Eve", "Di Cy Bob", "Ada"],
            "{store}: three pages of three, oldest first"
        );
        for (number, size) in [(3, 3), (0, 0), (u32::MAX, u32::MAX)] {
            let found = repo.find_all(&page(number, size, None, None)).await;
            assert_eq!(
                found,
                Ok((vec![], 7)),
                "{store}: page {number} of size {size}"
            );
        }
    }
}

#[tokio::test]
async fn each_column_sorts_both_ways() {
    let by_name = "Ada Bob Cy Di Eve Flo Gus";
    let by_age = "Gus Flo Eve Di Cy Bob Ada";
    for (store, repo) in stores(&seven()).await {
        for (order_by, order, expected) in [
            ("name", "asc", by_name),
            ("name", "desc", by_age),
            ("email", "asc", by_name),
            ("email", "desc", by_age),
            ("created_at", "asc", by_age),
            ("created_at", "desc", by_name),
        ] {
            let found = repo
                .find_all(&page(0, 10, Some(order_by), Some(order)))
                .await;
            assert_eq!(
                names(&found.expect(LIST).0).join(" "),
                expected,
                "{store}: by {order_by} {order}"
            );
        }
        let found = repo
            .find_all(&page(0, 10, Some("id; DROP TABLE users"), None))
            .await;
        assert_eq!(
            kind(found),
            "ValidationFailed",
            "{store}: a column that is not in the list"
        );
    }
}

#[tokio::test]
async fn equals_are_sorted_by_id() {
    let twins = [4, 1, 3, 2].map(|number| User {
        email: format!("{number}@example.com"),
        ..user(number, "Twin")
    });
    for (store, repo) in stores(&twins).await {
        for order in ["asc", "desc"] {
            let mut ids = Vec::new();
            for number in 0..4 {
                let found = repo
                    .find_all(&page(number, 1, Some("name"), Some(order)))
                    .await;
                ids.extend(found.expect(LIST).0.iter().map(|user| user.id.as_u128()));
            }
            assert_eq!(
                ids,
                [1, 2, 3, 4],
                "{store}: four of one name, page by page, {order}"
            );
        }
    }
}

// Step 4: what only users can do

#[tokio::test]
async fn emails_are_found_to_the_letter() {
    for (store, repo) in stores(&[user(1, "Ada"), user(2, "Bob")]).await {
        let found = repo.find_by_email("bob@example.com").await;
        assert_eq!(found, Ok(Some(user(2, "Bob"))), "{store}: by Bob's email");
        let taken = repo.exists_by_email("bob@example.com").await;
        assert_eq!(taken, Ok(true), "{store}: Bob's email is taken");
        for email in ["BOB@example.com", "bob%", "", "' OR 1 = 1 --"] {
            let found = repo.find_by_email(email).await;
            assert_eq!(found, Ok(None), "{store}: find_by_email({email:?})");
            let taken = repo.exists_by_email(email).await;
            assert_eq!(taken, Ok(false), "{store}: exists_by_email({email:?})");
        }
    }
}

#[tokio::test]
async fn the_pending_come_oldest_first() {
    let status = |sync_status, user| User {
        sync_status,
        ..user
    };
    let users = [
        status(SyncStatus::Pending, user(3, "Cy")),
        status(SyncStatus::Synced, user(1, "Ada")),
        status(SyncStatus::Pending, user(2, "Bob")),
        status(SyncStatus::Failed, user(4, "Di")),
    ];
    for (store, repo) in stores(&users).await {
        let pending = repo.find_pending_sync().await.expect(LIST);
        assert_eq!(
            names(&pending),
            ["Bob", "Cy"],
            "{store}: the pending, oldest first"
        );
    }
}

// Step 5: a file

#[tokio::test]
async fn a_file_keeps_what_was_saved() {
    let scratch = Scratch::new();
    {
        let repo = open(&scratch.file()).await;
        let repo: &dyn UserRepository = &repo;
        save_ada(repo).await;
    }
    assert!(
        scratch.file().is_file(),
        "the database is in the file that was named"
    );
    let repo = open(&scratch.file()).await;
    let repo: &dyn UserRepository = &repo;
    let found = repo.find_by_id(Uuid::from_u128(1)).await;
    assert_eq!(
        found,
        Ok(Some(user(1, "Ada"))),
        "Ada, after the file was opened again"
    );
    let saved = repo.save(&user(1, "Bob")).await;
    assert_eq!(kind(saved), "Conflict", "her id is still taken");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_an_error() {
    let scratch = Scratch::new();
    std::fs::write(
        scratch.file(),
        "no database at all, but long enough to be read as one",
    )
    .unwrap();
    let opened = SqliteUsers::open(&scratch.file()).await;
    assert_eq!(
        kind(opened),
        "Database",
        "opening a file with something else in it"
    );
}
