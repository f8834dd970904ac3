//! Supervisors that stand by while a binary is built, for the tests that will be run in it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::cargo::process::Terms;
use crate::cargo::{Invocation, Process, Standby};
use crate::check::obstacle::Obstacle;
use crate::check::workshop::Workshop;
use crate::confine::{Limits, Supervisor};

/// How many stand by at most: as many as most exercises have tests. Each is four of what the system may limit, threads of which a
/// test may want some.
const MOST: usize = 24;

/// Those that stand by, the oldest first. They end with this.
#[derive(Debug, Default)]
pub(super) struct Standbys(Arc<Mutex<VecDeque<Standby>>>);

impl Standbys {
    /// Starts so many, beside whatever else is going on: in namespaces, or code under judgement could tell those what to do that stand
    /// by for others.
    pub(super) fn start(
        &self,
        supervisor: &Supervisor,
        invocation: Invocation,
        limits: Limits,
        count: usize,
    ) {
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
    for _ in 0..count.min(MOST) {
        let Ok(standby) = Standby::start(invocation.clone(), supervisor, limits) else { return };
        let Some(waiting) = waiting.upgrade() else { return };
        lock(&waiting).push_back(standby);
    }
}

fn lock(waiting: &Mutex<VecDeque<Standby>>) -> MutexGuard<'_, VecDeque<Standby>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workshop {
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
