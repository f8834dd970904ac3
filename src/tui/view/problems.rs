//! What the compiler said, drawn: a list, and beside it, where there is room, the chosen problem in full.

use crate::app::area::Area;
use crate::cargo::{Diagnostic, Level};
use crate::text::width::line_width;
use crate::text::{Line, Role, Span, ansi, diagnostic};
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
    let widest = problems.iter().map(|problem| line_width(&title(problem, canvas))).max().unwrap_or_default();
    let wanted = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(4);
    let (list, text) =
        if beside { area.split_left(wanted.min(area.width * 2 / 5)) } else { (area, Area::default()) };
    for (y, (at, problem)) in (area.y..area.bottom()).zip(problems.iter().enumerate().skip(first)) {
        let row = Area { x: list.x + 2, y, width: list.width.saturating_sub(3), height: 1 };
        canvas.line(row, &title(problem, canvas), 0);
        if at == chosen && focused {
            canvas.pointer(list.x, y);
            canvas.tint(Area { y, height: 1, ..list }, Tint::Chosen);
        }
    }
    if let Some(problem) = problems.get(chosen).filter(|_| beside) {
        let text = Area { x: text.x + 2, width: text.width.saturating_sub(3), ..text };
        let cells = usize::from(text.width.max(8));
        canvas.lines(text, &diagnostic::fit(ansi::lines(&problem.rendered), cells), 0);
    }
}

fn title(problem: &Diagnostic, canvas: &Canvas<'_>) -> Line {
    let (mark, role) = mark(problem.level, canvas);
    let place = problem.spans.iter().find(|span| span.primary);
    let place = place.map(|span| format!("{}:{}", span.file, span.line_start)).unwrap_or_default();
    // The name of a lint says what its message says; that of an error can be looked up.
    let code = problem.code.as_ref().filter(|code| !code.contains('_')).map(|code| format!("{code} "));
    let code = code.unwrap_or_default();
    Line::from(vec![
        Span::new(format!("{mark} {code}"), role),
        Span::plain(problem.message.as_str()),
        Span::new(format!("   {place}"), Role::Muted),
    ])
}

/// The mark of a level, and what it means.
pub fn mark(level: Level, canvas: &Canvas<'_>) -> (&'static str, Role) {
    match level {
        Level::Error => (canvas.marks.failed, Role::Failure),
        Level::Warning => (canvas.marks.warning, Role::Warning),
        Level::Note | Level::Help => (canvas.marks.dot, Role::Note),
    }
}
