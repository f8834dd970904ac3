//! From a subject to the binaries that judge it: placed and built, by the build that was begun ahead or by one from the start.

use std::iter;
use std::slice;
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use crate::check::ahead::Ahead;
use crate::check::build::{Built, HeldBack, LIMIT, follow, tell_of_build};
use crate::check::event::{Event, Subject, Tell};
use crate::check::judge::Question;
use crate::check::obstacle::Obstacle;
use crate::check::warm::WarmEvent;
use crate::check::workshop::{Job, Workshop};
use crate::pack::{Exercise, Files};
use crate::sandbox::{Placed, Tree};

impl Workshop {
    /// Places what is judged and builds what judges it.
    pub(super) async fn make(
        &self,
        question: &Question<'_>,
        job: &mut Job,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<(Placed, Built), Obstacle> {
        let Question { pack, exercise, subject, scope } = question;
        let waiting = &mut |wait| emit(Event::Waiting(wait));
        let _turn = self.turns.take(&job.commands.target, cancel, waiting).await?;
        let placed = self.sandbox.place(pack, exercise, tree(exercise, subject))?;
        let mut ahead = self.waiting.claim_for(&job.commands.target, slice::from_ref(&placed)).await;
        if let Some(ahead) = &mut ahead {
            job.standbys = ahead.take_standbys();
        }
        self.stand_by(exercise, scope, &placed, job);
        if let Some(ahead) = ahead
            && let Some(built) = go_on(ahead, &placed.package, &mut *emit, cancel).await?
        {
            return Ok((placed, built));
        }
        let built = self.build_from_the_start(question, &placed, job, emit, cancel).await?;
        Ok((placed, built))
    }

    /// Builds, with everything that takes. Where packages are missing after all, somebody emptied the cargo home: they are fetched
    /// again.
    async fn build_from_the_start(
        &self,
        question: &Question<'_>,
        placed: &Placed,
        job: &Job,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Built, Obstacle> {
        let Question { pack, exercise, .. } = question;
        self.make_ready(pack, &exercise.set, job, &mut |event| emit(event.into()), cancel).await?;
        let invocation = job.commands.build_tests(&placed.manifest, &placed.package, &placed.test_targets);
        let mut began = Instant::now();
        let mut built = self.build(&invocation, &placed.package, cancel, &mut tell_of_build(emit)).await?;
        let tell = &mut |event: WarmEvent| emit(event.into());
        if self.fetch_missing(pack, &exercise.set, job, iter::once(&built), tell, cancel).await? {
            began = Instant::now();
            built = self.build(&invocation, &placed.package, cancel, &mut tell_of_build(emit)).await?;
        }
        emit(Event::Built { took: began.elapsed() });
        Ok(built)
    }
}

/// Goes on with a build of this package that was begun ahead; `None` if something stood in its way.
async fn go_on(
    ahead: Ahead,
    package: &str,
    emit: Tell<'_, Event>,
    cancel: &CancellationToken,
) -> Result<Option<Built>, Obstacle> {
    let began = Instant::now();
    let (process, _job) = ahead.go_on(LIMIT, cancel);
    let mut held = HeldBack::default();
    let mut tell = |event| held.tell(event, &mut *emit);
    let built = follow(process, package, &mut tell_of_build(&mut tell)).await;
    if let Ok(Built::Failed(_)) = built {
        return Ok(None);
    }
    held.release(&mut *emit);
    let built = built?;
    emit(Event::Built { took: began.elapsed() });
    Ok(Some(built))
}

fn tree(exercise: &Exercise, subject: &Subject) -> Tree {
    if *subject == Subject::Learner { Tree::Learner } else { Tree::Judge(over(exercise, subject)) }
}

/// What a subject lays over the starter.
pub(super) fn over(exercise: &Exercise, subject: &Subject) -> Files {
    match subject {
        Subject::Learner | Subject::Starter => Files::new(),
        Subject::Solution => exercise.solution.clone(),
        Subject::Wrong(name) => {
            let mut files = exercise.solution.clone();
            let wrong = exercise.wrong.iter().find(|wrong| wrong.name == *name);
            files.extend(wrong.map(|wrong| wrong.files.clone()).unwrap_or_default());
            files
        }
    }
}
