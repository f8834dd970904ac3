use app_state::config::{CacheConfig, Config, ConfigError};
use app_state::handlers::create_router;
use app_state::ports::{CacheStore, ProductRepository, UserRepository};
use app_state::secret::Secret;
use app_state::services::{AuthService, ProductService, UserService, mark};
use app_state::state::{AppState, Parts};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use sqlx::SqlitePool;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;
use tower::ServiceExt;
use uuid::Uuid;

/// A repository of whatever the test puts into it.
struct Fake(&'static str);

#[async_trait]
impl UserRepository for Fake {
    async fn find_name(&self, id: u32) -> Option<String> {
        (id == 1).then(|| self.0.to_string())
    }
}

#[async_trait]
impl ProductRepository for Fake {
    async fn find_price(&self, sku: &str) -> Option<i64> {
        (sku == "tea").then_some(450)
    }
}

#[derive(Default)]
struct FakeCache(Mutex<BTreeMap<String, String>>);

impl FakeCache {
    fn keys(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }
}

#[async_trait]
impl CacheStore for FakeCache {
    async fn get_raw(&self, key: &str) -> Option<String> {
        self.0.lock().unwrap().get(key).cloned()
    }

    async fn set_raw(&self, key: &str, value: String, _ttl_secs: u64) {
        self.0.lock().unwrap().insert(key.into(), value);
    }
}

fn parts(cache: &Arc<FakeCache>) -> Parts {
    Parts {
        user_repo: Arc::new(Fake("Ada")),
        product_repo: Arc::new(Fake("")),
        cache: cache.clone(),
        access_secret: Secret::new("correct-horse"),
        refresh_secret: Secret::new("battery-staple"),
    }
}

fn state() -> (AppState, Arc<FakeCache>) {
    let cache = Arc::new(FakeCache::default());
    (AppState::with(parts(&cache)), cache)
}

async fn get(app: &Router, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8_lossy(&body).into_owned())
}

// Step 1: a secret that keeps itself

#[test]
fn a_secret_is_not_in_its_debug_text() {
    let secret = Secret::new("correct-horse");
    for text in [
        format!("{secret:?}"),
        format!("{secret:#?}"),
        format!("{:?}", Some(&secret)),
    ] {
        assert!(
            !text.contains("horse"),
            "the secret is printed with {{:?}}: {text}"
        );
        assert!(
            text.contains("[redacted]"),
            "[redacted] stands where the secret was: {text}"
        );
    }
    assert_eq!(
        secret.expose(),
        "correct-horse",
        "the secret, when it is asked for"
    );
}

#[test]
fn a_short_secret_is_hidden_like_a_long_one() {
    let texts =
        ["", "x", "a secret of some more length"].map(|text| format!("{:?}", Secret::new(text)));
    assert_eq!(
        texts[0], texts[1],
        "the text tells nothing, not even whether there is a secret"
    );
    assert_eq!(
        texts[1], texts[2],
        "the text tells nothing of the secret's length"
    );
}

#[test]
fn parts_are_printed_without_their_secrets() {
    let text = format!("{:?}", parts(&Arc::default()));
    assert!(
        !text.contains("horse") && !text.contains("staple"),
        "the line that is logged at the start shows a secret: {text}"
    );
    assert!(
        text.contains("access_secret") && text.contains("refresh_secret"),
        "the line still says which secrets there are: {text}"
    );
}

// Step 2: from parts

#[tokio::test]
async fn the_services_use_the_repositories_they_are_given() {
    let (state, _) = state();
    assert_eq!(
        state.users.name(1).await.as_deref(),
        Some("Ada"),
        "user 1, as the repository of the test has it"
    );
    assert_eq!(
        state.products.price("tea").await,
        Some(450),
        "tea, as the repository of the test has it"
    );
}

#[tokio::test]
async fn all_share_the_one_cache_that_was_handed_in() {
    let (state, cache) = state();
    state.users.name(1).await;
    state.products.price("tea").await;
    assert_eq!(
        cache.keys(),
        ["product:tea", "user:1"],
        "what both services have put into the cache of the test"
    );
    let handed_in: Arc<dyn CacheStore> = cache;
    assert!(
        Arc::ptr_eq(&state.cache, &handed_in),
        "the cache in the state is the very one that was handed in"
    );
}

#[test]
fn each_secret_makes_its_own_tokens() {
    let (state, _) = state();
    assert_eq!(
        state.auth.access_token(7),
        mark("access", 7, &Secret::new("correct-horse")),
        "an access token is made with the access secret"
    );
    assert_eq!(
        state.auth.refresh_token(7),
        mark("refresh", 7, &Secret::new("battery-staple")),
        "a refresh token is made with the refresh secret"
    );
}

