//! A quiz drawn: the question, the code it is about, what may be answered, and then the reason.

use crate::app::Model;
use crate::app::area::{Area, Frame};
use crate::app::screen::workbench::{OPTION, Quiz, QuizRow, Workbench, quiz_area, quiz_rows};
use crate::text::{Line, Role, Span, Style};
use crate::tui::theme::Tint;
use crate::tui::view::Canvas;
use crate::tui::view::root::header;

/// Draws the question at hand.
pub(super) fn draw(model: &Model, bench: &Workbench, quiz: &Quiz, frame: Frame, canvas: &mut Canvas<'_>) {
    let of = format!(" {} question {} of {}", canvas.marks.dot, quiz.question + 1, quiz.answers.len());
    let title = Span::new(bench.exercise().title.as_str(), Style::of(Role::Text).bold());
    header(
        frame.header,
        &Line::from(vec![title, Span::new(of, Role::Muted)]),
        &marks(bench, quiz, canvas),
        canvas,
    );

    let area = quiz_area(model.size);
    let rows = quiz_rows(bench, quiz, area.width);
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(quiz.scroll)) {
        let here = Area { y, height: 1, ..area };
        match row {
            QuizRow::Text(line) => {
                canvas.line(here, line, 0);
            }
            QuizRow::Option { option, first, line } => {
                draw_option(bench, quiz, (*option, *first), line, here, canvas);
            }
        }
    }
    canvas.scrollbar(Area { x: area.right() + 1, width: 1, ..area }, quiz.scroll, rows.len());
}

/// How each question was answered.
fn marks(bench: &Workbench, quiz: &Quiz, canvas: &Canvas<'_>) -> Line {
    let answered = quiz.answers.iter().zip(&bench.exercise().questions);
    let mark = |(answer, question): (&Option<usize>, &crate::pack::Question)| match answer {
        None => Span::new(format!("{} ", canvas.marks.waiting), Role::Muted),
        Some(answer) if *answer == question.answer => {
            Span::new(format!("{} ", canvas.marks.passed), Role::Success)
        }
        Some(_) => Span::new(format!("{} ", canvas.marks.failed), Role::Failure),
    };
    Line { spans: answered.map(mark).collect() }
}

fn draw_option(
    bench: &Workbench,
    quiz: &Quiz,
    (option, first): (usize, bool),
    line: &Line,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let right = bench.exercise().questions.get(quiz.question).map(|question| question.answer);
    let (mark, role) = match quiz.answer() {
        None if option == quiz.chosen => (canvas.marks.chosen, Role::Accent),
        Some(_) if right == Some(option) => (canvas.marks.passed, Role::Success),
        Some(answer) if answer == option => (canvas.marks.failed, Role::Failure),
        _ => (" ", Role::Muted),
    };
    if first {
        canvas.text(area.x, area.y, 1, mark, role);
        canvas.text(area.x + 2, area.y, 2, &(option + 1).to_string(), role);
    }
    canvas.line(Area { x: area.x + OPTION, width: area.width.saturating_sub(OPTION), ..area }, line, 0);
    if quiz.answer().is_none() && option == quiz.chosen {
        canvas.tint(area, Tint::Chosen);
    }
}
