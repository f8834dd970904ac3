//! The judge. Time is tokio's, and it is stopped: it jumps ahead when everybody waits, so nothing here takes long.

use async_trait::async_trait;
use spawning::ports::{
    AppError, Page, PasswordHasher, ProductDto, ProductService, Stats, UserDto, UserService,
};
use spawning::tasks::{
    DashboardDto, SyncReport, compute_hash, get_dashboard, process_in_background, sync_all,
};
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// User number `n`.
fn id(n: u32) -> Uuid {
    Uuid::from_u128(n.into())
}

/// What syncing a user comes to, when it is not simply done after 10 seconds.
#[derive(Clone, Copy)]
enum Sync {
    Takes(Duration),
    Fails,
    Panics,
}

/// Users whose every question takes its time.
#[derive(Default)]
struct Users {
    user_after: Duration,
    stats_after: Duration,
    stats_error: Option<AppError>,
    unknown: bool,
    syncs: BTreeMap<Uuid, Sync>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    asked: Vec<Uuid>,
    running: usize,
    most: usize,
    synced: Vec<Uuid>,
}

/// A sync that is under way, until it is done or dropped.
struct Running<'a>(&'a Users);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.seen.lock().unwrap().running -= 1;
    }
}

impl Users {
    fn syncing(syncs: impl IntoIterator<Item = (u32, Sync)>) -> Arc<Self> {
        let syncs = syncs.into_iter().map(|(n, sync)| (id(n), sync)).collect();
        Arc::new(Self {
            syncs,
            ..Self::default()
        })
    }

    fn synced(&self) -> Vec<Uuid> {
        self.seen.lock().unwrap().synced.clone()
    }

    fn running(&self) -> usize {
        self.seen.lock().unwrap().running
    }

    fn most(&self) -> usize {
        self.seen.lock().unwrap().most
    }
}

#[async_trait]
impl UserService for Users {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        self.seen.lock().unwrap().asked.push(id);
        sleep(self.user_after).await;
        let name = "Ada".to_string();
        Ok((!self.unknown).then_some(UserDto { id, name }))
    }

    async fn get_stats(&self, id: Uuid) -> Result<Stats, AppError> {
        self.seen.lock().unwrap().asked.push(id);
        sleep(self.stats_after).await;
        self.stats_error
            .clone()
            .map_or(Ok(Stats { orders: 3 }), Err)
    }

    async fn sync_user(&self, id: Uuid) -> Result<(), AppError> {
        {
            let mut seen = self.seen.lock().unwrap();
            seen.running += 1;
            seen.most = seen.most.max(seen.running);
        }
        let running = Running(self);
        match self.syncs.get(&id) {
            None => sleep(secs(10)).await,
            Some(Sync::Takes(time)) => sleep(*time).await,
            Some(Sync::Fails) => {
                return Err(AppError::ServiceUnavailable("the CRM is asleep".into()));
            }
            Some(Sync::Panics) => panic!("a user that nobody has thought of"),
        }
        drop(running);
        self.seen.lock().unwrap().synced.push(id);
        Ok(())
    }
}

