//! Namespaces of processes, and the supervisors that stand by in them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use patterns_tui::cargo::process::Terms;
use patterns_tui::cargo::{Ending, Invocation, Standby};
use patterns_tui::check::Cause;
use patterns_tui::confine::{Limits, Supervisor};
use tokio_util::sync::CancellationToken;

use crate::support::{
    Bench, exercise, long_time, processes_that_know, processes_with, supervisor, wait_until,
};

const TESTS: &str = "#[test] fn runs() { ex::run() }";

fn are_granted() -> bool {
    Supervisor::from(supervisor()).makes_namespaces()
}

/// A supervisor that makes a namespace for this script.
fn namespace(program: &Path, script: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["__supervise", "--namespace", "--", "sh", "-c", script]).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the script prints; `None` if there is no namespace for it.
fn said(mut command: Command) -> Option<Vec<String>> {
    let mut child = command.spawn().unwrap();
    let control = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(control);
    let is_refused = String::from_utf8_lossy(&output.stderr).starts_with("cannot start: ");
    (!is_refused).then(|| String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn a_child_sees_itself_by_the_number_that_it_has_and_nobody_outside() {
    if are_granted() {
        let script = "echo $$; sed -n 's/^Pid:\t//p' /proc/$$/status; ls -d /proc/[0-9]* | wc -l";
        let said = said(namespace(&supervisor(), script)).unwrap();
        assert_eq!(said[0], said[1]);
        assert!(said[2].parse::<u32>().unwrap() <= 4, "the first, the shell, `ls` and `wc`: {said:?}");
    }
}

#[test]
fn orphans_that_died_do_not_keep_their_numbers() {
    if are_granted() {
        let script = "for i in 1 2 3 4 5 6 7 8 9; do (sleep 0.01 & sleep 0.01 &); done; sleep 0.1
            for i in $(seq 100); do grep -q '^State:.Z' /proc/[0-9]*/status 2>/dev/null || break; sleep 0.05; done
            [ $i -lt 100 ] && echo buried";
        assert_eq!(said(namespace(&supervisor(), script)).unwrap(), ["buried"]);
    }
}

/// Root is not everybody: others need a namespace of users as well, in which they stay who they are and can do no more.
#[test]
fn whoever_is_not_root_stays_who_it_is_and_can_do_no_more() {
    let is_root = fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t0\t");
    if !is_root {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = place.path().join("program");
    fs::copy(supervisor(), &program).unwrap();
    let script = "id -u; id -g; tr -s ' ' < /proc/self/uid_map; grep -E '^Cap(Prm|Eff|Amb|Inh)' /proc/self/status; cat /proc/1/environ";
    let mut command = namespace(&program, script);
    command.uid(1234).gid(1234);
    // Some systems grant it to root alone.
    if let Some(said) = said(command) {
        assert_eq!((said[0].as_str(), said[1].as_str(), said[2].trim()), ("1234", "1234", "1234 1234 1"));
        let rights: Vec<_> = said[3..].iter().map(|line| line.split_once(':').unwrap().1.trim()).collect();
        assert_eq!(rights, ["0000000000000000"; 4], "and the first process tells nothing of itself");
    }
}

#[tokio::test]
async fn the_tree_dies_when_its_supervisor_is_killed() {
    let sleep = format!("sleep {}", long_time(72_002));
    let sleeping = || processes_with(&sleep).iter().filter(|line| line.trim() == sleep).count();
    if are_granted() {
        let script = format!("(env -i setsid {sleep} &) ; exec env -i {sleep}");
        let mut child = namespace(&supervisor(), &script).spawn().unwrap();
        wait_until("two processes sleep", || sleeping() == 2).await;
        child.kill().unwrap();
        wait_until("none is left", || sleeping() == 0).await;
        child.wait().unwrap();
    }
}

#[tokio::test]
async fn a_standby_starts_what_it_is_told_and_is_not_offered_when_it_is_dead() {
    let mark = long_time(72_003);
    let invocation = || Invocation::new("").variable("MARK", &mark).variable("TMPDIR", "/before");
    let start = || Standby::start(invocation(), &supervisor().into(), Limits::default()).unwrap();
    let told = Invocation { program: "/bin/sh".into(), ..invocation() };
    let told = told.variable("TMPDIR", "/after").arguments(["-c", "echo $MARK $TMPDIR; exit 7"]);
    let mut standby = start();
    assert!(standby.suits(&told, Limits::default()));
    assert!(!standby.suits(&told.clone().directory(Path::new("/tmp")), Limits::default()));
    assert!(!standby.suits(&told, Limits { open_files: Some(64), ..Limits::default() }));
    let terms = Terms { deadline: None, limits: Limits::default(), cancel: CancellationToken::new() };
    let gathered = standby.run(&told, terms).gather(1024).await;
    assert_eq!(gathered.ending, Ending::Code(7), "{gathered:?}");
    assert_eq!(gathered.stdout.text(), format!("{mark} /after\n"));

    let mut standby = start();
    wait_until("it stands by", || !processes_that_know(&mark).is_empty()).await;
    for (pid, _) in processes_that_know(&mark) {
        Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
    }
    wait_until("it is not offered", || !standby.suits(&told, Limits::default())).await;
}

#[tokio::test]
async fn tests_are_started_by_those_who_stood_by_while_they_were_built() {
    let Some(bench) = Bench::with_namespaces() else { return };
    let sleep = long_time(72_004);
    let run = format!(
        "pub fn run() {{ let _ = std::process::Command::new(\"sleep\").arg(\"{sleep}\").status(); }}"
    );
    let cancel = CancellationToken::new();
    let check = bench.check_until(exercise(&run, TESTS, &["runs"]), &cancel);
    let look = async {
        wait_until("the test runs", || !processes_with(&sleep).is_empty()).await;
        let processes = processes_that_know(bench.home.path().to_str().unwrap());
        let supervisors =
            processes.iter().map(|(_, line)| line.trim()).filter(|line| line.contains("__supervise --n"));
        let supervisors: Vec<_> = supervisors.collect();
        assert!(supervisors.iter().any(|line| line.ends_with("--later")), "{supervisors:?}");
        cancel.cancel();
    };
    tokio::join!(check, look);
}

#[tokio::test]
async fn nobody_stands_by_for_tests_that_cannot_be_built() {
    let Some(bench) = Bench::with_namespaces() else { return };
    let home = bench.home.path().to_str().unwrap();
    let standbys = || processes_that_know(home).iter().filter(|(_, line)| line.contains("--later")).count();
    let cancel = CancellationToken::new();
    let check = bench.check_until(exercise("pub fn run() { nonsense }", TESTS, &["runs"]), &cancel);
    let (judged, ()) = tokio::join!(check, wait_until("somebody stands by", || standbys() > 0));
    assert_eq!(judged.report.cause, Some(Cause::DidNotCompile));
    wait_until("all that the check started is gone", || processes_that_know(home).is_empty()).await;
}

/// What the system grants can be used up later than when it was tried.
#[test]
fn a_supervisor_without_the_namespace_that_it_was_promised_says_so() {
    if are_granted() {
        let script =
            "echo 0 > /proc/sys/user/max_pid_namespaces && exec \"$0\" __supervise --namespace -- true";
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", script]).arg(supervisor()).stdin(Stdio::piped());
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            said.starts_with("cannot start: the system grants no more namespaces of processes"),
            "{said}"
        );
        assert_eq!(output.status.code(), Some(126));
    }
}
