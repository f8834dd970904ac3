//! The judge of the user service: mocks stand where repository, cache and publisher
//! belong.

use async_trait::async_trait;
use chrono::{Days, TimeZone, Utc};
use mockall::mock;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service_layer::domain::{CreateUserRequest, SyncStatus, User, UserDto};
use service_layer::errors::AppError;
use service_layer::ports::{
    CacheService, EventPublisher, PaginationOptions, Repository, UserRepository, UserService,
};
use service_layer::security::verify_password;
use service_layer::service::UserServiceImpl;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

// Mocks

mock! {
    pub UserRepo {}

    #[async_trait]
    impl Repository<User> for UserRepo {
        async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError>;
        async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError>;
        async fn save(&self, entity: &User) -> Result<User, AppError>;
        async fn update(&self, entity: &User) -> Result<User, AppError>;
        async fn delete(&self, id: Uuid) -> Result<(), AppError>;
    }

    #[async_trait]
    impl UserRepository for UserRepo {
        async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
        async fn find_pending_sync(&self) -> Result<Vec<User>, AppError>;
        async fn exists_by_email(&self, email: &str) -> Result<bool, AppError>;
    }
}

mock! {
    pub Cache {}

    #[async_trait]
    impl CacheService for Cache {
        async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
        where
            T: DeserializeOwned + Send + 'static;
        async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
        where
            T: Serialize + Send + Sync + 'static;
        async fn delete(&self, key: &str) -> Result<(), AppError>;
    }
}

mock! {
    pub EventPublisher {}

    #[async_trait]
    impl EventPublisher for EventPublisher {
        async fn publish(&self, event_type: &str, payload: Value) -> Result<String, AppError>;
    }
}

// Fixtures

fn mock_user() -> User {
    let day = Utc.with_ymd_and_hms(2026, 1, 2, 3, 4, 5).unwrap();
    User {
        id: Uuid::new_v4(),
        name: "Test User".into(),
        email: "test@example.com".into(),
        password_hash: "hashed_password".into(),
        sync_status: SyncStatus::Synced,
        created_at: day,
        updated_at: day + Days::new(1),
    }
}

fn request() -> CreateUserRequest {
    CreateUserRequest {
        name: "New User".into(),
        email: "New@Example.com".into(),
        password: "Password123".into(),
    }
}

/// What the mocks were asked to do, in order.
#[derive(Debug, Clone, PartialEq)]
enum Call {
    Read(String),
    Loaded(Uuid),
    Stored {
        key: String,
        value: UserDto,
        ttl: u64,
    },
    Saved(User),
    Published {
        event: String,
        payload: Value,
    },
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Call>>>);

impl Log {
    fn add(&self, call: Call) {
        self.0.lock().unwrap().push(call);
    }

    fn all(&self) -> Vec<Call> {
        self.0.lock().unwrap().clone()
    }

    fn pick<T>(&self, wanted: impl Fn(Call) -> Option<T>) -> Vec<T> {
        self.all().into_iter().filter_map(wanted).collect()
    }

    fn reads(&self) -> Vec<String> {
        self.pick(|call| match call {
            Call::Read(key) => Some(key),
            _ => None,
        })
    }

    fn loads(&self) -> Vec<Uuid> {
        self.pick(|call| match call {
            Call::Loaded(id) => Some(id),
            _ => None,
        })
    }

    fn stores(&self) -> Vec<(String, UserDto, u64)> {
        self.pick(|call| match call {
            Call::Stored { key, value, ttl } => Some((key, value, ttl)),
            _ => None,
        })
    }

    fn saves(&self) -> Vec<User> {
        self.pick(|call| match call {
            Call::Saved(user) => Some(user),
            _ => None,
        })
    }

    fn events(&self) -> Vec<(String, Value)> {
        self.pick(|call| match call {
            Call::Published { event, payload } => Some((event, payload)),
            _ => None,
        })
    }
}

/// A cache that answers every read with `answer`, and takes every write.
fn cache(log: &Log, answer: Option<UserDto>) -> MockCache {
    let mut cache = unwritten_cache(log, answer);
    let stored = log.clone();
    cache
        .expect_set::<UserDto>()
        .returning(move |key, value, ttl| {
            stored.add(Call::Stored {
                key: key.into(),
                value: value.clone(),
                ttl,
            });
            Ok(())
        });
    cache
}

