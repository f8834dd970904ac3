//! One contract, tried on every store that keeps it. PostgreSQL is tried where `DATABASE_URL` says that there is one; each test makes a
//! schema of its own there and drops it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use repository_postgres::domain::{AppError, SyncStatus, User};
use repository_postgres::memory::MemoryUsers;
use repository_postgres::ports::{Page, UserRepository};
use repository_postgres::postgres::PostgresUsers;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use tokio::task::JoinSet;
use uuid::Uuid;

type Users = Arc<dyn UserRepository>;

/// Tries something on a table of its own in the database, which is gone afterwards, whatever came of it.
async fn on_postgres<F: Future<Output = ()> + Send + 'static>(contract: impl FnOnce(Users) -> F) {
    on_schema(|users, _| contract(users)).await;
}

/// The same for what wants to know the name of the schema.
async fn on_schema<F: Future<Output = ()> + Send + 'static>(
    contract: impl FnOnce(Users, String) -> F,
) {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is set, or this test is skipped");
    let schema = format!("patterns_tui_{}", Uuid::new_v4().simple());
    let mut direct = PgConnection::connect(&url)
        .await
        .expect("the server answers");
    let create = format!("CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(create))
        .execute(&mut direct)
        .await
        .expect("a schema is made");

    let options: PgConnectOptions = url.parse().expect("it was connected to just now");
    let options = options.options([("search_path", &schema)]);
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .connect_with(options)
        .await
        .unwrap();
    let users = PostgresUsers::new(pool.clone());
    for again in [false, true] {
        let made = users.migrate().await;
        assert_eq!(made, Ok(()), "the table is made; again: {again}");
    }
    let tried = tokio::spawn(contract(Arc::new(users), schema.clone())).await;
    pool.close().await;
    let drop = format!("DROP SCHEMA {schema} CASCADE");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop))
        .execute(&mut direct)
        .await
        .expect("it is dropped");
    if let Err(error) = tried {
        std::panic::resume_unwind(error.into_panic());
    }
}

fn memory() -> Users {
    Arc::new(MemoryUsers::default())
}

/// As old as the number says: a larger one is younger.
fn moment(age: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + age, 123_456_789).unwrap()
}

fn user(at: u32) -> User {
    User {
        id: Uuid::from_u128(u128::from(at)),
        name: format!("Robert'); DROP TABLE users; -- {at}"),
        email: format!("user{at}@example.com"),
        sync_status: SyncStatus::Pending,
        created_at: moment(i64::from(at)),
    }
}

async fn save(users: &Users, user: &User) -> User {
    users
        .save(user)
        .await
        .expect("a user whom nobody is in the way of is saved")
}

async fn what_is_saved_is_found(users: Users) {
    assert_eq!(
        users.find_by_id(user(1).id).await,
        Ok(None),
        "nobody is there yet"
    );
    let saved = save(&users, &user(1)).await;
    let second = save(&users, &user(2)).await;
    assert_eq!(
        users.find_by_id(second.id).await,
        Ok(Some(second)),
        "each by its own id"
    );
    let found = users.find_by_id(user(1).id).await;
    assert_eq!(
        found.as_ref().map(Option::as_ref),
        Ok(Some(&saved)),
        "`save` answers the user as it is stored, which may be rounded, and so as it is found later"
    );
    let given = user(1);
    assert_eq!(
        (&saved.name, saved.sync_status),
        (&given.name, given.sync_status),
        "`save` answers name and status as they were given"
    );
    let off = (saved.created_at - given.created_at).num_microseconds();
    assert!(
        off.is_some_and(|off| off.abs() <= 1),
        "`created_at` is stored to the microsecond: given {}, stored {}",
        given.created_at,
        saved.created_at
    );
}

