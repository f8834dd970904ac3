//! A quiz by its keys: choosing, answering, leading on, starting over.

use std::collections::BTreeSet;

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, Context};
use crate::app::message::{Mouse, MouseKind, NoticeLevel};
use crate::app::model::Model;
use crate::app::screen::workbench::commands::next_exercise;
use crate::app::screen::workbench::quiz::{
    Quiz, QuizRow, area, in_view, last_option, last_row, options_in_view, rows, scroll_to_options,
};
use crate::app::screen::workbench::state::Workbench;
use crate::app::screen::workbench::visit;
use crate::pack::Question;
use crate::progress::{Change, question_key};

/// How many rows of what follows an answer come into view with it.
const REASON: usize = 8;

/// How many rows a step of the wheel scrolls.
const WHEEL: isize = 3;

/// Carries out a command.
pub(in crate::app::screen::workbench) fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    let size = model.size;
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    let options = bench.exercise().questions.get(quiz.question).map_or(0, |question| question.options.len());
    let (answered, in_view) = (quiz.answer().is_some(), in_view(bench, &quiz, area(size)));
    let quiz = bench.quiz.get_or_insert(quiz);
    let page = 10;
    match command {
        Command::Advance | Command::Answer => return advance(model),
        Command::Back => return visit::go_back(model),
        Command::NextExercise => return next_exercise(model),
        Command::StartOver => return start_over(model),
        Command::Restore => return restore(model),
        Command::NextQuestion => quiz.turn(quiz.question + 1),
        Command::PreviousQuestion => quiz.turn(quiz.question.saturating_sub(1)),
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
        _ => not_here(model, command),
    }
    Vec::new()
}

/// Says that a command means nothing in a quiz.
fn not_here(model: &mut Model, command: Command) {
    let text = format!("{}: this needs files, and a quiz has none; ? shows its keys", command.title());
    model.note(NoticeLevel::Warning, text);
}

/// Answers a key that asks for nothing by itself: the number of an option answers with it, and whoever presses what would
/// work on an exercise with files is told why it does not here.
pub(in crate::app::screen::workbench) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(number) = option_of(key) {
        return take(model, number);
    }
    match keymap::lookup(Context::Panels, key) {
        Some(command) => not_here(model, command),
        None if matches!(key, Key { code: Code::Char(_), control: false, alt: false, .. }) => {
            model.note(NoticeLevel::Info, "the number of an option answers with it; ? shows all keys");
        }
        None => {}
    }
    Vec::new()
}

/// The number of an option: answers with it where it can be seen, else shows the options with it chosen.
fn take(model: &mut Model, option: usize) -> Vec<Effect> {
    let place = area(model.size);
    let Some((bench, mut quiz)) = parts(model) else { return Vec::new() };
    let there = |question: &Question| option < question.options.len();
    let open = quiz.answer().is_none() && bench.exercise().questions.get(quiz.question).is_some_and(there);
    if open {
        quiz.chosen = option;
    }
    let unseen = open && !options_in_view(bench, &quiz, place);
    bench.quiz = Some(quiz);
    if unseen { reveal_all(model) } else { choose(model, option) }
}

fn option_of(key: Key) -> Option<usize> {
    let Key { code: Code::Char(c), control: false, alt: false, .. } = key else { return None };
    (c.to_digit(10)? as usize).checked_sub(1)
}

/// Answers the mouse: a press on an option answers with it.
pub(in crate::app::screen::workbench) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
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

