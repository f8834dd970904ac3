//! Both doors are tried without a network: a router and a gRPC server are functions from requests to responses.

use std::io::Write;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::response::IntoResponse;
use http_body_util::BodyExt;
use rest_and_grpc::app::app;
use rest_and_grpc::domain::{NewUser, PageOfUsers, UserDto};
use rest_and_grpc::errors::AppError;
use rest_and_grpc::grpc::{UsersGrpc, server};
use rest_and_grpc::rest;
use rest_and_grpc::service::{UserService, UserServiceImpl};
use rest_and_grpc::users_v1::users_client::UsersClient;
use rest_and_grpc::users_v1::users_server::UsersServer;
use rest_and_grpc::users_v1::{CreateUserRequest, GetUserRequest, ListUsersRequest, User};
use serde_json::{Value, json};
use tonic::{Code, Status};
use tower::ServiceExt;
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

const BAD: [(&str, &str, &str); 5] = [
    ("", "ada@example.com", "name"),
    ("   ", "ada@example.com", "name"),
    (LONG, "ada@example.com", "name"),
    ("Ada", "ada", "email"),
    ("Ada", "ada@localhost", "email"),
];
/// 101 characters.
const LONG: &str = "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé";

fn service() -> Arc<dyn UserService> {
    Arc::new(UserServiceImpl::default())
}

fn new_user(name: &str, email: &str) -> NewUser {
    NewUser {
        name: name.to_string(),
        email: email.to_string(),
    }
}

/// The answer, which must not be an error.
fn told<T, E: std::fmt::Display>(what: &str, answer: Result<T, E>) -> T {
    answer.unwrap_or_else(|error| panic!("expected {what}, got the error: {error}"))
}

/// Accepts everything, and answers as it was told to.
struct Puppet(Result<(), AppError>);

#[async_trait]
impl UserService for Puppet {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        self.0.clone()?;
        let (name, email) = ("Ada".to_string(), "ada@example.com".to_string());
        Ok(Some(UserDto { id, name, email }))
    }

    async fn create_user(&self, new: NewUser) -> Result<UserDto, AppError> {
        self.0.clone()?;
        let NewUser { name, email } = new;
        let id = Uuid::nil();
        Ok(UserDto { id, name, email })
    }

    /// Tells in the total how it was asked: the page, then the size, 999 where there was none.
    async fn list_users(&self, page: u32, size: Option<u32>) -> Result<PageOfUsers, AppError> {
        self.0.clone()?;
        let total = u64::from(page) * 1000 + u64::from(size.unwrap_or(999));
        let users = Vec::new();
        Ok(PageOfUsers { users, total })
    }
}

fn puppet() -> Arc<dyn UserService> {
    Arc::new(Puppet(Ok(())))
}

fn failing(error: AppError) -> Arc<dyn UserService> {
    Arc::new(Puppet(Err(error)))
}

async fn call(
    router: Router,
    method: Method,
    uri: &str,
    body: Option<Value>,
) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(uri);
    let request = request.header("content-type", "application/json");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let response = router.oneshot(request.body(body).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn rest_post(service: &Arc<dyn UserService>, name: &str, email: &str) -> (StatusCode, Value) {
    let body = json!({ "name": name, "email": email });
    let router = rest::router(Arc::clone(service));
    call(router, Method::POST, "/api/v1/users", Some(body)).await
}

async fn rest_get(service: &Arc<dyn UserService>, uri: &str) -> (StatusCode, Value) {
    call(rest::router(Arc::clone(service)), Method::GET, uri, None).await
}

/// A text in the JSON that REST answers.
fn field<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name]
        .as_str()
        .unwrap_or_else(|| panic!("expected a text as {name:?} in what REST answers, got {json}"))
}

fn grpc(service: &Arc<dyn UserService>) -> UsersClient<UsersServer<UsersGrpc>> {
    UsersClient::new(server(Arc::clone(service)))
}

async fn grpc_get(service: &Arc<dyn UserService>, id: &str) -> Result<User, Status> {
    let id = id.to_string();
    let answer = grpc(service).get_user(GetUserRequest { id }).await?;
    Ok(answer.into_inner())
}

