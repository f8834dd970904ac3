//! Screens as text: what a person sees, at the sizes that matter.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use crate::app::Model;
use crate::app::editor::Editor;
use crate::app::fixture::{model, pack, press, small, with_map};
use crate::app::message::{
    FilesEvent, Input, JobEvent, JobId, KeptVersion, Message, Mouse, MouseKind, OpenedFile, PlayEvent,
};
use crate::app::model::Screen;
use crate::app::screen::library::{Panel, exercises, rows};
use crate::app::screen::{playground, workbench};
use crate::app::{Code, Effect, Key, update};
use crate::check::{Event, Outcome, TestResult};
use crate::pack::{Ask, Kind, Question};
use crate::progress::{Change, Place};
use crate::text::Role;
use crate::tui::theme::{Depth, Theme};
use crate::tui::view::{Cache, draw};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

/// The screen as text, without the white space at the ends of lines.
pub(crate) fn screen(model: &Model) -> String {
    let (width, height) = model.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    draw(model, Depth::True, &mut buffer, &mut Cache::default());
    let row = |y| -> String { (0..width).map(|x| buffer[(x, y)].symbol()).collect() };
    (0..height).map(|y| row(y).trim_end().to_owned() + "\n").collect()
}

fn learner(model: &mut Model) {
    let (pack, exercise) = ("small".to_owned(), "strategy".to_owned());
    let passing = Some(["regular".to_owned()].into());
    model.record(vec![
        Change::Checked { pack: pack.clone(), exercise, passed: false, passing, tests: 2 },
        Change::Checked {
            pack: pack.clone(),
            exercise: "layers".to_owned(),
            passed: true,
            passing: Some(["regular".to_owned(), "edge".to_owned()].into()),
            tests: 2,
        },
        Change::Spent { pack: pack.clone(), exercise: "layers".to_owned(), seconds: 2500 },
        Change::Visited(Place {
            pack,
            chapter: "service-layer".to_owned(),
            section: "strategy".to_owned(),
            exercise: Some("strategy".to_owned()),
            below: 0,
        }),
    ]);
}

#[test]
fn the_library_of_a_beginner() {
    insta::assert_snapshot!(screen(&model(vec![small()], (80, 24))));
}

#[test]
fn the_library_of_a_learner() {
    for size in SIZES {
        let mut model = model(vec![small(), pack("other", &[("漢字のタイトル", &["界"])])], size);
        learner(&mut model);
        press(&mut model, &[Key::char('j'), Key::char('j')]);
        insta::assert_snapshot!(format!("library {}x{}", size.0, size.1), screen(&model));
    }
}

#[test]
fn a_terminal_too_small_gets_a_polite_line_and_growing_brings_everything_back() {
    let mut model = model(vec![small()], (80, 24));
    let before = screen(&model);
    update(&mut model, Message::Input(Input::Resize(20, 5)));
    assert!(screen(&model).contains("Too small: 20x5"), "{}", screen(&model));
    for height in 1..10 {
        model.size = (20, height);
        assert!(screen(&model).contains("q leaves"), "{height}: {}", screen(&model));
    }
    update(&mut model, Message::Input(Input::Resize(80, 24)));
    assert_eq!(screen(&model), before);
}

#[test]
fn what_the_app_is_for_is_told_whole_or_not_at_all() {
    for width in 40..140 {
        let screen = screen(&model(vec![small()], (width, 24)));
        let told = screen.lines().nth(2).unwrap_or_default();
        assert!(!told.contains("read it") || told.ends_with("judged"), "{width}: {told}");
        assert!(!told.contains("read a") || told.ends_with("tests"), "{width}: {told}");
        assert!(width < 80 || told.contains("judged"), "{width}: {told}");
    }
}

#[test]
fn what_lies_beneath_an_overlay_steps_back() {
    for depth in [Depth::True, Depth::None] {
        let mut model = model(vec![small()], (120, 36));
        press(&mut model, &[Key::char('?')]);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        draw(&model, depth, &mut buffer, &mut Cache::default());
        let muted = Theme { light: false, depth }.style(Role::Muted);
        let chosen = &buffer[(1, 2)];
        assert_eq!((chosen.symbol(), chosen.bg), ("▸", Color::Reset));
        assert_eq!(chosen.fg, muted.fg.unwrap_or(Color::Reset));
        assert_eq!(chosen.modifier, muted.add_modifier);
    }
}

