//! What the tests are built on: an application to test, people who use it, events to
//! look at, and a clock that can be put forward. No two applications share anything.

use crate::users::{App, Clock, EventPublisher, NewUser};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// The application of a test, and what the test can see and do besides.
#[derive(Clone)]
pub struct TestApp {
    pub app: Arc<App>,
    events: Arc<RecordingEvents>,
    clock: Arc<TestClock>,
}

#[derive(Default)]
struct RecordingEvents(Mutex<Vec<String>>);

impl RecordingEvents {
    /// A test that panicked while it looked has no more to say; the others have.
    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap()
    }
}

impl EventPublisher for RecordingEvents {
    fn publish(&self, event: &str, email: &str) {
        self.lock().push(format!("{event} {email}"));
    }
}

struct TestClock(AtomicU64);

impl Clock for TestClock {
    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The application of one test.
pub fn setup_test_app() -> TestApp {
    let events = Arc::new(RecordingEvents::default());
    let clock = Arc::new(TestClock(AtomicU64::new(1_000_000)));
    TestApp {
        app: Arc::new(App::new(events.clone(), clock.clone())),
        events,
        clock,
    }
}

impl TestApp {
    /// What was published so far, each as `<event> <email>`.
    pub fn events(&self) -> Vec<String> {
        self.events.lock().clone()
    }

    /// Hands the events to `look`, without copying them.
    pub fn with_events<T>(&self, look: impl FnOnce(&[String]) -> T) -> T {
        look(&self.events.lock())
    }

    /// Puts the clock forward.
    pub fn advance(&self, secs: u64) {
        self.clock.0.fetch_add(secs, Ordering::Relaxed);
    }

    /// Registers somebody, logs in, and answers the email.
    pub fn logged_in_user(&self) -> String {
        let user = mock_user();
        let email = user.email.clone();
        self.app
            .register(user)
            .expect("somebody with an email of his own can register");
        self.app.log_in(&email);
        email
    }
}

/// A number that no other call gets.
fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Somebody who can register, with an email of his own.
pub fn mock_user() -> NewUser {
    NewUser {
        name: "Test User".into(),
        email: format!("test{}@example.com", next_number()),
    }
}

/// `User 0`, `User 1` and so on, each with an email of his own.
pub fn mock_users(count: usize) -> Vec<NewUser> {
    (0..count)
        .map(|i| NewUser {
            name: format!("User {i}"),
            ..mock_user()
        })
        .collect()
}
