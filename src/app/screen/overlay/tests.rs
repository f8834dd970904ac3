//! Overlays by keys and mouse.

use super::finder::{Kind, Target};
use super::help::{Entry, entries, widths};
use super::{Confirm, Overlay, area, ask};
use crate::app::fixture::{model, pack, point, press, small};
use crate::app::keymap::Context;
use crate::app::message::{Input, Message, MouseKind, Notice, NoticeLevel};
use crate::app::model::{Model, Screen};
use crate::app::{Code, Command, Effect, Key, update};
use crate::pack::{Claim, Listing, Pack};

const ESC: Key = Key::plain(Code::Esc);

fn typed(text: &str) -> Vec<Key> {
    text.chars().map(Key::char).collect()
}

fn best(model: &Model) -> Option<&Target> {
    let Some(Overlay::Finder(finder)) = &model.overlay else { return None };
    finder.found.first().map(|at| &finder.items[*at].target)
}

#[test]
fn help_opens_scrolls_and_closes() {
    let mut model = model(vec![small()], (80, 12));
    press(&mut model, &typed("?"));
    assert!(matches!(model.overlay, Some(Overlay::Help(_))));
    press(&mut model, &typed("jjG"));
    let Some(Overlay::Help(help)) = &model.overlay else { panic!("the help is open") };
    assert!(help.scroll > 2);
    press(&mut model, &[ESC]);
    assert!(model.overlay.is_none());
}

#[test]
fn the_help_of_a_screen_leaves_out_keys_that_mean_something_else_there() {
    let shown = entries(Screen::Workbench, Context::Panels);
    let left = shown.iter().find(|entry| matches!(entry, Entry::Keys(_, about) if about.contains("left")));
    assert_eq!(
        left,
        Some(&Entry::Keys("←".to_owned(), Command::Left.help())),
        "h shows hints in the workbench"
    );
}

#[test]
fn the_help_of_the_playground_tells_of_programs() {
    let shown = entries(Screen::Playground, Context::Editor);
    let tells = |wanted: &str| {
        shown.iter().any(|entry| matches!(entry, Entry::Keys(_, about) if about.contains(wanted)))
    };
    assert!(tells("run the program") && tells("standard input") && !tells("hint") && !tells("judge"));
}

#[test]
fn the_help_of_an_editor_lists_the_keys_that_it_answers_itself() {
    for (screen, context, listed) in [
        (Screen::Workbench, Context::Editor, true),
        (Screen::Playground, Context::Editor, true),
        (Screen::Workbench, Context::Panels, false),
    ] {
        let shown = entries(screen, context);
        let by_word = shown.contains(&Entry::Keys("Ctrl-← Ctrl-→".to_owned(), "Move by word"));
        assert_eq!(by_word, listed, "{screen:?} {context:?}");
    }
}

#[test]
fn no_text_of_the_help_is_cut_on_a_terminal_of_80_columns() {
    use Context::{Editor, Library, Panels, Playground, Quiz, Reader};
    for context in [Library, Reader, Panels, Quiz, Playground, Editor] {
        let (keys, about) = widths(&entries(Screen::Workbench, context));
        assert!(keys + about <= 74, "{context:?}: {keys} and {about}");
    }
}

#[test]
fn the_finder_forgives_a_typo_and_finds_commands() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &[Key::control('p')]);
    press(&mut model, &typed("biulder"));
    assert!(
        matches!(best(&model), Some(Target::Section { anchor: Some(anchor), .. }) if anchor == "builder")
    );
    press(&mut model, &[Key::control('u')]);
    press(&mut model, &typed("leave patterns"));
    assert_eq!(best(&model), Some(&Target::Command(Command::Quit)));
    assert_eq!(press(&mut model, &[Key::plain(Code::Enter)]), [Effect::Quit]);
}

#[test]
fn the_finder_forgives_one_slip_in_a_word_but_does_not_gather_its_letters() {
    let mut pack = small();
    let names =
        ["domain_object_creator.rs", "data_object_can_stop_order.rs", "docker_compose_reads_actor.rs"];
    pack.chapters[0].listings = names.map(listing).into();
    let mut model = model(vec![pack], (80, 24));
    press(&mut model, &[Key::control('p')]);
    let mut found = |query: &str| {
        press(&mut model, &[Key::control('u')]);
        press(&mut model, &typed(query));
        let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
        finder.found.iter().filter(|at| finder.items[**at].kind != Kind::Text).count()
    };
    assert_eq!(found("doctor"), 0);
    for slip in ["biulder", "bulder", "buiilder", "buolder", "buildre", "bilde", "strateyg patt"] {
        assert!(found(slip) > 0 || slip.contains(' '), "{slip}");
    }
    assert_eq!(found("doker"), 1);
}

