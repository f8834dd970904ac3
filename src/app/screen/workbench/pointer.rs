//! How the workbench answers the mouse.

use crate::app::area::Area;
use crate::app::effect::Effect;
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::screen::workbench::layout::{Layout, Top, panel_tabs, top_tabs};
use crate::app::screen::workbench::panel::{Shown, Tab, scroll};
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::app::screen::workbench::texts::{self, TaskRow};
use crate::app::screen::workbench::{panel, problems, quiz};
use crate::progress::Record;

/// How many rows a step of the wheel scrolls.
const WHEEL: isize = 3;

/// Answers the mouse.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let (size, now) = (model.size, model.now);
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    bench.acted(now);
    if bench.quiz.is_some() {
        return quiz::mouse(model, mouse);
    }
    let layout = Layout::of(size, bench);
    let within = |area: Area| area.contains(mouse.column, mouse.row);
    let drags = matches!(mouse.kind, MouseKind::Drag | MouseKind::Release);
    if drags || within(layout.editor) {
        in_editor(bench, mouse, layout.editor);
    } else if matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress) {
        if within(layout.task) {
            press_task(bench, &model.record, mouse, layout);
        } else {
            press(bench, mouse, layout, size);
        }
    } else {
        wheel(bench, mouse, layout);
    }
    Vec::new()
}

fn in_editor(bench: &mut Workbench, mouse: Mouse, area: Area) {
    let pressed = matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress);
    if pressed && !bench.files.is_empty() {
        bench.focus = Focus::Editor;
    }
    if mouse.kind == MouseKind::Drag && bench.focus != Focus::Editor {
        return;
    }
    if let Some(file) = bench.file_mut() {
        file.editor.mouse(mouse, area);
    }
}

fn press(bench: &mut Workbench, mouse: Mouse, layout: Layout, size: (u16, u16)) {
    let hit = |area: Area| area.contains(mouse.column, mouse.row);
    if let Some((_, top, _)) = top_tabs(size, bench).into_iter().find(|(area, ..)| hit(*area)) {
        match top {
            Top::Task => bench.focus = Focus::Task,
            Top::File(file) => {
                bench.shown = file;
                bench.focus = Focus::Editor;
            }
        }
    } else if let Some(tab) = panel_tabs(size, bench).into_iter().find(|tab| hit(tab.area)) {
        bench.focus = Focus::Panel;
        bench.panel.show(tab.tab);
    } else if hit(layout.panel) {
        bench.focus = Focus::Panel;
        choose(bench, usize::from(mouse.row - layout.panel.y) + bench.panel.scroll, mouse.kind);
    }
}

/// A press on a step shows its task.
fn press_task(bench: &mut Workbench, record: &Record, mouse: Mouse, layout: Layout) {
    bench.focus = Focus::Task;
    let row = usize::from(mouse.row - layout.task.y) + bench.task_scroll;
    if let Some(TaskRow::Step { step, .. }) = texts::task(bench, record, layout.task_text().width).get(row) {
        panel::choose_step(bench, *step);
    }
}

/// A press chooses a row; a press on what is chosen opens it.
fn choose(bench: &mut Workbench, row: usize, kind: MouseKind) {
    match bench.panel.tab {
        Tab::Tests if row < bench.panel.tests.len() => {
            let again = bench.panel.test == row || kind == MouseKind::DoublePress;
            bench.panel.test = row;
            bench.follow_test();
            if again && bench.panel.tests[row].result().is_some() {
                bench.panel.show_text(Shown::Test);
            }
        }
        // Below the list the chosen one is told in full.
        Tab::Problems if row < bench.problems.len().min(bench.panel.scroll + bench.panel.rows()) => {
            bench.panel.problem = row;
            problems::jump(bench, row);
        }
        _ => {}
    }
}

fn wheel(bench: &mut Workbench, mouse: Mouse, layout: Layout) {
    let by = match mouse.kind {
        MouseKind::ScrollUp => -WHEEL,
        MouseKind::ScrollDown => WHEEL,
        _ => return,
    };
    let over = |area: Area| area.contains(mouse.column, mouse.row);
    if over(layout.task) {
        // Keys turn to another step where nothing scrolls; a wheel that did would throw the reader out of the text.
        bench.task_scroll = bench.task_scroll.saturating_add_signed(by);
    } else if over(layout.panel) {
        let focus = std::mem::replace(&mut bench.focus, Focus::Panel);
        scroll(bench, by);
        bench.focus = focus;
    }
}
