//! Tests of the reader: keys and the mouse in, state and effects out.

use std::sync::Arc;

use proptest::prelude::*;

use super::{
    Chosen, Entry, EntryKind, Focus, Mark, Match, areas, contents, listing_at_hand, open, open_listing,
    run_mark,
};
use crate::app::fixture::{model, point, press, small};
use crate::app::message::{Input, Message, MouseKind};
use crate::app::model::{Model, Screen};
use crate::app::{Code, Effect, Key, update};
use crate::pack::model::Claim;
use crate::pack::{Listing, SharedText};
use crate::progress::{Change, State};
use crate::text::markdown::{BlockKind, parse};

mod exercises;
mod programs;
mod ways;

const SOURCE: &str = "# Service layer

Before all: [the web](https://x.org), [a part](#strategy-the-pattern), [another](testing.md#mocks).

## Strategy

What varies gets a type of its own, says this text at some length, so that it fills lines and more lines of them.

### The pattern

```rust file=a.rs, run
# use std::fmt;
fn main() { println!(\"a long line that is wider than any small terminal, one that has to be scrolled sideways\"); }
```

A second one:

```rust
fn helper() {}
```

## Command

Text of the command pattern. needle

## Builder

Text of the builder pattern. Needle
";

fn reading(size: (u16, u16)) -> Model {
    let mut pack = small();
    let chapter = &mut pack.chapters[1];
    chapter.source = format!("{SOURCE}{}", "\nMore text.\n".repeat(40)).into();
    let part = crate::pack::Section {
        anchor: "strategy-the-pattern".to_owned(),
        title: "The pattern".to_owned(),
        level: 3,
    };
    chapter.sections.insert(1, part);
    chapter.listings = listings(&chapter.source);
    let mut model = model(vec![pack], size);
    open(&mut model, "service-layer", None);
    model
}

fn listings(source: &SharedText) -> Vec<Listing> {
    let code = |(number, block): (usize, crate::text::markdown::Block)| match block.kind {
        BlockKind::Code { info, text, body } => Some(Listing {
            id: format!("listing-{number}"),
            language: "rust".to_owned(),
            file: None,
            claim: Claim::Nothing,
            run: info.contains("run"),
            set: "none".to_owned(),
            code: text,
            section: "strategy-the-pattern".to_owned(),
            body,
        }),
        _ => None,
    };
    parse(source).blocks.into_iter().enumerate().filter_map(code).collect()
}

fn reader(model: &Model) -> &super::Reader {
    model.reader.as_ref().unwrap()
}

fn top_text(model: &Model) -> String {
    let reader = reader(model);
    let lines = reader.page.lines[reader.scroll..].iter().map(|line| line.line.text());
    lines.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn changes(effects: &[Effect]) -> Vec<&Change> {
    let mut changes = Vec::new();
    for effect in effects {
        if let Effect::SaveProgress(saved) = effect {
            changes.extend(saved);
        }
    }
    changes
}

#[test]
fn reading_to_the_end_of_a_section_is_recorded_and_jumping_is_not() {
    let mut model = reading((80, 24));
    assert_eq!(changes(&press(&mut model, &[Key::char('G'), Key::char('g')])), Vec::<&Change>::new());
    let effects = press(&mut model, &[Key::char(' '), Key::char(' ')]);
    let read: Vec<&Change> = changes(&effects);
    let section =
        |anchor: &str| Change::Read { pack: "small".to_owned(), section: format!("service-layer#{anchor}") };
    assert!(read.contains(&&section("strategy-the-pattern")), "{read:?}");
    assert!(read.contains(&&section("strategy")), "{read:?}");
    assert!(!read.contains(&&section("builder")), "{read:?}");
}

#[test]
fn enter_opens_the_exercise_in_view_then_reads_on_then_goes_to_the_next_chapter() {
    let mut model = reading((80, 24));
    for _ in 0..30 {
        if model.screen != Screen::Reader {
            break;
        }
        press(&mut model, &[Key::plain(Code::Enter)]);
    }
    assert_eq!(model.screen, Screen::Workbench);
    let mut model = reading((80, 24));
    let pass = |exercise: &str| Change::Checked {
        pack: "small".to_owned(),
        exercise: exercise.to_owned(),
        passed: true,
        passing: None,
        tests: 0,
    };
    model.record(vec![pass("strategy"), pass("command"), pass("builder")]);
    for _ in 0..30 {
        if reader(&model).chapter != "service-layer" {
            break;
        }
        press(&mut model, &[Key::plain(Code::Enter)]);
    }
    assert_eq!(reader(&model).chapter, "testing");
    press(&mut model, &[Key::char('<')]);
    assert_eq!(reader(&model).chapter, "service-layer");
    assert!(reader(&model).scroll > 0, "the place in the chapter is kept");
}

#[test]
fn the_contents_lead_to_sections_and_fold_all_but_the_one_at_hand() {
    let mut model = reading((120, 36));
    let titles = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.title).collect::<Vec<_>>();
    assert_eq!(titles(contents(&model)), ["Strategy", "Command", "Builder"]);
    press(&mut model, &[Key::plain(Code::Tab), Key::plain(Code::Enter)]);
    assert_eq!(top_text(&model), "Strategy");
    let entries = contents(&model);
    assert_eq!(entries[0].mark, Mark::Exercise(State::New));
    assert_eq!(entries[2].kind, EntryKind::Exercise("strategy".to_owned()));
    assert_eq!(titles(entries), ["Strategy", "The pattern", "Practise Strategy", "Command", "Builder"]);
    press(&mut model, &[Key::plain(Code::Tab), Key::char('G'), Key::plain(Code::Enter)]);
    assert!(top_text(&model).contains("Builder"));
    assert_eq!(reader(&model).focus, Focus::Text);
}

#[test]
fn links_lead_to_the_web_to_sections_and_to_chapters_and_back() {
    let mut model = reading((80, 24));
    let effects = press(&mut model, &[Key::char('.'), Key::plain(Code::Enter)]);
    assert!(effects.contains(&Effect::OpenLink("https://x.org".to_owned())));
    press(&mut model, &[Key::char('.'), Key::plain(Code::Enter)]);
    assert_eq!(top_text(&model), "The pattern");
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(top_text(&model), "Service layer");
    press(&mut model, &[Key::char('.'), Key::char('.'), Key::char('.'), Key::plain(Code::Enter)]);
    assert_eq!(reader(&model).chapter, "testing");
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(reader(&model).chapter, "service-layer");
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(model.screen, Screen::Library);
}

#[test]
fn links_that_were_followed_before_lead_nowhere_from_a_chapter_that_was_opened_since() {
    let mut model = reading((80, 24));
    super::follow::follow(&mut model, "testing.md#mocks");
    open(&mut model, "architecture", None);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(model.screen, Screen::Library);
}

#[test]
fn a_link_to_an_anchor_of_another_chapter_is_found_there() {
    let mut model = reading((80, 24));
    super::follow::follow(&mut model, "#mocks");
    assert_eq!(reader(&model).chapter, "testing");
    super::follow::follow(&mut model, "#nowhere");
    assert_eq!(reader(&model).chapter, "testing");
    assert!(model.notice.is_some());
}

#[test]
fn a_link_can_be_clicked() {
    let mut model = reading((80, 24));
    let link = reader(&model).page.links[0].clone();
    let text = areas(&model).text;
    let (x, y) = (text.x + link.columns.start as u16, text.y + link.line as u16);
    assert_eq!(point(&mut model, MouseKind::Press, x, y), [Effect::OpenLink("https://x.org".to_owned())]);
}

#[test]
fn only_the_name_of_the_next_chapter_leads_there_with_a_press() {
    let mut model = reading((80, 24));
    open(&mut model, "architecture", None);
    let below = areas(&model).text.y + reader(&model).page.lines.len() as u16;
    for row in [below, below + 2, areas(&model).text.bottom() - 1] {
        point(&mut model, MouseKind::Press, 20, row);
        assert_eq!(reader(&model).chapter, "architecture", "at {row}");
    }
    point(&mut model, MouseKind::Press, 20, below + 1);
    assert_eq!(reader(&model).chapter, "service-layer");
}

#[test]
fn listings_are_stepped_through_scrolled_and_copied() {
    let mut model = reading((60, 20));
    press(&mut model, &[Key::char(']')]);
    assert_eq!(reader(&model).chosen, Some(Chosen::Block(0)));
    press(&mut model, &[Key::char('l'), Key::char('l')]);
    assert_eq!(reader(&model).sideways[&0], 16);
    for _ in 0..50 {
        press(&mut model, &[Key::char('l')]);
    }
    let block = &reader(&model).page.blocks[0];
    assert_eq!(
        reader(&model).sideways[&0],
        block.indent + block.width - usize::from(areas(&model).text.width)
    );
    let effects = press(&mut model, &[Key::char('y')]);
    assert!(matches!(&effects[..], [Effect::CopyText(code)] if code.starts_with("fn main() {")));
    press(&mut model, &[Key::char(']')]);
    assert_eq!(listing_at_hand(&model), Some(1));
    press(&mut model, &[Key::char(']'), Key::char('[')]);
    assert_eq!(listing_at_hand(&model), Some(0));
}

#[test]
fn finding_counts_goes_round_and_is_left_where_one_is() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char('/')]);
    update(&mut model, Message::Input(Input::Paste("needle\nmore".to_owned())));
    let search = reader(&model).search.clone().unwrap();
    assert_eq!((search.query.as_str(), search.matches.len(), search.current), ("needle", 2, 0));
    press(&mut model, &[Key::plain(Code::Enter), Key::char('n')]);
    assert_eq!(reader(&model).search.as_ref().unwrap().current, 1);
    press(&mut model, &[Key::char('n')]);
    assert_eq!(reader(&model).search.as_ref().unwrap().current, 0);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!((reader(&model).search.as_ref(), model.screen), (None, Screen::Reader));
    press(&mut model, &[Key::char('/'), Key::char('N'), Key::char('e'), Key::char('q')]);
    let search = reader(&model).search.clone().unwrap();
    assert_eq!((search.query.as_str(), search.matches.len()), ("Neq", 0));
    press(&mut model, &[Key::plain(Code::Backspace)]);
    assert_eq!(reader(&model).search.as_ref().unwrap().matches.len(), 1);
}

