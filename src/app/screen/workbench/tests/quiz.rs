//! A quiz by its keys.

use std::sync::Arc;

use super::*;
use crate::app::Command;
use crate::app::keymap::{BINDINGS, Context};
use crate::app::message::{JobEvent, MouseKind};
use crate::app::model::Screen;
use crate::app::screen::workbench::{QuizRow, quiz_area, quiz_rows};
use crate::check::{Event, Outcome, Report, TestResult, Verdict};
use crate::pack::SharedText;
use crate::pack::{Ask, Kind, Pack, Question};
use crate::progress::{Change, State};

mod again;

fn asks() -> Pack {
    let mut pack = fixture::small();
    let question = |text: &str, answer: usize| Question {
        name: format!("question {}", answer + 1),
        ask: Ask::Compiles,
        text: text.into(),
        code: Some(SharedText::from("fn main() {}\n")),
        options: vec!["yes".into(), "no".into()],
        answer,
        error: (answer == 1).then(|| "E0277".into()),
        prints: None,
        explain: format!("Because of {text}."),
    };
    let exercise = &mut pack.exercises[0];
    exercise.kind = Kind::Quiz;
    exercise.steps.clear();
    exercise.questions = vec![question("one", 0), question("two", 1)];
    pack
}

fn quiz() -> (Model, Vec<Effect>) {
    let mut model = fixture::model(vec![asks()], (80, 24));
    let effects = open(&mut model, "layers");
    (model, effects)
}

fn shown(model: &Model) -> Vec<String> {
    let bench = bench(model);
    let rows = quiz_rows(bench, bench.quiz.as_ref().expect("a quiz"), quiz_area(model.size).width);
    let text = |row: &QuizRow| match row {
        QuizRow::Text(line) | QuizRow::Option { line, .. } => line.text(),
    };
    rows.iter().map(text).collect()
}

#[test]
fn a_quiz_needs_no_crate() {
    let (_, effects) = quiz();
    assert!(
        matches!(effects[..], [Effect::StartCheck { .. }, Effect::SaveProgress(_)]),
        "the compiler is asked, no file opened: {effects:?}"
    );
}

#[test]
fn the_compilers_own_words_follow_the_answer() {
    let (mut model, effects) = quiz();
    let Effect::StartCheck { id, .. } = effects[0] else { panic!("{effects:?}") };
    plain(&mut model, Code::Right);
    keys(&mut model, "2");
    assert!(shown(&model).iter().any(|line| line.contains("still being asked")));
    let test = |name: &str, output: &str| TestResult {
        name: name.into(),
        outcome: Outcome::Passed,
        ms: 0,
        output: output.into(),
        dropped: 0,
        difference: None,
        panicked_at: None,
        message: None,
    };
    let report = Report {
        pack: "small".into(),
        exercise: "layers".into(),
        verdict: Verdict::Passed,
        cause: None,
        explanation: None,
        tests: vec![test("question 1", ""), test("question 2", "error[E0277]: no\n")],
        diagnostics: Vec::new(),
        build_ms: 0,
        run_ms: 0,
    };
    let event = JobEvent::Check(Event::Finished(Box::new(report)));
    let effects = update(&mut model, Message::Job(id, event));
    assert_eq!(effects, [], "what the compiler says is no attempt of the learner's");
    assert!(shown(&model).iter().any(|line| line == "error[E0277]: no"));
}

#[test]
fn the_compiler_is_asked_no_longer_when_the_quiz_is_left() {
    let (mut model, effects) = quiz();
    let Effect::StartCheck { id, .. } = effects[0] else { panic!("{effects:?}") };
    let effects = plain(&mut model, Code::Esc);
    assert!(effects.contains(&Effect::Cancel(id)), "{effects:?}");
}

