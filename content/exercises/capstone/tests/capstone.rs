//! The judge of the whole service: its rules alone, its store on SQLite in memory,
//! its service among mocks, its API behind a test server, its end on a real socket.

use async_trait::async_trait;
use axum::Router;
use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use axum_test::{TestResponse, TestServer};
use capstone::api::create_router;
use capstone::app::{AppState, Parts};
use capstone::cache::MemoryCache;
use capstone::crypto::{base64url_decode, base64url_encode, hmac_sha256, verify_hmac_sha256};
use capstone::database;
use capstone::errors::{AppError, UserError};
use capstone::model::{
    Column, CreateUserRequest, Direction, Ending, Page, PaginatedResponse, PaginationOptions,
    SyncStatus, UpdateUserRequest, User, UserDto,
};
use capstone::ports::{CacheService, EventPublisher, Repository, UserRepository, UserService};
use capstone::repository::SqliteUsers;
use capstone::service::UserServiceImpl;
use capstone::shutdown::{REST, run, shutdown_signal, work};
use chrono::{TimeDelta, TimeZone, Utc};
use mockall::mock;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

// Fixtures

/// A user whose number is the id, and the minute of the last change.
fn user(number: u32, name: &str) -> User {
    let created_at = Utc.with_ymd_and_hms(2026, 1, 2, 3, 0, 0).unwrap();
    User {
        id: Uuid::from_u128(number.into()),
        name: name.into(),
        email: format!("{}@example.com", name.to_lowercase()),
        password_hash: format!("the hash of {name}"),
        sync_status: SyncStatus::Synced,
        created_at,
        updated_at: created_at + TimeDelta::minutes(number.into()),
    }
}

fn request(name: &str, email: &str, password: &str) -> CreateUserRequest {
    CreateUserRequest {
        name: name.into(),
        email: email.into(),
        password: password.into(),
    }
}

/// The kind of an outcome: `Ok`, or the name of the error.
fn kind<T>(outcome: &Result<T, AppError>) -> &'static str {
    match outcome {
        Ok(_) => "Ok",
        Err(AppError::NotFound(_)) => "NotFound",
        Err(AppError::Unauthorized(_)) => "Unauthorized",
        Err(AppError::Forbidden(_)) => "Forbidden",
        Err(AppError::ValidationFailed(_)) => "ValidationFailed",
        Err(AppError::Conflict(_)) => "Conflict",
        Err(AppError::Internal(_)) => "Internal",
        Err(AppError::Database(_)) => "Database",
        Err(AppError::Cache(_)) => "Cache",
        Err(AppError::TokenExpired) => "TokenExpired",
        Err(AppError::InvalidCredentials) => "InvalidCredentials",
        Err(AppError::ServiceUnavailable(_)) => "ServiceUnavailable",
    }
}

/// Fails with a sentence unless `outcome` is of the kind that was wanted.
#[track_caller]
fn assert_kind<T>(outcome: &Result<T, AppError>, wanted: &str, when: &str) {
    let got = kind(outcome);
    let said = match outcome {
        Ok(_) => "it succeeded".to_string(),
        Err(error) => format!("got `{got}`: \"{error}\""),
    };
    let wanted_in_words = match wanted {
        "Ok" => "success".to_string(),
        error => format!("`AppError::{error}`"),
    };
    assert!(got == wanted, "expected {wanted_in_words} {when}, {said}");
}

/// What `outcome` holds, or a failure that tells what was wanted.
#[track_caller]
fn must<T>(outcome: Result<T, AppError>, what: &str) -> T {
    outcome.unwrap_or_else(|error| panic!("expected {what} to succeed, got the error \"{error}\""))
}

// Step 1: the rules

#[test]
fn errors_about_users_become_errors_of_the_application() {
    let id = Uuid::from_u128(7);
    let table = [
        (UserError::NotFound(id), "NotFound", id.to_string()),
        (
            UserError::EmailExists("ada@example.com".into()),
            "Conflict",
            "ada@example.com".into(),
        ),
        (
            UserError::WeakPassword("too short".into()),
            "ValidationFailed",
            "too short".into(),
        ),
    ];
    for (error, wanted, told) in table {
        let when = format!("for `UserError::{error:?}`");
        let error = AppError::from(error);
        let message = error.to_string();
        assert_kind(&Err::<(), _>(error), wanted, &when);
        assert!(
            message.contains(&told),
            "expected the message {when} to tell of `{told}`, got \"{message}\""
        );
    }
}

#[test]
fn a_valid_request_is_trimmed() {
    let valid = request("  Ada Lovelace ", " ada@example.com\n", " pass word ").validated();
    let valid = must(valid, "a request with blanks around name and email");
    assert_eq!(
        (valid.name.as_str(), valid.email.as_str()),
        ("Ada Lovelace", "ada@example.com"),
        "expected name and email without the blanks around them"
    );
    assert_eq!(
        valid.password, " pass word ",
        "expected the password to the letter: its blanks belong to it"
    );
}

/// Each of `texts`, put into a request by `with`, has to be accepted or refused.
#[track_caller]
fn assert_rule(field: &str, with: impl Fn(&str) -> CreateUserRequest, texts: &[(&str, bool)]) {
    for (text, is_valid) in texts {
        let outcome = with(text).validated();
        let wanted = if *is_valid { "Ok" } else { "ValidationFailed" };
        let length = text.chars().count();
        let what = format!("for the {field} {text:?} of {length} characters");
        assert_kind(&outcome, wanted, &what);
        if let Err(error) = outcome {
            let message = error.to_string();
            assert!(
                message.contains(&format!("{field}:")),
                "expected the message {what} to name the field, as in \"{field}: …\", got \
                 \"{message}\""
            );
        }
    }
}

#[test]
fn a_name_has_1_to_100_characters() {
    let with = |name: &str| request(name, "ada@example.com", "Password123");
    let (longest, too_long) = ("é".repeat(100), "é".repeat(101));
    let names = [
        ("A", true),
        (longest.as_str(), true),
        (&too_long, false),
        ("", false),
        (" \t ", false),
    ];
    assert_rule("name", with, &names);
}

#[test]
fn an_email_has_two_sides_and_a_dot() {
    let with = |email: &str| request("Ada", email, "Password123");
    let emails = [
        ("a@b.c", true),
        ("ada.l@mail.example.com", true),
        ("", false),
        ("ada", false),
        ("@example.com", false),
        ("ada@", false),
        ("ada@example", false),
        ("ada@.com", false),
        ("ada@example.", false),
        ("ada@home@example.com", false),
        ("ada l@example.com", false),
    ];
    assert_rule("email", with, &emails);
}

#[test]
fn a_password_has_8_characters_or_more() {
    let with = |password: &str| request("Ada", "ada@example.com", password);
    let passwords = [
        ("12345678", true),
        ("pässwörd", true),
        ("1234567", false),
        ("pässwör", false),
        ("", false),
    ];
    assert_rule("password", with, &passwords);

    let outcome = with("secret").validated();
    let message = outcome.map_or_else(|error| error.to_string(), |_| String::new());
    assert!(
        !message.contains("secret"),
        "expected the refused password not to be repeated, got \"{message}\""
    );
}

#[test]
fn an_update_checks_only_what_is_there() {
    let update = |name: Option<&str>, email: Option<&str>| {
        let request = UpdateUserRequest {
            name: name.map(Into::into),
            email: email.map(Into::into),
        };
        request.validated()
    };
    let empty = must(update(None, None), "an update that names nothing");
    assert_eq!(
        (empty.name, empty.email),
        (None, None),
        "expected what is absent to stay absent"
    );
    let both = must(update(Some(" Ada "), Some(" a@b.c ")), "a valid update");
    assert_eq!(
        (both.name.as_deref(), both.email.as_deref()),
        (Some("Ada"), Some("a@b.c")),
        "expected what is there to be trimmed"
    );
    let blank = update(Some(" "), None);
    assert_kind(&blank, "ValidationFailed", "for an update to a blank name");
    let no_address = update(Some("Ada"), Some("ada"));
    assert_kind(
        &no_address,
        "ValidationFailed",
        "for an update to the email \"ada\"",
    );
}

fn options(page: u32, size: u32, order_by: &str, order: &str) -> PaginationOptions {
    PaginationOptions {
        page: Some(page),
        size: Some(size),
        order_by: Some(order_by.into()),
        order: Some(order.into()),
    }
}