/// What can be done now, the primary action first.
pub(in crate::app::screen::workbench) fn hints(
    bench: &Workbench,
    quiz: &Quiz,
    size: (u16, u16),
) -> Vec<Hint> {
    let primary = match onward(bench, quiz, size) {
        Onward::Reveal => "see the options",
        Onward::Answer => "answer",
        Onward::Turn(to) if to == quiz.question + 1 => "next question",
        Onward::Turn(_) => "unanswered question",
        Onward::Again => "ask the wrong ones again",
        Onward::Leave if bench.next_exercise().is_some() => "next exercise",
        Onward::Leave => "back to the chapters",
    };
    let mut hints = vec![Hint::named(Command::Advance, primary)];
    if quiz.answer().is_none() {
        hints.push(Hint::named(Command::Down, "choose"));
    }
    if quiz.answers.len() > 1 {
        hints.push(Hint::named(Command::NextQuestion, "question"));
    }
    hints.extend([Command::Back, Command::Help].map(Hint::of));
    if quiz.answers.iter().any(Option::is_some) {
        hints.push(match (onward(bench, quiz, size), quiz.is_missed(bench.exercise())) {
            (Onward::Again, _) => Hint::of(Command::NextExercise),
            (_, true) => Hint::named(Command::StartOver, "wrong ones again"),
            (_, false) => Hint::of(Command::StartOver),
        });
    }
    hints.extend(bench.restorable.then(|| Hint::named(Command::Restore, "answers back")));
    hints.push(Hint::of(Command::Finder));
    hints
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

/// Scrolls until all options can be seen, or, where they are more than the screen holds, the chosen one.
fn reveal_all(model: &mut Model) -> Vec<Effect> {
    let place = area(model.size);
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    let Some(scroll) = scroll_to_options(bench, &quiz, place) else { return reveal(model) };
    bench.quiz.iter_mut().for_each(|quiz| quiz.scroll = quiz.scroll.clamp(*scroll.start(), *scroll.end()));
    Vec::new()
}

/// What Enter does.
enum Onward {
    /// Shows the options.
    Reveal,
    /// Answers with the one that is chosen.
    Answer,
    /// Turns to this question.
    Turn(usize),
    /// Asks again what was answered wrongly.
    Again,
    /// Leaves the quiz.
    Leave,
}

fn onward(bench: &Workbench, quiz: &Quiz, size: (u16, u16)) -> Onward {
    if quiz.answer().is_none() {
        return if options_in_view(bench, quiz, area(size)) { Onward::Answer } else { Onward::Reveal };
    }
    let (beyond, open) = (quiz.question + 1, |at: &usize| quiz.answers[*at].is_none());
    if let Some(to) = (beyond..quiz.answers.len()).chain(0..quiz.question).find(open) {
        return Onward::Turn(to);
    }
    if beyond < quiz.answers.len() {
        return Onward::Turn(beyond);
    }
    if quiz.is_missed(bench.exercise()) { Onward::Again } else { Onward::Leave }
}

/// Enter: answers, then leads on.
fn advance(model: &mut Model) -> Vec<Effect> {
    let size = model.size;
    let Some((bench, quiz)) = parts(model) else { return Vec::new() };
    match onward(bench, &quiz, size) {
        Onward::Reveal => reveal_all(model),
        Onward::Answer => choose(model, quiz.chosen),
        Onward::Turn(to) => {
            bench.quiz.iter_mut().for_each(|quiz| quiz.turn(to));
            Vec::new()
        }
        Onward::Again => start_over(model),
        Onward::Leave => next_exercise(model),
    }
}

/// Answers the question that is shown, once: that is recorded, and when all are answered, what came of it.
fn choose(model: &mut Model, option: usize) -> Vec<Effect> {
    let place = area(model.size);
    let Some((bench, mut quiz)) = parts(model) else { return Vec::new() };
    let Some(question) = bench.exercise().questions.get(quiz.question) else { return Vec::new() };
    if quiz.answer().is_some() {
        let again = if quiz.is_missed(bench.exercise()) {
            "asks again what was wrong"
        } else {
            "starts the quiz over"
        };
        model.note(NoticeLevel::Info, format!("this question is answered; x {again}"));
        return Vec::new();
    }
    if option >= question.options.len() {
        let last = question.options.len();
        model
            .note(NoticeLevel::Warning, format!("there is no option {}; the last one is {last}", option + 1));
        return Vec::new();
    }
    let mut changes = vec![answered(bench, question, option)];
    quiz.chosen = option;
    quiz.answers[quiz.question] = Some(option);
    // The verdict and the beginning of the reason, below what was answered.
    let told = last_option(bench, &quiz, place.width) + REASON;
    quiz.scroll = quiz.scroll.max((told + 1).saturating_sub(usize::from(place.height)));
    changes.extend(result(bench, &quiz));
    bench.quiz = Some(quiz);
    vec![model.record(changes)]
}

/// What came of a quiz of which every question is answered.
fn result(bench: &Workbench, quiz: &Quiz) -> Option<Change> {
    let questions = &bench.exercise().questions;
    let right = quiz.answers.iter().zip(questions).filter(|(answer, asked)| **answer == Some(asked.answer));
    let passing: BTreeSet<String> = right.map(|(_, question)| question.name.clone()).collect();
    quiz.is_over().then(|| Change::Checked {
        pack: bench.key.pack.clone(),
        exercise: bench.key.exercise.clone(),
        passed: passing.len() == questions.len(),
        passing: Some(passing),
        tests: questions.len() as u32,
    })
}

/// Forgets what was answered, or of a whole quiz what was wrong; that can be undone.
fn start_over(model: &mut Model) -> Vec<Effect> {
    let Some((bench, mut quiz)) = parts(model) else { return Vec::new() };
    if quiz.answers.iter().all(Option::is_none) {
        model.note(NoticeLevel::Info, "nothing was answered yet");
        return Vec::new();
    }
    quiz.forget(bench.exercise());
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    let mut changes = vec![Change::Reset { pack, exercise }];
    let asked = quiz.answers.iter().zip(&bench.exercise().questions);
    changes.extend(asked.filter_map(|(kept, question)| Some(answered(bench, question, (*kept)?))));
    let what =
        if changes.len() > 1 { "what was wrong is asked again" } else { "the quiz is unanswered again" };
    bench.quiz = Some(quiz);
    bench.restorable = true;
    let effect = model.record(changes);
    model.note(NoticeLevel::Info, format!("{what}; u brings your answers back"));
    vec![effect]
}

/// That a question was answered with this option.
fn answered(bench: &Workbench, question: &Question, option: usize) -> Change {
    Change::Answered {
        pack: bench.key.pack.clone(),
        exercise: bench.key.exercise.clone(),
        question: question_key(question),
        option,
    }
}

/// Brings back what had been answered before the quiz was started over.
fn restore(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if !bench.restorable {
        model.note(NoticeLevel::Warning, "there is nothing to bring back: this quiz was not started over");
        return Vec::new();
    }
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    let effect = model.record(vec![Change::Restored { pack: pack.clone(), exercise: exercise.clone() }]);
    let known = model.record.exercise(&pack, &exercise);
    model.workbench.iter_mut().for_each(|bench| bench.recall(known));
    model.note(NoticeLevel::Info, "your answers from before are back");
    vec![effect]
}

fn parts(model: &mut Model) -> Option<(&mut Workbench, Quiz)> {
    let bench = model.workbench.as_mut()?;
    let quiz = bench.quiz.clone()?;
    Some((bench, quiz))
}