#[test]
fn the_reason_is_told_after_the_answer() {
    let (mut model, _) = quiz();
    assert!(!shown(&model).iter().any(|line| line.contains("Because")));
    plain(&mut model, Code::Enter);
    assert!(shown(&model).iter().any(|line| line == "Right."));
    assert!(shown(&model).iter().any(|line| line == "Because of one."));
    keys(&mut model, "2");
    assert_eq!(bench(&model).quiz.as_ref().and_then(super::super::Quiz::answer), Some(0), "an answer stands");
}

#[test]
fn all_right_is_a_pass_and_enter_leads_on() {
    let (mut model, _) = quiz();
    plain(&mut model, Code::Enter);
    plain(&mut model, Code::Enter);
    plain(&mut model, Code::Down);
    let effects = plain(&mut model, Code::Enter);
    let [Effect::SaveProgress(changes)] = &effects[..] else { panic!("{effects:?}") };
    assert!(
        matches!(&changes[..], [Change::Answered { option: 1, .. }, Change::Checked { passed: true, tests: 2, passing: Some(passing), .. }] if passing.len() == 2)
    );
    assert_eq!(model.record.state("small", "layers"), State::Passed);
    assert!(shown(&model).iter().any(|line| line == "2 of 2 right."));
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).key.exercise, "shared-state");
}

#[test]
fn a_wrong_answer_is_no_pass_and_one_may_start_over() {
    let (mut model, _) = quiz();
    keys(&mut model, "1");
    plain(&mut model, Code::Right);
    keys(&mut model, "1");
    assert_eq!(model.record.state("small", "layers"), State::Started);
    assert!(shown(&model).iter().any(|line| line == "Not so. The compiler says E0277."));
    keys(&mut model, "x");
    assert!(!shown(&model).iter().any(|line| line.contains("Because")));
}

fn answers(model: &Model) -> Vec<Option<usize>> {
    bench(model).quiz.as_ref().expect("a quiz").answers.clone()
}

/// What the bar says that Enter does.
fn enter(model: &Model) -> &'static str {
    crate::app::update::hints(model)[0].title
}

/// The app started anew with what was recorded.
fn again(model: &Model, pack: Pack) -> Model {
    let mut anew = fixture::model(vec![pack], (80, 24));
    anew.record = model.record.clone();
    open(&mut anew, "layers");
    anew
}

#[test]
fn answers_are_there_again_when_the_app_is_started_again() {
    let (mut model, _) = quiz();
    plain(&mut model, Code::Right);
    let effects = keys(&mut model, "1");
    let answered = |effect: &Effect| {
        matches!(effect, Effect::SaveProgress(changes)
            if matches!(&changes[..], [Change::Answered { pack, exercise, option: 0, .. }] if pack == "small" && exercise == "layers"))
    };
    assert!(effects.iter().any(answered), "an answer is kept at once: {effects:?}");
    press(&mut model, &[Key::control('c')]);
    let model = again(&model, asks());
    assert_eq!(answers(&model), [None, Some(0)]);
    assert_eq!(bench(&model).quiz.as_ref().map(|quiz| quiz.question), Some(1), "where it was left");
    assert!(shown(&model).iter().any(|line| line == "Not so. The compiler says E0277."));
}

#[test]
fn an_answer_does_not_count_for_a_question_that_was_changed() {
    let (mut model, _) = quiz();
    keys(&mut model, "1");
    plain(&mut model, Code::Right);
    keys(&mut model, "1");
    let mut pack = asks();
    pack.exercises[0].questions.reverse();
    pack.exercises[0].questions[0].code = Some("fn main() { }\n".into());
    assert_eq!(answers(&again(&model, pack)), [None, Some(0)]);
}

#[test]
fn starting_over_is_undone() {
    let (mut model, _) = quiz();
    let effects = keys(&mut model, "x");
    assert_eq!(effects, [], "nothing was answered that could be forgotten");
    keys(&mut model, "1");
    let effects = keys(&mut model, "x");
    assert!(
        matches!(&effects[..], [Effect::SaveProgress(changes)] if matches!(changes[..], [Change::Reset { .. }]))
    );
    assert_eq!(answers(&model), [None, None]);
    let mut model = again(&model, asks());
    assert_eq!(answers(&model), [None, None]);
    keys(&mut model, "u");
    assert_eq!(answers(&model), [Some(0), None]);
    keys(&mut model, "u");
    assert!(model.notice.as_ref().is_some_and(|notice| notice.text.contains("nothing to bring back")));
}

