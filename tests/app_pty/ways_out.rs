//! The app in a real terminal: it starts, it is left, and the terminal is given back on every way out.

use tempfile::TempDir;

use crate::terminal::Terminal;
use crate::{PACK, PROGRAM};

struct App {
    terminal: Terminal,
    home: TempDir,
}

fn app_with(variables: &[(&str, &str)], arguments: &[&str]) -> App {
    let home = tempfile::tempdir().unwrap();
    let mut all = vec!["--home", home.path().to_str().unwrap(), PACK];
    all.extend(arguments);
    let terminal = Terminal::start(PROGRAM, &all, variables);
    terminal.wait_for("Enter starts with");
    App { terminal, home }
}

fn app() -> App {
    app_with(&[], &[])
}

fn signal(app: &App, signal: rustix::process::Signal) {
    let process = rustix::process::Pid::from_raw(app.terminal.process.cast_signed()).unwrap();
    rustix::process::kill_process(process, signal).unwrap();
}

#[test]
fn it_starts_shows_its_keys_and_is_left() {
    let app = app();
    app.terminal.send("?");
    app.terminal.wait_for("Leave patterns-tui");
    app.terminal.send("\x1b");
    app.terminal.wait_gone("Leave patterns-tui");
    assert!(app.terminal.is_raw());
    app.terminal.send("q");
    assert_eq!(app.terminal.exit_code(), 0);
    app.terminal.wait_restored();
    assert!(!app.terminal.is_raw());
}

#[test]
fn a_signal_ends_it_and_the_terminal_is_given_back() {
    use rustix::process::Signal;
    for number in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let app = app();
        signal(&app, number);
        assert_eq!(app.terminal.exit_code(), 0, "{number:?}");
        app.terminal.wait_restored();
        assert!(!app.terminal.is_raw());
    }
}

#[test]
fn a_second_app_on_the_same_home_is_told_of_the_first() {
    let first = app();
    let home = first.home.path().to_str().unwrap();
    let second = Terminal::start(PROGRAM, &["--home", home, PACK], &[]);
    second.wait_for("another patterns-tui");
    assert_eq!(second.exit_code(), 2);
    second.wait_restored();
    assert!(
        first.terminal.took_the_screen() && !second.took_the_screen(),
        "nothing flashes before it is refused"
    );
}

#[test]
fn a_tiny_terminal_gets_a_polite_line_and_growing_brings_everything_back() {
    let app = app();
    app.terminal.resize(20, 5);
    app.terminal.wait_for("Too small");
    app.terminal.resize(1, 1);
    app.terminal.resize(160, 50);
    app.terminal.wait_for("Enter starts with");
    app.terminal.send("q");
    assert_eq!(app.terminal.exit_code(), 0);
}

#[test]
fn a_paste_of_a_megabyte_is_survived() {
    let app = app();
    app.terminal.paste(&"a line of text \u{202e} and more\n".repeat(32 * 1024));
    app.terminal.send("/");
    app.terminal.wait_for("Find anything");
    app.terminal.paste(&"q".repeat(1024 * 1024));
    app.terminal.wait_for("qqqqqqqq");
    app.terminal.send("\x1b");
    app.terminal.wait_gone("Find anything");
    app.terminal.send("q");
    assert_eq!(app.terminal.exit_code(), 0);
}

/// The colour of the accent, which differs between the palettes: that of the program's name.
fn accent(app: &App) -> vt100::Color {
    app.terminal.look(|screen| screen.cell(0, 1).unwrap().fgcolor())
}

