//! What holds everywhere: the bottom line, the dependencies in the background, signals to end.

use std::time::Duration;

use super::{activity, next_tick, on_command, update};
use crate::app::editor::{Clip, Prompt};
use crate::app::fixture::{model, point, press, small};
use crate::app::message::{JobEvent, Message, MouseKind, Notice, NoticeLevel, WarmEvent};
use crate::app::model::{Model, Screen};
use crate::app::screen::overlay::Overlay;
use crate::app::{Code, Command, Effect, Key, bar};
use crate::pack::DependencySet;

fn open_an_exercise(model: &mut Model) -> Vec<Effect> {
    press(model, &[Key::plain(Code::Tab), Key::plain(Code::Enter)])
}

fn warmed(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::StartWarm { set, .. } => Some(set.as_str()),
        _ => None,
    })
}

fn warm_news(model: &mut Model, event: WarmEvent) {
    let id = model.warm.last().map(|warm| warm.id).expect("it is warming");
    update(model, Message::Job(id, JobEvent::Warm(event)));
}

#[test]
fn the_first_exercise_opened_makes_the_dependencies_ready_once() {
    let mut model = model(vec![small()], (100, 30));
    let effects = open_an_exercise(&mut model);
    assert_eq!((model.screen, warmed(&effects)), (Screen::Workbench, Some("service")));
    warm_news(&mut model, WarmEvent::Building { done: 3, total: Some(9) });
    assert_eq!(activity(&model).and_then(|activity| activity.share), Some((3, 9)));
    assert!(next_tick(&model).is_some(), "its clock runs");
    warm_news(&mut model, WarmEvent::Ready);
    assert_eq!(next_tick(&model), None, "an idle app sleeps");
    press(&mut model, &[Key::plain(Code::Esc); 2]);
    assert_eq!(warmed(&open_an_exercise(&mut model)), None);
}

#[test]
fn dependencies_that_could_not_be_made_ready_are_tried_again() {
    let mut model = model(vec![small()], (100, 30));
    open_an_exercise(&mut model);
    warm_news(&mut model, WarmEvent::Refused(Notice::new(NoticeLevel::Warning, "no network")));
    assert_eq!(model.notice.as_ref().map(|notice| notice.text.as_str()), Some("no network"));
    press(&mut model, &[Key::plain(Code::Esc); 2]);
    assert_eq!(warmed(&open_an_exercise(&mut model)), Some("service"));
}

#[test]
fn crates_that_are_asked_for_meanwhile_do_not_make_one_deaf_to_the_others() {
    let mut pack = small();
    let manifest = "[workspace.metadata.patterns-tui]\nopt-in = { minutes = 3, mib = 700 }\n";
    let set = DependencySet { manifest: manifest.into(), lock: "checksum = \"1\"\n".into() };
    pack.sets.insert("dear".to_owned(), set);
    "dear".clone_into(&mut pack.exercises[0].set);
    let mut model = model(vec![pack], (100, 30));
    assert_eq!(warmed(&open_an_exercise(&mut model)), Some("service"));
    let first = model.warm[0].id;
    let (pack, set) = ("small".to_owned(), "dear".to_owned());
    update(&mut model, Message::SetFound { pack, set, built: false });
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(warmed(&press(&mut model, &[Key::char('c')])), Some("dear"));
    let refused = WarmEvent::Refused(Notice::new(NoticeLevel::Warning, "no network"));
    update(&mut model, Message::Job(first, JobEvent::Warm(refused)));
    assert_eq!(model.notice.as_ref().map(|notice| notice.text.as_str()), Some("no network"));
    assert_eq!(model.warm.iter().map(|warm| warm.set.as_str()).collect::<Vec<_>>(), ["dear"]);
}

#[test]
fn exercises_without_dependencies_make_nothing_ready() {
    let mut pack = small();
    pack.exercises.iter_mut().for_each(|exercise| "none".clone_into(&mut exercise.set));
    let mut model = model(vec![pack], (100, 30));
    assert_eq!(warmed(&open_an_exercise(&mut model)), None);
}

