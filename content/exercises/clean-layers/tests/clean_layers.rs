use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use clean_layers::app::{AppState, create_router};
use clean_layers::cache::{CacheStore, MemoryCache};
use clean_layers::db::Database;
use clean_layers::domain::{User, UserDto};
use clean_layers::errors::AppError;
use clean_layers::ports::{UserRepository, UserService};
use clean_layers::repository::DbUserRepository;
use clean_layers::service::UserServiceImpl;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use uuid::Uuid;

const ADA: Uuid = Uuid::from_u128(0xada);
const BOB: Uuid = Uuid::from_u128(0xb0b);
const NOBODY: Uuid = Uuid::from_u128(0);

fn database() -> Arc<Database> {
    let db = Database::default();
    for (id, name) in [(BOB, "Bob"), (ADA, "Ada")] {
        db.insert([
            ("id", &id.to_string()),
            ("name", name),
            ("email", &format!("{}@example.com", name.to_lowercase())),
            ("password_hash", "$argon2id$secret"),
        ]);
    }
    Arc::new(db)
}

fn user(id: Uuid, name: &str) -> User {
    User {
        id,
        name: name.into(),
        email: "ada@example.com".into(),
        password_hash: "$argon2id$secret".into(),
    }
}

type Log = Arc<Mutex<Vec<String>>>;

fn note(log: &Log, call: String) {
    log.lock().unwrap().push(call);
}

/// A repository of one user, Ada, who can be renamed. It writes down what it is asked.
struct FakeRepo {
    ada: Mutex<User>,
    log: Log,
}

#[async_trait]
impl UserRepository for FakeRepo {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        note(&self.log, "find".into());
        Ok(Some(self.ada.lock().unwrap().clone()).filter(|user| user.id == id))
    }

    async fn update_name(&self, id: Uuid, name: &str) -> Result<bool, AppError> {
        note(&self.log, format!("rename to {name:?}"));
        let mut ada = self.ada.lock().unwrap();
        if ada.id == id {
            ada.name = name.into();
        }
        Ok(ada.id == id)
    }
}

/// A cache that works, and writes down what it is asked.
struct FakeCache {
    memory: MemoryCache,
    log: Log,
}

#[async_trait]
impl CacheStore for FakeCache {
    async fn get_raw(&self, key: &str) -> Option<String> {
        note(&self.log, format!("get {key}"));
        self.memory.get_raw(key).await
    }

    async fn set_raw(&self, key: &str, json: String, ttl_secs: u64) {
        note(&self.log, format!("set {key} for {ttl_secs} s"));
        self.memory.set_raw(key, json, ttl_secs).await;
    }

    async fn delete(&self, key: &str) {
        note(&self.log, format!("delete {key}"));
        self.memory.delete(key).await;
    }
}

/// A service on fakes, its cache, and what the fakes are asked.
fn service() -> (UserServiceImpl, Arc<FakeCache>, Log) {
    let log = Log::default();
    let repo = FakeRepo {
        ada: Mutex::new(user(ADA, "Ada")),
        log: log.clone(),
    };
    let cache = Arc::new(FakeCache {
        memory: MemoryCache::default(),
        log: log.clone(),
    });
    (
        UserServiceImpl::new(Arc::new(repo), cache.clone()),
        cache,
        log,
    )
}

fn taken(log: &Log) -> Vec<String> {
    std::mem::take(&mut log.lock().unwrap())
}

async fn send(app: &Router, method: &str, id: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1/users/{id}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (
        status,
        serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    )
}

const QUERY: &str = "a query that the table can answer succeeds";
const CALL: &str = "with a repository and a cache that work, the service answers";

// Step 1: the repository

#[tokio::test]
async fn a_row_becomes_a_user() {
    let repo = DbUserRepository::new(database());
    assert_eq!(
        repo.find_by_id(ADA).await.expect(QUERY),
        Some(user(ADA, "Ada")),
        "the row with Ada's id, as a User"
    );
    assert_eq!(
        repo.find_by_id(NOBODY).await.expect(QUERY),
        None,
        "an id that no row has is None, not an error"
    );
}

#[tokio::test]
async fn renaming_says_whether_there_was_somebody() {
    let repo = DbUserRepository::new(database());
    assert!(
        repo.update_name(ADA, "Ada Lovelace").await.expect(QUERY),
        "renaming Ada answers true: somebody has that id"
    );
    assert!(
        !repo.update_name(NOBODY, "N. N.").await.expect(QUERY),
        "renaming answers false where nobody has that id"
    );
    let names = [ADA, BOB].map(|id| repo.find_by_id(id));
    let mut found = Vec::new();
    for name in names {
        let user = name.await.expect(QUERY);
        found.push(
            user.expect("a user who was renamed, or not, is still there")
                .name,
        );
    }
    assert_eq!(
        found,
        ["Ada Lovelace", "Bob"],
        "Ada has the new name, and Bob his own"
    );
}

