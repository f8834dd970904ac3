use app_error::error::AppError;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http_body_util::BodyExt;
use serde_json::Value;
use std::error::Error;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use tracing_subscriber::fmt::MakeWriter;

/// One of each kind, with the text that it has to have.
fn one_of_each() -> Vec<(AppError, &'static str)> {
    vec![
        (AppError::NotFound("user 7".into()), "Not found: user 7"),
        (
            AppError::Unauthorized("no token".into()),
            "Unauthorized: no token",
        ),
        (
            AppError::Forbidden("admins only".into()),
            "Forbidden: admins only",
        ),
        (
            AppError::ValidationFailed("name is empty".into()),
            "Validation failed: name is empty",
        ),
        (
            AppError::Conflict("email taken".into()),
            "Conflict: email taken",
        ),
        (
            AppError::Internal("no temp file".into()),
            "Internal error: no temp file",
        ),
        (
            AppError::Database(sqlx::Error::PoolTimedOut),
            "Database error: pool timed out while waiting for an open connection",
        ),
        (AppError::Cache("refused".into()), "Cache error: refused"),
        (AppError::TokenExpired, "Token expired"),
        (AppError::InvalidCredentials, "Invalid credentials"),
        (
            AppError::ServiceUnavailable("try at noon".into()),
            "Service unavailable: try at noon",
        ),
    ]
}

async fn json(response: Response) -> Value {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        panic!(
            "the body is JSON, but it was: {:?}",
            String::from_utf8_lossy(&bytes)
        )
    })
}

fn status(error: AppError) -> u16 {
    error.into_response().status().as_u16()
}

async fn code(error: AppError) -> String {
    json(error.into_response()).await["code"]
        .as_str()
        .unwrap_or("no code")
        .to_string()
}

async fn message(error: AppError) -> String {
    json(error.into_response()).await["message"]
        .as_str()
        .unwrap_or("no message")
        .to_string()
}

/// What is logged while `work` runs.
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

// Step 1: texts and sources

#[test]
fn every_error_says_what_happened() {
    for (error, text) in one_of_each() {
        assert_eq!(error.to_string(), text, "the text of {error:?}");
    }
}

#[test]
fn the_question_mark_turns_a_database_error_into_database() {
    fn load() -> Result<(), AppError> {
        Err(sqlx::Error::PoolTimedOut)?
    }
    let Err(error) = load() else {
        panic!("a function that meets a sqlx::Error with ? answers an error");
    };
    assert!(
        matches!(error, AppError::Database(sqlx::Error::PoolTimedOut)),
        "a ? on a sqlx::Error gives AppError::Database with the error inside, but it gave {error:?}"
    );
}

#[test]
fn a_database_error_keeps_its_source() {
    let error = AppError::Database(sqlx::Error::WorkerCrashed);
    let source = error
        .source()
        .expect("source() of a database error is the sqlx::Error");
    assert!(
        matches!(source.downcast_ref(), Some(sqlx::Error::WorkerCrashed)),
        "source() of a database error is the sqlx::Error itself, but it was {source:?}"
    );
}

// Step 2: status and code

#[test]
fn what_the_caller_did_wrong_has_a_status_of_its_own() {
    let table = [
        (AppError::ValidationFailed("x".into()), 400),
        (AppError::Forbidden("x".into()), 403),
        (AppError::NotFound("x".into()), 404),
        (AppError::Conflict("x".into()), 409),
    ];
    for (error, expected) in table {
        let name = format!("{error:?}");
        assert_eq!(status(error), expected, "the status of {name}");
    }
}

#[test]
fn whoever_is_not_known_gets_401() {
    for error in [
        AppError::Unauthorized("x".into()),
        AppError::TokenExpired,
        AppError::InvalidCredentials,
    ] {
        let name = format!("{error:?}");
        assert_eq!(status(error), 401, "the status of {name}");
    }
}

#[test]
fn what_is_our_fault_is_500_or_503() {
    let table = [
        (AppError::Internal("x".into()), 500),
        (AppError::Database(sqlx::Error::PoolTimedOut), 500),
        (AppError::Cache("x".into()), 500),
        (AppError::ServiceUnavailable("x".into()), 503),
    ];
    for (error, expected) in table {
        let name = format!("{error:?}");
        assert_eq!(status(error), expected, "the status of {name}");
    }
}

// Step 3: the body

#[tokio::test]
async fn the_body_is_json_and_says_so() {
    for (error, _) in one_of_each() {
        let name = format!("{error:?}");
        let response = error.into_response();
        let kind = response.headers().get(header::CONTENT_TYPE).cloned();
        let kind = kind.as_ref().map_or("none", |kind| kind.to_str().unwrap());
        assert_eq!(kind, "application/json", "the content type of {name}");
        json(response).await;
    }
}

