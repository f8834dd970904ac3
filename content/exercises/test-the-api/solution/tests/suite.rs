//! A suite that tells the right API from the wrong ones: one story, and the tables of
//! what is refused.

use axum::http::StatusCode;
use axum_test::{TestRequest, TestResponse, TestServer};
use serde_json::{Value, json};
use test_the_api::router::setup_test_app;
use test_the_api::store::{EXPIRED_TOKEN, TOKEN};

const USERS: &str = "/api/v1/users";

fn server() -> TestServer {
    TestServer::new(setup_test_app()).unwrap()
}

async fn allowed(request: TestRequest) -> TestResponse {
    request
        .add_header("Authorization", format!("Bearer {TOKEN}"))
        .await
}

fn person(name: &str, email: &str) -> Value {
    json!({ "name": name, "email": email })
}

/// Creates a user and answers the path to it.
async fn create(server: &TestServer, name: &str, email: &str) -> String {
    let created = allowed(server.post(USERS).json(&person(name, email))).await;
    assert_eq!(created.status_code(), StatusCode::CREATED);
    format!("{USERS}/{}", created.json::<Value>()["id"])
}

#[tokio::test]
async fn test_user_crud_flow() {
    let server = server();
    let path = create(&server, "Ada", "ada@test.com").await;

    let changed = person("Ada L.", "ada@test.com");
    let put = allowed(server.put(&path).json(&changed)).await;
    assert_eq!(put.status_code(), StatusCode::OK);

    let read = allowed(server.get(&path)).await;
    assert_eq!(read.status_code(), StatusCode::OK);
    let user = read.json::<Value>();
    assert_eq!(
        (&user["name"], &user["email"]),
        (&json!("Ada L."), &json!("ada@test.com"))
    );

    let deleted = allowed(server.delete(&path)).await;
    assert_eq!(deleted.status_code(), StatusCode::NO_CONTENT);
    let gone = allowed(server.get(&path)).await;
    assert_eq!(gone.status_code(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_gets_in_without_a_good_token() {
    let server = server();
    let path = create(&server, "Ada", "ada@test.com").await;
    let body = person("Eve", "eve@test.com");
    let bad = [
        None,
        Some(format!("Bearer {EXPIRED_TOKEN}")),
        Some("Bearer nonsense".to_string()),
        Some(TOKEN.to_string()),
    ];
    for authorization in bad {
        for (what, request) in [
            ("POST", server.post(USERS).json(&body)),
            ("GET", server.get(&path)),
            ("PUT", server.put(&path).json(&body)),
            ("DELETE", server.delete(&path)),
        ] {
            let request = match &authorization {
                Some(value) => request.add_header("Authorization", value),
                None => request,
            };
            let status = request.await.status_code();
            assert_eq!(
                status,
                StatusCode::UNAUTHORIZED,
                "{what}, {authorization:?}"
            );
        }
    }
    let user = allowed(server.get(&path)).await.json::<Value>();
    assert_eq!(user["name"], "Ada", "untouched by those who were refused");
}

#[tokio::test]
async fn nobody_is_404_whatever_is_asked() {
    let server = server();
    let path = format!("{USERS}/4711");
    for (what, request) in [
        ("GET", server.get(&path)),
        (
            "PUT",
            server.put(&path).json(&person("Eve", "eve@test.com")),
        ),
        ("DELETE", server.delete(&path)),
    ] {
        let status = allowed(request).await.status_code();
        assert_eq!(status, StatusCode::NOT_FOUND, "{what}");
    }
}

#[tokio::test]
async fn an_email_is_taken_once() {
    let server = server();
    create(&server, "Ada", "ada@test.com").await;
    let bob = create(&server, "Bob", "bob@test.com").await;
    let taken = person("Eve", "ada@test.com");

    let created = allowed(server.post(USERS).json(&taken)).await;
    assert_eq!(created.status_code(), StatusCode::CONFLICT);
    let changed = allowed(server.put(&bob).json(&taken)).await;
    assert_eq!(changed.status_code(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_blank_name_is_refused_and_not_stored() {
    let server = server();
    let ada = create(&server, "Ada", "ada@test.com").await;
    for name in ["", "   "] {
        let created = allowed(server.post(USERS).json(&person(name, "eve@test.com"))).await;
        assert_eq!(created.status_code(), StatusCode::UNPROCESSABLE_ENTITY);
        let changed = allowed(server.put(&ada).json(&person(name, "ada@test.com"))).await;
        assert_eq!(changed.status_code(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let user = allowed(server.get(&ada)).await.json::<Value>();
    assert_eq!(user["name"], "Ada");
    create(&server, "Eve", "eve@test.com").await; // the email is still free
}