#[test]
fn a_page_has_defaults_and_bounds() {
    let default = must(Page::of(&PaginationOptions::default()), "no options at all");
    let first = Page {
        number: 0,
        size: 20,
        column: Column::CreatedAt,
        direction: Direction::Ascending,
    };
    assert_eq!(
        default, first,
        "expected page 0 of 20 users, by `created_at`, ascending, when nothing is asked for"
    );

    let columns = [
        ("name", Column::Name),
        ("email", Column::Email),
        ("created_at", Column::CreatedAt),
    ];
    let directions = [
        ("asc", Direction::Ascending),
        ("desc", Direction::Descending),
    ];
    for (order_by, column) in columns {
        for (order, direction) in directions {
            let page = must(Page::of(&options(3, 7, order_by, order)), "a valid page");
            let wanted = Page {
                number: 3,
                size: 7,
                column,
                direction,
            };
            assert_eq!(
                page, wanted,
                "expected `page=3&size=7&order_by={order_by}&order={order}` to be {wanted:?}"
            );
        }
    }

    for (asked, size) in [(0, 0), (100, 100), (101, 100), (u32::MAX, 100)] {
        let page = must(Page::of(&options(0, asked, "name", "asc")), "any size");
        assert_eq!(
            page.size, size,
            "expected no page of more than 100, for size={asked}"
        );
    }
    for (order_by, order) in [
        ("password_hash", "asc"),
        ("name; DROP TABLE users", "asc"),
        ("NAME", "asc"),
        ("name", "up"),
        ("name", "DESC"),
    ] {
        let outcome = Page::of(&options(0, 7, order_by, order));
        let when = format!("for order_by={order_by} and order={order}");
        assert_kind(&outcome, "ValidationFailed", &when);
    }
}

// Step 2: the store

async fn store(users: &[User]) -> SqliteUsers {
    let pool = must(database::in_memory().await, "a database in memory");
    let repo = SqliteUsers::new(pool);
    for user in users {
        let saved = must(repo.save(user).await, "saving a new user");
        assert_eq!(saved, *user, "expected `save` to answer the user as stored");
    }
    repo
}

async fn load(repo: &SqliteUsers, number: u32) -> Option<User> {
    let found = repo.find_by_id(Uuid::from_u128(number.into())).await;
    must(found, "looking up a user by id")
}

#[tokio::test]
async fn a_user_comes_back_as_it_was_saved() {
    let odd = User {
        name: "Zoë O'Brien'; DROP TABLE users; --".into(),
        email: "Zoë@Example.com".into(),
        sync_status: SyncStatus::Failed,
        updated_at: user(9, "").updated_at + TimeDelta::milliseconds(250),
        ..user(9, "Zoë")
    };
    let repo = store(&[user(1, "Ada"), odd.clone()]).await;

    let by_id = load(&repo, 9).await;
    assert_eq!(
        by_id,
        Some(odd.clone()),
        "expected each field, to the letter"
    );
    let by_email = must(repo.find_by_email(&odd.email).await, "looking up an email");
    assert_eq!(by_email, Some(odd), "expected the user with that email");
    for (email, is_known) in [
        ("ada@example.com", true),
        ("ADA@example.com", false),
        ("%", false),
    ] {
        let found = must(repo.find_by_email(email).await, "looking up an email");
        let exists = must(repo.exists_by_email(email).await, "asking for an email");
        assert_eq!(
            (found.is_some(), exists),
            (is_known, is_known),
            "expected `find_by_email` and `exists_by_email` to compare letter for letter, with {email}"
        );
    }
}

#[tokio::test]
async fn a_taken_email_is_a_conflict_and_trouble_is_not() {
    let repo = store(&[user(1, "Ada"), user(2, "Bob")]).await;
    let with_adas_email = |number| User {
        email: "ada@example.com".into(),
        ..user(number, "Eve")
    };

    let saved = repo.save(&with_adas_email(3)).await;
    assert_kind(&saved, "Conflict", "for a new user with a taken email");
    let updated = repo.update(&with_adas_email(2)).await;
    assert_kind(&updated, "Conflict", "for a change to a taken email");
    assert_eq!(
        (load(&repo, 3).await, load(&repo, 2).await),
        (None, Some(user(2, "Bob"))),
        "expected nothing to be stored that was refused"
    );

    let pool = must(database::in_memory().await, "a database in memory");
    let dropped = sqlx::query("DROP TABLE users").execute(&pool).await;
    dropped.expect("the table can be dropped");
    let saved = SqliteUsers::new(pool).save(&user(1, "Ada")).await;
    assert_kind(&saved, "Database", "for a database without its table");
}

#[tokio::test]
async fn a_change_changes_one_user_and_needs_one() {
    let changed = User {
        name: "Ada L.".into(),
        email: "lovelace@example.com".into(),
        password_hash: "another hash".into(),
        sync_status: SyncStatus::Pending,
        ..user(1, "Ada")
    };
    let changed = User {
        updated_at: changed.updated_at + TimeDelta::hours(1),
        ..changed
    };
    let repo = store(&[user(1, "Ada"), user(2, "Bob")]).await;

    let answer = must(repo.update(&changed).await, "changing a user");
    assert_eq!(
        answer, changed,
        "expected `update` to answer the user as stored"
    );
    assert_eq!(
        (load(&repo, 1).await, load(&repo, 2).await),
        (Some(changed), Some(user(2, "Bob"))),
        "expected Ada to be changed, and Bob to be as he was"
    );
    let nobody = repo.update(&user(3, "Eve")).await;
    assert_kind(
        &nobody,
        "NotFound",
        "for a change of somebody who is not there",
    );

    must(repo.delete(Uuid::from_u128(1)).await, "deleting a user");
    assert_eq!(
        (load(&repo, 1).await, load(&repo, 2).await),
        (None, Some(user(2, "Bob"))),
        "expected Ada to be deleted, and Bob to be there"
    );
    let again = repo.delete(Uuid::from_u128(1)).await;
    assert_kind(&again, "NotFound", "for deleting somebody who is not there");
}

async fn names(repo: &SqliteUsers, opts: &PaginationOptions) -> (Vec<String>, i64) {
    let (users, total) = must(repo.find_all(opts).await, "reading a page");
    (users.into_iter().map(|user| user.name).collect(), total)
}

#[tokio::test]
async fn pages_cut_the_list_and_count_all_of_it() {
    let users: Vec<User> = (0..25).map(|i| user(i, &format!("U{i:02}"))).collect();
    let repo = store(&users).await;
    let slice = |from: usize, to: usize| {
        let names: Vec<String> = users[from..to]
            .iter()
            .map(|user| user.name.clone())
            .collect();
        (names, 25)
    };
    let table = [
        (options(0, 10, "name", "asc"), slice(0, 10)),
        (options(1, 10, "name", "asc"), slice(10, 20)),
        (options(2, 10, "name", "asc"), slice(20, 25)),
        (options(3, 10, "name", "asc"), slice(0, 0)),
        (options(u32::MAX, 100, "name", "asc"), slice(0, 0)),
        (options(0, 0, "name", "asc"), slice(0, 0)),
        (PaginationOptions::default(), slice(0, 20)),
    ];
    for (opts, wanted) in table {
        let got = names(&repo, &opts).await;
        assert_eq!(
            got, wanted,
            "expected the names {:?}, and 25 users in all, for {opts:?}",
            wanted.0
        );
    }
}

#[tokio::test]
async fn each_column_sorts_both_ways() {
    let older = |user: User, hours| User {
        created_at: user.created_at - TimeDelta::hours(hours),
        ..user
    };
    // By name A B C, by email C A B, by age B C A; two are of one name.
    let a = User {
        email: "b@example.com".into(),
        ..older(user(1, "A"), 1)
    };
    let b = User {
        email: "c@example.com".into(),
        ..older(user(2, "B"), 3)
    };
    let c = User {
        email: "a@example.com".into(),
        ..older(user(3, "C"), 2)
    };
    let repo = store(&[c, a, b]).await;
    let table = [
        ("name", "asc", ["A", "B", "C"]),
        ("name", "desc", ["C", "B", "A"]),
        ("email", "asc", ["C", "A", "B"]),
        ("email", "desc", ["B", "A", "C"]),
        ("created_at", "asc", ["B", "C", "A"]),
        ("created_at", "desc", ["A", "C", "B"]),
    ];
    for (order_by, order, wanted) in table {
        let (got, _) = names(&repo, &options(0, 10, order_by, order)).await;
        assert_eq!(
            got, wanted,
            "expected {wanted:?} when sorted by {order_by}, {order}"
        );
    }
    let bad = repo.find_all(&options(0, 10, "password_hash", "asc")).await;
    assert_kind(&bad, "ValidationFailed", "for order_by=password_hash");

    let twins = [4, 2, 3, 1].map(|number| User {
        email: format!("twin{number}@example.com"),
        ..user(number, "Twin")
    });
    let repo = store(&twins).await;
    let mut ids = Vec::new();
    for page in 0..4 {
        let one = repo.find_all(&options(page, 1, "name", "asc")).await;
        let (one, _) = must(one, "reading a page of one");
        ids.extend(one.iter().map(|user| user.id.as_u128()));
    }
    assert_eq!(
        ids,
        [1, 2, 3, 4],
        "expected four users of one name in the order of their ids: without an order among \
         equals, pages may overlap"
    );
}