#[test]
fn the_bar_says_where_enter_leads() {
    let (mut model, _) = quiz();
    assert_eq!(enter(&model), "answer");
    plain(&mut model, Code::Right);
    keys(&mut model, "2");
    assert_eq!(enter(&model), "unanswered question");
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).quiz.as_ref().map(|quiz| quiz.question), Some(0));
    keys(&mut model, "1");
    assert_eq!(enter(&model), "next question");
    plain(&mut model, Code::Enter);
    assert_eq!(enter(&model), "next exercise");
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).key.exercise, "shared-state");
}

#[test]
fn the_help_of_a_quiz_shows_what_works_there_and_nothing_else() {
    use crate::app::screen::overlay::help::{Entry, columns};

    let (model, _) = quiz();
    let entries = columns(&model).concat();
    let keys: Vec<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Keys(keys, about) => Some((keys.as_str(), *about)),
            Entry::Title(_) | Entry::Space => None,
        })
        .collect();
    let has = |keys: &[(&str, &str)], wanted: Command| keys.iter().any(|(_, about)| *about == wanted.help());
    for command in
        [Command::Answer, Command::Advance, Command::NextQuestion, Command::StartOver, Command::Restore]
    {
        assert!(has(&keys, command), "{command:?} is missing: {keys:?}");
    }
    for command in [Command::Run, Command::FocusEditor, Command::Hint, Command::ShowDiff, Command::Find] {
        assert!(!has(&keys, command), "{command:?} does nothing here: {keys:?}");
    }
}

#[test]
fn every_key_of_the_help_does_something_in_a_quiz() {
    for row in BINDINGS.iter().filter(|row| row.context == Context::Quiz) {
        let (mut model, _) = quiz();
        plain(&mut model, Code::Enter);
        press(&mut model, &[row.keys[0]]);
        let refused = model.notice.as_ref().is_some_and(|notice| notice.text.contains("a quiz has none"));
        assert!(!refused, "{:?} on {}", row.command, row.keys[0]);
    }
}

#[test]
fn what_means_nothing_in_a_quiz_says_so() {
    let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    for key in [Key::char('r'), Key::control('r'), Key::char('d'), Key::char('i'), Key::char('/')] {
        let (mut model, _) = quiz();
        assert_eq!(press(&mut model, &[key]), []);
        assert!(told(&model).contains("a quiz has none"), "{key}: {}", told(&model));
    }
    let (mut model, _) = quiz();
    keys(&mut model, "7");
    assert_eq!(told(&model), "there is no option 7; the last one is 2");
    keys(&mut model, "12");
    assert_eq!(told(&model), "this question is answered; x starts the quiz over");
}

#[test]
fn nothing_is_answered_unseen() {
    let (mut model, _) = quiz();
    let long = "fn main() {}\n".repeat(40);
    let mut pack = asks();
    pack.exercises[0].questions[0].code = Some(SharedText::from(long.as_str()));
    model.packs[0] = Arc::new(pack);
    model.workbench = None;
    open(&mut model, "layers");
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).quiz.as_ref().map(|quiz| quiz.answers.clone()), Some(vec![None, None]));
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).quiz.as_ref().map(|quiz| quiz.answers.clone()), Some(vec![Some(0), None]));
}

