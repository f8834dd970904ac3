//! The toolchain's test harness: whether it keeps a record, and what the record of a run says.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::Ordering;

use tokio_util::sync::CancellationToken;

use crate::cargo::suite::{Record, TestTask, knows_no_record};
use crate::cargo::{Ending, TestCall};
use crate::check::obstacle::Obstacle;
use crate::check::workshop::{Job, Workshop};

/// Tests that nobody has a part in.
const PROBE: &str = "#[test]\nfn probe() {}\n";

impl Workshop {
    pub(super) fn harness_keeps_record(&self) -> bool {
        !self.keeps_no_record.load(Ordering::Relaxed)
    }

    /// Whether it is true what a test binary said, that the harness keeps no record. Code under judgement can say so before the
    /// harness begins: asked is one with nobody's code in it.
    pub(super) async fn harness_lacks_record(
        &self,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<bool, Obstacle> {
        let scratch = job.scratch()?;
        let (source, executable) = (scratch.path().join("probe.rs"), scratch.path().join("probe"));
        fs::write(&source, PROBE).map_err(|error| Obstacle::temporary("write", &source, &error))?;
        let built = self.gather(&job.commands.compile_tests(&source, &executable), cancel).await?;
        if built.ending != Ending::Code(0) {
            return Ok(false);
        }
        let record = job.record();
        let task = TestTask::Run { name: "probe", record: Some(&record) };
        let call = TestCall { executable: &executable, task, backtrace: false, tmp: scratch.path() };
        let ran = self.gather(&job.commands.test(&call, scratch.path()), cancel).await?;
        let lacks = knows_no_record(&ran.stderr.text());
        self.keeps_no_record.fetch_or(lacks, Ordering::Relaxed);
        Ok(lacks)
    }
}

/// What the harness recorded. It makes the file before it runs anything; where it did not, it is seen whether it could have. Code
/// under judgement may have put anything in its place: what is no file, or cannot be a record, is none.
pub(super) fn read_record(record: &Path) -> Record {
    match read_file(record) {
        Ok(text) => Record::Text(text),
        Err(_) => match OpenOptions::new().write(true).create_new(true).open(record) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Record::Unwritable(error.to_string())
            }
            _ => Record::NotBegun,
        },
    }
}

/// Reads a file, and waits for nobody: what is opened may be a pipe, a device, or lead elsewhere.
fn read_file(path: &Path) -> io::Result<String> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // It may have been replaced since.
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut text = String::new();
    file.take(LONGEST_RECORD).read_to_string(&mut text)?;
    Ok(text)
}

/// Longer than the names of all tests of any suite, in bytes.
const LONGEST_RECORD: u64 = 4 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_could_not_be_made_is_told_from_one_that_was_not() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read_record(&dir.path().join("a")), Record::NotBegun);
        assert!(matches!(read_record(&dir.path().join("no/such")), Record::Unwritable(_)));
        fs::write(dir.path().join("b"), "ok t\n").unwrap();
        assert_eq!(read_record(&dir.path().join("b")), Record::Text("ok t\n".into()));
    }

    #[cfg(unix)]
    #[test]
    fn what_stands_in_the_place_of_a_record_is_neither_waited_for_nor_followed_nor_written() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        let own = [0xff; 9];
        fs::write(at("own"), own).unwrap();
        std::os::unix::fs::symlink(at("own"), at("link")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", at("device")).unwrap();
        fs::create_dir(at("directory")).unwrap();
        for name in ["pipe", "link", "device", "directory", "own"] {
            assert_eq!(read_record(&at(name)), Record::NotBegun, "{name}");
        }
        assert_eq!(fs::read(at("own")).unwrap(), own);
    }
}