#[test]
fn the_finder_takes_what_is_called_nothing_for_an_abbreviation() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &[Key::control('p')]);
    let mut found = |query: &str| {
        press(&mut model, &[Key::control('u')]);
        press(&mut model, &typed(query));
        let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
        let first = finder.found.first().map(|at| &finder.items[*at]);
        first.filter(|item| item.kind != Kind::Text).map(|item| item.title.to_lowercase())
    };
    for abbreviation in ["bldr", "bdr", "b lder"] {
        assert!(found(abbreviation).is_some_and(|title| title.contains("builder")), "{abbreviation}");
    }
    assert_eq!(found("uilr"), None, "it begins as the word does");
    assert_eq!(found("bldrx"), None);
}

#[test]
fn a_listing_is_found_by_its_id_though_it_is_shown_as_a_file() {
    let mut pack = small();
    pack.chapters[0].listings = vec![Listing { file: Some("pricing.rs".into()), ..listing("pricing-trait") }];
    let mut model = model(vec![pack], (80, 24));
    press(&mut model, &[Key::control('p')]);
    press(&mut model, &typed("pricing-trait"));
    assert!(matches!(best(&model), Some(Target::Listing { listing, .. }) if listing == "pricing-trait"));
}

/// The small pack with listings whose names begin like the exercise `builder`'s, and many that only resemble it.
fn with_listings() -> Pack {
    let mut pack = small();
    let files =
        (1..20).map(|at| format!("builder-{at}")).chain((1..20).map(|at| format!("bid_loader_{at}.rs")));
    pack.chapters[0].listings = files.map(|file| listing(&file)).collect();
    pack
}

fn listing(id: &str) -> Listing {
    Listing {
        id: id.to_owned(),
        language: "rust".to_owned(),
        file: None,
        claim: Claim::Compiles,
        run: false,
        set: "none".to_owned(),
        code: String::new(),
        section: "layers".to_owned(),
        body: 0..0,
    }
}

#[test]
fn an_exact_name_comes_first_and_what_only_resembles_it_is_not_listed() {
    let mut model = model(vec![with_listings()], (80, 24));
    press(&mut model, &[Key::control('p')]);
    press(&mut model, &typed("builder"));
    let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
    let kinds: Vec<_> = finder.found.iter().map(|at| finder.items[*at].kind).collect();
    let is_listing = |kind: &Kind| *kind == Kind::Listing;
    assert_eq!(kinds[..2], [Kind::Section, Kind::Exercise]);
    assert_eq!(kinds.iter().position(is_listing), Some(2));
    assert_eq!(kinds[2 + 19..], [Kind::Text], "nothing that only resembles it");
}

#[test]
fn an_exercise_is_found_by_its_id_before_listings_that_begin_so() {
    let mut pack = pack("one", &[("First", &["Service layer"])]);
    pack.exercises[0].title = "Draw the line".to_owned();
    pack.chapters[0].listings = (1..20).map(|at| listing(&format!("service-layer-{at}"))).collect();
    let mut model = model(vec![pack], (80, 24));
    press(&mut model, &[Key::control('p')]);
    press(&mut model, &typed("service-layer"));
    assert!(matches!(best(&model), Some(Target::Exercise { .. })), "{:?}", best(&model));
}

#[test]
fn nothing_found_keeps_the_finder_open() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &typed("/zqzqzqzq"));
    press(&mut model, &[Key::plain(Code::Enter)]);
    assert_eq!(model.notice.as_ref().unwrap().text, "“zqzqzqzq” is in no chapter of this pack");
    press(&mut model, &[Key::plain(Code::Down), Key::plain(Code::End)]);
    assert!(matches!(&model.overlay, Some(Overlay::Finder(finder)) if finder.query == "zqzqzqzq"));
    press(&mut model, &[Key::control('u')]);
    press(&mut model, &typed("zq"));
    press(&mut model, &[Key::plain(Code::Enter)]);
    assert!(matches!(&model.overlay, Some(Overlay::Finder(finder)) if finder.found.is_empty()));
}

#[test]
fn what_the_chapters_say_comes_before_names_that_only_resemble_it() {
    let mut pack = small();
    pack.chapters[0].source = format!("{}\nThe guilder is money.\n", pack.chapters[0].source).into();
    let mut model = model(vec![pack], (80, 24));
    press(&mut model, &typed("/guilder"));
    assert_eq!(best(&model), Some(&Target::Text("guilder".into())));
    press(&mut model, &[Key::control('u')]);
    press(&mut model, &typed("muilder"));
    assert!(matches!(best(&model), Some(Target::Section { .. })), "{:?}", best(&model));
}

#[test]
fn a_text_is_found_in_what_the_chapters_say() {
    let mut pack = pack("one", &[("First", &["Layers"]), ("Second", &["Errors"])]);
    let source = format!("{}\nThe zenith of a *very* long day.\n", pack.chapters[1].source);
    pack.chapters[1].source = source.into();
    let mut model = model(vec![pack], (80, 24));
    press(&mut model, &typed("/a very long"));
    assert_eq!(best(&model), Some(&Target::Text("a very long".into())));
    press(&mut model, &[Key::plain(Code::Enter)]);
    let reader = model.reader.as_ref().unwrap();
    assert_eq!((reader.chapter.as_str(), model.screen), ("second", Screen::Reader));
    let found = reader.search.as_ref().map(|search| (search.query.as_str(), search.matches.len()));
    assert_eq!(found, Some(("a very long", 1)));
}

