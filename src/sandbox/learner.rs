//! The learner's files: read, written, reset, brought back. Nothing that was typed is lost on the way.

use std::collections::BTreeMap;

use crate::pack::{Exercise, Pack};
use crate::sandbox::disk::Durability;
use crate::sandbox::error::SandboxError;
use crate::sandbox::starter::Shipped;
use crate::sandbox::workspace::{Sandbox, Tree, Workspace, fixed_files};

/// What the files held before a reset, kept beside the versions.
const BEFORE_RESET: &str = "before-reset.json";
/// What the playground held last, below the pack's sandbox and in its history.
pub const PLAYGROUND_TEXT: &str = "playground.rs";

/// A file of an exercise, as an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateFile {
    /// Relative to the crate, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether the learner may change it.
    pub editable: bool,
}

impl Sandbox {
    /// Places an exercise for the learner and reads its files: the editable ones first, in the order of the exercise,
    /// then the other sources, then the tests.
    pub fn open(&self, pack: &Pack, exercise: &Exercise) -> Result<Vec<CrateFile>, SandboxError> {
        self.place(pack, exercise, Tree::Learner)?;
        self.files(pack, exercise)
    }

    /// The files of an exercise that was placed, in the same order.
    pub fn files(&self, pack: &Pack, exercise: &Exercise) -> Result<Vec<CrateFile>, SandboxError> {
        let mut files = Vec::new();
        for path in &exercise.edit {
            files.push(CrateFile {
                path: path.clone(),
                text: self.read(pack, exercise, path)?,
                editable: true,
            });
        }
        let fixed = fixed_files(exercise);
        let (tests, sources): (Vec<_>, Vec<_>) =
            fixed.into_iter().partition(|(path, _)| path.starts_with("tests/"));
        let read_only = sources.into_iter().chain(tests);
        files.extend(read_only.map(|(path, text)| CrateFile {
            path,
            text: text.as_ref().to_owned(),
            editable: false,
        }));
        Ok(files)
    }

    /// The text of one of the learner's files; empty where there is none yet.
    pub fn read(&self, pack: &Pack, exercise: &Exercise, file: &str) -> Result<String, SandboxError> {
        let workspace = self.learner(pack, exercise)?;
        let at = format!("{}/{file}", exercise.id);
        let bytes = workspace.root.read(&at)?.unwrap_or_default();
        String::from_utf8(bytes).map_err(|_| SandboxError::NotText(self.crate_dir(pack, exercise).join(file)))
    }

    /// Writes one of the learner's files, which is on the disk when this returns; the text before it goes to the history.
    pub fn write(
        &self,
        pack: &Pack,
        exercise: &Exercise,
        file: &str,
        text: &str,
    ) -> Result<(), SandboxError> {
        if !exercise.edit.iter().any(|own| own == file) {
            return Err(SandboxError::NotEditable(file.to_owned()));
        }
        let workspace = self.learner(pack, exercise)?;
        let _lock = workspace.lock()?;
        self.replace(&workspace, pack, exercise, file, Some(text))
    }

    /// Whether nobody has changed a file of an exercise that was placed: each is the starter's, of this version of the pack or of an
    /// earlier one.
    pub fn holds_starter(&self, pack: &Pack, exercise: &Exercise) -> Result<bool, SandboxError> {
        let workspace = self.learner(pack, exercise)?;
        let present = present(&workspace, exercise)?;
        let shipped = Shipped::recall(&self.history(pack, exercise)?)?;
        Ok(are_starters(&present, exercise, &shipped))
    }

    /// Puts the starter back; says whether anything else stood there, which can be brought back with [`Sandbox::restore`].
    pub fn reset(&self, pack: &Pack, exercise: &Exercise) -> Result<bool, SandboxError> {
        let workspace = self.learner(pack, exercise)?;
        let is_changed = {
            let _lock = workspace.lock()?;
            let present = present(&workspace, exercise)?;
            let starter = |path: &String| exercise.starter.get(path).map(AsRef::as_ref);
            let history = self.history(pack, exercise)?;
            let is_changed = !are_starters(&present, exercise, &Shipped::recall(&history)?);
            if is_changed {
                let text = serde_json::to_vec(&present).expect("a map of strings can be written as JSON");
                history.root().put(BEFORE_RESET, &text, Durability::Synced)?;
            }
            for path in &exercise.edit {
                self.replace(&workspace, pack, exercise, path, starter(path))?;
            }
            is_changed
        };
        self.place(pack, exercise, Tree::Learner).map(|_| is_changed)
    }