#[tokio::test]
async fn a_row_that_is_no_user_is_a_database_error() {
    for missing in ["name", "email", "password_hash"] {
        let named = |column: &'static str| if column == missing { "?" } else { column };
        let db = Database::default();
        db.insert([
            ("id", &ADA.to_string()),
            (named("name"), "Ada"),
            (named("email"), "ada@example.com"),
            (named("password_hash"), ""),
        ]);
        let repo = DbUserRepository::new(Arc::new(db));
        // In a task of its own, so that a panic is an answer here, and not the end.
        let found = tokio::spawn(async move { repo.find_by_id(ADA).await }).await;
        assert!(
            matches!(found, Ok(Err(AppError::Database(_)))),
            "a row without the column {missing}: expected Err(Database), got {found:?}"
        );
    }
}

// Step 2: reading through the service

#[tokio::test]
async fn a_cached_user_does_not_reach_the_repository() {
    let (service, cache, log) = service();
    let cached = json!({ "id": ADA.to_string(), "name": "Cached", "email": "" });
    let key = format!("user:{ADA}");
    cache.memory.set_raw(&key, cached.to_string(), 60).await;
    let found = service.get_user(ADA).await.expect(CALL);
    let found = found.expect("the user whom the cache has is answered");
    assert_eq!(found.name, "Cached", "the name as the cache has it");
    assert_eq!(taken(&log), [format!("get {key}")], "what was asked for");
}

#[tokio::test]
async fn a_miss_is_loaded_and_kept_for_half_an_hour() {
    let (service, _, log) = service();
    let first = service.get_user(ADA).await.expect(CALL);
    assert_eq!(
        first,
        Some(UserDto::from(user(ADA, "Ada"))),
        "the user of the repository, as a UserDto"
    );
    assert_eq!(
        taken(&log),
        [
            format!("get user:{ADA}"),
            "find".into(),
            format!("set user:{ADA} for 1800 s"),
        ],
        "what a miss asks of cache and repository, in order"
    );
    assert_eq!(
        service.get_user(ADA).await.expect(CALL),
        first,
        "the second read answers what the first one did"
    );
    assert_eq!(
        taken(&log),
        [format!("get user:{ADA}")],
        "the second read is answered by the cache"
    );
}

#[tokio::test]
async fn nobody_is_none_and_not_cached() {
    let (service, _, log) = service();
    assert_eq!(
        service.get_user(NOBODY).await.expect(CALL),
        None,
        "an unknown id is None, not an error"
    );
    assert_eq!(
        taken(&log),
        [format!("get user:{NOBODY}"), "find".into()],
        "for an unknown id the repository is asked, and nothing is set"
    );
}

#[tokio::test]
async fn the_hash_never_enters_the_cache() {
    let (service, cache, _) = service();
    service.get_user(ADA).await.expect(CALL);
    let json = cache.memory.get_raw(&format!("user:{ADA}")).await;
    let json = json.expect("after a read, the cache has an entry under user:{id}");
    assert!(
        !json.contains("argon2"),
        "the password's hash is in the cache: {json}"
    );
}

// Step 3: the rule

#[tokio::test]
async fn a_name_has_1_to_100_characters() {
    let hundred = "ä".repeat(100);
    for (name, good) in [
        ("", false),
        (" \t", false),
        (&format!("{hundred}x"), false),
        (&hundred, true),
        (&format!(" {hundred} "), true),
        ("A", true),
    ] {
        let (service, _, log) = service();
        let renamed = service.rename_user(ADA, name).await;
        if good {
            assert_eq!(
                renamed
                    .expect("a name of 1 to 100 characters is accepted")
                    .name,
                name.trim(),
                "the name in the answer"
            );
            continue;
        }
        assert!(
            matches!(renamed, Err(AppError::ValidationFailed(_))),
            "the name {name:?}: expected Err(ValidationFailed), got {renamed:?}"
        );
        assert_eq!(
            taken(&log),
            Vec::<String>::new(),
            "a name that is refused asks neither cache nor repository"
        );
    }
}

#[tokio::test]
async fn a_name_is_trimmed_before_it_is_stored() {
    let (service, _, log) = service();
    let renamed = service.rename_user(ADA, "  Ada L. ").await;
    let renamed = renamed.expect("a good name with blanks around it is accepted");
    assert_eq!(renamed.name, "Ada L.", "the name in the answer");
    assert!(
        taken(&log).contains(&"rename to \"Ada L.\"".to_string()),
        "the repository is handed the trimmed name"
    );
}