/// Products that note what they are asked for.
#[derive(Default)]
struct Products {
    after: Duration,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl ProductService for Products {
    async fn get_products(
        &self,
        page: u32,
        size: u32,
        category: Option<&str>,
        search: Option<&str>,
    ) -> Result<Page<ProductDto>, AppError> {
        let asked = format!("page {page} of {size}, category {category:?}, search {search:?}");
        self.asked.lock().unwrap().push(asked);
        sleep(self.after).await;
        let name = "Lamp".to_string();
        Ok(Page {
            data: vec![ProductDto { name }],
            total: 40,
        })
    }
}

/// What is logged while `work` runs on this thread.
async fn logged(work: impl Future<Output = ()>) -> String {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    work.await;
    drop(guard);
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

// Step 1: in the background

#[tokio::test(start_paused = true)]
async fn the_caller_does_not_wait_for_the_sync() {
    let users = Users::syncing([(1, Sync::Takes(secs(30)))]);
    let start = Instant::now();
    process_in_background(users.clone(), id(1)).await;
    assert_eq!(
        (start.elapsed(), users.synced()),
        (Duration::ZERO, vec![]),
        "time that has passed, and users that are synced, when `process_in_background` returns"
    );
    sleep(secs(31)).await;
    assert_eq!(
        users.synced(),
        [id(1)],
        "users that are synced 31 seconds later, when the sync takes 30"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sync_that_fails_is_logged_as_an_error() {
    let users = Users::syncing([(7, Sync::Fails)]);
    let log = logged(async {
        process_in_background(users, id(7)).await;
        sleep(secs(1)).await;
    });
    let log = log.await;
    let line = log.lines().find(|line| line.contains("ERROR"));
    let line = line.unwrap_or_else(|| {
        panic!(
            "nobody waits for the task, so its error has to be logged as one; logged was: {log:?}"
        )
    });
    for part in [id(7).to_string().as_str(), "the CRM is asleep"] {
        assert!(
            line.contains(part),
            "the line is to say which user and what error, so there is to be {part:?} in it: {line}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_sync_that_works_is_not_logged_as_an_error() {
    let users = Users::syncing([]);
    let log = logged(async {
        process_in_background(users, id(7)).await;
        sleep(secs(11)).await;
    });
    let log = log.await;
    assert!(
        !log.contains("ERROR") && !log.contains("WARN"),
        "the sync worked, and somebody is called out of bed by: {log}"
    );
    assert!(
        log.contains("INFO") && log.contains(&id(7).to_string()),
        "a sync that works leaves a line with the user's id, at INFO; logged was: {log:?}"
    );
}

// Step 2: off the runtime's thread

type Hash = dyn Fn(&str) -> Result<String, AppError> + Send + std::marker::Sync;

struct Hasher(Box<Hash>);

impl PasswordHasher for Hasher {
    fn hash(&self, password: &str) -> Result<String, AppError> {
        (self.0)(password)
    }
}

fn hasher(
    hash: impl Fn(&str) -> Result<String, AppError> + Send + std::marker::Sync + 'static,
) -> Arc<Hasher> {
    Arc::new(Hasher(Box::new(hash)))
}

/// A hasher that is done when it has been told to, or after five seconds at the latest. On the thread of the runtime it
/// would wait in vain, so there it does not even begin to.
fn patient(runtime: ThreadId, told: Receiver<()>) -> Arc<Hasher> {
    let told = Mutex::new(told);
    hasher(move |password| {
        let free =
            thread::current().id() != runtime && told.lock().unwrap().recv_timeout(secs(5)).is_ok();
        Ok(format!("{password}, the runtime was free: {free}"))
    })
}

#[tokio::test]
async fn hashing_leaves_the_runtime_free() {
    let (tell, told) = channel();
    let hasher = patient(thread::current().id(), told);
    let (hash, ()) = tokio::join!(compute_hash(hasher, "s3cret".into()), async {
        // Another request, on the only thread that there is. It gets its turn while the hash is being computed.
        tokio::task::yield_now().await;
        let _ = tell.send(());
    });
    assert_eq!(
        hash,
        Ok("s3cret, the runtime was free: true".into()),
        "what a hasher says that waits for another task of the same runtime"
    );
}

#[tokio::test]
async fn an_error_of_the_hasher_is_handed_on() {
    let refusal = AppError::ValidationFailed("Password is too long".into());
    let refuses = refusal.clone();
    let hasher = hasher(move |_| Err(refuses.clone()));
    assert_eq!(
        compute_hash(hasher, "x".repeat(5000)).await,
        Err(refusal),
        "what the hasher answers is what the caller gets"
    );
}

#[tokio::test]
async fn a_hasher_that_panics_is_an_internal_error() {
    let hasher = hasher(|_| panic!("out of memory"));
    let hash = compute_hash(hasher, "s3cret".into()).await;
    assert!(
        matches!(hash, Err(AppError::Internal(_))),
        "the hasher panics: expected Err(Internal), got {hash:?}"
    );
}

// Step 3: at the same time

fn users(user_after: u64, stats_after: u64) -> Users {
    Users {
        user_after: millis(user_after),
        stats_after: millis(stats_after),
        ..Users::default()
    }
}

fn products(after: Duration) -> Products {
    Products {
        after,
        ..Products::default()
    }
}

#[tokio::test(start_paused = true)]
async fn the_dashboard_is_put_together() {
    let (users, products) = (users(1, 1), products(millis(1)));
    let dashboard = get_dashboard(&users, &products, id(1)).await;
    let (user, lamp) = ("Ada".to_string(), "Lamp".to_string());
    let expected = DashboardDto {
        user: UserDto {
            id: id(1),
            name: user,
        },
        recent_products: vec![ProductDto { name: lamp }],
        stats: Stats { orders: 3 },
    };
    assert_eq!(dashboard, Ok(expected), "the dashboard of user 1");
    assert_eq!(
        *products.asked.lock().unwrap(),
        ["page 0 of 5, category None, search None"],
        "what the product service is asked for"
    );
    assert_eq!(
        users.seen.lock().unwrap().asked,
        [id(1), id(1)],
        "whom the user service is asked about: once for the user, once for the figures"
    );
}

#[tokio::test(start_paused = true)]
async fn it_takes_as_long_as_the_slowest_answer() {
    for (user, product, stats) in [(30, 50, 40), (50, 30, 40), (30, 40, 50)] {
        let (users, products) = (users(user, stats), products(millis(product)));
        let start = Instant::now();
        let dashboard = get_dashboard(&users, &products, id(1)).await;
        assert!(dashboard.is_ok(), "everybody answers, so: {dashboard:?}");
        assert_eq!(
            start.elapsed(),
            millis(50),
            "how long it takes, when the user takes {user} ms, the products {product} ms and the figures {stats} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_error_is_not_kept_waiting() {
    let down = AppError::ServiceUnavailable("no figures tonight".into());
    let users = Users {
        stats_error: Some(down.clone()),
        ..users(30, 10)
    };
    let products = products(secs(3600));
    let start = Instant::now();
    let dashboard = get_dashboard(&users, &products, id(1)).await;
    assert_eq!(
        dashboard,
        Err(down),
        "the figures fail, so there is no dashboard"
    );
    assert_eq!(
        start.elapsed(),
        millis(10),
        "how long it takes, when the figures fail after 10 ms and the products would take an hour"
    );
}

#[tokio::test(start_paused = true)]
async fn an_unknown_user_has_no_dashboard() {
    let users = Users {
        unknown: true,
        ..users(1, 1)
    };
    let dashboard = get_dashboard(&users, &products(millis(1)), id(1)).await;
    assert!(
        matches!(dashboard, Err(AppError::NotFound(_))),
        "there is no such user: expected Err(NotFound), got {dashboard:?}"
    );
}

// Step 4: many, and not all at once

fn at_once(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

fn ids(n: u32) -> Vec<Uuid> {
    (1..=n).map(id).collect()
}

#[tokio::test(start_paused = true)]
async fn every_user_is_synced_and_three_at_once() {
    let users = Users::syncing([]);
    let start = Instant::now();
    let report = sync_all(users.clone(), ids(7), at_once(3)).await;
    let expected = SyncReport {
        synced: ids(7).into_iter().collect(),
        failed: BTreeMap::new(),
    };
    assert_eq!(report, expected, "the report on seven users");
    assert_eq!(
        users.most(),
        3,
        "the most syncs under way at the same time, when three are allowed"
    );
    assert_eq!(
        start.elapsed(),
        secs(30),
        "how long seven syncs of 10 seconds take, three at once"
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_user_holds_up_one_place_only() {
    let users = Users::syncing([(1, Sync::Takes(secs(40)))]);
    let start = Instant::now();
    let report = sync_all(users.clone(), ids(5), at_once(2)).await;
    assert_eq!(report.synced.len(), 5, "users that are synced");
    assert_eq!(
        start.elapsed(),
        secs(40),
        "how long it takes at two places, when one user takes 40 seconds and four take 10 each"
    );
}

#[tokio::test(start_paused = true)]
async fn neither_an_error_nor_a_panic_stops_the_others() {
    let users = Users::syncing([(2, Sync::Fails), (3, Sync::Panics)]);
    let report = sync_all(users, ids(5), at_once(2)).await;
    let synced: Vec<_> = report.synced.into_iter().collect();
    assert_eq!(
        synced,
        [id(1), id(4), id(5)],
        "users that are synced, when 2 fails and 3 panics"
    );
    let failed: Vec<_> = report.failed.keys().copied().collect();
    assert_eq!(failed, [id(2), id(3)], "users that are reported as failed");
    let (said, left) = (&report.failed[&id(2)], &report.failed[&id(3)]);
    assert!(
        said.contains("the CRM is asleep"),
        "the report is to have the error of user 2 in it, and has {said:?}"
    );
    assert!(
        left.contains("panic"),
        "the report is to say that user 3 has caused a panic, and says {left:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_leaves_nothing_running() {
    let users = Users::syncing([]);
    let all = sync_all(users.clone(), ids(9), at_once(3));
    let gave_up = timeout(secs(15), all).await.is_err();
    assert!(
        gave_up,
        "nine syncs of 10 seconds, three at once, are not done in 15"
    );
    sleep(secs(3600)).await;
    let mut synced = users.synced();
    synced.sort();
    assert_eq!(
        synced,
        ids(3),
        "users that are synced an hour after the caller has given up: those that were done in time"
    );
    assert_eq!(users.running(), 0, "syncs that are still under way");
}