#[test]
fn a_theme_that_was_chosen_brings_its_background() {
    let unpainted = |model: &Model, depth| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        draw(model, depth, &mut buffer, &mut Cache::default());
        let left = |cell: &&ratatui::buffer::Cell| cell.fg == Color::Reset || cell.bg == Color::Reset;
        buffer.content.iter().filter(left).count()
    };
    let mut model = model(vec![small()], (120, 36));
    assert!(unpainted(&model, Depth::True) > 1_000, "what the terminal chose stays the terminal's");
    press(&mut model, &[Key::char('T')]);
    for keys in ["", "?", "/漢", "m"] {
        press(&mut model, &[Key::plain(Code::Esc)]);
        press(&mut model, &keys.chars().map(Key::char).collect::<Vec<_>>());
        for depth in [Depth::Sixteen, Depth::Palette, Depth::True] {
            assert_eq!(unpainted(&model, depth), 0, "{keys} at {depth:?}");
        }
    }
    update(&mut model, Message::Input(Input::Resize(30, 5)));
    assert_eq!(unpainted(&model, Depth::True), 0);
    assert!(unpainted(&model, Depth::None) > 1_000, "no colour is no colour");
}

#[test]
fn the_way_to_the_keys_is_told_on_a_terminal_of_80_columns() {
    let mut model = model(vec![small()], (80, 24));
    learner(&mut model);
    let bar = |model: &Model| screen(model).lines().last().unwrap_or_default().to_owned();
    let resume = bar(&model);
    assert!(
        resume.contains("? help") && resume.contains("q quit") && !resume.contains("continue"),
        "{resume}"
    );
    press(&mut model, &[Key::char('j')]);
    assert!(bar(&model).contains("c continue") && bar(&model).contains("? help"), "{}", bar(&model));
}

#[test]
fn plain_ascii_holds_for_keys_and_for_what_texts_are_drawn_with() {
    let mut model = model(vec![small()], (80, 24));
    model.look.ascii = true;
    let texts = |screen: &str| screen.is_ascii();
    assert!(texts(&screen(&model)), "{}", screen(&model));
    press(&mut model, &[Key::char('?'), Key::char('G')]);
    assert!(screen(&model).contains("j v") && texts(&screen(&model)), "{}", screen(&model));
    press(&mut model, &[Key::plain(Code::Esc), Key::control('p'), Key::char('s')]);
    assert!(texts(&screen(&model)), "{}", screen(&model));
}

#[test]
fn the_overlays() {
    for size in SIZES {
        let mut model = model(vec![small()], size);
        press(&mut model, &[Key::char('?')]);
        insta::assert_snapshot!(format!("help {}x{}", size.0, size.1), screen(&model));
        press(&mut model, &[Key::plain(Code::Esc), Key::control('p'), Key::char('s'), Key::char('t')]);
        insta::assert_snapshot!(format!("finder {}x{}", size.0, size.1), screen(&model));
    }
}

#[test]
fn the_map_of_the_patterns() {
    let map: &[(&str, &[usize])] = &[
        ("architecture#layers", &[]),
        ("architecture#shared-state", &[0]),
        ("service-layer#strategy", &[]),
        ("service-layer#command", &[0, 2]),
        ("service-layer#builder", &[]),
        ("testing#mocks", &[1, 3, 4]),
    ];
    for size in [(40, 10), (80, 24), (120, 36)] {
        for ascii in [false, true] {
            let mut model = model(vec![with_map(small(), map)], size);
            model.look.ascii = ascii;
            learner(&mut model);
            press(&mut model, &[Key::char('m'), Key::char('j')]);
            let twin = if ascii { " ascii" } else { "" };
            insta::assert_snapshot!(format!("map {}x{}{twin}", size.0, size.1), screen(&model));
        }
    }
}

