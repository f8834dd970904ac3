//! A child process under its supervisor, as a stream of what it printed and then its ending.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cargo::input::Input;
use crate::cargo::invocation::{Invocation, Stdin};
use crate::cargo::output::Output;
use crate::confine::{self, Call, LATER, Limits, RUN_VARIABLE, Supervisor};

/// How long a supervisor may take to kill its tree before it is killed itself.
const GRACE: Duration = Duration::from_secs(5);

/// How long what is left in the pipes is read after the end. Nothing should hold them then; if something does, it
/// cannot hold us.
const DRAIN: Duration = Duration::from_millis(500);

const CHUNK: usize = 64 * 1024;

/// Something that a process did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessEvent {
    /// It wrote this to its standard output.
    Stdout(Vec<u8>),
    /// It wrote this to its standard error.
    Stderr(Vec<u8>),
    /// It ended. Always the last event.
    Ended(Ending),
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With this exit code.
    Code(i32),
    /// By this signal, or on Windows by this exception, which is negative.
    Signal(i32),
    /// Killed: it ran longer than it may.
    DeadlinePassed,
    /// Killed: nobody wants its result any more.
    Stopped,
}

/// All that a process printed, and how it ended.
#[derive(Debug)]
pub struct Gathered {
    /// How it ended.
    pub ending: Ending,
    /// Its standard output.
    pub stdout: Output,
    /// Its standard error.
    pub stderr: Output,
}

impl Gathered {
    /// Both streams, one after the other.
    pub fn everything(&self) -> String {
        format!("{}{}", self.stdout.text(), self.stderr.text())
    }
}

/// What a process may use, and who can stop it.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How long it may run.
    pub deadline: Option<Duration>,
    /// What it may use.
    pub limits: Limits,
    /// Stops it.
    pub cancel: CancellationToken,
}

/// A running process. To drop it is to kill its whole tree.
#[derive(Debug)]
pub struct Process {
    child: Child,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    control: Option<ChildStdin>,
    input: Input,
    /// What of the input has been taken and not passed on yet, in frames.
    unsent: VecDeque<u8>,
    run: String,
    deadline: Option<Instant>,
    cancel: CancellationToken,
    phase: Phase,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    Running,
    /// Told to end, for this reason; killed at that time.
    Ending(Ending, Instant),
    /// Ended; what is in the pipes is read until that time.
    Draining(Ending, Instant),
    Over,
}

/// What [`Process::next`] waits for.
enum Happening {
    Stdout(io::Result<usize>),
    Stderr(io::Result<usize>),
    Given(Vec<u8>),
    Sent(io::Result<usize>),
    Exited(io::Result<ExitStatus>),
    Cancelled,
    TimeUp,
}

impl Process {
    /// Starts a command line under a supervisor.
    pub fn spawn(invocation: &Invocation, supervisor: &Supervisor, terms: Terms) -> io::Result<Self> {
        let mut command = supervise(invocation, supervisor, terms.limits);
        command.arg("--").arg(&invocation.program).args(&invocation.arguments);
        Self::start(command, terms)
    }

    /// Starts a supervisor that gets ready and waits for [`Process::call`].
    pub(super) fn stand_by(
        invocation: &Invocation,
        supervisor: &Supervisor,
        limits: Limits,
    ) -> io::Result<Self> {
        let mut command = supervise(invocation, supervisor, limits);
        command.arg(LATER);
        Self::start(command, Terms { deadline: None, limits, cancel: CancellationToken::new() })
    }

    /// Lets the supervisor that stands by start this.
    pub(super) fn call(&mut self, call: &Call, deadline: Option<Duration>, cancel: CancellationToken) {
        self.renew(deadline, cancel);
        self.unsent.extend(confine::frame(&call.to_bytes()));
    }

    fn start(mut command: Command, terms: Terms) -> io::Result<Self> {
        let run = unguessable();
        command.env(RUN_VARIABLE, &run);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        Ok(Self {
            stdout: child.stdout.take(),
            stderr: child.stderr.take(),
            control: child.stdin.take(),
            input: Input::Over,
            unsent: VecDeque::new(),
            child,
            run,
            deadline: terms.deadline.map(|deadline| Instant::now() + deadline),
            cancel: terms.cancel,
            phase: Phase::Running,
        })
    }

