//! The two streams: results on standard output, talk and progress on standard error. Nothing else in the library prints.

use std::env;
use std::io::{self, IsTerminal as _, Write};

use supports_color::Stream;

use crate::failure::Failure;
use crate::headless::fold::fold;
use crate::headless::ink::paint;
use crate::headless::printer::Printer;
use crate::settings::ColorChoice;
use crate::text::width::{clip, width};
use crate::text::{Line, Role, Span, Style, sanitise};

/// How wide prose runs at most.
const MEASURE: usize = 84;
/// How wide a terminal is that does not say.
const COLUMNS: usize = 80;

/// Writes for a person or a program.
#[derive(Debug)]
pub struct Console {
    out_colored: bool,
    err_colored: bool,
    /// The terminal that results go to, if they go to one.
    terminal: Option<Screen>,
    /// Columns of the terminal that gets the talk, if one does.
    talk_columns: Option<usize>,
    progress: Option<Progress>,
    ascii: bool,
    broken: Option<io::Error>,
}

/// A terminal that results go to.
#[derive(Debug, Clone, Copy)]
struct Screen {
    columns: usize,
    /// Whether it can be cleared, and may.
    clears: bool,
}

/// The one line on standard error that is written over again and again, where that is a terminal.
#[derive(Debug)]
struct Progress {
    /// The columns of that terminal.
    columns: usize,
    /// How many cells are written on.
    written: usize,
}

impl Progress {
    /// What writes a text over the one before; it fills no line to its end, where the cursor would move on.
    fn over(&mut self, text: &str) -> String {
        let text = clip(&sanitise(text), self.columns.saturating_sub(1));
        let before = std::mem::replace(&mut self.written, width(&text));
        let padding = " ".repeat(before.saturating_sub(self.written));
        format!("\r{text}{padding}")
    }
}

impl Console {
    /// The process's own streams.
    pub fn new(color: ColorChoice, plain: bool, ascii: bool) -> Self {
        let colored = |stream, is_terminal: bool| {
            let choice = if is_terminal { color.on_a_terminal(|name| env::var_os(name)) } else { color };
            match choice {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => supports_color::on_cached(stream).is_some(),
            }
        };
        let dumb = env::var("TERM").is_ok_and(|term| term == "dumb");
        let moves = io::stderr().is_terminal() && !plain && !dumb;
        let screen = || Screen { columns: columns(io::stdout()), clears: !plain && !dumb };
        Self {
            out_colored: colored(Stream::Stdout, io::stdout().is_terminal()),
            err_colored: colored(Stream::Stderr, io::stderr().is_terminal()),
            terminal: io::stdout().is_terminal().then(screen),
            talk_columns: io::stderr().is_terminal().then(|| columns(io::stderr())),
            progress: moves.then(|| Progress { columns: columns(io::stderr()), written: 0 }),
            ascii,
            broken: None,
        }
    }

    /// Writes a line of results.
    pub fn line(&mut self, line: &Line) {
        self.clear_progress();
        let text = format!("{}\n", paint(line, self.out_colored));
        self.write(&text);
    }

    /// Writes a line of prose, broken between words where it is wider than the terminal.
    pub fn prose(&mut self, line: &Line) {
        for line in fold(line, self.columns()) {
            self.line(&line);
        }
    }

    /// Clears the screen, and not what has been scrolled out of it, where results go to a terminal that may be cleared.
    pub fn clear_screen(&mut self) {
        self.clear_progress();
        if self.clears() {
            // To erase everything at once would push it among what was scrolled out, in some terminals.
            self.write("\x1b[H\x1b[J");
        }
    }

    /// Whether [`Console::clear_screen`] clears it.
    pub fn clears(&self) -> bool {
        self.terminal.is_some_and(|screen| screen.clears)
    }

    /// Writes a line of results in one style; foreign text must have been made safe.
    pub fn text(&mut self, text: impl Into<String>, style: impl Into<Style>) {
        self.line(&Line::of(text, style));
    }

    /// Writes an empty line of results.
    pub fn blank(&mut self) {
        self.line(&Line::default());
    }

    /// Writes results as they are, byte for byte.
    pub fn raw(&mut self, text: &str) {
        self.clear_progress();
        self.write(text);
    }

    /// Writes what a program prints. For a reader that is no terminal it is passed on byte for byte.
    pub fn printer(&mut self) -> Printer {
        self.clear_progress();
        Printer::new(self.is_terminal().then_some(self.out_colored))
    }

    /// Takes into account that what a program printed could not be written.
    pub fn broken_by(&mut self, error: io::Error) {
        self.broken.get_or_insert(error);
    }

