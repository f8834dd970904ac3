//! How many processes and threads a tree may have at a time, on Linux. The kernel counts both alike, as tasks.
//!
//! Only the kernel can hold that: thousands of tasks that want the processor leave too little of it to whoever would count them.

use std::{fs, io};

use rustix::process::{Resource, geteuid};
use rustix::system::uname;

use super::report::Holds;
use super::tree;

/// The tasks of this program in a namespace of users: the supervisor and the first process, with two threads each.
const OURS: u64 = 4;

/// What the same user may start elsewhere while a tree runs whose tasks are counted among theirs.
const OTHERS: u64 = 512;

/// Whether a namespace of users counts the tasks of its own apart: `RLIMIT_NPROC` does from Linux 5.14 on (its commit 21d1c5e386bc).
pub(super) fn users_are_counted_apart() -> bool {
    is_since((5, 14))
}

/// Whether a namespace of processes has a number of its own that none of its processes can have: from Linux 6.14 on (its commit
/// 7863dcc72d0f). Before, the one in `/proc` is that of the whole system.
pub(super) fn namespace_has_its_own_end() -> bool {
    is_since((6, 14))
}

/// What to write to `/proc/sys/kernel/pid_max` so that this many tasks fit, and the thread of the first process that has not number 1.
pub(super) fn end_of_numbers(tasks: u64) -> u64 {
    RESERVED + 1 + tasks
}

/// Below this the kernel gives no number a second time (`RESERVED_PIDS` in its `kernel/pid.c`).
pub(super) const RESERVED: u64 = 300;

/// Limits this process and all that it will start, whose tasks are counted apart from all others or among all of the same user. Root
/// is not limited (`getrlimit(2)`).
pub(super) fn limit(tasks: u64, apart: bool) -> io::Result<()> {
    let ours = if apart { OURS } else { running()? + OTHERS };
    tree::set(Resource::Nproc, Some(ours + tasks))
}

/// Whether the limit holds for this user, in a namespace or without one: closely, or among what all have.
pub(super) fn holds(in_namespace: bool) -> Holds {
    match (geteuid().is_root(), in_namespace) {
        (true, true) if namespace_has_its_own_end() => Holds::Yes,
        (true, _) => Holds::No,
        (false, true) if users_are_counted_apart() => Holds::Yes,
        (false, _) => Holds::Partly,
    }
}

/// The tasks of all users: the second number of the fourth field in `proc_loadavg(5)`.
fn running() -> io::Result<u64> {
    let text = fs::read_to_string("/proc/loadavg")?;
    let all = text.split(' ').nth(3).and_then(|tasks| tasks.split_once('/')?.1.parse().ok());
    all.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

fn is_since(version: (u32, u32)) -> bool {
    uname().release().to_str().ok().and_then(read_version).is_some_and(|kernel| kernel >= version)
}

fn read_version(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split(|letter: char| !letter.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_s_version_is_read() {
        assert_eq!(read_version("6.8.0-45-generic"), Some((6, 8)));
        assert_eq!(read_version("5.14-rc1"), Some((5, 14)));
        assert_eq!(read_version("unknown"), None);
        assert!((6, 8) < (6, 14) && (5, 15) < (6, 1));
    }

    #[test]
    fn there_are_tasks() {
        assert!(running().unwrap() > 1);
    }
}
