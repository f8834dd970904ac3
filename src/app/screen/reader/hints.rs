//! What the bottom line says in the reader.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::screen::reader::{Focus, Primary, follow, listings};

/// What can be done now, the primary action first.
pub fn hints(model: &Model) -> Vec<Hint> {
    let Some(reader) = &model.reader else { return Vec::new() };
    match (&reader.search, reader.focus) {
        (Some(search), _) if search.typing.is_some() => {
            let enter = if search.is_in_vain() { "look in the other chapters" } else { "keep" };
            vec![Hint::named(Command::Open, enter), Hint::named(Command::Back, "cancel")]
        }
        (_, Focus::Contents { .. }) => vec![
            Hint::named(Command::Open, "go there"),
            Hint::named(Command::NextPanel, "text"),
            Hint::of(Command::Find),
            Hint::of(Command::Back),
        ],
        (Some(_), Focus::Text) => vec![
            Hint::of(Command::FindNext),
            Hint::of(Command::FindPrevious),
            Hint::named(Command::Back, "end the search"),
        ],
        (None, Focus::Text) => in_text(model),
    }
}

fn in_text(model: &Model) -> Vec<Hint> {
    let mut hints = Vec::new();
    let primary = match follow::primary(model) {
        Primary::Follow(_) => Some("follow the link"),
        Primary::Exercise(_) => Some("open exercise"),
        Primary::NextChapter(_) => Some("next chapter"),
        Primary::ReadOn => Some("read on"),
        Primary::Nothing => None,
    };
    hints.extend(primary.map(|title| Hint::named(Command::Open, title)));
    let reader = model.reader.as_ref();
    if reader.is_some_and(|reader| listings::runnable(model, reader).is_some()) {
        hints.push(Hint::named(Command::RunListing, "run"));
    }
    hints.push(Hint::of(Command::Back));
    if reader.is_some_and(|reader| !reader.page.blocks.is_empty()) {
        hints.push(Hint::of(Command::NextListing));
    }
    hints.extend([
        Hint::named(Command::NextPanel, "contents"),
        Hint::of(Command::Find),
        Hint::of(Command::Help),
    ]);
    hints
}