    /// Says something beside the results.
    pub fn say(&mut self, line: &Line) {
        self.clear_progress();
        let text = format!("{}\n", paint(line, self.err_colored));
        // Where standard error is closed, nobody listens and nothing is lost.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Says plain words beside the results.
    pub fn note(&mut self, text: &str) {
        self.tell(&Line::of(text, Role::Muted));
    }

    /// Says what needs attention.
    pub fn warn(&mut self, text: &str) {
        let head = Span::new("warning", Style::of(Role::Warning).bold());
        self.tell(&Line::from(vec![head, Span::plain(format!(": {}", sanitise(text)))]));
    }

    /// Says a line of prose, broken between words where it is wider than the terminal.
    fn tell(&mut self, line: &Line) {
        for line in fold(line, self.talk_columns.unwrap_or(usize::MAX)) {
            self.say(&line);
        }
    }

    /// Tells what went wrong.
    pub fn failure(&mut self, failure: &Failure) {
        let head = Span::new("error", Style::of(Role::Failure).bold());
        self.tell(&Line::from(vec![head, Span::plain(format!(": {}", sanitise(&failure.what)))]));
        for why in &failure.why {
            for line in why.lines() {
                self.tell(&Line::of(format!("  {}", sanitise(line)), Role::Text));
            }
        }
        for hint in &failure.hints {
            let head = Span::new("  hint", Role::Note);
            self.tell(&Line::from(vec![head, Span::plain(format!(": {}", sanitise(hint)))]));
        }
    }

    /// Shows what is being done, on a terminal only and until something else is written.
    pub fn progress(&mut self, text: &str) {
        if let Some(progress) = &mut self.progress {
            let _ = write!(io::stderr().lock(), "{}", progress.over(text));
        }
    }

    /// Removes what [`Console::progress`] wrote.
    pub fn clear_progress(&mut self) {
        if let Some(progress) = self.progress.as_mut().filter(|progress| progress.written > 0) {
            let _ = write!(io::stderr().lock(), "{}\r", progress.over(""));
        }
    }

    /// Whether progress is shown.
    pub fn shows_progress(&self) -> bool {
        self.progress.is_some()
    }

    /// Whether results are written that nobody can read any more.
    pub fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Whether results go to a terminal.
    pub fn is_terminal(&self) -> bool {
        self.terminal.is_some()
    }

    /// Whether results are coloured.
    pub fn is_colored(&self) -> bool {
        self.out_colored
    }

    /// How many columns prose may take.
    pub fn measure(&self) -> usize {
        self.terminal.map_or(MEASURE, |screen| screen.columns.saturating_sub(2).clamp(20, MEASURE))
    }

    /// How many columns a line may take; nothing is cut where results do not go to a terminal.
    pub fn columns(&self) -> usize {
        self.terminal.map_or(usize::MAX, |screen| screen.columns)
    }

    /// The first text where the locale allows it, else the second.
    pub fn mark(&self, mark: &'static str, twin: &'static str) -> &'static str {
        if self.ascii { twin } else { mark }
    }

    /// Whether marks have to be plain ASCII.
    pub fn ascii(&self) -> bool {
        self.ascii
    }

    /// Ends the output. A reader that went away early, as `head` does, is no failure; a full disk is.
    pub fn finish(&mut self) -> Result<(), Failure> {
        self.clear_progress();
        match self.broken.take() {
            Some(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Self::unwritten(&e)),
            _ => Ok(()),
        }
    }

    /// What is told where results could not be written.
    pub fn unwritten(error: &io::Error) -> Failure {
        Failure::unjudged("the results could not be written").because(error.to_string())
    }

    fn write(&mut self, text: &str) {
        if self.broken.is_some() {
            return;
        }
        let mut out = io::stdout().lock();
        self.broken = out.write_all(text.as_bytes()).and_then(|()| out.flush()).err();
    }
}

#[cfg(unix)]
fn columns(stream: impl std::os::fd::AsFd) -> usize {
    let size = rustix::termios::tcgetwinsize(stream);
    size.map_or(COLUMNS, |size| if size.ws_col == 0 { COLUMNS } else { usize::from(size.ws_col) })
}

#[cfg(not(unix))]
fn columns<T>(_: T) -> usize {
    COLUMNS
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn a_line_that_is_written_over_leaves_nothing_and_fits_its_own_terminal() {
        let mut progress = Progress { columns: 10, written: 0 };
        assert_eq!(progress.over("compiling tokio"), "\rcompilin…");
        assert_eq!(progress.over("done"), "\rdone     ");
        assert_eq!(progress.over(""), "\r    ");
    }
}
