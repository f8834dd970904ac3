use order_by_injection::domain::{AppError, ListRequest, UserLine};
use order_by_injection::users::Users;
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

const USERS: [(i64, &str, &str, &str); 4] = [
    (1, "Bob", "zoe@example.com", "hash-of-bob"),
    (2, "ada", "ada@example.com", "hash-of-ada"),
    (3, "Conan O'Brien", "conan@example.com", "hash-of-conan"),
    (4, "50% Bot", "bot@example.com", "hash-of-bot"),
];

async fn users() -> (Users, SqlitePool) {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None);
    let pool = pool.connect("sqlite::memory:").await.expect("a database");
    let schema = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL,
        email TEXT NOT NULL, password_hash TEXT NOT NULL)";
    sqlx::query(schema).execute(&pool).await.expect("a table");
    for (id, name, email, hash) in USERS {
        let insert = sqlx::query("INSERT INTO users VALUES ($1, $2, $3, $4)");
        let insert = insert.bind(id).bind(name).bind(email).bind(hash);
        insert.execute(&pool).await.expect("a row");
    }
    (Users::new(pool.clone()), pool)
}

fn request(search: Option<&str>, order_by: Option<&str>, order: Option<&str>) -> ListRequest {
    let owned = |text: Option<&str>| text.map(str::to_string);
    ListRequest {
        search: owned(search),
        order_by: owned(order_by),
        order: owned(order),
    }
}

async fn ids(request: ListRequest) -> Result<Vec<i64>, AppError> {
    let (users, _) = users().await;
    let lines = users.list(&request).await?;
    Ok(lines.iter().map(|line| line.id).collect())
}

async fn count(pool: &SqlitePool) -> i64 {
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM users")
        .fetch_one(pool)
        .await;
    count.expect("the table is still there")
}

fn assert_validation<T: std::fmt::Debug>(result: Result<T, AppError>, what: &str) {
    assert!(
        matches!(result, Err(AppError::ValidationFailed(_))),
        "{what}: expected Err(ValidationFailed), got {result:?}"
    );
}

// Step 1: the search

#[tokio::test]
async fn a_name_with_a_quote_can_be_searched() {
    assert_eq!(
        ids(request(Some("O'Brien"), None, None)).await,
        Ok(vec![3]),
        "searching for O'Brien"
    );
}

#[tokio::test]
async fn a_search_lists_nothing_but_users() {
    let search = "%' UNION SELECT id, password_hash, email FROM users --";
    let (users, _) = users().await;
    let found = users.list(&request(Some(search), None, None)).await;
    assert_eq!(
        found,
        Ok(vec![]),
        "nobody has this piece of SQL for a name; nobody's hash must be in the answer"
    );
    let search = "' OR 1 = 1 --";
    assert_eq!(
        ids(request(Some(search), None, None)).await,
        Ok(vec![]),
        "nobody has this piece of SQL for a name, either: a search is no condition"
    );
}

#[tokio::test]
async fn percent_and_underscore_are_ordinary_characters() {
    assert_eq!(
        ids(request(Some("50%"), None, None)).await,
        Ok(vec![4]),
        "searching for 50%"
    );
    assert_eq!(
        ids(request(Some("_"), None, None)).await,
        Ok(vec![]),
        "nobody has an underscore"
    );
    assert_eq!(
        ids(request(Some("\\"), None, None)).await,
        Ok(vec![]),
        "nobody has a backslash"
    );
}

// Step 2: the column

#[tokio::test]
async fn a_second_statement_is_not_run() {
    let (users, pool) = users().await;
    let listed = users
        .list(&request(None, Some("id; DELETE FROM users; --"), None))
        .await;
    assert_eq!(
        count(&pool).await,
        4,
        "users in the table after the list was shown"
    );
    assert_validation(listed, "order_by with a second statement in it");
}

#[tokio::test]
async fn an_order_tells_nothing_about_hidden_columns() {
    // True or false, by the first letter of somebody's hash: asked often enough, it is spelled out.
    let spy = "CASE WHEN (SELECT substr(password_hash, 1, 1) FROM users WHERE id = 2) = 'h' \
               THEN id ELSE -id END";
    for order_by in [spy, "password_hash", "length(password_hash)", "4", "rowid"] {
        assert_validation(
            ids(request(None, Some(order_by), None)).await,
            &format!("order_by {order_by:?}"),
        );
    }
}

#[tokio::test]
async fn an_unknown_column_is_the_clients_mistake() {
    for order_by in ["age", "", "NAME", "name, email", " name"] {
        assert_validation(
            ids(request(None, Some(order_by), None)).await,
            &format!("order_by {order_by:?}"),
        );
    }
}

// Step 3: the direction

#[tokio::test]
async fn a_direction_is_one_of_two_words() {
    for order in [
        "down",
        "",
        "DESC",
        "asc, password_hash",
        "desc; DELETE FROM users",
    ] {
        let (users, pool) = users().await;
        let listed = users.list(&request(None, Some("name"), Some(order))).await;
        assert_validation(listed, &format!("order {order:?}"));
        assert_eq!(
            count(&pool).await,
            4,
            "users in the table after order {order:?}"
        );
    }
}

// Step 4: what worked still works

#[tokio::test]
async fn without_wishes_all_come_by_id() {
    let (users, _) = users().await;
    let lines = users
        .list(&ListRequest::default())
        .await
        .expect("a request without any wish is answered");
    let expected = USERS.map(|(id, name, email, _)| UserLine {
        id,
        name: name.into(),
        email: email.into(),
    });
    assert_eq!(lines, expected, "all users, by id");
}

#[tokio::test]
async fn the_three_columns_sort_both_ways() {
    for (order_by, order, expected) in [
        ("id", None, [1, 2, 3, 4]),
        ("id", Some("desc"), [4, 3, 2, 1]),
        ("name", Some("asc"), [4, 1, 3, 2]),
        ("name", Some("desc"), [2, 3, 1, 4]),
        ("email", None, [2, 4, 3, 1]),
        ("email", Some("desc"), [1, 3, 4, 2]),
    ] {
        assert_eq!(
            ids(request(None, Some(order_by), order)).await,
            Ok(expected.to_vec()),
            "ids of the users by {order_by} {order:?}"
        );
    }
}

#[tokio::test]
async fn a_search_finds_parts_of_names_in_any_case() {
    for (search, expected) in [
        ("b", vec![1, 3, 4]),
        ("ADA", vec![2]),
        ("", vec![1, 2, 3, 4]),
        ("zoe", vec![]),
    ] {
        assert_eq!(
            ids(request(Some(search), None, None)).await,
            Ok(expected),
            "searching for {search:?}"
        );
    }
    assert_eq!(
        ids(request(Some("B"), Some("name"), Some("desc"))).await,
        Ok(vec![3, 1, 4]),
        "searching for B, by name, descending"
    );
}