#[test]
fn a_clone_shares_everything() {
    let (state, _) = state();
    let clone = state.clone();
    for (what, is_shared) in [
        ("users", Arc::ptr_eq(&state.users, &clone.users)),
        ("products", Arc::ptr_eq(&state.products, &clone.products)),
        ("auth", Arc::ptr_eq(&state.auth, &clone.auth)),
        ("cache", Arc::ptr_eq(&state.cache, &clone.cache)),
    ] {
        assert!(
            is_shared,
            "a clone of the state has the same {what}, not a copy"
        );
    }
}

#[test]
fn two_states_share_nothing() {
    let ((one, _), (two, _)) = (state(), state());
    assert!(
        !Arc::ptr_eq(&one.users, &two.users),
        "two states have two users' services"
    );
    assert!(
        !Arc::ptr_eq(&one.products, &two.products),
        "two states have two products' services"
    );
    assert!(
        !Arc::ptr_eq(&one.auth, &two.auth),
        "two states have two tokens' services"
    );
    assert!(
        !Arc::ptr_eq(&one.cache, &two.cache),
        "two states have the two caches that they were given"
    );
}

// Step 3: what one handler needs

#[test]
fn a_part_of_the_state_is_the_same_service() {
    let (state, _) = state();
    let users: Arc<UserService> = FromRef::from_ref(&state);
    let products: Arc<ProductService> = FromRef::from_ref(&state);
    let auth: Arc<AuthService> = FromRef::from_ref(&state);
    assert!(
        Arc::ptr_eq(&users, &state.users),
        "FromRef hands out the users of the state"
    );
    assert!(
        Arc::ptr_eq(&products, &state.products),
        "FromRef hands out the products of the state"
    );
    assert!(
        Arc::ptr_eq(&auth, &state.auth),
        "FromRef hands out the auth of the state"
    );
}

#[tokio::test]
async fn handlers_reach_what_the_test_has_injected() {
    let (state, cache) = state();
    let app = create_router(state);
    assert_eq!(
        get(&app, "/users/1").await,
        (StatusCode::OK, "Ada".to_string()),
        "GET /users/1"
    );
    assert_eq!(
        get(&app, "/products/tea").await,
        (StatusCode::OK, "450".to_string()),
        "GET /products/tea"
    );
    assert_eq!(
        get(&app, "/users/2").await.0,
        StatusCode::NOT_FOUND,
        "GET /users/2, whom the repository does not know"
    );
    assert_eq!(
        cache.keys(),
        ["product:tea", "user:1"],
        "what the requests have left in the cache of the test"
    );
}

#[tokio::test]
async fn requests_share_the_services() {
    let (state, cache) = state();
    let app = create_router(state);
    cache.set_raw("user:9", "Cached".into(), 60).await;
    for _ in 0..2 {
        assert_eq!(
            get(&app, "/users/9").await,
            (StatusCode::OK, "Cached".to_string()),
            "GET /users/9, which only the cache knows"
        );
    }
    let (status, body) = get(&app, "/tokens/7").await;
    let expected = [("access", "correct-horse"), ("refresh", "battery-staple")]
        .map(|(kind, secret)| mark(kind, 7, &Secret::new(secret)));
    assert_eq!(
        (status, body),
        (StatusCode::OK, expected.join("\n")),
        "GET /tokens/7"
    );
}

// Step 4: from a configuration

const ACCESS: &str = "the access secret, of 32 bytes..";
const REFRESH: &str = "a refresh secret, of more than thirty-two bytes";

/// A database with one user and one product, in a file of its own.
struct Database(PathBuf);

