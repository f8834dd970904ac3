//! What each command does in the reader.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::back;
use crate::app::screen::reader::areas::areas;
use crate::app::screen::reader::contents::{contents, entry_at_hand, exercise_nearby, exercise_of_section};
use crate::app::screen::reader::{Chosen, Focus, follow, listings, search, travel};

/// Carries out a command.
pub(super) fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(reader) = &model.reader else { return Vec::new() };
    match (reader.focus, command) {
        (_, Command::Open) => follow::open(model),
        (_, Command::Back) => go_back(model),
        (_, Command::NextPanel | Command::PreviousPanel) => {
            toggle_contents(model);
            Vec::new()
        }
        (_, Command::RunListing) => listings::run(model),
        (_, Command::EditListing) => listings::edit(model),
        (_, Command::CopyListing) => listings::copy(model),
        (_, Command::OpenExercise) => exercise(model),
        (_, Command::NextChapter) => travel::go_to_chapter(model, 1),
        (_, Command::PreviousChapter) => travel::go_to_chapter(model, -1),
        (Focus::Contents { chosen }, command) => {
            in_contents(model, chosen, command);
            Vec::new()
        }
        (Focus::Text, command) => in_text(model, command),
    }
}

/// Scrolls by pages, with two lines of overlap.
pub(super) fn page(model: &mut Model, by: isize) -> Vec<Effect> {
    let lines = areas(model).text.height.saturating_sub(2).max(1);
    travel::step(model, by * isize::from(i16::try_from(lines).unwrap_or(i16::MAX)))
}

fn in_text(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Down => return travel::step(model, 1),
        Command::Up => return travel::step(model, -1),
        Command::PageDown => return page(model, 1),
        Command::PageUp => return page(model, -1),
        Command::Top => travel::go_to_line(model, 0),
        Command::Bottom => travel::go_to_line(model, usize::MAX),
        Command::Left => listings::sideways(model, false),
        Command::Right => listings::sideways(model, true),
        Command::NextListing => listings::step(model, 1),
        Command::PreviousListing => listings::step(model, -1),
        Command::NextLink => listings::step_link(model, 1),
        Command::PreviousLink => listings::step_link(model, -1),
        Command::Find => search::open(model),
        Command::FindNext => search::step(model, 1),
        Command::FindPrevious => search::step(model, -1),
        _ => {}
    }
    Vec::new()
}

fn in_contents(model: &mut Model, chosen: usize, command: Command) {
    let count = contents(model).len();
    let rows = usize::from(areas(model).contents.height).max(1);
    let to = match command {
        Command::Down => chosen + 1,
        Command::Up => chosen.saturating_sub(1),
        Command::PageDown => chosen + rows,
        Command::PageUp => chosen.saturating_sub(rows),
        Command::Top => 0,
        Command::Bottom => usize::MAX,
        Command::Find => {
            set_focus(model, Focus::Text);
            return search::open(model);
        }
        _ => return,
    };
    set_focus(model, Focus::Contents { chosen: to.min(count.saturating_sub(1)) });
}

fn toggle_contents(model: &mut Model) {
    let entries = contents(model);
    let focus = match model.reader.as_ref().map(|reader| reader.focus) {
        Some(Focus::Text) if !entries.is_empty() => {
            Focus::Contents { chosen: entry_at_hand(model, &entries) }
        }
        _ => Focus::Text,
    };
    set_focus(model, focus);
}

fn set_focus(model: &mut Model, focus: Focus) {
    if let Some(reader) = &mut model.reader {
        reader.focus = focus;
    }
}

/// Goes one step back: out of the contents, the search, a choice; to where a link was followed; to where the text was opened.
fn go_back(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &mut model.reader else { return Vec::new() };
    if reader.focus != Focus::Text {
        reader.focus = Focus::Text;
        return Vec::new();
    }
    if reader.search.take().is_some() {
        return Vec::new();
    }
    if let Some(Chosen::Link(_)) = reader.chosen {
        travel::back_from_link(model);
        return Vec::new();
    }
    if let Some(effects) = travel::back_on_trail(model) {
        return effects;
    }
    let effects = travel::leave(model);
    back::go(model);
    effects
}

fn exercise(model: &mut Model) -> Vec<Effect> {
    let found = model.reader.as_ref().and_then(|reader| {
        exercise_of_section(model, reader)
            .or_else(|| follow::card_in_view(model, reader, |_| true))
            .or_else(|| exercise_nearby(model, reader))
    });
    let Some(id) = found else {
        model.note(NoticeLevel::Info, "this chapter has no exercise");
        return Vec::new();
    };
    follow::exercise(model, &id)
}