async fn grpc_create(
    service: &Arc<dyn UserService>,
    name: &str,
    email: &str,
) -> Result<User, Status> {
    let (name, email) = (name.to_string(), email.to_string());
    let request = CreateUserRequest { name, email };
    Ok(grpc(service).create_user(request).await?.into_inner())
}

#[tokio::test]
async fn the_service_itself_refuses_bad_input() {
    let service = service();
    for (name, email, field) in BAD {
        match service.create_user(new_user(name, email)).await {
            Err(AppError::ValidationFailed(message)) => assert!(
                message.starts_with(field),
                "{name:?}, {email:?}: the message begins with the field {field}, not {message:?}"
            ),
            other => {
                panic!("{name:?}, {email:?} is refused by the service, whoever asks: {other:?}")
            }
        }
    }
    let all = told("a list", service.list_users(0, Some(100)).await);
    assert_eq!(all.total, 0, "nothing that was refused is kept");
    let longest = LONG.chars().skip(1).collect::<String>();
    let user = service
        .create_user(new_user(&longest, "e@example.com"))
        .await;
    assert!(user.is_ok(), "100 characters are a name: {user:?}");
}

#[tokio::test]
async fn the_service_itself_trims_names_and_bounds_pages() {
    let service = service();
    let user = service
        .create_user(new_user("  Ada ", "ada@example.com"))
        .await;
    assert_eq!(
        told("a user", user).name,
        "Ada",
        "the blanks around a name are not part of it"
    );
    for at in 1..130 {
        let email = format!("u{at}@example.com");
        told(
            "a user",
            service.create_user(new_user("Somebody", &email)).await,
        );
    }
    for (size, expected) in [(None, 20), (Some(0), 1), (Some(7), 7), (Some(1000), 100)] {
        let page = told("a page", service.list_users(0, size).await);
        assert_eq!(
            (page.users.len(), page.total),
            (expected, 130),
            "a page of {size:?} users, and the total of all"
        );
    }
    let last = told("a page", service.list_users(6, None).await);
    assert_eq!(last.users.len(), 10, "the last page of 130 by 20");
}

#[tokio::test]
async fn rest_answers_as_before() {
    let service = service();
    for (name, email, field) in BAD {
        let (status, body) = rest_post(&service, name, email).await;
        let message = body["message"].as_str().unwrap_or_default();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name:?}, {email:?}");
        assert!(
            message.starts_with(field),
            "{message:?} begins with {field}"
        );
    }
    let (status, made) = rest_post(&service, " Ada ", "ada@example.com").await;
    assert_eq!(
        (status, &made["name"]),
        (StatusCode::CREATED, &json!("Ada")),
        "expected 201 and the user, without the blanks around the name"
    );
    let (status, _) = rest_post(&service, "Ada", "ada@example.com").await;
    assert_eq!(status, StatusCode::CONFLICT, "the address is taken");
    let uri = format!("/api/v1/users/{}", field(&made, "id"));
    assert_eq!(
        rest_get(&service, &uri).await,
        (StatusCode::OK, made),
        "expected 200 and the user who was made"
    );
    let (status, page) = rest_get(&service, "/api/v1/users").await;
    assert_eq!(
        (status, &page["total"]),
        (StatusCode::OK, &json!(1)),
        "expected 200 and a list of one user"
    );
}

#[tokio::test]
async fn rest_leaves_the_rules_to_the_service() {
    let (status, body) = rest_post(&puppet(), "  ", "nobody").await;
    assert_eq!(
        (status, body["name"].as_str()),
        (StatusCode::CREATED, Some("  ")),
        "this service accepts everything, so the door has to hand everything on as it came"
    );
    let (_, page) = rest_get(&puppet(), "/api/v1/users?page=2&size=5000").await;
    assert_eq!(
        page["total"], 7000,
        "page 2 of 5000 is handed on as it was asked for"
    );
    let (_, page) = rest_get(&puppet(), "/api/v1/users").await;
    assert_eq!(page["total"], 999, "no size is handed on as no size");
}