    /// Brings back the files from before the last reset.
    pub fn restore(&self, pack: &Pack, exercise: &Exercise) -> Result<(), SandboxError> {
        let workspace = self.learner(pack, exercise)?;
        let _lock = workspace.lock()?;
        let history = self.history(pack, exercise)?;
        let kept = history.root().read(BEFORE_RESET)?.ok_or(SandboxError::NothingToRestore)?;
        let files: BTreeMap<String, String> =
            serde_json::from_slice(&kept).map_err(|_| SandboxError::NothingToRestore)?;
        for path in &exercise.edit {
            // A file that was not there then, or was not the learner's to change, is none that the reset took away.
            if let Some(text) = files.get(path) {
                self.replace(&workspace, pack, exercise, path, Some(text))?;
            }
        }
        history.root().remove(BEFORE_RESET)
    }

    /// Whether there is a reset to undo.
    pub fn restorable(&self, pack: &Pack, exercise: &Exercise) -> bool {
        let history = self.history(pack, exercise);
        history.is_ok_and(|history| history.root().read(BEFORE_RESET).is_ok_and(|kept| kept.is_some()))
    }

    /// Keeps the text of a pack's playground; the text before it goes to the history.
    pub fn write_playground(&self, pack: &Pack, text: &str) -> Result<(), SandboxError> {
        let root = self.root_of(pack)?;
        if let Some(before) = root.read(PLAYGROUND_TEXT)?.filter(|before| before != text.as_bytes()) {
            self.playground_history(pack)?.keep(PLAYGROUND_TEXT, &before)?;
        }
        root.put(PLAYGROUND_TEXT, text.as_bytes(), Durability::Synced).map(|_| ())
    }

    /// The text of a pack's playground; `None` where none was kept.
    pub fn read_playground(&self, pack: &Pack) -> Result<Option<String>, SandboxError> {
        let kept = self.root_of(pack)?.read(PLAYGROUND_TEXT)?;
        Ok(kept.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn replace(
        &self,
        workspace: &Workspace<'_>,
        pack: &Pack,
        exercise: &Exercise,
        file: &str,
        text: Option<&str>,
    ) -> Result<(), SandboxError> {
        let at = format!("{}/{file}", exercise.id);
        let before = workspace.root.read(&at)?;
        if before.as_deref() == text.map(str::as_bytes) {
            return Ok(());
        }
        if let Some(before) = before {
            self.history(pack, exercise)?.keep(file, &before)?;
        }
        let mut known = self.known().lock();
        match text {
            Some(text) => {
                workspace.root.put(&at, text.as_bytes(), Durability::Synced)?;
                known.insert(self.crate_dir(pack, exercise).join(file), text.as_bytes().to_owned());
                Ok(())
            }
            None => workspace.root.remove(&at),
        }
    }
}

/// Whether each of these files is as it was given.
fn are_starters(present: &BTreeMap<String, String>, exercise: &Exercise, shipped: &Shipped) -> bool {
    present.iter().all(|(path, text)| {
        let given = exercise.starter.get(path).map(AsRef::as_ref);
        Some(text.as_str()) == given || shipped.is_untouched(path, text.as_bytes())
    })
}

/// The learner's files as they are. One that is no text is in the history, byte for byte, once it is replaced.
fn present(workspace: &Workspace<'_>, exercise: &Exercise) -> Result<BTreeMap<String, String>, SandboxError> {
    let mut files = BTreeMap::new();
    for path in &exercise.edit {
        if let Some(bytes) = workspace.root.read(&format!("{}/{path}", exercise.id))? {
            files.insert(path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
