//! Every command line that this program gives to cargo, rustc and rustfmt.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cargo::environment::Environment;
use crate::cargo::invocation::Invocation;
use crate::cargo::suite::TestCall;
use crate::cargo::toolchain::Toolchain;

/// Makes command lines for one toolchain and one set of places.
#[derive(Debug, Clone)]
pub struct Commands {
    /// The toolchain.
    pub toolchain: Toolchain,
    /// What the person's environment holds.
    pub environment: Environment,
    /// cargo's home.
    pub cargo_home: PathBuf,
    /// Where artifacts go.
    pub target: PathBuf,
    /// The temporary directory of the children, and their home.
    pub tmp: PathBuf,
}

impl Commands {
    /// Downloads what the lock file names for this machine.
    pub fn fetch(&self, manifest: &Path) -> Invocation {
        let fetch = self.cargo(self.environment.for_fetches()).argument("fetch").argument("--locked");
        fetch
            .argument("--target")
            .argument(&self.toolchain.host)
            .argument("--manifest-path")
            .argument(manifest)
    }

    /// Lists the packages that building a package takes, one a line.
    pub fn tree(&self, manifest: &Path, package: &str) -> Invocation {
        self.offline("tree", manifest, package).arguments(["--edges", "normal,build", "--prefix", "none"])
    }

    /// Builds the test targets that judge, and nothing else: the library's own unit tests would be one more link.
    pub fn build_tests(&self, manifest: &Path, package: &str, targets: &[String]) -> Invocation {
        let build = self.offline("test", manifest, package).argument("--no-run").argument(JSON);
        targets.iter().fold(build, |build, target| build.argument("--test").argument(target))
    }

    /// Builds several packages, each as far as it can be built: these test targets, or the libraries and programs.
    pub fn build_all(&self, manifest: &Path, packages: &[String], targets: &[String]) -> Invocation {
        let (first, others) =
            packages.split_first().map_or(("", packages), |(first, others)| (first, others));
        let build = self.offline("build", manifest, first).argument("--keep-going").argument(JSON);
        let build = build.argument("--jobs").argument(jobs().to_string());
        let build = others.iter().fold(build, |build, package| build.argument("--package").argument(package));
        targets.iter().fold(build, |build, target| build.argument("--test").argument(target))
    }

    /// The same for packages that are built once: what cargo keeps for a second time is larger than they are.
    pub fn build_all_once(&self, manifest: &Path, packages: &[String], targets: &[String]) -> Invocation {
        self.build_all(manifest, packages, targets).variable("CARGO_INCREMENTAL", "0")
    }

    /// Compiles a file as a test binary, without cargo.
    pub fn compile_tests(&self, source: &Path, executable: &Path) -> Invocation {
        let rustc = self.clean(Invocation::new(&self.toolchain.rustc), self.environment.for_builds());
        rustc.arguments(["--test", "--edition", "2024", "-o"]).argument(executable).argument(source)
    }

    /// Builds a package's library or program.
    pub fn build(&self, manifest: &Path, package: &str) -> Invocation {
        self.offline("build", manifest, package).argument(JSON)
    }

    /// Runs a program that was built; its working directory is the crate's, as cargo has it.
    pub fn program(&self, executable: &Path, directory: &Path) -> Invocation {
        self.clean(Invocation::new(executable), self.environment.for_builds()).directory(directory)
    }

    /// Runs one test of a test binary, or lists them all; see [`crate::cargo::suite`].
    pub fn test(&self, test: &TestCall<'_>, directory: &Path) -> Invocation {
        let program = test.executable.to_owned();
        let call = Invocation { program, ..self.any_test(test.backtrace, directory) };
        self.at_home_in(test.tmp, call).arguments(test.arguments())
    }

    /// What all calls of [`Commands::test`] have in common, but for the values of some variables.
    pub fn any_test(&self, backtrace: bool, directory: &Path) -> Invocation {
        let test_run = Invocation { libraries: self.libraries(), ..self.program(Path::new(""), directory) };
        if backtrace { test_run.variable("RUST_BACKTRACE", "1") } else { test_run }
    }

    /// Where test binaries find shared libraries, those that were built and the toolchain's own; `None` where they cannot load
    /// any.
    pub fn libraries(&self) -> Option<OsString> {
        let toolchains = self.toolchain.libraries.clone()?;
        std::env::join_paths([self.target.join("debug").join("deps"), toolchains]).ok()
    }

    /// Formats what it reads.
    pub fn format(&self, rustfmt: &Path) -> Invocation {
        let format = self.clean(Invocation::new(rustfmt), self.environment.for_builds());
        format.arguments(["--edition", "2024", "--emit", "stdout", "--color", "never"]).with_input()
    }

    /// Tells the toolchain's version.
    pub fn version(&self) -> Invocation {
        self.clean(Invocation::new(&self.toolchain.rustc), self.environment.for_builds())
            .argument("--version")
    }

    /// After the one fetch nothing goes over the network, and nothing changes a version.
    fn offline(&self, subcommand: &str, manifest: &Path, package: &str) -> Invocation {
        let cargo = self.cargo(self.environment.for_builds());
        let cargo = cargo.arguments([subcommand, "--offline", "--locked", "--package", package]);
        cargo.argument("--manifest-path").argument(manifest)
    }

