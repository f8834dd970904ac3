//! The keys of the screen beneath, from the key table.

use crate::app::area::{Area, Frame};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, BINDINGS, Context};
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::update;

/// How far the help is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Help {
    /// The first row shown.
    pub scroll: usize,
}

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The name of a group.
    Title(&'static str),
    /// Keys and what they do.
    Keys(String, &'static str),
    /// White space.
    Space,
}

/// The least width at which two columns stand side by side.
const TWO_COLUMNS: u16 = 104;

/// What is shown for a context: its own keys, then those of everywhere that mean the same there.
pub fn entries(context: Context) -> Vec<Entry> {
    let mut entries = group(name(context), context, context);
    match context {
        Context::Editor => {
            entries.push(Entry::Space);
            entries.extend(group(name(Context::Panels), Context::Panels, Context::Panels));
        }
        Context::Anywhere => {}
        _ => {
            entries.push(Entry::Space);
            entries.extend(group("Everywhere", Context::Anywhere, context));
        }
    }
    entries
}

/// The entries as they are laid out: in one column, or in two of the same height.
pub fn columns(model: &Model) -> Vec<Vec<Entry>> {
    let entries = entries(update::context(model));
    if model.size.0 < TWO_COLUMNS {
        return vec![entries];
    }
    // A column begins with a group or an entry, never with white space.
    let half = entries.len().div_ceil(2);
    let mut left = entries;
    let split =
        left.iter().position(|entry| *entry == Entry::Space).filter(|at| at.abs_diff(half) < half / 2);
    let mut right = left.split_off(split.unwrap_or(half));
    if right.first() == Some(&Entry::Space) {
        right.remove(0);
    }
    vec![left, right]
}

/// How many rows the longest column has.
pub fn height(model: &Model) -> usize {
    columns(model).iter().map(Vec::len).max().unwrap_or(0)
}

/// Where the help stands.
pub(super) fn area(model: &Model, body: Area) -> Area {
    let width = if model.size.0 < TWO_COLUMNS { 72 } else { 140 };
    body.centered(width.min(body.width.saturating_sub(2)), (height(model) as u16).saturating_add(2))
}

pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if matches!(key.code, Code::Enter | Code::Char('q')) {
        model.overlay = None;
        return Vec::new();
    }
    match keymap::lookup(Context::Anywhere, key) {
        Some(Command::Back | Command::Help) => model.overlay = None,
        Some(Command::Quit) => return update::on_command(model, Command::Quit),
        Some(Command::Suspend) => return update::on_command(model, Command::Suspend),
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

fn scroll(model: &mut Model, by: isize) {
    let shown = area(model, Frame::of(model.size).body).height.saturating_sub(2);
    let most = height(model).saturating_sub(usize::from(shown));
    if let Some(super::Overlay::Help(help)) = &mut model.overlay {
        help.scroll = help.scroll.saturating_add_signed(by).min(most);
    }
}

/// The rows of a context's keys, without those that mean something else where the help was asked for.
fn group(title: &'static str, of: Context, asked: Context) -> Vec<Entry> {
    let mut entries = vec![Entry::Title(title)];
    for row in BINDINGS.iter().filter(|row| row.context == of) {
        let holds = |key: &&Key| keymap::lookup(asked, **key) == Some(row.command);
        let keys: Vec<String> = row.keys.iter().filter(holds).map(ToString::to_string).collect();
        if !keys.is_empty() {
            entries.push(Entry::Keys(keys.join(" "), row.command.help()));
        }
    }
    entries
}

const fn name(context: Context) -> &'static str {
    match context {
        Context::Anywhere => "Everywhere",
        Context::Library => "Library",
        Context::Reader => "Reader",
        Context::Panels => "Workbench, in its panels",
        Context::Editor => "Editor",
        Context::Playground => "Playground",
    }
}
