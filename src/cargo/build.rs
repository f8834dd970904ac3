//! A build as cargo tells it: a fold over its two streams.

pub mod several;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::cargo::diagnostic::{Diagnostic, Level};
use crate::cargo::lines::Lines;
use crate::cargo::machine::Fault;
use crate::cargo::message::{Artifact, CompilerMessage, Message, package_name};
use crate::cargo::output::Output;
use crate::cargo::process::ProcessEvent;
use crate::cargo::translate;
use crate::cargo::trouble::{Trouble, recognise};

/// How much of cargo's standard error is kept for explanations.
const KEPT: usize = 16 * 1024;

/// How many errors are kept, and how many of each milder kind: more than anybody reads, fewer than fill the memory.
const MOST: usize = 1000;

/// How many errors in other packages are kept: the first says what is wrong.
const MOST_FOREIGN: usize = 8;

/// Something that a build told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildFact {
    /// Another cargo holds a lock.
    LockAwaited,
    /// A package was downloaded.
    Downloaded,
    /// A package is being compiled.
    Compiling(String),
    /// This many packages are done, those that were done before included.
    Done(u32),
    /// The compiler said something of the package that is built.
    Diagnosed(Diagnostic),
}

/// Everything that a build told so far.
#[derive(Debug)]
pub struct BuildLog {
    package: String,
    /// How many test targets were asked for.
    targets: usize,
    stdout: Lines,
    stderr: Lines,
    words: Output,
    done: BTreeSet<String>,
    /// The first error that no code is to blame for.
    fault: Option<Fault>,
    /// The test binaries and programs of the package: the target's name and the file.
    pub executables: Vec<(String, PathBuf)>,
    /// What the compiler said of the package, each thing once.
    pub diagnostics: Vec<Diagnostic>,
    /// The first errors in other packages, as rustc drew them.
    pub foreign_errors: Vec<String>,
}

impl BuildLog {
    /// The log of a build of this package.
    pub fn new(package: &str) -> Self {
        Self {
            package: package.to_owned(),
            targets: 0,
            stdout: Lines::default(),
            stderr: Lines::default(),
            words: Output::new(KEPT),
            done: BTreeSet::new(),
            fault: None,
            executables: Vec::new(),
            diagnostics: Vec::new(),
            foreign_errors: Vec::new(),
        }
    }

    /// Takes what cargo wrote next and tells what is new in it.
    pub fn take(&mut self, event: &ProcessEvent) -> Vec<BuildFact> {
        match event {
            ProcessEvent::Stdout(bytes) => {
                let lines = self.stdout.push(bytes);
                lines.iter().filter_map(|line| self.message(parse(line)?)).collect()
            }
            ProcessEvent::Stderr(bytes) => {
                self.words.push(bytes);
                self.stderr.push(bytes).iter().filter_map(|line| status(line)).collect()
            }
            ProcessEvent::Ended(_) => Vec::new(),
        }
    }

    /// Whether what was asked for of the package came to be: nothing was refused, and every test target is there.
    pub fn is_built(&self) -> bool {
        let is_there = self.done.iter().any(|id| self.is_own(id));
        is_there && self.executables.len() >= self.targets && !self.refused()
    }

    /// Whether the package itself has errors: then the code is wrong, and not what it is built with.
    pub fn refused(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// What stood in the way, if rustc, the linker or cargo told of something that can.
    pub fn trouble(&self) -> Option<Trouble> {
        self.fault.as_ref().map(|fault| fault.trouble).or_else(|| {
            let words = self.words();
            // Warnings come before the error, which is the last thing that cargo says.
            recognise(words.find("error").map_or(words.as_str(), |start| &words[start..]))
        })
    }

    /// What was said of that.
    pub fn said(&self) -> String {
        self.fault.as_ref().map_or_else(|| self.last_words(), |fault| fault.said.clone())
    }

    /// Whether packages have to be fetched before this can be built.
    pub fn misses_packages(&self) -> bool {
        self.trouble() == Some(Trouble::NotFetched)
    }

    /// What cargo wrote to its standard error.
    pub fn words(&self) -> String {
        self.words.text()
    }

    /// The end of what cargo said: from its first error on; what caused that one and what follows from it stands behind.
    fn last_words(&self) -> String {
        let words = self.words();
        let start = words.find("error: ").unwrap_or(0);
        words[start..].trim().to_owned()
    }

    fn message(&mut self, message: Message) -> Option<BuildFact> {
        match message {
            Message::CompilerArtifact(artifact) => self.artifact(&artifact),
            Message::CompilerMessage(message) if self.is_own(&message.package_id) => self.diagnosed(message),
            Message::CompilerMessage(message) => {
                self.hear(&message);
                None
            }
            Message::Other => None,
        }
    }

    fn is_own(&self, package_id: &str) -> bool {
        package_name(package_id) == self.package
    }

    fn artifact(&mut self, artifact: &Artifact) -> Option<BuildFact> {
        if self.is_own(&artifact.package_id)
            && let Some(file) = &artifact.executable
        {
            self.executables.push((artifact.target.name.clone(), file.clone()));
        }
        let is_step = artifact.target.kind.iter().any(|kind| kind == "custom-build");
        let is_new = !is_step && self.done.insert(artifact.package_id.clone());
        is_new.then_some(BuildFact::Done(self.done.len() as u32))
    }

    /// Takes what the compiler said of another package.
    fn hear(&mut self, message: &CompilerMessage) {
        let CompilerMessage { message, .. } = message;
        if !message.level.starts_with("error") {
            return;
        }
        self.fault = self.fault.take().or_else(|| Fault::of(message));
        if self.foreign_errors.len() < MOST_FOREIGN {
            self.foreign_errors.push(message.rendered.as_ref().unwrap_or(&message.message).clone());
        }
    }

    fn diagnosed(&mut self, message: CompilerMessage) -> Option<BuildFact> {
        if message.message.level.starts_with("error") {
            self.fault = self.fault.take().or_else(|| Fault::in_code(&message.message));
        }
        let diagnostic = translate::diagnostic(message.message, &self.package)?;
        if self.diagnostics.iter().filter(|known| known.level == diagnostic.level).count() >= MOST {
            return None;
        }
        let known = self.diagnostics.iter().any(|known| {
            (known.level, &known.message, &known.spans)
                == (diagnostic.level, &diagnostic.message, &diagnostic.spans)
        });
        (!known).then(|| {
            self.diagnostics.push(diagnostic.clone());
            BuildFact::Diagnosed(diagnostic)
        })
    }
}

/// The message in a line; output of build scripts can stand between them.
fn parse(line: &str) -> Option<Message> {
    serde_json::from_str(line).ok()
}

fn status(line: &str) -> Option<BuildFact> {
    let (verb, rest) = line.trim_start().split_once(' ')?;
    match verb {
        "Blocking" => Some(BuildFact::LockAwaited),
        // At the end cargo says how many crates these were.
        "Downloaded" => names_package(rest).then_some(BuildFact::Downloaded),
        "Compiling" => Some(BuildFact::Compiling(rest.split(' ').next()?.to_owned())),
        _ => None,
    }
}

/// Whether a name and a version follow, as in `serde v1.0.1`.
fn names_package(rest: &str) -> bool {
    rest.split(' ').nth(1).is_some_and(|version| version.starts_with('v'))
}

#[cfg(test)]
mod tests;
