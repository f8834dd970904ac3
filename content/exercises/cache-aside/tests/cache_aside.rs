use async_trait::async_trait;
use cache_aside::cache::Cache;
use cache_aside::store::{AppError, CacheStore, MemoryStore};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{advance, timeout};

/// A store that writes down what it is asked.
#[derive(Default)]
struct Spy(Mutex<Vec<String>>);

#[async_trait]
impl CacheStore for Spy {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        self.0.lock().unwrap().push(format!("get {key}"));
        Ok(None)
    }

    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError> {
        self.0
            .lock()
            .unwrap()
            .push(format!("set {key} {json} {ttl:?}"));
        Ok(())
    }

    async fn delete_raw(&self, key: &str) -> Result<(), AppError> {
        self.0.lock().unwrap().push(format!("delete {key}"));
        Ok(())
    }
}

/// A store that can be reached for nothing.
struct Down;

#[async_trait]
impl CacheStore for Down {
    async fn get_raw(&self, _key: &str) -> Result<Option<String>, AppError> {
        Err(AppError::Cache("connection refused".into()))
    }

    async fn set_raw(&self, _key: &str, _json: String, _ttl: Duration) -> Result<(), AppError> {
        Err(AppError::Cache("connection refused".into()))
    }

    async fn delete_raw(&self, _key: &str) -> Result<(), AppError> {
        Err(AppError::Cache("connection refused".into()))
    }
}

fn cache() -> Cache {
    Cache::new(Arc::new(MemoryStore::default()), "app:")
}

/// Something slow that counts how often it is asked.
#[derive(Default)]
struct Database(AtomicUsize);

