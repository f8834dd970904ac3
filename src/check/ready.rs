//! The mark that a set of dependencies is built.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::toolchain;
use crate::check::obstacle::Obstacle;
use crate::pack::DependencySet;

/// The mark in a target directory that a set is built there, which says by whom, what was built and how.
pub(super) struct ReadyMark {
    at: PathBuf,
    /// How many packages have to be fetched.
    pub(super) packages: usize,
    /// The identity of the rustc that builds, where it is known yet.
    rustc: Option<String>,
    /// The checksums of the packages, and the manifest, for features and profiles decide what is built of them.
    text: String,
}

impl ReadyMark {
    pub(super) fn of(set: &DependencySet, target: &Path, rustc: Option<String>) -> Self {
        let checksums: Vec<_> = set.packages_to_fetch().collect();
        let text = format!("{}\n{}", checksums.join("\n"), set.manifest);
        Self { at: target.join("ready"), packages: checksums.len(), rustc, text }
    }

    /// Whether the set is built, or needs no building.
    pub(super) fn holds(&self) -> bool {
        self.packages == 0 || (self.is_set() && self.has_artifacts())
    }

    fn is_set(&self) -> bool {
        let present = fs::read_to_string(&self.at).unwrap_or_default();
        let Some((rustc, text)) = present.split_once('\n') else { return false };
        let is_same = self.rustc.as_ref().map_or_else(|| toolchain::is_unchanged(rustc), |own| own == rustc);
        is_same && text == self.text
    }

    /// Whether there is anything that the mark speaks of: whoever makes room removes what is large.
    fn has_artifacts(&self) -> bool {
        self.at.with_file_name("debug").join("build").is_dir()
    }

    /// Sets the mark.
    pub(super) fn set(&self) -> Result<(), Obstacle> {
        let rustc = self.rustc.as_deref().unwrap_or_default();
        fs::write(&self.at, format!("{rustc}\n{}", self.text))
            .map_err(|error| Obstacle::io("write", &self.at, &error))
    }
}

/// Removes the mark, after which the set is fetched and built again.
pub(super) fn forget(target: &Path) {
    // A mark that is not there is forgotten already.
    let _ = fs::remove_file(target.join("ready"));
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "checksum = \"1\"\nchecksum = \"2\"\n";

    fn mark(manifest: &str, lock: &str, target: &Path) -> ReadyMark {
        let set = DependencySet { manifest: manifest.into(), lock: lock.into() };
        ReadyMark::of(&set, target, Some("/bin/rustc\t1\t2".into()))
    }

    /// A target directory in which something was built.
    fn target() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("debug/build")).unwrap();
        dir
    }

    #[test]
    fn a_set_without_packages_is_always_ready() {
        let lock = "[[package]]\nname = \"warm\"\nversion = \"0.0.0\"\n";
        assert!(mark("", lock, Path::new("/nowhere")).holds());
    }

    #[test]
    fn a_set_is_ready_once_stamped_until_its_lock_or_its_manifest_changes() {
        let dir = target();
        let mark = |manifest: &str, lock: &str| mark(manifest, lock, dir.path());
        let (old, new) = (LOCK, "checksum = \"1\"\nchecksum = \"3\"\n");
        assert!(!mark("", old).holds());
        mark("", old).set().unwrap();
        assert!(mark("", old).holds() && !mark("", new).holds() && !mark("resolver = \"1\"", old).holds());
        forget(dir.path());
        assert!(!mark("", old).holds());
    }

    #[test]
    fn what_another_toolchain_built_is_not_ready() {
        let dir = target();
        let rustc = tempfile::NamedTempFile::new().unwrap();
        let identity = format!("{}\t0\t0", rustc.path().display());
        rustc.as_file().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let mark =
            |rustc: Option<&str>| ReadyMark { rustc: rustc.map(str::to_owned), ..mark("", LOCK, dir.path()) };
        mark(Some(&identity)).set().unwrap();
        assert!(mark(Some(&identity)).holds() && mark(None).holds());
        assert!(!mark(Some("/bin/rustc\t3\t4")).holds());
        rustc.as_file().set_len(1).unwrap();
        assert!(!mark(None).holds(), "before anybody asked for the toolchain, its change is seen as well");
    }

    #[test]
    fn a_mark_beside_nothing_is_no_mark() {
        let dir = target();
        let mark = mark("", LOCK, dir.path());
        mark.set().unwrap();
        assert!(mark.holds());
        fs::remove_dir_all(dir.path().join("debug")).unwrap();
        assert!(!mark.holds());
    }

    #[test]
    fn a_mark_of_an_earlier_version_is_none() {
        let dir = target();
        let mark = mark("", LOCK, dir.path());
        fs::write(&mark.at, &mark.text).unwrap();
        assert!(!mark.holds());
    }
}
