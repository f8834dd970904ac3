//! What the tests are built on: an application to test, people who use it, events to
//! look at, and a clock that can be put forward.

use crate::users::{App, Clock, EventPublisher, NewUser};
use std::sync::{Arc, Mutex, OnceLock};

/// One for all tests, because starting it takes a while.
static APP: OnceLock<TestApp> = OnceLock::new();

/// What was published.
static EVENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What time it is, in seconds.
static NOW: Mutex<u64> = Mutex::new(1_000_000);

/// The application of a test, and what the test can see and do besides.
#[derive(Clone)]
pub struct TestApp {
    pub app: Arc<App>,
}

struct RecordingEvents;

impl EventPublisher for RecordingEvents {
    fn publish(&self, event: &str, email: &str) {
        EVENTS.lock().unwrap().push(format!("{event} {email}"));
    }
}

struct TestClock;

impl Clock for TestClock {
    fn now(&self) -> u64 {
        *NOW.lock().unwrap()
    }
}

/// The application of one test.
pub fn setup_test_app() -> TestApp {
    APP.get_or_init(|| TestApp {
        app: Arc::new(App::new(Arc::new(RecordingEvents), Arc::new(TestClock))),
    })
    .clone()
}

impl TestApp {
    /// What was published so far, each as `<event> <email>`.
    pub fn events(&self) -> Vec<String> {
        EVENTS.lock().unwrap().clone()
    }

    /// Hands the events to `look`, without copying them.
    pub fn with_events<T>(&self, look: impl FnOnce(&[String]) -> T) -> T {
        look(&EVENTS.lock().unwrap())
    }

    /// Puts the clock forward.
    pub fn advance(&self, secs: u64) {
        *NOW.lock().unwrap() += secs;
    }

    /// Registers somebody, logs in, and answers the email.
    pub fn logged_in_user(&self) -> String {
        let user = mock_user();
        let email = user.email.clone();
        let _ = self.app.register(user);
        self.app.log_in(&email);
        email
    }
}

/// Somebody who can register.
pub fn mock_user() -> NewUser {
    NewUser {
        name: "Test User".into(),
        email: "test@example.com".into(),
    }
}

/// `User 0`, `User 1` and so on.
pub fn mock_users(count: usize) -> Vec<NewUser> {
    (0..count)
        .map(|i| NewUser {
            name: format!("User {i}"),
            email: format!("user{i}@example.com"),
        })
        .collect()
}
