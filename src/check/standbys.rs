//! Supervisors that stand by while a build waits or goes on, for the tests that will be run in it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::cargo::process::Terms;
use crate::cargo::{Invocation, Process, Standby};
use crate::check::obstacle::Obstacle;
use crate::check::plan::{Scope, limits_of_process};
use crate::check::workshop::{Job, Workshop};
use crate::confine::{Limits, Supervisor};
use crate::pack::Exercise;
use crate::sandbox::Placed;

/// How many stand by at most: as many as most exercises have tests. Each is four of what the system may limit, threads of which a
/// test may want some.
const MOST: usize = 24;

/// Those that stand by, the oldest first. They end with this.
#[derive(Debug, Default)]
pub(super) struct Standbys(Arc<Mutex<VecDeque<Standby>>>);

impl Standbys {
    /// Starts others until there are so many, beside whatever else is going on: in namespaces, or code under judgement could tell those what to do that stand
    /// by for others.
    fn start(&self, supervisor: &Supervisor, invocation: Invocation, limits: Limits, count: usize) {
        let (waiting, supervisor) = (Arc::downgrade(&self.0), supervisor.clone());
        tokio::task::spawn_blocking(move || {
            if supervisor.makes_namespaces() {
                start(&waiting, &supervisor, &invocation, limits, count);
            }
        });
    }

    fn take(&self, invocation: &Invocation, limits: Limits) -> Option<Standby> {
        let mut waiting = lock(&self.0);
        let at = waiting.iter_mut().position(|standby| standby.suits(invocation, limits))?;
        waiting.remove(at)
    }
}

/// Starts them one by one for as long as somebody wants them. Where the system starts no more, there are fewer.
fn start(
    waiting: &Weak<Mutex<VecDeque<Standby>>>,
    supervisor: &Supervisor,
    invocation: &Invocation,
    limits: Limits,
    count: usize,
) {
    while waiting.upgrade().is_some_and(|waiting| lock(&waiting).len() < count.min(MOST)) {
        let Ok(standby) = Standby::start(invocation.clone(), supervisor, limits) else { return };
        let Some(waiting) = waiting.upgrade() else { return };
        lock(&waiting).push_back(standby);
    }
}

fn lock(waiting: &Mutex<VecDeque<Standby>>) -> MutexGuard<'_, VecDeque<Standby>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workshop {
    /// Lets supervisors stand by for tests of a crate.
    pub(super) fn stand_by(&self, exercise: &Exercise, scope: &Scope, placed: &Placed, job: &Job) {
        let test = job.commands.any_test(scope.wants_backtrace(), &placed.dir);
        let (limits, count) = (limits_of_process(&exercise.limits), scope.tests(exercise).len());
        job.standbys.start(&self.supervisor, test, limits, count);
    }

    /// Starts a process through one that stands by, if any is left.
    pub(super) fn spawn_in(
        &self,
        standbys: &Standbys,
        invocation: &Invocation,
        terms: Terms,
    ) -> Result<Process, Obstacle> {
        match standbys.take(invocation, terms.limits) {
            Some(standby) => Ok(standby.run(invocation, terms)),
            None => self.spawn(invocation, terms),
        }
    }
}
