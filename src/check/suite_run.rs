//! A suite of the learner's, run on one implementation.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::suite::{NO_RECORD_CODE, Record, TestTask};
use crate::cargo::{Ending, SuiteTestimony, TestCall, whole_suite};
use crate::check::harness::read_record;
use crate::check::obstacle::Obstacle;
use crate::check::plan::limits_of_process;
use crate::check::workshop::{Job, Workshop};
use crate::pack::Limits;
use crate::sandbox::Placed;

/// A run of the suite on one implementation.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) testimony: SuiteTestimony,
    /// What a person is shown of it, with paths relative to the crate.
    pub(super) output: String,
}

impl Workshop {
    /// Runs all tests of a binary in one process.
    pub(super) async fn run_suite(
        &self,
        placed: &Placed,
        executable: &Path,
        limits: &Limits,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<Run, Obstacle> {
        let mut run = self.run_suite_once(placed, executable, limits, job, cancel).await?;
        if run.testimony == SuiteTestimony::NoRecord {
            if self.harness_lacks_record(job, cancel).await? {
                run = self.run_suite_once(placed, executable, limits, job, cancel).await?;
            } else {
                run.testimony = SuiteTestimony::Died(Ending::Code(NO_RECORD_CODE));
            }
        }
        if let SuiteTestimony::NotStarted(why) = &run.testimony
            && self.gives_up_namespaces(why)
        {
            run = self.run_suite_once(placed, executable, limits, job, cancel).await?;
        }
        match &run.testimony {
            SuiteTestimony::NotStarted(why) => Err(Obstacle::not_started("suite", why)),
            _ => Ok(run),
        }
    }

    async fn run_suite_once(
        &self,
        placed: &Placed,
        executable: &Path,
        limits: &Limits,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<Run, Obstacle> {
        let record = self.harness_keeps_record().then(|| job.record());
        let task = TestTask::All { record: record.as_deref() };
        let tmp = job.place_of_its_own()?;
        let call = TestCall { executable, task, backtrace: false, tmp: tmp.path() };
        let terms =
            Terms { deadline: Some(limits.test), limits: limits_of_process(limits), cancel: cancel.clone() };
        let process = self.spawn(&job.commands.test(&call, &placed.dir), terms)?;
        let run = process.gather(limits.output_kib as usize * 1024).await;
        let record = record.as_deref().map_or(Record::NotKept, read_record);
        Ok(Run {
            testimony: whole_suite::testimony(&run, &record),
            output: from_the_crate(whole_suite::output(&run), &placed.package),
        })
    }
}

/// With paths that begin in the crate and not in the workspace, however the system writes them.
fn from_the_crate(output: String, package: &str) -> String {
    ['/', '\\'].iter().fold(output, |output, separator| output.replace(&format!("{package}{separator}"), ""))
}
