//! What stands above a screen: help, the finder, a question, a message, the versions of a text.

use crate::app::area::{Area, Frame};
use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::Model;

pub mod confirm;
pub mod finder;
pub mod help;
#[cfg(test)]
mod tests;
pub mod told;
pub mod versions;

pub use confirm::Confirm;
pub use finder::Finder;
pub use help::Help;
pub use told::Told;
pub use versions::Versions;

/// What stands above a screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The keys of the screen beneath.
    Help(Help),
    /// Everything by name.
    Finder(Finder),
    /// A question, asked only before what cannot be undone.
    Confirm(Confirm),
    /// What was told last, in full.
    Told(Told),
    /// The kept versions of a text.
    Versions(Versions),
}

/// Shows the keys of this screen.
pub fn open_help(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Help(Help::default()));
    Vec::new()
}

/// Shows what was told last, in full.
pub fn open_told(model: &mut Model) -> Vec<Effect> {
    told::open(model)
}

/// Opens the finder.
pub fn open_finder(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Finder(Finder::over(model)));
    Vec::new()
}

/// Asks before a command that cannot be undone; on yes the workbench carries it out. A question that comes late, when something
/// else has been opened, is not asked: the next key would answer it.
pub fn ask(model: &mut Model, confirm: Confirm) -> Vec<Effect> {
    model.overlay.get_or_insert(Overlay::Confirm(confirm));
    Vec::new()
}

/// Where the overlay stands on this screen.
pub fn area(model: &Model) -> Area {
    let body = Frame::of(model.size).body;
    match &model.overlay {
        Some(Overlay::Help(_)) => help::area(model, body),
        Some(Overlay::Finder(_)) => finder::area(body),
        Some(Overlay::Confirm(confirm)) => confirm::area(confirm, body),
        Some(Overlay::Told(told)) => told::area(told, body),
        Some(Overlay::Versions(_)) => versions::area(body),
        None => Area::default(),
    }
}

/// Answers a key.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    match model.overlay {
        Some(Overlay::Help(_)) => help::key(model, key),
        Some(Overlay::Finder(_)) => finder::key(model, key),
        Some(Overlay::Confirm(_)) => confirm::key(model, key),
        Some(Overlay::Told(_)) => told::key(model, key),
        Some(Overlay::Versions(_)) => versions::key(model, key),
        None => Vec::new(),
    }
}

/// Whether keys go to a text field of the overlay's.
pub fn captures(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Finder(_)))
}

/// Takes pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(Overlay::Finder(finder)) = &mut model.overlay {
        finder.insert(text);
    }
    Vec::new()
}

/// Answers the mouse; a press beside the overlay closes it.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let area = area(model);
    let pressed = matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress);
    if pressed && !area.contains(mouse.column, mouse.row) {
        model.overlay = None;
        return Vec::new();
    }
    match model.overlay {
        Some(Overlay::Help(_)) => help::mouse(model, mouse),
        Some(Overlay::Finder(_)) => finder::mouse(model, mouse),
        Some(Overlay::Told(_)) => told::mouse(model, mouse),
        Some(Overlay::Versions(_)) => versions::mouse(model, mouse),
        Some(Overlay::Confirm(_)) | None => Vec::new(),
    }
}

/// Fits the state to the terminal's size.
pub fn resized(model: &mut Model) {
    let body = Frame::of(model.size).body;
    match &mut model.overlay {
        Some(Overlay::Help(_)) => help::resized(model),
        Some(Overlay::Told(_)) => told::resized(model),
        Some(Overlay::Versions(_)) => versions::resized(model),
        Some(Overlay::Finder(finder)) => finder.step(0, finder::rows(finder::area(body))),
        Some(Overlay::Confirm(_)) | None => {}
    }
}

/// What can be done now, the primary action first.
pub fn hints(model: &Model, overlay: &Overlay) -> Vec<Hint> {
    let hidden = match overlay {
        Overlay::Help(_) => help::hidden(model),
        Overlay::Told(told) => told::hidden(told, Frame::of(model.size).body),
        Overlay::Finder(_) | Overlay::Confirm(_) | Overlay::Versions(_) => 0,
    };
    match overlay {
        Overlay::Help(_) | Overlay::Told(_) if hidden > 0 => {
            vec![Hint::named(Command::Back, "close"), Hint::named(Command::Down, "scroll")]
        }
        Overlay::Help(_) | Overlay::Told(_) => vec![Hint::named(Command::Back, "close")],
        Overlay::Finder(_) => {
            vec![Hint::named(Command::Open, "go there"), Hint::named(Command::Back, "close")]
        }
        Overlay::Versions(_) => vec![
            Hint::named(Command::Open, "bring it back"),
            Hint::named(Command::Back, "close"),
            Hint::named(Command::Down, "older"),
            Hint::named(Command::PageDown, "scroll"),
        ],
        Overlay::Confirm(confirm) => {
            vec![Hint::named(Command::Open, confirm.yes), Hint::named(Command::Back, "no")]
        }
    }
}