/// A cache that says what is wrong with storing an `Option`, instead of not
/// expecting it.
fn new_cache() -> MockCache {
    let mut cache = MockCache::new();
    cache
        .expect_set::<Option<UserDto>>()
        .returning(|key, value, _| {
            panic!(
                "expected a `UserDto` in the cache, or nothing for an unknown user, \
                 but `{key}` was set to {value:?}"
            )
        });
    cache
}

/// A cache that answers every read with `answer`; what a write does is for the
/// caller to say.
fn unwritten_cache(log: &Log, answer: Option<UserDto>) -> MockCache {
    let mut cache = new_cache();
    let read = log.clone();
    cache.expect_get::<UserDto>().returning(move |key| {
        read.add(Call::Read(key.into()));
        Ok(answer.clone())
    });
    cache
}

/// A repository that knows `user` by its id, or nobody.
fn repo_with(log: &Log, user: Option<User>) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    let loaded = log.clone();
    repo.expect_find_by_id().returning(move |id| {
        loaded.add(Call::Loaded(id));
        Ok(user.clone().filter(|u| u.id == id))
    });
    repo
}

/// A repository in which `taken` is somebody's email, and which saves what it gets.
fn repo_where_taken(log: &Log, taken: &'static str) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(move |email| {
        let user = User {
            email: taken.into(),
            ..mock_user()
        };
        Ok((email == taken).then_some(user))
    });
    repo.expect_exists_by_email()
        .returning(move |email| Ok(email == taken));
    let saved = log.clone();
    repo.expect_save().returning(move |user| {
        saved.add(Call::Saved(user.clone()));
        Ok(user.clone())
    });
    repo
}

fn events(log: &Log) -> MockEventPublisher {
    let mut events = MockEventPublisher::new();
    let published = log.clone();
    events.expect_publish().returning(move |event, payload| {
        published.add(Call::Published {
            event: event.into(),
            payload,
        });
        Ok("event-id".into())
    });
    events
}

fn reader(repo: MockUserRepo, cache: MockCache) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(
        Arc::new(repo),
        Arc::new(cache),
        Arc::new(MockEventPublisher::new()),
    )
}

/// The cache has no expectations: whoever registers a user has no business there.
fn writer(repo: MockUserRepo, events: MockEventPublisher) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(Arc::new(repo), Arc::new(MockCache::new()), Arc::new(events))
}

// Step 1: ask the cache first

#[tokio::test]
async fn test_get_user_returns_cached() {
    let cached_dto = UserDto {
        id: "123".into(),
        name: "Cached User".into(),
        email: "cached@example.com".into(),
        created_at: Utc::now().to_rfc3339(),
        updated_at: Utc::now().to_rfc3339(),
    };
    let answer = cached_dto.clone();
    let mut mock_cache = MockCache::new();
    mock_cache
        .expect_get::<UserDto>()
        .returning(move |_| Ok(Some(answer.clone())));
    let mut mock_repo = MockUserRepo::new();
    mock_repo.expect_find_by_id().returning(|_| {
        panic!("expected a user who is in the cache to be answered without asking the repository")
    });
    let service = reader(mock_repo, mock_cache);

    let result = service
        .get_user(Uuid::new_v4())
        .await
        .expect("expected an answer and no error");

    let user = result.expect("expected the user from the cache, got `None`");
    assert_eq!(user, cached_dto, "expected the user as the cache has it");
}

#[tokio::test]
async fn a_read_asks_for_the_users_own_key() {
    let log = Log::default();
    let user = mock_user();
    let service = reader(
        repo_with(&log, None),
        cache(&log, Some(user.clone().into())),
    );

    service
        .get_user(user.id)
        .await
        .expect("expected an answer and no error");

    assert_eq!(
        log.reads(),
        [format!("user:{}", user.id)],
        "expected one read of the cache, under the key `user:` and the id"
    );
}

// Step 2: load what the cache does not have

#[tokio::test]
async fn a_miss_asks_the_repository_once_for_that_user() {
    let log = Log::default();
    let user = mock_user();
    let service = reader(repo_with(&log, Some(user.clone())), cache(&log, None));

    let found = service
        .get_user(user.id)
        .await
        .expect("expected an answer and no error");

    assert_eq!(
        log.loads(),
        [user.id],
        "expected the repository to be asked once, for the id that was wanted"
    );
    assert_eq!(
        found,
        Some(user.into()),
        "expected the user that the repository has, as a `UserDto`"
    );
}