#[test]
fn nothing_is_answered_while_an_option_is_hidden() {
    let (mut model, _) = quiz();
    let height = usize::from(quiz_area(model.size).height);
    let before = shown(&model).iter().position(|line| line == "yes").expect("an option");
    // The first option stands in the last row.
    let mut pack = asks();
    let code = "fn main() {}\n".repeat(height - before);
    pack.exercises[0].questions[0].code = Some(SharedText::from(code.as_str()));
    model.packs[0] = Arc::new(pack);
    model.workbench = None;
    open(&mut model, "layers");
    let answers = |model: &Model| bench(model).quiz.as_ref().map(|quiz| (quiz.answers[0], quiz.scroll));
    assert_eq!(shown(&model).iter().position(|line| line == "yes"), Some(height - 1));
    plain(&mut model, Code::Enter);
    assert_eq!(answers(&model), Some((None, 1)), "the second is shown first");
    plain(&mut model, Code::Enter);
    assert_eq!(answers(&model).and_then(|(answer, _)| answer), Some(0));
}

#[test]
fn a_press_on_an_option_answers_and_esc_leads_back() {
    let (mut model, _) = quiz();
    let area = quiz_area(model.size);
    let row = shown(&model).iter().position(|line| line == "no").expect("an option") as u16;
    fixture::point(&mut model, MouseKind::Press, area.x + 8, area.y + row);
    assert!(shown(&model).iter().any(|line| line == "Not so."));
    plain(&mut model, Code::Esc);
    assert_eq!(model.screen, Screen::Library);
}

#[test]
fn no_key_and_no_size_make_a_quiz_panic() {
    let (mut model, _) = quiz();
    for size in [(40, 10), (200, 60)] {
        update(&mut model, Message::Input(crate::app::message::Input::Resize(size.0, size.1)));
        keys(&mut model, "jkhlgG 0987654321iretdopfEsBw.,]>");
        press(
            &mut model,
            &[Key::control('r'), Key::control('f'), Key::plain(Code::F(2)), Key::plain(Code::PageDown)],
        );
    }
}

#[test]
fn starting_over_is_offered_once_there_is_an_answer() {
    let (mut model, _) = quiz();
    let offered = |model: &Model| update::hints(model).iter().any(|hint| hint.command == Command::StartOver);
    assert!(!offered(&model));
    press(&mut model, &[Key::char('1')]);
    assert!(offered(&model));
}

#[test]
fn a_quiz_that_follows_an_exercise_ends_the_watch_of_its_files() {
    let mut model = fixture::model(vec![asks()], (80, 24));
    assert!(!open(&mut model, "layers").contains(&Effect::WatchFiles(None)), "nothing was watched");
    open(&mut model, "strategy");
    assert!(open(&mut model, "layers").contains(&Effect::WatchFiles(None)));
}

/// The quiz with another first question.
fn asking(change: impl Fn(&mut Question)) -> Model {
    let mut pack = asks();
    change(&mut pack.exercises[0].questions[0]);
    let mut model = fixture::model(vec![pack], (80, 24));
    open(&mut model, "layers");
    model
}

#[test]
fn a_number_answers_nothing_unseen() {
    let mut model = asking(|question| question.code = Some("fn main() {}\n".repeat(40).as_str().into()));
    keys(&mut model, "2");
    let quiz = bench(&model).quiz.as_ref().expect("a quiz");
    assert_eq!((quiz.answers[0], quiz.chosen), (None, 1), "the options are shown first, that one chosen");
    assert!(quiz.scroll > 0);
    keys(&mut model, "2");
    assert_eq!(answers(&model)[0], Some(1));
}

#[test]
fn options_of_several_lines_stand_apart() {
    let lines = |first: &str| {
        let model = asking(|question| {
            question.ask = Ask::Prints;
            question.options = vec![first.into(), "b".into()];
        });
        let shown = shown(&model);
        let at = shown.iter().position(|line| line == "a").expect("the first option");
        shown[at..].to_vec()
    };
    assert_eq!(lines("a"), ["a", "b"]);
    assert_eq!(lines("a\nmore"), ["a", "more", "", "b"]);
}

#[test]
fn esc_in_a_quiz_is_not_said_to_lead_to_panels() {
    use crate::app::screen::overlay::help::about;
    assert_eq!(about(Screen::Workbench, Context::Quiz, Command::Back), "Go back");
    assert!(about(Screen::Workbench, Context::Panels, Command::Back).contains("the panels"));
}
