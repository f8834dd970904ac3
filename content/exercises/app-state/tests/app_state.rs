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
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

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
    assert!(Arc::ptr_eq(&state.users, &clone.users), "users");
    assert!(Arc::ptr_eq(&state.products, &clone.products), "products");
    assert!(Arc::ptr_eq(&state.auth, &clone.auth), "auth");
    assert!(Arc::ptr_eq(&state.cache, &clone.cache), "cache");
}

#[test]
fn two_states_share_nothing() {
    let ((one, _), (two, _)) = (state(), state());
    assert!(
        !Arc::ptr_eq(&one.users, &two.users),
        "two states have two users' services"
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
