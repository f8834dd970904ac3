use axum::Router;
use axum::body::Body;
use axum::extract::{Json, Path, Query, State};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use crud_routes::api::{AppState, api_routes};
use crud_routes::factory::crud_routes;
use http_body_util::BodyExt;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use tower::ServiceExt;

const ID: &str = "00000000-0000-0000-0000-000000000007";

struct Answer {
    status: u16,
    allow: BTreeSet<String>,
    text: String,
}

async fn send(app: &Router, method: &str, path: &str) -> Answer {
    let request = Request::builder()
        .method(Method::from_bytes(method.as_bytes()).unwrap())
        .uri(path)
        .body(Body::from("tea"))
        .unwrap();
    answer(app, request).await
}

async fn answer(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let allow = response
        .headers()
        .get(header::ALLOW)
        .map_or("", |value| value.to_str().unwrap());
    let allow = allow
        .split(',')
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Answer {
        status,
        allow,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn app() -> Router {
    api_routes(AppState {
        shop: "Ada's".into(),
    })
}

async fn expect(rows: &[(&str, &str, u16, &str)]) {
    let app = app();
    for (method, path, status, text) in rows {
        let answer = send(&app, method, path).await;
        assert_eq!(
            answer.status, *status,
            "the status of {method} {path}: {}",
            answer.text
        );
        assert_eq!(answer.text, *text, "the body of {method} {path}");
    }
}

// Step 1: it compiles, and it starts

#[tokio::test]
async fn the_router_can_be_built() {
    let answer = send(&app(), "GET", "/api/v1/users").await;
    assert_eq!(
        answer.status, 200,
        "the status of GET /api/v1/users: {}",
        answer.text
    );
}

#[tokio::test]
async fn handlers_may_take_what_they_like() {
    async fn nothing() -> &'static str {
        "nothing"
    }
    async fn everything(
        State(_): State<u8>,
        _: HeaderMap,
        Path(id): Path<String>,
        Query(query): Query<HashMap<String, String>>,
        Json(body): Json<Value>,
    ) -> String {
        format!("{id} {} {body}", query["q"])
    }
    async fn may_fail(Path(id): Path<u32>) -> Result<String, StatusCode> {
        if id == 0 {
            Err(StatusCode::IM_A_TEAPOT)
        } else {
            Ok(id.to_string())
        }
    }
    let app = crud_routes(nothing, may_fail, nothing, everything, || async {
        "a closure"
    });
    let app: Router = app.with_state(7u8);
    assert_eq!(
        send(&app, "GET", "/").await.text,
        "nothing",
        "a handler without arguments"
    );
    assert_eq!(
        send(&app, "GET", "/0").await.status,
        418,
        "a handler that fails"
    );
    assert_eq!(
        send(&app, "GET", "/5").await.text,
        "5",
        "an id that is a number"
    );
    assert_eq!(
        send(&app, "DELETE", "/5").await.text,
        "a closure",
        "a handler that is a closure"
    );
    let request = Request::put("/x?q=2")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from("[1]"))
        .unwrap();
    assert_eq!(
        answer(&app, request).await.text,
        "x 2 [1]",
        "a handler with five arguments"
    );
}

// Step 2: one of them

#[tokio::test]
async fn one_user_has_a_path_of_its_own() {
    expect(&[
        (
            "GET",
            &format!("/api/v1/users/{ID}"),
            200,
            &format!("get user {ID} of Ada's"),
        ),
        (
            "PUT",
            &format!("/api/v1/users/{ID}"),
            200,
            &format!("update user {ID} to tea of Ada's"),
        ),
        ("DELETE", &format!("/api/v1/users/{ID}"), 204, ""),
    ])
    .await;
}

#[tokio::test]
async fn all_users_have_one_path() {
    expect(&[
        ("GET", "/api/v1/users", 200, "list users of Ada's"),
        ("POST", "/api/v1/users", 201, "create user tea of Ada's"),
    ])
    .await;
}

#[tokio::test]
async fn an_id_that_is_none_is_400() {
    for method in ["GET", "PUT", "DELETE"] {
        let answer = send(&app(), method, "/api/v1/users/seven").await;
        assert_eq!(
            answer.status, 400,
            "{method} with an id that is no UUID: {}",
            answer.text
        );
    }
}

// Step 3: products

#[tokio::test]
async fn products_have_the_same_routes() {
    expect(&[
        ("GET", "/api/v1/products", 200, "list products of Ada's"),
        (
            "POST",
            "/api/v1/products",
            201,
            "create product tea of Ada's",
        ),
        (
            "GET",
            &format!("/api/v1/products/{ID}"),
            200,
            &format!("get product {ID} of Ada's"),
        ),
        (
            "PUT",
            &format!("/api/v1/products/{ID}"),
            200,
            &format!("update product {ID} to tea of Ada's"),
        ),
        ("DELETE", &format!("/api/v1/products/{ID}"), 204, ""),
    ])
    .await;
}

#[tokio::test]
async fn the_state_is_the_one_that_was_passed_in() {
    let app = api_routes(AppState {
        shop: "Grace's".into(),
    });
    for (path, text) in [
        ("/api/v1/users", "list users of Grace's"),
        ("/api/v1/products", "list products of Grace's"),
    ] {
        assert_eq!(
            send(&app, "GET", path).await.text,
            text,
            "GET {path} in another shop"
        );
    }
}

// Step 4: what there is not

#[tokio::test]
async fn what_is_not_allowed_is_405_and_says_what_is() {
    let set = |words: &[&str]| {
        words
            .iter()
            .map(|word| word.to_string())
            .collect::<BTreeSet<_>>()
    };
    let app = app();
    for resource in ["users", "products"] {
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
            let path = format!("/api/v1/{resource}");
            let answer = send(&app, method, &path).await;
            assert_eq!(
                answer.status, 405,
                "the status of {method} {path}: {}",
                answer.text
            );
            assert_eq!(
                answer.allow,
                set(&["GET", "HEAD", "POST"]),
                "Allow of {method} {path}"
            );
        }
        for method in ["POST", "PATCH", "OPTIONS"] {
            let path = format!("/api/v1/{resource}/{ID}");
            let answer = send(&app, method, &path).await;
            assert_eq!(
                answer.status, 405,
                "the status of {method} {path}: {}",
                answer.text
            );
            let allowed = set(&["GET", "HEAD", "PUT", "DELETE"]);
            assert_eq!(answer.allow, allowed, "Allow of {method} {path}");
        }
    }
}

#[tokio::test]
async fn head_is_answered_without_a_body() {
    for path in [
        "/api/v1/users".to_string(),
        format!("/api/v1/products/{ID}"),
    ] {
        let answer = send(&app(), "HEAD", &path).await;
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (200, ""),
            "status and body of HEAD {path}: as for GET, and nothing in the body"
        );
    }
}

#[tokio::test]
async fn other_paths_are_404() {
    let longer = format!("/api/v1/users/{ID}/orders");
    for path in [
        "/",
        "/api/v1",
        "/users",
        "/api/v1/users/",
        "/api/v1/orders",
        longer.as_str(),
    ] {
        let answer = send(&app(), "GET", path).await;
        assert_eq!(
            answer.status, 404,
            "the status of GET {path}: {}",
            answer.text
        );
        assert_eq!(answer.text, "", "the body of GET {path}");
    }
}
