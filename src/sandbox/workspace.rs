//! Workspaces: exercises and programs placed as crates, everything but the learner's own files as it should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::files::knows_no_locks;
use crate::pack::SharedText;
use crate::pack::{Exercise, Files, Pack};
use crate::sandbox::disk::{Durability, Root, single};
use crate::sandbox::editor;
use crate::sandbox::error::SandboxError;
use crate::sandbox::history::History;
use crate::sandbox::template::{Member, PLAYGROUND, Product, Template, WARM};
use crate::sandbox::watch::Known;
use crate::sandbox::{lockfile, stamp};
use crate::settings::Home;

/// The workspaces below one home. Cheap to make and to clone.
#[derive(Debug, Clone)]
pub struct Sandbox {
    pub(super) home: Home,
    known: Known,
}

/// Whose files are placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// The learner's own; they get the starter once and keep what they make of it.
    Learner,
    /// The starter with these files laid over it, by path relative to the crate.
    Judge(Files),
}

/// A crate that is ready to be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The workspace's `Cargo.toml`.
    pub manifest: PathBuf,
    /// The name of the package.
    pub package: String,
    /// The crate's directory.
    pub dir: PathBuf,
    /// The names of the test targets.
    pub test_targets: Vec<String>,
}

/// One workspace on disk.
pub(crate) struct Workspace<'a> {
    pub(crate) root: Root,
    /// Where the stamps of its crates are, beside what is built of them.
    stamps: Root,
    pack: &'a Pack,
    template: Template,
    tree: &'static str,
}

impl Sandbox {
    /// The sandbox below `home`. Nothing is created here.
    pub fn new(home: Home) -> Self {
        Self { home, known: Known::default() }
    }

    /// Makes an exercise ready to be built: writes the starter where the learner has nothing, restores all that is not
    /// theirs. A file that holds what it should is not touched, so that nothing is rebuilt for nothing.
    pub fn place(&self, pack: &Pack, exercise: &Exercise, tree: Tree) -> Result<Placed, SandboxError> {
        let workspace = match tree {
            Tree::Learner => self.learner(pack, exercise)?,
            Tree::Judge(_) => self.workspace(pack, &exercise.set, "judge")?,
        };
        let _lock = workspace.lock()?;
        match tree {
            Tree::Learner => self.place_learner(&workspace, exercise)?,
            Tree::Judge(over) => {
                let mut files = all_files(exercise);
                files.extend(over);
                workspace.put_exactly(&exercise.id, &files)?;
            }
        }
        workspace.finish(&member_of(pack, workspace.tree, exercise))
    }

    /// Makes a program of one file ready to be built with the dependencies of a set.
    pub fn place_program(&self, pack: &Pack, set: &str, code: &str) -> Result<Placed, SandboxError> {
        let workspace = self.workspace(pack, set, "learner")?;
        let _lock = workspace.lock()?;
        let main = format!("{PLAYGROUND}/src/main.rs");
        workspace.root.put(&main, code.as_bytes(), Durability::Whole)?;
        workspace.renew_stamp(PLAYGROUND, [])?;
        workspace.finish(&Member::new(PLAYGROUND, &pack.id, "play", Product::Program))
    }

    /// Makes the crate ready that stands for a whole set: building it builds every dependency.
    pub fn place_warm(&self, pack: &Pack, set: &str) -> Result<Placed, SandboxError> {
        let workspace = self.workspace(pack, set, "learner")?;
        let _lock = workspace.lock()?;
        workspace.finish(&Member::warm())
    }

    /// The directory of the learner's crate, whether it is there or not.
    pub fn crate_dir(&self, pack: &Pack, exercise: &Exercise) -> PathBuf {
        self.home.sandbox().join(&pack.id).join(&exercise.set).join(&exercise.id)
    }

    /// Every version of the files of a learner's crate.
    pub fn history(&self, pack: &Pack, exercise: &Exercise) -> Result<History, SandboxError> {
        Ok(History::new(self.home.history().join(single(&pack.id)?).join(single(&exercise.id)?)))
    }

