//! The workbench as text, at the sizes that matter.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use crate::app::effect::{ExerciseKey, TextKey};
use crate::app::fixture::{model, press, small};
use crate::app::message::{FilesEvent, Input, JobEvent, JobId, KeptVersion, Message, OpenedFile};
use crate::app::screen::workbench::{Focus, Layout, open};
use crate::app::{Code, Effect, Key, Model, update};
use crate::cargo::{Diagnostic, Level, SourceSpan};
use crate::check::event::{Difference, Place};
use crate::check::{Cause, Event, Outcome, Report, TestResult, Verdict};
use crate::tui::theme::Depth;
use crate::tui::view::tests::screen;
use crate::tui::view::{Cache, draw};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

const TEXT: &str = "/// Prices.\npub fn price(quantity: u32) -> u32 {\n    if quantity > 10 {\n\t\t9 * quantity\n    } else {\n        \
                    10 * quantity // 漢字 👩‍👩‍👧\n    }\n}\n";

fn opened(size: (u16, u16)) -> Model {
    let mut model = model(vec![small()], size);
    open(&mut model, "strategy");
    let file =
        |path: &str, text: &str, editable| OpenedFile { path: path.into(), text: text.into(), editable };
    let files = vec![file("src/lib.rs", TEXT, true), file("tests/strategy.rs", "fn edge() {}\n", false)];
    let (pack, exercise) = ("small".into(), "strategy".into());
    update(&mut model, Message::Files(FilesEvent::Opened { pack, exercise, files, restorable: false }));
    if model.workbench.as_ref().is_some_and(|bench| bench.focus == Focus::Editor) {
        press(&mut model, &[Key::plain(Code::Esc), Key::plain(Code::Tab)]);
    }
    model
}

fn start(model: &mut Model) -> JobId {
    match press(model, &[Key::control('r')]).last() {
        Some(Effect::StartCheck { id, .. }) => *id,
        other => panic!("{other:?}"),
    }
}

fn result(name: &str, outcome: Outcome) -> TestResult {
    TestResult {
        name: name.into(),
        outcome,
        ms: 2,
        output: String::new(),
        dropped: 0,
        difference: (outcome == Outcome::Failed)
            .then(|| Difference { actual: "100.0".into(), expected: "90.0".into() }),
        panicked_at: None,
        message: None,
    }
}

fn finish(model: &mut Model, id: JobId, cause: Cause, tests: [Outcome; 2], diagnostics: Vec<Diagnostic>) {
    update(model, Message::Tick(Duration::from_millis(310)));
    let tests = vec![result("regular", tests[0]), result("edge", tests[1])];
    let report = Report { tests, diagnostics, ..judged(cause) };
    update(model, Message::Job(id, JobEvent::Check(Event::Finished(Box::new(report)))));
}

/// In the second step a `todo!` stands.
fn unwritten() -> TestResult {
    let message = Some("not yet implemented".into());
    TestResult { difference: None, message, ..result("edge", Outcome::Failed) }
}

fn finish_first(model: &mut Model, id: JobId) {
    update(model, Message::Tick(Duration::from_millis(310)));
    let report =
        Report { tests: vec![result("regular", Outcome::Passed), unwritten()], ..judged(Cause::TestsFailed) };
    update(model, Message::Job(id, JobEvent::Check(Event::Finished(Box::new(report)))));
}

fn judged(cause: Cause) -> Report {
    let verdict = if cause == Cause::NoLinker { Verdict::Unjudged } else { Verdict::Failed };
    Report {
        pack: "small".into(),
        exercise: "strategy".into(),
        verdict,
        cause: Some(cause),
        explanation: Some("No linker was found: install a C compiler.".into()),
        tests: Vec::new(),
        diagnostics: Vec::new(),
        build_ms: 200,
        run_ms: 4,
    }
}

fn mistake() -> Diagnostic {
    let span = SourceSpan {
        file: "src/lib.rs".into(),
        line_start: 3,
        line_end: 3,
        column_start: 8,
        column_end: 16,
        primary: true,
        label: None,
    };
    Diagnostic {
        level: Level::Error,
        code: Some("E0425".into()),
        message: "cannot find value `quantity` in this scope".into(),
        rendered: "\x1b[1merror\x1b[0m: cannot find value `quantity`\n --> src/lib.rs:3:8\n".into(),
        explanation: None,
        spans: vec![span],
        suggestions: Vec::new(),
    }
}

