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

/// Those that stand by. They end with this.
#[derive(Debug, Default)]
pub(super) struct Standbys(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    /// The oldest first.
    ready: VecDeque<Standby>,
    /// How many were begun, those included that a test has taken: for that one there is to be no other.
    begun: usize,
}

impl Queue {
    /// Leaves out those that cannot start this.
    fn retain(&mut self, invocation: &Invocation, limits: Limits) {
        let count = self.ready.len();
        self.ready.retain_mut(|standby| standby.suits(invocation, limits));
        self.begun -= count - self.ready.len();
    }
}

impl Standbys {
    /// Starts others until so many were begun, beside whatever else is going on: in namespaces, or code under judgement could tell
    /// those what to do that stand by for others.
    fn fill(&self, supervisor: &Supervisor, invocation: Invocation, limits: Limits, count: usize) {
        let (queue, supervisor) = (Arc::downgrade(&self.0), supervisor.clone());
        tokio::task::spawn_blocking(move || {
            fill(&queue, &supervisor, &invocation, limits, count.min(MOST));
        });
    }

    fn take(&self, invocation: &Invocation, limits: Limits) -> Option<Standby> {
        let mut queue = lock(&self.0);
        let at = queue.ready.iter_mut().position(|standby| standby.suits(invocation, limits))?;
        queue.ready.remove(at)
    }

    /// Ends all of them.
    pub(super) fn clear(&self) {
        lock(&self.0).ready.clear();
    }
}

/// Starts them one by one for as long as somebody wants them. Where the system starts no more, there are fewer.
fn fill(
    queue: &Weak<Mutex<Queue>>,
    supervisor: &Supervisor,
    invocation: &Invocation,
    limits: Limits,
    count: usize,
) {
    if let Some(queue) = queue.upgrade() {
        lock(&queue).retain(invocation, limits);
    }
    while supervisor.makes_namespaces() && queue.upgrade().is_some_and(|queue| begin(&queue, count)) {
        let Ok(standby) = Standby::start(invocation.clone(), supervisor, limits) else { return };
        let Some(queue) = queue.upgrade() else { return };
        lock(&queue).ready.push_back(standby);
    }
}

/// Whether there is to be another one, which counts as begun from here on.
fn begin(queue: &Mutex<Queue>, count: usize) -> bool {
    let mut queue = lock(queue);
    let begins = queue.begun < count;
    queue.begun += usize::from(begins);
    begins
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workshop {
    /// Lets supervisors stand by for tests of a crate.
    pub(super) fn stand_by(&self, exercise: &Exercise, scope: &Scope, placed: &Placed, job: &Job) {
        let test = job.commands.any_test(scope.wants_backtrace(), &placed.dir);
        let (limits, count) = (limits_of_process(&exercise.limits), scope.tests(exercise).len());
        job.standbys.fill(&self.supervisor, test, limits, count);
    }

    /// Starts a process through one that stands by, if any is left.
    pub(super) fn spawn_in(
        &self,
        standbys: &Standbys,
        invocation: &Invocation,
        terms: Terms,
    ) -> Result<Process, Obstacle> {
        if !self.supervisor.makes_namespaces() {
            // They were given up meanwhile: what is started now could reach those that stand by.
            standbys.clear();
        }
        match standbys.take(invocation, terms.limits) {
            Some(standby) => Ok(standby.run(invocation, terms)),
            None => self.spawn(invocation, terms),
        }
    }
}
