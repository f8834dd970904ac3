//! A process tree on Unix: a namespace where the system grants one; otherwise a process group and, on Linux, the orphans that
//! the supervisor adopts.

use std::io::{self, Write as _};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdin, Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpid, getpriority_process, getrlimit,
    kill_process, kill_process_group, setpriority_process, setrlimit, setsid, waitid,
};

use super::limits::Limits;
use super::namespace::Namespace;
use super::supervise::CROWDED;

/// A running child and everything that descends from it.
pub(super) struct Tree {
    child: Child,
    namespace: Option<Namespace>,
    killer: Killer,
}

/// Kills a tree, from any thread.
#[derive(Clone)]
pub(super) struct Killer {
    group: Pid,
    /// The first process of the namespace.
    first: Option<Pid>,
    alive: Arc<Mutex<bool>>,
    /// Whether it was killed for the number of its processes.
    crowded: Arc<AtomicBool>,
}

/// Leaves the terminal: Ctrl-C must not end the supervisor before its children, and code under judgement must find no
/// terminal to write to or to ask for a password on.
pub(super) fn leave_terminal() {
    // Only the leader of a group is refused, which a process that was started by this program is not.
    let _ = setsid();
}

/// Limits this process and all that it will start. A limit that the system refuses is an error: a promise not kept.
pub(super) fn limit(limits: Limits) -> io::Result<()> {
    set(Resource::Core, Some(0))?;
    set(Resource::Fsize, limits.file_bytes)?;
    set(Resource::Nofile, limits.open_files)?;
    MEMORY.map_or(Ok(()), |memory| set(memory, limits.memory_bytes))
}

/// Linux counts what can be written and not what is merely reserved: allocators reserve far more than they use. macOS has
/// promised every process hundreds of GiB before it begins and refuses any smaller limit.
const MEMORY: Option<Resource> = if cfg!(target_os = "linux") {
    Some(Resource::Data)
} else if cfg!(target_vendor = "apple") {
    None
} else {
    Some(Resource::As)
};

pub(super) fn set(resource: Resource, wanted: Option<u64>) -> io::Result<()> {
    let Some(wanted) = wanted else { return Ok(()) };
    let ceiling = getrlimit(resource).maximum.map_or(wanted, |maximum| maximum.min(wanted));
    Ok(setrlimit(resource, Rlimit { current: Some(ceiling), maximum: Some(ceiling) })?)
}

/// Lets this thread and what it will start give way to others, so much more than it did. On Linux other threads do not
/// (`setpriority(2)`, "C library/kernel differences"): the one that attends to the control pipe ends a crowd without waiting for its turn
/// in it.
pub(super) fn give_way(nice: Option<u64>) {
    let Some(nice) = nice.and_then(|nice| i32::try_from(nice).ok()) else { return };
    if let Ok(now) = getpriority_process(None) {
        let _ = setpriority_process(None, now + nice);
    }
}

impl Tree {
    /// Starts the child in a process group of its own, in the namespace that this thread has made. Without one, orphans of the tree
    /// will come to this process.
    pub(super) fn start(mut command: Command, mut namespace: Option<Namespace>) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        rustix::process::set_child_subreaper(Some(getpid()))?;
        namespace.as_mut().map_or(Ok(()), Namespace::begin)?;
        let child = command.process_group(0).spawn()?;
        let (group, first) = (Pid::from_child(&child), namespace.as_ref().map(Namespace::first));
        let killer = Killer { group, first, alive: Arc::new(Mutex::new(true)), crowded: Arc::default() };
        Ok(Self { child, namespace, killer })
    }

    pub(super) fn take_stdin(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    pub(super) fn killer(&self) -> Killer {
        self.killer.clone()
    }

    /// Waits for the child, kills what it left behind and ends this process as the child ended.
    pub(super) fn wait(mut self) -> ExitCode {
        self.wait_unreaped();
        // The dead child still holds its number, so that the group cannot be another's.
        self.killer.finish();
        let status = self.child.wait();
        match self.namespace {
            Some(namespace) => namespace.wait(),
            #[cfg(target_os = "linux")]
            None => super::orphans::kill_all(),
            #[cfg(not(target_os = "linux"))]
            None => {}
        }
        if self.killer.crowded.load(Ordering::Relaxed) {
            // Behind all that the tree has written, for it has ended.
            let _ = writeln!(io::stderr(), "{CROWDED}");
        }
        match status {
            Ok(status) => match (status.code(), status.signal()) {
                (Some(code), _) => ExitCode::from(code as u8),
                (None, Some(signal)) => die_by(signal),
                (None, None) => ExitCode::FAILURE,
            },
            Err(_) => ExitCode::FAILURE,
        }
    }

    fn wait_unreaped(&self) {
        loop {
            match waitid(WaitId::Pid(self.killer.group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
                Err(Errno::INTR) => {}
                _ => return,
            }
        }
    }
}

impl Killer {
    pub(super) fn kill(&self) {
        let alive = self.lock();
        if *alive {
            self.kill_all();
        }
    }

    /// Whether it kills a whole namespace.
    #[cfg(target_os = "linux")]
    pub(super) fn has_namespace(&self) -> bool {
        self.first.is_some()
    }

    /// Sends this to the child's group, if that is still there.
    #[cfg(target_os = "linux")]
    pub(super) fn signal(&self, signal: Signal) {
        let alive = self.lock();
        if *alive {
            let _ = kill_process_group(self.group, signal);
        }
    }

    /// Kills it, for it has more processes than it may.
    #[cfg(target_os = "linux")]
    pub(super) fn kill_crowd(&self) {
        self.crowded.store(true, Ordering::Relaxed);
        self.kill();
    }

    /// Whether there is anything left to kill.
    #[cfg(target_os = "linux")]
    pub(super) fn is_needed(&self) -> bool {
        *self.lock()
    }

    /// Kills for the last time: after that, the numbers of these processes may be those of others.
    fn finish(&self) {
        let mut alive = self.lock();
        self.kill_all();
        *alive = false;
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kill_all(&self) {
        if let Some(first) = self.first {
            let _ = kill_process(first, Signal::KILL);
        } else {
            let _ = kill_process_group(self.group, Signal::KILL);
            // It may have moved itself to another group.
            let _ = kill_process(self.group, Signal::KILL);
        }
    }
}

/// Ends this process by the signal that ended the child.
///
/// Rust's runtime handles `SIGSEGV` and `SIGBUS`: the first one only takes its handler away, so more are sent. Where none kills
/// (`SIGPIPE` is ignored), the code that shells use says it.
fn die_by(signal: i32) -> ExitCode {
    if let Some(named) = Signal::from_named_raw(signal) {
        for _ in 0..3 {
            let _ = kill_process(getpid(), named);
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    ExitCode::from(128_u8.wrapping_add(signal as u8))
}