fn any_input() -> impl Strategy<Value = Input> {
    let code = prop_oneof![
        8 => any::<char>().prop_map(Code::Char),
        8 => "[ -~]".prop_map(|c| Code::Char(c.chars().next().unwrap_or('a'))),
        8 => prop::sample::select(vec![
            Code::Enter, Code::Esc, Code::Tab, Code::Backspace, Code::Delete, Code::Insert, Code::Up, Code::Down,
            Code::Left, Code::Right, Code::Home, Code::End, Code::PageUp, Code::PageDown, Code::F(1), Code::F(5),
        ]),
    ];
    let modifiers = (prop::bool::weighted(0.2), prop::bool::weighted(0.05), prop::bool::weighted(0.1));
    let key = (code, modifiers)
        .prop_map(|(code, (control, alt, shift))| Input::Key(Key { code, control, alt, shift }));
    let kinds = vec![
        MouseKind::Press,
        MouseKind::DoublePress,
        MouseKind::Drag,
        MouseKind::Release,
        MouseKind::ScrollUp,
        MouseKind::ScrollDown,
    ];
    let mouse = (prop::sample::select(kinds), 0..210_u16, 0..70_u16, any::<bool>())
        .prop_map(|(kind, column, row, shift)| Input::Mouse(Mouse { kind, column, row, shift }));
    prop_oneof![
        12 => key,
        3 => mouse,
        1 => (1..210_u16, 1..70_u16).prop_map(|(width, height)| Input::Resize(width, height)),
        1 => any::<String>().prop_map(Input::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any input in any order at any size is survived, and what is drawn never leaves the screen.
    #[test]
    fn nothing_a_person_does_panics(inputs in prop::collection::vec(any_input(), 1..120)) {
        let chinese = pack("wide", &[("設計模式", &["策略", "🦀 crab"]), ("x".repeat(60).as_str(), &["y"])]);
        let small = with_map(small(), &[("service-layer#strategy", &[]), ("testing#mocks", &[0])]);
        let chinese = with_map(chinese, &[("設計模式#策略", &[])]);
        let mut model = model(vec![small, chinese, pack("empty", &[])], (80, 24));
        let mut cache = Cache::default();
        for input in inputs {
            let effects = update(&mut model, Message::Input(input));
            for answer in effects.iter().flat_map(answers) {
                update(&mut model, answer);
            }
            let (width, height) = model.size;
            draw(&model, Depth::Palette, &mut Buffer::empty(Rect::new(0, 0, width, height)), &mut cache);
            prop_assert_eq!(broken(&model), None);
        }
    }
}

/// What does not hold of the app although it always should.
fn broken(model: &Model) -> Option<&'static str> {
    let library = &model.library;
    let lost = match library.panel {
        Panel::Chapters => library.chosen >= rows(model).len(),
        Panel::Exercises { chosen, .. } => chosen >= exercises(model).len(),
    };
    let field = |editor: &Editor, listens: bool| editor.prompt.is_some() && !listens;
    let bench = model.workbench.as_ref();
    let play = model.playground.as_ref();
    let stray = bench.is_some_and(|bench| {
        let listens = |at: usize| bench.focus == workbench::Focus::Editor && at == bench.shown;
        bench.files.iter().enumerate().any(|(at, file)| field(&file.editor, listens(at)))
    });
    let scratch = play.is_some_and(|play| field(&play.editor, play.focus == playground::Focus::Editor));
    let elsewhere = bench.is_some_and(|bench| bench.key.pack != model.pack().id);
    let unread = model.reader.as_ref().is_some_and(|reader| reader.pack != model.pack().id);
    match model.screen {
        Screen::Library if lost => Some("the library has a row chosen that is not there"),
        Screen::Reader if unread => Some("the pack at hand is another than that of the chapter"),
        Screen::Workbench if elsewhere => Some("the pack at hand is another than that of the exercise"),
        _ if stray || scratch => Some("a field is open in an editor that does not listen"),
        _ => None,
    }
}

/// What the world answers to an effect, with text as nasty as a program may print.
fn answers(effect: &Effect) -> Vec<Message> {
    const NASTY: &str = "\u{1b}[31mred\u{1b}]0;x\u{7}\t漢字\u{202e}\r\n\u{0}👩‍👩‍👧 e\u{301}";
    let job = |id: &JobId, event| Message::Job(*id, event);
    match effect {
        Effect::OpenExercise(key) | Effect::ResetExercise(key) => vec![Message::Files(FilesEvent::Opened {
            pack: key.pack.clone(),
            exercise: key.exercise.clone(),
            files: vec![OpenedFile {
                path: "src/lib.rs".to_owned(),
                text: "fn a() {\n\tlet 漢 = \"👩‍👩‍👧\";\n}\n".repeat(5),
                editable: true,
            }],
            restorable: true,
        })],
        Effect::StartCheck { id, .. } => {
            let failed = TestResult {
                name: "regular".to_owned(),
                outcome: Outcome::Failed,
                ms: 3,
                output: NASTY.repeat(20),
                dropped: 7,
                difference: None,
                panicked_at: None,
                message: Some(NASTY.to_owned()),
            };
            [
                Event::Started { tests: vec!["regular".to_owned(), "edge".to_owned()] },
                Event::Building { unit: "x".to_owned(), done: 1, total: None },
                Event::TestStarted { name: "regular".to_owned() },
                Event::TestFinished(failed),
            ]
            .map(|event| job(id, JobEvent::Check(event)))
            .to_vec()
        }
        Effect::ListVersions(key) => vec![Message::Files(FilesEvent::Versions {
            key: key.clone(),
            kept: (0..9).map(|n| KeptVersion { at: n * 1_000, text: NASTY.repeat(n as usize * 5) }).collect(),
        })],
        Effect::StartPlay { id, .. } => vec![
            job(id, JobEvent::Play(PlayEvent::Started)),
            job(id, JobEvent::Play(PlayEvent::Printed(NASTY.repeat(50)))),
        ],
        Effect::Format { id, text } => vec![job(id, JobEvent::Formatted(Ok(text.to_uppercase())))],
        _ => Vec::new(),
    }
}

#[test]
fn the_library_says_where_the_answer_was_revealed() {
    let mut model = model(vec![small()], (200, 60));
    model.record(vec![Change::Revealed { pack: "small".to_owned(), exercise: "layers".to_owned() }]);
    let screen = screen(&model);
    assert!(screen.contains("answer revealed · easy"), "{screen}");
}

#[test]
fn the_library_tells_what_the_chosen_one_begins_with_where_there_is_room() {
    let mut pack = small();
    pack.chapters[0].source = "# Architecture\n\nWhat **each** part knows.\n\n## Layers\n".into();
    pack.exercises[0].steps[0].task = "word ".repeat(400);
    let told = |size, keys: &[Key]| {
        let mut model = model(vec![pack.clone()], size);
        press(&mut model, keys);
        screen(&model)
    };
    let down = [Key::char('j')];
    assert!(told((120, 36), &down).contains("\n   What each part knows.\n"), "{}", told((120, 36), &down));
    assert!(told((160, 36), &down).contains("What each part knows."));
    assert!(!told((80, 16), &down).contains("What each"), "no room");
    let chosen = [Key::char('j'), Key::plain(Code::Tab)];
    let cut = told((120, 36), &chosen);
    let lines: Vec<_> = cut.lines().filter(|line| line.contains("word word")).collect();
    assert!(lines.len() > 5 && lines.last().unwrap().ends_with("word…"), "{cut}");
}

#[test]
fn a_quiz_that_is_not_finished_has_not_passed() {
    let mut pack = small();
    let exercise = &mut pack.exercises[0];
    let question = Question {
        name: "question 1".to_owned(),
        ask: Ask::Choice,
        text: "Which?".to_owned(),
        code: None,
        options: vec!["this".to_owned(), "that".to_owned()],
        answer: 1,
        error: None,
        prints: None,
        explain: "Because.".to_owned(),
    };
    let another =
        Question { name: "question 2".to_owned(), text: "And which?".to_owned(), ..question.clone() };
    (exercise.kind, exercise.steps, exercise.questions) = (Kind::Quiz, Vec::new(), vec![question, another]);
    let mut model = model(vec![pack], (120, 36));
    workbench::open(&mut model, "layers");
    press(&mut model, &[Key::char('1'), Key::plain(Code::Esc)]);
    let continued =
        |model: &Model| screen(model).lines().find(|line| line.contains("Continue")).map(str::to_owned);
    let shown = continued(&model).unwrap_or_default();
    assert!(shown.contains("1 of 2 answered") && !shown.contains("passed"), "{shown}");
    workbench::open(&mut model, "layers");
    press(&mut model, &[Key::plain(Code::Enter), Key::char('2'), Key::plain(Code::Esc)]);
    let shown = continued(&model).unwrap_or_default();
    assert!(shown.contains("2 of 2 answered, 1 right"), "{shown}");
}

#[test]
fn what_is_being_done_leaves_room_for_keys_where_room_is_scarce() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &[Key::plain(Code::Tab), Key::plain(Code::Enter)]);
    let last = |model: &Model| screen(model).lines().last().unwrap_or_default().to_owned();
    assert!(last(&model).contains("? help") && last(&model).contains("preparing crates"), "{}", last(&model));
}
