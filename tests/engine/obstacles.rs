//! What is nobody's wrong answer: each obstacle has its own cause and says what to do.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use patterns_tui::cargo::Environment;
use patterns_tui::check::{Cause, Engine, Report, Scope, Subject, Verdict};
use patterns_tui::pack::{DependencySet, Pack};
use patterns_tui::settings::Home;
use tokio_util::sync::CancellationToken;

use crate::support::{exercise, pack_of, supervisor};

const LIBRARY: &str = "pub fn one() -> i32 { 1 }";
const TESTS: &str = "#[test] fn is_one() { assert_eq!(ex::one(), 1); }";

/// The environment of this process with these changes.
fn environment(changes: &[(&str, OsString)]) -> Environment {
    let mut all: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
    all.extend(changes.iter().map(|(name, value)| (OsString::from(name), value.clone())));
    all.into_iter().collect()
}

async fn judge(home: &Path, pack: &Arc<Pack>, environment: Environment) -> Report {
    let engine = Engine::with_environment(Home::new(home), supervisor(), environment);
    let cancel = CancellationToken::new();
    engine.check(pack, &pack.exercises[0], Subject::Learner, Scope::All, |_| {}, &cancel).await
}

fn light() -> Arc<Pack> {
    pack_of(exercise(LIBRARY, TESTS, &["is_one"]))
}

/// A pack whose exercise needs this dependency.
fn heavy(manifest: &str, lock: &str) -> Arc<Pack> {
    let mut pack = (*light()).clone();
    let manifest = format!("[workspace]\nmembers = [\"warm\"]\n[workspace.dependencies]\n{manifest}");
    let set = DependencySet { manifest: manifest.into(), lock: lock.into() };
    pack.sets.insert("own".into(), set);
    pack.exercises[0].set = "own".into();
    Arc::new(pack)
}

fn assert_unjudged(report: &Report, cause: Cause, advice: &str) {
    assert_eq!((report.verdict, report.cause), (Verdict::Unjudged, Some(cause)), "{report:?}");
    let explanation = report.explanation.as_deref().unwrap_or_default();
    assert!(explanation.contains(advice), "{explanation}");
}

#[tokio::test]
async fn without_a_toolchain_it_says_where_to_get_one() {
    let home = tempfile::tempdir().unwrap();
    let nothing = environment(&[("PATH", home.path().into())]);
    let report = judge(home.path(), &light(), nothing).await;
    assert_unjudged(&report, Cause::NoToolchain, "https://rustup.rs");
}

#[cfg(unix)]
#[tokio::test]
async fn without_a_linker_it_says_what_to_install() {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::new(Home::new(home.path()), supervisor());
    let (toolchain, _) = engine.toolchain().await.unwrap();
    let only_rust = toolchain.rustc.parent().unwrap();
    let report = judge(home.path(), &light(), environment(&[("PATH", only_rust.into())])).await;
    assert_unjudged(&report, Cause::NoLinker, "build-essential");
}

