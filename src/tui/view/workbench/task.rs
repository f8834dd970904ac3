//! The task drawn: what to do, the steps with their marks, the hints.

use crate::app::Command;
use crate::app::Model;
use crate::app::area::Area;
use crate::app::keymap::{self, Context};
use crate::app::screen::workbench::{Focus, Layout, TaskRow, Workbench, task};
use crate::text::{Line, Role, Span, Style};
use crate::tui::view::Canvas;
use crate::tui::view::workbench::{Laid, Of};

/// Draws the task of the step at hand.
pub(super) fn draw(
    model: &Model,
    bench: &Workbench,
    layout: &Layout,
    canvas: &mut Canvas<'_>,
    laid: &mut Laid<TaskRow>,
) {
    let area = layout.task_text();
    let fresh = || task(bench, &model.record, area.width);
    let rows = laid.rows(Of::Bench(bench.revision), area.width, fresh);
    let shown = rows.iter().skip(bench.task_scroll);
    for (y, row) in (area.y..area.bottom()).zip(shown) {
        let area = Area { y, height: 1, ..area };
        match row {
            TaskRow::Text(line) => {
                canvas.line(area, line, 0);
            }
            TaskRow::Step { step, done } => draw_step(bench, *step, *done, area, canvas),
            TaskRow::Hints { shown, all } => {
                canvas.line(area, &hints(bench, *shown, *all), 0);
            }
        }
    }
    if layout.is_wide() && bench.focus == Focus::Task {
        canvas.pointer(layout.task.x, layout.task.y);
    }
    // Beside the editor, the line between the two is the bar.
    let x = if layout.is_wide() { layout.divider.x } else { area.right() + 1 };
    let bar = Area { x, width: 1, ..area };
    if bench.focus == Focus::Task || rows.len() > usize::from(area.height) {
        canvas.scrollbar(bar, bench.task_scroll, rows.len());
    }
}

fn draw_step(bench: &Workbench, step: usize, done: bool, area: Area, canvas: &mut Canvas<'_>) {
    let here = step == bench.step;
    let (mark, role) = match (done, here) {
        (true, _) if bench.passed_before() => (canvas.marks.passed, Role::Muted),
        (true, _) => (canvas.marks.passed, Role::Success),
        (false, true) => (canvas.marks.chosen, Role::Accent),
        (false, false) => (canvas.marks.waiting, Role::Muted),
    };
    let title = &bench.exercise().steps[step].title;
    let style = match (here, done) {
        (true, _) => Style::of(Role::Text).bold(),
        (false, true) => Style::of(Role::Text),
        (false, false) => Style::of(Role::Muted),
    };
    let spans = vec![Span::new(format!("{mark} "), role), Span::new(format!("{} {title}", step + 1), style)];
    canvas.line(area, &Line::from(spans), 0);
}

fn hints(bench: &Workbench, shown: usize, all: usize) -> Line {
    let context = if bench.focus == Focus::Editor { Context::Editor } else { Context::Panels };
    let key = keymap::key_for(context, Command::Hint).map(|key| key.to_string()).unwrap_or_default();
    let mut spans = vec![Span::new(format!("hints {shown} of {all} shown"), Role::Muted)];
    if shown < all {
        spans.push(Span::new(format!("   {key}"), Role::Accent));
    }
    Line { spans }
}
