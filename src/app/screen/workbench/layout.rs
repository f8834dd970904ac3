//! Where the workbench's parts stand, for drawing and for the mouse alike.

use unicode_width::UnicodeWidthStr;

use crate::app::area::{Area, Frame};
use crate::app::screen::workbench::panel::{Shown, Tab};
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::cargo::Level;

/// From so many columns on the task stands beside the editor.
pub const WIDE: u16 = 100;

/// The rows of the panel that always stay: the line above it, and its tabs with the verdict.
const TABS: u16 = 2;

/// Between two tabs.
const GAP: u16 = 3;

/// The parts of the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Where one is and the files.
    pub header: Area,
    /// The task; empty where the editor has its place.
    pub task: Area,
    /// The line between task and editor; empty where they do not stand side by side.
    pub divider: Area,
    /// The editor; empty where the task has its place.
    pub editor: Area,
    /// The field of the editor that is open; empty if none is.
    pub prompt: Area,
    /// The line between them and the panel.
    pub rule: Area,
    /// The panel's tabs and the verdict.
    pub tabs: Area,
    /// The line above the list of tests that says how it went; empty above anything else.
    pub banner: Area,
    /// What stands below.
    pub panel: Area,
}

impl Layout {
    /// The parts on a screen of this size.
    pub fn of(size: (u16, u16), bench: &Workbench) -> Self {
        let frame = Frame::of(size);
        let rows = match (bench.is_enlarged(), bench.focus) {
            (false, _) => TABS + (frame.body.height / 3).clamp(3, 18),
            (true, Focus::Panel) => frame.body.height,
            (true, Focus::Task | Focus::Editor) => TABS,
        };
        let (above, below) = frame.body.split_bottom(rows);
        let (rule, below) = below.split_top(1);
        let (tabs, below) = below.split_top(1);
        let (banner, panel) = below.split_top(u16::from(bench.panel.tab == Tab::Tests));
        let none = Area::default();
        let alone = bench.is_enlarged() && bench.focus != Focus::Panel;
        let (task, divider, editor) = if size.0 >= WIDE && !alone {
            let (task, rest) = above.split_left((size.0 * 3 / 10).clamp(34, 60));
            let (divider, editor) = rest.split_left(1);
            (task, divider, editor)
        } else if bench.focus == Focus::Task {
            (above, none, none)
        } else {
            (none, none, above)
        };
        let asks = bench.file().is_some_and(|file| file.editor.captures());
        let (editor, prompt) = if asks { editor.split_bottom(1) } else { (editor, none) };
        Self { header: frame.header, task, divider, editor, prompt, rule, tabs, banner, panel }
    }

    /// Whether task and editor stand side by side.
    pub fn is_wide(&self) -> bool {
        self.divider.width > 0
    }

    /// The part of the panel that shows text.
    pub fn panel_text(&self) -> Area {
        Area { x: self.panel.x + 2, width: self.panel.width.saturating_sub(4), ..self.panel }
    }

    /// The part of the task that shows text: beside it one column is white.
    pub fn task_text(&self) -> Area {
        Area { x: self.task.x + 2, width: self.task.width.saturating_sub(4), ..self.task }
    }
}

/// What a tab above the editor shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Top {
    /// The task, where it does not stand beside the editor.
    Task,
    /// This file.
    File(usize),
}

/// The tabs of the header: where each stands, what it shows, what it is called.
pub fn top_tabs(size: (u16, u16), bench: &Workbench) -> Vec<(Area, Top, String)> {
    let layout = Layout::of(size, bench);
    let mut tabs = Vec::new();
    if !layout.is_wide() {
        tabs.push((Top::Task, "Task".to_owned()));
    }
    tabs.extend(bench.files.iter().enumerate().map(|(at, file)| (Top::File(at), file.path.clone())));
    let wanted: usize = tabs.iter().map(|(_, title)| title.width() + 3).sum();
    let mut x = if layout.is_wide() {
        layout.editor.x + 1
    } else {
        size.0.saturating_sub(wanted as u16).max(size.0 / 4)
    };
    let active = match (layout.is_wide(), bench.focus) {
        (true, _) => bench.shown,
        (false, Focus::Task) => 0,
        (false, _) => bench.shown + 1,
    };
    let room = usize::from(layout.header.right().saturating_sub(x));
    let tabs = fitting(tabs, active, room);
    let mut placed = Vec::new();
    for (top, title) in tabs {
        // One more column for the mark of what is not saved.
        let width = title.width() as u16 + 2;
        if x + width > layout.header.right() {
            break;
        }
        placed.push((Area::new(x, layout.header.y, width, 1), top, title));
        x += width + 1;
    }
    placed
}

/// The tabs that fit, the active one always among them; dots stand for those left out.
fn fitting(mut tabs: Vec<(Top, String)>, active: usize, room: usize) -> Vec<(Top, String)> {
    let wide = |tabs: &[(Top, String)]| tabs.iter().map(|(_, title)| title.width() + 3).sum::<usize>();
    if wide(&tabs) <= room + 1 || tabs.is_empty() {
        return tabs;
    }
    let active = active.min(tabs.len() - 1);
    let dots = 4;
    let first = (0..active).find(|from| wide(&tabs[*from..=active]) + dots <= room).unwrap_or(active);
    let mut end = active + 1;
    while end < tabs.len() && wide(&tabs[first..=end]) + dots <= room {
        end += 1;
    }
    let more = end < tabs.len();
    tabs.truncate(end);
    let mut tabs = tabs.split_off(first);
    if first > 0 {
        tabs[0].1.insert_str(0, "… ");
    }
    if more && let Some((_, title)) = tabs.last_mut() {
        title.push_str(" …");
    }
    tabs
}

/// A tab of the panel, placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelTab {
    /// Where it stands.
    pub area: Area,
    /// What it shows.
    pub tab: Tab,
    /// What it is called, with its count.
    pub title: String,
}

/// The tabs of the panel.
pub fn panel_tabs(size: (u16, u16), bench: &Workbench) -> Vec<PanelTab> {
    let layout = Layout::of(size, bench);
    let mut x = layout.tabs.x + 2;
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let title = title(tab, bench);
            let area = Area::new(x, layout.tabs.y, title.width() as u16, 1);
            x = area.right() + GAP;
            PanelTab { area, tab, title }
        })
        .collect()
}

fn title(tab: Tab, bench: &Workbench) -> String {
    match tab {
        Tab::Tests => {
            let all = bench.panel.tests.len();
            let passed = bench.panel.tests.iter().filter(|row| row.passes()).count();
            let when = if bench.passed_before() { " before" } else { "" };
            format!("Tests {passed}/{all}{when}")
        }
        Tab::Problems => {
            let errors = bench.problems.iter().filter(|problem| problem.level <= Level::Warning).count();
            format!("Problems {errors}")
        }
        // It keeps its name, by which it is found again.
        Tab::Output => match bench.panel.shown {
            Shown::Hints => "Output: hints".to_owned(),
            Shown::Explanation => "Output: explanation".to_owned(),
            _ => "Output".to_owned(),
        },
        Tab::Diff => "Diff".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_active_tab_is_always_among_those_that_fit() {
        let tabs = || (0..5).map(|at| (Top::File(at), format!("src/file_{at}.rs"))).collect::<Vec<_>>();
        for room in 0..120 {
            for active in 0..5 {
                let shown = fitting(tabs(), active, room);
                assert!(shown.iter().any(|(top, _)| *top == Top::File(active)), "{active} in {room}");
                let dots = shown.iter().any(|(_, title)| title.contains('…'));
                assert_eq!(dots, shown.len() < 5);
            }
        }
    }
}