#[tokio::test]
async fn a_change_in_between_stays_pending() {
    let pending = |number, name| User {
        sync_status: SyncStatus::Pending,
        ..user(number, name)
    };
    let failed = User {
        sync_status: SyncStatus::Failed,
        ..user(4, "Dan")
    };
    // Made late and changed long ago: what counts is the change.
    let patient = User {
        created_at: user(9, "").created_at + TimeDelta::days(1),
        ..pending(1, "Cy")
    };
    let repo = store(&[pending(3, "Ada"), user(2, "Bob"), patient, failed]).await;
    let waiting = async || -> Vec<String> {
        let users = must(repo.find_pending_sync().await, "asking who is pending");
        users.into_iter().map(|user| user.name).collect()
    };

    assert_eq!(
        waiting().await,
        ["Cy", "Ada"],
        "expected those who are `Pending`, the longest unchanged (`updated_at`) first"
    );
    must(
        repo.mark_synced(&pending(1, "Cy")).await,
        "marking Cy as synced",
    );
    assert_eq!(
        waiting().await,
        ["Ada"],
        "expected Cy to be synced, and Ada to wait"
    );
    assert_eq!(
        load(&repo, 1).await.map(|cy| (cy.name, cy.sync_status)),
        Some(("Cy".into(), SyncStatus::Synced)),
        "expected nothing else of Cy to be changed"
    );

    let read_before = pending(3, "Ada");
    let newer = User {
        updated_at: read_before.updated_at + TimeDelta::milliseconds(1),
        ..read_before.clone()
    };
    must(repo.update(&newer).await, "changing Ada");
    must(
        repo.mark_synced(&read_before).await,
        "marking an older Ada as synced",
    );
    assert_eq!(
        waiting().await,
        ["Ada"],
        "expected Ada to stay pending: she was changed after she was read, and of that change \
         the others have not been told"
    );
}

// Step 3: the service

mock! {
    pub UserRepo {}

    #[async_trait]
    impl Repository<User> for UserRepo {
        async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError>;
        async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError>;
        async fn save(&self, entity: &User) -> Result<User, AppError>;
        async fn update(&self, entity: &User) -> Result<User, AppError>;
        async fn delete(&self, id: Uuid) -> Result<(), AppError>;
    }

    #[async_trait]
    impl UserRepository for UserRepo {
        async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
        async fn exists_by_email(&self, email: &str) -> Result<bool, AppError>;
        async fn find_pending_sync(&self) -> Result<Vec<User>, AppError>;
        async fn mark_synced(&self, user: &User) -> Result<(), AppError>;
    }
}

mock! {
    pub Cache {}

    #[async_trait]
    impl CacheService for Cache {
        async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
        where
            T: DeserializeOwned + Send + 'static;
        async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
        where
            T: Serialize + Send + Sync + 'static;
        async fn delete(&self, key: &str) -> Result<(), AppError>;
    }
}

mock! {
    pub EventPublisher {}

    #[async_trait]
    impl EventPublisher for EventPublisher {
        async fn publish(&self, event_type: &str, payload: Value) -> Result<String, AppError>;
    }
}

/// What the mocks were asked to do, in order, each in words.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, call: impl Into<String>) {
        self.0.lock().unwrap().push(call.into());
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// A repository that knows `users`, and notes what is done to it.
fn repo(log: &Log, users: &[User]) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    let (known, noted) = (users.to_vec(), log.clone());
    repo.expect_find_by_id().returning(move |id| {
        noted.add(format!("load {id}"));
        Ok(known.iter().find(|user| user.id == id).cloned())
    });
    let known = users.to_vec();
    repo.expect_find_by_email()
        .returning(move |email| Ok(known.iter().find(|user| user.email == email).cloned()));
    let known = users.to_vec();
    repo.expect_exists_by_email()
        .returning(move |email| Ok(known.iter().any(|user| user.email == email)));
    let noted = log.clone();
    repo.expect_save().returning(move |user| {
        noted.add(format!("save {} {:?}", user.email, user.sync_status));
        Ok(user.clone())
    });
    let noted = log.clone();
    repo.expect_update().returning(move |user| {
        let (name, email, hash) = (&user.name, &user.email, &user.password_hash);
        let status = user.sync_status;
        noted.add(format!("update {name} {email} {status:?}, {hash}"));
        Ok(user.clone())
    });
    let (known, noted) = (users.to_vec(), log.clone());
    repo.expect_delete().returning(move |id| {
        if !known.iter().any(|user| user.id == id) {
            return Err(AppError::NotFound("nobody there".into()));
        }
        noted.add(format!("delete {id}"));
        Ok(())
    });
    let noted = log.clone();
    repo.expect_mark_synced().returning(move |user| {
        noted.add(format!("mark {}", user.email));
        Ok(())
    });
    repo
}

/// A cache that answers `cached` to every read, and notes reads and writes.
fn cache(log: &Log, cached: Option<UserDto>) -> MockCache {
    let mut cache = MockCache::new();
    let noted = log.clone();
    cache.expect_get::<UserDto>().returning(move |key| {
        noted.add(format!("read {key}"));
        Ok(cached.clone())
    });
    let noted = log.clone();
    cache
        .expect_set::<UserDto>()
        .returning(move |key, user, ttl| {
            noted.add(format!("keep {key} {} {ttl}", user.email));
            Ok(())
        });
    cache
        .expect_set::<Option<UserDto>>()
        .returning(|key, value, _| {
            panic!("expected a `UserDto` in the cache, but `{key}` was set to {value:?}")
        });
    let noted = log.clone();
    cache.expect_delete().returning(move |key| {
        noted.add(format!("forget {key}"));
        Ok(())
    });
    cache
}

fn events(log: &Log) -> MockEventPublisher {
    let mut events = MockEventPublisher::new();
    let noted = log.clone();
    events.expect_publish().returning(move |event, payload| {
        noted.add(format!("publish {event} {payload}"));
        Ok("event-id".into())
    });
    events
}

fn events_down() -> MockEventPublisher {
    let mut events = MockEventPublisher::new();
    let down = |_: &str, _| Err(AppError::ServiceUnavailable("no broker".into()));
    events.expect_publish().returning(down);
    events
}

fn service(
    repo: MockUserRepo,
    cache: MockCache,
    events: MockEventPublisher,
) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(Arc::new(repo), Arc::new(cache), Arc::new(events))
}

fn ada() -> User {
    user(1, "Ada")
}

fn ada_registers() -> CreateUserRequest {
    request("Ada", "ada@example.com", "Password123")
}

#[tokio::test]
async fn test_get_user_returns_cached() {
    let log = Log::default();
    let cached = UserDto {
        name: "Cached User".into(),
        ..ada().into()
    };
    let service = service(
        repo(&log, &[ada()]),
        cache(&log, Some(cached)),
        events(&log),
    );

    let found = must(service.get_user(ada().id).await, "`get_user`");

    assert_eq!(
        found.map(|user| user.name).as_deref(),
        Some("Cached User"),
        "expected the user as the cache has it"
    );
    assert_eq!(
        log.all(),
        [format!("read user:{}", ada().id)],
        "expected one read of the cache, under `user:` and the id, and nothing else: the \
         repository is to be spared"
    );
}

#[tokio::test]
async fn a_miss_is_loaded_once_and_kept_for_half_an_hour() {
    let log = Log::default();
    let service = service(repo(&log, &[ada()]), cache(&log, None), events(&log));
    let id = ada().id;

    let found = must(service.get_user(id).await, "`get_user`");

    assert_eq!(found, Some(ada().into()), "expected the repository's user");
    assert_eq!(
        log.all(),
        [
            format!("read user:{id}"),
            format!("load {id}"),
            format!("keep user:{id} ada@example.com 1800"),
        ],
        "expected a miss to be loaded once, and to be kept as a `UserDto` for 1800 seconds"
    );
}

#[tokio::test]
async fn an_unknown_user_is_none_and_is_not_kept() {
    let log = Log::default();
    let service = service(repo(&log, &[]), cache(&log, None), events(&log));

    let found = must(
        service.get_user(ada().id).await,
        "`get_user` of an unknown id",
    );

    assert_eq!(found, None, "expected `None` for a user whom nobody knows");
    let calls = log.all();
    assert!(
        !calls.iter().any(|call| call.starts_with("keep")),
        "expected nothing to be kept in the cache for an unknown user, but the service did \
         {calls:?}"
    );
}

#[tokio::test]
async fn a_cache_that_is_down_costs_no_answer() {
    let log = Log::default();
    let mut down = MockCache::new();
    let refused = || AppError::Cache("connection refused".into());
    down.expect_get::<UserDto>()
        .returning(move |_| Err(refused()));
    down.expect_set::<UserDto>()
        .returning(move |_, _, _| Err(refused()));
    down.expect_delete().returning(move |_| Err(refused()));
    let service = service(repo(&log, &[ada()]), down, events(&log));

    let found = must(
        service.get_user(ada().id).await,
        "`get_user` without a cache",
    );
    assert_eq!(found, Some(ada().into()), "expected the repository's user");
    let changed = service
        .update_user(ada().id, UpdateUserRequest::default())
        .await;
    assert_kind(&changed, "Ok", "for a change without a cache");
    let deleted = service.delete_user(ada().id).await;
    assert_kind(&deleted, "Ok", "for a deletion without a cache");
}

