use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt;
use request_dtos::api::create_router;
use request_dtos::dto::{CreateUserRequest, UpdateUserRequest, UserDto};
use serde_json::{Value, json};
use tower::ServiceExt;

fn ada() -> Value {
    json!({ "name": "Ada", "email": "ada@example.com", "password": "correct-horse" })
}

fn with(field: &str, value: impl Into<Value>) -> Value {
    let mut body = ada();
    body[field] = value.into();
    body
}

fn without(field: &str) -> Value {
    let mut body = ada();
    body.as_object_mut().unwrap().remove(field);
    body
}

fn parse(body: Value) -> Result<CreateUserRequest, String> {
    serde_json::from_value(body).map_err(|error| error.to_string())
}

fn accepted(body: Value) -> CreateUserRequest {
    parse(body.clone()).unwrap_or_else(|error| panic!("{body} is accepted, but: {error}"))
}

fn refused(body: Value) -> String {
    match parse(body.clone()) {
        Ok(_) => panic!("{body} is refused, but it was accepted"),
        Err(error) => error.to_lowercase(),
    }
}

/// Whether a text names the number eight, as a digit or as a word.
fn says_eight(text: &str) -> bool {
    text.contains('8') || text.to_lowercase().contains("eight")
}

struct Answer {
    status: u16,
    kind: String,
    body: Value,
}

async fn send(to: (Method, &str), kind: Option<&str>, body: String) -> Answer {
    let mut request = Request::builder().method(to.0).uri(to.1);
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let response = create_router()
        .oneshot(request.body(Body::from(body)).unwrap())
        .await
        .unwrap();
    let status = response.status().as_u16();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind
        .map_or("none", |kind| kind.to_str().unwrap())
        .to_string();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer {
        status,
        kind,
        body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
    }
}

async fn post(body: Value) -> Answer {
    let to = (Method::POST, "/users");
    send(to, Some("application/json"), body.to_string()).await
}

async fn put(body: &Value) -> Answer {
    let to = (Method::PUT, "/users/1");
    send(to, Some("application/json"), body.to_string()).await
}

/// The message for the client. Without one, there is nothing to look at.
fn message(answer: &Answer) -> &str {
    answer.body["message"].as_str().unwrap_or_else(|| {
        panic!(
            "the body of a refusal has a \"message\", but it was {}",
            answer.body
        )
    })
}

fn changed(body: Value) -> Result<UpdateUserRequest, String> {
    serde_json::from_value(body).map_err(|error| error.to_string())
}

// Step 1: the name

#[test]
fn a_name_is_not_empty() {
    let reason = refused(with("name", ""));
    assert!(
        reason.contains("empty"),
        "the reason says that it is empty, but it was {reason:?}"
    );
}

#[test]
fn a_name_is_more_than_blanks() {
    for blank in [" ", "   ", "\t", "\n", "\u{3000}"] {
        let reason = refused(with("name", blank));
        assert!(
            reason.contains("empty"),
            "the reason says that it is empty, but it was {reason:?}"
        );
    }
}

#[test]
fn a_name_is_kept_as_it_was_sent() {
    for name in ["A", "Ada Lovelace", "Ŝtefano", " Ada "] {
        assert_eq!(
            accepted(with("name", name)).name,
            name,
            "the name that was sent as {name:?}"
        );
    }
}

// Step 2: the email

#[test]
fn emails_that_are_none_are_refused() {
    let bad = [
        "",
        "ada",
        "ada@",
        "@b.org",
        "ada@localhost",
        "ada@@b.org",
        "ada@b@c.org",
        "a da@b.org",
        "ada@b.org ",
        "ada@.org",
        "ada@b.",
        "ada@b..org",
    ];
    for email in bad {
        let reason = refused(with("email", email));
        assert!(
            reason.contains("email"),
            "the reason says email, but it was {reason:?}"
        );
    }
}

