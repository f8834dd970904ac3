//! The supervisor by itself: it ends as its child ended, and its child does not outlive the one who asked for it.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

use patterns_tui::confine::{Call, Supervisor, frame};

use crate::support::supervisor;

fn start(options: &[&str], script: &str) -> Child {
    command(options, &["--", "sh", "-c", script]).spawn().unwrap()
}

fn command(options: &[&str], words: &[&str]) -> Command {
    let mut command = Command::new(supervisor());
    command.arg("__supervise").args(options).args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The ways in which this system lets a supervisor hold its tree.
fn ways() -> Vec<&'static [&'static str]> {
    let namespaces = Supervisor::from(supervisor()).makes_namespaces();
    let ways: [&[&str]; 2] = [&[], &["--namespace"]];
    ways[..=usize::from(namespaces)].to_vec()
}

/// Waits for the end while the control pipe is held.
fn finish(mut child: Child) -> Output {
    let _control = child.stdin.take();
    child.wait_with_output().unwrap()
}

#[test]
fn the_exit_code_is_passed_on() {
    for way in ways() {
        for code in [0, 1, 7, 255] {
            assert_eq!(finish(start(way, &format!("exit {code}"))).status.code(), Some(code));
        }
    }
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let output = Command::new(supervisor())
        .args(["__supervise", "--", "/no/such/program"])
        .stdin(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(126));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("cannot start: /no/such/program: "));
}

#[test]
fn the_signal_is_passed_on() {
    use std::os::unix::process::ExitStatusExt;
    for way in ways() {
        for (name, number) in [("ABRT", 6), ("KILL", 9), ("SEGV", 11), ("TERM", 15)] {
            let status = finish(start(way, &format!("kill -{name} $$"))).status;
            assert_eq!(status.signal(), Some(number), "{name} {way:?}");
        }
    }
}

#[test]
fn limits_hold_for_the_child() {
    let output = finish(start(&["--files=64", "--file-size=1048576"], "ulimit -n; ulimit -f; ulimit -c"));
    let text = String::from_utf8(output.stdout).unwrap();
    let limits: Vec<_> = text.lines().collect();
    assert_eq!((limits[0], limits[2]), ("64", "0"));
    assert!(["1024", "2048"].contains(&limits[1]), "blocks of 1024 or 512 bytes: {}", limits[1]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_child_has_no_terminal() {
    for way in ways() {
        let mut child = start(way, "cat /proc/self/stat; exec 2>&1; : > /dev/tty && echo reached");
        let control = child.stdin.take();
        let text = std::io::read_to_string(child.stdout.take().unwrap()).unwrap();
        // The session and its terminal are the sixth field and the seventh; the second ends with a bracket: `proc_pid_stat(5)`.
        let fields = |stat: &str| {
            let fields: Vec<_> =
                stat.rsplit_once(") ").unwrap().1.split(' ').skip(3).map(str::to_owned).collect();
            (fields[0].clone(), fields[1].clone())
        };
        let own = child.id().to_string();
        let supervisor = std::fs::read_to_string(format!("/proc/{own}/stat")).unwrap();
        assert_eq!(fields(&supervisor), (own.clone(), "0".into()), "it leads a session that has no terminal");
        // In a namespace there is no number for who stands outside.
        let leader = if way.is_empty() { own } else { "0".into() };
        assert_eq!(fields(&text), (leader, "0".into()));
        assert!(!text.contains("reached"), "{text}");
        drop(control);
        child.wait().unwrap();
    }
}

#[test]
fn input_is_passed_on_in_frames() {
    for way in ways() {
        let mut child = start(&[way, &["--stdin"]].concat(), "cat; echo end");
        let mut control = child.stdin.take().unwrap();
        for text in ["one\n", "two\n", ""] {
            control.write_all(&frame(text.as_bytes())).unwrap();
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "one\ntwo\nend\n");
        drop(control);
    }
}

#[test]
fn what_is_started_can_be_told_later() {
    for way in ways() {
        let mut child = command(&[way, &["--stdin"]].concat(), &["--later"]).spawn().unwrap();
        let mut control = child.stdin.take().unwrap();
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("here"), "").unwrap();
        let call = Call {
            directory: place.path().into(),
            variables: vec![("SAID".into(), "a b".into())],
            program: "sh".into(),
            arguments: vec!["-c".into(), "cat; echo $SAID; ls; exit 3".into()],
        };
        for told in [&call.to_bytes()[..], b"input\n", b""] {
            control.write_all(&frame(told)).unwrap();
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "input\na b\nhere\n");
        assert_eq!(output.status.code(), Some(3));
        drop(control);
    }
}

#[test]
fn a_supervisor_that_is_told_nothing_ends_without_a_word() {
    for way in ways() {
        let output = command(way, &["--later"]).spawn().unwrap().wait_with_output().unwrap();
        assert!(output.status.success());
        assert_eq!((output.stdout, output.stderr), (Vec::new(), Vec::new()));
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_tree_dies_with_the_one_who_holds_the_control_pipe() {
    use crate::support::{long_time, processes_with, wait_until};
    let sleep = format!("sleep {}", long_time(72_001));
    let sleeping = || processes_with(&sleep).iter().filter(|line| line.trim() == sleep).count();
    for way in ways() {
        let child = start(way, &format!("trap '' TERM HUP; (setsid {sleep} &) ; {sleep}"));
        wait_until("two processes sleep", || sleeping() == 2).await;
        drop(child);
        wait_until("none is left", || processes_with(&sleep).is_empty()).await;
    }
}