#[tokio::test]
async fn test_create_user_publishes_event() {
    let log = Log::default();
    let mut mock_repo = MockUserRepo::new();
    // The database answers another user than it was sent.
    let stored = User {
        sync_status: SyncStatus::Pending,
        ..user(42, "Stored")
    };
    let row = stored.clone();
    mock_repo.expect_find_by_email().returning(|_| Ok(None));
    mock_repo.expect_exists_by_email().returning(|_| Ok(false));
    let noted = log.clone();
    mock_repo.expect_save().returning(move |user| {
        noted.add(format!("save {} {:?}", user.email, user.sync_status));
        Ok(row.clone())
    });
    let noted = log.clone();
    mock_repo.expect_mark_synced().returning(move |user| {
        noted.add(format!("mark {}", user.email));
        Ok(())
    });
    let service = service(mock_repo, MockCache::new(), events(&log));

    let answer = must(service.create_user(ada_registers()).await, "a registration");

    let payload = json!({ "userId": stored.id.to_string() });
    assert_eq!(
        log.all(),
        [
            "save ada@example.com Pending".to_string(),
            format!("publish user.registered {payload}"),
            "mark stored@example.com".to_string(),
        ],
        "expected three things in this order: a user saved as `Pending`; one event \
         `user.registered` with the id that `save` has answered; that user marked as synced"
    );
    assert_eq!(
        answer,
        UserDto::from(stored),
        "expected the answer to be the user as stored"
    );
}

#[tokio::test]
async fn a_refused_registration_leaves_no_trace() {
    let log = Log::default();
    let service = service(repo(&log, &[ada()]), MockCache::new(), events(&log));

    let taken = service.create_user(ada_registers()).await;
    assert_kind(&taken, "Conflict", "for an email that has an account");
    let blank = service
        .create_user(request(" ", "bob@example.com", "Password123"))
        .await;
    assert_kind(
        &blank,
        "ValidationFailed",
        "for a registration with a blank name",
    );
    let padded = service
        .create_user(request("Ada", " ada@example.com ", "Password123"))
        .await;
    assert_kind(
        &padded,
        "Conflict",
        "for a taken email with blanks around it",
    );

    assert!(
        log.all().is_empty(),
        "expected nothing to be saved or published, but the service did {:?}",
        log.all()
    );
}

#[tokio::test]
async fn the_password_is_saved_as_a_hash() {
    let saved: Arc<Mutex<Option<User>>> = Arc::default();
    let mut mock_repo = MockUserRepo::new();
    mock_repo.expect_find_by_email().returning(|_| Ok(None));
    mock_repo.expect_exists_by_email().returning(|_| Ok(false));
    let slot = saved.clone();
    mock_repo.expect_save().returning(move |user| {
        *slot.lock().unwrap() = Some(user.clone());
        Ok(user.clone())
    });
    mock_repo.expect_mark_synced().returning(|_| Ok(()));
    let service = service(mock_repo, MockCache::new(), events(&Log::default()));

    let answer = service
        .create_user(request(" Ada ", "ada@example.com", "Password123"))
        .await;
    must(answer, "a registration");

    let user = saved
        .lock()
        .unwrap()
        .take()
        .expect("expected a user to be saved");
    assert!(
        !user.password_hash.contains("Password123"),
        "expected a hash, but the password itself was saved: `{}`",
        user.password_hash
    );
    let hash = Some(user.password_hash.clone());
    let fits = capstone::crypto::verify_password("Password123".into(), hash).await;
    assert!(
        matches!(fits, Ok(true)),
        "expected the password's hash as `hash_password` makes it, got `{}`",
        user.password_hash
    );
    assert_eq!(
        (user.name.as_str(), user.created_at),
        ("Ada", user.updated_at),
        "expected the trimmed name, and one time for both `created_at` and `updated_at`"
    );
}

#[tokio::test]
async fn a_publisher_that_is_down_leaves_the_user_pending() {
    let log = Log::default();
    let service = service(repo(&log, &[]), MockCache::new(), events_down());

    let answer = service.create_user(ada_registers()).await;

    assert_kind(
        &answer,
        "Ok",
        "for a registration that could not be announced yet",
    );
    assert_eq!(
        log.all(),
        ["save ada@example.com Pending"],
        "expected the user to be saved as `Pending` and not to be marked as synced"
    );
}

#[tokio::test]
async fn a_failed_save_publishes_nothing() {
    let log = Log::default();
    let mut mock_repo = MockUserRepo::new();
    mock_repo.expect_find_by_email().returning(|_| Ok(None));
    mock_repo.expect_exists_by_email().returning(|_| Ok(false));
    // Somebody else was quicker, between the question and the insert.
    mock_repo
        .expect_save()
        .returning(|_| Err(AppError::Conflict("email taken".into())));
    let noted = log.clone();
    mock_repo.expect_mark_synced().returning(move |user| {
        noted.add(format!("mark {}", user.email));
        Ok(())
    });
    let service = service(mock_repo, MockCache::new(), events(&log));

    let answer = service.create_user(ada_registers()).await;

    assert_kind(&answer, "Conflict", "as the repository has said");
    assert!(
        log.all().is_empty(),
        "expected no event for a user who was not saved, but the service did {:?}",
        log.all()
    );
}

#[tokio::test]
async fn a_change_keeps_the_rest_and_then_forgets_the_copy() {
    let id = ada().id;
    let table = [
        (
            Some("Ada L."),
            None,
            "update Ada L. ada@example.com Pending, the hash of Ada",
        ),
        (
            None,
            Some("l@example.com"),
            "update Ada l@example.com Pending, the hash of Ada",
        ),
        (
            None,
            None,
            "update Ada ada@example.com Pending, the hash of Ada",
        ),
    ];
    for (name, email, wanted) in table {
        let log = Log::default();
        let service = service(repo(&log, &[ada()]), cache(&log, None), events(&log));
        let change = UpdateUserRequest {
            name: name.map(Into::into),
            email: email.map(Into::into),
        };

        let answer = must(service.update_user(id, change).await, "a change");

        assert_eq!(
            log.all(),
            [
                format!("load {id}"),
                wanted.to_string(),
                format!("forget user:{id}")
            ],
            "expected the user to be loaded, to be updated in what was named and set to \
             `Pending`, and then to be forgotten by the cache; no event, that is for the worker"
        );
        assert!(
            answer.updated_at > UserDto::from(ada()).updated_at,
            "expected `updated_at` to be the time of the change, got {}",
            answer.updated_at
        );
        assert_eq!(
            answer.created_at,
            UserDto::from(ada()).created_at,
            "expected `created_at` to stay"
        );
    }

    let log = Log::default();
    let service = service(repo(&log, &[ada()]), cache(&log, None), events(&log));
    let blank = UpdateUserRequest {
        name: Some(" ".into()),
        email: None,
    };
    let refused = service.update_user(id, blank).await;
    assert_kind(&refused, "ValidationFailed", "for a change to a blank name");
    let nobody = service
        .update_user(Uuid::from_u128(2), UpdateUserRequest::default())
        .await;
    assert_kind(&nobody, "NotFound", "for a change of somebody unknown");
    assert!(
        !log.all().iter().any(|call| call.starts_with("update")),
        "expected nothing to be updated, but the service did {:?}",
        log.all()
    );
}

#[tokio::test]
async fn a_deleted_user_leaves_the_cache() {
    let log = Log::default();
    let service = service(repo(&log, &[ada()]), cache(&log, None), events(&log));
    let id = ada().id;

    must(service.delete_user(id).await, "a deletion");

    let changes: Vec<String> = log
        .all()
        .into_iter()
        .filter(|call| !call.starts_with("load"))
        .collect();
    assert_eq!(
        changes,
        [format!("delete {id}"), format!("forget user:{id}")],
        "expected the user to be deleted first, and then to be forgotten by the cache"
    );
    let nobody = service.delete_user(Uuid::from_u128(2)).await;
    assert_kind(&nobody, "NotFound", "for the deletion of somebody unknown");
}

// Step 4: the API

const SECRET: &[u8] = b"only-for-tests-0123456789abcdef0123456789abcdef";

/// The whole application on a database in memory.
async fn setup_test_app() -> Router {
    let pool = must(database::in_memory().await, "a database in memory");
    create_router(AppState::with(Parts {
        repo: Arc::new(SqliteUsers::new(pool)),
        cache: Arc::new(MemoryCache::default()),
        events: Arc::new(events(&Log::default())),
        jwt_secret: SECRET.into(),
    }))
}