impl Database {
    async fn new() -> Self {
        let file = std::env::temp_dir().join(format!("app-state-{}.db", Uuid::new_v4()));
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let pool = SqlitePool::connect(&url).await.unwrap();
        let rows = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE products (sku TEXT PRIMARY KEY, cents INTEGER NOT NULL);
            INSERT INTO users VALUES (1, 'Grace');
            INSERT INTO products VALUES ('tea', 475);";
        sqlx::raw_sql(rows).execute(&pool).await.unwrap();
        pool.close().await;
        Self(file)
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.0.display())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A configuration with nothing wrong in it. Nobody asks the database that it names.
fn config() -> Config {
    Config {
        database_url: "sqlite:///nowhere/app.db".into(),
        cache: CacheConfig::Memory { max_entries: 2 },
        access_secret: Some(Secret::new(ACCESS)),
        refresh_secret: Some(Secret::new(REFRESH)),
    }
}

fn connected(config: &Config) -> Parts {
    Parts::connect(config).expect("a configuration with nothing wrong in it is accepted")
}

fn refusal(config: &Config) -> Option<ConfigError> {
    Parts::connect(config).err()
}

#[tokio::test]
async fn the_parts_are_the_ones_the_configuration_names() {
    let database = Database::new().await;
    let parts = connected(&Config {
        database_url: database.url(),
        ..config()
    });
    assert_eq!(
        parts.user_repo.find_name(1).await.as_deref(),
        Some("Grace"),
        "user 1, as the database of the configuration has it"
    );
    assert_eq!(
        parts.product_repo.find_price("tea").await,
        Some(475),
        "tea, as the database of the configuration has it"
    );
    assert_eq!(
        (parts.access_secret.expose(), parts.refresh_secret.expose()),
        (ACCESS, REFRESH),
        "the access secret and the refresh secret of the configuration"
    );
}

/// Shown by what can still be read when nobody can connect any more.
#[tokio::test]
async fn one_pool_serves_both_repositories() {
    let database = Database::new().await;
    let parts = connected(&Config {
        database_url: database.url(),
        ..config()
    });
    // More readers at a time than a pool has connections. So it opens all that it may have.
    let mut readers = JoinSet::new();
    for _ in 0..64 {
        let users = parts.user_repo.clone();
        readers.spawn(async move { users.find_name(1).await });
    }
    let names = readers.join_all().await;
    assert!(
        names.iter().all(|name| name.as_deref() == Some("Grace")),
        "user 1 is Grace for each of 64 readers at a time, but they got {names:?}"
    );
    // Whoever has the file open goes on reading it. (Windows does not remove it then, and every answer is right.)
    let _ = std::fs::remove_file(&database.0);
    assert_eq!(
        parts.product_repo.find_price("tea").await,
        Some(475),
        "tea, when the file is gone and only the connections that the users' repository has opened \
         can read it: the products' repository has the same pool, not one of its own"
    );
}

#[tokio::test]
async fn the_configuration_chooses_the_cache() {
    for (choice, kept) in [
        (CacheConfig::Off, [false, false, false]),
        (CacheConfig::Memory { max_entries: 2 }, [false, true, true]),
        (CacheConfig::Memory { max_entries: 3 }, [true, true, true]),
    ] {
        let parts = connected(&Config {
            cache: choice,
            ..config()
        });
        let keys = ["a", "b", "c"];
        for key in keys {
            parts.cache.set_raw(key, "value".into(), 1800).await;
        }
        let mut found = [false; 3];
        for (found, key) in found.iter_mut().zip(keys) {
            *found = parts.cache.get_raw(key).await.is_some();
        }
        assert_eq!(
            found, kept,
            "which of three entries the cache still has, with {choice:?}"
        );
    }
}

#[tokio::test]
async fn each_secret_has_to_be_there_and_long_enough() {
    let short = || Some(Secret::new("thirty-one bytes are too few..."));
    for (access_secret, expected) in [
        (None, ConfigError::Missing("access_secret")),
        (short(), ConfigError::TooShort("access_secret")),
    ] {
        let config = Config {
            access_secret,
            ..config()
        };
        assert_eq!(
            refusal(&config),
            Some(expected),
            "why {config:?} is refused"
        );
    }
    for (refresh_secret, expected) in [
        (None, ConfigError::Missing("refresh_secret")),
        (short(), ConfigError::TooShort("refresh_secret")),
    ] {
        let config = Config {
            refresh_secret,
            ..config()
        };
        assert_eq!(
            refusal(&config),
            Some(expected),
            "why {config:?} is refused"
        );
    }
    assert_eq!(
        refusal(&config()),
        None,
        "why an access secret of exactly 32 bytes is refused"
    );
}

#[tokio::test]
async fn one_secret_for_both_is_refused() {
    let config = Config {
        refresh_secret: Some(Secret::new(ACCESS)),
        ..config()
    };
    assert_eq!(
        refusal(&config),
        Some(ConfigError::SameSecrets),
        "why a configuration with the same secret twice is refused"
    );
}

#[tokio::test]
async fn a_url_that_cannot_work_is_refused() {
    for url in ["postgres://db/users", "", "sqlite:app.db?mode=sometimes"] {
        let config = Config {
            database_url: url.into(),
            ..config()
        };
        assert!(
            matches!(refusal(&config), Some(ConfigError::DatabaseUrl(_))),
            "{url:?} is refused with ConfigError::DatabaseUrl, not with {:?}",
            refusal(&config)
        );
    }
}

#[tokio::test]
async fn an_application_made_from_a_configuration_answers() {
    let database = Database::new().await;
    let parts = connected(&Config {
        database_url: database.url(),
        ..config()
    });
    let app = create_router(AppState::with(parts));
    assert_eq!(
        get(&app, "/users/1").await,
        (StatusCode::OK, "Grace".to_string()),
        "GET /users/1, which is in the database"
    );
    assert_eq!(
        get(&app, "/products/tea").await,
        (StatusCode::OK, "475".to_string()),
        "GET /products/tea, which is in the database"
    );
}