impl Database {
    async fn load(&self, name: &str) -> Result<String, AppError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok(name.to_string())
    }

    fn loads(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// Fails the test when a call of a store that works has failed.
fn done(what: &str, call: Result<(), AppError>) {
    assert_eq!(call, Ok(()), "{what}, on a store that works");
}

/// Fails the test when `call` has not come back after an hour of paused time.
async fn at_last<T>(what: &str, call: impl Future<Output = T>) -> T {
    let answer = timeout(Duration::from_secs(3600), call).await;
    answer.unwrap_or_else(|_| panic!("{what}: still waiting after an hour"))
}

/// What a task answers that is not to panic.
async fn answer_of<T>(what: &str, task: JoinHandle<T>) -> T {
    let answer = at_last(what, task).await;
    answer.unwrap_or_else(|error| panic!("{what} is answered, but the call ended in: {error}"))
}

/// Lets every task run until it waits for something.
async fn soon() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// A caller who could load "Ada".
fn caller(cache: &Arc<Cache>, database: &Arc<Database>) -> JoinHandle<Result<String, AppError>> {
    let (cache, database) = (cache.clone(), database.clone());
    tokio::spawn(async move {
        cache
            .get_or_load("user:1", || database.load("Ada"), 1800)
            .await
    })
}

/// A caller whose loader begins at once and ends, as `end` says, when the gate is opened.
fn held_up_at(
    gate: &Arc<Notify>,
    cache: &Arc<Cache>,
    end: fn() -> Result<String, AppError>,
) -> JoinHandle<Result<String, AppError>> {
    let (cache, gate) = (cache.clone(), gate.clone());
    tokio::spawn(async move {
        let load = async || {
            gate.notified().await;
            end()
        };
        cache.get_or_load("user:1", load, 1800).await
    })
}

fn failed<T>() -> Result<T, AppError> {
    Err(AppError::Internal("database down".into()))
}

// Step 1: get, set, delete

#[tokio::test]
async fn every_key_gets_the_prefix() {
    let spy = Arc::new(Spy::default());
    let cache = Cache::new(spy.clone(), "app:");
    let got = cache.get::<String>("user:1").await;
    assert_eq!(got, Ok(None), "a get from a store that has nothing");
    done("a set", cache.set("user:1", &"Ada", 1800).await);
    done("a delete", cache.delete("user:1").await);
    assert_eq!(
        *spy.0.lock().unwrap(),
        [
            "get app:user:1",
            "set app:user:1 \"Ada\" 1800s",
            "delete app:user:1"
        ],
        "what the store is asked, with the prefix app:"
    );
}

#[tokio::test]
async fn two_prefixes_share_nothing() {
    let store = Arc::new(MemoryStore::default());
    let (one, two) = (Cache::new(store.clone(), "one:"), Cache::new(store, "two:"));
    done("a set in one:", one.set("key", &1, 60).await);
    assert_eq!(
        two.get::<i32>("key").await,
        Ok(None),
        "set in one:, read in two:"
    );
    done("a set in two:", two.set("key", &2, 60).await);
    done("a delete in two:", two.delete("key").await);
    assert_eq!(
        one.get::<i32>("key").await,
        Ok(Some(1)),
        "in one:, after a delete in two:"
    );
    assert_eq!(
        two.get::<i32>("key").await,
        Ok(None),
        "in two:, after the delete"
    );
}

#[tokio::test(start_paused = true)]
async fn an_entry_lives_for_its_seconds() {
    let cache = cache();
    done("a set", cache.set("user:1", &"Ada", 1800).await);
    advance(Duration::from_secs(1799)).await;
    assert_eq!(
        cache.get("user:1").await,
        Ok(Some("Ada".to_string())),
        "after 1799 of 1800 seconds"
    );
    advance(Duration::from_secs(1)).await;
    assert_eq!(
        cache.get::<String>("user:1").await,
        Ok(None),
        "after 1800 of 1800 seconds"
    );
}

#[tokio::test]
async fn an_entry_that_cannot_be_parsed_is_a_miss() {
    let cache = cache();
    let set = cache.set("user:1", &["not", "a", "number"], 60).await;
    done("a set", set);
    assert_eq!(
        cache.get::<u64>("user:1").await,
        Ok(None),
        "an entry of another type, left by an older version of the program"
    );
}

// Step 2: get_or_load

#[tokio::test(start_paused = true)]
async fn a_miss_loads_once_and_a_hit_not_at_all() {
    let (cache, database) = (cache(), Database::default());
    for read in 1..=3 {
        let name = cache
            .get_or_load("user:1", || database.load("Ada"), 1800)
            .await;
        assert_eq!(name, Ok("Ada".to_string()), "read {read}");
    }
    assert_eq!(database.loads(), 1, "loads after three reads of one key");
    let name = cache
        .get_or_load("user:2", || database.load("Bob"), 1800)
        .await;
    assert_eq!(name, Ok("Bob".to_string()), "a read of another key");
    assert_eq!(database.loads(), 2, "loads after a read of another key");
}

#[tokio::test(start_paused = true)]
async fn what_was_loaded_is_loaded_again_after_half_an_hour() {
    let (cache, database) = (cache(), Database::default());
    let read = async || {
        cache
            .get_or_load("user:1", || database.load("Ada"), 1800)
            .await
    };
    let ada = Ok("Ada".to_string());
    assert_eq!(read().await, ada, "the first read");
    advance(Duration::from_secs(1799)).await;
    assert_eq!(read().await, ada, "a read after 1799 seconds");
    assert_eq!(database.loads(), 1, "loads after 1799 seconds");
    advance(Duration::from_secs(1)).await;
    assert_eq!(read().await, ada, "a read after 1800 seconds");
    assert_eq!(database.loads(), 2, "loads after 1800 seconds");
}

#[tokio::test(start_paused = true)]
async fn an_error_is_not_kept() {
    let (cache, database) = (cache(), Database::default());
    let first = cache
        .get_or_load("user:1", async || failed::<String>(), 1800)
        .await;
    assert_eq!(first, failed(), "the loader's own error");
    let second = cache
        .get_or_load("user:1", || database.load("Ada"), 1800)
        .await;
    assert_eq!(second, Ok("Ada".to_string()), "the next read loads again");
}

#[tokio::test(start_paused = true)]
async fn a_corrupt_entry_is_loaded_anew() {
    let (cache, database) = (cache(), Database::default());
    done("a set", cache.set("user:1", &[1, 2, 3], 1800).await);
    for _ in 0..2 {
        let name = cache
            .get_or_load("user:1", || database.load("Ada"), 1800)
            .await;
        assert_eq!(name, Ok("Ada".to_string()), "instead of the corrupt entry");
    }
    assert_eq!(
        database.loads(),
        1,
        "loads: the corrupt entry has been replaced"
    );
}

// Step 3: the cache is down

#[tokio::test(start_paused = true)]
async fn without_a_cache_there_is_still_an_answer() {
    let (cache, database) = (Cache::new(Arc::new(Down), ""), Database::default());
    for read in 1..=2 {
        let name = cache
            .get_or_load("user:1", || database.load("Ada"), 1800)
            .await;
        assert_eq!(
            name,
            Ok("Ada".to_string()),
            "read {read}, with a cache that is down"
        );
    }
    assert_eq!(
        database.loads(),
        2,
        "loads: without a cache, each read is one"
    );
}

#[tokio::test]
async fn without_a_cache_an_error_is_the_loaders() {
    let cache = Cache::new(Arc::new(Down), "");
    let read = cache
        .get_or_load("user:1", async || failed::<String>(), 1800)
        .await;
    assert_eq!(
        read,
        failed(),
        "both cache and database are down: the loader's error counts"
    );
    let set = cache.set("user:1", &"Ada", 60).await;
    assert!(
        matches!(set, Err(AppError::Cache(_))),
        "a plain set still says that it has failed, got {set:?}"
    );
    let get = cache.get::<String>("user:1").await;
    assert!(
        matches!(get, Err(AppError::Cache(_))),
        "a plain get still says that it has failed, got {get:?}"
    );
    let deleted = cache.delete("user:1").await;
    assert!(
        matches!(deleted, Err(AppError::Cache(_))),
        "a plain delete still says that it has failed, got {deleted:?}"
    );
}

// Step 4: one load at a time

#[tokio::test(start_paused = true)]
async fn ten_callers_cause_one_load() {
    let (cache, database) = (Arc::new(cache()), Arc::new(Database::default()));
    let callers: Vec<_> = (0..10).map(|_| caller(&cache, &database)).collect();
    for caller in callers {
        let name = answer_of("one of ten callers", caller).await;
        assert_eq!(name, Ok("Ada".to_string()), "one of ten callers");
    }
    assert_eq!(database.loads(), 1, "loads for ten callers of a cold key");
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded, when all is done"
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_key_holds_up_no_other() {
    let (cache, database) = (Arc::new(cache()), Database::default());
    let gate = Arc::new(Notify::new());
    let slow = {
        let (cache, gate) = (cache.clone(), gate.clone());
        tokio::spawn(async move {
            let load = async || {
                gate.notified().await;
                Ok("slow".to_string())
            };
            cache.get_or_load("slow", load, 1800).await
        })
    };
    soon().await;
    assert_eq!(
        cache.loading(),
        1,
        "keys that are being loaded, while one is"
    );
    let quick = cache.get_or_load("quick", || database.load("quick"), 1800);
    let quick = at_last("another key, while one is being loaded", quick).await;
    assert_eq!(quick, Ok("quick".to_string()), "another key");
    gate.notify_one();
    let slow = answer_of("the slow key", slow).await;
    assert_eq!(slow, Ok("slow".to_string()), "the slow key, in the end");
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded, when all is done"
    );
}

#[tokio::test(start_paused = true)]
async fn a_loader_that_gives_up_blocks_nobody() {
    let (cache, database) = (Arc::new(cache()), Database::default());

    let failed = cache
        .get_or_load("key", async || failed::<String>(), 1800)
        .await;
    assert!(failed.is_err(), "a loader that fails");
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded after a failure"
    );

    let never = cache.get_or_load(
        "key",
        async || std::future::pending::<Result<String, _>>().await,
        1800,
    );
    let cancelled = timeout(Duration::from_secs(1), never).await;
    assert!(
        cancelled.is_err(),
        "a loader that never answers is cancelled by its caller"
    );
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded after a cancellation"
    );

    let panicking = cache.clone();
    let panicked = tokio::spawn(async move {
        let load = async || -> Result<String, AppError> { panic!("on purpose, by the test") };
        panicking.get_or_load("key", load, 1800).await
    });
    assert!(panicked.await.is_err(), "a loader that panics");
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded after a panic"
    );

    let read = cache.get_or_load("key", || database.load("Ada"), 1800);
    let name = at_last("a caller after three loaders that gave up", read).await;
    assert_eq!(
        name,
        Ok("Ada".to_string()),
        "a caller after three loaders that gave up"
    );
}