async fn server() -> TestServer {
    TestServer::new(setup_test_app().await).unwrap()
}

fn person(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email, "password": "Password123" })
}

/// A token of the test's own making, so that the API can be judged before there is a
/// login.
fn token_of(claims: &Value, header: &Value, secret: &[u8]) -> String {
    let part = |value: &Value| base64url_encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = base64url_encode(&hmac_sha256(secret, signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn claims_of(id: &str, token_type: &str, ends_in: i64) -> Value {
    let now = Utc::now().timestamp();
    json!({ "sub": id, "token_type": token_type, "iat": now - 60, "exp": now + ends_in })
}

fn hs256() -> Value {
    json!({ "alg": "HS256", "typ": "JWT" })
}

fn bearer_of(id: &str) -> String {
    let claims = claims_of(id, "access", 600);
    format!("Bearer {}", token_of(&claims, &hs256(), SECRET))
}

/// A caller with a valid access token.
fn bearer() -> String {
    bearer_of(&Uuid::from_u128(1).to_string())
}

/// Fails with a sentence unless `response` has the status that was wanted.
#[track_caller]
fn assert_status(response: &TestResponse, wanted: StatusCode, when: &str) {
    let got = response.status_code();
    let body = response.text();
    assert!(
        got == wanted,
        "expected {wanted} {when}, got {got} with the body `{body}`"
    );
}

/// The body of `response`, which has to be JSON.
#[track_caller]
fn body(response: &TestResponse) -> Value {
    serde_json::from_str(&response.text())
        .unwrap_or_else(|_| panic!("expected JSON, got the body `{}`", response.text()))
}

/// Fails unless `response` is an error in the shape of this API.
#[track_caller]
fn assert_error(response: &TestResponse, wanted: StatusCode, code: &str, when: &str) {
    assert_status(response, wanted, when);
    let body = body(response);
    assert_eq!(
        body["code"], code,
        "expected the code {code} {when}, got {body}"
    );
}

async fn send(server: &TestServer, method: &str, path: &str, sent: Option<Value>) -> TestResponse {
    let request = match method {
        "GET" => server.get(path),
        "POST" => server.post(path),
        "PUT" => server.put(path),
        _ => server.delete(path),
    };
    let request = request.add_header("Authorization", bearer());
    match sent {
        Some(json) => request.json(&json).await,
        None => request.await,
    }
}

/// Creates a user and answers the id.
async fn create(server: &TestServer, name: &str, email: &str) -> String {
    let response = send(server, "POST", "/api/v1/users", Some(person(name, email))).await;
    assert_status(&response, StatusCode::CREATED, "for a new user");
    let user = body(&response);
    let id = user["id"].as_str();
    id.unwrap_or_else(|| panic!("expected the user with an `id`, got {user}"))
        .to_string()
}

fn all_errors() -> Vec<(AppError, u16, &'static str, &'static str)> {
    let text = || "details".to_string();
    let hidden = "Internal server error";
    vec![
        (
            AppError::NotFound(text()),
            404,
            "NOT_FOUND",
            "Not found: details",
        ),
        (
            AppError::Unauthorized(text()),
            401,
            "UNAUTHORIZED",
            "Unauthorized: details",
        ),
        (AppError::TokenExpired, 401, "UNAUTHORIZED", "Token expired"),
        (
            AppError::InvalidCredentials,
            401,
            "UNAUTHORIZED",
            "Invalid credentials",
        ),
        (
            AppError::Forbidden(text()),
            403,
            "FORBIDDEN",
            "Forbidden: details",
        ),
        (
            AppError::ValidationFailed(text()),
            400,
            "VALIDATION_FAILED",
            "Validation failed: details",
        ),
        (
            AppError::Conflict(text()),
            409,
            "CONFLICT",
            "Conflict: details",
        ),
        (
            AppError::ServiceUnavailable(text()),
            503,
            "SERVICE_UNAVAILABLE",
            "Service unavailable: details",
        ),
        (AppError::Internal(text()), 500, "INTERNAL_ERROR", hidden),
        (
            AppError::Database(sqlx::Error::PoolClosed),
            500,
            "INTERNAL_ERROR",
            hidden,
        ),
        (AppError::Cache(text()), 500, "INTERNAL_ERROR", hidden),
    ]
}

async fn answer_of(error: AppError) -> (StatusCode, Value) {
    let response = error.into_response();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let body = serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("expected JSON in the answer to an error, got `{text}`"));
    (status, body)
}

#[tokio::test]
async fn every_error_has_its_status_and_code() {
    for (error, status, code, _) in all_errors() {
        let when = format!("for `AppError::{error:?}`");
        let (got, body) = answer_of(error).await;
        assert_eq!(
            (got.as_u16(), body["code"].as_str()),
            (status, Some(code)),
            "expected the status {status} and the `code` {code} {when}, the body is {body}"
        );
        let timestamp = body["timestamp"].as_str().unwrap_or_default();
        assert!(
            chrono::DateTime::parse_from_rfc3339(timestamp).is_ok(),
            "expected a `timestamp` in RFC 3339 {when}, the body is {body}"
        );
    }
}

#[tokio::test]
async fn a_message_says_what_is_the_callers_business() {
    for (error, _, _, message) in all_errors() {
        let when = format!("for `AppError::{error:?}`");
        let (_, body) = answer_of(error).await;
        assert_eq!(
            body["message"], message,
            "expected the `message` \"{message}\" {when}: the error's own text, but of a 500 \
             nothing that it holds"
        );
    }
}

#[test]
fn a_list_knows_how_many_pages_it_has() {
    // page, size, total; pages, is there a next one, is there a previous one
    let table = [
        (0, 10, 0, 0, false, false),
        (0, 10, 10, 1, false, false),
        (0, 10, 11, 2, true, false),
        (1, 10, 21, 3, true, true),
        (2, 10, 21, 3, false, true),
        (7, 10, 21, 3, false, true),
        (0, 0, 21, 0, false, false),
        (0, 1, i64::MAX, u32::MAX, true, false),
    ];
    for (page, size, total, pages, has_next, has_previous) in table {
        let list = PaginatedResponse::new(vec!["row"], page, size, total);
        let wanted = PaginatedResponse {
            data: vec!["row"],
            page,
            size,
            total,
            total_pages: pages,
            has_next,
            has_previous,
        };
        assert_eq!(
            list, wanted,
            "expected {pages} pages for {total} users in pages of {size}, and of page {page} \
             that there is a next one: {has_next}, a previous one: {has_previous}"
        );
    }
}

#[tokio::test]
async fn test_user_crud_flow() {
    let server = server().await;

    let created = send(
        &server,
        "POST",
        "/api/v1/users",
        Some(person("Integration User", "integration@test.com")),
    )
    .await;
    assert_status(&created, StatusCode::CREATED, "for a new user");
    let user = body(&created);
    let id = user["id"]
        .as_str()
        .expect("expected the new user, with an `id`");
    let path = format!("/api/v1/users/{id}");
    assert!(
        !created.text().contains("argon2"),
        "expected the password's hash to stay inside, got {user}"
    );

    let read = send(&server, "GET", &path, None).await;
    assert_status(&read, StatusCode::OK, "for a user who exists");
    assert_eq!(
        body(&read)["name"],
        "Integration User",
        "expected the user who was created, got {}",
        read.text()
    );

    let deleted = send(&server, "DELETE", &path, None).await;
    assert_status(&deleted, StatusCode::NO_CONTENT, "for a deletion");
    let gone = send(&server, "GET", &path, None).await;
    assert_error(
        &gone,
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "for a user who was deleted",
    );
}

#[tokio::test]
async fn a_registration_is_201_and_its_refusals_are_json() {
    let server = server().await;
    let register = async |sent: Value| server.post("/api/v1/auth/register").json(&sent).await;

    let first = register(person("Ada", "ada@test.com")).await;
    assert_status(
        &first,
        StatusCode::CREATED,
        "for a registration, which needs no token",
    );
    assert_eq!(
        (&body(&first)["name"], &body(&first)["email"]),
        (&json!("Ada"), &json!("ada@test.com")),
        "expected the new user, bare, got {}",
        first.text()
    );
    let twin = register(person("Twin", "ada@test.com")).await;
    assert_error(&twin, StatusCode::CONFLICT, "CONFLICT", "for a taken email");

    let bad = (StatusCode::BAD_REQUEST, "VALIDATION_FAILED");
    for sent in [person(" ", "bob@test.com"), json!({ "name": "Bob" })] {
        let when = format!("for POST {sent}");
        assert_error(&register(sent.clone()).await, bad.0, bad.1, &when);
        let user = send(&server, "POST", "/api/v1/users", Some(sent)).await;
        assert_error(&user, bad.0, bad.1, &format!("{when} to /users"));
    }
    let id = create(&server, "Bob", "bob@test.com").await;
    let path = format!("/api/v1/users/{id}");
    let number = send(&server, "PUT", &path, Some(json!({ "name": 7 }))).await;
    assert_error(&number, bad.0, bad.1, "for PUT with a number as the name");
}

#[tokio::test]
async fn put_changes_what_it_names() {
    let server = server().await;
    create(&server, "Bob", "bob@test.com").await;
    let id = create(&server, "Ada", "ada@test.com").await;
    let path = format!("/api/v1/users/{id}");
    // From here on there is a copy in the cache.
    send(&server, "GET", &path, None).await;

    let changed = send(&server, "PUT", &path, Some(json!({ "name": "Ada L." }))).await;
    assert_status(&changed, StatusCode::OK, "for PUT with a new name");
    let read = send(&server, "GET", &path, None).await;
    for (response, verb) in [(&changed, "PUT"), (&read, "GET after it")] {
        let user = body(response);
        assert_eq!(
            (&user["name"], &user["email"]),
            (&json!("Ada L."), &json!("ada@test.com")),
            "expected {verb} to answer the new name and the old email, got {user}"
        );
    }
    let taken = send(
        &server,
        "PUT",
        &path,
        Some(json!({ "email": "bob@test.com" })),
    )
    .await;
    assert_error(
        &taken,
        StatusCode::CONFLICT,
        "CONFLICT",
        "for PUT with Bob's email",
    );
}

#[tokio::test]
async fn a_user_who_does_not_exist_is_404() {
    let server = server().await;
    let path = format!("/api/v1/users/{}", Uuid::from_u128(404));
    for (method, sent) in [("GET", None), ("PUT", Some(json!({}))), ("DELETE", None)] {
        let response = send(&server, method, &path, sent).await;
        let when = format!("for {method} of a user who does not exist");
        assert_error(&response, StatusCode::NOT_FOUND, "NOT_FOUND", &when);
    }
}

#[tokio::test]
async fn the_list_comes_in_pages() {
    let server = server().await;
    for name in ["Cy", "Ada", "Bob"] {
        create(&server, name, &format!("{name}@test.com")).await;
    }
    let list =
        async |query: &str| send(&server, "GET", &format!("/api/v1/users{query}"), None).await;

    let second = list("?page=1&size=2&order_by=name&order=desc").await;
    assert_status(&second, StatusCode::OK, "for a page of the list");
    let second = body(&second);
    let names: Vec<&Value> = second["data"]
        .as_array()
        .unwrap_or_else(|| panic!("expected the users in `data`, got {second}"))
        .iter()
        .map(|user| &user["name"])
        .collect();
    assert_eq!(
        names,
        ["Ada"],
        "expected the second page of two, by name, descending"
    );
    for (name, wanted) in [
        ("page", json!(1)),
        ("size", json!(2)),
        ("total", json!(3)),
        ("total_pages", json!(2)),
        ("has_next", json!(false)),
        ("has_previous", json!(true)),
    ] {
        assert_eq!(
            second[name], wanted,
            "expected `{name}` to be {wanted} on the second page of two, with three users in all"
        );
    }

    let all = body(&list("").await);
    let count = all["data"].as_array().map(Vec::len);
    assert_eq!(
        (count, &all["page"], &all["size"]),
        (Some(3), &json!(0), &json!(20)),
        "expected all three users on page 0 of size 20 when nothing is asked for"
    );
    let bad = list("?order_by=password_hash").await;
    assert_error(
        &bad,
        StatusCode::BAD_REQUEST,
        "VALIDATION_FAILED",
        "for order_by=password_hash",
    );
}

// Step 5: who is asking

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

async fn login(server: &TestServer, email: &str, password: &str) -> TestResponse {
    let sent = credentials(email, password);
    server.post("/api/v1/auth/login").json(&sent).await
}

async fn register(server: &TestServer, name: &str, email: &str) -> String {
    let response = server
        .post("/api/v1/auth/register")
        .json(&person(name, email))
        .await;
    assert_status(&response, StatusCode::CREATED, "for a registration");
    body(&response)["id"]
        .as_str()
        .unwrap_or_default()
        .to_string()
}

async fn me(server: &TestServer, authorization: &str) -> TestResponse {
    let request = server.get("/api/v1/auth/me");
    request.add_header("Authorization", authorization).await
}

#[tokio::test]
async fn test_auth_flow() {
    let server = server().await;
    register(&server, "Auth Test", "auth@test.com").await;

    let response = login(&server, "auth@test.com", "Password123").await;
    assert_status(&response, StatusCode::OK, "for a login");
    let tokens = body(&response);
    let token = |name: &str| match tokens[name].as_str() {
        Some(token) => token.to_string(),
        None => panic!("expected `{name}` in the answer to a login, got {tokens}"),
    };
    let (access, refresh) = (token("access_token"), token("refresh_token"));
    assert_ne!(access, refresh, "expected two different tokens");

    let response = me(&server, &format!("Bearer {access}")).await;
    assert_status(&response, StatusCode::OK, "for /me with the access token");
    assert_eq!(
        body(&response)["email"],
        "auth@test.com",
        "expected /me to answer whoever has logged in, got {}",
        response.text()
    );
    let anonymous = server.get("/api/v1/auth/me").await;
    assert_error(
        &anonymous,
        StatusCode::UNAUTHORIZED,
        "UNAUTHORIZED",
        "for /me without a token",
    );
}

#[tokio::test]
async fn a_token_is_signed_and_says_whose_it_is_and_until_when() {
    let server = server().await;
    register(&server, "Bob", "bob@test.com").await;
    let id = register(&server, "Ada", "ada@test.com").await;
    let tokens = body(&login(&server, "ada@test.com", "Password123").await);

    for (kind, lifetime) in [("access", 900), ("refresh", 604_800)] {
        let token = tokens[format!("{kind}_token")].as_str().unwrap_or_default();
        let parts: Vec<&str> = token.split('.').collect();
        assert_eq!(
            parts.len(),
            3,
            "expected three parts with dots between, got `{token}`"
        );
        let decoded = |part: &str| {
            let bytes = base64url_decode(part).unwrap_or_default();
            serde_json::from_slice::<Value>(&bytes)
                .unwrap_or_else(|_| panic!("expected JSON in base64url, got `{part}`"))
        };
        let (header, claims) = (decoded(parts[0]), decoded(parts[1]));
        assert_eq!(
            header["alg"], "HS256",
            "expected HS256 in the header, got {header}"
        );
        assert_eq!(
            (claims["sub"].as_str(), claims["token_type"].as_str()),
            (Some(id.as_str()), Some(kind)),
            "expected Ada's id and the kind of the token, got {claims}"
        );
        let seconds = |name: &str| claims[name].as_i64().unwrap_or_default();
        assert!(
            (Utc::now().timestamp() - seconds("iat")).abs() < 600,
            "expected the time of the login in `iat`, in Unix seconds, got {claims}"
        );
        assert_eq!(
            seconds("exp") - seconds("iat"),
            lifetime,
            "expected the {kind} token to end {lifetime} seconds after it was issued"
        );
        let signed = format!("{}.{}", parts[0], parts[1]);
        let signature = base64url_decode(parts[2]).unwrap_or_default();
        assert!(
            verify_hmac_sha256(SECRET, signed.as_bytes(), &signature),
            "expected the third part to be the HMAC-SHA-256 of `header.payload` under the \
             application's secret, got `{token}`"
        );
    }
}

#[tokio::test]
async fn a_refused_login_does_not_say_why() {
    let server = server().await;
    register(&server, "Ada", "ada@test.com").await;

    let mut answers = Vec::new();
    for (email, password, when) in [
        ("ada@test.com", "password123", "for a wrong password"),
        ("eve@test.com", "Password123", "for an unknown email"),
    ] {
        let response = login(&server, email, password).await;
        assert_error(&response, StatusCode::UNAUTHORIZED, "UNAUTHORIZED", when);
        answers.push(body(&response)["message"].clone());
    }
    assert_eq!(
        answers[0], answers[1],
        "expected the same message for a wrong password and for an unknown email: two messages \
         tell who has an account"
    );
}

/// Each of these in the header must be refused, and nothing may panic.
async fn assert_refused(headers: &[(&str, String)]) {
    let server = server().await;
    let id = create(&server, "Ada", "ada@test.com").await;
    let valid = me(&server, &bearer_of(&id)).await;
    assert_status(&valid, StatusCode::OK, "for a valid token, to begin with");
    for (what, header) in headers {
        let request = server
            .get("/api/v1/auth/me")
            .add_header("Authorization", header);
        // In a task of its own, so that a panic of the application is an answer here.
        let answer = tokio::spawn(request.into_future()).await;
        let response =
            answer.unwrap_or_else(|_| panic!("expected 401 for {what}, the application panicked"));
        let when = format!("for {what}");
        assert_error(&response, StatusCode::UNAUTHORIZED, "UNAUTHORIZED", &when);
    }
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    let (ada, eve) = (
        Uuid::from_u128(1).to_string(),
        Uuid::from_u128(2).to_string(),
    );
    let intact = token_of(&claims_of(&ada, "access", 600), &hs256(), SECRET);
    let (_, signature) = intact.rsplit_once('.').unwrap();
    let other = token_of(&claims_of(&eve, "access", 600), &hs256(), SECRET);
    let (unsigned, _) = other.rsplit_once('.').unwrap();
    let guessed = token_of(&claims_of(&ada, "access", 600), &hs256(), b"guessed");
    assert_refused(&[
        (
            "another's claims under an old signature",
            format!("Bearer {unsigned}.{signature}"),
        ),
        (
            "a signature made with a guessed secret",
            format!("Bearer {guessed}"),
        ),
        ("an empty signature", format!("Bearer {unsigned}.")),
    ])
    .await;
}

#[tokio::test]
async fn only_hs256_is_accepted() {
    let claims = claims_of(&Uuid::from_u128(1).to_string(), "access", 600);
    let with = |alg: &str| {
        let token = token_of(&claims, &json!({ "alg": alg, "typ": "JWT" }), SECRET);
        format!("Bearer {token}")
    };
    let none = with("none");
    let (unsigned, _) = none.rsplit_once('.').unwrap();
    assert_refused(&[
        ("`alg: none` without a signature", format!("{unsigned}.")),
        ("`alg: none` with a signature", none.clone()),
        ("`alg: HS512` with an HS256 signature", with("HS512")),
        ("`alg: hs256`, in small letters", with("hs256")),
    ])
    .await;
}

#[tokio::test]
async fn a_token_has_its_time_and_its_purpose() {
    let id = Uuid::from_u128(1).to_string();
    let of = |kind, ends_in| {
        let token = token_of(&claims_of(&id, kind, ends_in), &hs256(), SECRET);
        format!("Bearer {token}")
    };
    assert_refused(&[
        ("an access token that has ended", of("access", -1)),
        ("a refresh token: it opens nothing", of("refresh", 600)),
    ])
    .await;

    // The end is over at the very second. More tries than one, for the next second
    // may have begun when the answer is made.
    let server = server().await;
    for _ in 0..5 {
        let response = me(&server, &of("access", 0)).await;
        assert_error(
            &response,
            StatusCode::UNAUTHORIZED,
            "UNAUTHORIZED",
            "for an access token that ends now",
        );
    }
}

#[tokio::test]
async fn what_is_no_bearer_token_is_refused() {
    let no_json = base64url_encode(b"no json");
    let signed = format!("{no_json}.{no_json}");
    let signature = base64url_encode(&hmac_sha256(SECRET, signed.as_bytes()));
    let valid = bearer().replace("Bearer ", "");
    assert_refused(&[
        ("no scheme", valid.clone()),
        ("another scheme", format!("Basic {valid}")),
        ("`Bearer` and no blank", format!("Bearer{valid}")),
        ("`x`", "Bearer x".into()),
        ("`x.y.z`", "Bearer x.y.z".into()),
        ("`!.!.!`", "Bearer !.!.!".into()),
        ("four parts", format!("Bearer {valid}.x")),
        ("signed nonsense", format!("Bearer {signed}.{signature}")),
    ])
    .await;
}

#[tokio::test]
async fn users_are_for_callers_with_a_token() {
    let server = server().await;
    let id = create(&server, "Ada", "ada@test.com").await;
    let path = format!("/api/v1/users/{id}");
    let refresh = token_of(&claims_of(&id, "refresh", 600), &hs256(), SECRET);
    let refreshed = server
        .get(&path)
        .add_header("Authorization", format!("Bearer {refresh}"))
        .await;
    assert_error(
        &refreshed,
        StatusCode::UNAUTHORIZED,
        "UNAUTHORIZED",
        "for GET /users/{id} with a refresh token",
    );
    let answers = [
        ("GET /users", server.get("/api/v1/users").await),
        (
            "POST /users",
            server
                .post("/api/v1/users")
                .json(&person("Eve", "eve@test.com"))
                .await,
        ),
        ("GET /users/{id}", server.get(&path).await),
        (
            "PUT /users/{id}",
            server.put(&path).json(&json!({ "name": "Eve" })).await,
        ),
        ("DELETE /users/{id}", server.delete(&path).await),
    ];
    for (what, response) in answers {
        let when = format!("for {what} without a token");
        assert_error(&response, StatusCode::UNAUTHORIZED, "UNAUTHORIZED", &when);
    }
    let read = send(&server, "GET", &path, None).await;
    assert_status(
        &read,
        StatusCode::OK,
        "for Ada, whom nobody was allowed to delete",
    );
}

#[tokio::test]
async fn the_token_is_asked_for_before_all_else() {
    let server = server().await;
    let answers = [
        ("a bad id", server.get("/api/v1/users/no-id").await),
        ("a bad query", server.get("/api/v1/users?page=x").await),
        (
            "a bad body",
            server.post("/api/v1/users").text("no json").await,
        ),
        (
            "an id that nobody has",
            server
                .delete(&format!("/api/v1/users/{}", Uuid::nil()))
                .await,
        ),
    ];
    for (what, response) in answers {
        let when = format!("for {what} without a token: the missing token comes first");
        assert_status(&response, StatusCode::UNAUTHORIZED, &when);
    }
}

// Step 6: the end

/// Something that has to happen at once. The time is for a machine that is busy.
async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    let outcome = tokio::time::timeout(Duration::from_secs(5), happens).await;
    outcome.unwrap_or_else(|_| panic!("waited 5 seconds for {what}"))
}

/// A service for the worker: `outcomes` of `sync_next`, one after another, and then
/// nothing left to do. Each job begins, and ends when `gate` is opened.
struct Jobs {
    outcomes: Mutex<VecDeque<Result<bool, AppError>>>,
    log: Log,
    begun: Notify,
    gate: Option<Notify>,
}

impl Jobs {
    fn new(outcomes: Vec<Result<bool, AppError>>, gate: Option<Notify>) -> Arc<Self> {
        Arc::new(Self {
            outcomes: Mutex::new(outcomes.into()),
            log: Log::default(),
            begun: Notify::new(),
            gate,
        })
    }
}

#[async_trait]
impl UserService for Jobs {
    async fn get_user(&self, _: Uuid) -> Result<Option<UserDto>, AppError> {
        Ok(None)
    }

    async fn list_users(&self, _: &PaginationOptions) -> Result<(Vec<UserDto>, i64), AppError> {
        Ok((Vec::new(), 0))
    }

    async fn create_user(&self, _: CreateUserRequest) -> Result<UserDto, AppError> {
        Ok(ada().into())
    }

    async fn update_user(&self, _: Uuid, _: UpdateUserRequest) -> Result<UserDto, AppError> {
        Ok(ada().into())
    }

    async fn delete_user(&self, _: Uuid) -> Result<(), AppError> {
        Ok(())
    }

    async fn sync_next(&self) -> Result<bool, AppError> {
        let asked = self.log.all().len();
        assert!(
            asked < 200,
            "expected the worker to rest when nothing is left, but it asks on"
        );
        self.log.add("begun");
        self.begun.notify_one();
        let outcome = self.outcomes.lock().unwrap().pop_front();
        if let (Some(gate), Some(_)) = (&self.gate, &outcome) {
            gate.notified().await;
        }
        self.log.add("done");
        outcome.unwrap_or(Ok(false))
    }
}

#[tokio::test]
async fn the_longest_waiting_change_is_told_and_marked() {
    let waiting = [user(1, "Ada"), user(2, "Bob")];
    let of = |log: &Log, users: Vec<User>| {
        let mut repo = repo(log, &[]);
        repo.expect_find_pending_sync()
            .returning(move || Ok(users.clone()));
        repo
    };
    let payload = json!({ "userId": waiting[0].id.to_string() });

    let log = Log::default();
    let some = service(of(&log, waiting.to_vec()), MockCache::new(), events(&log));
    let told = must(some.sync_next().await, "`sync_next`");
    assert!(told, "expected `true` when somebody was waiting");
    assert_eq!(
        log.all(),
        [
            format!("publish user.changed {payload}"),
            "mark ada@example.com".into()
        ],
        "expected one event, `user.changed` for the first who is pending, and then that user to \
         be marked as synced"
    );

    let log = Log::default();
    let nobody = service(of(&log, Vec::new()), MockCache::new(), events(&log));
    let told = must(nobody.sync_next().await, "`sync_next` with nobody waiting");
    assert!(!told, "expected `false` when nobody is waiting");
    assert!(
        log.all().is_empty(),
        "expected no event when nobody is waiting"
    );

    let log = Log::default();
    let down = service(of(&log, waiting.to_vec()), MockCache::new(), events_down());
    let told = down.sync_next().await;
    assert_kind(&told, "ServiceUnavailable", "as the publisher has said");
    assert!(
        log.all().is_empty(),
        "expected the user to stay pending when the event could not be published, but the \
         service did {:?}",
        log.all()
    );
}

const HEARD: &str =
    "expected somebody to listen for the signal when it is given, not to have ended before";
const CALM: &str = "expected no panic on the way to the end";

#[tokio::test]
async fn the_signal_counts_whenever_it_comes() {
    let (_tx, rx) = watch::channel(true);
    soon(
        "`shutdown_signal` to see that the signal was given before",
        shutdown_signal(rx),
    )
    .await;

    let (tx, rx) = watch::channel(false);
    let waiting = tokio::spawn(shutdown_signal(rx));
    tx.send(false).expect(HEARD);
    tokio::task::yield_now().await;
    tokio::task::yield_now().await;
    assert!(
        !waiting.is_finished(),
        "expected `shutdown_signal` to wait for `true`, but a `false` that was sent was enough"
    );
    tx.send(true).expect(HEARD);
    soon(
        "`shutdown_signal` to see a signal that is given later",
        waiting,
    )
    .await
    .expect(CALM);

    let (tx, rx) = watch::channel(false);
    drop(tx);
    soon(
        "the end, when nobody is left who could give the signal",
        shutdown_signal(rx),
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_worker_rests_and_tries_again() {
    let failed = || Err(AppError::ServiceUnavailable("no broker".into()));
    let jobs = Jobs::new(vec![Ok(true), failed(), Ok(true)], None);
    let (tx, rx) = watch::channel(false);
    let worker = tokio::spawn(work(jobs.clone(), rx));
    let asked = || {
        jobs.log
            .all()
            .iter()
            .filter(|call| *call == "begun")
            .count()
    };

    tokio::time::sleep(REST / 2).await;
    assert_eq!(
        asked(),
        2,
        "expected the worker to go on at once after a job, and to rest after a failure"
    );
    tokio::time::sleep(REST).await;
    assert_eq!(
        asked(),
        4,
        "expected the worker to try again after `REST`, to do what is left, and to rest"
    );
    tokio::time::sleep(REST * 10).await;
    assert_eq!(
        asked(),
        14,
        "expected the worker to ask once in each `REST`"
    );

    tx.send(true).expect(HEARD);
    let before = tokio::time::Instant::now();
    soon("the end of a worker that rests", worker)
        .await
        .expect(CALM);
    assert!(
        before.elapsed() < REST / 2,
        "expected a worker that rests to end at once, it took {:?}",
        before.elapsed()
    );
}

#[tokio::test]
async fn the_worker_finishes_its_job_and_takes_no_other() {
    let jobs = Jobs::new(vec![Ok(true), Ok(true)], Some(Notify::new()));
    let (tx, rx) = watch::channel(false);
    let worker = tokio::spawn(work(jobs.clone(), rx));
    soon("the worker to take a job", jobs.begun.notified()).await;

    tx.send(true).expect(HEARD);
    // Whoever wants to drop the job has the time to do it here.
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    jobs.gate.as_ref().unwrap().notify_one();

    soon("the worker to end after its job", worker)
        .await
        .expect(CALM);
    assert_eq!(
        jobs.log.all(),
        ["begun", "done"],
        "expected the job that had begun to be finished, and no other to be begun"
    );
}

/// A listener, and a request that is answered when `gate` is opened.
async fn held() -> (TcpListener, Router, Arc<Notify>, Arc<Notify>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.expect("a port of this machine can be opened");
    let (begun, gate) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (inside, key) = (begun.clone(), gate.clone());
    let handler = async move || {
        inside.notify_one();
        key.notified().await;
        "answered"
    };
    let app = Router::new().route("/held", get(handler));
    (listener, app, begun, gate)
}

/// What the server at `address` answers to one request, or "" when it hangs up.
async fn ask(address: std::net::SocketAddr) -> String {
    let mut answer = Vec::new();
    if let Ok(mut stream) = TcpStream::connect(address).await {
        let request = b"GET /held HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(request).await;
        let _ = stream.read_to_end(&mut answer).await;
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_in_flight_is_answered() {
    let (listener, app, begun, gate) = held().await;
    let address = listener.local_addr().unwrap();
    let (tx, rx) = watch::channel(false);
    let jobs = Jobs::new(vec![], None);
    let running = tokio::spawn(run(listener, app, jobs, rx, Duration::from_secs(60)));
    let client = tokio::spawn(ask(address));
    soon("the request to reach its handler", begun.notified()).await;

    tx.send(true).expect(HEARD);
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    soon("new connections to be refused after the signal", refused).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(
        !running.is_finished(),
        "expected `run` to wait for the request in flight, but it has come back already: after it \
         the process ends, and the client gets no answer"
    );
    gate.notify_one();

    let answer = soon("the answer to the request in flight", client)
        .await
        .expect(CALM);
    assert!(
        answer.ends_with("answered"),
        "expected the request that was in flight at the signal to be answered, the client got \
         {answer:?}"
    );
    let ending = soon("the end of the run", running).await.expect(CALM);
    assert_eq!(
        ending,
        Ending::Drained,
        "expected `Drained` when all was finished in time"
    );
}

#[tokio::test]
async fn the_last_job_is_waited_for() {
    let (listener, app, _, _) = held().await;
    let jobs = Jobs::new(vec![Ok(true), Ok(true)], Some(Notify::new()));
    let (tx, rx) = watch::channel(false);
    let running = tokio::spawn(run(
        listener,
        app,
        jobs.clone(),
        rx,
        Duration::from_secs(60),
    ));
    soon("the worker to take a job", jobs.begun.notified()).await;

    tx.send(true).expect(HEARD);
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(
        !running.is_finished(),
        "expected `run` to wait for the worker's job, but it has come back already"
    );
    jobs.gate.as_ref().unwrap().notify_one();

    let ending = soon("the end of the run", running).await.expect(CALM);
    assert_eq!(
        (ending, jobs.log.all()),
        (
            Ending::Drained,
            vec!["begun".to_string(), "done".to_string()]
        ),
        "expected `Drained`, with the job that had begun finished and no other begun"
    );
}

#[tokio::test]
async fn what_is_stuck_is_cut_at_the_deadline() {
    let (listener, app, begun, _) = held().await;
    let address = listener.local_addr().unwrap();
    let (tx, rx) = watch::channel(false);
    let deadline = Duration::from_millis(50);
    let jobs = Jobs::new(vec![], None);
    let running = tokio::spawn(run(listener, app, jobs, rx, deadline));
    let _client = tokio::spawn(ask(address));
    soon("the request to reach its handler", begun.notified()).await;
    tx.send(true).expect(HEARD);
    let ending = soon(
        "the end of a run with a request that is never answered",
        running,
    )
    .await;
    assert_eq!(
        ending.expect(CALM),
        Ending::Cut,
        "expected `Cut` when a request is stuck"
    );

    let (listener, app, _, _) = held().await;
    let jobs = Jobs::new(vec![Ok(true)], Some(Notify::new()));
    let (tx, rx) = watch::channel(false);
    let running = tokio::spawn(run(listener, app, jobs.clone(), rx, deadline));
    soon("the worker to take a job", jobs.begun.notified()).await;
    tx.send(true).expect(HEARD);
    let ending = soon("the end of a run with a job that never ends", running).await;
    assert_eq!(
        ending.expect(CALM),
        Ending::Cut,
        "expected `Cut` when the worker is stuck"
    );
    let dropped = async {
        while Arc::strong_count(&jobs) > 1 {
            tokio::task::yield_now().await;
        }
    };
    soon("the stuck worker to be gone after the cut", dropped).await;
}

#[tokio::test]
async fn a_run_ends_only_at_the_signal() {
    let (listener, app, begun, gate) = held().await;
    let address = listener.local_addr().unwrap();
    let (tx, rx) = watch::channel(false);
    let jobs = Jobs::new(vec![], None);
    // A deadline of nothing: it counts from the signal, not from the start.
    let mut running = tokio::spawn(run(listener, app, jobs, rx, Duration::ZERO));
    for round in 1..=3 {
        let client = tokio::spawn(ask(address));
        let reached = async {
            tokio::select! {
                () = begun.notified() => {}
                ending = &mut running => panic!(
                    "expected `run` to go on until the signal, but without one it has come back, \
                     with {ending:?}: the deadline counts from the signal, not from the start"
                ),
            }
        };
        soon("a request to reach its handler", reached).await;
        gate.notify_one();
        let answer = soon("an answer", client).await.expect(CALM);
        assert!(
            answer.ends_with("answered"),
            "expected request {round} to be answered before there was a signal, got {answer:?}"
        );
    }
    assert!(
        !running.is_finished(),
        "expected the run to go on until the signal"
    );
    tx.send(true).expect(HEARD);
    soon("the end of the run", running).await.expect(CALM);
}
