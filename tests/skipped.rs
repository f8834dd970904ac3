//! Tests that need a server, from outside: skipped with how to start one, run where there is one, never counted as passed.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::net::TcpListener;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

/// The program on the pack whose exercise has a test that needs a server.
fn check(home: &TempDir, arguments: &[&str]) -> Command {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/served");
    let mut command = Command::cargo_bin("patterns-tui").unwrap();
    for name in ["DATABASE_URL", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "LC_ALL", "LC_CTYPE"] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8").env("PATTERNS_TUI_HOME", home.path()).env("ANOTHER_URL", "x");
    command.current_dir(home.path()).arg("check").arg("keep").args(arguments).arg("--pack").arg(pack);
    command
}

fn verdict(output: &[u8]) -> Value {
    let last = output.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap();
    serde_json::from_slice(last).unwrap()
}

#[test]
fn without_a_server_its_tests_are_skipped_and_the_rest_decides() {
    let home = tempfile::tempdir().unwrap();
    check(&home, &["--solution"])
        .assert()
        .success()
        .stdout(contains("✓ memory_keeps_it").and(contains("— the_server_keeps_it   skipped")))
        .stdout(contains("1 test skipped: needs a server: DATABASE_URL is not set"))
        .stdout(contains("docker run --rm -p 5432:5432 postgres"))
        .stdout(contains("✓ keep passed: 1 test, 1 skipped"));
    check(&home, &[]).assert().code(1).stdout(contains("keep failed: 0 of 2 tests passed, 1 skipped"));
    let junit = check(&home, &["--solution", "--format", "junit"]).assert().success();
    junit
        .stdout(contains(r#"tests="2" failures="0" errors="0" skipped="1""#))
        .stdout(contains("<skipped message=\"needs a server: DATABASE_URL is not set&#10;docker run"));
    let json = check(&home, &["--solution", "--format", "json"]).assert().success().get_output().clone();
    let verdict = verdict(&json.stdout);
    assert_eq!(verdict["verdict"], "passed");
    assert_eq!(verdict["tests"][0]["outcome"], "passed");
    assert_eq!(verdict["tests"][1]["outcome"], "skipped");
    assert!(verdict["tests"][1]["message"].as_str().unwrap().contains("docker run"));
}

#[test]
fn with_a_server_its_tests_run_and_they_alone_know_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://me:secret@{}/db", server.local_addr().unwrap());
    check(&home, &["--solution"])
        .env("DATABASE_URL", &url)
        .assert()
        .success()
        .stdout(contains("✓ keep passed: all 2 tests"));
    check(&home, &[])
        .env("DATABASE_URL", &url)
        .assert()
        .code(1)
        .stdout(contains("keep failed: 0 of 2 tests passed").and(contains("skipped").not()));
    drop(server);
    check(&home, &["--solution"])
        .env("DATABASE_URL", &url)
        .assert()
        .success()
        .stdout(contains("nothing answers at 127.0.0.1:").and(contains("secret").not()));
}
