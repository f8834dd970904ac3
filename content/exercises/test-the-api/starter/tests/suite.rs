//! Your suite. It begins with the flow with which an API is usually tested.

use axum::http::StatusCode;
use axum_test::TestServer;
use serde_json::{Value, json};
use test_the_api::router::setup_test_app;
use test_the_api::store::TOKEN;

fn server() -> TestServer {
    TestServer::new(setup_test_app()).unwrap()
}

fn bearer() -> String {
    format!("Bearer {TOKEN}")
}

#[tokio::test]
async fn test_user_crud_flow() {
    let server = server();

    let created = server
        .post("/api/v1/users")
        .add_header("Authorization", bearer())
        .json(&json!({ "name": "Integration User", "email": "integration@test.com" }))
        .await;
    assert_eq!(created.status_code(), StatusCode::CREATED);
    let path = format!("/api/v1/users/{}", created.json::<Value>()["id"]);

    let read = server
        .get(&path)
        .add_header("Authorization", bearer())
        .await;
    assert_eq!(read.status_code(), StatusCode::OK);
    assert_eq!(read.json::<Value>()["name"], "Integration User");

    let deleted = server
        .delete(&path)
        .add_header("Authorization", bearer())
        .await;
    assert_eq!(deleted.status_code(), StatusCode::NO_CONTENT);

    let gone = server
        .get(&path)
        .add_header("Authorization", bearer())
        .await;
    assert_eq!(gone.status_code(), StatusCode::NOT_FOUND);
}