#[test]
fn each_error_has_its_code() {
    let text = || "x".to_string();
    for (error, code) in [
        (AppError::NotFound(text()), Code::NotFound),
        (AppError::Unauthorized(text()), Code::Unauthenticated),
        (AppError::Forbidden(text()), Code::PermissionDenied),
        (AppError::ValidationFailed(text()), Code::InvalidArgument),
        (AppError::Conflict(text()), Code::AlreadyExists),
        (AppError::ServiceUnavailable(text()), Code::Unavailable),
        (AppError::Internal(text()), Code::Internal),
    ] {
        let told = format!("{error:?} in gRPC");
        assert_eq!(Status::from(error).code(), code, "{told}");
    }
}

#[test]
fn reasons_stay_inside() {
    let secret = || "redis://app:hunter2@cache refused".to_string();
    for error in [
        AppError::ServiceUnavailable(secret()),
        AppError::Internal(secret()),
    ] {
        let public = error.public_message();
        let status = Status::from(error);
        assert_eq!(
            status.message(),
            public,
            "what is not the caller's fault is not explained"
        );
    }
    let status = Status::from(AppError::Conflict("ada@example.com is taken".to_string()));
    assert!(
        status.message().contains("ada@example.com is taken"),
        "what the caller can mend is said: {:?}",
        status.message()
    );
}

/// What `work` writes into the log as an error.
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

#[test]
fn what_is_hidden_is_in_the_log() {
    for error in [
        AppError::ServiceUnavailable("cache refused".to_string()),
        AppError::Internal("disk full".to_string()),
    ] {
        let rest = log_of(|| drop(error.clone().into_response()));
        let grpc = log_of(|| drop(Status::from(error.clone())));
        for (door, log) in [("REST", rest), ("gRPC", grpc)] {
            assert_eq!(
                log.matches(&error.to_string()).count(),
                1,
                "how often the log names \"{error}\", which {door} hides: {log:?}"
            );
        }
    }
    let log = log_of(|| drop(Status::from(AppError::NotFound("user 7".to_string()))));
    assert_eq!(log, "", "an error of the caller's is none in the log");
}

#[tokio::test]
async fn a_user_made_at_one_door_is_read_at_the_other() {
    let service = service();
    let (_, made) = rest_post(&service, "Ada", "ada@example.com").await;
    let id = field(&made, "id");
    let read = told(
        "gRPC to read what REST has made",
        grpc_get(&service, id).await,
    );
    let fields = (read.id.as_str(), read.name.as_str(), read.email.as_str());
    assert_eq!(
        fields,
        (id, "Ada", "ada@example.com"),
        "expected gRPC to read the user whom REST has made"
    );

    let made = grpc_create(&service, "Bob", "bob@example.com").await;
    let made = told("a user made by gRPC", made);
    let uri = format!("/api/v1/users/{}", made.id);
    let (status, read) = rest_get(&service, &uri).await;
    assert_eq!(
        (status, &read["email"]),
        (StatusCode::OK, &json!("bob@example.com")),
        "expected REST to read the user whom gRPC has made"
    );
}

#[tokio::test]
async fn nobody_is_not_found_and_nonsense_is_no_id() {
    let service = service();
    let nobody = grpc_get(&service, &Uuid::nil().to_string())
        .await
        .expect_err("expected an error for a UUID that nobody has");
    assert_eq!(nobody.code(), Code::NotFound, "a UUID that nobody has");
    for nonsense in ["", "7", "not-a-uuid"] {
        let refused = grpc_get(&service, nonsense)
            .await
            .expect_err("expected an error for what is no UUID");
        assert_eq!(
            refused.code(),
            Code::InvalidArgument,
            "{nonsense:?} is no UUID"
        );
    }
}

#[tokio::test]
async fn both_doors_refuse_the_same() {
    let service = service();
    for (name, email, _) in BAD {
        let (_, rest) = rest_post(&service, name, email).await;
        let grpc = grpc_create(&service, name, email)
            .await
            .expect_err("expected gRPC to refuse bad input");
        assert_eq!(grpc.code(), Code::InvalidArgument, "{name:?}, {email:?}");
        assert_eq!(
            Some(grpc.message()),
            rest["message"].as_str(),
            "one rule, one text: {name:?}, {email:?}"
        );
    }
    rest_post(&service, "Ada", "ada@example.com").await;
    let taken = grpc_create(&service, "Ada", "ada@example.com")
        .await
        .expect_err("expected gRPC to refuse an address that REST has taken");
    assert_eq!(
        taken.code(),
        Code::AlreadyExists,
        "the address was taken at the other door"
    );
}