async fn an_email_is_the_same_in_any_capitals(users: Users) {
    let ada = User {
        email: "Ada.L@Example.com".to_string(),
        ..user(1)
    };
    save(&users, &ada).await;
    for spelt in [
        "Ada.L@Example.com",
        "ada.l@example.com",
        "ADA.L@EXAMPLE.COM",
    ] {
        let found = users.find_by_email(spelt).await;
        assert_eq!(
            found.map(|user| user.map(|user| user.email)),
            Ok(Some(ada.email.clone())),
            "found by {spelt}, answered as the user wrote it"
        );
        let twin = User {
            email: spelt.to_string(),
            ..user(2)
        };
        let saved = users.save(&twin).await;
        assert!(
            matches!(saved, Err(AppError::Conflict(_))),
            "{spelt} is taken: {saved:?}"
        );
    }
    let same_id = User {
        email: "other@example.com".to_string(),
        ..ada
    };
    let saved = users.save(&same_id).await;
    assert!(
        matches!(saved, Err(AppError::Conflict(_))),
        "the id is taken: {saved:?}"
    );
    assert_eq!(
        users.find_by_email("a%@example.com").await,
        Ok(None),
        "an email is no pattern: nobody has a% at example.com"
    );
}

async fn pages_come_oldest_first(users: Users) {
    for at in [4, 2, 5, 1, 3] {
        save(&users, &user(at)).await;
    }
    let twin = User {
        id: Uuid::from_u128(99),
        created_at: moment(2),
        ..user(90)
    };
    save(&users, &twin).await;
    let mut seen = Vec::new();
    for offset in [0, 2, 4, 6] {
        let (page, total) = users
            .find_all(Page { offset, limit: 2 })
            .await
            .expect("a page");
        assert_eq!(total, 6, "the total is of all users, on each page");
        seen.extend(page.into_iter().map(|user| user.id.as_u128()));
    }
    assert_eq!(
        seen,
        [1, 2, 99, 3, 4, 5],
        "all of them, oldest first, and of the same age by id"
    );
    let (page, total) = users
        .find_all(Page {
            offset: u32::MAX,
            limit: 0,
        })
        .await
        .expect("a page");
    assert_eq!(
        (page.len(), total),
        (0, 6),
        "past the end there is nobody, and no error"
    );
}

async fn each_pending_user_is_claimed_once(users: Users) {
    let synced = User {
        sync_status: SyncStatus::Synced,
        ..user(1)
    };
    save(&users, &synced).await;
    for at in (2..=40).rev() {
        save(&users, &user(at)).await;
    }
    let first = users.claim_pending(3).await.expect("three are claimed");
    let ids: Vec<_> = first.iter().map(|user| user.id.as_u128()).collect();
    assert_eq!(
        ids,
        [2, 3, 4],
        "the oldest first, and none that is not pending"
    );
    assert!(
        first
            .iter()
            .all(|user| user.sync_status == SyncStatus::Claimed),
        "they are answered as they are stored now: {first:?}"
    );
    let stored = users.find_by_id(user(2).id).await;
    assert_eq!(
        stored.map(|user| user.map(|user| user.sync_status)),
        Ok(Some(SyncStatus::Claimed)),
        "the status of a claimed user as it is stored"
    );

    let mut workers = JoinSet::new();
    for _ in 0..8 {
        let users = Arc::clone(&users);
        workers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let claimed = users.claim_pending(2).await.expect("a claim is no error");
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(claimed.into_iter().map(|user| user.id));
            }
        });
    }
    let claimed = workers.join_all().await.concat();
    let distinct: BTreeSet<_> = claimed.iter().collect();
    assert_eq!(
        (claimed.len(), distinct.len()),
        (36, 36),
        "eight workers claim the other 36 users, each once"
    );
}

#[tokio::test]
async fn memory_what_is_saved_is_found() {
    what_is_saved_is_found(memory()).await;
}

#[tokio::test]
async fn memory_an_email_is_the_same_in_any_capitals() {
    an_email_is_the_same_in_any_capitals(memory()).await;
}

