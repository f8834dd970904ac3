//! A quiz: one question at a time, answered before the reason is told.

use std::ops::RangeInclusive;

use crate::app::area::{Area, Frame};
use crate::app::screen::workbench::proof::{self, Proof};
use crate::app::screen::workbench::state::Workbench;
use crate::pack::{Ask, Exercise, Question};
use crate::progress::{ExerciseRecord, Spot};
use crate::text::{Line, Role, Span, Style, code, markdown, prose};

mod answering;

pub(super) use answering::{command, hints, key, mouse};

/// The widest that a question's prose gets.
const MEASURE: u16 = 84;

/// The columns before an option's text: its mark and its number.
pub const OPTION: u16 = 5;

/// How far a quiz is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// The question that is shown.
    pub question: usize,
    /// The option that is chosen.
    pub chosen: usize,
    /// What was answered to each question.
    pub answers: Vec<Option<usize>>,
    /// The first row shown.
    pub scroll: usize,
    /// What the compiler says to the questions.
    pub proof: Proof,
}

/// A row of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum QuizRow {
    /// A line of text or code.
    Text(Line),
    /// A line of an option; the first one has its number.
    Option {
        /// Which.
        option: usize,
        /// Whether it is its first.
        first: bool,
        /// The text.
        line: Line,
    },
}

impl Quiz {
    /// A quiz of which nothing was answered; `None` for other exercises.
    pub(super) fn of(exercise: &Exercise) -> Option<Self> {
        let count = exercise.questions.len();
        let proof = Proof::Unasked;
        (count > 0).then(|| Self { question: 0, chosen: 0, answers: vec![None; count], scroll: 0, proof })
    }

    /// Forgets what was answered: wrongly, where that is all that a pass lacks, else altogether.
    fn forget(&mut self, exercise: &Exercise) {
        let retries = self.is_missed(exercise);
        for (answer, question) in self.answers.iter_mut().zip(&exercise.questions) {
            *answer = answer.filter(|answer| retries && *answer == question.answer);
        }
        self.turn(self.answers.iter().position(Option::is_none).unwrap_or_default());
    }

    /// Takes up what was answered before, and where.
    pub(super) fn recall(&mut self, exercise: &Exercise, known: Option<&ExerciseRecord>) {
        let answer = |question| known.and_then(|known| known.answer_to(question));
        self.answers = exercise.questions.iter().map(answer).collect();
        let left = known.and_then(|known| known.at.as_ref()).map(|spot| spot.step);
        let open = self.answers.iter().position(Option::is_none);
        self.turn(left.or(open).unwrap_or_default());
    }

    /// Where the learner is, to come back to.
    pub(super) fn spot(&self) -> Spot {
        Spot { step: self.question, file: String::new(), line: 1, column: 1 }
    }

    /// What was answered to the question that is shown.
    pub fn answer(&self) -> Option<usize> {
        self.answers.get(self.question).copied().flatten()
    }

    /// How many were answered rightly.
    pub fn right(&self, exercise: &Exercise) -> usize {
        let right = |(answer, question): (&Option<usize>, &Question)| *answer == Some(question.answer);
        self.answers.iter().zip(&exercise.questions).filter(|pair| right(*pair)).count()
    }

    /// Whether every question was answered.
    pub fn is_over(&self) -> bool {
        self.answers.iter().all(Option::is_some)
    }

    /// Whether every question was answered, and one of them wrongly.
    fn is_missed(&self, exercise: &Exercise) -> bool {
        self.is_over() && self.right(exercise) < self.answers.len()
    }

    fn turn(&mut self, to: usize) {
        self.question = to.min(self.answers.len().saturating_sub(1));
        self.chosen = self.answer().unwrap_or_default();
        self.scroll = 0;
    }
}

/// Where the rows of a question stand.
pub fn area(size: (u16, u16)) -> Area {
    let body = Frame::of(size).body;
    let (_, below) = body.split_top(1);
    Area { x: below.x + 2, width: below.width.saturating_sub(4), ..below }
}

/// The rows of the question that is shown; once it was answered, with the reason.
pub fn rows(bench: &Workbench, quiz: &Quiz, columns: u16) -> Vec<QuizRow> {
    let Some(question) = bench.exercise().questions.get(quiz.question) else { return Vec::new() };
    let mut rows: Vec<QuizRow> = page(&question.text, columns).into_iter().map(QuizRow::Text).collect();
    rows.push(blank());
    if let Some(text) = &question.code {
        rows.extend(code::highlight("rust", text.trim_end()).into_iter().map(indented));
        rows.push(blank());
    }
    let options = 0..question.options.len();
    let options: Vec<_> =
        options.map(|option| lines_of(question, option, columns.saturating_sub(OPTION))).collect();
    let apart = options.iter().any(|lines| lines.len() > 1);
    for (option, lines) in options.into_iter().enumerate() {
        rows.extend((apart && option > 0).then(blank));
        rows.extend(lines.into_iter().enumerate().map(|(at, line)| QuizRow::Option {
            option,
            first: at == 0,
            line,
        }));
    }
    if let Some(answer) = quiz.answer() {
        rows.extend([blank(), QuizRow::Text(said(question, answer)), blank()]);
        rows.extend(page(&question.explain, columns).into_iter().map(QuizRow::Text));
        if quiz.is_over() {
            rows.extend([blank(), QuizRow::Text(total(bench, quiz))]);
        }
        rows.extend(proof::lines(&quiz.proof, question, columns).into_iter().map(QuizRow::Text));
    }
    rows
}

