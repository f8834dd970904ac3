//! The kept versions of a text: when each was kept, what bringing it back would change.

use crate::app::area::{Area, Frame};
use crate::app::command::Command;
use crate::app::editor::text::Text;
use crate::app::editor::{LineMap, filter};
use crate::app::effect::{Effect, TextKey};
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, Context};
use crate::app::message::{KeptVersion, Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::screen::{playground, workbench};
use crate::app::update;
use crate::text::Line;

/// The widest and the highest that it grows.
const WIDEST: u16 = 100;
const HIGHEST: u16 = 40;

/// How many unchanged lines stand around a difference.
const CONTEXT: usize = 2;

/// How many rows a step of the wheel scrolls what would change.
const WHEEL: isize = 3;

/// The kept versions of a text.
#[derive(Debug, Clone)]
pub struct Versions {
    /// Which text.
    pub key: TextKey,
    /// Those that differ from its text now, the newest first.
    pub kept: Vec<Row>,
    /// The chosen one.
    pub chosen: usize,
    /// The first one shown.
    pub scroll: usize,
    /// What bringing the chosen one back would change.
    pub change: Vec<Line>,
    /// The first line of that which is shown.
    pub below: usize,
    /// The text now.
    now: String,
}

/// A version as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How long ago it was kept.
    pub ago: String,
    /// Where it differs from the text now.
    pub differs: String,
    text: String,
}

/// Where the parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The list.
    pub list: Area,
    /// What would change.
    pub change: Area,
}

impl Versions {
    /// Those of a text that differ from its text now and from those after them; `None` if there is none. `at` is the time
    /// now, in seconds since the Unix epoch.
    pub fn of(key: TextKey, now: &Text, kept: Vec<KeptVersion>, at: u64) -> Option<Self> {
        let mut rows: Vec<Row> = Vec::new();
        for version in kept {
            let text = filter::clean(&version.text);
            if !now.is(&text) && rows.iter().all(|newer| newer.text != text) {
                let differs = differs(now, &Text::new(&text));
                rows.push(Row { ago: ago(at.saturating_sub(version.at)), differs, text });
            }
        }
        let (now, change) = (now.to_string(), Vec::new());
        let mut versions = Self { key, kept: rows, chosen: 0, scroll: 0, change, below: 0, now };
        versions.choose(0);
        (!versions.kept.is_empty()).then_some(versions)
    }

    /// What the text is called.
    pub fn name(&self) -> &str {
        match &self.key {
            TextKey::File { path, .. } => path,
            TextKey::Playground { .. } => "the playground",
        }
    }

    /// Chooses one and compares it with the text now.
    fn choose(&mut self, chosen: usize) {
        self.chosen = chosen;
        self.below = 0;
        let Some(row) = self.kept.get(chosen) else { return };
        self.change = workbench::changes(&self.now, &row.text, CONTEXT);
    }

    /// Moves the choice and keeps it among `rows` that are shown.
    fn step(&mut self, by: isize, rows: usize) {
        let to = self.chosen.saturating_add_signed(by).min(self.kept.len().saturating_sub(1));
        if to != self.chosen {
            self.choose(to);
        }
        self.scroll = self.scroll.clamp((self.chosen + 1).saturating_sub(rows.max(1)), self.chosen);
    }

    fn scroll_change(&mut self, by: isize, rows: usize) {
        let most = self.change.len().saturating_sub(rows);
        self.below = self.below.saturating_add_signed(by).min(most);
    }
}

/// Where it stands: always the same, so that nothing jumps while another version is chosen.
pub(super) fn area(body: Area) -> Area {
    body.centered(WIDEST.min(body.width.saturating_sub(2)), HIGHEST)
}

/// Where its parts stand: a third for the list, a rule, what would change.
pub fn parts(area: Area) -> Areas {
    let inner =
        Area::new(area.x + 2, area.y + 1, area.width.saturating_sub(4), area.height.saturating_sub(2));
    let (list, rest) = inner.split_top((inner.height / 3).max(1));
    Areas { list, change: rest.split_top(1).1 }
}

pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let areas = parts(area(Frame::of(model.size).body));
    let (rows, below) = (usize::from(areas.list.height), usize::from(areas.change.height));
    let page = isize::try_from(below.saturating_sub(1).max(1)).unwrap_or(1);
    let Some(super::Overlay::Versions(versions)) = &mut model.overlay else { return Vec::new() };
    // The key that opened it closes it, too.
    if matches!(key.code, Code::Char('q' | 'v')) && !key.control {
        model.overlay = None;
        return Vec::new();
    }
    match keymap::lookup(Context::Anywhere, key) {
        Some(Command::Open) => return bring_back(model),
        Some(Command::Back) => model.overlay = None,
        Some(command @ (Command::Quit | Command::Suspend)) => return update::on_command(model, command),
        Some(Command::Up) => versions.step(-1, rows),
        Some(Command::Down) => versions.step(1, rows),
        Some(Command::Top) => versions.step(isize::MIN, rows),
        Some(Command::Bottom) => versions.step(isize::MAX, rows),
        Some(Command::PageUp) => versions.scroll_change(-page, below),
        Some(Command::PageDown) => versions.scroll_change(page, below),
        _ => {}
    }
    Vec::new()
}

pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let areas = parts(area(Frame::of(model.size).body));
    let (rows, below) = (usize::from(areas.list.height), usize::from(areas.change.height));
    let Some(super::Overlay::Versions(versions)) = &mut model.overlay else { return Vec::new() };
    let on_list = areas.list.contains(mouse.column, mouse.row);
    match mouse.kind {
        MouseKind::ScrollUp if on_list => versions.step(-1, rows),
        MouseKind::ScrollDown if on_list => versions.step(1, rows),
        MouseKind::ScrollUp => versions.scroll_change(-WHEEL, below),
        MouseKind::ScrollDown => versions.scroll_change(WHEEL, below),
        MouseKind::Press | MouseKind::DoublePress if on_list => {
            let pressed = versions.scroll + usize::from(mouse.row - areas.list.y);
            if pressed == versions.chosen {
                return bring_back(model);
            }
            if pressed < versions.kept.len() {
                versions.choose(pressed);
            }
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn resized(model: &mut Model) {
    let areas = parts(area(Frame::of(model.size).body));
    if let Some(super::Overlay::Versions(versions)) = &mut model.overlay {
        versions.step(0, usize::from(areas.list.height));
        versions.scroll_change(0, usize::from(areas.change.height));
    }
}

/// Brings the chosen version back.
fn bring_back(model: &mut Model) -> Vec<Effect> {
    let Some(super::Overlay::Versions(versions)) = model.overlay.take() else { return Vec::new() };
    let Some(row) = versions.kept.get(versions.chosen) else { return Vec::new() };
    match &versions.key {
        TextKey::File { path, .. } => workbench::bring_back(model, path, &row.text),
        TextKey::Playground { .. } => playground::bring_back(model, &row.text),
    }
}

/// Where a version differs from the text now, by its own lines.
fn differs(now: &Text, version: &Text) -> String {
    let (here, there) = LineMap::between(now.lines(), version.lines()).changed();
    let named = |lines: std::ops::Range<usize>| match lines.len() {
        1 => format!("line {}", lines.end),
        _ => format!("lines {} to {}", lines.start + 1, lines.end),
    };
    if there.is_empty() { format!("without {}", named(here)) } else { format!("differs in {}", named(there)) }
}

/// So many seconds ago, in words.
fn ago(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => (seconds, "s"),
        60..3_600 => (seconds / 60, "min"),
        3_600..86_400 => (seconds / 3_600, "h"),
        86_400..172_800 => (1, "day"),
        _ => (seconds / 86_400, "days"),
    };
    format!("{count} {unit} ago")
}