#[test]
fn the_terminals_word_on_its_background_chooses_the_palette_and_an_option_overrides_it() {
    let dark = accent(&app());
    let light = app_with(&[("TEST_BACKGROUND", "rgb:ffff/ffff/f0f0")], &[]);
    light.terminal.wait_until("another accent", |screen| screen.cell(0, 1).unwrap().fgcolor() != dark);
    let chosen = app_with(&[("TEST_BACKGROUND", "rgb:ffff/ffff/f0f0")], &["--theme", "dark"]);
    chosen.terminal.send("?");
    chosen.terminal.wait_for("Leave patterns-tui");
    // What lies beneath an overlay is drawn muted.
    chosen.terminal.send("\x1b");
    chosen.terminal.wait_until("the library", |screen| !screen.contents().contains("Leave patterns-tui"));
    assert_eq!(accent(&chosen), dark);
}

#[test]
fn without_colour_attributes_remain() {
    let app = app_with(&[("NO_COLOR", "1")], &[]);
    let (color, bold) = app.terminal.look(|screen| {
        let cell = screen.cell(0, 1).unwrap();
        (cell.fgcolor(), cell.bold())
    });
    assert_eq!((color, bold), (vt100::Color::Default, true));
}

#[test]
fn it_is_suspended_to_the_shell_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let script = format!(
        "set -m; '{PROGRAM}' --home '{}' '{PACK}'; echo \"stopped: $?\"; read line; fg >/dev/null; echo \"ended: $?\"",
        home.path().display()
    );
    let terminal = Terminal::start("sh", &["-c", &script], &[]);
    terminal.wait_for("Enter starts with");
    terminal.send("\x1a");
    terminal.wait_for("stopped: ");
    terminal.wait_restored();
    assert!(!terminal.is_raw());
    terminal.send("\n");
    terminal.wait_for("Enter starts with");
    terminal.wait_until("the mouse", |screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    terminal.send("q");
    terminal.wait_for("ended: 0");
    terminal.wait_restored();
}

#[test]
fn where_no_shell_waits_the_app_says_so_and_stays() {
    let app = app();
    app.terminal.send("\x1a");
    app.terminal.wait_for("no shell");
    app.terminal.send("q");
    assert_eq!(app.terminal.exit_code(), 0);
}

#[test]
fn keys_are_keys_again_after_a_stop_that_nobody_could_prepare_for() {
    let home = tempfile::tempdir().unwrap();
    let own = home.path().join("process");
    let app =
        format!("echo $$ >'{}'; exec '{PROGRAM}' --home '{}' '{PACK}'", own.display(), home.path().display());
    let script = "set -m; sh -c \"$0\"; stty sane; echo 'it is stopped'; read line; fg >/dev/null";
    let terminal = Terminal::start("sh", &["-c", script, &app], &[]);
    terminal.wait_for("Enter starts with");
    let process = std::fs::read_to_string(own).unwrap().trim().parse().unwrap();
    let process = rustix::process::Pid::from_raw(process).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::STOP).unwrap();
    terminal.wait_for("it is stopped");
    assert!(!terminal.is_raw());
    terminal.send("\n");
    terminal.wait_gone("it is stopped");
    assert!(terminal.is_raw());
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// The child of the test below: this test program itself, started again in a terminal.
#[test]
#[ignore = "panics on purpose, in a process of its own"]
fn child_that_panics_on_a_thread() {
    use patterns_tui::tui::{terminal, theme::Depth};
    terminal::end_on_panic();
    let _terminal = terminal::Terminal::take(Depth::None).unwrap();
    std::thread::Builder::new()
        .name("worker".to_owned())
        .spawn(|| panic!("as planned"))
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn a_panic_on_any_thread_gives_the_terminal_back_and_says_so() {
    let itself = std::env::current_exe().unwrap();
    let arguments = ["--exact", "ways_out::child_that_panics_on_a_thread", "--ignored", "--nocapture"];
    let terminal = Terminal::start(itself.to_str().unwrap(), &arguments, &[]);
    terminal.wait_for("as planned");
    assert_eq!(terminal.exit_code(), 101);
    terminal.wait_restored();
    terminal.wait_for("thread worker");
    assert!(!terminal.is_raw());
}
