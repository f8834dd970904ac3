//! The judge of the test support. Each test here stands for two or more tests of an
//! application that run in one process, in any order or at the same time.

use green_alone::support::*;
use green_alone::users::{AppError, NewUser};
use std::collections::HashSet;
use std::sync::Barrier;
use std::thread;

fn ada() -> NewUser {
    NewUser {
        name: "Ada".into(),
        email: "ada@example.com".into(),
    }
}

/// Runs `work` on a thread of its own, and answers whether it panicked.
fn panics(work: impl FnOnce() + Send + 'static) -> bool {
    thread::spawn(work).join().is_err()
}

// Step 1: whoever comes second

#[test]
fn the_same_person_can_register_in_two_tests() {
    let (one, other) = (setup_test_app(), setup_test_app());
    assert_eq!(one.app.register(ada()), Ok(()), "the test that ran first");
    assert_eq!(
        other.app.register(ada()),
        Ok(()),
        "the test that ran second, in an application of its own"
    );
}

#[test]
fn a_new_application_knows_nobody_else() {
    let busy = setup_test_app();
    for user in mock_users(5) {
        let _ = busy.app.register(user);
    }
    let fresh = setup_test_app();
    let email = fresh.logged_in_user();
    assert_eq!(
        fresh.app.count(&email),
        Ok(1),
        "users of an application in which one was registered, after another test had five"
    );
}

// Step 2: everybody is the same person

#[test]
fn two_mock_users_can_live_in_one_application() {
    let test = setup_test_app();
    assert_eq!(
        test.app.register(mock_user()),
        Ok(()),
        "the first `mock_user()`"
    );
    assert_eq!(
        test.app.register(mock_user()),
        Ok(()),
        "the second `mock_user()`, who is another person"
    );
}

#[test]
fn two_lists_can_live_in_one_application() {
    let test = setup_test_app();
    for user in mock_users(3).into_iter().chain(mock_users(3)) {
        let name = user.name.clone();
        assert_eq!(
            test.app.register(user),
            Ok(()),
            "`{name}` of one of two lists"
        );
    }
    let names: Vec<String> = mock_users(3).into_iter().map(|user| user.name).collect();
    assert_eq!(
        names,
        ["User 0", "User 1", "User 2"],
        "names are counted from 0 in every list"
    );
}

#[test]
fn two_people_can_be_logged_in() {
    let test = setup_test_app();
    let (one, other) = (test.logged_in_user(), test.logged_in_user());
    assert_ne!(one, other, "emails of two users who are logged in");
    assert_eq!(test.app.count(&one), Ok(2), "users in the application");
}

#[test]
fn emails_stay_apart_when_tests_run_at_once() {
    const THREADS: usize = 8;
    let start = Barrier::new(THREADS);
    let emails: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    (0..50).map(|_| mock_user().email).collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let different: HashSet<&String> = emails.iter().collect();
    assert_eq!(
        different.len(),
        emails.len(),
        "different emails of {} users who were made by eight tests at once",
        emails.len()
    );
}

// Step 3: somebody else's events

#[test]
fn an_application_shows_its_own_events_only() {
    let (one, other) = (setup_test_app(), setup_test_app());
    let _ = one.app.register(ada());
    let bob = NewUser {
        name: "Bob".into(),
        email: "bob@example.com".into(),
    };
    let _ = other.app.register(bob);
    assert_eq!(
        one.events(),
        ["user.registered ada@example.com"],
        "events of the application in which Ada registered"
    );
    assert_eq!(
        other.events(),
        ["user.registered bob@example.com"],
        "events of the application in which Bob registered"
    );
}

#[test]
fn a_new_application_has_no_events() {
    let _ = setup_test_app().app.register(ada());
    let fresh = setup_test_app();
    assert!(
        fresh.events().is_empty(),
        "expected no events in an application in which nothing has happened, got {:?}",
        fresh.events()
    );
}

#[test]
fn events_are_kept_in_order_and_all_ways_to_look_agree() {
    let test = setup_test_app();
    let users = mock_users(3);
    let expected: Vec<String> = users
        .iter()
        .map(|user| format!("user.registered {}", user.email))
        .collect();
    for user in users {
        assert_eq!(test.app.register(user), Ok(()), "each of three users");
    }
    assert_eq!(
        test.events(),
        expected,
        "events in the order of registration"
    );
    let looked = test.with_events(|events| events.to_vec());
    assert_eq!(looked, expected, "what `with_events` hands out");
    assert_eq!(
        test.clone().events(),
        expected,
        "events of a clone, which is the same application"
    );
}

// Step 4: somebody else's clock

#[test]
fn a_clock_that_is_put_forward_ends_no_other_session() {
    let (one, other) = (setup_test_app(), setup_test_app());
    let email = other.logged_in_user();
    one.advance(3600);
    assert_eq!(
        other.app.count(&email),
        Ok(1),
        "a session in one application, after another test has put its clock forward"
    );
}

#[test]
fn a_session_ends_by_its_own_clock() {
    let test = setup_test_app();
    let email = test.logged_in_user();
    test.advance(899);
    assert!(
        test.app.count(&email).is_ok(),
        "the session is good for 900 seconds, 899 have passed"
    );
    test.advance(1);
    assert_eq!(
        test.app.count(&email),
        Err(AppError::Unauthorized),
        "900 seconds have passed"
    );
}

// Step 5: one red, all red

#[test]
fn a_test_that_fails_takes_no_other_with_it() {
    let failed = panics(|| {
        let test = setup_test_app();
        let _ = test.app.register(ada());
        test.with_events(|events| assert!(events.is_empty(), "this failure is part of the judge"));
    });
    assert!(failed, "the first test fails, as it should");
    let failed = panics(|| {
        let test = setup_test_app();
        let _ = test.app.register(mock_user());
        let _ = test.events();
    });
    assert!(
        !failed,
        "expected the next test to run as if nothing had happened, but it panicked"
    );
}

#[test]
fn what_failed_while_looking_can_still_be_looked_at() {
    let test = setup_test_app();
    let theirs = test.clone();
    let failed =
        panics(move || theirs.with_events(|_| panic!("this failure is part of the judge")));
    assert!(failed, "a thread of this test fails while it looks");
    let still = panics(move || {
        let _ = test.app.register(ada());
        assert_eq!(test.events().len(), 1, "events after the registration");
    });
    assert!(
        !still,
        "expected the test to go on with its application, but it panicked"
    );
}
