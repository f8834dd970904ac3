//! How many processes and threads a run may have at a time.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use patterns_tui::check::Outcome;
use patterns_tui::confine::{CROWDED, Holds, NO_NAMESPACE, how_tasks_are_limited};

use crate::support::{Bench, exercise, long_time, processes_with, supervisor};

/// What a supervisor with these options prints of this script.
fn said(program: &Path, user: Option<u32>, options: &[&str], script: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.arg("__supervise").args(options).args(["--", "sh", "-c", script]).current_dir("/");
    if let Some(user) = user {
        command.uid(user).gid(user);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let control = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(control);
    let is_refused = String::from_utf8_lossy(&output.stderr).contains(NO_NAMESPACE);
    (!is_refused).then(|| String::from_utf8(output.stdout).unwrap())
}

/// Starts up to forty processes and counts those that could be; the shell ends at the first that cannot.
const CROWD: &str = "for i in $(seq 40); do sleep 60 & echo $i; done";

fn is_limited() -> bool {
    how_tasks_are_limited(&supervisor().into()) == Holds::Yes
}

#[test]
fn no_more_are_started_than_a_namespace_may_hold() {
    if is_limited() {
        let said = said(&supervisor(), None, &["--namespace", "--tasks=20"], CROWD).unwrap();
        assert_eq!(said.lines().count(), 19, "and the shell: {said}");
    }
}

/// Root is limited in another way than everybody else.
#[test]
fn nor_by_somebody_who_is_not_root() {
    let is_root = fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t0\t");
    if !is_root || !is_limited() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = place.path().join("program");
    fs::copy(supervisor(), &program).unwrap();
    // Some systems grant namespaces to root alone.
    if let Some(said) = said(&program, Some(1234), &["--namespace", "--tasks=20"], CROWD) {
        assert_eq!(said.lines().count(), 19, "and the shell: {said}");
    }
}

#[test]
fn without_a_namespace_there_is_room_for_what_is_started_elsewhere() {
    let script = "nice; sed -n 's/^Max processes *[^ ]* *\\([^ ]*\\) .*/\\1/p' /proc/self/limits";
    let said = |options: &[&str]| {
        let said = said(&supervisor(), None, options, script).unwrap();
        let (nice, most) = said.trim().split_once('\n').unwrap();
        (nice.parse::<u32>().unwrap(), most.parse().unwrap_or(u32::MAX))
    };
    let (usual, limited) = (said(&[]), said(&["--tasks=20", "--nice=5"]));
    assert_eq!(limited.0, (usual.0 + 5).min(19), "it gives way to whoever will end it");
    if usual.1 > 50_000 {
        assert!((20 + 512..usual.1).contains(&limited.1), "{limited:?}, {usual:?}");
    }
}

/// Whether the system tells how many tasks there are, as some containers do not.
fn are_tasks_told() -> bool {
    let are = fs::read_to_string("/proc/loadavg").is_ok_and(|text| text.contains('/'));
    if !are {
        eprintln!("crowds are not seen: the system does not tell how many tasks there are");
    }
    are
}

#[test]
fn where_the_kernel_does_not_limit_a_tree_a_crowd_is_stopped() {
    if !are_tasks_told() {
        return;
    }
    let start = |options: &[&str], script: &str| {
        let mut command = Command::new(supervisor());
        command.arg("__supervise").args(options).args(["--", "sh", "-c", script]).current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let sleep = format!("sleep {}", long_time(72_101));
    // Half of them leave the child's group. Other tests start and end processes meanwhile, too.
    let crowd = format!("for i in $(seq 200); do {sleep} & setsid {sleep} & done; sleep 30");
    let mut child = start(&["--tasks=30"], &crowd);
    let control = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(control);
    assert_eq!(output.status.signal(), Some(9), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).ends_with(&format!("{CROWDED}\n")), "{output:?}");
    assert!(processes_with(&sleep).is_empty());
    let few = "for i in $(seq 10); do sleep 0.1 & done; wait; echo all";
    let mut child = start(&["--tasks=30"], few);
    let control = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(control);
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(0), &b"all\n"[..]));
}

#[tokio::test]
async fn code_that_starts_ever_more_is_refused_and_an_honest_crowd_is_not() {
    if !is_limited() {
        return;
    }
    let library = "
        use std::thread;
        pub fn crowd(size: usize) {
            let threads: Vec<_> = (0..size).map(|_| thread::spawn(thread::park)).collect();
            for thread in threads { thread.thread().unpark(); thread.join().unwrap(); }
        }";
    let tests = "
        #[test] fn honest() { ex::crowd(200) }
        #[test] fn endless() { ex::crowd(10_000) }";
    let judged = Bench::new().check(exercise(library, tests, &["honest", "endless"])).await;
    assert_eq!(judged.outcomes(), [("honest", Outcome::Passed), ("endless", Outcome::Failed)]);
    let why = judged.test("endless").message.as_deref().unwrap();
    assert!(why.contains("processes and threads at a time"), "{why}");
}

#[tokio::test]
async fn a_crowd_that_is_stopped_is_told_as_such() {
    if !are_tasks_told() {
        return;
    }
    let library = "pub fn crowd() {
            for _ in 0..10_000 { std::process::Command::new(\"sleep\").arg(\"600\").spawn().unwrap(); }
        }";
    let tests = "#[test] fn starts_ever_more() { ex::crowd() } #[test] fn starts_nothing() {}";
    let mut exercise = exercise(library, tests, &["starts_ever_more", "starts_nothing"]);
    exercise.limits.test = Duration::from_mins(1);
    let judged = Bench::without_namespaces().check(exercise).await;
    let expected = [("starts_ever_more", Outcome::Crashed), ("starts_nothing", Outcome::Passed)];
    assert_eq!(judged.outcomes(), expected, "{:?}", judged.report);
    let why = judged.test("starts_ever_more").message.as_deref().unwrap();
    assert!(why.contains("processes at a time"), "{why}");
}