    /// The history of a pack's playground.
    pub fn playground_history(&self, pack: &Pack) -> Result<History, SandboxError> {
        Ok(History::new(self.home.history().join(single(&pack.id)?).join(PLAYGROUND)))
    }

    pub(crate) fn known(&self) -> &Known {
        &self.known
    }

    /// The files of a pack that belong to no exercise.
    pub(crate) fn root_of(&self, pack: &Pack) -> Result<Root, SandboxError> {
        let dir = self.home.sandbox().join(single(&pack.id)?);
        Ok(Root::new(&dir, dir.join(".tmp")))
    }

    /// The workspace of the learner's crate, with what they wrote when the pack had the exercise elsewhere.
    pub(crate) fn learner<'a>(
        &self,
        pack: &'a Pack,
        exercise: &Exercise,
    ) -> Result<Workspace<'a>, SandboxError> {
        let workspace = self.workspace(pack, &exercise.set, "learner")?;
        self.carry_over(&workspace, pack, exercise)?;
        Ok(workspace)
    }

    /// A workspace of its own for crates that are judged side by side.
    pub(super) fn side_by_side<'a>(
        &self,
        pack: &'a Pack,
        set: &str,
        what: &str,
    ) -> Result<Workspace<'a>, SandboxError> {
        // No set's name has a full stop in it.
        let name = format!("{}.side", single(what)?);
        self.workspace_in(&self.home.judge(), &name, pack, set, "side")
    }

    fn workspace<'a>(
        &self,
        pack: &'a Pack,
        set: &str,
        tree: &'static str,
    ) -> Result<Workspace<'a>, SandboxError> {
        let above = if tree == "judge" { self.home.judge() } else { self.home.sandbox() };
        self.workspace_in(&above, single(set)?, pack, set, tree)
    }

    fn workspace_in<'a>(
        &self,
        above: &Path,
        name: &str,
        pack: &'a Pack,
        set: &str,
        tree: &'static str,
    ) -> Result<Workspace<'a>, SandboxError> {
        let dir = above.join(single(&pack.id)?).join(name);
        let root = Root::new(&dir, dir.join(".tmp"));
        let stamps = self.target(pack, set).join("stamps");
        let stamps = Root::new(stamps.join(tree).join(&pack.id).join(name), stamps.join(".tmp"));
        Ok(Workspace { root, stamps, pack, template: Template::find(pack, set)?, tree })
    }

    /// The target directory of a set. Each set has its own: cargo locks the whole of it for the time of a build, and a light
    /// exercise must not wait until the heavy dependencies of another set are built. Sets share no artifacts anyway.
    pub fn target(&self, pack: &Pack, set: &str) -> PathBuf {
        let own = pack.sets.contains_key(set);
        self.home.target().join(if own { format!("{}.{set}", pack.id) } else { set.to_owned() })
    }

    fn place_learner(&self, workspace: &Workspace<'_>, exercise: &Exercise) -> Result<(), SandboxError> {
        let history = self.history(workspace.pack, exercise)?;
        for (path, text) in fixed_files(exercise) {
            workspace.restore(exercise, &path, &text, &history)?;
        }
        for path in workspace.strays_in_tests(exercise)? {
            let at = format!("{}/{path}", exercise.id);
            // What cannot be kept stays where it is: no test target is made of it.
            if let Ok(Some(bytes)) = workspace.root.read(&at) {
                history.keep(&path, &bytes)?;
                workspace.root.remove(&at)?;
            }
        }
        workspace.place_starter(exercise, &history)?;
        editor::configure_workspace(&workspace.root, &self.home)?;
        editor::configure_crate(&workspace.root, &exercise.id, &self.home)?;
        workspace.renew_stamp(&exercise.id, all_files(exercise).keys().chain(&exercise.edit))
    }
}