/// Puts a script in the place of a program.
#[cfg(unix)]
pub(crate) fn script(at: &Path, lines: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::fs::write(at, format!("#!/bin/sh\n{lines}\n")).unwrap();
    std::fs::set_permissions(at, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// An environment in which programs of this directory come before all others.
#[cfg(unix)]
pub(crate) fn with_programs_of(place: &Path) -> Environment {
    let others = std::env::var_os("PATH").unwrap();
    let all = std::iter::once(place.to_owned()).chain(std::env::split_paths(&others));
    environment(&[("PATH", std::env::join_paths(all).unwrap())])
}

/// A `cc` that does this and fails.
#[cfg(unix)]
fn broken_cc(place: &Path, lines: &str) -> Environment {
    script(&place.join("cc"), &format!("{lines}\nexit 1"));
    with_programs_of(place)
}

/// A toolchain whose rustc dies where it compiles tests, as one does that takes more memory than there is.
#[cfg(unix)]
async fn dying_rustc(place: &Path) -> Environment {
    let engine = Engine::new(Home::new(place.join("home")), supervisor());
    let (real, _) = engine.toolchain().await.unwrap();
    let rustc = real.rustc.display();
    let dies = format!("case \" $* \" in *' --test '*) kill -9 $$;; esac\nexec {rustc} \"$@\"");
    script(&place.join("bin/rustc"), &dies);
    script(&place.join("bin/cargo"), &format!("exec {} \"$@\"", real.cargo.display()));
    let answers = format!("printf '%s\\n' '{}' '{}'", place.display(), real.host);
    script(&place.join("first/rustc"), &answers);
    with_programs_of(&place.join("first"))
}

#[cfg(unix)]
#[tokio::test]
async fn a_compiler_that_is_killed_is_told_as_such() {
    let home = tempfile::tempdir().unwrap();
    let place = tempfile::tempdir().unwrap();
    let dying = dying_rustc(place.path()).await;
    for pack in
        [light(), pack_of(crate::kinds::suite("#[test] fn three() { assert_eq!(ex::double(3), 6); }"))]
    {
        let report = judge(home.path(), &pack, dying.clone()).await;
        assert_unjudged(&report, Cause::Internal, "is there enough memory?");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_linker_that_does_not_work_is_nobodys_wrong_answer() {
    let home = tempfile::tempdir().unwrap();
    let bin = tempfile::tempdir().unwrap();
    for said in [
        "collect2: fatal error: cannot find 'ld'",
        "collect2: fatal error: cannot find \u{2018}ld\u{2019}",
        "rust-lld: error: cannot open Scrt1.o: No such file or directory",
        "rust-lld: error: unable to find library -lgcc_s",
    ] {
        let broken = broken_cc(bin.path(), &format!("echo \"{said}\" >&2"));
        let report = judge(home.path(), &light(), broken).await;
        assert_unjudged(&report, Cause::NoLinker, "build-essential");
        assert_unjudged(&report, Cause::NoLinker, said);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_build_whose_directory_goes_away_is_nobodys_wrong_answer() {
    let home = tempfile::tempdir().unwrap();
    let bin = tempfile::tempdir().unwrap();
    let target = home.path().join("target");
    let lines =
        format!("rm -rf {target:?}\necho 'ld: cannot open output file ex: No such file or directory' >&2");
    let report = judge(home.path(), &light(), broken_cc(bin.path(), &lines)).await;
    assert_unjudged(&report, Cause::Internal, "check again");
}

#[tokio::test]
async fn a_symbol_that_is_not_there_is_a_wrong_answer() {
    let home = tempfile::tempdir().unwrap();
    let library = "unsafe extern \"C\" { fn nothing_here() -> i32; }\npub fn one() -> i32 { unsafe { nothing_here() } }";
    let pack = pack_of(exercise(library, TESTS, &["is_one"]));
    let report = judge(home.path(), &pack, environment(&[])).await;
    assert_eq!((report.verdict, report.cause), (Verdict::Failed, Some(Cause::DidNotCompile)), "{report:?}");
}

#[tokio::test]
async fn without_a_network_the_first_fetch_says_so() {
    let home = tempfile::tempdir().unwrap();
    let lock = "version = 4\n\n[[package]]\nname = \"itoa\"\nversion = \"1.0.15\"\nsource = \
                \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \
                \"4a5f13b858c8d314ee3e8f639011f7ccefe71f97f96e50151fb991f267928e2c\"\n\n[[package]]\nname = \"warm\"\nversion = \
                \"0.0.0\"\ndependencies = [\n \"itoa\",\n]\n";
    let nowhere: OsString = "http://127.0.0.1:9".into();
    let names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "CARGO_HTTP_PROXY"];
    let mut changes: Vec<_> = names.map(|name| (name, nowhere.clone())).into();
    changes.extend([
        ("NO_PROXY", OsString::new()),
        ("no_proxy", OsString::new()),
        ("CARGO_NET_RETRY", "0".into()),
    ]);
    let report = judge(home.path(), &heavy("itoa = \"=1.0.15\"\n", lock), environment(&changes)).await;
    assert_unjudged(&report, Cause::NoNetwork, "connect to the network");
}

#[tokio::test]
async fn a_dependency_that_does_not_build_is_the_judges_fault() {
    let home = tempfile::tempdir().unwrap();
    let broken = home.path().join("broken");
    std::fs::create_dir_all(broken.join("src")).unwrap();
    std::fs::write(broken.join("src/lib.rs"), "compile_error!(\"out of order\");").unwrap();
    let manifest = "[package]\nname = \"broken\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    std::fs::write(broken.join("Cargo.toml"), manifest).unwrap();
    let lock = "version = 4\n\n[[package]]\nname = \"broken\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"warm\"\nversion = \
                \"0.0.0\"\ndependencies = [\n \"broken\",\n]\n";
    let dependency = format!("broken = {{ path = {broken:?} }}\n");
    let report = judge(home.path(), &heavy(&dependency, lock), environment(&[])).await;
    assert_unjudged(&report, Cause::BrokenJudge, "out of order");
}

#[tokio::test]
async fn a_home_that_is_a_file_is_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    std::fs::write(&home, "").unwrap();
    let report = judge(&home, &light(), environment(&[])).await;
    assert_unjudged(&report, Cause::Internal, "home");
}

#[tokio::test]
async fn flags_of_the_persons_environment_change_nothing() {
    let home = tempfile::tempdir().unwrap();
    let flags = [
        ("RUSTFLAGS", "--cfg nonsense -Dwarnings -Clinker=/no/such".into()),
        ("CARGO_BUILD_TARGET", "no-such-target".into()),
        ("RUSTC_WRAPPER", "/no/such/wrapper".into()),
        ("CARGO_TARGET_DIR", "/no/such/dir".into()),
    ];
    let report = judge(home.path(), &light(), environment(&flags)).await;
    assert_eq!(report.verdict, Verdict::Passed, "{:?}", report.explanation);
}