#[test]
fn emails_that_are_some_are_accepted() {
    for email in [
        "a@b.c",
        "ada.lovelace@example.co.uk",
        "ada+tag@example.com",
        "Ada@Example.com",
    ] {
        assert_eq!(
            accepted(with("email", email)).email,
            email,
            "the email that was sent"
        );
    }
}

// Step 3: the password

#[test]
fn a_password_has_eight_characters() {
    for password in ["", "1234567"] {
        let reason = refused(with("password", password));
        assert!(
            says_eight(&reason),
            "the reason says that it takes 8 characters, but it was {reason:?}"
        );
    }
    assert_eq!(
        accepted(with("password", "12345678")).password,
        "12345678",
        "the password"
    );
}

#[test]
fn characters_are_counted_and_not_bytes() {
    refused(with("password", "äöüäöü"));
    accepted(with("password", "äöüäöüäö"));
}

#[test]
fn a_reason_does_not_repeat_the_password() {
    let reason = refused(with("password", "hunter2"));
    assert!(
        !reason.contains("hunter2"),
        "a reason is logged and shown: {reason:?}"
    );
}

#[test]
fn the_password_is_not_in_the_debug_text() {
    let text = format!("{:?}", accepted(ada()));
    assert!(
        !text.contains("correct-horse"),
        "the Debug text hides the password, but it was {text}"
    );
    for shown in ["Ada", "ada@example.com"] {
        assert!(
            text.contains(shown),
            "the Debug text shows name and email, but it was {text}"
        );
    }
}

// Step 4: what the client is told

#[tokio::test]
async fn what_is_valid_is_created() {
    let answer = post(ada()).await;
    assert_eq!(
        answer.status, 201,
        "the status for a valid request: {}",
        answer.body
    );
    let expected = json!({ "name": "Ada", "email": "ada@example.com" });
    assert_eq!(answer.body, expected, "the body for a valid request");
}

#[tokio::test]
async fn a_field_that_is_refused_is_400_and_named() {
    for (field, value) in [("name", " "), ("email", "ada"), ("password", "1234567")] {
        let answer = post(with(field, value)).await;
        assert_eq!(
            answer.status, 400,
            "the status for {field} {value:?}: {}",
            answer.body
        );
        assert_eq!(
            answer.kind, "application/json",
            "the content type for {field} {value:?}"
        );
        assert_eq!(
            answer.body["code"], "VALIDATION_FAILED",
            "the code for {field} {value:?}"
        );
        let message = message(&answer);
        assert!(
            message.contains(field),
            "the message names {field}, but it was {message:?}"
        );
        let lower = message.to_lowercase();
        let says_why = match field {
            "name" => lower.contains("empty"),
            // Once for the field, and once in the reason.
            "email" => lower.matches("email").count() > 1,
            _ => says_eight(message),
        };
        assert!(
            says_why,
            "after the field comes the reason of its validator, but the message was {message:?}"
        );
    }
}