#[tokio::test]
async fn a_miss_is_stored_for_half_an_hour() {
    let log = Log::default();
    let user = mock_user();
    let service = reader(repo_with(&log, Some(user.clone())), cache(&log, None));

    service
        .get_user(user.id)
        .await
        .expect("expected an answer and no error");

    assert_eq!(
        log.stores(),
        [(format!("user:{}", user.id), user.into(), 1800)],
        "expected what was loaded to be stored once: under `user:` and the id, as a \
         `UserDto`, for 1800 seconds"
    );
}

#[tokio::test]
async fn an_unknown_user_is_none_and_is_not_stored() {
    let log = Log::default();
    let service = reader(repo_with(&log, None), cache(&log, None));

    let found = service
        .get_user(Uuid::new_v4())
        .await
        .expect("expected an answer and no error");

    assert_eq!(found, None, "expected `None` for a user whom nobody knows");
    assert!(
        log.stores().is_empty(),
        "expected nothing in the cache for an unknown user, but {:?} was stored",
        log.stores()
    );
}

// Step 3: one account for one email

#[tokio::test]
async fn a_taken_email_is_a_conflict() {
    let log = Log::default();
    let service = writer(repo_where_taken(&log, "New@Example.com"), events(&log));

    let result = service.create_user(request()).await;

    assert!(
        matches!(result, Err(AppError::Conflict(_))),
        "expected `AppError::Conflict` for an email that has an account, got {result:?}"
    );
}

#[tokio::test]
async fn a_refused_registration_leaves_no_trace() {
    let log = Log::default();
    let service = writer(repo_where_taken(&log, "New@Example.com"), events(&log));

    let _ = service.create_user(request()).await;

    assert!(
        log.all().is_empty(),
        "expected nothing to be saved and nothing to be published, but the service \
         did {:?}",
        log.all()
    );
}

// Step 4: save, and never the password itself

#[tokio::test]
async fn a_new_user_is_saved_once() {
    let log = Log::default();
    let service = writer(repo_where_taken(&log, "old@example.com"), events(&log));

    let before = Utc::now();
    let dto = service
        .create_user(request())
        .await
        .expect("expected an email that is free to be accepted");
    let after = Utc::now();

    let saved = log.saves();
    assert_eq!(saved.len(), 1, "expected one `save`, saw {}", saved.len());
    assert_eq!(
        (saved[0].name.as_str(), saved[0].email.as_str()),
        ("New User", "New@Example.com"),
        "expected name and email to be saved as they were requested"
    );
    assert_eq!(
        saved[0].sync_status,
        SyncStatus::Synced,
        "expected a new user to be saved as in sync"
    );
    for (what, time) in [
        ("created_at", saved[0].created_at),
        ("updated_at", saved[0].updated_at),
    ] {
        assert!(
            (before..=after).contains(&time),
            "expected the time of the registration in `{what}`, got {time}"
        );
    }
    assert_eq!(
        dto,
        UserDto::from(saved[0].clone()),
        "expected the answer to be the user that was saved"
    );
}

#[tokio::test]
async fn the_password_is_saved_as_a_hash() {
    let log = Log::default();
    let service = writer(repo_where_taken(&log, "old@example.com"), events(&log));

    let _ = service.create_user(request()).await;

    let saved = log.saves();
    let hash = &saved
        .first()
        .expect("expected a user to be saved")
        .password_hash;
    assert_ne!(
        hash, "Password123",
        "expected a hash, but the password itself was saved"
    );
    assert!(
        verify_password("Password123", hash),
        "expected the hash of the requested password as `hash_password` makes it, got \
         `{hash}`"
    );
}

// Step 5: tell the others

#[tokio::test]
async fn test_create_user_publishes_event() {
    let mut mock_repo = MockUserRepo::new();
    mock_repo.expect_find_by_email().returning(|_| Ok(None));
    mock_repo.expect_exists_by_email().returning(|_| Ok(false));
    mock_repo.expect_save().returning(|user| Ok(user.clone()));
    let log = Log::default();
    let service = writer(mock_repo, events(&log));

    let result = service.create_user(request()).await;

    assert!(
        result.is_ok(),
        "expected a registration to succeed, got {result:?}"
    );
    let names: Vec<String> = log.events().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["user.registered"],
        "expected exactly one event, named `user.registered`"
    );
}

