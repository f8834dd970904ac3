//! How many processes and threads a tree may have at a time, on Linux. The kernel counts both alike, as tasks.
//!
//! Only the kernel can hold that at all times: thousands of tasks that want the processor leave too little of it to whoever counts them,
//! which is done where the kernel does not ([`super::watch`]).

use std::{fs, io};

use rustix::process::{Resource, geteuid};
use rustix::system::uname;
use rustix::thread::{CapabilitySet, capabilities};

use super::report::Holds;
use super::tree;

/// The tasks of this program in a namespace of users: the supervisor and the first process, with two threads each.
const OURS: u64 = 4;

/// What the same user may start elsewhere while a tree runs whose tasks are counted among theirs.
const OTHERS: u64 = 512;

/// Whether `RLIMIT_NPROC` counts the tasks of a namespace of users apart from all others.
pub(super) fn users_are_counted_apart() -> bool {
    version() >= COUNTED_APART
}

/// Whether a namespace of processes has a number of its own that none of its processes can have. Before, the one in `/proc` is that of
/// the whole system.
pub(super) fn namespace_has_its_own_end() -> bool {
    version() >= OWN_END
}

/// What to write to `/proc/sys/kernel/pid_max` so that this many tasks fit, and the thread of the first process that has not number 1.
pub(super) fn end_of_numbers(tasks: u64) -> u64 {
    RESERVED + 1 + tasks
}

/// Below this the kernel gives no number a second time (`RESERVED_PIDS` in its `kernel/pid.c`).
pub(super) const RESERVED: u64 = 300;

/// Limits this process and all that it will start, whose tasks are counted apart from all others or among all of the same user. The
/// machine's root is not limited (`getrlimit(2)`), nor is anybody where it is not known how many tasks there are.
pub(super) fn limit(tasks: u64, apart: bool) -> io::Result<()> {
    let ours = if apart { Some(OURS) } else { running().map(|running| running + OTHERS) };
    tree::set(Resource::Nproc, ours.map(|ours| ours + tasks))
}

/// Whether the limit holds for this user, in a namespace or without one: closely, or among what all have.
pub(super) fn holds(in_namespace: bool) -> Holds {
    let rights = CapabilitySet::SYS_ADMIN | CapabilitySet::SYS_RESOURCE;
    let privileged =
        geteuid().is_root() || capabilities(None).is_ok_and(|sets| sets.effective.intersects(rights));
    let loosely = if running().is_some() { Holds::Partly } else { Holds::No };
    held(privileged, in_namespace, version(), loosely)
}

/// The same, of somebody who may need no namespace of users, on a kernel of this version.
fn held(privileged: bool, in_namespace: bool, version: Version, loosely: Holds) -> Holds {
    match (privileged, in_namespace) {
        (true, true) if version >= OWN_END => Holds::Yes,
        (true, _) => Holds::No,
        (false, true) if version >= COUNTED_APART => Holds::Yes,
        (false, _) => loosely,
    }
}

/// The tasks of all users: the second number of the fourth field in `proc_loadavg(5)`, which a container may not show.
pub(super) fn running() -> Option<u64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').nth(3)?.split_once('/')?.1.parse().ok()
}

/// A kernel's first two numbers.
type Version = (u32, u32);

/// The first kernel in which a namespace of users counts its tasks apart (commit 21d1c5e386bc).
const COUNTED_APART: Version = (5, 14);

/// The first kernel in which a namespace of processes has an end of its own for their numbers (commit 7863dcc72d0f).
const OWN_END: Version = (6, 14);

/// This kernel's; none that is known if it does not tell.
fn version() -> Version {
    uname().release().to_str().ok().and_then(read_version).unwrap_or_default()
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
    }

    #[test]
    fn what_holds_depends_on_the_kernel_and_on_who_one_is() {
        let table = [
            (true, true, (6, 14), Holds::Yes),
            (true, true, (6, 8), Holds::No),
            (true, false, (6, 18), Holds::No),
            (false, true, (5, 14), Holds::Yes),
            (false, true, (5, 10), Holds::Partly),
            (false, false, (6, 18), Holds::Partly),
        ];
        for (privileged, in_namespace, version, holds) in table {
            assert_eq!(held(privileged, in_namespace, version, Holds::Partly), holds, "{version:?}");
        }
        assert_eq!(held(false, false, (6, 18), Holds::No), Holds::No);
    }
}
