//! Crates side by side, so that one call of cargo builds them all: several answers to one exercise, or pieces of code that
//! stand alone.

use crate::pack::SharedText;
use crate::pack::{Exercise, Files, Pack};
use crate::sandbox::error::SandboxError;
use crate::sandbox::shared::SharedLibrary;
use crate::sandbox::template::{Member, Product};
use crate::sandbox::workspace::{Placed, Sandbox, Workspace, all_files, test_targets};

/// One answer to an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Unique among the answers that are placed together.
    pub name: String,
    /// What is laid over the starter, by path relative to the crate.
    pub files: Files,
}

/// A piece of code that is a crate by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The whole of it.
    pub code: SharedText,
    /// Whether it is a program; else it is a library.
    pub is_program: bool,
}

/// How the crates that answers depend on come into their test binaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// Each binary holds them, as with the learner's crate.
    Static,
    /// All binaries load one library that holds them.
    Shared,
}

impl Sandbox {
    /// Makes answers ready to be built together; gives their crates in the same order. Those that stood here before are no
    /// longer members of the workspace.
    pub fn place_answers(
        &self,
        pack: &Pack,
        exercise: &Exercise,
        answers: &[Answer],
        linking: Linking,
    ) -> Result<Vec<Placed>, SandboxError> {
        let workspace = self.side_by_side(pack, &exercise.set, &exercise.id)?;
        let shared = match linking {
            Linking::Static => None,
            Linking::Shared => SharedLibrary::of(pack, exercise, workspace.template()),
        };
        let crates = answers.iter().map(|answer| {
            let mut files = all_files(exercise);
            files.extend(answer.files.clone());
            let tests = test_targets(files.keys());
            let loads = shared.as_ref().map(|shared| shared.load(&mut files));
            let product = Product::Library { name: exercise.crate_name(), tests, loads };
            (format!("{}_{}", exercise.id, answer.name), product, files)
        });
        let crates: Vec<_> = crates.collect();
        let shared = shared.as_ref().map(SharedLibrary::to_crate);
        place(&workspace, pack, crates, shared)
    }

    /// Makes pieces of code ready to be built together with the dependencies of a set; `owner` is whose they are.
    pub fn place_snippets(
        &self,
        pack: &Pack,
        set: &str,
        owner: &str,
        snippets: &[Snippet],
    ) -> Result<Vec<Placed>, SandboxError> {
        let crates = snippets.iter().enumerate().map(|(at, snippet)| {
            let package = format!("{owner}_{}", at + 1);
            let (file, product) = if snippet.is_program {
                ("src/main.rs", Product::Program)
            } else {
                let name = package.replace('-', "_");
                ("src/lib.rs", Product::Library { name, tests: Vec::new(), loads: None })
            };
            (package, product, Files::from([(file.to_owned(), snippet.code.clone())]))
        });
        place(&self.side_by_side(pack, set, &format!("{owner}.{set}"))?, pack, crates.collect(), None)
    }
}

/// A crate to be written: its package, what it is built into, its files.
pub(super) type Crate = (String, Product, Files);

/// Writes these crates, and one that they load.
fn place(
    workspace: &Workspace<'_>,
    pack: &Pack,
    crates: Vec<Crate>,
    loaded: Option<Crate>,
) -> Result<Vec<Placed>, SandboxError> {
    let _lock = workspace.lock()?;
    let mut members = vec![Member::warm()];
    let mut placed = Vec::new();
    let wanted = crates.len();
    for (package, product, files) in crates.into_iter().chain(loaded) {
        workspace.put_exactly(&package, &files)?;
        let member = Member::new(&package, &pack.id, "side", product);
        placed.push(workspace.placed(&member));
        members.push(member);
    }
    placed.truncate(wanted);
    members.sort_by(|a, b| a.package.cmp(&b.package));
    workspace.write_members(&members)?;
    Ok(placed)
}