#[tokio::test]
async fn grpc_leaves_the_rules_to_the_service() {
    let made = grpc_create(&puppet(), "  ", "nobody").await;
    let made = told("a door without rules of its own", made);
    assert_eq!(
        (made.name.as_str(), made.email.as_str()),
        ("  ", "nobody"),
        "expected name and email to be handed on as they came"
    );
    for (page, size, expected) in [(2, Some(5000), 7000), (0, Some(0), 0), (3, None, 3999)] {
        let answer = grpc(&puppet())
            .list_users(ListUsersRequest { page, size })
            .await;
        let total = told("a page", answer).into_inner().total;
        assert_eq!(
            total, expected,
            "page {page} of size {size:?}, handed on as it was asked for"
        );
    }
}

#[tokio::test]
async fn both_doors_turn_the_same_pages() {
    let service = service();
    for at in 0..25 {
        let email = format!("u{at}@example.com");
        told(
            "a user",
            service.create_user(new_user("Somebody", &email)).await,
        );
    }
    for (page, size) in [(0, None), (1, None), (2, Some(10)), (9, Some(10))] {
        let request = ListUsersRequest { page, size };
        let grpc = told("a page", grpc(&service).list_users(request).await).into_inner();
        let size = size.map_or(String::new(), |size| format!("&size={size}"));
        let (_, rest) = rest_get(&service, &format!("/api/v1/users?page={page}{size}")).await;
        let grpc: Vec<_> = grpc.users.into_iter().map(|user| user.email).collect();
        let users = rest["users"].as_array();
        let users = users.unwrap_or_else(|| panic!("expected a list of users, got {rest}"));
        let rest: Vec<_> = users.iter().map(|user| field(user, "email")).collect();
        assert_eq!(grpc, rest, "page {page}{size} at both doors");
    }
}

#[tokio::test]
async fn errors_of_the_service_cross_both_doors() {
    let service = failing(AppError::Forbidden("not yours".to_string()));
    let id = Uuid::nil().to_string();
    let (status, _) = rest_get(&service, &format!("/api/v1/users/{id}")).await;
    assert_eq!(
        status,
        StatusCode::FORBIDDEN,
        "expected 403 from REST when the service says `Forbidden`"
    );
    let code = |result: Result<User, Status>| result.expect_err("expected an error").code();
    assert_eq!(
        code(grpc_get(&service, &id).await),
        Code::PermissionDenied,
        "expected `PermissionDenied` from GetUser when the service says `Forbidden`"
    );
    let made = grpc_create(&service, "Ada", "ada@example.com").await;
    assert_eq!(
        code(made),
        Code::PermissionDenied,
        "expected `PermissionDenied` from CreateUser when the service says `Forbidden`"
    );
    let request = ListUsersRequest {
        page: 0,
        size: None,
    };
    let listed = grpc(&service)
        .list_users(request)
        .await
        .expect_err("expected an error");
    assert_eq!(
        listed.code(),
        Code::PermissionDenied,
        "expected `PermissionDenied` from ListUsers when the service says `Forbidden`"
    );
}

#[tokio::test]
async fn one_router_serves_both() {
    let service = service();
    let app = app(Arc::clone(&service));
    let body = json!({ "name": "Ada", "email": "ada@example.com" });
    let (status, made) = call(app.clone(), Method::POST, "/api/v1/users", Some(body)).await;
    assert_eq!(status, StatusCode::CREATED, "REST by its paths");
    let id = field(&made, "id").to_string();
    let read = UsersClient::new(app).get_user(GetUserRequest { id }).await;
    let read = told("gRPC on the same router", read).into_inner();
    assert_eq!(
        read.email, "ada@example.com",
        "expected gRPC to read the user whom REST has made on the same router"
    );
}

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    for uri in ["/", "/api/v1/orders", "/api/v1/users/"] {
        let (status, _) = call(app(service()), Method::GET, uri, None).await;
        assert_eq!(
            status,
            StatusCode::NOT_FOUND,
            "GET {uri}: a path that neither door knows, as HTTP says it"
        );
    }
}
