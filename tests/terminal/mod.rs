//! A terminal for tests: a program in a pseudo-terminal, what it shows, and the keys it is sent. Conditions are waited
//! for, never times.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long a condition may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a terminal is asked for its background colour with.
const QUESTION: &[u8] = b"\x1b]11;?";

/// What takes the alternate screen.
const ALTERNATE: &[u8] = b"\x1b[?1049h";

/// A program in a terminal of its own.
pub(crate) struct Terminal {
    seen: Arc<Seen>,
    master: Box<dyn MasterPty + Send>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    ended: Receiver<ExitStatus>,
    /// Its process.
    pub(crate) process: u32,
}

struct Seen {
    parser: Mutex<vt100::Parser>,
    /// Whether the alternate screen was ever taken.
    taken: AtomicBool,
    changed: Condvar,
}

impl Terminal {
    /// Starts a program with these arguments and environment variables.
    pub(crate) fn start(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "C.UTF-8");
        for name in ["LC_ALL", "NO_COLOR", "COLORFGBG", "FORCE_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let background =
            variables.iter().find(|(name, _)| *name == "TEST_BACKGROUND").map(|(_, value)| *value);
        Self::spawn(command, background.map(str::to_owned))
    }

    fn spawn(command: CommandBuilder, background: Option<String>) -> Self {
        let pair = native_pty_system().openpty(size(100, 30)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let process = child.process_id().unwrap();
        let parser = vt100::Parser::new(cells(30), cells(100), 0);
        let seen = Arc::new(Seen {
            parser: Mutex::new(parser),
            taken: AtomicBool::new(false),
            changed: Condvar::new(),
        });
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = pair.master.try_clone_reader().unwrap();
        let (shown, answers) = (seen.clone(), writer.clone());
        thread::spawn(move || show(reader, &shown, &answers, background.as_deref()));
        Self { seen, master: pair.master, writer, ended: waiting_for(child), process }
    }

    /// Sends bytes as a keyboard would.
    pub(crate) fn send(&self, bytes: impl AsRef<[u8]>) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
        writer.flush().unwrap();
    }

    /// Pastes text.
    pub(crate) fn paste(&self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen.parser.lock().unwrap().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Waits until the screen satisfies a condition; fails with the screen as it is.
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut parser = self.seen.parser.lock().unwrap();
        while !holds(parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited in vain for {what}; the screen is\n{}",
                parser.screen().contents()
            );
            parser = self.seen.changed.wait_timeout(parser, left).unwrap().0;
        }
    }

    /// Waits until a text stands on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until a text stands on the screen no longer.
    pub(crate) fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("the end of {text}"), |screen| !screen.contents().contains(text));
    }

    /// Looks at the screen as it is.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.seen.parser.lock().unwrap().screen())
    }

    /// Waits until the program has ended, and gives its exit code.
    pub(crate) fn exit_code(&self) -> u32 {
        match self.ended.recv_timeout(PATIENCE) {
            Ok(status) => status.exit_code(),
            Err(mpsc::RecvTimeoutError::Disconnected) => panic!("its end was told already"),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                panic!("it has not ended; the screen is\n{}", self.look(vt100::Screen::contents))
            }
        }
    }

    /// Whether the program has taken the alternate screen at any time.
    pub(crate) fn took_the_screen(&self) -> bool {
        self.seen.taken.load(Ordering::Relaxed)
    }

    /// Waits until the terminal is as it was before a full-screen program: main screen, cursor, no mouse, no paste mode.
    pub(crate) fn wait_restored(&self) {
        self.wait_until("a restored terminal", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
    }

    /// Whether the terminal is in raw mode: it echoes nothing and makes no signals of keys.
    #[cfg(unix)]
    pub(crate) fn is_raw(&self) -> bool {
        let modes = self.master.get_termios().unwrap();
        !format!("{:?}", modes.local_flags).contains("ECHO |")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(process) = rustix::process::Pid::from_raw(self.process.cast_signed()) {
            // It has ended already where the test went well.
            let _ = rustix::process::kill_process(process, rustix::process::Signal::KILL);
        }
    }
}

fn show(
    mut reader: Box<dyn Read + Send>,
    seen: &Seen,
    answers: &Mutex<Box<dyn Write + Send>>,
    background: Option<&str>,
) {
    let mut bytes = vec![0; 65536];
    while let Ok(read @ 1..) = reader.read(&mut bytes) {
        let asked = bytes[..read].windows(QUESTION.len()).any(|window| window == QUESTION);
        if let Some(color) = background.filter(|_| asked) {
            answers.lock().unwrap().write_all(format!("\x1b]11;{color}\x1b\\").as_bytes()).unwrap();
        }
        let taken = bytes[..read].windows(ALTERNATE.len()).any(|window| window == ALTERNATE);
        seen.taken.fetch_or(taken, Ordering::Relaxed);
        seen.parser.lock().unwrap().process(&bytes[..read]);
        seen.changed.notify_all();
    }
}

fn waiting_for(mut child: Box<dyn Child + Send + Sync>) -> Receiver<ExitStatus> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        if let Ok(status) = child.wait() {
            // Nobody listens when the test has failed.
            let _ = tell.send(status);
        }
    });
    told
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}