#[test]
fn a_failed_test() {
    for size in SIZES {
        let mut model = opened(size);
        let id = start(&mut model);
        finish_first(&mut model, id);
        insta::assert_snapshot!(format!("step done {}x{}", size.0, size.1), screen(&model));
        let id = start(&mut model);
        finish(&mut model, id, Cause::TestsFailed, [Outcome::Passed, Outcome::Failed], Vec::new());
        insta::assert_snapshot!(format!("failed {}x{}", size.0, size.1), screen(&model));
    }
}

#[test]
fn the_versions_of_a_file() {
    for size in [(40, 10), (80, 24), (120, 36)] {
        let mut model = opened(size);
        model.started_at = 1_000_000;
        press(&mut model, &[Key::char('v')]);
        let text = |n: u64| {
            TEXT.replace("> 10", &format!(">= {n}")).replace("    } else", "    } // 漢字\n    else")
        };
        let kept = (0..30).map(|n| KeptVersion { at: 1_000_000 - n * 4_000, text: text(n) }).collect();
        let exercise = ExerciseKey { pack: "small".into(), exercise: "strategy".into() };
        let key = TextKey::File { exercise, path: "src/lib.rs".into() };
        update(&mut model, Message::Files(FilesEvent::Versions { key, kept }));
        press(&mut model, &[Key::char('j')]);
        insta::assert_snapshot!(format!("versions {}x{}", size.0, size.1), screen(&model));
    }
}

#[test]
fn a_mistake_stands_in_its_line() {
    for size in SIZES {
        let mut model = opened(size);
        press(&mut model, &[Key::char('i')]);
        let id = start(&mut model);
        finish(&mut model, id, Cause::DidNotCompile, [Outcome::NotRun; 2], vec![mistake()]);
        insta::assert_snapshot!(format!("mistake {}x{}", size.0, size.1), screen(&model));
    }
}

/// A frame without colour, as its signs and their attributes.
fn without_colour(model: &Model) -> String {
    let (width, height) = model.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    draw(model, Depth::None, &mut buffer, &mut Cache::default());
    let row = |y| -> String { (0..width).map(|x| buffer[(x, y)].symbol()).collect() };
    (0..height).map(|y| row(y) + "\n").collect()
}

#[test]
fn what_listens_and_what_is_chosen_is_told_without_colour() {
    let mut model = opened((120, 36));
    assert!(without_colour(&model).contains("\n▸ The regular case"), "{}", without_colour(&model));
    press(&mut model, &[Key::char('i')]);
    let editing = without_colour(&model);
    assert!(!editing.contains("▸ Tests") && !editing.contains("▸ The"), "{editing}");
    press(&mut model, &[Key::plain(Code::Esc), Key::char('j')]);
    let list = without_colour(&model);
    assert!(list.contains("▸ Tests 0/2") && list.contains("▸ ○ 2  edge"), "{list}");
    let id = start(&mut model);
    finish(&mut model, id, Cause::DidNotCompile, [Outcome::NotRun; 2], vec![mistake()]);
    press(&mut model, &[Key::char('p')]);
    let problems = without_colour(&model);
    assert!(problems.contains("▸ Problems 1") && problems.contains("▸ ✗ E0425"), "{problems}");
}

#[test]
fn what_was_expected_is_seen_of_a_long_reason() {
    let mut model = opened((80, 24));
    let id = start(&mut model);
    let said = "ten units at 10.0 reach the threshold of 10 and are 10 % cheaper: expected 90, got 100";
    let long = TestResult { difference: None, message: Some(said.into()), ..result("edge", Outcome::Failed) };
    let tests = vec![result("regular", Outcome::Passed), long];
    let report = Report { tests, ..judged(Cause::TestsFailed) };
    update(&mut model, Message::Job(id, JobEvent::Check(Event::Finished(Box::new(report.clone())))));
    let id = start(&mut model);
    update(&mut model, Message::Job(id, JobEvent::Check(Event::Finished(Box::new(report)))));
    let screen = screen(&model);
    assert!(
        screen.contains("ten units at 10.0 reach") && screen.contains("… expected 90, got 100"),
        "{screen}"
    );
}

#[test]
fn what_stands_beside_a_test_is_whole_in_narrow_windows() {
    for width in [40, 60, 72, 80] {
        let mut model = opened((width, 16));
        let id = start(&mut model);
        finish_first(&mut model, id);
        assert!(screen(&model).contains("still todo!()"), "{width}: {}", screen(&model));
    }
}

