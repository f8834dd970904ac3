//! A quiz: one question at a time, answered before the reason is told.

use std::collections::BTreeSet;

use crate::app::area::{Area, Frame};
use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::screen::workbench::commands::next_exercise;
use crate::app::screen::workbench::proof::{self, Proof};
use crate::app::screen::workbench::state::Workbench;
use crate::app::screen::workbench::visit;
use crate::pack::{Ask, Exercise, Question};
use crate::progress::Change;
use crate::text::{Line, Role, Span, Style, code, markdown, prose};

/// The widest that a question's prose gets.
const MEASURE: u16 = 84;

/// The columns before an option's text: its mark and its number.
pub const OPTION: u16 = 5;

/// How many rows of what follows an answer come into view with it.
const REASON: usize = 8;

/// How many rows a step of the wheel scrolls.
const WHEEL: isize = 3;

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
        (count > 0).then(|| Self::unanswered(count, Proof::Unasked))
    }

    fn unanswered(count: usize, proof: Proof) -> Self {
        Self { question: 0, chosen: 0, answers: vec![None; count], scroll: 0, proof }
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
    for option in 0..question.options.len() {
        let lines = lines_of(question, option, columns.saturating_sub(OPTION));
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

/// Carries out a command.
pub(super) fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    let size = model.size;
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    let options = bench.exercise().questions.get(quiz.question).map_or(0, |question| question.options.len());
    let (answered, in_view) = (quiz.answer().is_some(), in_view(bench, &quiz, area(size)));
    let quiz = bench.quiz.get_or_insert(quiz);
    let page = 10;
    match command {
        Command::Open => return onward(model),
        Command::Back => return visit::back(model),
        Command::NextExercise => return next_exercise(model),
        Command::Reset => {
            let proof = std::mem::take(&mut quiz.proof);
            *quiz = Quiz::unanswered(quiz.answers.len(), proof);
        }
        Command::Right | Command::NextPanel => quiz.turn(quiz.question + 1),
        Command::Left | Command::PreviousPanel => quiz.turn(quiz.question.saturating_sub(1)),
        Command::Up | Command::Down if !answered => {
            let to = if command == Command::Up { quiz.chosen.saturating_sub(1) } else { quiz.chosen + 1 };
            if in_view {
                quiz.chosen = to.min(options.saturating_sub(1));
            }
            return reveal(model);
        }
        Command::Up => quiz.scroll = quiz.scroll.saturating_sub(1),
        Command::Down => quiz.scroll += 1,
        Command::PageUp => quiz.scroll = quiz.scroll.saturating_sub(page),
        Command::PageDown => quiz.scroll += page,
        Command::Top => quiz.scroll = 0,
        Command::Bottom => quiz.scroll = usize::MAX,
        _ => {}
    }
    Vec::new()
}

/// Answers a key that no row of the table takes: the number of an option answers with it.
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Key { code: Code::Char(c), control: false, alt: false, .. } = key else { return Vec::new() };
    let Some(number) = c.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1)) else {
        return Vec::new();
    };
    choose(model, number)
}

