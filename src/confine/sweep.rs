//! The last resort: a supervisor that was killed itself can kill nobody, so its processes are found by a mark.

#[cfg(target_os = "linux")]
use rustix::process::{Pid, Signal, kill_process};

/// The environment variable that marks every process of a run with the run's own value.
pub const RUN_VARIABLE: &str = "PATTERNS_TUI_RUN";

/// Kills every process whose environment carries this run's mark. Linux alone tells environments.
#[cfg(target_os = "linux")]
pub fn sweep(run: &str) {
    let mark = format!("{RUN_VARIABLE}={run}");
    super::orphans::stop(|| marked(mark.as_bytes()));
    // A process may start another between the look and the kill, and one that has just begun a program shows no environment
    // yet: look until nothing is found twice.
    let mut quiet = 0;
    for _ in 0..100 {
        let marked = marked(mark.as_bytes());
        quiet = if marked.is_empty() { quiet + 1 } else { 0 };
        if quiet == 2 {
            return;
        }
        for pid in marked {
            let _ = kill_process(pid, Signal::KILL);
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// Does nothing where the system does not tell the environments of processes.
#[cfg(not(target_os = "linux"))]
pub fn sweep(_run: &str) {}

#[cfg(target_os = "linux")]
fn marked(mark: &[u8]) -> Vec<Pid> {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid: &i32| {
            // A dead process that nobody has reaped has an empty environment and is not found.
            std::fs::read(format!("/proc/{pid}/environ"))
                .is_ok_and(|environment| environment.split(|byte| *byte == 0).any(|entry| entry == mark))
        })
        .filter_map(Pid::from_raw)
        .collect()
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_marked_process_is_killed() {
        let run = format!("test-{}", std::process::id());
        let start = |value: &str| {
            std::process::Command::new("sleep").arg("60").env(RUN_VARIABLE, value).spawn().unwrap()
        };
        let mut marked = start(&run);
        let mut other = start("another");
        // Whoever started a program goes on before the kernel shows its environment.
        while self::marked(format!("{RUN_VARIABLE}={run}").as_bytes()).is_empty() {
            std::thread::yield_now();
        }
        sweep(&run);
        assert!(!marked.wait().unwrap().success());
        assert_eq!(other.try_wait().unwrap(), None);
        other.kill().unwrap();
        other.wait().unwrap();
    }
}
