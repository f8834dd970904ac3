//! Crates side by side, so that one call of cargo builds them all: several answers to one exercise, or pieces of code that
//! stand alone.

use std::sync::Arc;

use crate::pack::{Exercise, Files, Pack};
use crate::sandbox::error::SandboxError;
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
    pub code: Arc<str>,
    /// Whether it is a program; else it is a library.
    pub is_program: bool,
}

impl Sandbox {
    /// Makes answers ready to be built together; gives their crates in the same order. Those that stood here before are no
    /// longer members of the workspace.
    pub fn place_answers(
        &self,
        pack: &Pack,
        exercise: &Exercise,
        answers: &[Answer],
    ) -> Result<Vec<Placed>, SandboxError> {
        let crates = answers.iter().map(|answer| {
            let mut files = all_files(exercise);
            files.extend(answer.files.clone());
            let tests = test_targets(files.keys());
            let product = Product::Library { name: exercise.crate_name(), tests };
            (format!("{}_{}", exercise.id, answer.name), product, files)
        });
        place(&self.side_by_side(pack, &exercise.set, &exercise.id)?, pack, crates)
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
                ("src/lib.rs", Product::Library { name, tests: Vec::new() })
            };
            (package, product, Files::from([(file.to_owned(), Arc::clone(&snippet.code))]))
        });
        place(&self.side_by_side(pack, set, &format!("{owner}.{set}"))?, pack, crates)
    }
}

fn place(
    workspace: &Workspace<'_>,
    pack: &Pack,
    crates: impl Iterator<Item = (String, Product, Files)>,
) -> Result<Vec<Placed>, SandboxError> {
    let _lock = workspace.lock()?;
    let mut members = vec![Member::warm()];
    let mut placed = Vec::new();
    for (package, product, files) in crates {
        workspace.put_exactly(&package, &files)?;
        let member = Member::new(&package, &pack.id, "side", product);
        placed.push(workspace.placed(&member));
        members.push(member);
    }
    members.sort_by(|a, b| a.package.cmp(&b.package));
    workspace.write_members(&members)?;
    Ok(placed)
}
