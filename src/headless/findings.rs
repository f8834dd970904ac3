//! What `doctor` looks at, by trying it wherever that can be done.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::net::{TcpStream, ToSocketAddrs as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs, io};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::check::{Cause, Engine, Obstacle, PlayEnd};
use crate::confine::{self, Holds};
use crate::failure::Failure;
use crate::headless::console::Console;
use crate::headless::session::Session;
use crate::pack::{Pack, template_sets};

/// One thing that was looked at.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) name: &'static str,
    pub(super) state: State,
    pub(super) detail: String,
    pub(super) advice: Option<String>,
}

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It works.
    Works,
    /// Something will not work, or not as well; exercises can be judged all the same.
    Limited,
    /// Nothing can be judged.
    Broken,
}

/// What the service set and what is built of it take on the disk, with some room.
#[cfg(any(unix, test))]
const WANTED: u64 = 1 << 30;
/// Without this much even the lightest exercise cannot be built.
#[cfg(any(unix, test))]
const NEEDED: u64 = 64 << 20;

impl Finding {
    fn works(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, state: State::Works, detail: detail.into(), advice: None }
    }

    fn limited(name: &'static str, detail: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, state: State::Limited, detail: detail.into(), advice: Some(advice.into()) }
    }

    fn broken(name: &'static str, detail: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, state: State::Broken, detail: detail.into(), advice: Some(advice.into()) }
    }
}

/// Everything that `doctor` tells, in order.
pub(super) fn examine(session: &mut Session) -> Result<Vec<Finding>, Failure> {
    let mut findings = vec![home(session.settings.home.root())];
    findings.extend(disk(session.settings.home.root()));
    session.console.progress("asking the toolchain");
    findings.extend(toolchain(session)?);
    findings.push(sets(session));
    session.console.progress("trying the network");
    findings.push(network(&Registry::of(|name| env::var(name).ok())));
    findings.extend(confinement(&session.engine));
    findings.push(terminal(&session.console));
    Ok(findings)
}

fn home(root: &Path) -> Finding {
    match fs::create_dir_all(root).and_then(|()| tempfile::tempfile_in(root)) {
        Ok(_) => Finding::works("home", root.display().to_string()),
        Err(e) => Finding::broken(
            "home",
            format!("{} cannot be written: {e}", root.display()),
            "make it writable, or choose another one with --home",
        ),
    }
}

#[cfg(unix)]
fn disk(root: &Path) -> Option<Finding> {
    let there = root.ancestors().find(|dir| dir.exists())?;
    let space = rustix::fs::statvfs(there).ok()?;
    Some(disk_of(space.f_bavail.saturating_mul(space.f_frsize)))
}

#[cfg(not(unix))]
fn disk(_: &Path) -> Option<Finding> {
    None
}

#[cfg(any(unix, test))]
fn disk_of(free: u64) -> Finding {
    let detail = format!("{} MiB free", free >> 20);
    match free {
        WANTED.. => Finding::works("disk", detail),
        NEEDED.. => Finding::limited("disk", detail, "exercises with dependencies take about 600 MiB"),
        _ => Finding::broken("disk", detail, "free some space, or choose another place with --home"),
    }
}

/// The toolchain, asked for its version, and the linker, made to link and run the smallest program.
fn toolchain(session: &mut Session) -> Result<Vec<Finding>, Failure> {
    let runtime = Session::runtime()?;
    let (cargo, version) = match runtime.block_on(session.engine.toolchain()) {
        Ok((toolchain, version)) => (toolchain.cargo.display().to_string(), version),
        Err(obstacle) => return Ok(vec![no_toolchain(obstacle)]),
    };
    let toolchain = Finding::works("toolchain", format!("{} ({cargo})", version.trim()));
    session.console.progress("building the smallest program");
    let pack = Arc::new(no_pack());
    let (input, received) = mpsc::unbounded_channel();
    drop(input);
    let cancel = CancellationToken::new();
    let ended =
        runtime.block_on(session.engine.play(&pack, "none", "fn main() {}\n", received, |_| {}, &cancel));
    let build = match ended {
        Ok(PlayEnd::Exited(0)) => Finding::works("build", "a program was compiled, linked and run"),
        Ok(end) => not_run(end),
        Err(obstacle) if obstacle.cause == Cause::NoLinker => {
            Finding::broken("linker", obstacle.explanation, "mend or install it, then try again")
        }
        Err(obstacle) => Finding::broken("build", obstacle.explanation, "mend that, then try again"),
    };
    Ok(vec![toolchain, build])
}

/// What keeps the toolchain from being used; the words say what to do, too.
fn no_toolchain(obstacle: Obstacle) -> Finding {
    Finding { name: "toolchain", state: State::Broken, detail: obstacle.explanation, advice: None }
}

/// What is wrong where the smallest program does not end well, and what is most likely to mend it.
fn not_run(end: PlayEnd) -> Finding {
    match end {
        PlayEnd::DidNotCompile => {
            Finding::broken("build", "the compiler refused the smallest program", REINSTALL)
        }
        end => Finding::broken(
            "build",
            format!("the smallest program was started, but {end}"),
            KEPT_FROM_RUNNING,
        ),
    }
}

/// Which of the dependency sets that this program brings are built.
fn sets(session: &Session) -> Finding {
    let pack = no_pack();
    let told = |set: &str| match (session.engine.is_built(&pack, set), pack.opt_in(set)) {
        (true, _) => format!("{set}: built"),
        (false, None) => format!("{set}: not built yet"),
        (false, Some(cost)) => format!("{set}: not built, only on request ({cost})"),
    };
    let detail: Vec<_> = template_sets().filter(|set| *set != "none").map(told).collect();
    Finding::works("crates", detail.join("\n"))
}

