//! The Rust toolchain: where its programs are, and which one it is.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cargo::environment::Environment;
use crate::cargo::invocation::Invocation;

/// A toolchain whose programs are called directly. rustup's stand-ins look for their toolchain at every call, which takes
/// about 40 ms each time, more than cargo needs to see that nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// cargo.
    pub cargo: PathBuf,
    /// rustc.
    pub rustc: PathBuf,
    /// rustfmt, where it is installed.
    pub rustfmt: Option<PathBuf>,
    /// The target that it builds for by default.
    pub host: String,
    /// Where its standard library lies as a shared one, on systems on which a crate can be linked so and nothing else is
    /// needed: glibc's Linux. Windows exports at most 65,535 symbols from a library, musl's toolchains link statically.
    pub libraries: Option<PathBuf>,
}

/// Why there is no toolchain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ToolchainError {
    /// No rustc in `PATH`.
    #[error("no rustc was found in PATH")]
    NoRustc,
    /// rustc is there, cargo is not.
    #[error("rustc was found, but no cargo beside it or in PATH")]
    NoCargo,
    /// rustc does not know what it is asked, nor Rust 2024.
    #[error("{} is older than Rust 1.85", rustc.display())]
    TooOld {
        /// Which one.
        rustc: PathBuf,
    },
    /// rustc did not answer.
    #[error("{} did not say where its toolchain is: {said}", rustc.display())]
    Mute {
        /// Which one.
        rustc: PathBuf,
        /// What it said instead.
        said: String,
    },
}

impl Toolchain {
    /// What tells its rustc from any other: what one has built another does not take.
    pub fn identity(&self) -> String {
        identity(&self.rustc)
    }
}

/// Whether the rustc that such an identity is of stands there still, and no other in its place.
pub fn is_unchanged(identity_then: &str) -> bool {
    let at = identity_then.split('\t').next().map(Path::new);
    at.is_some_and(|rustc| rustc.is_file() && identity(rustc) == identity_then)
}

/// The place, the time and the size: to ask rustc itself takes as long as a check that finds everything built.
fn identity(rustc: &Path) -> String {
    let file = rustc.metadata().ok();
    let size = file.as_ref().map_or(0, std::fs::Metadata::len);
    let written = file.and_then(|file| file.modified().ok());
    let written = written.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    format!("{}\t{}\t{size}", rustc.display(), written.unwrap_or_default().as_nanos())
}

/// The first program of this name in the directories of `PATH`.
pub fn find_program(environment: &Environment, name: &str) -> Option<PathBuf> {
    let name = executable(name);
    environment
        .path()
        .into_iter()
        .filter(|dir| dir.is_absolute())
        .map(|dir| dir.join(&name))
        .find(|at| at.is_file())
}

/// Asks the rustc in `PATH` for its sysroot and its host.
pub fn ask(environment: &Environment) -> Result<Invocation, ToolchainError> {
    let rustc = find_program(environment, "rustc").ok_or(ToolchainError::NoRustc)?;
    let asked = Invocation::new(rustc).arguments(["--print", "sysroot", "--print", "host-tuple"]);
    let seen = ["PATH", "HOME", "USERPROFILE", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_HOME", "SYSTEMROOT"];
    // A question must not download a toolchain: nobody asked for it, and it takes minutes.
    let asked = asked.variable("RUSTUP_AUTO_INSTALL", "0");
    Ok(seen.iter().fold(asked, |asked, name| match environment.get(name) {
        Some(value) => asked.variable(name, value),
        None => asked,
    }))
}

/// Reads the answer to [`ask`].
pub fn read_answer(
    environment: &Environment,
    asked: &Invocation,
    answer: &str,
) -> Result<Toolchain, ToolchainError> {
    let mut lines = answer.lines();
    let sysroot = lines.next().map(Path::new).filter(|line| line.is_absolute());
    let (Some(sysroot), Some(host)) = (sysroot, lines.next()) else {
        if answer.contains("unknown print request") {
            return Err(ToolchainError::TooOld { rustc: asked.program.clone() });
        }
        return Err(ToolchainError::Mute { rustc: asked.program.clone(), said: answer.trim().to_owned() });
    };
    let bin = sysroot.join("bin");
    let find = |name: &str| {
        let beside = bin.join(executable(name));
        if beside.is_file() { Some(beside) } else { find_program(environment, name) }
    };
    Ok(Toolchain {
        cargo: find("cargo").ok_or(ToolchainError::NoCargo)?,
        rustc: find("rustc").ok_or(ToolchainError::NoRustc)?,
        rustfmt: find("rustfmt").filter(|rustfmt| !is_stand_in(rustfmt)),
        host: host.to_owned(),
        libraries: shared_libraries(sysroot, host),
    })
}

fn shared_libraries(sysroot: &Path, host: &str) -> Option<PathBuf> {
    let at = sysroot.join("lib/rustlib").join(host).join("lib");
    let is_std = |entry: std::fs::DirEntry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with("libstd-")
            && Path::new(&name).extension().is_some_and(|it| it == "so")
    };
    let is_there = host.contains("-linux-gnu") && std::fs::read_dir(&at).ok()?.flatten().any(is_std);
    is_there.then_some(at)
}