#[test]
fn a_huge_paste_into_the_search_is_cut_and_looked_for_once() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char('/')]);
    update(&mut model, Message::Input(Input::Paste(format!("needle{}\rmore", " ".repeat(5_000)))));
    let search = reader(&model).search.as_ref().unwrap();
    assert!(search.query.starts_with("needle") && search.query.chars().count() <= 200, "{}", search.query);
    press(&mut model, &[Key::control('u')]);
    update(&mut model, Message::Input(Input::Paste("needle\rmore".to_owned())));
    assert_eq!(reader(&model).search.as_ref().unwrap().matches.len(), 2, "one line of it");
}

#[test]
fn what_is_broken_over_two_lines_is_found() {
    let mut model = reading((60, 24));
    let page = reader(&model).page.clone();
    let first = page.lines.iter().position(|line| line.line.text().starts_with("What varies")).unwrap();
    let (head, tail) = (page.lines[first].line.text(), page.lines[first + 1].line.text());
    let last = head.split(' ').next_back().unwrap();
    let next = tail.split(' ').next().unwrap();
    press(&mut model, &[Key::char('/')]);
    update(&mut model, Message::Input(Input::Paste(format!("{last} {next}"))));
    let matches = &reader(&model).search.as_ref().unwrap().matches;
    let expected =
        Match { line: first, columns: head.len() - last.len()..head.len(), rest: Some(0..next.len()) };
    assert_eq!(matches, &[expected]);
}

