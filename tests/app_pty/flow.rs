//! The whole way by keys alone: from the first screen to an exercise that passed, with cargo doing the compiling.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::terminal::Terminal;
use crate::{PACK, PROGRAM};

const ANSWER: &str = "pub fn twice(number: u32) -> u32 {\n    number * 2\n}\n";

pub(crate) fn open_the_exercise(home: &Path, variables: &[(&str, &str)]) -> Terminal {
    let terminal = Terminal::start(PROGRAM, &["--home", home.to_str().unwrap(), PACK], variables);
    terminal.wait_for("Enter starts with");
    terminal.send("\t");
    terminal.wait_for("open exercise");
    terminal.send("\r");
    terminal.wait_for("todo!");
    terminal
}

#[test]
fn from_the_first_screen_to_a_passed_exercise() {
    let home = tempfile::tempdir().unwrap();
    let terminal = open_the_exercise(home.path(), &[]);
    terminal.send("\x12");
    terminal.wait_for("failed in");
    terminal.send("\x01");
    terminal.paste(ANSWER);
    terminal.wait_for("number * 2");
    terminal.send("\x12");
    terminal.wait_for("passed in");
    terminal.send("\x1b");
    terminal.wait_for("Esc leave");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.wait_restored();

    let again = Terminal::start(PROGRAM, &["--home", home.path().to_str().unwrap(), PACK], &[]);
    again.wait_for("1 of 1");
}

#[test]
fn what_was_typed_last_is_kept_when_the_app_is_told_to_end() {
    let home = tempfile::tempdir().unwrap();
    let terminal = open_the_exercise(home.path(), &[]);
    terminal.send("\x01");
    terminal.paste("// the last words");
    terminal.wait_for("the last words");
    let process = rustix::process::Pid::from_raw(terminal.process.cast_signed()).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    assert_eq!(terminal.exit_code(), 0);
    let kept = find(home.path(), "lib.rs", "the last words");
    assert!(kept, "the text is in the sandbox");
}

#[test]
fn a_version_that_was_kept_is_brought_back() {
    let home = tempfile::tempdir().unwrap();
    let terminal = open_the_exercise(home.path(), &[]);
    terminal.send("\x01");
    terminal.paste(ANSWER);
    terminal.wait_gone("todo!");
    terminal.send("\x1b");
    terminal.wait_for("Esc leave");
    terminal.send("v");
    terminal.wait_for("Versions of src/lib.rs");
    terminal.wait_for("todo!");
    terminal.send("\r");
    terminal.wait_for("this version is back");
    terminal.wait_for("todo!");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(find(home.path(), "lib.rs", "todo!"));
}

#[test]
fn what_cannot_be_saved_is_told_and_keeps_the_app_from_being_left() {
    let home = tempfile::tempdir().unwrap();
    let terminal = open_the_exercise(home.path(), &[]);
    let source = directory(home.path(), "src").unwrap();
    let aside = source.with_file_name("aside");
    fs::rename(&source, &aside).unwrap();
    fs::write(&source, "a file stands in the way").unwrap();
    terminal.send("\x01");
    terminal.paste("// the last words");
    terminal.wait_for("1 file is not saved");
    terminal.send("\x1b");
    terminal.wait_for("Esc leave");
    terminal.send("q");
    terminal.wait_for("not left");
    fs::remove_file(&source).unwrap();
    fs::rename(&aside, &source).unwrap();
    terminal.wait_gone("1 file is not saved");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(find(&source, "lib.rs", "the last words"));
}

#[test]
fn the_terminal_is_handed_to_an_editor_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let editor = home.path().join("editor");
    let script =
        format!("#!/bin/sh\necho \"the editor has $1\"\nread line\nprintf '%s' '{ANSWER}' > \"$1\"\n");
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let terminal = open_the_exercise(home.path(), &[("VISUAL", editor.to_str().unwrap())]);
    terminal.send("\x1b");
    terminal.wait_for("Esc leave");
    terminal.send("e");
    terminal.wait_for("the editor has src/lib.rs");
    assert!(!terminal.is_raw());
    terminal.wait_restored();
    terminal.send("all of this goes to the editor\n");
    terminal.wait_for("number * 2");
    terminal.wait_for("zero_stays");
    assert!(terminal.is_raw());
    terminal.send("\x12");
    terminal.wait_for("passed in");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn the_map_leads_to_a_pattern_and_escape_leads_back() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::start(PROGRAM, &["--home", home.path().to_str().unwrap()], &[]);
    terminal.wait_for("Enter starts with");
    terminal.send("m");
    terminal.wait_for("Esc back");
    terminal.send("G");
    terminal.wait_for("Integration tests   Testing");
    terminal.send("\r");
    terminal.wait_for("› Integration tests");
    // The header is drawn first: without this, what is still there of the map would be taken for the map shown again.
    terminal.wait_gone("Integration tests   Testing");
    terminal.send("\x1b");
    terminal.wait_for("Integration tests   Testing");
    terminal.send("\x1b");
    terminal.wait_for("q quit");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_signal_to_end_ends_an_editor_that_has_the_terminal_too() {
    let home = tempfile::tempdir().unwrap();
    let editor = home.path().join("editor");
    let script =
        "#!/bin/sh\ntrap '' TERM\nstty raw -echo\necho \"the editor has $1\"\nwhile :; do read line; done\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let terminal = open_the_exercise(home.path(), &[("VISUAL", editor.to_str().unwrap())]);
    terminal.send("\x1b");
    terminal.wait_for("Esc leave");
    terminal.send("e");
    terminal.wait_for("the editor has src/lib.rs");
    let process = rustix::process::Pid::from_raw(terminal.process.cast_signed()).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    assert_eq!(terminal.exit_code(), 0);
    assert!(!terminal.is_raw());
}

#[test]
fn a_colour_of_a_program_holds_until_it_is_ended() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("red.rs");
    let program = "use std::io::{Write, stdin, stdout};\nfn main() {\n    print!(\"\\x1b[31mfirst\");\n    stdout().flush().unwrap();\n    \
                   stdin().read_line(&mut String::new()).unwrap();\n    println!(\"second\\x1b[0m\");\n}\n";
    fs::write(&file, program).unwrap();
    let arguments = ["--home", home.path().to_str().unwrap(), "play", file.to_str().unwrap()];
    let terminal = Terminal::start(PROGRAM, &arguments, &[]);
    terminal.wait_for("first");
    terminal.send("\n");
    terminal.wait_for("second");
    let row = |screen: &vt100::Screen| {
        (0..30).find(|row| screen.cell(*row, 0).is_some_and(|cell| cell.contents() == "s"))
    };
    let colour = terminal.look(|screen| screen.cell(row(screen).unwrap(), 0).unwrap().fgcolor());
    assert_eq!(colour, vt100::Color::Idx(1));
    assert_eq!(terminal.exit_code(), 0);
}

/// Whether a file of this name below a directory holds a text.
pub(crate) fn find(directory: &Path, name: &str, text: &str) -> bool {
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() && !path.is_symlink() {
            return find(&path, name, text);
        }
        path.file_name().is_some_and(|own| own == name)
            && fs::read_to_string(&path).is_ok_and(|held| held.contains(text))
    })
}

/// The learner's directory of this name below another.
fn directory(below: &Path, name: &str) -> Option<PathBuf> {
    let inner = fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path());
    let inner: Vec<_> = inner.filter(|path| path.is_dir() && !path.is_symlink()).collect();
    let own = |path: &&PathBuf| path.file_name().is_some_and(|own| own == name);
    inner.iter().find(own).cloned().or_else(|| inner.iter().find_map(|path| directory(path, name)))
}
