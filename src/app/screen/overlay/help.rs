//! The keys of the screen beneath, from the key table.

use unicode_width::UnicodeWidthStr;

use crate::app::area::{Area, Frame};
use crate::app::command::Command;
use crate::app::editor::OWN_KEYS;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, BINDINGS, Context};
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::{Model, Screen};
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

/// Between two columns, and right of the last.
const GAP: u16 = 2;

/// The border and the white space beside it, and the screen's edges.
const FRAME: u16 = 6;

/// What is shown for a context of a screen: its own keys, then those of the screen's panels or of everywhere that mean
/// the same there.
pub fn entries(screen: Screen, context: Context) -> Vec<Entry> {
    let mut entries = group(screen, context, context);
    if context == Context::Editor {
        let named = |keys: &[Key]| keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        entries.extend(OWN_KEYS.iter().map(|(keys, about)| Entry::Keys(named(keys), about)));
    }
    let beside = match context {
        Context::Editor if screen == Screen::Playground => Some((Context::Playground, Context::Playground)),
        Context::Editor => Some((Context::Panels, Context::Panels)),
        Context::Anywhere => None,
        _ => Some((Context::Anywhere, context)),
    };
    if let Some((of, asked)) = beside {
        entries.push(Entry::Space);
        entries.extend(group(screen, of, asked));
    }
    entries
}

/// What a command does on a screen, asked for where these keys hold.
pub fn about(screen: Screen, context: Context, command: Command) -> &'static str {
    match (screen, command) {
        (Screen::Workbench, Command::Back) if context == Context::Quiz => "Go back",
        (Screen::Playground, Command::Run) => "Save, build and run the program",
        (Screen::Workbench, Command::Run) => "Save, build and judge the exercise",
        (Screen::Playground, Command::Versions) => "Show the kept versions of the text, to bring one back",
        (Screen::Playground, Command::Back) => "Go to the output, stop the program, go back",
        (Screen::Workbench, Command::Back) => "Go to the panels, stop the run, go back",
        _ => command.help(),
    }
}

/// Whether a command of the table does nothing on this screen where these keys hold.
pub(super) fn idle(screen: Screen, context: Context, command: Command) -> bool {
    let finds = matches!(command, Command::Find | Command::FindNext | Command::FindPrevious);
    match (screen, context) {
        (_, Context::Quiz | Context::Library | Context::Map) => finds,
        (Screen::Playground, _) => matches!(command, Command::NextFile | Command::Hint),
        _ => command == Command::NextSet,
    }
}

/// The entries as they are laid out: in one column, or in two of the same height.
pub fn columns(model: &Model) -> Vec<Vec<Entry>> {
    let entries = entries(model.screen, update::context(model));
    let (keys, about) = widths(&entries);
    if model.size.0 < 2 * (keys + about + GAP) + FRAME {
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

/// How wide the longest keys stand, with a space after them, and the longest of what they do.
pub fn widths(entries: &[Entry]) -> (u16, u16) {
    entries.iter().fold((0, 0), |(keys, about), entry| match entry {
        Entry::Keys(these, does) => (keys.max(these.width() as u16 + 1), about.max(does.width() as u16)),
        Entry::Title(_) | Entry::Space => (keys, about),
    })
}

/// How many rows the longest column has.
pub fn height(model: &Model) -> usize {
    columns(model).iter().map(Vec::len).max().unwrap_or(0)
}

/// Where the help stands.
pub(super) fn area(model: &Model, body: Area) -> Area {
    let columns = columns(model);
    let (keys, about) = widths(&columns.concat());
    let width = columns.len() as u16 * (keys + about + GAP) + FRAME - 2;
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

/// How many rows do not fit.
pub(super) fn hidden(model: &Model) -> usize {
    let shown = area(model, Frame::of(model.size).body).height.saturating_sub(2);
    height(model).saturating_sub(usize::from(shown))
}

fn scroll(model: &mut Model, by: isize) {
    let most = hidden(model);
    if let Some(super::Overlay::Help(help)) = &mut model.overlay {
        help.scroll = help.scroll.saturating_add_signed(by).min(most);
    }
}

/// The rows of a context's keys, without those that mean something else where the help was asked for.
fn group(screen: Screen, of: Context, asked: Context) -> Vec<Entry> {
    let mut entries = vec![Entry::Title(name(screen, of))];
    for row in BINDINGS.iter().filter(|row| row.context == of && !idle(screen, asked, row.command)) {
        let holds = |key: &&Key| keymap::lookup(asked, **key) == Some(row.command);
        let keys: Vec<String> = row.keys.iter().filter(holds).map(ToString::to_string).collect();
        if !keys.is_empty() {
            entries.push(Entry::Keys(keys.join(" "), about(screen, asked, row.command)));
        }
    }
    entries
}

const fn name(screen: Screen, context: Context) -> &'static str {
    match context {
        Context::Playground if matches!(screen, Screen::Playground) => "Playground, at its output",
        Context::Anywhere => "Everywhere",
        Context::Library => "Library",
        Context::Reader => "Reader",
        Context::Panels => "Workbench, in its panels",
        Context::Quiz => "Quiz",
        Context::Editor => "Editor",
        Context::Playground => "Playground",
        Context::Map => "Map of the patterns",
    }
}
