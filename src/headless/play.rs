//! `play`: a listing, a file or the playground's text, built and run in the sandbox.

use std::io::Read as _;
use std::path::Path;
use std::{fs, io, thread};

use tokio::sync::mpsc;

use crate::cargo::Level;
use crate::check::{PlayEnd, PlayEvent};
use crate::failure::{EXIT_NOT_PASSED, EXIT_OK, EXIT_UNJUDGED, Failure};
use crate::headless::check::tell_cost;
use crate::headless::console::Console;
use crate::headless::names;
use crate::headless::session::{Session, cancelled_by_signals};
use crate::headless::warm::{counted, sets_of};
use crate::sandbox::template::Template;
use crate::text::ansi;

struct Program {
    pack: usize,
    set: String,
    code: String,
}

/// Runs a program; its output is the result.
pub(super) fn run(program: Option<&str>, set: Option<&str>, session: &mut Session) -> Result<u8, Failure> {
    let program = choose(program, set, session)?;
    let pack = session.packs[program.pack].clone();
    // A set that nobody brings is a slip of whoever typed it, not the machine's fault.
    Template::find(&pack, &program.set).map_err(|e| Failure::usage(e.to_string()))?;
    tell_cost("the program", &pack, &program.set, session);
    let runtime = Session::runtime()?;
    let cancel = cancelled_by_signals(&runtime);
    let Session { engine, console, .. } = &mut *session;
    let tell = |event| tell(event, console);
    let end = engine.play(&pack, &program.set, &program.code, own_input(), tell, &cancel);
    let end = runtime.block_on(end);
    // A thread may still wait for a line that nobody will type.
    runtime.shutdown_background();
    let end = end?;
    if end != PlayEnd::Exited(0) {
        session.console.note(&end.to_string());
    }
    Ok(exit_of(end))
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
    let own = |code: String| {
        let set = set.map_or_else(|| smallest_set(&code, session), |set| Ok(set.to_owned()))?;
        Ok(Program { pack: 0, set, code })
    };
    let Some(name) = program else {
        let kept = session.sandbox.read_playground(&session.packs[0])?;
        return kept.map_or_else(|| Err(nothing_kept()), own);
    };
    if let Some((pack, _, listing)) = names::listing(&session.packs, name)
        && (listing.run || !Path::new(name).is_file())
    {
        let pack = session.packs.iter().position(|known| known.id == pack.id).unwrap_or(0);
        if !listing.run {
            return Err(Failure::usage(format!("the listing `{name}` is not a program"))
                .hint(format!("`patterns-tui show {name}` prints it")));
        }
        let set = set.unwrap_or(&listing.set).to_owned();
        return Ok(Program { pack, set, code: listing.code.clone() });
    }
    match fs::read_to_string(name) {
        Ok(code) => own(code),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Err(unknown(name, session)),
        Err(e) => Err(Failure::usage(format!("{name} cannot be read")).because(e.to_string())),
    }
}

fn nothing_kept() -> Failure {
    Failure::usage("the playground is empty").hint("name a runnable listing or a Rust file")
}

fn unknown(name: &str, session: &Session) -> Failure {
    let listings = session.packs.iter().flat_map(|pack| &pack.chapters).flat_map(|chapter| &chapter.listings);
    let known = listings.filter(|listing| listing.run).map(|listing| listing.id.clone()).collect::<Vec<_>>();
    let unknown = Failure::usage(format!("there is no listing or file `{name}`"));
    names::suggest(unknown, name, &known).hint("name a listing that can be run, or a Rust file")
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

fn tell(event: PlayEvent, console: &mut Console) {
    match event {
        PlayEvent::Waiting(_) => console.progress("waiting for another build"),
        PlayEvent::Fetching { done, total } => console.progress(&counted("fetching", done, total)),
        PlayEvent::Building { unit, done, total } => {
            console.progress(&format!("{}  {unit}", counted("building", done, total)));
        }
        PlayEvent::Diagnosed(diagnostic) if diagnostic.level == Level::Error => {
            for line in ansi::lines(&diagnostic.rendered) {
                console.say(&line);
            }
        }
        PlayEvent::Diagnosed(_) => {}
        PlayEvent::Started => console.clear_progress(),
        PlayEvent::Printed(text) => console.printed(&text),
        PlayEvent::Dropped(bytes) => console.note(&format!("({bytes} bytes of output were dropped)")),
    }
}
