use async_trait::async_trait;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::IntoResponse;
use http_body_util::BodyExt;
use leaky_500::api::{AppState, User, UserCache, UserTable, create_router};
use leaky_500::error::AppError;
use serde_json::{Value, json};
use sqlx::error::{DatabaseError, ErrorKind};
use std::error::Error;
use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use tracing_subscriber::fmt::MakeWriter;

/// An error as a database sends it.
#[derive(Debug)]
struct Refused(&'static str, ErrorKind);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Refused {}

impl DatabaseError for Refused {
    fn message(&self) -> &str {
        self.0
    }
    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }
    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }
    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }
    fn kind(&self) -> ErrorKind {
        match self.1 {
            ErrorKind::UniqueViolation => ErrorKind::UniqueViolation,
            ErrorKind::ForeignKeyViolation => ErrorKind::ForeignKeyViolation,
            ErrorKind::CheckViolation => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}

fn refused(message: &'static str, kind: ErrorKind) -> sqlx::Error {
    sqlx::Error::Database(Box::new(Refused(message, kind)))
}

const UNIQUE: &str = "UNIQUE constraint failed: users.email";

/// User 1 is in the table. The other ids stand for what can go wrong.
struct Table;

#[async_trait]
impl UserTable for Table {
    async fn fetch_one(&self, id: i64) -> Result<User, sqlx::Error> {
        match id {
            1 => Ok(User {
                id: 1,
                email: "ada@example.com".into(),
            }),
            500 => Err(sqlx::Error::PoolTimedOut),
            501 => Err(refused(
                "no such column: users.passwd_hash",
                ErrorKind::Other,
            )),
            _ => Err(sqlx::Error::RowNotFound),
        }
    }

    async fn insert(&self, user: &User) -> Result<(), sqlx::Error> {
        match user.email.as_str() {
            "ada@example.com" => Err(refused(UNIQUE, ErrorKind::UniqueViolation)),
            "" => Err(refused(
                "CHECK constraint failed: email <> ''",
                ErrorKind::CheckViolation,
            )),
            "nobody@example.com" => Err(refused(
                "FOREIGN KEY constraint failed",
                ErrorKind::ForeignKeyViolation,
            )),
            _ => Ok(()),
        }
    }
}

struct Cache;

#[async_trait]
impl UserCache for Cache {
    async fn get(&self, id: i64) -> Result<Option<User>, AppError> {
        match id {
            600 => Err(AppError::Cache(
                "redis://app:hunter2@10.0.0.7: refused".into(),
            )),
            601 => Err(AppError::Internal("cannot read /etc/app/secret.key".into())),
            _ => Ok(None),
        }
    }
}

async fn send(request: Request<Body>) -> (StatusCode, Value) {
    let app = create_router(AppState {
        table: Arc::new(Table),
        cache: Arc::new(Cache),
    });
    let response = app.oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

async fn read(id: i64) -> (StatusCode, Value) {
    send(
        Request::get(format!("/users/{id}"))
            .body(Body::empty())
            .unwrap(),
    )
    .await
}

async fn create(email: &str) -> (StatusCode, Value) {
    let request = Request::post("/users")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "id": 2, "email": email }).to_string()))
        .unwrap();
    send(request).await
}

/// The message for the caller. Without one, there is nothing to look at.
fn message(body: &Value) -> &str {
    let message = body["message"].as_str();
    message.unwrap_or_else(|| panic!("the body of an answer has a \"message\", but it was {body}"))
}

/// What is logged at level ERROR while `work` runs.
fn log_of(work: impl FnOnce()) -> String {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);
    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    impl MakeWriter<'_> for Log {
        type Writer = Log;
        fn make_writer(&self) -> Log {
            self.clone()
        }
    }
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::ERROR)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, work);
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

fn answered(error: impl Into<AppError>) {
    let _ = error.into().into_response();
}

// Step 1: the screenshot

#[tokio::test]
async fn a_cache_that_is_down_does_not_tell_its_password() {
    let (status, body) = read(600).await;
    assert_eq!(status, 500, "the status when the cache is down");
    let text = body.to_string();
    for secret in ["hunter2", "redis", "10.0.0.7"] {
        assert!(
            !text.contains(secret),
            "a 500 does not say {secret:?}, but it was {text}"
        );
    }
}

#[tokio::test]
async fn a_database_error_does_not_tell_the_schema() {
    for (id, inside) in [(501, "passwd_hash"), (500, "pool")] {
        let (status, body) = read(id).await;
        assert_eq!(status, 500, "the status when the database fails");
        let text = body.to_string();
        assert!(
            !text.contains(inside),
            "a 500 does not say {inside:?}, but it was {text}"
        );
    }
}