impl Workspace<'_> {
    pub(super) fn template(&self) -> &Template {
        &self.template
    }

    /// Keeps other programs of ours from placing files here at the same time.
    pub(crate) fn lock(&self) -> Result<File, SandboxError> {
        let at = self.root.dir().join(".lock");
        let opened = fs::create_dir_all(self.root.dir())
            .and_then(|()| File::options().create(true).truncate(false).write(true).open(&at))
            .and_then(|file| file.lock().map(|()| file));
        match opened {
            Err(e) if knows_no_locks(&e) => File::open(&at).map_err(SandboxError::io("open", &at)),
            opened => opened.map_err(SandboxError::io("write", &at)),
        }
    }

    /// Puts a file that is not the learner's back, keeping what they made of it.
    fn restore(
        &self,
        exercise: &Exercise,
        path: &str,
        text: &str,
        history: &History,
    ) -> Result<(), SandboxError> {
        let at = format!("{}/{path}", exercise.id);
        match self.root.read(&at) {
            Ok(Some(bytes)) if bytes == text.as_bytes() => return Ok(()),
            Ok(Some(bytes)) => history.keep(path, &bytes)?,
            // Nobody typed what is too large; it is replaced.
            Ok(None) | Err(SandboxError::TooLarge(_)) => {}
            Err(SandboxError::Link(link)) => {
                fs::remove_file(&link).map_err(SandboxError::io("remove", &link))?;
            }
            Err(e) => return Err(e),
        }
        self.root.put(&at, text.as_bytes(), Durability::Whole).map(|_| ())
    }

    fn strays_in_tests(&self, exercise: &Exercise) -> Result<Vec<String>, SandboxError> {
        let known = fixed_files(exercise);
        let prefix = format!("{}/", exercise.id);
        let found = self.root.walk(&format!("{prefix}tests"))?;
        let relative = found.iter().filter_map(|path| path.strip_prefix(&prefix));
        let stray = |path: &&str| !known.contains_key(*path) && !exercise.edit.iter().any(|own| own == path);
        Ok(relative.filter(stray).map(str::to_owned).collect())
    }

    /// Makes a crate hold exactly these files: whatever an earlier answer left is removed.
    pub(super) fn put_exactly(&self, package: &str, files: &Files) -> Result<(), SandboxError> {
        let prefix = format!("{package}/");
        for below in ["src", "tests"] {
            for path in self.root.walk(&format!("{prefix}{below}"))? {
                if !files.contains_key(path.strip_prefix(&prefix).unwrap_or(&path)) {
                    self.root.remove(&path)?;
                }
            }
        }
        for (path, text) in files {
            self.root.put(&format!("{prefix}{path}"), text.as_bytes(), Durability::Whole)?;
        }
        self.renew_stamp(package, files.keys())
    }

    /// Makes sure that cargo sees what has changed: in the sources, and in `others`, which these may include wherever they lie.
    fn renew_stamp<'a>(
        &self,
        package: &str,
        others: impl IntoIterator<Item = &'a String>,
    ) -> Result<(), SandboxError> {
        let mut sources: BTreeSet<_> = others.into_iter().map(|path| format!("{package}/{path}")).collect();
        for below in ["src", "tests"] {
            sources.extend(self.root.walk(&format!("{package}/{below}"))?);
        }
        sources.retain(|path| self.root.resolve(path).is_ok_and(|at| at.is_file()));
        stamp::renew(&self.root, sources, &self.stamps, &format!("{package}.json"))
    }

    /// Writes the manifests of all members, the workspace's and the lock file; `at_hand` is the crate to be built.
    fn finish(&self, at_hand: &Member) -> Result<Placed, SandboxError> {
        self.write_members(&self.members(at_hand))?;
        Ok(self.placed(at_hand))
    }

    /// Writes the manifests of these members, the workspace's and the lock file.
    pub(super) fn write_members(&self, members: &[Member]) -> Result<(), SandboxError> {
        self.root.put(&format!("{WARM}/src/lib.rs"), WARM_SOURCE.as_bytes(), Durability::Whole)?;
        for member in members {
            let manifest = self.template.member_manifest(member);
            self.root.put(
                &format!("{}/Cargo.toml", member.package),
                manifest.as_bytes(),
                Durability::Whole,
            )?;
        }
        let lock = lockfile::with_members(&self.template, members)?;
        let manifest = self.template.workspace_manifest(members)?;
        self.root.put("Cargo.lock", lock.as_bytes(), Durability::Whole)?;
        self.root.put("Cargo.toml", manifest.as_bytes(), Durability::Whole).map(|_| ())
    }

    /// Where a member stands that was written.
    pub(super) fn placed(&self, member: &Member) -> Placed {
        let tests = match &member.product {
            Product::Library { tests, .. } => tests.iter().map(|(name, _)| name.clone()).collect(),
            Product::Program | Product::SharedLibrary { .. } => Vec::new(),
        };
        Placed {
            manifest: self.root.dir().join("Cargo.toml"),
            package: member.package.clone(),
            dir: self.root.dir().join(&member.package),
            test_targets: tests,
        }
    }

    /// The crates that stand here. One without its main file would make cargo refuse all others, so it is left out.
    fn members(&self, at_hand: &Member) -> Vec<Member> {
        let exercises = self.pack.exercises.iter().filter(|exercise| exercise.set == self.template.set());
        let started = exercises.map(|exercise| member_of(self.pack, self.tree, exercise));
        let play = Member::new(PLAYGROUND, &self.pack.id, "play", Product::Program);
        let warm = Member::warm();
        let is_written = |member: &Member| *member == *at_hand || *member == warm;
        let is_there = |member: &Member| is_written(member) || self.is_sound(member);
        let mut members: Vec<_> = [warm.clone(), play].into_iter().chain(started).filter(is_there).collect();
        members.sort_by(|a, b| a.package.cmp(&b.package));
        members
    }

    fn is_sound(&self, member: &Member) -> bool {
        let is_file = |path: &str| {
            self.root.resolve(&format!("{}/{path}", member.package)).is_ok_and(|at| at.is_file())
        };
        match &member.product {
            Product::Program => is_file("src/main.rs"),
            Product::SharedLibrary { .. } => is_file("src/lib.rs"),
            Product::Library { tests, .. } => {
                is_file("src/lib.rs") && tests.iter().all(|(_, path)| is_file(path))
            }
        }
    }
}

