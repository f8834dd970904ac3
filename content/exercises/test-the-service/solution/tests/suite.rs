//! A suite that tells the right service from the wrong ones: what is read, and what the
//! cache has to do with it.

use mockall::Sequence;
use mockall::predicate::eq;
use std::sync::Arc;
use test_the_service::domain::{User, UserDto};
use test_the_service::errors::AppError;
use test_the_service::fixtures::mock_user;
use test_the_service::mocks::{MockCache, MockEventPublisher, MockUserRepo};
use test_the_service::ports::UserService;
use test_the_service::service::UserServiceImpl;
use uuid::Uuid;

fn service(
    repo: MockUserRepo,
    cache: MockCache,
    events: MockEventPublisher,
) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(Arc::new(repo), Arc::new(cache), Arc::new(events))
}

/// A repository that is asked for this user once.
fn repo_asked_for(user: User) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id()
        .with(eq(user.id))
        .times(1)
        .returning(move |_| Ok(Some(user.clone())));
    repo
}

/// A cache in which there is nothing, and which is to be given `user` for half an
/// hour.
fn cache_to_be_filled_with(user: &User) -> MockCache {
    let mut cache = MockCache::new();
    let (key, dto) = (format!("user:{}", user.id), UserDto::from(user.clone()));
    cache
        .expect_get::<UserDto>()
        .with(eq(key.clone()))
        .returning(|_| Ok(None));
    cache
        .expect_set::<UserDto>()
        .withf(move |k, value, ttl| k == key && *value == dto && *ttl == 1800)
        .times(1)
        .returning(|_, _, _| Ok(()));
    cache
}

// Reading

#[tokio::test]
async fn what_is_cached_is_answered_without_the_repository() {
    let user = mock_user();
    let dto = UserDto::from(user.clone());
    let mut cache = MockCache::new();
    let answer = dto.clone();
    cache
        .expect_get::<UserDto>()
        .with(eq(format!("user:{}", user.id)))
        .returning(move |_| Ok(Some(answer.clone())));
    let service = service(MockUserRepo::new(), cache, MockEventPublisher::new());

    assert_eq!(service.get_user(user.id).await.unwrap(), Some(dto));
}

#[tokio::test]
async fn a_miss_is_loaded_and_stored_for_half_an_hour() {
    let user = mock_user();
    let cache = cache_to_be_filled_with(&user);
    let service = service(
        repo_asked_for(user.clone()),
        cache,
        MockEventPublisher::new(),
    );

    let found = service.get_user(user.id).await.unwrap();

    assert_eq!(found, Some(user.into()));
}

#[tokio::test]
async fn a_cache_that_is_down_costs_nobody_the_answer() {
    let user = mock_user();
    let mut cache = MockCache::new();
    cache
        .expect_get::<UserDto>()
        .returning(|_| Err(AppError::Cache("connection refused".into())));
    cache
        .expect_set::<UserDto>()
        .returning(|_, _, _| Err(AppError::Cache("connection refused".into())));
    let service = service(
        repo_asked_for(user.clone()),
        cache,
        MockEventPublisher::new(),
    );

    let found = service.get_user(user.id).await.unwrap();

    assert_eq!(found, Some(user.into()));
}

#[tokio::test]
async fn a_user_whom_nobody_knows_is_none_and_is_not_stored() {
    let mut cache = MockCache::new(); // expects no `set`
    cache.expect_get::<UserDto>().returning(|_| Ok(None));
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id().returning(|_| Ok(None));
    let service = service(repo, cache, MockEventPublisher::new());

    assert_eq!(service.get_user(Uuid::new_v4()).await.unwrap(), None);
}

// Deleting

#[tokio::test]
async fn a_deleted_user_is_deleted_from_the_cache_too() {
    let id = Uuid::new_v4();
    let mut order = Sequence::new();
    let mut repo = MockUserRepo::new();
    repo.expect_delete()
        .with(eq(id))
        .times(1)
        .in_sequence(&mut order)
        .returning(|_| Ok(()));
    let mut cache = MockCache::new();
    cache
        .expect_delete()
        .with(eq(format!("user:{id}")))
        .times(1)
        .in_sequence(&mut order)
        .returning(|_| Ok(()));
    let service = service(repo, cache, MockEventPublisher::new());

    service.delete_user(id).await.unwrap();
}
