//! What the compiler said, drawn: a list, and the chosen problem in full, beside it where there is room, else below.

use crate::app::area::Area;
use crate::app::screen::workbench::{BESIDE, rendered, stacked};
use crate::cargo::{Diagnostic, Level, SourceSpan};
use crate::text::width::{clip, line_width, width};
use crate::text::{Line, Role, Span};
use crate::tui::theme::Tint;
use crate::tui::view::Canvas;

/// Draws the problems from `first` on.
pub fn draw(
    problems: &[Diagnostic],
    chosen: usize,
    first: usize,
    focused: bool,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let widths: Vec<_> =
        problems.iter().map(|problem| line_width(&title(problem, true, usize::MAX, canvas))).collect();
    let widest = widths.iter().copied().max().unwrap_or_default();
    let (list, text) = parts(problems, widest, area);
    let room = usize::from(list.width.saturating_sub(3));
    let named = widest <= room || !in_one_file(problems);
    for (y, (at, problem)) in (list.y..list.bottom()).zip(problems.iter().enumerate().skip(first)) {
        let row = Area { x: list.x + 2, y, width: list.width.saturating_sub(3), height: 1 };
        canvas.line(row, &title(problem, named, room, canvas), 0);
        if at == chosen && focused {
            canvas.pointer(list.x, y);
            canvas.tint(Area { y, height: 1, ..list }, Tint::Chosen);
        }
    }
    let bar = Area { x: list.right().saturating_sub(1), width: 1, ..list };
    canvas.scrollbar(bar, first, problems.len());
    if let Some(problem) = problems.get(chosen).filter(|_| !text.is_empty()) {
        let mut lines = rendered(problem, usize::from(text.width.max(8)));
        if text.y > area.y && widths[chosen] <= room {
            lines.drain(..said_above(problem, &lines, problems.len() == 1, usize::from(text.height)));
        }
        canvas.lines(text, &lines, 0);
    }
}

/// How many of a problem's first lines its row in the list above need not have said again: the heading, and its place. Of several rows only
/// one says it, so they are left out only for want of room.
fn said_above(problem: &Diagnostic, lines: &[Line], alone: bool, room: usize) -> usize {
    let cramped = lines.len() > room;
    let heading = lines.first().is_some_and(|line| line.text().ends_with(&problem.message));
    let place = lines.get(1).is_some_and(|line| line.text().trim_start().starts_with("--> "));
    match (heading && (alone || cramped), place && cramped) {
        (true, true) => 2,
        (heading, _) => usize::from(heading),
    }
}

/// The list, and where the chosen problem stands in full.
fn parts(problems: &[Diagnostic], widest: usize, area: Area) -> (Area, Area) {
    if area.width < BESIDE {
        let (list, text) = stacked(area, problems.len());
        return (list, Area { x: text.x + 4, width: text.width.saturating_sub(5), ..text });
    }
    let columns = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
    let wanted = columns(widest).saturating_add(4);
    let mut most = area.width * 2 / 5;
    if wanted > most {
        let all = problems.iter().flat_map(|problem| rendered(problem, usize::from(u16::MAX)));
        let said = columns(all.map(|line| line_width(&line)).max().unwrap_or_default());
        most = most.max(area.width.saturating_sub(said.saturating_add(3)));
    }
    let (list, text) = area.split_left(wanted.min(most));
    (list, Area { x: text.x + 2, width: text.width.saturating_sub(3), ..text })
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