// Step 5: the loader that gives up

#[tokio::test(start_paused = true)]
async fn who_waited_for_a_failure_loads() {
    let (cache, database) = (Arc::new(cache()), Arc::new(Database::default()));
    let gate = Arc::new(Notify::new());
    let first = held_up_at(&gate, &cache, failed);
    soon().await;
    let others = [(); 3].map(|()| caller(&cache, &database));
    soon().await;
    assert_eq!(
        database.loads(),
        0,
        "loads by those who wait for the first loader"
    );
    gate.notify_one();
    let first = answer_of("the caller whose loader fails", first).await;
    assert_eq!(first, failed(), "the caller whose loader fails");
    for other in others {
        let name = answer_of("a caller who waited for a loader that failed", other).await;
        assert_eq!(
            name,
            Ok("Ada".to_string()),
            "a caller who waited for a loader that failed: the failure is not theirs"
        );
    }
    assert_eq!(
        database.loads(),
        1,
        "loads by three callers who waited: after the failure, one of them loads for all"
    );
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded, when all is done"
    );
}

#[tokio::test(start_paused = true)]
async fn who_waited_for_nothing_loads() {
    for end in ["is cancelled", "panics"] {
        let (cache, database) = (Arc::new(cache()), Arc::new(Database::default()));
        let gate = Arc::new(Notify::new());
        let first = held_up_at(&gate, &cache, || panic!("on purpose, by the test"));
        soon().await;
        let others = [(); 3].map(|()| caller(&cache, &database));
        soon().await;
        if end == "panics" {
            gate.notify_one();
        } else {
            first.abort();
        }
        let what = format!("a caller who waited for a loader that {end}");
        let first = at_last("the caller who gives up", first).await;
        assert!(first.is_err(), "a loader that {end} answers nothing");
        for other in others {
            let name = answer_of(&what, other).await;
            assert_eq!(name, Ok("Ada".to_string()), "{what}");
        }
        assert_eq!(
            database.loads(),
            1,
            "loads by three callers who waited for a loader that {end}: one of them loads for all"
        );
        assert_eq!(
            cache.loading(),
            0,
            "keys that are being loaded, after a loader that {end}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_waiter_who_leaves_takes_nothing_along() {
    let (cache, database) = (Arc::new(cache()), Arc::new(Database::default()));
    let gate = Arc::new(Notify::new());
    let first = held_up_at(&gate, &cache, || Ok("first".to_string()));
    soon().await;
    let waiter = caller(&cache, &database);
    soon().await;
    waiter.abort();
    let left = at_last("the waiter who is cancelled", waiter).await;
    assert!(
        left.is_err(),
        "a waiter, before there is anything to answer"
    );
    let newcomer = caller(&cache, &database);
    soon().await;
    assert_eq!(
        database.loads(),
        0,
        "loads by a newcomer, while the first loader is still at work: a waiter who leaves ends nothing"
    );
    gate.notify_one();
    for (who, call) in [("the first caller", first), ("the newcomer", newcomer)] {
        let name = answer_of(who, call).await;
        assert_eq!(
            name,
            Ok("first".to_string()),
            "{who} gets what the first one has loaded"
        );
    }
    assert_eq!(
        cache.loading(),
        0,
        "keys that are being loaded, when all is done"
    );
}