#[test]
fn a_resize_stays_at_the_same_section() {
    let mut model = reading((120, 36));
    press(&mut model, &[Key::plain(Code::Tab), Key::char('j'), Key::plain(Code::Enter)]);
    let before = top_text(&model);
    update(&mut model, Message::Input(Input::Resize(50, 12)));
    assert_eq!(top_text(&model), before);
    update(&mut model, Message::Input(Input::Resize(200, 60)));
    update(&mut model, Message::Input(Input::Resize(120, 36)));
    assert_eq!(top_text(&model), before);
}

#[test]
fn a_listing_opens_by_its_id() {
    let mut model = reading((80, 24));
    let id = model.packs[0].chapters[1].listings[1].id.clone();
    open_listing(&mut model, "service-layer", &id);
    assert_eq!(listing_at_hand(&model), Some(1));
}

#[test]
fn the_scrollbar_can_be_dragged() {
    let mut model = reading((80, 24));
    let track = areas(&model).track;
    point(&mut model, MouseKind::Press, track.x, track.bottom() - 1);
    assert_eq!(super::share(&model), Some(100));
    point(&mut model, MouseKind::Drag, 0, 0);
    assert_eq!(super::share(&model), Some(0));
    point(&mut model, MouseKind::Release, 0, 0);
    point(&mut model, MouseKind::Drag, 0, 20);
    assert_eq!(super::share(&model), Some(0));
}

proptest! {
    #[test]
    fn no_keys_and_no_pointer_break_it(
        keys in proptest::collection::vec("[jkhlgGbnNrye/\\[\\]<>., \t\n]", 0..30),
        points in proptest::collection::vec((0_u16..130, 0_u16..40), 0..6),
        size in (40_u16..130, 10_u16..40),
    ) {
        let mut model = reading((100, 30));
        for key in &keys {
            let key = match key.as_str() {
                "\t" => Key::plain(Code::Tab),
                "\n" => Key::plain(Code::Enter),
                key => Key::char(key.chars().next().unwrap_or(' ')),
            };
            press(&mut model, &[key]);
            prop_assert!(reader(&model).scroll <= reader(&model).page.lines.len() + super::TAIL);
        }
        update(&mut model, Message::Input(Input::Resize(size.0, size.1)));
        for (x, y) in points {
            point(&mut model, MouseKind::Press, x, y);
            point(&mut model, MouseKind::ScrollDown, x, y);
        }
    }
}

#[test]
fn the_reader_opens_again_at_the_line() {
    let mut model = reading((120, 20));
    press(&mut model, &[Key::char('j'); 13]);
    let (scroll, text) = (reader(&model).scroll, top_text(&model));
    press(&mut model, &[Key::plain(Code::Esc)]);
    let mut again = Model::new(model.packs.clone(), model.record.clone(), model.size, 2_000);
    press(&mut again, &[Key::char('c')]);
    assert_eq!((reader(&again).scroll, top_text(&again)), (scroll, text));
}

#[test]
fn a_copied_listing_can_be_pasted_into_an_editor() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char(']'), Key::char('y'), Key::char('p')]);
    press(&mut model, &[Key::control('a'), Key::control('v')]);
    let play = model.playground.as_ref().expect("the playground is open");
    assert!(play.editor.buffer.text().to_string().starts_with("fn main() {"));
}
