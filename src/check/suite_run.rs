//! A suite of the learner's, run on one implementation.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::suite::{Record, TestTask};
use crate::cargo::{SuiteTestimony, TestCall, whole_suite};
use crate::check::obstacle::Obstacle;
use crate::check::plan::limits_of_process;
use crate::check::run::read_record;
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
            self.note_harness_without_record();
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
        let call = TestCall { executable, task, backtrace: false };
        let terms =
            Terms { deadline: Some(limits.test), limits: limits_of_process(limits), cancel: cancel.clone() };
        let process = self.spawn(&job.commands.test(&call, &placed.dir), terms)?;
        let run = process.gather(limits.output_kib as usize * 1024).await;
        let record = record.as_deref().map_or(Record::NotKept, read_record);
        Ok(Run {
            testimony: whole_suite::testimony(&run, &record),
            output: whole_suite::output(&run).replace(&format!("{}/", placed.package), ""),
        })
    }
}
