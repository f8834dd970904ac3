//! The judge of the mocks: services that keep the rules must get through with them,
//! and services that break a rule must not.

use mocks::mocks::*;
use mocks::ports::{AppError, EventPublisher, Repository, User, UserRepository};
use serde_json::json;

fn ada() -> User {
    User {
        id: 42,
        name: "Ada".into(),
        email: "ada@example.com".into(),
    }
}

/// A request has no id yet, and another name than the database will store.
fn sent() -> User {
    User {
        id: 0,
        name: " Ada ".into(),
        email: "ada@example.com".into(),
    }
}

/// Runs `work`, which owns its mocks, to the end of their lives.
async fn objection<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Option<String> {
    let error = tokio::spawn(async move {
        work.await;
    })
    .await
    .err()?;
    let panic = error.into_panic();
    let text = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string()));
    Some(text.unwrap_or_default())
}

/// Fails unless the mocks let `work` pass.
async fn lets_pass<T: Send + 'static>(what: &str, work: impl Future<Output = T> + Send + 'static) {
    if let Some(objection) = objection(work).await {
        panic!("expected the mock to let this pass: {what}; it said: {objection}");
    }
}

/// Fails unless the mocks object to `work`, by a panic while it runs or when they
/// are dropped.
async fn objects_to<T: Send + 'static>(what: &str, work: impl Future<Output = T> + Send + 'static) {
    assert!(
        objection(work).await.is_some(),
        "expected the mock to object to this: {what}"
    );
}

fn is_down<T>(answer: Result<T, AppError>) -> bool {
    matches!(answer, Err(AppError::ServiceUnavailable(_)))
}

// Step 1: mocks that fit the traits

#[tokio::test]
async fn the_mock_stands_in_for_both_traits() {
    async fn a_service<R: UserRepository>(repo: R) -> Option<User> {
        let deleted = repo.delete(7).await;
        assert_eq!(deleted, Ok(()), "what the mock was told to answer");
        repo.find_by_email("ada@example.com")
            .await
            .expect("what the mock was told to answer")
    }
    let mut repo = MockUserRepo::new();
    repo.expect_delete().returning(|_| Ok(()));
    repo.expect_find_by_email().returning(|_| Ok(Some(ada())));

    assert_eq!(
        a_service(repo).await,
        Some(ada()),
        "what the mock was told to answer, by a method of either trait"
    );

    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(|_| Ok(None));
    objects_to(
        "`exists_by_email` on a mock that was told of `find_by_email` only",
        async move { repo.exists_by_email("ada@example.com").await },
    )
    .await;
}

// Step 2: for one id

#[tokio::test]
async fn the_user_is_found_by_its_id_as_often_as_asked() {
    let repo = repo_with(ada());
    lets_pass("three times `find_by_id` with the user's id", async move {
        for _ in 0..3 {
            let found = repo.find_by_id(42).await;
            assert_eq!(found, Ok(Some(ada())), "what `find_by_id(42)` answers");
        }
    })
    .await;
}

#[tokio::test]
async fn not_to_be_asked_is_fine_too() {
    let repo = repo_with(ada());
    lets_pass("no call at all: the cache had the user", async move {
        drop(repo)
    })
    .await;
}

#[tokio::test]
async fn another_id_is_objected_to() {
    let repo = repo_with(ada());
    objects_to(
        "`find_by_id(7)`, where the user has the id 42",
        async move { repo.find_by_id(7).await },
    )
    .await;
}

// Step 3: once

#[tokio::test]
async fn asked_once_is_asked_once() {
    let repo = repo_asked_once_for(ada());
    lets_pass("one `find_by_id` with the user's id", async move {
        let found = repo.find_by_id(42).await;
        assert_eq!(found, Ok(Some(ada())), "what `find_by_id(42)` answers");
    })
    .await;
}

#[tokio::test]
async fn asked_twice_is_objected_to() {
    let repo = repo_asked_once_for(ada());
    objects_to(
        "two calls of `find_by_id`, where one is enough",
        async move {
            let _ = repo.find_by_id(42).await;
            repo.find_by_id(42).await
        },
    )
    .await;
}

#[tokio::test]
async fn never_asked_is_objected_to() {
    let repo = repo_asked_once_for(ada());
    objects_to("no call at all, where one is asked for", async move {
        drop(repo)
    })
    .await;
}

#[tokio::test]
async fn asked_once_for_somebody_else_is_objected_to() {
    let repo = repo_asked_once_for(ada());
    objects_to(
        "`find_by_id(7)`, where the user has the id 42",
        async move { repo.find_by_id(7).await },
    )
    .await;
}

// Step 4: a failure to order

#[tokio::test]
async fn whatever_is_asked_of_a_repository_that_is_down_fails() {
    let repo = repo_that_is_down();
    lets_pass("one call of each method that finds or saves", async move {
        assert!(
            is_down(repo.find_by_id(42).await),
            "`find_by_id` answers `ServiceUnavailable`"
        );
        assert!(
            is_down(repo.find_by_email("ada@example.com").await),
            "`find_by_email` answers `ServiceUnavailable`"
        );
        assert!(
            is_down(repo.exists_by_email("ada@example.com").await),
            "`exists_by_email` answers `ServiceUnavailable`"
        );
        assert!(
            is_down(repo.save(&ada()).await),
            "`save` answers `ServiceUnavailable`"
        );
    })
    .await;
}