/// Every file of an exercise as shipped: the starter and the judge's tests.
pub(crate) fn all_files(exercise: &Exercise) -> BTreeMap<String, SharedText> {
    let tests = exercise.tests.iter().map(|(path, text)| (format!("tests/{path}"), text.clone()));
    exercise.starter.clone().into_iter().chain(tests).collect()
}

/// The files of an exercise that the learner may not change.
pub(crate) fn fixed_files(exercise: &Exercise) -> BTreeMap<String, SharedText> {
    let mut files = all_files(exercise);
    files.retain(|path, _| !exercise.edit.contains(path));
    files
}

fn member_of(pack: &Pack, tree: &str, exercise: &Exercise) -> Member {
    let files = all_files(exercise);
    let tests = test_targets(files.keys().chain(&exercise.edit));
    let product = Product::Library { name: exercise.crate_name(), tests, loads: None };
    Member::new(&exercise.id, &pack.id, tree, product)
}

/// The test targets among these files, in order.
pub(super) fn test_targets<'a>(paths: impl Iterator<Item = &'a String>) -> Vec<(String, String)> {
    let mut tests: Vec<_> = paths.filter_map(|path| Some((test_target(path)?, path.clone()))).collect();
    tests.sort();
    tests.dedup();
    tests
}

/// The name of the test target that a file is the root of, by cargo's own rule.
fn test_target(path: &str) -> Option<String> {
    let name = path.strip_prefix("tests/")?;
    let name = name.strip_suffix("/main.rs").or_else(|| name.strip_suffix(".rs"))?;
    (!name.contains('/')).then(|| name.to_owned())
}

const WARM_SOURCE: &str =
    "//! Depends on the whole set, so that building it builds every dependency ahead.\n";

#[cfg(test)]
mod tests;