#[tokio::test]
async fn an_internal_error_does_not_tell_its_files() {
    let (status, body) = read(601).await;
    assert_eq!(status, 500, "the status of an internal error");
    assert!(
        !body.to_string().contains("secret.key"),
        "a 500 names no file, but it was {body}"
    );
}

#[tokio::test]
async fn every_500_has_the_shape_that_clients_know() {
    for id in [500, 501, 600, 601] {
        let (_, body) = read(id).await;
        assert_eq!(body["code"], "INTERNAL_ERROR", "the code of a 500: {body}");
        assert!(
            body["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "a 500 has a message for people: {body}"
        );
        assert!(
            body["timestamp"].is_string(),
            "a 500 has a timestamp: {body}"
        );
    }
}

// Step 2: nobody there

#[tokio::test]
async fn an_id_that_nobody_has_is_404() {
    let (status, body) = read(77).await;
    assert_eq!(
        status, 404,
        "the status for an id that nobody has, with the body {body}"
    );
    assert_eq!(
        body["code"], "NOT_FOUND",
        "the code for an id that nobody has"
    );
}

#[tokio::test]
async fn a_404_does_not_talk_about_rows() {
    let (_, body) = read(77).await;
    let text = message(&body).to_lowercase();
    for word in ["row", "query", "database", "sql"] {
        assert!(
            !text.contains(word),
            "a caller knows no {word}, but the message was {text:?}"
        );
    }
}

// Step 3: twice

#[tokio::test]
async fn an_email_that_is_taken_is_409() {
    let (status, body) = create("ada@example.com").await;
    assert_eq!(
        status, 409,
        "the status for an email that is taken, with the body {body}"
    );
    assert_eq!(
        body["code"], "CONFLICT",
        "the code for an email that is taken"
    );
}

#[tokio::test]
async fn a_409_does_not_talk_about_tables() {
    let (_, body) = create("ada@example.com").await;
    let text = message(&body).to_lowercase();
    for word in ["constraint", "users.email", "database"] {
        assert!(
            !text.contains(word),
            "a caller knows no {word}, but the message was {text:?}"
        );
    }
}

#[tokio::test]
async fn another_constraint_is_no_conflict() {
    for (email, which) in [("", "CHECK"), ("nobody@example.com", "FOREIGN KEY")] {
        let (status, body) = create(email).await;
        assert_eq!(
            status, 500,
            "the status for a {which} that the service should have checked: {body}"
        );
    }
}

// Step 4: not more than that

#[tokio::test]
async fn a_mistake_of_the_caller_is_still_explained() {
    let (status, body) = read(0).await;
    assert_eq!(status, 400, "the status for the id 0");
    assert_eq!(
        body["message"], "Validation failed: the id is a positive number",
        "the message for the id 0"
    );
}

#[test]
fn the_cause_of_a_500_is_in_the_log() {
    let log = log_of(|| {
        answered(AppError::Cache("redis at 10.0.0.7 refused".into()));
        answered(AppError::Internal("cannot read secret.key".into()));
        answered(refused(
            "no such column: users.passwd_hash",
            ErrorKind::Other,
        ));
        answered(sqlx::Error::PoolTimedOut);
    });
    // With Display or with Debug: `error = %self` writes the one, `error = ?self` the other.
    for (cause, debug) in [
        ("redis at 10.0.0.7", "redis at 10.0.0.7"),
        ("secret.key", "secret.key"),
        ("users.passwd_hash", "users.passwd_hash"),
        ("pool timed out", "PoolTimedOut"),
    ] {
        assert!(
            log.contains(cause) || log.contains(debug),
            "the log has {cause:?} at level ERROR, but it is:\n{log}"
        );
    }
}

#[test]
fn an_accident_of_the_database_keeps_its_cause() {
    for (error, cause) in [
        (sqlx::Error::PoolTimedOut, "PoolTimedOut"),
        (
            refused("disk I/O error", ErrorKind::Other),
            "disk I/O error",
        ),
    ] {
        let error = AppError::from(error);
        let source = error
            .source()
            .and_then(|it| it.downcast_ref::<sqlx::Error>());
        assert!(
            source.is_some_and(|source| format!("{source:?}").contains(cause)),
            "source() of what became of the sqlx::Error {cause:?} is that error, so that it can be \
             asked whether to try again, but it was {source:?}"
        );
    }
}

#[test]
fn an_answer_is_no_error_in_the_log() {
    let log = log_of(|| {
        answered(sqlx::Error::RowNotFound);
        answered(refused(UNIQUE, ErrorKind::UniqueViolation));
        answered(AppError::ValidationFailed(
            "the id is a positive number".into(),
        ));
    });
    assert_eq!(
        log, "",
        "404, 409 and 400 are answers: nobody is called at night for them"
    );
}
