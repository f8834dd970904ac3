//! A namespace of processes on Linux (`pid_namespaces(7)`). When its first process dies, the kernel kills all others in it at once:
//! however many there are, and whatever session, group or environment they have taken. None of them can signal a process outside.

use std::ffi::OsString;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use rustix::io::Errno;
use rustix::mount::{MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_change, unmount};
use rustix::process::{
    DumpableBehavior, Pid, WaitOptions, getegid, geteuid, getpid, set_dumpable_behavior, wait,
};
use rustix::thread::{
    CapabilitySet, CapabilitySets, UnshareFlags, capabilities, clear_ambient_capability_set,
    configure_capability_in_ambient_set, set_capabilities,
};

use super::supervise::SUPERVISE;
use super::tasks;

/// The argument after [`SUPERVISE`] that makes this program the first process of a namespace.
pub(super) const FIRST: &str = "--first";

/// The right to make a namespace, which this process has.
#[derive(Debug)]
pub(super) struct Grant {
    /// Whether it came with a namespace of users: then it is lent to the first process and given up.
    by_users: bool,
    /// How many tasks there may be.
    tasks: Option<u64>,
    /// The number at which those of the processes end, where that limits how many there are.
    end: Option<u64>,
}

impl Grant {
    /// Takes the right, if need be in a new namespace of users. Must be called while this process has one thread. After an error the process
    /// may stand in a place of no use: the system is to be tried with another process first. `tasks` is how many the namespace may hold.
    pub(super) fn take(tasks: Option<u64>) -> io::Result<Self> {
        let (user, group) = (geteuid(), getegid());
        let by_users = match unshare(UnshareFlags::NEWNS) {
            Ok(()) if has_masks(&fs::read_to_string("/proc/self/mountinfo")?) => {
                return Err(io::ErrorKind::Unsupported.into());
            }
            Ok(()) => false,
            // Root that may not do it is in a container. In a namespace of users it would have other rights, some more and some less.
            Err(Errno::PERM) if !user.is_root() => {
                unshare(UnshareFlags::NEWUSER | UnshareFlags::NEWNS)?;
                // Who one is stays as it was: `user_namespaces(7)`, "Defining user and group ID mappings".
                fs::write("/proc/self/uid_map", format!("{user} {user} 1"))?;
                fs::write("/proc/self/setgroups", "deny")?;
                fs::write("/proc/self/gid_map", format!("{group} {group} 1"))?;
                true
            }
            Err(error) => return Err(error.into()),
        };
        // What is mounted from here on must not be seen by others.
        mount_change("/", MountPropagationFlags::DOWNSTREAM | MountPropagationFlags::REC)?;
        // Who needs no namespace of users is limited by numbers only. For others there is the better way: it leaves all numbers to be given.
        let by_number = !by_users && tasks::namespace_has_its_own_end();
        Ok(Self { by_users, tasks, end: tasks.filter(|_| by_number).map(tasks::end_of_numbers) })
    }

    /// Whether the kernel limits the tasks of what is started with this, and of nothing else.
    pub(super) fn limits_closely(&self) -> bool {
        self.end.is_some() || self.counts_apart()
    }

    fn counts_apart(&self) -> bool {
        self.by_users && tasks::users_are_counted_apart()
    }

    /// Limits the tasks of this process and of all that it will start, where their numbers do not. It may take into account what others
    /// have at this moment.
    pub(super) fn limit_tasks(&self) -> io::Result<()> {
        let Some(tasks) = self.tasks.filter(|_| self.end.is_none()) else { return Ok(()) };
        tasks::limit(tasks, self.counts_apart())
    }
}

/// Whether something is mounted below `/proc`, as whoever runs a container does to keep root from parts of it. A `/proc` of one's own
/// would show them: the kernel sees to that for namespaces of users only (`mount_too_revealing` in its `fs/namespace.c`).
fn has_masks(mounts: &str) -> bool {
    // The place is the fifth field: `proc_pid_mountinfo(5)`.
    let places = mounts.lines().filter_map(|mount| mount.split(' ').nth(4));
    places.filter(|place| place.starts_with("/proc/")).any(|place| place != "/proc/sys/fs/binfmt_misc")
}

/// A namespace in which this thread's next children live.
#[derive(Debug)]
pub(super) struct Namespace {
    first: Child,
}

impl Namespace {
    /// Makes one, with its own `/proc`. The calling thread can start no other thread from here on.
    pub(super) fn make(grant: &Grant) -> io::Result<Self> {
        unshare(UnshareFlags::NEWPID)?;
        if grant.by_users {
            let mut sets = capabilities(None)?;
            sets.inheritable |= CapabilitySet::SYS_ADMIN;
            set_capabilities(None, sets)?;
            configure_capability_in_ambient_set(CapabilitySet::SYS_ADMIN, true)?;
        }
        let mut first = Command::new("/proc/self/exe")
            .args([SUPERVISE, FIRST])
            .args(grant.end.map(|end| end.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if grant.by_users {
            clear_ambient_capability_set()?;
            let none = CapabilitySet::empty();
            set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })?;
        }
        if first.stdout.take().is_some_and(|mut said| said.read_exact(&mut [0]).is_ok()) {
            return Ok(Self { first });
        }
        first.kill()?;
        first.wait()?;
        Err(io::Error::other("the system grants a new namespace no /proc"))
    }