#[test]
fn a_press_on_a_hint_does_what_its_key_does() {
    let mut model = model(vec![small()], (100, 30));
    let help = bar::place(&model, 100).into_iter().find(|placed| placed.hint.command == Command::Help);
    let help = help.expect("the help is in the bar");
    point(&mut model, MouseKind::Press, help.x + 1, 29);
    assert!(matches!(model.overlay, Some(Overlay::Help(_))));
}

#[test]
fn a_press_on_what_is_being_done_does_nothing() {
    let mut model = model(vec![small()], (80, 24));
    open_an_exercise(&mut model);
    press(&mut model, &[Key::plain(Code::Esc)]);
    for column in 79 - bar::doing(&model, 80).expect("crates are prepared").width..80 {
        assert!(point(&mut model, MouseKind::Press, column, 23).is_empty(), "at {column}");
        assert!(model.overlay.is_none() && model.screen == Screen::Library, "at {column}");
    }
}

#[test]
fn hints_that_do_not_fit_are_left_out_from_the_end() {
    let model = model(vec![small()], (100, 30));
    for width in 0..100 {
        let placed = bar::place(&model, width);
        assert!(placed.iter().all(|hint| hint.x + hint.width < width), "at {width}");
        assert!(width < 20 || placed[0].hint.command == Command::Open, "the primary action is first");
    }
}

#[test]
fn what_is_being_done_is_told_shorter_before_a_hint_is_lost() {
    let mut model = model(vec![small()], (100, 30));
    open_an_exercise(&mut model);
    let id = model.warm[0].id;
    for (screen, keys) in [("editor", ""), ("panels", "\u{1b}"), ("library", "\u{1b}"), ("reader", "\r")] {
        for c in keys.chars() {
            let code = if c == '\r' { Code::Enter } else { Code::Esc };
            press(&mut model, &[Key::plain(code)]);
        }
        for width in [80, 100] {
            model.size.0 = width;
            let placed =
                |model: &Model| bar::place(model, width).iter().map(|one| one.hint).collect::<Vec<_>>();
            let warm = std::mem::take(&mut model.warm);
            let alone = placed(&model);
            model.warm = warm;
            update(
                &mut model,
                Message::Job(id, JobEvent::Warm(WarmEvent::Building { done: 9, total: Some(210) })),
            );
            let beside = placed(&model);
            assert!(
                beside.iter().any(|hint| hint.command == Command::Help),
                "{screen} at {width}: {beside:?}"
            );
            let doing = bar::doing(&model, width).expect("there is room for a word of it");
            assert!(beside == alone || doing.what == "building 9/210 ", "{screen} at {width}: {doing:?}");
        }
    }
}

#[test]
fn the_help_is_the_last_hint_to_go_but_the_first() {
    let model = model(vec![small()], (100, 30));
    for width in 24..100 {
        let placed = bar::place(&model, width);
        let help = placed.iter().any(|one| one.hint.command == Command::Help);
        assert!(help, "at {width}: {placed:?}");
        assert!(placed.windows(2).all(|two| two[0].x + two[0].width + 3 == two[1].x), "at {width}");
    }
}

#[test]
fn the_terminals_word_on_its_background_does_not_override_the_persons() {
    let mut model = model(vec![small()], (100, 30));
    update(&mut model, Message::Background { light: true });
    assert!(model.look.light);
    on_command(&mut model, Command::ToggleTheme);
    update(&mut model, Message::Background { light: true });
    assert!(!model.look.light);
}

#[test]
fn a_terminal_that_is_too_small_takes_no_key_but_those_that_leave() {
    let mut model = model(vec![small()], (10, 5));
    assert!(press(&mut model, &[Key::char('p'), Key::char('?')]).is_empty());
    assert!(model.overlay.is_none() && model.screen == Screen::Library);
    assert!(press(&mut model, &[Key::char('q')]).contains(&Effect::Quit));
    assert!(press(&mut model, &[Key::control('c')]).contains(&Effect::Quit));
}

