//! Supervisors that stand by while a binary is built, for the tests that will be run in it.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::cargo::process::Terms;
use crate::cargo::{Invocation, Process, Standby};
use crate::check::obstacle::Obstacle;
use crate::check::workshop::Workshop;
use crate::confine::{Limits, Supervisor};

/// How many stand by at most: more than most exercises have tests, and little memory.
const MOST: usize = 24;

/// Those that stand by. They end with this.
#[derive(Debug, Default)]
pub(super) struct Standbys(Arc<Mutex<Vec<Standby>>>);

impl Standbys {
    /// Starts so many, beside whatever else is going on.
    pub(super) fn start(
        &self,
        supervisor: &Supervisor,
        invocation: Invocation,
        limits: Limits,
        count: usize,
    ) {
        let (waiting, supervisor) = (Arc::downgrade(&self.0), supervisor.clone());
        tokio::task::spawn_blocking(move || start(&waiting, &supervisor, &invocation, limits, count));
    }

    fn take(&self, invocation: &Invocation, limits: Limits) -> Option<Standby> {
        let mut waiting = lock(&self.0);
        let at = waiting.iter().position(|standby| standby.suits(invocation, limits))?;
        Some(waiting.swap_remove(at))
    }
}

/// Starts them one by one for as long as somebody wants them. Where one cannot be started, neither can what is started later, and that
/// will say why.
fn start(
    waiting: &Weak<Mutex<Vec<Standby>>>,
    supervisor: &Supervisor,
    invocation: &Invocation,
    limits: Limits,
    count: usize,
) {
    for _ in 0..count.min(MOST) {
        let Ok(standby) = Standby::start(invocation.clone(), supervisor, limits) else { return };
        let Some(waiting) = waiting.upgrade() else { return };
        lock(&waiting).push(standby);
    }
}

fn lock(waiting: &Mutex<Vec<Standby>>) -> std::sync::MutexGuard<'_, Vec<Standby>> {
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