    /// Tells the first process that there will be others.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        self.first.stdin.as_mut().map_or(Ok(()), |first| first.write_all(b"."))
    }

    /// Its first process: to kill it is to kill all.
    pub(super) fn first(&self) -> Pid {
        Pid::from_child(&self.first)
    }

    /// Waits, once the first process has been killed and this process's children have been waited for, until all are dead.
    pub(super) fn wait(mut self) {
        let _ = self.first.wait();
    }
}

/// Is the first process of a namespace: mounts what tells of its processes, says so, and stays until the supervisor is gone or kills it.
/// The only argument is the number at which theirs end. It sleeps until a byte on its standard input tells that there will be any.
///
/// Signals from within do nothing to it (`pid_namespaces(7)`), and it can be looked into by nobody (`ptrace(2)`, "dumpable").
pub(super) fn be_first(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let end = arguments.next().and_then(|end| end.to_str()?.parse().ok());
    let Ok(begin) = prepare(end) else { return ExitCode::FAILURE };
    let mut supervisor = io::stdin().lock();
    if supervisor.read_exact(&mut [0]).is_ok() {
        let _ = begin.send(());
        let _ = io::copy(&mut supervisor, &mut io::sink());
    }
    ExitCode::SUCCESS
}

/// Orphans come to the first process. Unless it asks for each that dies, they keep their numbers, of which the system has few.
fn bury_orphans(may_begin: &Receiver<()>) {
    if may_begin.recv().is_err() {
        return;
    }
    loop {
        // Where there are none, nothing tells that there are some again.
        if wait(WaitOptions::empty()).is_err() {
            thread::sleep(NO_ORPHANS);
        }
    }
}

/// How long it may be before the first of many orphans is seen.
const NO_ORPHANS: Duration = Duration::from_millis(200);

/// Makes all ready for the child, and says so. What it gives is to be told when the child is about to come.
fn prepare(end: Option<u64>) -> io::Result<Sender<()>> {
    // Elsewhere it would be done to processes that are none of its business.
    if getpid() != Pid::INIT {
        return Err(io::ErrorKind::Unsupported.into());
    }
    show_processes()?;
    number_processes(end)?;
    // Before the child, which may take all the threads that there can be.
    let (begin, may_begin) = mpsc::channel();
    thread::Builder::new().spawn(move || bury_orphans(&may_begin))?;
    io::stdout().write_all(b".")?;
    io::stdout().flush()?;
    Ok(begin)
}

fn show_processes() -> io::Result<()> {
    // Root could take away the new one and look at the old; where that is not allowed, it stays below for everybody.
    let _ = unmount("/proc", UnmountFlags::DETACH);
    Ok(mount("proc", "/proc", "proc", MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC, None)?)
}

/// Lets the processes' numbers end where they are to, and begin somewhere: many name files and sockets by the number of their process,
/// which would be the same in all namespaces.
fn number_processes(end: Option<u64>) -> io::Result<()> {
    if let Some(end) = end.filter(|_| tasks::namespace_has_its_own_end()) {
        fs::write("/proc/sys/kernel/pid_max", end.to_string())?;
    }
    let random = RandomState::new().build_hasher().finish();
    let last = tasks::RESERVED + random % (end.unwrap_or(SMALLEST_END) - tasks::RESERVED);
    // Where that is not allowed, as many more processes fit as there are reserved numbers.
    let _ = fs::write("/proc/sys/kernel/ns_last_pid", last.to_string());
    Ok(())
}

/// Where the numbers end on the smallest system (`pid_max` in `proc_sys_kernel(5)`).
const SMALLEST_END: u64 = 32_768;

#[expect(
    deprecated,
    reason = "what makes it unsafe is a table of files of one's own, which is not asked for"
)]
fn unshare(what: UnshareFlags) -> rustix::io::Result<()> {
    rustix::thread::unshare(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_a_part_of_proc_is_seen() {
        let proc = "22 27 0:21 / /proc rw,relatime - proc proc rw\n";
        let at = |place: &str| format!("{proc}23 22 0:22 / {place} ro - tmpfs tmpfs ro\n");
        assert!(!has_masks(proc));
        assert!(!has_masks(&at("/processes")) && !has_masks(&at("/proc/sys/fs/binfmt_misc")));
        assert!(has_masks(&at("/proc/acpi")) && has_masks(&at("/proc/sys")));
    }
}
