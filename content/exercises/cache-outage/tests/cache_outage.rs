use async_trait::async_trait;
use cache_outage::domain::{AppError, UserDto};
use cache_outage::ports::{UserCache, UserRepository};
use cache_outage::service::UserService;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, timeout};

fn user(name: &str) -> UserDto {
    UserDto {
        id: 1,
        name: name.into(),
    }
}

/// A repository of one user, number 1, or one that is down.
struct Repo {
    name: Mutex<String>,
    up: bool,
    asked: Mutex<u32>,
}

impl Repo {
    fn new(up: bool) -> Arc<Self> {
        Arc::new(Self {
            name: Mutex::new("Ada".into()),
            up,
            asked: Mutex::new(0),
        })
    }

    fn check(&self) -> Result<(), AppError> {
        *self.asked.lock().unwrap() += 1;
        let down = || AppError::Database("connection refused".into());
        self.up.then_some(()).ok_or_else(down)
    }

    fn asked(&self) -> u32 {
        *self.asked.lock().unwrap()
    }
}

#[async_trait]
impl UserRepository for Repo {
    async fn find_by_id(&self, id: u32) -> Result<Option<UserDto>, AppError> {
        self.check()?;
        Ok((id == 1).then(|| user(&self.name.lock().unwrap())))
    }

    async fn update_name(&self, id: u32, name: &str) -> Result<bool, AppError> {
        self.check()?;
        if id == 1 {
            *self.name.lock().unwrap() = name.into();
        }
        Ok(id == 1)
    }
}

/// What a call of the cache does.
#[derive(Clone, Copy)]
enum Mood {
    Works,
    Dawdles,
    Refuses,
    Hangs,
}
use Mood::{Dawdles, Hangs, Refuses, Works};

/// A cache whose reads and writes can fail by themselves. It notes what it is asked, whatever comes of it.
struct Cache {
    read: Mood,
    write: Mood,
    entries: Mutex<BTreeMap<String, UserDto>>,
    log: Mutex<Vec<String>>,
}

impl Cache {
    fn new(read: Mood, write: Mood) -> Arc<Self> {
        Arc::new(Self {
            read,
            write,
            entries: Mutex::default(),
            log: Mutex::default(),
        })
    }

    async fn be(&self, mood: Mood, call: String) -> Result<(), AppError> {
        self.log.lock().unwrap().push(call);
        match mood {
            Works => Ok(()),
            Dawdles => {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Ok(())
            }
            Refuses => Err(AppError::Cache("connection refused".into())),
            Hangs => std::future::pending().await,
        }
    }

    fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

#[async_trait]
impl UserCache for Cache {
    async fn get(&self, key: &str) -> Result<Option<UserDto>, AppError> {
        self.be(self.read, format!("get {key}")).await?;
        Ok(self.entries.lock().unwrap().get(key).cloned())
    }