#[tokio::test]
async fn memory_pages_come_oldest_first() {
    pages_come_oldest_first(memory()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn memory_each_pending_user_is_claimed_once() {
    each_pending_user_is_claimed_once(memory()).await;
}

#[tokio::test]
async fn postgres_what_is_saved_is_found() {
    on_postgres(what_is_saved_is_found).await;
}

#[tokio::test]
async fn postgres_an_email_is_the_same_in_any_capitals() {
    on_postgres(an_email_is_the_same_in_any_capitals).await;
}

#[tokio::test]
async fn postgres_only_what_is_taken_is_a_conflict() {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is set, or this test is skipped");
    on_schema(|users, schema| async move {
        // Somebody drops the table, so the server is there and refuses.
        let mut other = PgConnection::connect(&url).await.unwrap();
        let drop = format!("DROP TABLE {schema}.users");
        sqlx::raw_sql(sqlx::AssertSqlSafe(drop))
            .execute(&mut other)
            .await
            .unwrap();
        let saved = users.save(&user(1)).await;
        assert!(
            matches!(saved, Err(AppError::Database(_))),
            "`save` without a table is AppError::Database and no conflict, but it answered {saved:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn postgres_pages_come_oldest_first() {
    on_postgres(pages_come_oldest_first).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_each_pending_user_is_claimed_once() {
    on_postgres(each_pending_user_is_claimed_once).await;
}

#[tokio::test]
async fn postgres_a_locked_row_holds_up_nobody() {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL is set, or this test is skipped");
    on_schema(|users, schema| async move {
        for at in 1..=3 {
            save(&users, &user(at)).await;
        }
        // Somebody has the oldest row in hand and does not let go.
        let mut other = PgConnection::connect(&url).await.unwrap();
        let mut transaction = other.begin().await.unwrap();
        let lock = format!("SELECT id FROM {schema}.users ORDER BY created_at LIMIT 1 FOR UPDATE");
        sqlx::raw_sql(sqlx::AssertSqlSafe(lock))
            .execute(&mut *transaction)
            .await
            .unwrap();
        let claim = tokio::time::timeout(Duration::from_secs(3), users.claim_pending(2)).await;
        let claimed = claim.expect("a worker does not wait for a row that another has locked");
        let ids = |users: Vec<User>| users.iter().map(|user| user.id.as_u128()).collect();
        assert_eq!(
            claimed.map(ids),
            Ok(vec![2, 3]),
            "the locked one is left out, the next ones are taken"
        );
        transaction.rollback().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_away_is_an_error_of_the_database() {
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_millis(100));
    let pool = pool
        .connect_lazy("postgres://nobody@127.0.0.1:1/nowhere")
        .unwrap();
    let users = PostgresUsers::new(pool);
    let away = |what: &str, error: Option<AppError>| {
        assert!(
            matches!(error, Some(AppError::Database(_))),
            "{what} while the database is away is AppError::Database, not {error:?}"
        );
    };
    away("save", users.save(&user(1)).await.err());
    away("find_by_id", users.find_by_id(user(1).id).await.err());
    away(
        "find_by_email",
        users.find_by_email("a@example.com").await.err(),
    );
}

#[tokio::test]
async fn pages_and_claims_of_a_database_that_is_away_are_errors_too() {
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_millis(100));
    let pool = pool
        .connect_lazy("postgres://nobody@127.0.0.1:1/nowhere")
        .unwrap();
    let users = PostgresUsers::new(pool);
    let page = users
        .find_all(Page {
            offset: 0,
            limit: 2,
        })
        .await;
    assert!(
        matches!(page, Err(AppError::Database(_))),
        "no page, and no empty one: {page:?}"
    );
    let claimed = users.claim_pending(2).await;
    assert!(
        matches!(claimed, Err(AppError::Database(_))),
        "nobody, but an error: {claimed:?}"
    );
}
