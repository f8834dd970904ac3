//! What tests need that not every machine has: a server that answers where a variable says, or the tests are skipped.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use crate::cargo::Environment;
use crate::pack::{Exercise, Need};

/// How long a server has to accept a connection; it stands on this machine.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the tests of an exercise need, and what of it is there.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    /// The variables that a test gets to see, by its name.
    variables: BTreeMap<String, Vec<(String, OsString)>>,
    /// Why a test is skipped, by its name.
    skipped: BTreeMap<String, String>,
}

impl Needs {
    /// Looks for everything that the tests of an exercise need.
    pub(super) async fn find(exercise: &Exercise, environment: &Environment) -> Self {
        let mut needs = Self::default();
        for need in &exercise.needs {
            match look(need, environment).await {
                Ok(value) => {
                    for test in &need.tests {
                        let variable = (need.env.clone(), value.clone());
                        needs.variables.entry(test.clone()).or_default().push(variable);
                    }
                }
                Err(why) => {
                    for test in &need.tests {
                        needs.skipped.entry(test.clone()).or_insert_with(|| why.clone());
                    }
                }
            }
        }
        needs
    }

    /// The variables that this test gets to see beside those that all see.
    pub(super) fn variables(&self, test: &str) -> &[(String, OsString)] {
        self.variables.get(test).map_or(&[], Vec::as_slice)
    }

    /// Why this test is skipped, if it is: in one line, and then what to do.
    pub(super) fn why_skipped(&self, test: &str) -> Option<&str> {
        self.skipped.get(test).map(String::as_str)
    }
}

async fn look(need: &Need, environment: &Environment) -> Result<OsString, String> {
    let Need { env, how, .. } = need;
    let Some(value) = environment.get(env).filter(|value| !value.is_empty()) else {
        return Err(format!("needs a server: {env} is not set\n{how}"));
    };
    let Some(address) = value.to_str().and_then(address) else { return Ok(value.to_owned()) };
    let asked = address.clone();
    if tokio::task::spawn_blocking(move || answers(&asked)).await.unwrap_or(false) {
        return Ok(value.to_owned());
    }
    // What was asked is named, and nothing else of the variable: it may hold a password.
    Err(format!("needs a server: nothing answers at {address}, where {env} says\n{how}"))
}

/// Whether somebody accepts connections there.
fn answers(address: &str) -> bool {
    let addresses = address.to_socket_addrs().into_iter().flatten();
    addresses.take(2).any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
}

/// `host:port` in a URL; `None` where there is none, as for a socket in the file system.
fn address(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.is_empty() {
        return None;
    }
    // In brackets, colons belong to the host.
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    if port.is_some() {
        return Some(host.to_owned());
    }
    let port = match scheme {
        "postgres" | "postgresql" => 5432,
        "redis" | "rediss" => 6379,
        "mysql" | "mariadb" => 3306,
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    Some(format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::sandbox::testing;

    fn exercise() -> Exercise {
        let mut exercise = testing::pack().exercises[0].clone();
        let need = |env: &str, tests: &[&str]| Need {
            env: env.to_owned(),
            tests: tests.iter().map(|test| (*test).to_owned()).collect(),
            how: "start one".to_owned(),
        };
        exercise.needs = vec![need("DATABASE_URL", &["stores", "both"]), need("REDIS_URL", &["both"])];
        exercise
    }

    #[tokio::test]
    async fn a_test_sees_what_it_needs_and_nothing_else() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("postgres://me:secret@{}/db", server.local_addr().unwrap());
        let environment =
            [("DATABASE_URL", url.as_str()), ("REDIS_URL", ""), ("TOKEN", "x")].into_iter().collect();
        let needs = Needs::find(&exercise(), &environment).await;
        assert_eq!(needs.variables("stores"), [("DATABASE_URL".to_owned(), url.into())]);
        assert_eq!(needs.variables("pure"), []);
        assert_eq!((needs.why_skipped("stores"), needs.why_skipped("pure")), (None, None));
        assert_eq!(needs.why_skipped("both"), Some("needs a server: REDIS_URL is not set\nstart one"));
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_is_none() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("redis://me:secret@{free}/");
        let environment = [("DATABASE_URL", "postgres:///db"), ("REDIS_URL", &url)].into_iter().collect();
        let needs = Needs::find(&exercise(), &environment).await;
        assert_eq!(needs.why_skipped("stores"), None, "a socket in the file system is not looked for");
        let why = needs.why_skipped("both").unwrap();
        assert!(why.contains(&free.to_string()) && !why.contains("secret"), "{why}");
    }

    #[test]
    fn the_address_of_a_url() {
        for (url, expected) in [
            ("postgres://u:p@db.example/app", Some("db.example:5432")),
            ("postgres://localhost:5433/app?sslmode=disable", Some("localhost:5433")),
            ("redis://127.0.0.1", Some("127.0.0.1:6379")),
            ("redis://[::1]:6380/1", Some("[::1]:6380")),
            ("redis://[::1]/1", Some("[::1]:6379")),
            ("postgres:///db?host=/run", None),
            ("sqlite::memory:", None),
            ("other://host", None),
        ] {
            assert_eq!(address(url).as_deref(), expected, "{url}");
        }
    }
}
