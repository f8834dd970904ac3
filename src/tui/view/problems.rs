//! What the compiler said, drawn: a list, and beside it, where there is room, the chosen problem in full.

use crate::app::area::Area;
use crate::app::screen::workbench::rendered;
use crate::cargo::{Diagnostic, Level, SourceSpan};
use crate::text::width::{clip, line_width, width};
use crate::text::{Line, Role, Span};
use crate::tui::theme::Tint;
use crate::tui::view::Canvas;

/// From so many columns on the chosen problem stands in full beside the list.
const BESIDE: u16 = 110;

/// Draws the problems from `first` on.
pub fn draw(
    problems: &[Diagnostic],
    chosen: usize,
    first: usize,
    focused: bool,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let beside = area.width >= BESIDE;
    let whole = |problem| line_width(&title(problem, true, usize::MAX, canvas));
    let widest = problems.iter().map(whole).max().unwrap_or_default();
    let wanted = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(4);
    let (list, text) =
        if beside { area.split_left(wanted.min(area.width * 2 / 5)) } else { (area, Area::default()) };
    let room = usize::from(list.width.saturating_sub(3));
    let named = widest <= room || !in_one_file(problems);
    for (y, (at, problem)) in (area.y..area.bottom()).zip(problems.iter().enumerate().skip(first)) {
        let row = Area { x: list.x + 2, y, width: list.width.saturating_sub(3), height: 1 };
        canvas.line(row, &title(problem, named, room, canvas), 0);
        if at == chosen && focused {
            canvas.pointer(list.x, y);
            canvas.tint(Area { y, height: 1, ..list }, Tint::Chosen);
        }
    }
    if let Some(problem) = problems.get(chosen).filter(|_| beside) {
        let text = Area { x: text.x + 2, width: text.width.saturating_sub(3), ..text };
        let cells = usize::from(text.width.max(8));
        canvas.lines(text, &rendered(problem, cells), 0);
    }
}

/// A problem in a line of so many cells: the message is cut before its place, which leads to it.
fn title(problem: &Diagnostic, named: bool, room: usize, canvas: &Canvas<'_>) -> Line {
    let (mark, role) = mark(problem.level, canvas);
    let place = place(problem).map(|span| {
        let file = if named { span.file.as_str() } else { "" };
        format!("   {file}:{}:{}", span.line_start, span.column_start)
    });
    let place = place.unwrap_or_default();
    // The name of a lint says what its message says; that of an error can be looked up.
    let code = problem.code.as_ref().filter(|code| !code.contains('_')).map(|code| format!("{code} "));
    let head = format!("{mark} {}", code.unwrap_or_default());
    let message = clip(&problem.message, room.saturating_sub(width(&head) + width(&place)));
    Line::from(vec![Span::new(head, role), Span::plain(message), Span::new(place, Role::Muted)])
}

fn place(problem: &Diagnostic) -> Option<&SourceSpan> {
    problem.spans.iter().find(|span| span.primary)
}

/// Whether all problems are in the same file, so that it need not be named.
fn in_one_file(problems: &[Diagnostic]) -> bool {
    let mut files = problems.iter().filter_map(place).map(|span| span.file.as_str());
    let first = files.next();
    files.all(|file| Some(file) == first)
}

/// The mark of a level, and what it means.
pub fn mark(level: Level, canvas: &Canvas<'_>) -> (&'static str, Role) {
    match level {
        Level::Error => (canvas.marks.failed, Role::Failure),
        Level::Warning => (canvas.marks.warning, Role::Warning),
        Level::Note | Level::Help => (canvas.marks.dot, Role::Note),
    }
}

#[cfg(test)]
#[path = "problems_tests.rs"]
mod tests;