    async fn set(&self, key: &str, user: &UserDto, ttl_secs: u64) -> Result<(), AppError> {
        self.be(self.write, format!("set {key} for {ttl_secs} s"))
            .await?;
        self.entries
            .lock()
            .unwrap()
            .insert(key.into(), user.clone());
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), AppError> {
        self.be(self.write, format!("delete {key}")).await?;
        self.entries.lock().unwrap().remove(key);
        Ok(())
    }
}

fn service(read: Mood, write: Mood) -> (UserService, Arc<Repo>, Arc<Cache>) {
    let (repo, cache) = (Repo::new(true), Cache::new(read, write));
    (UserService::new(repo.clone(), cache.clone()), repo, cache)
}

// Step 1: reads

#[tokio::test]
async fn a_cache_that_refuses_to_be_read_is_a_miss() {
    let (service, repo, _) = service(Refuses, Works);
    assert_eq!(
        service.get_user(1).await,
        Ok(Some(user("Ada"))),
        "the cache refuses to be read, the repository has the user"
    );
    assert_eq!(
        service.get_user(2).await,
        Ok(None),
        "the cache refuses to be read, the repository knows of no user 2"
    );
    assert_eq!(repo.asked(), 2, "questions to the repository, one a read");
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_does_not_take_the_answer_away() {
    let (service, repo, _) = service(Works, Refuses);
    assert_eq!(
        service.get_user(1).await,
        Ok(Some(user("Ada"))),
        "the user was loaded; only keeping it has failed"
    );
    assert_eq!(repo.asked(), 1, "questions to the repository");
}

// Step 2: changes

#[tokio::test]
async fn a_change_that_is_stored_is_a_success() {
    let (service, repo, cache) = service(Works, Refuses);
    assert_eq!(
        service.rename_user(1, "Ada L.").await,
        Ok(()),
        "the new name is in the database; only the cache has failed"
    );
    assert_eq!(
        *repo.name.lock().unwrap(),
        "Ada L.",
        "the name in the database"
    );
    assert_eq!(repo.asked(), 1, "the update was run once");
    assert_eq!(
        cache.log(),
        ["delete user:1"],
        "the cache was at least asked"
    );
}

// Step 3: a cache that hangs

/// Runs `call` and says how long it took, by a clock that jumps when all are waiting.
async fn timed<T>(what: &str, call: impl Future<Output = T>) -> (T, Duration) {
    let start = Instant::now();
    let answer = timeout(Duration::from_secs(3600), call).await;
    let answer = answer.unwrap_or_else(|_| panic!("{what}: no answer within an hour"));
    (answer, start.elapsed())
}

fn assert_quick(what: &str, took: Duration) {
    assert!(
        took <= Duration::from_secs(1),
        "{what} took {took:?}; one second is the most that a cache may cost a request"
    );
}

#[tokio::test(start_paused = true)]
async fn a_cache_that_hangs_when_read_costs_a_second_at_most() {
    let (service, _, _) = service(Hangs, Works);
    let (found, took) = timed("reading", service.get_user(1)).await;
    assert_eq!(
        found,
        Ok(Some(user("Ada"))),
        "the user, from the repository"
    );
    assert_quick("reading", took);
}

#[tokio::test(start_paused = true)]
async fn a_cache_that_hangs_when_written_costs_a_second_at_most() {
    let (service, repo, _) = service(Works, Hangs);
    let (found, took) = timed("reading", service.get_user(1)).await;
    assert_eq!(
        found,
        Ok(Some(user("Ada"))),
        "the user, from the repository"
    );
    assert_quick("reading", took);
    let (renamed, took) = timed("renaming", service.rename_user(1, "Ada L.")).await;
    assert_eq!(renamed, Ok(()), "renaming, while the cache hangs");
    assert_eq!(
        *repo.name.lock().unwrap(),
        "Ada L.",
        "the name in the database"
    );
    assert_quick("renaming", took);
}

#[tokio::test(start_paused = true)]
async fn a_cache_that_hangs_altogether_costs_a_second_at_most() {
    let (service, _, _) = service(Hangs, Hangs);
    let (found, took) = timed("reading", service.get_user(1)).await;
    assert_eq!(
        found,
        Ok(Some(user("Ada"))),
        "the user, from the repository"
    );
    assert_quick("reading, with both a read and a write that hang,", took);
}

#[tokio::test(start_paused = true)]
async fn ten_milliseconds_are_not_too_long() {
    let (service, repo, _) = service(Dawdles, Dawdles);
    for _ in 0..2 {
        assert_eq!(
            service.get_user(1).await,
            Ok(Some(user("Ada"))),
            "a read, when each call of the cache takes 10 ms"
        );
    }
    assert_eq!(
        repo.asked(),
        1,
        "questions to the repository: a cache that takes 10 ms is waited for"
    );
}

// Step 4: what was right stays right

#[tokio::test]
async fn a_database_that_is_down_is_still_an_error() {
    let repo = Repo::new(false);
    let service = UserService::new(repo, Cache::new(Refuses, Refuses));
    let read = service.get_user(1).await;
    assert!(
        matches!(read, Err(AppError::Database(_))),
        "nobody knows whether the user exists: expected Err(Database), got {read:?}"
    );
    let renamed = service.rename_user(1, "Ada L.").await;
    assert!(
        matches!(renamed, Err(AppError::Database(_))),
        "the name was not stored: expected Err(Database), got {renamed:?}"
    );
}

#[tokio::test]
async fn a_cache_that_works_is_used() {
    let (service, repo, cache) = service(Works, Works);
    for _ in 0..2 {
        assert_eq!(
            service.get_user(1).await,
            Ok(Some(user("Ada"))),
            "a read of user 1"
        );
    }
    assert_eq!(
        cache.log(),
        ["get user:1", "set user:1 for 1800 s", "get user:1"],
        "what two reads ask of the cache"
    );
    assert_eq!(repo.asked(), 1, "the second read is answered by the cache");
}

#[tokio::test]
async fn a_change_removes_the_entry() {
    let (service, _, _) = service(Works, Works);
    assert_eq!(
        service.get_user(1).await,
        Ok(Some(user("Ada"))),
        "the user before renaming"
    );
    let renamed = service.rename_user(1, "Ada L.").await;
    assert_eq!(renamed, Ok(()), "renaming, with a cache that works");
    assert_eq!(
        service.get_user(1).await,
        Ok(Some(user("Ada L."))),
        "the user after renaming"
    );
}

#[tokio::test]
async fn an_unknown_user_is_not_stored_and_not_renamed() {
    let (service, _, cache) = service(Works, Works);
    assert_eq!(
        service.get_user(2).await,
        Ok(None),
        "reading an unknown user"
    );
    let renamed = service.rename_user(2, "N. N.").await;
    assert!(
        matches!(renamed, Err(AppError::NotFound(_))),
        "renaming an unknown user: expected Err(NotFound), got {renamed:?}"
    );
    assert_eq!(cache.log(), ["get user:2"], "what both ask of the cache");
}
