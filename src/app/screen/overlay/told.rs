//! What was told last, in full: the bottom line has room for one line of it.

use crate::app::area::{Area, Frame};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, Context};
use crate::app::message::{Mouse, MouseKind, Notice, NoticeLevel};
use crate::app::model::Model;
use crate::app::update;
use crate::text::width::line_width;
use crate::text::wrap::wrap;
use crate::text::{Line, Role, sanitise};

/// The widest that the text gets.
const MEASURE: u16 = 84;

/// The border and the white space beside the text.
const FRAME: u16 = 4;

/// A notice in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The notice.
    pub notice: Notice,
    /// The first row shown.
    pub scroll: usize,
}

/// Shows what was told last.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    match model.notice.take().or_else(|| model.told.clone()) {
        Some(notice) => model.overlay = Some(super::Overlay::Told(Told { notice, scroll: 0 })),
        None => model.note(NoticeLevel::Info, "nothing was told yet"),
    }
    Vec::new()
}

/// The rows: what happened, then causes and advice.
pub fn lines(told: &Told, width: u16) -> Vec<Line> {
    let cells = usize::from(width.max(8));
    let line = |text: &String, role: Role| {
        let line = Line::of(sanitise(text), role);
        if line_width(&line) <= cells { vec![line] } else { wrap(&line.spans, cells) }
    };
    let mut lines = line(&told.notice.text, Role::Text);
    if !told.notice.details.is_empty() {
        lines.push(Line::default());
    }
    lines.extend(told.notice.details.iter().flat_map(|detail| line(detail, Role::Muted)));
    lines
}

/// Where it stands.
pub(super) fn area(told: &Told, body: Area) -> Area {
    let width = (MEASURE + FRAME).min(body.width.saturating_sub(2));
    let rows = lines(told, width.saturating_sub(FRAME)).len();
    body.centered(width, u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2))
}

pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if matches!(key.code, Code::Enter | Code::Char('q')) {
        model.overlay = None;
        return Vec::new();
    }
    match keymap::lookup(Context::Anywhere, key) {
        Some(Command::Back | Command::Message) => model.overlay = None,
        Some(command @ (Command::Quit | Command::Suspend)) => return update::on_command(model, command),
        Some(Command::Up) => scroll(model, -1),
        Some(Command::Down) => scroll(model, 1),
        Some(Command::PageUp) => scroll(model, -10),
        Some(Command::PageDown) => scroll(model, 10),
        Some(Command::Top) => scroll(model, isize::MIN),
        Some(Command::Bottom) => scroll(model, isize::MAX),
        _ => {}
    }
    Vec::new()
}

pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match mouse.kind {
        MouseKind::ScrollUp => scroll(model, -3),
        MouseKind::ScrollDown => scroll(model, 3),
        _ => {}
    }
    Vec::new()
}

pub(super) fn resized(model: &mut Model) {
    scroll(model, 0);
}

/// How many rows do not fit.
pub(super) fn hidden(told: &Told, body: Area) -> usize {
    let area = area(told, body);
    let rows = lines(told, area.width.saturating_sub(FRAME)).len();
    rows.saturating_sub(usize::from(area.height.saturating_sub(2)))
}

fn scroll(model: &mut Model, by: isize) {
    let body = Frame::of(model.size).body;
    if let Some(super::Overlay::Told(told)) = &mut model.overlay {
        told.scroll = told.scroll.saturating_add_signed(by).min(hidden(told, body));
    }
}