#[tokio::test]
async fn a_renamed_user_is_not_answered_from_an_old_entry() {
    let (service, _, log) = service();
    service.get_user(ADA).await.expect(CALL);
    taken(&log);
    service.rename_user(ADA, "Ada L.").await.expect(CALL);
    assert_eq!(
        service
            .get_user(ADA)
            .await
            .expect(CALL)
            .map(|user| user.name),
        Some("Ada L.".to_string()),
        "the name that is read after renaming"
    );
    let calls = taken(&log);
    let position = |call: &str| calls.iter().position(|made| made.starts_with(call));
    assert!(
        position("rename") < position("delete user:"),
        "first the row is changed, then the entry is deleted: {calls:?}"
    );
}

#[tokio::test]
async fn nobody_cannot_be_renamed() {
    let (service, _, log) = service();
    let renamed = service.rename_user(NOBODY, "N. N.").await;
    assert!(
        matches!(renamed, Err(AppError::NotFound(_))),
        "an unknown id: expected Err(NotFound), got {renamed:?}"
    );
    let calls = taken(&log);
    assert!(
        !calls
            .iter()
            .any(|call| call.starts_with("set") || call.starts_with("delete")),
        "nothing was changed, so nothing is written to the cache or deleted from it: {calls:?}"
    );
}

// Step 4: the handlers

/// A service that answers what it is told to, whatever is in any database.
struct FakeService(fn(Uuid, &str) -> Result<Option<UserDto>, AppError>);

#[async_trait]
impl UserService for FakeService {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        self.0(id, "the old name")
    }

    async fn rename_user(&self, id: Uuid, name: &str) -> Result<UserDto, AppError> {
        self.0(id, name).map(|user| user.expect("only GET was sent, so nobody is renamed"))
    }
}

fn handlers(answer: fn(Uuid, &str) -> Result<Option<UserDto>, AppError>) -> Router {
    create_router(AppState::with_users(Arc::new(FakeService(answer))))
}

#[tokio::test]
async fn a_handler_asks_the_service_and_nobody_else() {
    let app = handlers(|id, name| Ok(Some(user(id, name).into())));
    let expected =
        |name| json!({ "id": ADA.to_string(), "name": name, "email": "ada@example.com" });
    assert_eq!(
        send(&app, "GET", &ADA.to_string(), Value::Null).await,
        (StatusCode::OK, expected("the old name")),
        "GET, over a service of the test and an empty database"
    );
    assert_eq!(
        send(
            &app,
            "PUT",
            &ADA.to_string(),
            json!({ "name": " as sent " })
        )
        .await,
        (StatusCode::OK, expected(" as sent ")),
        "PUT hands the name on as it was sent: trimming it is a rule, and rules are the service's"
    );
}

#[tokio::test]
async fn an_answer_of_the_service_becomes_a_status() {
    let id = ADA.to_string();
    let app = handlers(|_, _| Ok(None));
    let (status, _) = send(&app, "GET", &id, Value::Null).await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "GET, when the service answers Ok(None)"
    );

    let app = handlers(|_, _| Err(AppError::Database("gone".into())));
    let (status, _) = send(&app, "GET", &id, Value::Null).await;
    assert_eq!(
        status,
        StatusCode::INTERNAL_SERVER_ERROR,
        "GET, when the service answers Err(Database)"
    );

    let app = handlers(|_, _| Err(AppError::ValidationFailed("no".into())));
    let (status, _) = send(&app, "PUT", &id, json!({ "name": "a good name" })).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "PUT, when the service answers Err(ValidationFailed)"
    );
}

#[tokio::test]
async fn all_layers_work_together() {
    let db = database();
    let app = create_router(AppState::new(db.clone(), Arc::new(MemoryCache::default())));
    let (id, nobody) = (ADA.to_string(), NOBODY.to_string());
    let name = |body: Value| body["name"].as_str().map(str::to_string);

    let (status, body) = send(&app, "GET", &id, Value::Null).await;
    assert_eq!(
        (status, name(body)),
        (StatusCode::OK, Some("Ada".into())),
        "GET answers the user as the table has it"
    );
    let (status, body) = send(&app, "PUT", &id, json!({ "name": "Ada L." })).await;
    assert_eq!(
        (status, name(body)),
        (StatusCode::OK, Some("Ada L.".into())),
        "PUT answers the user with the new name"
    );
    let (status, body) = send(&app, "GET", &id, Value::Null).await;
    assert_eq!(
        (status, name(body)),
        (StatusCode::OK, Some("Ada L.".into())),
        "GET after PUT answers the new name"
    );
    let (status, _) = send(&app, "PUT", &id, json!({ "name": "" })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "PUT with an empty name");
    let (status, _) = send(&app, "PUT", &nobody, json!({ "name": "N. N." })).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "PUT to an unknown id");
    let (status, _) = send(&app, "GET", "not-an-id", Value::Null).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "GET with something that is no id"
    );
}