#[test]
fn a_lint_is_told_by_its_message_alone() {
    let mut model = opened((80, 24));
    let id = start(&mut model);
    let lint = Diagnostic {
        level: Level::Warning,
        code: Some("unused_variables".into()),
        message: "unused variable: `rate`".into(),
        ..mistake()
    };
    finish(&mut model, id, Cause::DidNotCompile, [Outcome::NotRun; 2], vec![mistake(), lint]);
    let screen = screen(&model);
    assert!(screen.contains("▲ unused variable: `rate`"), "{screen}");
    assert!(screen.contains("✗ E0425 cannot find"), "{screen}");
}

#[test]
fn the_way_to_the_keys_is_told_in_the_editor_of_80_columns() {
    let mut model = opened((80, 24));
    press(&mut model, &[Key::char('i')]);
    let id = start(&mut model);
    assert!(screen(&model).contains("F1 help"), "{}", screen(&model));
    finish(&mut model, id, Cause::DidNotCompile, [Outcome::NotRun; 2], vec![mistake()]);
    assert!(screen(&model).contains("F1 help"), "{}", screen(&model));
}

#[test]
fn a_run_says_what_it_does() {
    let mut model = opened((100, 24));
    let id = start(&mut model);
    update(&mut model, Message::Tick(Duration::from_millis(400)));
    let building = Event::Building { unit: "strategy".into(), done: 0, total: Some(1) };
    update(&mut model, Message::Job(id, JobEvent::Check(building)));
    assert!(screen(&model).contains("compiling strategy… 0.4 s"), "{}", screen(&model));
}

#[test]
fn what_could_not_be_judged_says_why() {
    let mut model = opened((100, 24));
    let id = start(&mut model);
    finish(&mut model, id, Cause::NoLinker, [Outcome::NotRun; 2], Vec::new());
    let screen = screen(&model);
    assert!(screen.contains("not judged") && screen.contains("install a C compiler"), "{screen}");
}

#[test]
fn what_is_skipped_says_what_it_needs() {
    for size in SIZES {
        let mut model = opened(size);
        let id = start(&mut model);
        let skipped = TestResult {
            message: Some("needs a server: DATABASE_URL is not set\ndocker run postgres".into()),
            ..result("edge", Outcome::Skipped)
        };
        let tests = vec![result("regular", Outcome::Passed), skipped];
        let report = Report { tests, verdict: Verdict::Passed, cause: None, ..judged(Cause::TestsFailed) };
        update(&mut model, Message::Job(id, JobEvent::Check(Event::Finished(Box::new(report)))));
        assert!(
            screen(&model).contains(if size.0 > 80 { "skipped   needs a server" } else { "skipped" }),
            "{}",
            screen(&model)
        );
        assert!(screen(&model).contains("Passed; 1 skipped"), "{}", screen(&model));
        press(&mut model, &[Key::char('o')]);
        assert!(screen(&model).contains("docker run postgres"), "{}", screen(&model));
    }
}

#[test]
fn the_field_for_finding_says_how_many_there_are() {
    let mut model = opened((100, 24));
    press(&mut model, &[Key::char('/')]);
    press(&mut model, &"quantity".chars().map(Key::char).collect::<Vec<_>>());
    assert!(screen(&model).contains("Find quantity   1 of 4"), "{}", screen(&model));
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert!(!screen(&model).contains("Find"));
}

#[test]
fn what_the_find_field_offers_looks_selected_until_something_is_typed() {
    let mut model = opened((100, 24));
    press(&mut model, &[Key::char('/')]);
    press(&mut model, &"quantity".chars().map(Key::char).collect::<Vec<_>>());
    press(&mut model, &[Key::plain(Code::Enter), Key::control('f')]);
    let marked = |model: &Model| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 24));
        draw(model, Depth::True, &mut buffer, &mut Cache::default());
        let field = Layout::of(model.size, model.workbench.as_ref().expect("it is open")).prompt;
        let marked = (field.x..field.right()).filter(|x| buffer[(*x, field.y)].bg != Color::Reset);
        marked.map(|x| buffer[(x, field.y)].symbol().to_owned()).collect::<String>()
    };
    assert_eq!(marked(&model), "quantity");
    press(&mut model, &[Key::char('u')]);
    assert_eq!(marked(&model), "");
}

