//! The toolchain's test harness: whether it keeps a record, and what the record of a run says.

use std::fs;
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

/// What the harness recorded. It makes the file before it runs anything; where it did not, it is seen whether it could have.
pub(super) fn read_record(record: &Path) -> Record {
    match fs::read_to_string(record) {
        Ok(text) => Record::Text(text),
        Err(_) => match fs::write(record, "?") {
            Ok(()) => Record::NotBegun,
            Err(error) => Record::Unwritable(error.to_string()),
        },
    }
}

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
}
