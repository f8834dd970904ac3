//! Every store answers the same. Redis is there twice: a stand-in within the test, which speaks enough of its protocol and
//! remembers how it was spoken to, and the real one where `REDIS_URL` says that there is one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cache_redis::cache::Cache;
use cache_redis::memory::MemoryStore;
use cache_redis::redis_store::RedisStore;
use cache_redis::store::{AppError, CacheStore};
use redis::AsyncTypedCommands;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use uuid::Uuid;

const HALF_AN_HOUR: Duration = Duration::from_secs(1800);

/// Enough of Redis to keep texts: `GET`, `SET`, `SETEX`, `PSETEX`, `DEL`.
#[derive(Clone, Default)]
struct StandIn(Arc<Mutex<Heard>>);

#[derive(Default)]
struct Heard {
    connections: usize,
    /// Each text with its time to live in milliseconds.
    kept: HashMap<String, (String, Option<u64>)>,
}

impl StandIn {
    /// Starts one; it serves as long as the set of tasks is there.
    async fn start() -> (Self, String, JoinSet<()>) {
        let this = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("redis://{}", listener.local_addr().unwrap());
        let mut tasks = JoinSet::new();
        tasks.spawn(this.clone().serve(listener));
        (this, url, tasks)
    }

    /// Accepts connections; dropped, it takes them along.
    async fn serve(self, listener: TcpListener) {
        let mut open = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            self.0.lock().unwrap().connections += 1;
            open.spawn(self.clone().talk(stream));
        }
    }

    async fn talk(self, stream: TcpStream) {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        while let Some(command) = read(&mut reader).await {
            let answer = self.answer(&command);
            if writer.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    fn answer(&self, command: &[String]) -> String {
        let kept = &mut self.0.lock().unwrap().kept;
        let name = command[0].to_uppercase();
        let number = |at: usize| command.get(at).and_then(|n| n.parse::<u64>().ok());
        let (key, text, ttl) = match (name.as_str(), command.len()) {
            ("GET", 2) => {
                let text = kept.get(&command[1]).map(|(text, _)| text);
                let bulk = |text: &String| format!("${}\r\n{text}\r\n", text.len());
                return text.map_or("$-1\r\n".to_string(), bulk);
            }
            ("DEL" | "UNLINK", _) => {
                let gone = command[1..]
                    .iter()
                    .filter(|key| kept.remove(*key).is_some());
                return format!(":{}\r\n", gone.count());
            }
            ("SETEX", 4) => (&command[1], &command[3], number(2).map(|s| s * 1000)),
            ("PSETEX", 4) => (&command[1], &command[3], number(2)),
            ("SET", 3) => (&command[1], &command[2], Some(u64::MAX)),
            ("SET", 5) if command[3].eq_ignore_ascii_case("EX") => {
                (&command[1], &command[2], number(4).map(|s| s * 1000))
            }
            ("SET", 5) if command[3].eq_ignore_ascii_case("PX") => {
                (&command[1], &command[2], number(4))
            }
            ("GET" | "SET" | "SETEX" | "PSETEX" | "HELLO", _) => {
                return "-ERR not here\r\n".to_string();
            }
            _ => return "+OK\r\n".to_string(),
        };
        match ttl {
            None | Some(0) => "-ERR invalid expire time\r\n".to_string(),
            Some(ttl) => {
                let ttl = (ttl != u64::MAX).then_some(ttl);
                kept.insert(key.clone(), (text.clone(), ttl));
                "+OK\r\n".to_string()
            }
        }
    }

    fn connections(&self) -> usize {
        self.0.lock().unwrap().connections
    }

    fn ttl(&self, key: &str) -> Option<u64> {
        self.0
            .lock()
            .unwrap()
            .kept
            .get(key)
            .and_then(|(_, ttl)| *ttl)
    }

    fn keys(&self) -> Vec<String> {
        self.0.lock().unwrap().kept.keys().cloned().collect()
    }
}

/// One command: an array of texts.
async fn read(reader: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<String>> {
    let count = head(reader, '*').await?;
    let mut words = Vec::new();
    for _ in 0..count {
        let mut bytes = vec![0; head(reader, '$').await? + 2];
        reader.read_exact(&mut bytes).await.ok()?;
        bytes.truncate(bytes.len() - 2);
        words.push(String::from_utf8(bytes).ok()?);
    }
    Some(words)
}

async fn head(reader: &mut (impl AsyncBufReadExt + Unpin), mark: char) -> Option<usize> {
    let mut line = String::new();
    reader.read_line(&mut line).await.ok()?;
    line.trim_end().strip_prefix(mark)?.parse().ok()
}

/// The real server, and a name for keys that nobody else has.
fn real() -> (String, String) {
    let url = std::env::var("REDIS_URL").expect("REDIS_URL is set, or this test is skipped");
    (url, format!("patterns-tui:{}:", Uuid::new_v4()))
}

fn store(url: &str) -> RedisStore {
    RedisStore::new(url).expect("nothing is connected yet, so nothing can fail")
}

fn text(text: &str) -> String {
    text.to_string()
}

/// Sets a text for half an hour, which must not fail.
async fn set(store: &dyn CacheStore, key: &str, json: &str) {
    let set = store.set_raw(key, text(json), HALF_AN_HOUR).await;
    assert_eq!(set, Ok(()), "what `set_raw` answers for half an hour");
}

async fn keeps_what_it_is_given(store: &dyn CacheStore, key: &str) {
    assert_eq!(store.get_raw(key).await, Ok(None), "nothing is there yet");
    assert_eq!(
        store.delete_raw(key).await,
        Ok(()),
        "deleting what is not there is fine"
    );
    set(store, key, "\"one\r\n\"").await;
    assert_eq!(
        store.get_raw(key).await,
        Ok(Some(text("\"one\r\n\""))),
        "what was set is there, to the letter"
    );
    set(store, key, "2").await;
    assert_eq!(
        store.get_raw(key).await,
        Ok(Some(text("2"))),
        "the second text replaces the first"
    );
    assert_eq!(
        store.delete_raw(key).await,
        Ok(()),
        "deleting what is there is fine"
    );
    assert_eq!(
        store.get_raw(key).await,
        Ok(None),
        "nothing is there after it was deleted"
    );
}

async fn keeps_nothing_for_no_time(store: &dyn CacheStore, key: &str) {
    set(store, key, "1").await;
    let set = store.set_raw(key, text("2"), Duration::ZERO).await;
    assert_eq!(set, Ok(()), "a time to live of zero is no error");
    assert_eq!(
        store.get_raw(key).await,
        Ok(None),
        "what is kept for no time is not kept"
    );
}

#[tokio::test(start_paused = true)]
async fn memory_answers_as_every_store() {
    let store = MemoryStore::default();
    keeps_what_it_is_given(&store, "a").await;
    keeps_nothing_for_no_time(&store, "a").await;
}

#[tokio::test(start_paused = true)]
async fn memory_keeps_an_entry_for_its_time_and_no_longer() {
    let store = MemoryStore::default();
    set(&store, "a", "1").await;
    tokio::time::advance(HALF_AN_HOUR - Duration::from_millis(1)).await;
    assert_eq!(
        store.get_raw("a").await,
        Ok(Some(text("1"))),
        "an entry a millisecond before its end"
    );
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(store.get_raw("a").await, Ok(None), "an entry at its end");
    set(&store, "a", "1").await;
    tokio::time::advance(HALF_AN_HOUR / 2).await;
    set(&store, "a", "2").await;
    tokio::time::advance(HALF_AN_HOUR / 2).await;
    assert_eq!(
        store.get_raw("a").await,
        Ok(Some(text("2"))),
        "set again, its time begins again"
    );
}

#[tokio::test]
async fn redis_answers_as_every_store() {
    let (_, url, _tasks) = StandIn::start().await;
    let store = store(&url);
    keeps_what_it_is_given(&store, "a").await;
    keeps_nothing_for_no_time(&store, "a").await;
}

#[tokio::test]
async fn redis_is_told_the_time_to_live() {
    let (redis, url, _tasks) = StandIn::start().await;
    let store = store(&url);
    for (ttl, expected) in [
        (HALF_AN_HOUR, 1_800_000),
        (Duration::from_millis(1500), 1500),
    ] {
        let set = store.set_raw("a", text("1"), ttl).await;
        assert_eq!(set, Ok(()), "what `set_raw` answers for {ttl:?}");
        assert_eq!(
            redis.ttl("a"),
            Some(expected),
            "the milliseconds that Redis was told for {ttl:?}"
        );
    }
}

#[tokio::test]
async fn many_calls_share_one_connection() {
    let (redis, url, _tasks) = StandIn::start().await;
    let store = Arc::new(store(&url));
    assert_eq!(
        redis.connections(),
        0,
        "nothing is connected before the first call"
    );
    let mut calls = JoinSet::new();
    for at in 0..20 {
        let store = Arc::clone(&store);
        calls.spawn(async move { store.get_raw(&at.to_string()).await });
    }
    for answer in calls.join_all().await {
        assert_eq!(
            answer,
            Ok(None),
            "each call has an answer: nothing is there"
        );
    }
    assert_eq!(redis.connections(), 1, "20 calls at once, one connection");
}

#[tokio::test]
async fn real_redis_answers_as_every_store() {
    let (url, name) = real();
    let store = store(&url);
    keeps_what_it_is_given(&store, &format!("{name}a")).await;
    keeps_nothing_for_no_time(&store, &format!("{name}b")).await;
}

#[tokio::test]
async fn real_redis_is_told_the_time_to_live() {
    let (url, name) = real();
    let (store, key) = (store(&url), format!("{name}a"));
    let client = redis::Client::open(url).unwrap();
    let mut direct = client.get_multiplexed_async_connection().await.unwrap();
    for ttl in [HALF_AN_HOUR, Duration::from_millis(20_500)] {
        let set = store.set_raw(&key, text("1"), ttl).await;
        assert_eq!(set, Ok(()), "what `set_raw` answers for {ttl:?}");
        let left: i64 = redis::cmd("PTTL")
            .arg(&key)
            .query_async(&mut direct)
            .await
            .unwrap();
        let most = i64::try_from(ttl.as_millis()).unwrap();
        assert!(
            (most - 5_000..=most).contains(&left),
            "of {most} ms, about as many are left right after: {left}"
        );
    }
    direct.del(&key).await.unwrap();
}

#[tokio::test]
async fn a_redis_that_is_away_is_an_error_soon() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    // Only clocks are waited for: nobody has to sit through the second that a client gives a Redis that says nothing.
    tokio::time::pause();
    let nobody = store(&format!("redis://{closed}"));
    let mute = store(&format!("redis://{}", silent.local_addr().unwrap()));
    let calls = async {
        [
            ("`get_raw`", nobody.get_raw("a").await.map(|_| ())),
            ("`delete_raw`", nobody.delete_raw("a").await),
            ("`get_raw`", mute.get_raw("a").await.map(|_| ())),
        ]
    };
    let Ok(answers) = tokio::time::timeout(Duration::from_secs(5), calls).await else {
        panic!(
            "expected three errors within 5 s from a Redis that is away, but a call still waits"
        );
    };
    for (call, answer) in answers {
        assert!(
            matches!(answer, Err(AppError::Cache(_))),
            "{call} while Redis is away is an error of the cache, but it answered {answer:?}"
        );
    }
}

#[tokio::test]
async fn a_redis_that_comes_back_is_used_again() {
    let (_, url, mut tasks) = StandIn::start().await;
    let store = store(&url);
    set(&store, "a", "1").await;
    tasks.shutdown().await;
    let while_away = store.get_raw("a").await;
    assert!(
        while_away.is_err(),
        "Redis is away, so `get_raw` is an error, but it answered {while_away:?}"
    );
    let address = url.strip_prefix("redis://").unwrap();
    let listener = TcpListener::bind(address)
        .await
        .expect("the same address again");
    tasks.spawn(StandIn::default().serve(listener));
    let answer = match store.get_raw("a").await {
        // One call may be lost on finding out that the connection is dead.
        Err(_) => store.get_raw("a").await,
        answer => answer,
    };
    assert_eq!(
        answer,
        Ok(None),
        "Redis is back, with nothing in it: what the second call answers at the latest"
    );
}

#[tokio::test]
async fn a_cache_over_redis_has_its_prefix_and_its_half_hour() {
    let (redis, url, mut tasks) = StandIn::start().await;
    let cache = Cache::new(Arc::new(store(&url)), "orders:");
    for (loaded, expected) in [(7, 7), (8, 7)] {
        let value = cache
            .get_or_load("42", || async { Ok::<u32, AppError>(loaded) })
            .await;
        assert_eq!(value, Ok(expected), "loaded once, kept from then on");
    }
    assert_eq!(
        redis.keys(),
        ["orders:42"],
        "the keys that the store has set in Redis"
    );
    assert_eq!(
        redis.ttl("orders:42"),
        Some(1_800_000),
        "half an hour in milliseconds"
    );
    tasks.shutdown().await;
    let value = cache
        .get_or_load("42", || async { Ok::<u32, AppError>(9) })
        .await;
    assert_eq!(value, Ok(9), "without a cache there is still an answer");
}

#[tokio::test]
async fn two_prefixes_on_a_real_redis_share_nothing() {
    let (url, name) = real();
    let store: Arc<dyn CacheStore> = Arc::new(store(&url));
    let caches =
        ["orders:", "users:"].map(|part| Cache::new(Arc::clone(&store), &format!("{name}{part}")));
    for (cache, value) in caches.iter().zip([1, 2]) {
        for again in [value, 99] {
            let loaded = cache
                .get_or_load("42", || async { Ok::<u32, AppError>(again) })
                .await;
            assert_eq!(
                loaded,
                Ok(value),
                "each prefix has an entry of its own, loaded once"
            );
        }
    }
    for part in ["orders:", "users:"] {
        let deleted = store.delete_raw(&format!("{name}{part}42")).await;
        assert_eq!(deleted, Ok(()), "what `delete_raw` answers");
    }
}
