//! `play`: a listing, a file or the playground's text, built and run in the sandbox.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io, thread};

use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::cargo::Level;
use crate::check::{PlayEnd, PlayEvent};
use crate::failure::{EXIT_NOT_PASSED, EXIT_OK, EXIT_UNJUDGED, Failure};
use crate::headless::check::tell_cost;
use crate::headless::console::Console;
use crate::headless::listings::{self, Meant};
use crate::headless::names;
use crate::headless::session::{Session, cancelled_by_signals};
use crate::headless::warm::{counted, sets_of};
use crate::pack::{Listing, Pack};
use crate::sandbox::template::Template;
use crate::text::{ansi, sanitise};

/// How long what was printed is written after Ctrl-C: whoever does not read it must not hold us.
const FAREWELL: Duration = Duration::from_millis(500);
/// In place of a file's name: the program is read from standard input.
const STANDARD_INPUT: &str = "-";

struct Program {
    pack: usize,
    set: String,
    code: String,
    /// What the person calls its file, where it is not the playground's.
    file: Option<String>,
}

/// Runs a program; its output is the result.
pub(super) fn run(program: Option<&str>, set: Option<&str>, session: &mut Session) -> Result<u8, Failure> {
    let input = if program == Some(STANDARD_INPUT) { over } else { own_input };
    let program = choose(program, set, session)?;
    let pack = session.packs[program.pack].clone();
    // A set that nobody brings is a slip of whoever typed it, not the machine's fault.
    Template::find(&pack, &program.set).map_err(|e| Failure::usage(e.to_string()))?;
    tell_cost("the program", &pack, &program.set, session);
    let runtime = Session::runtime()?;
    let end = played(&program, input(), session, &runtime);
    // A thread may still wait for a line that nobody will type, or for a reader who takes nothing.
    runtime.shutdown_background();
    let end = end?;
    if session.console.is_broken() {
        // A reader who has seen enough, as `head` has, is no failure; anything else is told at the end.
        return Ok(EXIT_OK);
    }
    if end != PlayEnd::Exited(0) {
        session.console.note(&end.to_string());
    }
    Ok(exit_of(end))
}

/// Runs the program while a thread writes what it prints.
fn played(
    program: &Program,
    input: mpsc::Receiver<Vec<u8>>,
    session: &mut Session,
    runtime: &Runtime,
) -> Result<PlayEnd, Failure> {
    let cancel = cancelled_by_signals(runtime);
    let pack = session.packs[program.pack].clone();
    let (output, taken) = mpsc::channel(1);
    let printer = session.console.printer();
    let written = runtime.spawn_blocking(move || printer.print_all(taken));
    let Session { engine, console, .. } = &mut *session;
    let tell = |event| tell(event, program.file.as_deref(), console);
    let end = engine.play_whole(&pack, &program.set, &program.code, (input, output), tell, &cancel);
    let end = runtime.block_on(end)?;
    let written = runtime.block_on(async {
        tokio::select! {
            written = written => written.ok(),
            () = given_up(&cancel) => None,
        }
    });
    if let Some(Err(error)) = written {
        session.console.broken_by(error);
    }
    Ok(end)
}

async fn given_up(cancel: &CancellationToken) {
    cancel.cancelled().await;
    tokio::time::sleep(FAREWELL).await;
}

/// The program's own status would be taken for this program's: 2 for a wrong call, 3 for a machine in the way.
fn exit_of(end: PlayEnd) -> u8 {
    match end {
        PlayEnd::Exited(0) => EXIT_OK,
        PlayEnd::Stopped => EXIT_UNJUDGED,
        _ => EXIT_NOT_PASSED,
    }
}

fn choose(program: Option<&str>, set: Option<&str>, session: &Session) -> Result<Program, Failure> {
    let own = |code: String, file: Option<&str>| {
        let set = set.map_or_else(|| smallest_set(&code, session), |set| Ok(set.to_owned()))?;
        Ok(Program { pack: 0, set, code, file: file.map(str::to_owned) })
    };
    let Some(name) = program else {
        let kept = session.sandbox.read_playground(&session.packs[0])?;
        return kept.map_or_else(|| Err(nothing_kept()), |code| own(code, None));
    };
    if name == STANDARD_INPUT {
        let code = io::read_to_string(io::stdin())
            .map_err(|e| Failure::usage("standard input cannot be read").because(e.to_string()))?;
        return own(code, Some("<standard input>"));
    }
    if let Some((pack, listing)) = listing(name, session) {
        let pack = session.packs.iter().position(|known| known.id == pack.id).unwrap_or(0);
        if !listing.run {
            let id = &listing.id;
            return Err(Failure::usage(format!("the listing `{id}` is not a program"))
                .hint(format!("`patterns-tui show {id}` prints it")));
        }
        let set = set.unwrap_or(&listing.set).to_owned();
        return Ok(Program { pack, set, code: listing.code.clone(), file: Some(listing.id.clone()) });
    }
    match fs::read_to_string(name) {
        Ok(code) => own(code, Some(name)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Err(unknown(name, session)),
        Err(e) => Err(Failure::usage(format!("{name} cannot be read")).because(e.to_string())),
    }
}

/// The listing that is meant. A file that lies there comes before what is no program, and before one that shows a file so called.
fn listing<'a>(name: &str, session: &'a Session) -> Option<(&'a Arc<Pack>, &'a Listing)> {
    let is_file = Path::new(name).is_file();
    let named = listings::listing(&session.packs, name).map(|(pack, _, listing)| (pack, listing));
    let named = named.filter(|(_, listing)| listing.run || !is_file);
    named.or_else(|| listings::listing_of_file(&session.packs, name).filter(|_| !is_file))
}

