//! Lists every file of the built-in pack and of the sandbox template in a static table that the binary embeds.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The embedded directories, relative to the manifest.
const ROOTS: [&str; 2] = ["content", "sandbox-template"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    for name in ROOTS {
        list(&root.join(name), name, &mut files)?;
    }
    files.sort();
    // A literal takes backslashes and quotes in the path of the source tree.
    let literal = |name: &str| format!("{:?}", root.join(name).to_string_lossy());
    let mut code = String::from("pub(super) static FILES: &[(&str, &str)] = &[\n");
    for name in &files {
        writeln!(code, "    ({name:?}, include_str!({})),", literal(name))?;
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}

/// Collects the files under `directory`. A directory is watched as well as its files, or a new file would not be noticed.
fn list(directory: &Path, name: &str, files: &mut Vec<String>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", directory.display());
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let file_name = entry.file_name().into_string().map_err(|name| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{} is no UTF-8", name.to_string_lossy()))
        })?;
        if file_name.starts_with('.') || (file_name == "target" && entry.file_type()?.is_dir()) {
            continue;
        }
        let name = format!("{name}/{file_name}");
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &name, files)?;
        } else {
            println!("cargo::rerun-if-changed={}", entry.path().display());
            files.push(name);
        }
    }
    Ok(())
}
