//! Where a pack's bytes come from, and what is refused before any of them is understood.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::pack::embedded;
use crate::pack::problem::{Problem, Problems};
use crate::pack::safe_path;
use crate::pack::safe_text::find_unsafe;
use crate::pack::shared_text::SharedText;

/// How large one file may be.
const MAX_FILE: u64 = 1024 * 1024;
/// How large a pack may be.
const MAX_PACK: u64 = 64 * 1024 * 1024;
/// How many files a pack may have.
const MAX_FILES: usize = 5_000;
/// How deep directories may be nested: `exercises/x/wrong/y/src/a/b.rs` and some room.
const MAX_DEPTH: usize = 12;
/// The directories of a pack; whatever else stands beside `pack.toml` is the author's own business.
const DIRECTORIES: [&str; 3] = ["chapters", "exercises", "sandbox"];
/// The file that makes a directory a pack.
pub(super) const MANIFEST: &str = "pack.toml";

/// Where a pack's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The built-in pack, from the binary itself.
    Builtin,
    /// A directory that holds a `pack.toml`.
    Directory(PathBuf),
    /// Bytes by path relative to the pack.
    Memory(BTreeMap<String, Vec<u8>>),
}

/// A pack's texts by path relative to it, with `/` between the parts.
pub(super) type Texts = BTreeMap<String, SharedText>;

impl Source {
    /// The pack's directory, where it has one.
    pub(super) fn directory(&self) -> Option<PathBuf> {
        match self {
            Self::Directory(root) => Some(root.clone()),
            Self::Builtin | Self::Memory(_) => None,
        }
    }

    /// Reads everything; what is refused is reported and left out. What the binary carries is not looked at again: the compiler
    /// embeds nothing but UTF-8, a test loads the same files with every check, and this is most of what a start would take.
    pub(super) fn read(&self, problems: &mut Problems) -> Texts {
        if *self == Self::Builtin {
            return embedded::files_under("content")
                .map(|(path, text)| (path.to_owned(), SharedText::embedded(text)))
                .collect();
        }
        let mut reader = Reader { texts: Texts::new(), bytes: 0, full: false, problems };
        match self {
            Self::Builtin => {}
            Self::Directory(root) => {
                reader.file(root, MANIFEST);
                for name in DIRECTORIES {
                    if root.join(name).exists() {
                        reader.directory(root, name, 1);
                    }
                }
            }
            Self::Memory(files) => {
                for (path, bytes) in files {
                    reader.add(path, bytes);
                }
            }
        }
        reader.refuse_twins();
        reader.texts
    }
}

/// Collects texts within the limits.
struct Reader<'a> {
    texts: Texts,
    bytes: u64,
    full: bool,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn directory(&mut self, root: &Path, path: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return self.refuse(path, format!("directories are nested more than {MAX_DEPTH} deep"));
        }
        if root.join(path).is_symlink() {
            return self.refuse(path, "a link is not followed");
        }
        let entries = match fs::read_dir(root.join(path)).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(path, format!("cannot read the directory: {error}")),
        };
        for entry in entries {
            let Some(name) = entry.file_name().to_str().map(ToOwned::to_owned) else {
                self.refuse(path, format!("the file name {} is not UTF-8", entry.file_name().display()));
                continue;
            };
            let beside = root.join(path).join("Cargo.toml");
            let path = format!("{path}/{name}");
            // What begins with a dot belongs to an editor, a file manager or git.
            if name.starts_with('.') || is_cargos(&path, &beside) || self.full {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.directory(root, &path, depth + 1),
                Ok(_) => self.file(root, &path),
                Err(error) => self.refuse(&path, format!("this cannot be examined: {error}")),
            }
        }
    }

    fn file(&mut self, root: &Path, path: &str) {
        let full = root.join(path);
        let read = || -> Result<Vec<u8>, String> {
            let kind =
                full.symlink_metadata().map_err(|error| format!("the file cannot be read: {error}"))?;
            if kind.is_symlink() {
                return Err("a link is not followed".to_owned());
            }
            // A pipe or a device would block or never end.
            if !kind.is_file() {
                return Err("this is no regular file".to_owned());
            }
            let mut bytes = Vec::new();
            File::open(&full)
                .and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
                .map_err(|error| format!("the file cannot be read: {error}"))?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => self.add(path, &bytes),
            Err(message) => self.refuse(path, message),
        }
    }

    fn add(&mut self, path: &str, bytes: &[u8]) {
        if self.full {
            return;
        }
        self.bytes += bytes.len() as u64;
        if let Err(mistake) = safe_path::check(path) {
            self.refuse(path, mistake.to_string());
        } else if bytes.len() as u64 > MAX_FILE {
            self.refuse(path, format!("the file is larger than {} KiB", MAX_FILE / 1024));
        } else if self.bytes > MAX_PACK || self.texts.len() == MAX_FILES {
            self.full = true;
            let limit = format!("a pack has at most {MAX_FILES} files and {} MiB", MAX_PACK / 1024 / 1024);
            self.refuse(path, format!("this file is one too many: {limit}"));
        } else {
            match std::str::from_utf8(bytes) {
                Ok(text) => self.add_text(path, text.strip_prefix('\u{feff}').unwrap_or(text)),
                Err(error) => self.refuse_non_utf8(path, bytes, error.valid_up_to()),
            }
        }
    }

    fn add_text(&mut self, path: &str, text: &str) {
        if let Some((at, c)) = find_unsafe(text, &['\r']) {
            let message = format!("the character {} has no place in a text", c.escape_unicode());
            let help = "in a Rust string write it as an escape, as in `\\u{1b}`";
            self.problems.push(Problem::error(path, message).at(text, at..at + c.len_utf8()).help(help));
        }
        self.texts.insert(path.to_owned(), text.into());
    }

    fn refuse(&mut self, path: &str, message: impl Into<String>) {
        self.problems.push(Problem::error(path, message));
    }

    fn refuse_non_utf8(&mut self, path: &str, bytes: &[u8], valid: usize) {
        let text = String::from_utf8_lossy(bytes);
        self.problems.push(
            Problem::error(path, "the file is not UTF-8 from here on")
                .at(&text, valid..valid + 1)
                .help("save it as UTF-8; a pack holds texts only"),
        );
    }

    /// On some machines `Lib.rs` and `lib.rs` are one file.
    fn refuse_twins(&mut self) {
        let mut seen: BTreeMap<String, &String> = BTreeMap::new();
        for path in self.texts.keys() {
            if let Some(twin) = seen.insert(path.to_lowercase(), path) {
                let message = format!("this name differs from `{twin}` in upper and lower case only");
                self.problems.push(Problem::error(path, message).help("give one of them another name"));
            }
        }
    }
}

/// Whether a directory is where cargo puts what it builds for an author: beside a crate or a manifest. Whatever else is called
/// `target` is the pack's, or an exercise of that name would vanish without a word.
fn is_cargos(path: &str, manifest_beside: &Path) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let is_beside_a_crate = matches!(
        parts[..],
        ["exercises" | "sandbox", _, "target"]
            | ["exercises", _, "starter" | "solution", "target"]
            | ["exercises", _, "wrong", _, "target"]
    );
    is_beside_a_crate || (parts.last() == Some(&"target") && manifest_beside.is_file())
}

#[cfg(test)]
mod tests;
