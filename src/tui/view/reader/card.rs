//! An exercise's card in the text: what it is, how long it takes, how far it is.

use crate::app::Model;
use crate::app::area::Area;
use crate::app::screen::reader::{Primary, Reader, at_hand, card_height, primary};
use crate::pack::Exercise;
use crate::progress::State;
use crate::text::width::width;
use crate::text::{Role, Style};
use crate::tui::view::Canvas;

/// What stands at the end of the card that Enter opens.
const ACTION: &str = "   Enter opens";

/// Draws a row of the card of the exercise that stands at an insertion.
pub(super) fn draw(
    model: &Model,
    reader: &Reader,
    insertion: usize,
    row: usize,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let Some((pack, _)) = at_hand(model, reader) else { return };
    let Some(exercise) = reader.cards.get(insertion).and_then(|id| pack.exercise(id)) else { return };
    let state = model.record.state(&pack.id, &exercise.id);
    let one_line = card_height(pack, area.width, exercise) == 1;
    let action = if primary(model) == Primary::Exercise(exercise.id.clone()) { ACTION } else { "" };
    let x = canvas.text(area.x, area.y, area.width, canvas.marks.exercise, Role::Accent) + 1;
    let inner = Area { x, width: area.right().saturating_sub(x), ..area };
    if one_line {
        let end = about(state, exercise, action, (inner, true), canvas);
        title(exercise, Area { width: end.saturating_sub(x + 2), ..inner }, canvas);
    } else if row == 0 {
        title(exercise, inner, canvas);
    } else {
        about(state, exercise, action, (inner, false), canvas);
    }
}

fn title(exercise: &Exercise, area: Area, canvas: &mut Canvas<'_>) {
    let x = canvas.text(area.x, area.y, area.width, "Exercise", Role::Muted) + 3;
    canvas.text(x, area.y, area.right().saturating_sub(x), &exercise.title, Style::of(Role::Accent).bold());
}

/// Draws time, difficulty and state, at the right or at the left; returns the first column.
fn about(
    state: State,
    exercise: &Exercise,
    action: &str,
    (area, right): (Area, bool),
    canvas: &mut Canvas<'_>,
) -> u16 {
    let difficulty = exercise.difficulty.name();
    let (word, role) = match state {
        State::New => ("not started", Role::Muted),
        State::Started => ("started", Role::Accent),
        State::Passed => ("passed", Role::Success),
    };
    let dot = canvas.marks.dot;
    let facts = format!("{} min {dot} {difficulty} {dot} ", exercise.minutes);
    let state = format!("{} {word}", canvas.marks.state(state));
    let total = (width(&facts) + width(&state) + ACTION.len()) as u16;
    let start = if right { area.right().saturating_sub(total).max(area.x) } else { area.x };
    let end = area.right();
    let x = canvas.text(start, area.y, end.saturating_sub(start), &facts, Role::Muted);
    let x = canvas.text(x, area.y, end.saturating_sub(x), &state, role);
    canvas.text(x, area.y, end.saturating_sub(x), action, Role::Accent);
    start
}
