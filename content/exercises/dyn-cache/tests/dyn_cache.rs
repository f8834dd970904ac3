use async_trait::async_trait;
use dyn_cache::cache::{CacheService, CacheStore, MemoryCache};
use dyn_cache::domain::{UserDto, UserRepository};
use dyn_cache::errors::AppError;
use dyn_cache::service::UserService;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

fn ada() -> UserDto {
    UserDto {
        id: "1".into(),
        name: "Ada".into(),
    }
}

/// Something else that one may want to cache.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Product {
    sku: String,
    cents: i64,
}

/// The type that the application passes around.
fn memory() -> (Arc<MemoryCache>, Arc<dyn CacheStore>) {
    let cache = Arc::new(MemoryCache::default());
    (cache.clone(), cache)
}

/// A backend that this crate has never heard of. It writes down what it is asked.
#[derive(Default)]
struct Spy {
    calls: Mutex<Vec<String>>,
}

#[async_trait]
impl CacheStore for Spy {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        self.calls.lock().unwrap().push(format!("get {key}"));
        Ok(None)
    }

    async fn set_raw(&self, key: &str, json: String, ttl_secs: u64) -> Result<(), AppError> {
        let call = format!("set {key} {json} {ttl_secs}");
        self.calls.lock().unwrap().push(call);
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), AppError> {
        self.calls.lock().unwrap().push(format!("delete {key}"));
        Ok(())
    }
}

/// A backend of which nothing can be had.
struct Down;

#[async_trait]
impl CacheStore for Down {
    async fn get_raw(&self, _key: &str) -> Result<Option<String>, AppError> {
        Err(AppError::Cache("connection refused".into()))
    }

    async fn set_raw(&self, _key: &str, _json: String, _ttl: u64) -> Result<(), AppError> {
        Err(AppError::Cache("connection refused".into()))
    }

    async fn delete(&self, _key: &str) -> Result<(), AppError> {
        Err(AppError::Cache("connection refused".into()))
    }
}

const READ: &str = "reading from a cache that works succeeds";
const STORE: &str = "storing in a cache that works succeeds";
const DELETE: &str = "deleting from a cache that works succeeds";

// Step 1: a core without generics

#[tokio::test]
async fn a_cache_is_kept_as_a_trait_object() {
    let (_, cache) = memory();
    assert_eq!(
        cache.get_raw("greeting").await.expect(READ),
        None,
        "what nobody has stored is None"
    );
    cache
        .set_raw("greeting", "\"hello\"".into(), 60)
        .await
        .expect(STORE);
    assert_eq!(
        cache.get_raw("greeting").await.expect(READ),
        Some("\"hello\"".to_string()),
        "what set_raw stored, get_raw finds, letter for letter"
    );
}

#[tokio::test]
async fn a_deleted_entry_is_gone_and_the_others_stay() {
    let (_, cache) = memory();
    cache.set_raw("a", "1".into(), 60).await.expect(STORE);
    cache.set_raw("b", "2".into(), 60).await.expect(STORE);
    cache.delete("a").await.expect(DELETE);
    cache.delete("never-stored").await.expect(DELETE);
    assert_eq!(
        cache.get_raw("a").await.expect(READ),
        None,
        "\"a\" was deleted"
    );
    assert_eq!(
        cache.get_raw("b").await.expect(READ),
        Some("2".to_string()),
        "\"b\" was not deleted, and is still there"
    );
}

#[tokio::test]
async fn the_store_notes_the_seconds_it_is_given() {
    let (memory, cache) = memory();
    cache.set_raw("a", "1".into(), 60).await.expect(STORE);
    cache.set_raw("a", "2".into(), 90).await.expect(STORE);
    assert_eq!(
        memory.ttl_of("a"),
        Some(90),
        "the second set_raw gave \"a\" 90 seconds"
    );
}

// Step 2: types on top

#[tokio::test]
async fn values_of_any_type_come_back_through_dyn() {
    let (_, cache) = memory();
    let tea = Product {
        sku: "tea".into(),
        cents: 450,
    };
    cache.set("user:1", &ada(), 60).await.expect(STORE);
    cache.set("product:tea", &tea, 60).await.expect(STORE);
    assert_eq!(
        cache.get::<UserDto>("user:1").await.expect(READ),
        Some(ada()),
        "the user that was stored"
    );
    assert_eq!(
        cache.get::<Product>("product:tea").await.expect(READ),
        Some(tea),
        "the product that was stored"
    );
    assert_eq!(
        cache.get::<Product>("product:coffee").await.expect(READ),
        None,
        "a key that was never stored"
    );
}

