//! The application that the tests are about. This file is right, and given.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Somebody who wants an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    pub name: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppError {
    /// The email has an account.
    Conflict(String),
    /// The session has ended, or never began.
    Unauthorized,
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(email) => write!(f, "{email} has an account"),
            Self::Unauthorized => write!(f, "log in first"),
        }
    }
}

/// Tells the other parts of the system what has happened.
pub trait EventPublisher: Send + Sync {
    fn publish(&self, event: &str, email: &str);
}

/// Says what time it is, in seconds.
pub trait Clock: Send + Sync {
    fn now(&self) -> u64;
}

/// How long a session lasts, in seconds.
pub const SESSION_SECS: u64 = 900;

/// Users in memory, and who is logged in until when.
pub struct App {
    users: Mutex<HashMap<String, NewUser>>,
    sessions: Mutex<HashMap<String, u64>>,
    events: Arc<dyn EventPublisher>,
    clock: Arc<dyn Clock>,
}

impl App {
    pub fn new(events: Arc<dyn EventPublisher>, clock: Arc<dyn Clock>) -> Self {
        Self {
            users: Mutex::default(),
            sessions: Mutex::default(),
            events,
            clock,
        }
    }

    pub fn register(&self, user: NewUser) -> Result<(), AppError> {
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        if users.contains_key(&user.email) {
            return Err(AppError::Conflict(user.email));
        }
        self.events.publish("user.registered", &user.email);
        users.insert(user.email.clone(), user);
        Ok(())
    }

    pub fn log_in(&self, email: &str) {
        let end = self.clock.now() + SESSION_SECS;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(email.to_string(), end);
    }

    /// How many users there are; for those who are logged in.
    pub fn count(&self, email: &str) -> Result<usize, AppError> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        match sessions.get(email) {
            Some(end) if self.clock.now() < *end => Ok(self
                .users
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .len()),
            _ => Err(AppError::Unauthorized),
        }
    }
}
