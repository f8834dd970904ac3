//! Many answers to one exercise, built by one call of cargo and judged one after the other: what a pack claims, verified.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::cargo::Diagnostic;
use crate::check::build::Built;
use crate::check::event::{Event, Report, Subject};
use crate::check::judge::{Draft, Judged, Question};
use crate::check::make::over;
use crate::check::obstacle::Obstacle;
use crate::check::plan::{Plan, Scope};
use crate::check::suite::targets_of;
use crate::check::turns::Turn;
use crate::check::workshop::{Job, Workshop};
use crate::pack::{Exercise, Pack};
use crate::sandbox::{Answer, Placed};

/// What became of one answer's build.
type Outcome = (Placed, Built, Vec<Diagnostic>);

impl Workshop {
    /// Judges these answers; gives their reports in the same order.
    pub(super) async fn judge_answers(
        self: &Arc<Self>,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        subjects: &[Subject],
        cancel: &CancellationToken,
    ) -> Vec<Report> {
        let tests = Scope::All.tests(exercise);
        let question =
            |subject: &Subject| Question { pack, exercise, subject: subject.clone(), scope: Scope::All };
        let (_crate_turn, job, outcomes) = match self.build_answers(pack, exercise, subjects, cancel).await {
            Ok((turn, job, outcomes)) => (turn, Arc::new(job), outcomes),
            Err(obstacle) => {
                let report =
                    |subject| Draft::default().report(&question(subject), &tests, Err(obstacle.clone()));
                return subjects.iter().map(report).collect();
            }
        };
        let needs = self.needs(exercise).await;
        let mut reports = Vec::with_capacity(subjects.len());
        for (subject, (placed, built, diagnostics)) in subjects.iter().zip(outcomes) {
            let mut draft = Draft::of_build(diagnostics);
            let mut told = |event: Event| draft.note(&event);
            let ending = match built {
                Built::Refused(_) => Ok(Judged::Refused),
                Built::Failed(log) => Err(Obstacle::of_build(&log)),
                Built::Executables(files) => {
                    let job = Arc::clone(&job);
                    let plan = Plan {
                        tests: tests.clone(),
                        limits: exercise.limits.clone(),
                        needs: needs.clone(),
                        backtrace: false,
                        placed,
                        executables: files,
                    };
                    self.run(plan, job, &mut told, cancel).await.map(Judged::Run)
                }
            };
            let ending = if cancel.is_cancelled() { Err(Obstacle::cancelled()) } else { ending };
            reports.push(draft.report(&question(subject), &tests, ending));
        }
        reports
    }

    async fn build_answers(
        self: &Arc<Self>,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        subjects: &[Subject],
        cancel: &CancellationToken,
    ) -> Result<(Turn, Job, Vec<Outcome>), Obstacle> {
        let job = self.job(pack, &exercise.set).await?;
        // Kept until they have run, or the next answers would be built over them.
        let place = self.sandbox.crate_dir(pack, exercise);
        let crate_turn = self.turns.take(&place, cancel, &mut |_| {}).await?;
        let _turn = self.turn_to_build(&job.commands.target, cancel, &mut |_| {}).await?;
        self.make_ready(pack, &exercise.set, &job, &mut |_| {}, cancel).await?;
        let answer = |subject| Answer { name: name(subject), files: over(exercise, subject) };
        let answers: Vec<_> = subjects.iter().map(answer).collect();
        let placed = self.sandbox.place_answers(pack, exercise, &answers, job.linking())?;
        let Some(first) = placed.first() else { return Ok((crate_turn, job, Vec::new())) };
        let packages: Vec<_> = placed.iter().map(|placed| placed.package.clone()).collect();
        let command = job.commands.build_all_once(&first.manifest, &packages, &first.test_targets);
        let built = self.build_all(&command, (&packages, targets_of(&placed)), cancel, &mut |_| {}).await?;
        let outcomes = placed.into_iter().zip(built);
        let outcomes = outcomes.map(|(placed, (built, diagnostics))| (placed, built, diagnostics)).collect();
        Ok((crate_turn, job, outcomes))
    }
}

/// A name that no two subjects share.
fn name(subject: &Subject) -> String {
    match subject {
        Subject::Learner => "learner".to_owned(),
        Subject::Starter => "starter".to_owned(),
        Subject::Solution => "solution".to_owned(),
        Subject::Wrong(name) => format!("wrong_{name}"),
    }
}