#[test]
fn a_huge_paste_into_the_finder_is_cut() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &typed("/"));
    update(&mut model, Message::Input(Input::Paste("x\u{1b}[31m\n".repeat(100_000))));
    let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
    assert!(finder.query.chars().count() <= 64 && !finder.query.contains(char::is_control));
}

#[test]
fn a_press_beside_an_overlay_closes_it() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &typed("?"));
    let area = area(&model);
    point(&mut model, MouseKind::Press, area.x, area.y);
    assert!(model.overlay.is_some());
    point(&mut model, MouseKind::Press, area.x.saturating_sub(1), area.y);
    assert!(model.overlay.is_none());
}

#[test]
fn a_question_is_answered_by_escape_with_no() {
    let mut model = model(vec![small()], (80, 24));
    let confirm = Confirm {
        question: "Reveal it?".to_owned(),
        consequence: "It is recorded.".to_owned(),
        yes: "reveal",
        command: Command::Reveal,
    };
    ask(&mut model, confirm);
    assert!(press(&mut model, &typed("j")).is_empty() && model.overlay.is_some());
    assert!(press(&mut model, &[Key::control('y')]).is_empty() && model.overlay.is_some(), "it means redo");
    assert!(press(&mut model, &[ESC]).is_empty() && model.overlay.is_none());
}

#[test]
fn scrolling_is_offered_only_where_there_is_more() {
    for (size, more) in [((80, 24), true), ((200, 60), false)] {
        let mut model = model(vec![small()], size);
        press(&mut model, &typed("?"));
        let offered = update::hints(&model).iter().any(|hint| hint.command == Command::Down);
        assert_eq!(offered, more, "{size:?}");
    }
}

#[test]
fn a_command_is_found_by_the_word_of_the_bottom_line_before_what_is_only_read() {
    let mut model = model(vec![small()], (80, 24));
    crate::app::screen::workbench::open(&mut model, "strategy");
    for (query, command) in [("reset", Command::Reset), ("undo reset", Command::Restore)] {
        press(&mut model, &[Key::control('p')]);
        press(&mut model, &typed(query));
        assert_eq!(best(&model), Some(&Target::Command(command)), "{query}");
        press(&mut model, &[ESC]);
    }
}

#[test]
fn a_section_that_matches_as_well_as_a_command_comes_after_it() {
    let mut model = model(vec![pack("same", &[("One", &["Quit"])])], (80, 24));
    press(&mut model, &typed("/quit"));
    assert_eq!(best(&model), Some(&Target::Command(Command::Quit)));
}

#[test]
fn where_there_is_no_text_nothing_offers_to_find_in_it() {
    let mapped = crate::app::fixture::with_map(small(), &[("testing#mocks", &[])]);
    for (key, context) in [(ESC, Context::Library), (Key::char('m'), Context::Map)] {
        let mut model = model(vec![mapped.clone()], (80, 24));
        press(&mut model, &[key, Key::control('p')]);
        let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
        for command in [Command::Find, Command::FindNext, Command::FindPrevious] {
            assert!(finder.items.iter().all(|item| item.target != Target::Command(command)), "{command:?}");
            let told = |entry: &Entry| matches!(entry, Entry::Keys(_, about) if *about == command.help());
            assert!(!entries(model.screen, context).iter().any(told), "{command:?} in {context:?}");
        }
    }
}

#[test]
fn the_choice_goes_up_with_shift_tab_and_a_letter_is_erased_whole() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &typed("/"));
    let tab = Key::plain(Code::Tab);
    press(&mut model, &[tab, tab, tab.shifted()]);
    let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
    assert_eq!(finder.chosen, 1);
    press(&mut model, &typed("a👩‍👩‍👧"));
    press(&mut model, &[Key::plain(Code::Backspace)]);
    let Some(Overlay::Finder(finder)) = &model.overlay else { panic!("the finder is open") };
    assert_eq!(finder.query, "a");
}

#[test]
fn a_long_message_is_gone_through_to_its_end_and_back() {
    let mut model = model(vec![small()], (80, 12));
    let details = (0..60).map(|line| format!("line {line}")).collect();
    let notice = Notice { details, ..Notice::new(NoticeLevel::Error, "told at length") };
    update(&mut model, Message::Noted(notice));
    press(&mut model, &[Key::plain(Code::F(9)), Key::char('G')]);
    let scroll = |model: &Model| match &model.overlay {
        Some(Overlay::Told(told)) => told.scroll,
        other => panic!("{other:?}"),
    };
    assert!(scroll(&model) > 40);
    press(&mut model, &typed("g"));
    assert_eq!(scroll(&model), 0);
}
