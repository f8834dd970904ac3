//! What the learner wrote when a pack had an exercise under another name or in another set: it follows the exercise.

use std::fs;
use std::path::PathBuf;

use crate::pack::{Exercise, Pack};
use crate::sandbox::disk::single;
use crate::sandbox::error::SandboxError;
use crate::sandbox::workspace::{Sandbox, Workspace};

/// A directory and where it belongs now.
struct Move {
    from: PathBuf,
    to: PathBuf,
}

impl Sandbox {
    /// Moves the crate, and its history, to where this version of the pack has the exercise. The two are looked at apart, so that
    /// what a kill has kept from being moved is moved the next time.
    pub(super) fn carry_over(
        &self,
        workspace: &Workspace<'_>,
        pack: &Pack,
        exercise: &Exercise,
    ) -> Result<(), SandboxError> {
        // Nearly always there is nothing to do: then nothing is created and nobody is waited for.
        if self.left_crate(pack, exercise).or_else(|| self.left_history(pack, exercise)).is_none() {
            return Ok(());
        }
        let _lock = workspace.lock()?;
        if let Some(found) = self.left_crate(pack, exercise) {
            found.carry_out()?;
        }
        // After that: the history of a crate that still stands stays with it.
        self.left_history(pack, exercise).map_or(Ok(()), |found| found.carry_out())
    }

    fn left_crate(&self, pack: &Pack, exercise: &Exercise) -> Option<Move> {
        let to = self.crate_dir(pack, exercise);
        if to.exists() {
            return None;
        }
        let names = names(exercise).collect::<Vec<_>>();
        let from = names.iter().find_map(|name| self.crate_called(pack, name))?;
        Some(Move { from, to })
    }

    fn left_history(&self, pack: &Pack, exercise: &Exercise) -> Option<Move> {
        let histories = self.home.history().join(&pack.id);
        let to = histories.join(&exercise.id);
        if to.exists() {
            return None;
        }
        let is_left =
            |name: &&String| histories.join(name).is_dir() && self.crate_called(pack, name).is_none();
        let from = names(exercise).find(is_left)?;
        Some(Move { from: histories.join(from), to })
    }

    /// A learner's crate of this name, in whatever set.
    fn crate_called(&self, pack: &Pack, name: &str) -> Option<PathBuf> {
        let sets = fs::read_dir(self.home.sandbox().join(&pack.id)).into_iter().flatten().flatten();
        sets.map(|set| set.path().join(name)).find(|place| place.join("src").is_dir())
    }
}

impl Move {
    fn carry_out(&self) -> Result<(), SandboxError> {
        let moved = fs::rename(&self.from, &self.to);
        moved.map_err(SandboxError::io("move to its new place", &self.from))
    }
}

/// The exercise's name and its former ones, but none that is a path: it would fetch what is not ours.
fn names(exercise: &Exercise) -> impl Iterator<Item = &String> {
    std::iter::once(&exercise.id).chain(&exercise.renamed_from).filter(|name| single(name).is_ok())
}

#[cfg(test)]
mod tests;