    fn cargo(&self, seen: impl Iterator<Item = (OsString, OsString)>) -> Invocation {
        self.clean(Invocation::new(&self.toolchain.cargo), seen)
            .variable("CARGO_HOME", &self.cargo_home)
            .variable("CARGO_TARGET_DIR", &self.target)
            .variable("CARGO_BUILD_BUILD_DIR", &self.target)
            .variable("CARGO_TERM_COLOR", "never")
            .variable("CARGO_TERM_PROGRESS_WHEN", "never")
            .variable("RUSTC", &self.toolchain.rustc)
    }

    fn clean(
        &self,
        mut invocation: Invocation,
        seen: impl Iterator<Item = (OsString, OsString)>,
    ) -> Invocation {
        invocation.variables.extend(seen);
        self.at_home_in(&self.tmp, invocation)
            .variable("PATH", self.path())
            .variable("LC_ALL", "C.UTF-8")
            .variable("RUST_BACKTRACE", "0")
    }

    /// With this temporary directory, which is its home too unless it sees the person's.
    fn at_home_in(&self, tmp: &Path, mut invocation: Invocation) -> Invocation {
        if invocation.get("HOME").is_none_or(|home| home == self.tmp) {
            invocation = invocation.variable("HOME", tmp);
        }
        ["TMPDIR", "TEMP", "TMP"].iter().fold(invocation, |invocation, name| invocation.variable(name, tmp))
    }

    /// The toolchain's own programs before the person's, for build scripts that call `rustc`.
    fn path(&self) -> OsString {
        let own = self.toolchain.rustc.parent().map(Path::to_owned);
        let all = own.into_iter().chain(self.environment.path());
        std::env::join_paths(all)
            .unwrap_or_else(|_| self.environment.get("PATH").unwrap_or_default().to_owned())
    }
}

/// How many of many small crates are built at a time. Each of them is one thread that waits for the disk and for memory at times:
/// with as many as there are cores, two cores were idle for a fifth of the time.
fn jobs() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from) + 2
}

const JSON: &str = "--message-format=json-diagnostic-rendered-ansi";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::suite::TestTask;

    fn commands() -> Commands {
        let variables = [
            ("PATH", "/usr/bin"),
            ("RUSTFLAGS", "-Cdebuginfo=2"),
            ("CARGO_PROFILE_DEV_DEBUG", "2"),
            ("RUSTC_WRAPPER", "sccache"),
            ("CARGO_TARGET_DIR", "/elsewhere"),
            ("HTTPS_PROXY", "p"),
            ("HOME", "/home/me"),
        ];
        Commands {
            toolchain: Toolchain {
                cargo: "/t/bin/cargo".into(),
                rustc: "/t/bin/rustc".into(),
                rustfmt: None,
                host: "h".into(),
                libraries: Some("/t/lib/rustlib/h/lib".into()),
            },
            environment: variables.into_iter().collect(),
            cargo_home: "/state/cargo".into(),
            target: "/state/target".into(),
            tmp: "/state/tmp".into(),
        }
    }

    #[test]
    fn a_build_is_offline_locked_and_builds_only_what_judges() {
        let build = commands().build_tests(Path::new("/w/Cargo.toml"), "strategy", &["a".into(), "b".into()]);
        let line: Vec<_> = build.arguments.iter().map(|argument| argument.to_str().unwrap()).collect();
        let expected = "test --offline --locked --package strategy --manifest-path /w/Cargo.toml --no-run \
                        --message-format=json-diagnostic-rendered-ansi --test a --test b";
        assert_eq!(line.join(" "), expected);
        assert!(build.directory.parent().is_none(), "no configuration above the root directory");
    }

    #[test]
    fn nothing_that_forces_a_rebuild_passes() {
        let build = commands().build(Path::new("/w/Cargo.toml"), "warm");
        for name in ["RUSTFLAGS", "CARGO_PROFILE_DEV_DEBUG", "RUSTC_WRAPPER", "HTTPS_PROXY"] {
            assert_eq!(build.get(name), None, "{name}");
        }
        assert_eq!(build.get("CARGO_TARGET_DIR").unwrap(), "/state/target");
        assert_eq!(build.get("HOME").unwrap(), "/state/tmp");
        let path: Vec<_> = std::env::split_paths(build.get("PATH").unwrap()).collect();
        assert_eq!(path, [Path::new("/t/bin"), Path::new("/usr/bin")]);
    }

    #[test]
    fn a_test_finds_what_was_built_and_what_the_toolchain_brings() {
        let call = TestCall {
            executable: Path::new("/e"),
            task: TestTask::List,
            backtrace: false,
            tmp: Path::new("/own"),
        };
        let test = commands().test(&call, Path::new("/w"));
        let libraries: Vec<_> = std::env::split_paths(&test.libraries.unwrap()).collect();
        assert_eq!(libraries, [Path::new("/state/target/debug/deps"), Path::new("/t/lib/rustlib/h/lib")]);
        assert_eq!(commands().build(Path::new("/w/Cargo.toml"), "warm").libraries, None);
    }

    #[test]
    fn a_fetch_sees_the_way_to_the_registry() {
        let fetch = commands().fetch(Path::new("/w/Cargo.toml"));
        assert_eq!(fetch.get("HTTPS_PROXY").unwrap(), "p");
        assert_eq!(fetch.get("HOME").unwrap(), "/home/me");
        assert!(!fetch.arguments.iter().any(|argument| argument == "--offline"));
    }
}