    /// The value of [`RUN_VARIABLE`] that all its processes have.
    pub fn mark(&self) -> &str {
        &self.run
    }

    /// Whether it has ended already, though [`Process::next`] has not told it yet.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Lets it go on under another deadline, counted from now, and another token; its limits stay as they are.
    pub fn renew(&mut self, deadline: Option<Duration>, cancel: CancellationToken) {
        self.deadline = deadline.map(|deadline| Instant::now() + deadline);
        self.cancel = cancel;
    }

    /// Lets it read this, which is passed on while [`Process::next`] is awaited, and never much more of it than was read. It only
    /// means something where the invocation says [`Stdin::Sent`].
    pub fn give(&mut self, input: Input) {
        self.input = input;
    }

    /// Makes up for time in which nobody could read what it printed: what is left in the pipes after its end is still read.
    pub fn excuse(&mut self, time: Duration) {
        if let Phase::Draining(_, until) = &mut self.phase {
            *until += time;
        }
    }

    /// Waits for the ending and keeps at most `limit` bytes of each stream.
    pub async fn gather(mut self, limit: usize) -> Gathered {
        let mut gathered =
            Gathered { ending: Ending::Stopped, stdout: Output::new(limit), stderr: Output::new(limit) };
        while let Some(event) = self.next().await {
            match event {
                ProcessEvent::Stdout(bytes) => gathered.stdout.push(&bytes),
                ProcessEvent::Stderr(bytes) => gathered.stderr.push(&bytes),
                ProcessEvent::Ended(ending) => gathered.ending = ending,
            }
        }
        gathered
    }

    /// What the process did next; `None` after its ending. Nothing is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<ProcessEvent> {
        loop {
            if let Phase::Draining(ending, _) = self.phase
                && self.stdout.is_none()
                && self.stderr.is_none()
            {
                self.phase = Phase::Over;
                return Some(ProcessEvent::Ended(ending));
            }
            if matches!(self.phase, Phase::Over) {
                return None;
            }
            let mut stdout = Vec::with_capacity(CHUNK);
            let mut stderr = Vec::with_capacity(CHUNK);
            match self.wait(&mut stdout, &mut stderr).await {
                Happening::Stdout(Ok(1..)) => return Some(ProcessEvent::Stdout(stdout)),
                Happening::Stderr(Ok(1..)) => return Some(ProcessEvent::Stderr(stderr)),
                Happening::Stdout(_) => self.stdout = None,
                Happening::Stderr(_) => self.stderr = None,
                Happening::Given(piece) => self.unsent.extend(confine::frame(&piece)),
                Happening::Sent(Ok(sent)) => drop(self.unsent.drain(..sent)),
                // Its supervisor has ended, which is told as the ending.
                Happening::Sent(Err(_)) => (self.input, self.unsent) = (Input::Over, VecDeque::new()),
                Happening::Exited(status) => self.exited(status).await,
                Happening::Cancelled => self.end(Ending::Stopped),
                Happening::TimeUp => match self.ended_unseen() {
                    Some(status) => self.exited(Ok(status)).await,
                    None => self.time_up(),
                },
            }
        }
    }

    async fn wait(&mut self, stdout: &mut Vec<u8>, stderr: &mut Vec<u8>) -> Happening {
        let running = matches!(self.phase, Phase::Running);
        let alive = matches!(self.phase, Phase::Running | Phase::Ending(..));
        let until = match self.phase {
            Phase::Running => self.deadline,
            Phase::Ending(_, until) | Phase::Draining(_, until) => Some(until),
            Phase::Over => None,
        };
        let read = read_either((&mut self.stderr, stderr), (&mut self.stdout, stdout));
        let pass_on = pass_on(&mut self.input, &mut self.control, &self.unsent);
        // By chance: neither a flood of output nor one of input puts off the other.
        let exchanged = async {
            tokio::select! {
                happening = read => happening,
                happening = pass_on, if running => happening,
            }
        };
        // In this order: a flood must not put off the deadline.
        tokio::select! {
            biased;
            () = sleep_until(until) => Happening::TimeUp,
            () = self.cancel.cancelled(), if running => Happening::Cancelled,
            happening = exchanged => happening,
            status = self.child.wait(), if alive => Happening::Exited(status),
        }
    }

    async fn exited(&mut self, status: io::Result<ExitStatus>) {
        let ending = match (self.phase, status) {
            (Phase::Ending(ending, _), _) => ending,
            (_, Ok(status)) => ending_of(status),
            (_, Err(_)) => Ending::Stopped,
        };
        if !matches!(ending, Ending::Code(_)) {
            // The supervisor itself may have been killed, by whatever signal, and then its tree lives on.
            let run = self.run.clone();
            let _ = tokio::task::spawn_blocking(move || confine::sweep(&run)).await;
        }
        self.phase = Phase::Draining(ending, Instant::now() + DRAIN);
    }

    /// How it ended, if that was before its time was up and seen only after it: this program may have been stopped meanwhile.
    fn ended_unseen(&mut self) -> Option<ExitStatus> {
        matches!(self.phase, Phase::Running).then(|| self.child.try_wait().ok()?)?
    }

    fn time_up(&mut self) {
        match self.phase {
            Phase::Running => self.end(Ending::DeadlinePassed),
            Phase::Ending(ending, _) => {
                let _ = self.child.start_kill();
                self.phase = Phase::Ending(ending, Instant::now() + GRACE);
            }
            Phase::Draining(..) => (self.stdout, self.stderr) = (None, None),
            Phase::Over => {}
        }
    }

    /// Closes the control pipe, which makes the supervisor kill everything.
    fn end(&mut self, ending: Ending) {
        self.control = None;
        self.phase = Phase::Ending(ending, Instant::now() + GRACE);
    }
}

