//! The learner's own editor: which program, and how it is told a file and a line.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

/// A program to be given the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorCall {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Where it is started.
    pub directory: PathBuf,
}

impl EditorCall {
    /// Why it could not be started, and what to do.
    pub fn not_started(&self, error: &io::Error) -> String {
        if !self.directory.is_dir() {
            return format!("there is no {} to start `{}` in", self.directory.display(), self.program);
        }
        // The number of the error says nothing to a person.
        let why = error.to_string();
        let why = why.split(" (os error").next().unwrap_or_default();
        format!("`{}` cannot be started: {why}; set $VISUAL or $EDITOR", self.program)
    }
}

/// How `$VISUAL`, or else `$EDITOR`, opens a file at a line; an error says what is missing and what to do.
pub fn call(
    variable: impl Fn(&str) -> Option<String>,
    directory: &Path,
    file: &str,
    line: usize,
) -> Result<EditorCall, String> {
    let chosen = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.trim().is_empty()).map(|value| (name, value)));
    let Some((name, value)) = chosen else {
        return Err("neither $VISUAL nor $EDITOR is set: export EDITOR=nano".to_owned());
    };
    let mut words = shell_words::split(&as_shells_read(&value, cfg!(windows)))
        .map_err(|error| format!("${name} cannot be understood: {error}"))?
        .into_iter();
    let Some(program) = words.next() else { return Err(format!("${name} names no program")) };
    let mut arguments: Vec<String> = words.collect();
    place(&program, &mut arguments, file, line);
    Ok(EditorCall { program, arguments, directory: directory.to_owned() })
}

/// A variable's value as a Unix shell would have to be told it: a backslash of Windows parts directories and escapes nothing.
fn as_shells_read(value: &str, windows: bool) -> Cow<'_, str> {
    if windows { value.replace('\\', "/").into() } else { value.into() }
}

/// Adds the file and, for editors known to understand it, the line.
fn place(program: &str, arguments: &mut Vec<String>, file: &str, line: usize) {
    let name = Path::new(program).file_stem().and_then(|stem| stem.to_str()).unwrap_or(program);
    match name {
        "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" | "ne" | "jed" => {
            arguments.extend([format!("+{line}"), file.to_owned()]);
        }
        "hx" | "helix" | "zed" | "subl" => arguments.push(format!("{file}:{line}")),
        "code" | "codium" | "code-insiders" | "cursor" => {
            arguments.extend(["--goto".to_owned(), format!("{file}:{line}")]);
        }
        _ => arguments.push(file.to_owned()),
    }
    let leaves_at_once = matches!(name, "code" | "codium" | "code-insiders" | "cursor" | "zed" | "subl");
    if leaves_at_once && !arguments.iter().any(|argument| argument == "--wait" || argument == "-w") {
        arguments.insert(0, "--wait".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{as_shells_read, call};

    fn arguments(visual: &str, editor: &str) -> Result<(String, Vec<String>), String> {
        let variable = |name: &str| Some(if name == "VISUAL" { visual } else { editor }.to_owned());
        call(variable, Path::new("/crate"), "src/lib.rs", 7).map(|call| (call.program, call.arguments))
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        let told = |editor| arguments("", editor).unwrap().1;
        assert_eq!(told("vim -u NONE"), ["-u", "NONE", "+7", "src/lib.rs"]);
        assert_eq!(told("/usr/bin/hx"), ["src/lib.rs:7"]);
        assert_eq!(told("code"), ["--wait", "--goto", "src/lib.rs:7"]);
        assert_eq!(told("'my editor' --x"), ["--x", "src/lib.rs"]);
    }

    #[test]
    fn the_path_of_an_editor_on_windows_keeps_its_parts() {
        let value = r#""C:\Program Files\Editor\edit.exe" -n"#;
        let words = shell_words::split(&as_shells_read(value, true)).unwrap();
        assert_eq!(words, ["C:/Program Files/Editor/edit.exe", "-n"]);
        assert_eq!(as_shells_read(r"my\ editor", false), r"my\ editor");
    }

    #[test]
    fn an_editor_that_is_not_there_is_named_not_its_directory() {
        let error = || std::io::Error::from_raw_os_error(2);
        let call =
            |directory: &Path| call(|_| Some("nosucheditor".to_owned()), directory, "a.rs", 1).unwrap();
        let told = call(Path::new(".")).not_started(&error());
        assert!(
            told.starts_with("`nosucheditor` cannot be started: ") && !told.contains("os error"),
            "{told}"
        );
        assert!(told.ends_with("; set $VISUAL or $EDITOR") && told.len() < 90, "{told}");
        assert!(call(Path::new("/no/such/crate")).not_started(&error()).contains("/no/such/crate"));
    }

    #[test]
    fn visual_goes_before_editor_and_both_may_be_missing() {
        assert_eq!(arguments("nano", "vim").unwrap().0, "nano");
        assert_eq!(arguments(" ", "vim").unwrap().0, "vim");
        assert!(arguments("", "").unwrap_err().contains("neither"));
        assert!(arguments("'unclosed", "").unwrap_err().contains("$VISUAL"));
    }
}