#[tokio::test]
async fn typed_calls_reach_the_backend_as_json() {
    let spy = Arc::new(Spy::default());
    let cache: Arc<dyn CacheStore> = spy.clone();
    cache.get::<UserDto>("user:1").await.expect(READ);
    cache.set("user:1", &ada(), 77).await.expect(STORE);
    assert_eq!(
        *spy.calls.lock().unwrap(),
        ["get user:1", r#"set user:1 {"id":"1","name":"Ada"} 77"#],
        "a typed get and a typed set, as a backend of the test sees them"
    );
}

#[tokio::test]
async fn an_entry_of_another_type_is_a_miss() {
    let (_, cache) = memory();
    cache
        .set_raw("user:1", "{\"half\":".into(), 60)
        .await
        .expect(STORE);
    cache
        .set_raw("user:2", "[1, 2]".into(), 60)
        .await
        .expect(STORE);
    for key in ["user:1", "user:2"] {
        let found = cache.get::<UserDto>(key).await;
        assert!(
            matches!(found, Ok(None)),
            "{key} holds something that is no user: expected Ok(None), got {found:?}"
        );
    }
}

#[tokio::test]
async fn an_error_of_the_backend_is_handed_on() {
    let cache: Arc<dyn CacheStore> = Arc::new(Down);
    let read = cache.get::<UserDto>("user:1").await;
    let written = cache.set("user:1", &ada(), 60).await;
    assert!(
        matches!(read, Err(AppError::Cache(_))),
        "reading from a cache that is down: expected Err(Cache), got {read:?}"
    );
    assert!(
        matches!(written, Err(AppError::Cache(_))),
        "writing to a cache that is down: expected Err(Cache), got {written:?}"
    );
}

// Step 3: get_or_load

#[tokio::test]
async fn a_miss_is_loaded_and_stored() {
    let (memory, cache) = memory();
    let loaded = cache
        .get_or_load("user:1", || async { Ok(ada()) }, 300)
        .await;
    assert_eq!(
        loaded.expect("a load that works is answered"),
        ada(),
        "what the loader answered"
    );
    assert_eq!(
        cache.get::<UserDto>("user:1").await.expect(READ),
        Some(ada()),
        "what was loaded is in the cache afterwards"
    );
    assert_eq!(
        memory.ttl_of("user:1"),
        Some(300),
        "stored for the seconds that the caller asked for"
    );
}

#[tokio::test]
async fn a_hit_does_not_run_the_loader() {
    let (_, cache) = memory();
    cache.set("user:1", &ada(), 60).await.expect(STORE);
    let loads = AtomicUsize::new(0);
    let loader = || async {
        loads.fetch_add(1, Ordering::SeqCst);
        Err(AppError::Internal("loaded".into()))
    };
    let found: UserDto = cache
        .get_or_load("user:1", loader, 60)
        .await
        .expect("what the cache has is answered, and the loader is not asked");
    assert_eq!(found, ada(), "the user whom the cache has");
    assert_eq!(
        loads.load(Ordering::SeqCst),
        0,
        "runs of the loader although the cache had the user"
    );
}

#[tokio::test]
async fn a_failed_load_is_not_stored() {
    let (_, cache) = memory();
    let failing = || async { Err::<UserDto, _>(AppError::Internal("database down".into())) };
    let failed = cache.get_or_load("user:1", failing, 60).await;
    assert!(
        matches!(failed, Err(AppError::Internal(_))),
        "the loader's own error: expected Err(Internal), got {failed:?}"
    );
    assert_eq!(
        cache.get_raw("user:1").await.expect(READ),
        None,
        "after a failed load the cache holds nothing"
    );
}

#[tokio::test]
async fn a_cache_that_is_down_takes_no_answer_away() {
    let cache: Arc<dyn CacheStore> = Arc::new(Down);
    let loaded = cache
        .get_or_load("user:1", || async { Ok(ada()) }, 300)
        .await;
    assert!(
        matches!(&loaded, Ok(user) if *user == ada()),
        "the cache can be neither read nor written, and the loader has the answer: expected Ok(Ada), got {loaded:?}"
    );
}

// Step 4: one service, any cache

const KNOWN: &str = "the user whom the repository has is answered";

/// A repository that knows Ada and counts how often it is asked.
#[derive(Default)]
struct OnlyAda(AtomicUsize);

#[async_trait]
impl UserRepository for OnlyAda {
    async fn find_by_id(&self, id: &str) -> Result<Option<UserDto>, AppError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(Some(ada()).filter(|user| user.id == id))
    }
}

#[tokio::test]
async fn the_service_takes_any_cache_at_run_time() {
    let (memory, cache) = memory();
    let spy = Arc::new(Spy::default());
    for cache in [cache, spy.clone() as Arc<dyn CacheStore>] {
        let service = UserService::new(Arc::new(OnlyAda::default()), cache);
        assert_eq!(
            service.get_user("1").await.expect(KNOWN),
            ada(),
            "expected the user whom the repository has"
        );
    }
    assert_eq!(
        *spy.calls.lock().unwrap(),
        ["get user:1", r#"set user:1 {"id":"1","name":"Ada"} 1800"#],
        "what the service asks of a cache of the test"
    );
    assert_eq!(memory.ttl_of("user:1"), Some(1800), "seconds for a user");
}

#[tokio::test]
async fn the_second_read_spares_the_repository() {
    let repo = Arc::new(OnlyAda::default());
    let service = UserService::new(repo.clone(), memory().1);
    service.get_user("1").await.expect(KNOWN);
    service.get_user("1").await.expect(KNOWN);
    assert_eq!(
        repo.0.load(Ordering::SeqCst),
        1,
        "questions to the repository after two reads of the same user"
    );
}

#[tokio::test]
async fn nobody_is_not_found_and_not_cached() {
    let (_, cache) = memory();
    let service = UserService::new(Arc::new(OnlyAda::default()), cache.clone());
    let found = service.get_user("2").await;
    assert!(
        matches!(found, Err(AppError::NotFound(_))),
        "an id that the repository does not know: expected Err(NotFound), got {found:?}"
    );
    assert_eq!(
        cache.get_raw("user:2").await.expect(READ),
        None,
        "an unknown user leaves nothing in the cache"
    );
}