#[test]
fn no_size_makes_it_panic() {
    let mut model = opened((80, 24));
    let id = start(&mut model);
    finish(&mut model, id, Cause::DidNotCompile, [Outcome::NotRun; 2], vec![mistake()]);
    for (focus, tab) in ["i", ""].iter().flat_map(|focus| ["t", "p", "o", "d", "h"].map(|tab| (focus, tab))) {
        for (width, height) in [(40, 10), (41, 11), (60, 10), (99, 24), (100, 10), (140, 12), (250, 70)] {
            update(&mut model, Message::Input(Input::Resize(width, height)));
            press(&mut model, &tab.chars().map(Key::char).collect::<Vec<_>>());
            press(&mut model, &focus.chars().map(Key::char).collect::<Vec<_>>());
            screen(&model);
            press(&mut model, &[Key::control('g')]);
            screen(&model);
            press(&mut model, &[Key::plain(Code::Esc), Key::plain(Code::Tab)]);
        }
    }
}

#[test]
fn an_open_exercise_is_drawn_in_the_smallest_windows() {
    for size in [(200, 4), (20, 5), (10, 3), (1, 1), (100, 1), (0, 0)] {
        let mut model = opened((120, 36));
        let id = start(&mut model);
        finish(&mut model, id, Cause::TestsFailed, [Outcome::Passed, Outcome::Failed], vec![mistake()]);
        for tab in ["t", "p", "o", "d", "i"] {
            update(&mut model, Message::Input(Input::Key(Key::char(tab.chars().next().unwrap_or('t')))));
            update(&mut model, Message::Input(Input::Resize(size.0, size.1)));
            screen(&model);
        }
    }
}

#[test]
fn what_is_remembered_is_what_would_be_drawn() {
    let mut model = opened((120, 36));
    let mut cache = Cache::default();
    let mut frame = |model: &Model| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        draw(model, Depth::True, &mut buffer, &mut cache);
        let row = |y| -> String { (0..120).map(|x| buffer[(x, y)].symbol()).collect() };
        (0..36).map(|y| row(y).trim_end().to_owned() + "\n").collect::<String>()
    };
    frame(&model);
    let id = start(&mut model);
    finish(&mut model, id, Cause::TestsFailed, [Outcome::Passed, Outcome::Failed], Vec::new());
    for keys in ["o", "h", "t", "d", "R", "y", "ix", "z"] {
        press(&mut model, &keys.chars().map(Key::char).collect::<Vec<_>>());
        assert_eq!(frame(&model), screen(&model), "after {keys}");
    }
    open(&mut model, "command");
    assert_eq!(frame(&model), screen(&model));
}

#[test]
fn a_long_line_with_a_match_at_every_letter_is_drawn_in_time() {
    let mut model = opened((120, 36));
    press(&mut model, &[Key::char('i')]);
    update(&mut model, Message::Input(Input::Paste("x".repeat(100_000))));
    press(&mut model, &[Key::control('f'), Key::char('x')]);
    let start = Instant::now();
    screen(&model);
    // Milliseconds; it took minutes to look at all of them.
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn why_a_test_failed_stands_once_on_the_screen() {
    for width in [40, 80, 120, 160, 200] {
        let mut model = opened((width, 36));
        for _ in 0..2 {
            let id = start(&mut model);
            finish(&mut model, id, Cause::TestsFailed, [Outcome::Passed, Outcome::Failed], Vec::new());
        }
        let shown = screen(&model);
        assert_eq!(shown.matches("expected 90.0").count(), 1, "{width}: {shown}");
    }
}

#[test]
fn where_its_row_says_why_a_test_failed_the_line_above_says_where() {
    let mut model = opened((160, 36));
    let failed = TestResult {
        panicked_at: Some(Place { file: "src/lib.rs".into(), line: 3, column: 8 }),
        ..result("regular", Outcome::Failed)
    };
    let id = start(&mut model);
    let report = Report { tests: vec![failed, unwritten()], ..judged(Cause::TestsFailed) };
    update(&mut model, Message::Job(id, JobEvent::Check(Event::Finished(Box::new(report)))));
    assert!(screen(&model).contains("regular failed at src/lib.rs:3"), "{}", screen(&model));
    press(&mut model, &[Key::char('j')]);
    assert!(screen(&model).contains("not yet implemented"), "its row does not say it itself");
}