#[tokio::test]
async fn a_service_may_try_again_or_not_at_all() {
    let repo = repo_that_is_down();
    lets_pass("two calls of `find_by_id`, and no other", async move {
        let _ = repo.find_by_id(1).await;
        let _ = repo.find_by_id(2).await;
    })
    .await;
    let repo = repo_that_is_down();
    lets_pass("two calls of `save`, and no other", async move {
        let _ = repo.save(&sent()).await;
        let _ = repo.save(&sent()).await;
    })
    .await;
}

// Step 5: one after the other

#[tokio::test]
async fn a_registration_that_saves_and_then_announces_passes() {
    let (repo, events) = saved_then_published(ada());
    lets_pass("save, then publish with the stored user's id", async move {
        let saved = repo.save(&sent()).await;
        assert_eq!(saved, Ok(ada()), "`save` answers the user as stored");
        let payload = json!({ "userId": 42, "source": "web" });
        let published = events.publish("user.registered", payload).await;
        assert!(
            published.is_ok(),
            "`publish` answers an id of the event, but it answered {published:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_event_before_the_save_is_objected_to() {
    let (repo, events) = saved_then_published(ada());
    objects_to("publish, then save", async move {
        let payload = json!({ "userId": 42 });
        let _ = events.publish("user.registered", payload).await;
        repo.save(&sent()).await
    })
    .await;
}

#[tokio::test]
async fn what_is_left_out_is_objected_to() {
    let (repo, events) = saved_then_published(ada());
    objects_to("a save without an event", async move {
        let _ = repo.save(&sent()).await;
        drop(events);
    })
    .await;
    let (repo, events) = saved_then_published(ada());
    objects_to("neither a save nor an event", async move {
        drop((repo, events));
    })
    .await;
}

#[tokio::test]
async fn wrong_arguments_are_objected_to() {
    let (repo, events) = saved_then_published(ada());
    objects_to("a save of somebody with another email", async move {
        let other = User {
            email: "bob@example.com".into(),
            ..sent()
        };
        let _ = repo.save(&other).await;
        let payload = json!({ "userId": 42 });
        events.publish("user.registered", payload).await
    })
    .await;
    for (what, event, payload) in [
        (
            "an event of another name",
            "user.created",
            json!({ "userId": 42 }),
        ),
        (
            "an event that names the id that was sent",
            "user.registered",
            json!({ "userId": 0 }),
        ),
        ("an event that names nobody", "user.registered", json!({})),
    ] {
        let (repo, events) = saved_then_published(ada());
        objects_to(what, async move {
            let _ = repo.save(&sent()).await;
            events.publish(event, payload).await
        })
        .await;
    }
}

// Step 6: no stricter than the rule

/// One of two services that are both right: it looks for the user.
async fn looks_for_the_user(repo: MockUserRepo, email: &str) -> Result<(), AppError> {
    match repo.find_by_email(email).await? {
        Some(_) => Err(AppError::Conflict("Email already exists".into())),
        None => Ok(()),
    }
}

/// The other: it asks whether there is one.
async fn asks_whether_there_is_one(repo: MockUserRepo, email: &str) -> Result<(), AppError> {
    match repo.exists_by_email(email).await? {
        true => Err(AppError::Conflict("Email already exists".into())),
        false => Ok(()),
    }
}

#[tokio::test]
async fn a_service_may_look_for_the_user() {
    lets_pass("`find_by_email` and no other call", async move {
        let refused = looks_for_the_user(repo_where_taken("ada@example.com"), "ada@example.com");
        assert!(refused.await.is_err(), "ada@example.com is taken");
        let accepted = looks_for_the_user(repo_where_taken("ada@example.com"), "bob@example.com");
        assert_eq!(accepted.await, Ok(()), "bob@example.com is free");
    })
    .await;
}

#[tokio::test]
async fn a_service_may_ask_whether_there_is_one() {
    lets_pass("`exists_by_email` and no other call", async move {
        let repo = repo_where_taken("ada@example.com");
        let refused = asks_whether_there_is_one(repo, "ada@example.com").await;
        assert!(refused.is_err(), "ada@example.com is taken");
        let repo = repo_where_taken("ada@example.com");
        let accepted = asks_whether_there_is_one(repo, "bob@example.com").await;
        assert_eq!(accepted, Ok(()), "bob@example.com is free");
    })
    .await;
}

#[tokio::test]
async fn a_service_may_do_both() {
    let repo = repo_where_taken("ada@example.com");
    lets_pass("first one method, then the other, twice", async move {
        for _ in 0..2 {
            assert_eq!(
                repo.exists_by_email("bob@example.com").await,
                Ok(false),
                "expected `false` for an email that is free"
            );
            assert_eq!(
                repo.find_by_email("bob@example.com").await,
                Ok(None),
                "expected nobody for an email that is free"
            );
            assert_eq!(
                repo.exists_by_email("ada@example.com").await,
                Ok(true),
                "expected `true` for the email that is taken"
            );
            let taken = repo.find_by_email("ada@example.com").await;
            assert_eq!(
                taken.map(|user| user.map(|user| user.email)),
                Ok(Some("ada@example.com".into())),
                "expected a user who has the email that is taken"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_save_all_the_same_is_objected_to() {
    let repo = repo_where_taken("ada@example.com");
    objects_to("a save, although the email is taken", async move {
        let _ = repo.find_by_email("ada@example.com").await;
        repo.save(&sent()).await
    })
    .await;
}
