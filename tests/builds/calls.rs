//! An exercise placed and built by cargo itself, with what cargo says of every artifact.

use std::path::PathBuf;
use std::process::Command;

use patterns_tui::cargo::{Commands, Environment, Invocation};
use patterns_tui::pack::Exercise;
use patterns_tui::sandbox::{Placed, Tree};
use tokio_util::sync::CancellationToken;

use crate::support::{ENGINE, HOME, PACK};

/// What cargo said of a build.
pub(crate) struct Built {
    pub(crate) placed: Placed,
    pub(crate) artifacts: Vec<Artifact>,
    pub(crate) said: String,
}

/// Something that cargo compiled, or found compiled.
pub(crate) struct Artifact {
    /// As in `registry+https://…#serde@1.0.228`.
    pub(crate) package: String,
    /// Whether it was there before.
    pub(crate) fresh: bool,
    /// The test binary that it is, if it is one.
    pub(crate) test: Option<PathBuf>,
}

impl Artifact {
    /// Whether it is no crate of the workspace's own.
    pub(crate) fn is_dependency(&self) -> bool {
        !self.package.starts_with("path+")
    }
}

/// The command lines for a set, whose dependencies are built before.
pub(crate) async fn commands(set: &str) -> Commands {
    let cancel = CancellationToken::new();
    let warm = ENGINE.warm(&PACK, set, |_| {}, &cancel).await;
    warm.unwrap_or_else(|obstacle| panic!("the set {set} is not built: {obstacle}"));
    let (toolchain, _) = ENGINE.toolchain().await.unwrap_or_else(|obstacle| panic!("{obstacle}"));
    Commands {
        toolchain,
        environment: Environment::of_this_process(),
        cargo_home: if set == "none" { HOME.cargo_home_without_packages() } else { HOME.cargo_home() },
        target: HOME.target().join(set),
        tmp: HOME.tmp(),
    }
}

/// Places an exercise and builds its tests.
pub(crate) fn build(commands: &Commands, exercise: &Exercise, tree: Tree) -> Built {
    let placed = ENGINE.sandbox().place(&PACK, exercise, tree).unwrap_or_else(|error| panic!("{error}"));
    build_answer(commands, &placed)
}

/// Builds the tests of a crate that is placed.
pub(crate) fn build_answer(commands: &Commands, placed: &Placed) -> Built {
    let call = commands.build_tests(&placed.manifest, &placed.package, &placed.test_targets);
    let output = command(&call).output().unwrap_or_else(|error| panic!("cargo: {error}"));
    let stdout = String::from_utf8_lossy(&output.stdout);
    let artifacts = stdout.lines().filter_map(artifact).collect();
    Built { placed: placed.clone(), artifacts, said: String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// A process as an invocation describes it.
pub(crate) fn command(call: &Invocation) -> Command {
    let mut command = Command::new(&call.program);
    command
        .args(&call.arguments)
        .env_clear()
        .envs(call.variables.iter().cloned())
        .current_dir(&call.directory);
    command
}

fn artifact(line: &str) -> Option<Artifact> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" {
        return None;
    }
    let executable = message["executable"].as_str().filter(|_| message["profile"]["test"] == true);
    Some(Artifact {
        package: message["package_id"].as_str()?.to_owned(),
        fresh: message["fresh"].as_bool()?,
        test: executable.map(PathBuf::from),
    })
}