#[tokio::test]
async fn each_status_has_its_code() {
    let table = [
        (AppError::NotFound("x".into()), "NOT_FOUND"),
        (AppError::Unauthorized("x".into()), "UNAUTHORIZED"),
        (AppError::TokenExpired, "UNAUTHORIZED"),
        (AppError::InvalidCredentials, "UNAUTHORIZED"),
        (AppError::Forbidden("x".into()), "FORBIDDEN"),
        (AppError::ValidationFailed("x".into()), "VALIDATION_FAILED"),
        (AppError::Conflict("x".into()), "CONFLICT"),
        (
            AppError::ServiceUnavailable("x".into()),
            "SERVICE_UNAVAILABLE",
        ),
        (AppError::Internal("x".into()), "INTERNAL_ERROR"),
        (
            AppError::Database(sqlx::Error::PoolTimedOut),
            "INTERNAL_ERROR",
        ),
        (AppError::Cache("x".into()), "INTERNAL_ERROR"),
    ];
    for (error, expected) in table {
        let name = format!("{error:?}");
        assert_eq!(code(error).await, expected, "the code of {name}");
    }
}

#[tokio::test]
async fn the_body_has_three_members() {
    let body = json(AppError::NotFound("user 7".into()).into_response()).await;
    let members: Vec<&String> = body
        .as_object()
        .expect("the body is a JSON object")
        .keys()
        .collect();
    assert_eq!(
        members,
        ["code", "message", "timestamp"],
        "the members of the body"
    );
}

#[tokio::test]
async fn the_timestamp_is_now_in_rfc_3339() {
    let body = json(AppError::NotFound("user 7".into()).into_response()).await;
    let timestamp = body["timestamp"]
        .as_str()
        .expect("the member timestamp is a string");
    let time = chrono::DateTime::parse_from_rfc3339(timestamp)
        .unwrap_or_else(|e| panic!("the timestamp {timestamp:?} is in RFC 3339: {e}"));
    let age = chrono::Utc::now().signed_duration_since(time).num_seconds();
    assert!(
        (0..60).contains(&age),
        "the timestamp is the time of the answer, not {age} s ago"
    );
}

#[tokio::test]
async fn a_handler_returns_it_with_a_question_mark() {
    async fn handler() -> Result<&'static str, AppError> {
        Err(AppError::Conflict("email taken".into()))?;
        Ok("never")
    }
    let app = Router::new().route("/", get(handler));
    let response = app
        .oneshot(Request::get("/").body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(
        response.status(),
        StatusCode::CONFLICT,
        "the status that the client sees"
    );
    let body = json(response).await;
    assert_eq!(
        body["message"], "Conflict: email taken",
        "the message that the client sees"
    );
}

// Step 4: what is nobody's business

#[tokio::test]
async fn a_500_says_nothing_about_the_inside() {
    let errors = [
        AppError::Internal("password=hunter2".into()),
        AppError::Cache("redis://app:hunter2@10.0.0.7".into()),
        AppError::Database(sqlx::Error::Protocol("password hunter2 rejected".into())),
    ];
    for error in errors {
        let name = format!("{error:?}");
        let body = json(error.into_response()).await;
        assert_eq!(
            body["message"], "Internal server error",
            "the message of {name}"
        );
        assert!(
            !body.to_string().contains("hunter2"),
            "the body of {name} keeps the secret: {body}"
        );
    }
}

#[test]
fn the_log_has_what_the_caller_is_not_told() {
    let log = log_of(|| {
        let _ = AppError::Cache("redis is at 10.0.0.7".into()).into_response();
        let _ = AppError::Internal("no temp file".into()).into_response();
        let _ = AppError::Database(sqlx::Error::PoolTimedOut).into_response();
    });
    // With Display or with Debug: `error = %self` writes the one, `error = ?self` the other.
    for (cause, debug) in [
        ("redis is at 10.0.0.7", "redis is at 10.0.0.7"),
        ("no temp file", "no temp file"),
        ("pool timed out", "PoolTimedOut"),
    ] {
        assert!(
            log.contains(cause) || log.contains(debug),
            "the log names the cause {cause:?} at level ERROR, but it is:\n{log}"
        );
    }
}

#[tokio::test]
async fn what_the_caller_can_mend_is_still_told() {
    for (error, text) in one_of_each() {
        if status_is_500(&error) {
            continue;
        }
        let name = format!("{error:?}");
        assert_eq!(message(error).await, text, "the message of {name}");
    }
}

fn status_is_500(error: &AppError) -> bool {
    matches!(
        error,
        AppError::Internal(_) | AppError::Database(_) | AppError::Cache(_)
    )
}

#[test]
fn a_mistake_of_the_caller_is_no_error_in_our_log() {
    let log = log_of(|| {
        let _ = AppError::NotFound("user 7".into()).into_response();
        let _ = AppError::InvalidCredentials.into_response();
        let _ = AppError::ValidationFailed("name is empty".into()).into_response();
    });
    assert_eq!(
        log, "",
        "nobody is woken up at night because somebody mistyped an id"
    );
}