#[tokio::test]
async fn a_field_that_is_missing_is_400_and_named() {
    for field in ["name", "email", "password"] {
        for body in [without(field), with(field, Value::Null), with(field, 7)] {
            let answer = post(body.clone()).await;
            assert_eq!(answer.status, 400, "the status for {body}: {}", answer.body);
            assert_eq!(
                answer.body["code"], "VALIDATION_FAILED",
                "the code for {body}"
            );
            let message = message(&answer);
            assert!(
                message.contains(field),
                "the message names {field}, but it was {message:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_message_is_for_clients_and_not_for_rust() {
    let answer = post(with("password", "short")).await;
    let message = message(&answer).to_lowercase();
    for word in ["deserialize", "target type", "createuserrequest"] {
        assert!(
            !message.contains(word),
            "a client knows no {word:?}, but it was {message:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_json_is_400_with_another_code() {
    for body in ["", "{", "name=Ada", "{\"name\": \"Ada\",}"] {
        let to = (Method::POST, "/users");
        let answer = send(to, Some("application/json"), body.into()).await;
        assert_eq!(
            answer.status, 400,
            "the status for the body {body:?}: {}",
            answer.body
        );
        assert_eq!(
            answer.body["code"], "MALFORMED_JSON",
            "the code for the body {body:?}"
        );
    }
}

#[tokio::test]
async fn what_does_not_say_that_it_is_json_is_415() {
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let answer = send((Method::POST, "/users"), kind, ada().to_string()).await;
        assert_eq!(
            answer.status, 415,
            "the status for the type {kind:?}: {}",
            answer.body
        );
        assert_eq!(
            answer.body["code"], "UNSUPPORTED_MEDIA_TYPE",
            "the code for the type {kind:?}"
        );
    }
}

// Step 5: a change

#[test]
fn what_is_not_sent_stays_as_it_is() {
    for (body, name, email) in [
        (json!({}), "Ada", "ada@example.com"),
        (json!({ "name": "Grace" }), "Grace", "ada@example.com"),
        (json!({ "email": "ada@b.org" }), "Ada", "ada@b.org"),
        (
            json!({ "name": "Grace", "email": "grace@b.org" }),
            "Grace",
            "grace@b.org",
        ),
    ] {
        let mut user = UserDto {
            name: "Ada".into(),
            email: "ada@example.com".into(),
        };
        match changed(body.clone()) {
            Ok(change) => change.apply(&mut user),
            Err(error) => panic!("{body} is a change that is accepted, but: {error}"),
        }
        assert_eq!(
            (user.name.as_str(), user.email.as_str()),
            (name, email),
            "name and email of Ada, ada@example.com, after the change {body}"
        );
    }
}

#[test]
fn a_change_has_the_rules_of_a_new_user() {
    for (body, word) in [
        (json!({ "name": "" }), "empty"),
        (json!({ "email": "" }), "email"),
        (json!({ "email": "ada" }), "email"),
        (json!({ "name": "Grace", "email": "ada" }), "email"),
    ] {
        match changed(body.clone()) {
            Ok(change) => panic!("{body} is refused, but it was accepted as {change:?}"),
            Err(reason) => assert!(
                reason.contains(word),
                "the reason for refusing {body} says {word}, but it was {reason:?}"
            ),
        }
    }
}

#[test]
fn null_is_not_the_same_as_not_sent() {
    for body in [
        json!({ "name": null }),
        json!({ "email": null }),
        json!({ "name": "Grace", "email": null }),
    ] {
        if let Ok(change) = changed(body.clone()) {
            panic!(
                "a user has a name and an email, and null takes neither away: {body} is refused, \
                 but it was accepted as {change:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_change_that_is_refused_is_400_and_named() {
    for (field, body) in [
        ("name", json!({ "name": "" })),
        ("email", json!({ "email": "ada" })),
        ("name", json!({ "name": null })),
        ("email", json!({ "name": "Grace", "email": 7 })),
    ] {
        let answer = put(&body).await;
        assert_eq!(
            answer.status, 400,
            "the status for the change {body}: {}",
            answer.body
        );
        assert_eq!(
            answer.body["code"], "VALIDATION_FAILED",
            "the code for the change {body}"
        );
        let message = message(&answer);
        assert!(
            message.contains(field),
            "the message for the change {body} names {field}, but it was {message:?}"
        );
    }
}

#[tokio::test]
async fn a_change_is_answered_with_the_whole_user() {
    for (body, name) in [(json!({}), "Ada"), (json!({ "name": "Grace" }), "Grace")] {
        let answer = put(&body).await;
        assert_eq!(
            answer.status, 200,
            "the status for the change {body}: {}",
            answer.body
        );
        let expected = json!({ "name": name, "email": "ada@example.com" });
        assert_eq!(answer.body, expected, "the body for the change {body}");
    }
}
