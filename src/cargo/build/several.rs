//! One build of several packages, each of which may fail by itself: every message goes to the log of the package that it is about.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cargo::build::{BuildFact, BuildLog, parse};
use crate::cargo::lines::Lines;
use crate::cargo::message::{Artifact, CompilerMessage, Message, package_name};
use crate::cargo::process::ProcessEvent;

/// What is new of a build of several packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildNews {
    /// A fact of the first package, or of the build as a whole.
    Told(BuildFact),
    /// The executable of the package at this place is there.
    Built(usize, PathBuf),
}

/// Everything that a build of several packages told so far.
#[derive(Debug)]
pub struct BuildLogs {
    stdout: Lines,
    logs: Vec<BuildLog>,
    places: BTreeMap<String, usize>,
}

impl BuildLogs {
    /// The logs of a build of these packages, with so many test targets in each.
    pub fn new(packages: &[String], targets: usize) -> Self {
        let log = |package: &String| BuildLog { targets, ..BuildLog::new(package) };
        let places = packages.iter().cloned().zip(0..);
        Self { stdout: Lines::default(), logs: packages.iter().map(log).collect(), places: places.collect() }
    }

    /// Takes what cargo wrote next and tells what is new in it.
    pub fn take(&mut self, event: &ProcessEvent) -> Vec<BuildNews> {
        if let ProcessEvent::Stdout(bytes) = event {
            let lines = self.stdout.push(bytes);
            return lines.iter().filter_map(|line| parse(line)).flat_map(|it| self.message(it)).collect();
        }
        // What cargo says in words may be about any of them.
        let mut facts = self.logs.iter_mut().map(|log| log.take(event));
        let first = facts.next();
        facts.for_each(drop);
        first.into_iter().flatten().map(BuildNews::Told).collect()
    }

    /// The log of each package, in the same order.
    pub fn into_logs(self) -> Vec<BuildLog> {
        self.logs
    }

    fn message(&mut self, message: Message) -> Vec<BuildNews> {
        match message {
            Message::CompilerArtifact(artifact) => self.artifact(&artifact),
            Message::CompilerMessage(message) => {
                self.said(message).map(BuildNews::Told).into_iter().collect()
            }
            Message::Other => Vec::new(),
        }
    }

    fn said(&mut self, message: CompilerMessage) -> Option<BuildFact> {
        let Some(at) = self.place(&message.package_id) else {
            self.logs.iter_mut().for_each(|log| log.hear(&message));
            return None;
        };
        self.logs[at].diagnosed(message).filter(|_| at == 0)
    }

    /// The first log counts what is done of the whole build.
    fn artifact(&mut self, artifact: &Artifact) -> Vec<BuildNews> {
        let at = self.place(&artifact.package_id);
        if let Some(log) = at.filter(|at| *at > 0).map(|at| &mut self.logs[at]) {
            log.artifact(artifact);
        }
        let fact = self.logs.first_mut().and_then(|first| first.artifact(artifact));
        let built = at.zip(artifact.executable.clone()).map(|(at, file)| BuildNews::Built(at, file));
        fact.map(BuildNews::Told).into_iter().chain(built).collect()
    }

    fn place(&self, package_id: &str) -> Option<usize> {
        self.places.get(package_name(package_id)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(package: &str) -> String {
        format!(
            r#"{{"reason":"compiler-message","package_id":"path+file:///w/{package}#0.0.0","message":{{"message":"m","code":null,"level":"error","spans":[],"children":[],"rendered":"permission denied"}}}}"#
        )
    }

    fn artifact(package: &str, kind: &str, executable: &str) -> String {
        format!(
            r#"{{"reason":"compiler-artifact","package_id":"path+file:///w/{package}#0.0.0","target":{{"name":"t","kind":["{kind}"]}},"executable":{executable}}}"#
        )
    }

    fn told(lines: &[String]) -> (Vec<BuildLog>, Vec<BuildNews>) {
        let mut logs = BuildLogs::new(&["right".into(), "wrong".into()], 1);
        let mut text = lines.join("\n");
        text.push('\n');
        let news = logs.take(&ProcessEvent::Stdout(text.into()));
        (logs.into_logs(), news)
    }

    #[test]
    fn what_is_said_of_one_package_is_nothing_to_the_others() {
        let (logs, news) = told(&[error("wrong"), error("right")]);
        assert!(logs.iter().all(|log| log.foreign_errors.is_empty() && log.diagnostics.len() == 1));
        assert!(matches!(news[..], [BuildNews::Told(BuildFact::Diagnosed(_))]), "{news:?}");
        let (logs, _) = told(&[error("elsewhere")]);
        assert!(logs.iter().all(|log| log.foreign_errors.len() == 1 && log.diagnostics.is_empty()));
    }

    #[test]
    fn everything_that_is_done_is_counted_and_each_executable_told() {
        let lines = [
            artifact("elsewhere", "lib", "null"),
            artifact("right", "lib", "null"),
            artifact("wrong", "lib", "null"),
            artifact("wrong", "test", "\"/t/wrong\""),
        ];
        let (logs, news) = told(&lines);
        let done = |count| BuildNews::Told(BuildFact::Done(count));
        assert_eq!(news, [done(1), done(2), done(3), BuildNews::Built(1, "/t/wrong".into())]);
        assert_eq!(logs.iter().map(BuildLog::is_built).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_library_without_the_tests_that_were_asked_for_is_no_build() {
        let (logs, _) = told(&[artifact("right", "lib", "null"), artifact("right", "test", "\"/t/right\"")]);
        assert!(logs[0].is_built());
        let (logs, _) = told(&[artifact("right", "lib", "null")]);
        assert!(!logs[0].is_built());
    }
}