/// Answers the mouse: a press on an option answers with it.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let place = area(model.size);
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    match mouse.kind {
        MouseKind::Press | MouseKind::DoublePress if place.contains(mouse.column, mouse.row) => {
            let row = usize::from(mouse.row - place.y) + quiz.scroll;
            match rows(bench, &quiz, place.width).get(row) {
                Some(QuizRow::Option { option, .. }) => choose(model, *option),
                _ => Vec::new(),
            }
        }
        MouseKind::ScrollUp | MouseKind::ScrollDown => {
            let by = if mouse.kind == MouseKind::ScrollUp { -WHEEL } else { WHEEL };
            if let Some(quiz) = &mut bench.quiz {
                quiz.scroll = quiz.scroll.saturating_add_signed(by);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Keeps the end of a question from leaving the bottom of the screen.
pub(super) fn settle(bench: &mut Workbench, size: (u16, u16)) {
    let Some(mut quiz) = bench.quiz.take() else { return };
    let place = area(size);
    let (rows, height) = (rows(bench, &quiz, place.width), usize::from(place.height));
    quiz.scroll = quiz.scroll.min(rows.len().saturating_sub(height));
    bench.quiz = Some(quiz);
}

/// What can be done now, the primary action first.
pub(super) fn hints(bench: &Workbench, quiz: &Quiz, size: (u16, u16)) -> Vec<Hint> {
    let last = quiz.question + 1 == quiz.answers.len();
    let primary = match quiz.answer() {
        None if !in_view(bench, quiz, area(size)) => "see the options",
        None => "answer",
        Some(_) if !last => "next question",
        Some(_) if bench.next_exercise().is_some() => "next exercise",
        Some(_) => "back to the chapters",
    };
    let mut hints = vec![Hint::named(Command::Open, primary)];
    if quiz.answer().is_none() {
        hints.push(Hint::named(Command::Down, "choose"));
    }
    if quiz.answers.len() > 1 {
        hints.push(Hint::named(Command::NextPanel, "question"));
    }
    hints.push(Hint::named(Command::Reset, "start over"));
    hints.extend([Command::Finder, Command::Help, Command::Back].map(Hint::of));
    hints
}

/// Whether the chosen option can be seen: nothing is answered unseen.
fn in_view(bench: &Workbench, quiz: &Quiz, place: Area) -> bool {
    let last = last_row(bench, quiz, place.width);
    last >= quiz.scroll && last < quiz.scroll + usize::from(place.height)
}

/// Scrolls until the chosen option can be seen.
fn reveal(model: &mut Model) -> Vec<Effect> {
    let place = area(model.size);
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    let last = last_row(bench, &quiz, place.width);
    let lowest = (last + 1).saturating_sub(usize::from(place.height));
    bench.quiz.iter_mut().for_each(|quiz| quiz.scroll = quiz.scroll.clamp(lowest, lowest.max(last)));
    Vec::new()
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

/// Enter: answers, then leads on.
fn onward(model: &mut Model) -> Vec<Effect> {
    let size = model.size;
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    if quiz.answer().is_none() {
        return if in_view(bench, &quiz, area(size)) { choose(model, quiz.chosen) } else { reveal(model) };
    }
    let next = quiz.answers.iter().position(Option::is_none);
    let beyond = quiz.question + 1;
    if beyond < quiz.answers.len() {
        bench.quiz.iter_mut().for_each(|quiz| quiz.turn(beyond));
    } else if let Some(next) = next {
        bench.quiz.iter_mut().for_each(|quiz| quiz.turn(next));
    } else {
        return next_exercise(model);
    }
    Vec::new()
}

/// Answers the question that is shown, once; when all are answered, that is recorded.
fn choose(model: &mut Model, option: usize) -> Vec<Effect> {
    let place = area(model.size);
    let Some((bench, mut quiz)) = parts(model) else { return Vec::new() };
    let questions = &bench.exercise().questions;
    let count = questions.get(quiz.question).map_or(0, |question| question.options.len());
    if option >= count || quiz.answer().is_some() {
        return Vec::new();
    }
    quiz.chosen = option;
    quiz.answers[quiz.question] = Some(option);
    // The verdict and the beginning of the reason, below what was answered.
    let told = last_option(bench, &quiz, place.width) + REASON;
    quiz.scroll = quiz.scroll.max((told + 1).saturating_sub(usize::from(place.height)));
    let over = quiz.is_over();
    let passing: BTreeSet<String> = quiz
        .answers
        .iter()
        .zip(questions)
        .filter(|(answer, question)| **answer == Some(question.answer))
        .map(|(_, question)| question.name.clone())
        .collect();
    let tests = questions.len() as u32;
    bench.quiz = Some(quiz);
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    if !over {
        return visit::begin(model).into_iter().collect();
    }
    let passed = passing.len() == tests as usize;
    vec![model.record(vec![Change::Checked { pack, exercise, passed, passing: Some(passing), tests }])]
}

fn parts(model: &mut Model) -> Option<(&mut Workbench, Quiz)> {
    let bench = model.workbench.as_mut()?;
    let quiz = bench.quiz.clone()?;
    Some((bench, quiz))
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
    let role = if right == all { Role::Success } else { Role::Warning };
    let again = if right == all { "" } else { "   x starts over" };
    Line::from(vec![
        Span::new(format!("{right} of {all} right."), Style::of(role).bold()),
        Span::new(again, Role::Muted),
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