#[tokio::test]
async fn the_event_comes_after_the_save() {
    let log = Log::default();
    let service = writer(repo_where_taken(&log, "old@example.com"), events(&log));

    let _ = service.create_user(request()).await;

    let calls = log.all();
    assert!(
        matches!(calls.first(), Some(Call::Saved(_)))
            && matches!(calls.last(), Some(Call::Published { .. })),
        "expected the user to be saved first and the event to be published last, but \
         the service did {calls:?}"
    );
}

#[tokio::test]
async fn a_failed_save_publishes_nothing() {
    let log = Log::default();
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(|_| Ok(None));
    repo.expect_exists_by_email().returning(|_| Ok(false));
    repo.expect_save()
        .returning(|_| Err(AppError::ServiceUnavailable("no connection".into())));
    let service = writer(repo, events(&log));

    let result = service.create_user(request()).await;

    assert!(
        matches!(result, Err(AppError::ServiceUnavailable(_))),
        "expected the repository's own error when the save fails, got {result:?}"
    );
    assert!(
        log.events().is_empty(),
        "expected no event for a user who was not saved, but {:?} was published",
        log.events()
    );
}

#[tokio::test]
async fn the_event_names_the_user_as_stored() {
    let log = Log::default();
    let stored = mock_user();
    let row = stored.clone();
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(|_| Ok(None));
    repo.expect_exists_by_email().returning(|_| Ok(false));
    repo.expect_save().returning(move |_| Ok(row.clone()));
    let service = writer(repo, events(&log));

    let answer = service
        .create_user(request())
        .await
        .expect("expected a registration to succeed");

    let published = log.events();
    let (_, payload) = published
        .first()
        .expect("expected an event to be published");
    assert_eq!(
        *payload,
        json!({ "userId": stored.id.to_string() }),
        "expected the payload to be the id of the user whom `save` answered, as \
         `userId`, and nothing else"
    );
    assert_eq!(
        answer,
        stored.into(),
        "expected the answer to be the user whom `save` answered"
    );
}

#[tokio::test]
async fn an_event_that_cannot_be_published_is_an_error() {
    let log = Log::default();
    let mut events = MockEventPublisher::new();
    events
        .expect_publish()
        .returning(|_, _| Err(AppError::ServiceUnavailable("no broker".into())));
    let service = writer(repo_where_taken(&log, "old@example.com"), events);

    let result = service.create_user(request()).await;

    assert!(
        matches!(result, Err(AppError::ServiceUnavailable(_))),
        "expected the publisher's own error when nobody could be told, got {result:?}"
    );
}

// Step 6: a cache that is down

#[tokio::test]
async fn a_cache_that_cannot_be_read_counts_as_a_miss() {
    let log = Log::default();
    let user = mock_user();
    let mut cache = new_cache();
    cache
        .expect_get::<UserDto>()
        .returning(|_| Err(AppError::Cache("connection refused".into())));
    cache.expect_set::<UserDto>().returning(|_, _, _| Ok(()));
    let service = reader(repo_with(&log, Some(user.clone())), cache);

    let result = service.get_user(user.id).await;

    assert!(
        matches!(&result, Ok(Some(dto)) if dto.email == user.email),
        "expected the repository's user although the cache could not be read, got \
         {result:?}"
    );
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_does_not_cost_the_answer() {
    let log = Log::default();
    let user = mock_user();
    let mut cache = unwritten_cache(&log, None);
    cache
        .expect_set::<UserDto>()
        .returning(|_, _, _| Err(AppError::Cache("out of memory".into())));
    let service = reader(repo_with(&log, Some(user.clone())), cache);

    let result = service.get_user(user.id).await;

    assert!(
        matches!(&result, Ok(Some(dto)) if dto.email == user.email),
        "expected the loaded user although the cache could not be written, got \
         {result:?}"
    );
}

#[tokio::test]
async fn a_repository_that_fails_is_still_an_error() {
    let log = Log::default();
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id()
        .returning(|_| Err(AppError::ServiceUnavailable("no connection".into())));
    let service = reader(repo, cache(&log, None));

    let result = service.get_user(Uuid::new_v4()).await;

    assert!(
        matches!(result, Err(AppError::ServiceUnavailable(_))),
        "expected the repository's error, not an answer as if the user were unknown, \
         got {result:?}"
    );
}