/// A supervisor for this, less what it is to start.
fn supervise(invocation: &Invocation, supervisor: &Supervisor, limits: Limits) -> Command {
    let mut command = Command::new(supervisor.program());
    command.args(supervisor.arguments(limits));
    if invocation.stdin == Stdin::Sent {
        command.arg("--stdin");
    }
    if let Some(libraries) = &invocation.libraries {
        command.arg("--libraries").arg(libraries);
    }
    command.env_clear().envs(invocation.variables.iter().map(|(name, value)| (name, value)));
    command.current_dir(&invocation.directory);
    command
}

/// A number that nobody can foresee, as text.
pub fn unguessable() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

/// Reads what there is; what a panic says on standard error stands before what the harness then says on standard output.
async fn read_either(
    (stderr, error): (&mut Option<ChildStderr>, &mut Vec<u8>),
    (stdout, output): (&mut Option<ChildStdout>, &mut Vec<u8>),
) -> Happening {
    tokio::select! {
        biased;
        read = read(stderr, error) => Happening::Stderr(read),
        read = read(stdout, output) => Happening::Stdout(read),
    }
}

/// Passes input on, and takes more when nothing is left to be passed on.
async fn pass_on(input: &mut Input, control: &mut Option<ChildStdin>, unsent: &VecDeque<u8>) -> Happening {
    match control {
        None => std::future::pending().await,
        Some(_) if unsent.is_empty() => Happening::Given(input.next().await),
        Some(control) => Happening::Sent(control.write(unsent.as_slices().0).await),
    }
}

async fn read(pipe: &mut Option<impl AsyncReadExt + Unpin>, bytes: &mut Vec<u8>) -> io::Result<usize> {
    match pipe {
        Some(pipe) => pipe.read_buf(bytes).await,
        None => std::future::pending().await,
    }
}

async fn sleep_until(until: Option<Instant>) {
    match until {
        Some(until) => tokio::time::sleep_until(until).await,
        None => std::future::pending().await,
    }
}

#[cfg(unix)]
fn ending_of(status: ExitStatus) -> Ending {
    use std::os::unix::process::ExitStatusExt;
    status.code().map(Ending::Code).or(status.signal().map(Ending::Signal)).unwrap_or(Ending::Stopped)
}

/// The exit code of a process that an exception ended is the exception's: an `NTSTATUS` of severity error, without a facility.
#[cfg(not(unix))]
fn ending_of(status: ExitStatus) -> Ending {
    let code = status.code().unwrap_or(1);
    if code.cast_unsigned() >> 16 == 0xC000 { Ending::Signal(code) } else { Ending::Code(code) }
}