fn nothing_kept() -> Failure {
    Failure::usage("the playground is empty").hint("name a runnable listing or a Rust file")
}

fn unknown(name: &str, session: &Session) -> Failure {
    if let Some(several) = listings::several(name, &session.packs, Meant::Program) {
        return several.hint("`patterns-tui list --listings` lists the listings");
    }
    let listings = session.packs.iter().flat_map(|pack| &pack.chapters).flat_map(|chapter| &chapter.listings);
    let known = listings.filter(|listing| listing.run).map(|listing| listing.id.clone()).collect::<Vec<_>>();
    let unknown = Failure::usage(format!("there is no listing or file `{name}`"));
    names::suggest(unknown, name, &known).hint(
        "name a listing that can be run, or a Rust file; `patterns-tui list --listings` lists the listings",
    )
}

/// The set with the fewest dependencies that has every crate that the code seems to name.
fn smallest_set(code: &str, session: &Session) -> Result<String, Failure> {
    let pack = &session.packs[0];
    let candidates = ["none".to_owned(), "service".to_owned()].into_iter().chain(sets_of(pack));
    let mut ranked = Vec::new();
    for set in candidates {
        let template = Template::find(pack, &set)?;
        let dependencies: Vec<_> = template.dependencies().map(|name| name.replace('-', "_")).collect();
        let uses = dependencies.iter().filter(|name| code.contains(&format!("{name}::"))).count();
        ranked.push((std::cmp::Reverse(uses), dependencies.len(), set));
    }
    ranked.sort();
    Ok(ranked.swap_remove(0).2)
}

/// No input: it has been read already.
fn over() -> mpsc::Receiver<Vec<u8>> {
    mpsc::channel(1).1
}

/// What is typed or piped, no more of it at a time than the program reads.
fn own_input() -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel(1);
    thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            match io::stdin().read(&mut bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(read @ 1..) if sender.blocking_send(bytes[..read].to_vec()).is_ok() => {}
                _ => return,
            }
        }
    });
    receiver
}

fn tell(event: PlayEvent, file: Option<&str>, console: &mut Console) {
    match event {
        PlayEvent::Waiting(_) => console.progress("waiting for another build"),
        PlayEvent::Fetching { done, total } => console.progress(&counted("fetching", done, total)),
        PlayEvent::Building { unit, done, total } => {
            console.progress(&format!("{}  {unit}", counted("building", done, total)));
        }
        PlayEvent::Diagnosed(diagnostic) if diagnostic.level == Level::Error => {
            let said = file.map(|file| of_file(&diagnostic.rendered, file));
            for line in ansi::lines(said.unwrap_or(diagnostic.rendered)) {
                console.say(&line);
            }
        }
        PlayEvent::Started => console.clear_progress(),
        // What it prints goes another way.
        PlayEvent::Diagnosed(_) | PlayEvent::Printed(_) | PlayEvent::Dropped(_) => {}
    }
}

/// What the compiler said of the crate that a file was made into, said of the file. What stands in the program itself stays.
fn of_file(rendered: &str, file: &str) -> String {
    const MAIN: &str = "src/main.rs";
    let file = sanitise(file);
    ["--> ", "--> \x1b[0m", "::: ", "::: \x1b[0m", "`", "\""].iter().fold(
        rendered.to_owned(),
        |text, before| {
            let end = if before.len() == 1 { before } else { ":" };
            text.replace(&format!("{before}{MAIN}{end}"), &format!("{before}{file}{end}"))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::of_file;

    #[test]
    fn what_the_compiler_says_is_said_of_the_persons_file() {
        let said = " --> src/main.rs:1:2\n1 | f(\"a src/main.rs:1\")\n  = help: add it to `src/main.rs`\n";
        let expected = " --> x.rs:1:2\n1 | f(\"a src/main.rs:1\")\n  = help: add it to `x.rs`\n";
        assert_eq!(of_file(said, "x.rs"), expected);
        assert_eq!(of_file("\x1b[1m--> \x1b[0msrc/main.rs:1:2", "y"), "\x1b[1m--> \x1b[0my:1:2");
    }
}
