//! Orphans on Linux: processes that left the child's group and whose parents died come to the supervisor, and die here.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::thread;
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, setpriority_process, wait};

/// Kills and reaps every descendant of this process until none is left. They are stopped before they are killed: processes
/// that start others for each that dies are many at all times, but none that is stopped starts another.
pub(super) fn kill_all() {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some(_)) | Err(Errno::INTR) => {}
            Ok(None) => {
                go_first();
                stop(descendants);
                descendants().into_iter().for_each(kill);
                // A killed process is not dead at once; a round is repeated until there is nothing to wait for.
                thread::sleep(Duration::from_micros(200));
            }
            Err(_) => return,
        }
    }
}

/// Where the system lets it, as it lets root, takes the processor before a thousand others that want it: each session has the same
/// share of it, and code under judgement can make as many sessions as it likes.
fn go_first() {
    let _ = fs::write("/proc/self/autogroup", "-20");
    let _ = setpriority_process(None, -20);
}

/// Stops what is found until nothing else is found, twice, for what has only just begun may not be seen the first time.
pub(super) fn stop(find: impl Fn() -> Vec<Pid>) {
    let mut stopped = HashSet::new();
    let mut quiet = 0;
    for _ in 0..ROUNDS {
        let known = stopped.len();
        for pid in find() {
            if stopped.insert(pid) {
                let _ = kill_process(pid, Signal::STOP);
            }
        }
        quiet = if stopped.len() == known { quiet + 1 } else { 0 };
        if quiet == 2 {
            return;
        }
    }
}

/// More than a tree that grows needs until all of it is stopped; the one that does not come to rest is killed as it is.
const ROUNDS: usize = 1000;

fn kill(pid: Pid) {
    let _ = kill_process(pid, Signal::KILL);
}

/// All that descends from this process, as every process's own status tells it.
pub(super) fn descendants() -> Vec<Pid> {
    let mut children: HashMap<Pid, Vec<Pid>> = HashMap::new();
    for pid in shown() {
        if let Some(parent) = parent_of(pid) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = children.remove(&getpid()).unwrap_or_default();
    let mut at = 0;
    while let Some(pid) = found.get(at) {
        found.extend(children.remove(pid).unwrap_or_default());
        at += 1;
    }
    found
}

/// All that `/proc` shows.
pub(super) fn shown() -> Vec<Pid> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes.flatten().filter_map(|entry| read_pid(entry.file_name().to_str()?)).collect()
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
    fn children_of_children_are_found() {
        let mut child = std::process::Command::new("sh").args(["-c", "sleep 60 & wait"]).spawn().unwrap();
        let pid = Pid::from_child(&child);
        let grandchild = || descendants().into_iter().find(|found| parent_of(*found) == Some(pid));
        while grandchild().is_none() {
            thread::yield_now();
        }
        assert!(descendants().contains(&pid));
        kill(grandchild().unwrap());
        child.wait().unwrap();
        assert!(!descendants().contains(&pid));
    }
}