/// Keeps the end of a question from leaving the bottom of the screen.
pub(super) fn settle(bench: &mut Workbench, size: (u16, u16)) {
    let Some(mut quiz) = bench.quiz.take() else { return };
    let place = area(size);
    let (rows, height) = (rows(bench, &quiz, place.width), usize::from(place.height));
    quiz.scroll = quiz.scroll.min(rows.len().saturating_sub(height));
    bench.quiz = Some(quiz);
}

/// Whether the chosen option can be seen.
fn in_view(bench: &Workbench, quiz: &Quiz, place: Area) -> bool {
    let last = last_row(bench, quiz, place.width);
    last >= quiz.scroll && last < quiz.scroll + usize::from(place.height)
}

/// Whether all options can be seen, for nothing is chosen among what is not; of more than the screen holds, the chosen one.
fn options_in_view(bench: &Workbench, quiz: &Quiz, place: Area) -> bool {
    match scroll_to_options(bench, quiz, place) {
        Some(scroll) => scroll.contains(&quiz.scroll),
        None => in_view(bench, quiz, place),
    }
}

/// The first rows with which all options can be seen; `None` where there are more than the screen holds.
fn scroll_to_options(bench: &Workbench, quiz: &Quiz, place: Area) -> Option<RangeInclusive<usize>> {
    let is_option = |row: &QuizRow| matches!(row, QuizRow::Option { .. });
    let first = rows(bench, quiz, place.width).iter().position(is_option)?;
    let lowest = (last_option(bench, quiz, place.width) + 1).saturating_sub(usize::from(place.height));
    (lowest <= first).then_some(lowest..=first)
}

/// The last row of the chosen option.
fn last_row(bench: &Workbench, quiz: &Quiz, columns: u16) -> usize {
    let of_chosen = |row: &QuizRow| matches!(row, QuizRow::Option { option, .. } if *option == quiz.chosen);
    rows(bench, quiz, columns).iter().rposition(of_chosen).unwrap_or_default()
}

/// The last row of the options.
fn last_option(bench: &Workbench, quiz: &Quiz, columns: u16) -> usize {
    let is_option = |row: &QuizRow| matches!(row, QuizRow::Option { .. });
    rows(bench, quiz, columns).iter().rposition(is_option).unwrap_or_default()
}

fn lines_of(question: &Question, option: usize, columns: u16) -> Vec<Line> {
    let Some(text) = question.options.get(option) else { return Vec::new() };
    let lines = match question.ask {
        Ask::Choice => page(text, columns),
        Ask::Compiles | Ask::Prints => text.lines().map(|line| Line::of(line, Role::Text)).collect(),
    };
    if lines.is_empty() { vec![Line::of("(nothing)", Role::Muted)] } else { lines }
}

fn said(question: &Question, answer: usize) -> Line {
    let right = answer == question.answer;
    let (word, role) = if right { ("Right.", Role::Success) } else { ("Not so.", Role::Failure) };
    let mut spans = vec![Span::new(word, Style::of(role).bold())];
    if let Some(error) = &question.error {
        spans.push(Span::new(format!(" The compiler says {error}."), Role::Text));
    }
    Line { spans }
}

fn total(bench: &Workbench, quiz: &Quiz) -> Line {
    let (right, all) = (quiz.right(bench.exercise()), quiz.answers.len());
    if !quiz.is_missed(bench.exercise()) {
        return Line::of(format!("{right} of {all} right."), Style::of(Role::Success).bold());
    }
    Line::from(vec![
        Span::new(
            format!("{right} of {all} right; a pass takes all {all}."),
            Style::of(Role::Warning).bold(),
        ),
        Span::new("   x", Role::Accent),
        Span::new(" asks again what was wrong", Role::Muted),
    ])
}

fn page(source: &str, columns: u16) -> Vec<Line> {
    let columns = columns.max(8);
    code::page::lines(&prose::lay_out(&markdown::parse(source), columns.min(MEASURE), columns))
}

fn indented(line: Line) -> QuizRow {
    let mut spans = vec![Span::plain("  ")];
    spans.extend(line.spans);
    QuizRow::Text(Line { spans })
}

fn blank() -> QuizRow {
    QuizRow::Text(Line::default())
}