/// Whether this is rustup's stand-in for a program. One that the toolchain lacks it cannot call either.
fn is_stand_in(program: &Path) -> bool {
    program.with_file_name(executable("rustup")).is_file()
}

fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn toolchain_in(programs: &[&str]) -> (tempfile::TempDir, Environment) {
        let dir = tempfile::tempdir().unwrap();
        for name in programs {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let environment = [("PATH", dir.path().as_os_str())].into_iter().collect();
        (dir, environment)
    }

    #[test]
    fn nothing_in_the_path_is_said() {
        let (_dir, environment) = toolchain_in(&["cargo"]);
        assert_eq!(ask(&environment), Err(ToolchainError::NoRustc));
    }

    #[test]
    fn a_rustc_without_cargo_is_said() {
        let (_dir, environment) = toolchain_in(&["rustc"]);
        let asked = ask(&environment).unwrap();
        let answer = "/no/sysroot\nh\n";
        assert_eq!(read_answer(&environment, &asked, answer), Err(ToolchainError::NoCargo));
    }

    #[test]
    fn programs_of_the_path_stand_in_for_those_that_the_sysroot_lacks() {
        let (dir, environment) = toolchain_in(&["rustc", "cargo"]);
        let asked = ask(&environment).unwrap();
        let answer = "/no/sysroot\nh\n";
        let toolchain = read_answer(&environment, &asked, answer).unwrap();
        assert_eq!(toolchain.cargo, dir.path().join("cargo"));
        assert_eq!(toolchain.rustfmt, None);
        assert_eq!(toolchain.host, "h");
    }

    #[test]
    fn only_a_toolchain_that_brings_a_shared_standard_library_can_share() {
        let dir = tempfile::tempdir().unwrap();
        for host in ["x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl"] {
            let libraries = dir.path().join("lib/rustlib").join(host).join("lib");
            std::fs::create_dir_all(&libraries).unwrap();
            std::fs::write(libraries.join("libstd-0a.rlib"), "").unwrap();
            assert_eq!(shared_libraries(dir.path(), host), None);
            std::fs::write(libraries.join("libstd-0a.so"), "").unwrap();
        }
        assert!(shared_libraries(dir.path(), "x86_64-unknown-linux-gnu").is_some());
        assert_eq!(shared_libraries(dir.path(), "x86_64-unknown-linux-musl"), None);
    }

    #[test]
    fn a_stand_in_for_what_is_not_installed_is_no_program() {
        let (_dir, environment) = toolchain_in(&["rustc", "cargo", "rustfmt", "rustup"]);
        let asked = ask(&environment).unwrap();
        let (sysroot, _) = toolchain_in(&[]);
        let answer = format!("{}\nh\n", sysroot.path().display());
        assert_eq!(read_answer(&environment, &asked, &answer).unwrap().rustfmt, None);
        std::fs::create_dir(sysroot.path().join("bin")).unwrap();
        std::fs::write(sysroot.path().join("bin/rustfmt"), "").unwrap();
        let installed = read_answer(&environment, &asked, &answer).unwrap().rustfmt;
        assert_eq!(installed, Some(sysroot.path().join("bin/rustfmt")));
    }

    #[test]
    fn another_rustc_in_the_same_place_is_another() {
        let (dir, environment) = toolchain_in(&["rustc", "cargo"]);
        let asked = ask(&environment).unwrap();
        let toolchain = read_answer(&environment, &asked, "/no/sysroot\nh\n").unwrap();
        let then = toolchain.identity();
        assert_eq!(toolchain.identity(), then);
        assert!(is_unchanged(&then));
        let hour = std::time::Duration::from_hours(1);
        let rustc = std::fs::File::options().write(true).open(dir.path().join("rustc")).unwrap();
        rustc.set_modified(SystemTime::now() - hour).unwrap();
        assert_ne!(toolchain.identity(), then);
        assert!(!is_unchanged(&then) && !is_unchanged("checksum = \"1\""));
    }

    #[test]
    fn a_rustc_that_is_too_old_is_told_as_such() {
        let (dir, environment) = toolchain_in(&["rustc"]);
        let asked = ask(&environment).unwrap();
        assert_eq!(asked.get("RUSTUP_AUTO_INSTALL").unwrap(), "0");
        let error = read_answer(&environment, &asked, "error: unknown print request `host-tuple`\n");
        assert_eq!(error, Err(ToolchainError::TooOld { rustc: dir.path().join("rustc") }));
    }

    #[test]
    fn another_answer_is_quoted() {
        let (_dir, environment) = toolchain_in(&["rustc"]);
        let asked = ask(&environment).unwrap();
        let error = read_answer(&environment, &asked, "error: no default toolchain\n").unwrap_err();
        assert!(error.to_string().ends_with("error: no default toolchain"));
    }
}