#[test]
fn time_is_taken_from_ticks() {
    let mut model = model(vec![small()], (100, 30));
    update(&mut model, Message::Tick(Duration::from_secs(5)));
    assert_eq!(model.now, Duration::from_secs(5));
}

#[test]
fn a_message_that_is_cut_is_shown_in_full_on_a_key() {
    let mut model = model(vec![small()], (60, 24));
    let details = vec!["the reason, told at some length".to_owned(), "make room on the disk".to_owned()];
    let notice = Notice { details, ..Notice::new(NoticeLevel::Error, "it could not be written") };
    update(&mut model, Message::Noted(notice.clone()));
    assert!(bar::told(&notice, &model, 60).cut);
    assert!(!bar::told(&notice, &model, 120).cut, "there is room for all of it");
    press(&mut model, &[Key::plain(Code::F(9))]);
    let Some(Overlay::Told(told)) = &model.overlay else { panic!("{:?}", model.overlay) };
    let text = crate::app::screen::overlay::told::lines(told, 40);
    assert!(text.iter().any(|line| line.text() == "make room on the disk"), "{text:?}");
    press(&mut model, &[Key::plain(Code::Esc), Key::char('j'), Key::char('!')]);
    assert!(matches!(model.overlay, Some(Overlay::Told(_))), "it can be read again");
}

#[test]
fn a_press_puts_a_message_aside_as_a_key_does() {
    let mut model = model(vec![small()], (100, 30));
    model.note(NoticeLevel::Info, "told");
    point(&mut model, MouseKind::ScrollDown, 10, 3);
    assert!(model.notice.is_some(), "who only looks on may not have read it");
    point(&mut model, MouseKind::Press, 10, 3);
    assert_eq!((model.notice, model.told.map(|told| told.text)), (None, Some("told".to_owned())));
}

#[test]
fn what_was_copied_is_pasted_into_every_field() {
    let copied = |screen: &str| {
        let mut model = model(vec![small()], (100, 30));
        model.clip = Clip { text: "mocks\n".to_owned(), lines: true };
        press(&mut model, &screen.chars().map(Key::char).collect::<Vec<_>>());
        press(&mut model, &[Key::control('f'), Key::control('v')]);
        model
    };
    match &copied("").overlay {
        Some(Overlay::Finder(finder)) => assert_eq!(finder.query.trim(), "mocks"),
        other => panic!("{other:?}"),
    }
    let play = copied("p").playground.expect("the playground is open");
    assert_eq!(play.editor.prompt.as_ref().map(Prompt::input), Some("mocks"));
    let mut reading = copied("");
    reading.overlay = None;
    crate::app::screen::reader::open(&mut reading, "testing", None);
    press(&mut reading, &[Key::char('/'), Key::control('v')]);
    let search = reading.reader.and_then(|reader| reader.search);
    assert_eq!(search.map(|search| search.query).as_deref(), Some("mocks"));
}

#[test]
fn a_message_takes_the_room_of_what_is_done_in_the_background_while_it_stands() {
    let mut model = model(vec![small()], (80, 24));
    open_an_exercise(&mut model);
    warm_news(&mut model, WarmEvent::Building { done: 107, total: Some(210) });
    assert!(bar::doing(&model, 80).is_some());
    let long = "neither the compiler nor a failed test names a place in these files";
    model.note(NoticeLevel::Info, long);
    let told = bar::told(model.notice.as_ref().unwrap(), &model, 80);
    assert!(!told.cut && bar::doing(&model, 80).is_none(), "{told:?}");
    model.note(NoticeLevel::Info, "everything is saved");
    assert!(bar::doing(&model, 80).is_some(), "beside a short one there is room for both");
    model.notice = None;
    assert!(bar::doing(&model, 80).is_some());
}
