//! `warm`: dependencies fetched and built ahead.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{Wait, WarmEvent};
use crate::failure::{EXIT_OK, Failure};
use crate::headless::console::Console;
use crate::headless::names;
use crate::headless::session::{Session, cancelled_by_signals};
use crate::pack::Pack;

/// Makes sets ready.
pub(super) fn run(set: Option<&str>, session: &mut Session) -> Result<u8, Failure> {
    let packs = session.packs.clone();
    let runtime = Session::runtime()?;
    let cancel = cancelled_by_signals(&runtime);
    for pack in &packs {
        for set in chosen_sets(pack, set)? {
            let Session { engine, console, .. } = &mut *session;
            let mut last = None;
            let tell = |event| tell(&set, &event, &mut last, console);
            runtime.block_on(engine.warm(pack, &set, tell, &cancel))?;
            session.console.text(format!("{set}: ready"), crate::text::Role::Success);
        }
        if set.is_none() {
            tell_of_others(pack, session);
        }
    }
    Ok(EXIT_OK)
}

fn chosen_sets(pack: &Arc<Pack>, asked: Option<&str>) -> Result<Vec<String>, Failure> {
    let sets = sets_of(pack);
    match asked {
        // What is built only on request is built when it is named.
        None => Ok(sets.into_iter().filter(|set| pack.opt_in(set).is_none()).collect()),
        Some(set) if sets.contains(set) => Ok(vec![set.to_owned()]),
        Some(set) => {
            let sets: Vec<_> = sets.into_iter().collect();
            let unknown = Failure::usage(format!("`{}` uses no dependency set `{set}`", pack.id))
                .hint(format!("it uses `{}`", sets.join("`, `")));
            Err(names::suggest(unknown, set, &sets))
        }
    }
}

/// Says which sets were not built because nobody asked for them.
fn tell_of_others(pack: &Arc<Pack>, session: &mut Session) {
    for set in sets_of(pack) {
        if let Some(cost) = pack.opt_in(&set).filter(|_| !session.engine.is_built(pack, &set)) {
            session.console.note(&format!("{set}: built only on request, {cost}: `warm --set {set}`"));
        }
    }
}

/// The dependency sets that a pack's exercises and programs use.
pub(super) fn sets_of(pack: &Pack) -> BTreeSet<String> {
    let exercises = pack.exercises.iter().map(|exercise| exercise.set.clone());
    let listings = pack.chapters.iter().flat_map(|chapter| &chapter.listings);
    let programs = listings.filter(|listing| listing.run).map(|listing| listing.set.clone());
    exercises.chain(programs).collect()
}

/// On a terminal one line that changes; else a line when something else begins.
fn tell(set: &str, event: &WarmEvent, last: &mut Option<&'static str>, console: &mut Console) {
    let (what, text) = match event {
        WarmEvent::Fetching { done, total } => ("fetching", counted("fetching", *done, *total)),
        WarmEvent::Building { unit, done, total } => {
            ("building", format!("{}  {unit}", counted("building", *done, *total)))
        }
        WarmEvent::Waiting(Wait::CargoLock) => ("waiting", "waiting for another cargo".to_owned()),
        WarmEvent::Waiting(Wait::OtherBuild) => ("waiting", "waiting for another build".to_owned()),
    };
    if console.shows_progress() {
        console.progress(&format!("{set}: {text}"));
    } else if last.replace(what) != Some(what) {
        console.note(&format!("{set}: {what}"));
    }
}

/// What is being done, with how much of it is done.
pub(super) fn counted(what: &str, done: u32, total: Option<u32>) -> String {
    match total {
        Some(total) => format!("{what} {done}/{total}"),
        None if done > 0 => format!("{what} {done}"),
        None => what.to_owned(),
    }
}
