//! Orphans on Linux: processes that left the child's group and whose parents died come to the supervisor, and die here.

use std::fs;
use std::thread;
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, wait};

/// Kills and reaps every child of this process until none is left. Their own children become ours as they die, and are
/// killed in the next round.
pub(super) fn kill_all() {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some(_)) | Err(Errno::INTR) => {}
            Ok(None) => kill_round(),
            Err(_) => return,
        }
    }
}

fn kill_round() {
    let listed = listed_children();
    let children = if listed.is_empty() { scanned_children() } else { listed };
    for child in children {
        let _ = kill_process(child, Signal::KILL);
    }
    // A killed process is not dead at once; a round is repeated until there is nothing to wait for.
    thread::sleep(Duration::from_micros(200));
}

/// The children as the kernel lists them, where it was built to.
fn listed_children() -> Vec<Pid> {
    let Ok(tasks) = fs::read_dir("/proc/self/task") else { return Vec::new() };
    tasks
        .flatten()
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|list| list.split_ascii_whitespace().filter_map(read_pid).collect::<Vec<_>>())
        .collect()
}

/// The children as every process's own status tells them: slower, always there.
fn scanned_children() -> Vec<Pid> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let me = getpid();
    processes
        .flatten()
        .filter_map(|entry| read_pid(entry.file_name().to_str()?))
        .filter(|pid| parent_of(*pid) == Some(me))
        .collect()
}

fn parent_of(pid: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // The name stands in parentheses and may hold any character; the state and the parent follow the last one.
    let parent = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(1)?;
    read_pid(parent)
}

fn read_pid(text: &str) -> Option<Pid> {
    Pid::from_raw(text.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_find_a_child() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let pid = Pid::from_child(&child);
        let scanned = scanned_children();
        let listed = listed_children();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(scanned.contains(&pid));
        assert!(listed.is_empty() || listed.contains(&pid));
    }
}
