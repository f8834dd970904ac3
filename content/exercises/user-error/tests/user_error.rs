use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;
use user_error::app_error::AppError;
use user_error::handlers::create_router;
use user_error::user_error::UserError;
use user_error::users::Users;
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x1234_5678);
const ID_TEXT: &str = "00000000-0000-0000-0000-000012345678";

fn app() -> (Router, Arc<Users>) {
    let users = Arc::new(Users::default());
    (create_router(users.clone()), users)
}

async fn send(app: &Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (
        status,
        serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    )
}

async fn register(app: &Router, email: &str, password: &str) -> (StatusCode, Value) {
    let request = Request::post("/users")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(
            json!({ "email": email, "password": password }).to_string(),
        ))
        .unwrap();
    send(app, request).await
}

// Step 1: the words

#[test]
fn a_user_who_is_not_there_is_named_by_id() {
    let text = UserError::NotFound(ID).to_string();
    assert_eq!(
        text,
        format!("User not found: {ID_TEXT}"),
        "the text of NotFound"
    );
}

#[test]
fn a_taken_email_is_named() {
    let text = UserError::EmailExists("ada@example.com".into()).to_string();
    assert_eq!(
        text, "Email already registered: ada@example.com",
        "the text of EmailExists"
    );
}

#[test]
fn a_weak_password_comes_with_the_reason() {
    let text = UserError::WeakPassword("no digit".into()).to_string();
    assert_eq!(text, "Weak password: no digit", "the text of WeakPassword");
}

// Step 2: the translation

#[test]
fn not_found_becomes_not_found() {
    let error = AppError::from(UserError::NotFound(ID));
    assert_eq!(
        error,
        AppError::NotFound(format!("User not found: {ID_TEXT}")),
        "what UserError::NotFound becomes"
    );
}

#[test]
fn a_taken_email_becomes_a_conflict() {
    let error = AppError::from(UserError::EmailExists("ada@example.com".into()));
    let expected = AppError::Conflict("Email already registered: ada@example.com".into());
    assert_eq!(error, expected, "what UserError::EmailExists becomes");
}

#[test]
fn a_weak_password_becomes_a_failed_validation() {
    let error = AppError::from(UserError::WeakPassword("no digit".into()));
    assert_eq!(
        error,
        AppError::ValidationFailed("no digit".into()),
        "from WeakPassword"
    );
}

// Step 3: the rules

#[test]
fn seven_characters_are_too_few() {
    let users = Users::default();
    let answer = users.register("ada@example.com", "1234567");
    assert!(
        matches!(answer, Err(UserError::WeakPassword(_))),
        "a password of seven characters is UserError::WeakPassword, but it was {answer:?}"
    );
    assert_eq!(users.count(), 0, "users after a refused password");
    let answer = users.register("ada@example.com", "12345678");
    assert!(
        answer.is_ok(),
        "a password of eight characters is accepted, but it was {answer:?}"
    );
}

#[test]
fn characters_are_counted_and_not_bytes() {
    let answer = Users::default().register("ada@example.com", "äöüäöü");
    assert!(
        matches!(answer, Err(UserError::WeakPassword(_))),
        "six characters are too few, whatever their number of bytes, but it was {answer:?}"
    );
}

#[test]
fn the_reason_says_how_many_and_not_which() {
    let answer = Users::default().register("ada@example.com", "hunter2");
    let Err(UserError::WeakPassword(reason)) = answer else {
        panic!("a password of seven characters is UserError::WeakPassword, but it was {answer:?}")
    };
    assert!(
        reason.contains('8') || reason.to_lowercase().contains("eight"),
        "the reason says that 8 characters are needed, but it was {reason:?}"
    );
    assert!(
        !reason.contains("hunter2"),
        "the reason does not repeat the password: {reason:?}"
    );
}

#[test]
fn an_email_is_registered_once() {
    let users = Users::default();
    users
        .register("ada@example.com", "correct-horse")
        .expect("a first registration with a good password succeeds");
    let answer = users.register("ada@example.com", "battery-staple");
    assert_eq!(
        answer,
        Err(UserError::EmailExists("ada@example.com".into())),
        "a second registration of the same email"
    );
    assert_eq!(users.count(), 1, "users after a refused email");
    users
        .register("grace@example.com", "correct-horse")
        .expect("an email that nobody has can be registered");
}

#[test]
fn the_password_is_looked_at_first() {
    let users = Users::default();
    users
        .register("ada@example.com", "correct-horse")
        .expect("a first registration with a good password succeeds");
    let answer = users.register("ada@example.com", "short");
    assert!(
        matches!(answer, Err(UserError::WeakPassword(_))),
        "a weak password hides whether the email is taken, but it was {answer:?}"
    );
}

#[test]
fn a_user_is_found_by_id() {
    let users = Users::default();
    let ada = users
        .register("ada@example.com", "correct-horse")
        .expect("a first registration with a good password succeeds");
    assert_eq!(
        users.find(ada.id),
        Ok(ada),
        "the user who has just registered"
    );
    assert_eq!(
        users.find(ID),
        Err(UserError::NotFound(ID)),
        "a user who never registered"
    );
}

// Step 4: at the edge

#[tokio::test]
async fn an_unknown_user_is_404() {
    let (app, _) = app();
    let request = Request::get(format!("/users/{ID_TEXT}"))
        .body(Body::empty())
        .unwrap();
    let (status, body) = send(&app, request).await;
    assert_eq!(
        status, 404,
        "the status for a user who does not exist, with the body {body}"
    );
    assert_eq!(
        body["code"], "NOT_FOUND",
        "the code for a user who does not exist"
    );
}

#[tokio::test]
async fn a_taken_email_is_409() {
    let (app, _) = app();
    let (status, _) = register(&app, "ada@example.com", "correct-horse").await;
    assert_eq!(status, 201, "the status of the first registration");
    let (status, body) = register(&app, "ada@example.com", "correct-horse").await;
    assert_eq!(
        status, 409,
        "the status of the second registration, with the body {body}"
    );
    assert_eq!(
        body["code"], "CONFLICT",
        "the code of the second registration"
    );
}

#[tokio::test]
async fn a_weak_password_is_400() {
    let (app, users) = app();
    let (status, body) = register(&app, "ada@example.com", "short").await;
    assert_eq!(
        status, 400,
        "the status for a weak password, with the body {body}"
    );
    assert_eq!(
        body["code"], "VALIDATION_FAILED",
        "the code for a weak password"
    );
    assert_eq!(users.count(), 0, "users after a refused password");
}

#[tokio::test]
async fn who_registers_can_be_found() {
    let (app, _) = app();
    let (status, ada) = register(&app, "ada@example.com", "correct-horse").await;
    assert_eq!(status, 201, "the status of a registration");
    let id = ada["id"]
        .as_str()
        .expect("the body of a registration has an id");
    let request = Request::get(format!("/users/{id}"))
        .body(Body::empty())
        .unwrap();
    let (status, found) = send(&app, request).await;
    assert_eq!(status, 200, "the status for a user who exists");
    assert_eq!(
        found, ada,
        "the user that is found is the one that registered"
    );
}
