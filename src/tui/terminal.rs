//! The terminal taken over and given back: on quit, on error, on panic, for another program, for the shell.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;

use crate::app::Model;
use crate::failure::Failure;
use crate::tui::theme::Depth;
use crate::tui::view::{self, Cache};

/// Whether the terminal is ours now; also read by the panic hook, which knows nothing else.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The exit code of a process that ended in a panic, as Rust's own.
const PANICKED: i32 = 101;

/// The terminal while the app has it.
#[derive(Debug)]
pub struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    depth: Depth,
    /// Whether the next frame is drawn whole.
    whole: bool,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn take(depth: Depth) -> Result<Self, Failure> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(Failure::usage("the app needs a terminal for its input and its output")
                .hint("in a script, use the subcommands: patterns-tui list, show, check, … (see --help)"));
        }
        // Without this, NO_COLOR makes every colour command reset bold and underline as well; the theme obeys it.
        crossterm::style::force_color_output(true);
        enter().map_err(refused)?;
        let inner = fresh().map_err(refused)?;
        Ok(Self { inner, depth, whole: false })
    }

    /// Takes the terminal over again; the next frame is drawn whole, over whatever others left on the screen.
    pub fn retake(&mut self) -> Result<(), Failure> {
        // After a stop that nobody could prepare for, the shell has set modes of its own behind the terminal library's back.
        disable_raw_mode().and_then(|()| enter()).map_err(refused)?;
        self.inner = fresh().map_err(refused)?;
        // Not ratatui's own `clear`: it asks the terminal for its cursor, and the answer may go to the key reader.
        self.write("\x1b[2J")
    }

    /// Has the next frame drawn whole: the terminal has another size, or had one for a moment, which moved what it shows.
    pub const fn forget(&mut self) {
        self.whole = true;
    }

    /// Draws a frame, shown by the terminal all at once where it can.
    pub fn draw(&mut self, model: &Model, cache: &mut Cache) -> Result<(), Failure> {
        self.draw_synchronized(model, cache).map_err(refused)
    }

    fn draw_synchronized(&mut self, model: &Model, cache: &mut Cache) -> io::Result<()> {
        queue!(self.inner.backend_mut(), BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.whole) {
            // This clears, too, and unlike ratatui's `clear` it does not ask the terminal for its cursor.
            let size = self.inner.size()?;
            self.inner.resize(size.into())?;
        }
        self.inner.draw(|frame| {
            if let Some(cursor) = view::draw(model, self.depth, frame.buffer_mut(), cache) {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(self.inner.backend_mut(), EndSynchronizedUpdate)
    }

    /// Asks the terminal for its background colour; the answer comes with the input.
    pub fn ask_for_background(&mut self) -> Result<(), Failure> {
        self.write("\x1b]11;?\x1b\\")
    }

    /// Writes a control sequence between two frames.
    pub fn write(&mut self, sequence: &str) -> Result<(), Failure> {
        let out = self.inner.backend_mut();
        out.write_all(sequence.as_bytes()).and_then(|()| Write::flush(out)).map_err(refused)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was found; does nothing if it is not ours.
pub fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Nothing can be done about a terminal that is gone.
        let mut out = io::stdout();
        let _ = execute!(
            out,
            MouseOff,
            DisableBracketedPaste,
            EndSynchronizedUpdate,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// How the terminal treats its input now, to be set again after another program had it.
#[cfg(unix)]
pub fn modes() -> Option<rustix::termios::Termios> {
    rustix::termios::tcgetattr(io::stdin()).ok()
}

/// Makes the terminal treat its input so again.
#[cfg(unix)]
pub fn set_modes(modes: Option<&rustix::termios::Termios>) {
    if let Some(modes) = modes {
        // A terminal that is gone needs no modes.
        let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, modes);
    }
}

/// Nothing is known of it here.
#[cfg(not(unix))]
pub fn modes() -> Option<()> {
    None
}

/// Does nothing.
#[cfg(not(unix))]
pub fn set_modes(_modes: Option<&()>) {}

/// From now on a panic on any thread gives the terminal back, says one line and ends the process.
pub fn end_on_panic() {
    panic::set_hook(Box::new(|info| {
        restore();
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("unnamed").to_owned();
        let _ = writeln!(
            io::stderr(),
            "patterns-tui ended because of a mistake of its own (thread {name}): {info}\nWhat you typed was saved \
             as you went, but for the last moments; please report this."
        );
        std::process::exit(PANICKED);
    }));
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, cursor::Hide, MouseOn, EnableBracketedPaste)
}

fn fresh() -> io::Result<ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>> {
    ratatui::Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))
}

fn refused(error: impl std::fmt::Display) -> Failure {
    Failure::unjudged("the terminal cannot be used").because(error.to_string())
}

/// Buttons, the wheel and drags, but not every move: a moving mouse must not wake an idle app.
struct MouseOn;

/// The end of [`MouseOn`].
struct MouseOff;

impl crossterm::Command for MouseOn {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::Command::execute_winapi(&crossterm::event::EnableMouseCapture)
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

impl crossterm::Command for MouseOff {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::Command::execute_winapi(&crossterm::event::DisableMouseCapture)
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}
