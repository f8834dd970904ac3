//! Running the tests: each in a process of its own, as many at a time as the machine has cores.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::suite::{NO_RECORD_CODE, Record, TestTask, read_list};
use crate::cargo::{Ending, ProcessEvent, TestCall, TestLog, Testimony};
use crate::check::event::{Event, Tell};
use crate::check::harness::read_record;
use crate::check::obstacle::Obstacle;
use crate::check::plan::{Plan, limits_of_process};
use crate::check::testify::{self, Finding};
use crate::check::verdict::Cause;
use crate::check::workshop::{Job, Workshop};

/// One test and where it is.
#[derive(Debug, Clone)]
struct Assignment {
    name: String,
    executable: PathBuf,
}

impl Workshop {
    /// Runs the tests of a plan and tells of each as it begins and ends. A test that was not run is not among the findings.
    pub(super) async fn run(
        self: &Arc<Self>,
        plan: Plan,
        job: Arc<Job>,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Finding>, Obstacle> {
        let mut findings = skipped(&plan);
        for skipped in &findings {
            emit(Event::TestFinished(skipped.result.clone()));
        }
        let mut waiting = self.assign(&plan, &job, cancel).await?.into_iter();
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let plan = Arc::new(plan);
        let mut running = JoinSet::new();
        let mut obstacle = None;
        loop {
            while running.len() < cores
                && !cancel.is_cancelled()
                && let Some(test) = waiting.next()
            {
                emit(Event::TestStarted { name: test.name.clone() });
                let (workshop, plan, job) = (Arc::clone(self), Arc::clone(&plan), Arc::clone(&job));
                let cancel = cancel.clone();
                running.spawn(async move { workshop.run_one(&plan, &test, &job, &cancel).await });
            }
            match running.join_next().await {
                Some(Ok(Ok(finding))) => {
                    emit(Event::TestFinished(finding.result.clone()));
                    findings.push(finding);
                }
                // What the other tests tell is worth knowing all the same.
                Some(Ok(Err(error))) => drop(obstacle.get_or_insert(error)),
                Some(Err(error)) => {
                    let said = format!("a test could not be awaited: {error}");
                    obstacle.get_or_insert(Obstacle::new(Cause::Internal, said));
                }
                None => return obstacle.map_or(Ok(findings), Err),
            }
        }
    }

    /// Finds which binary holds which test; with one binary there is nothing to find. A test that is nowhere goes to the first,
    /// which will say that it is missing.
    async fn assign(
        &self,
        plan: &Plan,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<Vec<Assignment>, Obstacle> {
        let Some(first) = plan.executables.first() else { return Ok(Vec::new()) };
        let mut holders = Vec::new();
        if plan.executables.len() > 1 {
            for executable in &plan.executables {
                let call =
                    TestCall { executable, task: TestTask::List, backtrace: false, tmp: &job.commands.tmp };
                let listing = self.gather(&job.commands.test(&call, &plan.placed.dir), cancel).await?;
                holders.push((executable, read_list(&listing.stdout.text())));
            }
        }
        let holder =
            |name: &String| holders.iter().find(|(_, names)| names.contains(name)).map_or(first, |it| it.0);
        let assign = |name: &String| Assignment { name: name.clone(), executable: holder(name).clone() };
        Ok(plan.tests.iter().filter(|name| plan.needs.why_skipped(name).is_none()).map(assign).collect())
    }

    async fn run_one(
        &self,
        plan: &Plan,
        test: &Assignment,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<Finding, Obstacle> {
        let began = Instant::now();
        let (mut log, mut testimony) = self.attempt(plan, test, job, cancel).await?;
        if testimony == Testimony::NoRecord {
            if self.harness_lacks_record(job, cancel).await? {
                (log, testimony) = self.attempt(plan, test, job, cancel).await?;
            } else {
                testimony = Testimony::Died(Ending::Code(NO_RECORD_CODE));
            }
        }
        if let Testimony::NotStarted(why) = &testimony {
            // There may be no namespaces any more, or one that stood by has lost its own: none of those is asked again.
            self.gives_up_namespaces(why);
            job.standbys.clear();
            (log, testimony) = self.attempt(plan, test, job, cancel).await?;
        }
        if let Testimony::NotStarted(why) = testimony {
            return Err(Obstacle::not_started(&test.name, &why));
        }
        Ok(testify::finding(&test.name, &log, testimony, began.elapsed(), plan))
    }

    async fn attempt(
        &self,
        plan: &Plan,
        test: &Assignment,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<(TestLog, Testimony), Obstacle> {
        let record = self.harness_keeps_record().then(|| job.record());
        let task = TestTask::Run { name: &test.name, record: record.as_deref() };
        let tmp = job.place_of_its_own()?;
        let (executable, backtrace) = (&test.executable, plan.backtrace);
        let call = TestCall { executable, task, backtrace, tmp: tmp.path() };
        let limits = limits_of_process(&plan.limits);
        let terms = Terms { deadline: Some(plan.limits.test), limits, cancel: cancel.clone() };
        let given = plan.needs.variables(&test.name).iter();
        let invocation = given
            .fold(job.commands.test(&call, &plan.placed.dir), |invocation, (name, value)| {
                invocation.variable(name, value)
            });
        let mut process = self.spawn_in(&job.standbys, &invocation, terms)?;
        let mut log = TestLog::new(&test.name, plan.limits.output_kib as usize * 1024);
        let mut ending = Ending::Stopped;
        while let Some(event) = process.next().await {
            if let ProcessEvent::Ended(how) = event {
                ending = how;
            }
            log.take(&event);
        }
        let testimony = log.testimony(ending, &record.as_deref().map_or(Record::NotKept, read_record));
        Ok((log, testimony))
    }
}

/// The tests that are left out because what they need is not there.
fn skipped(plan: &Plan) -> Vec<Finding> {
    let skip = |name: &String| {
        let why = plan.needs.why_skipped(name)?;
        Some(Finding { result: testify::skipped(name, why), sound: true })
    };
    plan.tests.iter().filter_map(skip).collect()
}