/// The pack of the smallest program: a broken one must not keep the machine from being examined.
fn no_pack() -> Pack {
    Pack {
        id: "doctor".into(),
        title: String::new(),
        version: semver::Version::new(0, 0, 0),
        language: String::new(),
        authors: Vec::new(),
        license: String::new(),
        requires: semver::VersionReq::STAR,
        chapters: Vec::new(),
        exercises: Vec::new(),
        map: Vec::new(),
        sets: BTreeMap::new(),
    }
}

/// Where dependencies come from.
#[derive(Debug, PartialEq, Eq)]
enum Registry {
    Direct,
    /// Through a proxy at this host and port.
    Proxy(String),
}

impl Registry {
    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let names =
            ["CARGO_HTTP_PROXY", "HTTPS_PROXY", "https_proxy", "http_proxy", "ALL_PROXY", "all_proxy"];
        let proxy = names.into_iter().filter_map(variable).find(|value| !value.is_empty());
        proxy.map_or(Self::Direct, |proxy| Self::Proxy(host_and_port(&proxy)))
    }
}

/// `host:port` of a proxy's URL, without what stands around it: a password least of all.
fn host_and_port(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let rest = rest.split('/').next().unwrap_or_default();
    let host = rest.rsplit('@').next().unwrap_or_default();
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let port = match scheme {
        "https" => 443,
        scheme if scheme.starts_with("socks") => 1080,
        _ => 80,
    };
    if has_port { host.to_owned() } else { format!("{host}:{port}") }
}

fn network(registry: &Registry) -> Finding {
    let (address, what) = match registry {
        Registry::Direct => ("index.crates.io:443", "index.crates.io".to_owned()),
        Registry::Proxy(proxy) => (proxy.as_str(), format!("the proxy {proxy}")),
    };
    match connect(address) {
        Ok(()) => Finding::works("network", format!("{what} answers")),
        Err(e) => Finding::limited(
            "network",
            format!("{what} does not answer: {e}"),
            "exercises without dependencies work; others need it once, to fetch their dependencies",
        ),
    }
}

fn connect(address: &str) -> io::Result<()> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in address.to_socket_addrs()?.take(3) {
        match TcpStream::connect_timeout(&address, Duration::from_secs(2)) {
            Ok(_) => return Ok(()),
            Err(e) => last = e,
        }
    }
    Err(last)
}

fn confinement(engine: &Engine) -> Vec<Finding> {
    let finding = |measure: confine::Measure| {
        let name = match measure.name {
            "files" => "foreign files",
            "network" => "foreign network",
            name => name,
        };
        match measure.holds {
            Holds::Yes => Finding::works(name, measure.meaning),
            Holds::Partly => Finding { state: State::Limited, ..Finding::works(name, measure.meaning) },
            Holds::No => Finding::limited(name, measure.meaning, "open only packs that you trust"),
        }
    };
    confine::report(engine.supervisor()).into_iter().map(finding).collect()
}

fn terminal(console: &Console) -> Finding {
    let colors = match supports_color::on_cached(supports_color::Stream::Stdout) {
        Some(level) if level.has_16m => "24-bit colour",
        Some(level) if level.has_256 => "256 colours",
        Some(_) => "16 colours",
        None if console.is_colored() => "colour",
        None => "no colour",
    };
    let marks = if console.ascii() { "plain ASCII" } else { "UTF-8" };
    if io::stdout().is_terminal() && io::stdin().is_terminal() {
        return Finding::works("terminal", format!("{} columns, {colors}, {marks}", console.columns()));
    }
    Finding::limited("terminal", "input or output is not a terminal", "the app needs one; subcommands do not")
}

const REINSTALL: &str = "install the toolchain anew (`rustup toolchain uninstall stable`, `rustup toolchain install stable`), and look \
                         whether the linker works (`cc --version`)";
const KEPT_FROM_RUNNING: &str =
    "look what keeps new programs from running: a home mounted with `noexec`, a virus scanner";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        for (url, expected) in [
            ("http://proxy.example:3128", "proxy.example:3128"),
            ("http://user:secret@proxy.example:3128/", "proxy.example:3128"),
            ("proxy.example", "proxy.example:80"),
            ("https://proxy.example", "proxy.example:443"),
            ("socks5h://proxy.example", "proxy.example:1080"),
        ] {
            assert_eq!(host_and_port(url), expected, "{url}");
        }
        assert_eq!(Registry::of(|_| None), Registry::Direct);
        assert_eq!(Registry::of(|name| (name == "HTTPS_PROXY").then(String::new)), Registry::Direct);
    }

    #[test]
    fn a_network_that_does_not_answer_is_no_breakage() {
        let nobody = Registry::Proxy("127.0.0.1:1".into());
        assert_eq!(network(&nobody).state, State::Limited);
    }

    #[test]
    fn a_disk_is_judged_by_what_is_free() {
        let state = |free| disk_of(free).state;
        assert_eq!(state(2 << 30), State::Works);
        assert_eq!(state(500 << 20), State::Limited);
        assert_eq!(state(1 << 20), State::Broken);
    }

    #[test]
    fn a_program_that_does_not_end_well_is_told_in_words() {
        for (end, detail, advice) in [
            (PlayEnd::DidNotCompile, "the compiler refused the smallest program", "linker"),
            (
                PlayEnd::Exited(126),
                "the smallest program was started, but it ended with status 126",
                "noexec",
            ),
        ] {
            let finding = not_run(end);
            assert_eq!(finding.detail, detail);
            assert!(finding.advice.unwrap().contains(advice));
        }
    }

    #[test]
    fn a_home_that_is_a_file_is_broken() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(home(file.path()).state, State::Broken);
    }
}
