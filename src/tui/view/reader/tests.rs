//! The reader as text, at the sizes that matter.

use crate::app::Model;
use crate::app::fixture::{model, press, small};
use crate::app::screen::reader;
use crate::app::{Code, Key};
use crate::pack::{Chapter, Claim, Pack, Section};
use crate::progress::Change;
use crate::tui::view::tests::screen;

const SOURCE: &str = "# Service layer

Patterns for what the service *does*.

## Strategy

A rule that varies gets a type of its own, and the code around it stops caring which rule it is.

### The pattern

```rust
fn main() {
    println!(\"{}\", price(10.0, 3));
}
```

> [!NOTE]
> Ten units or more get the discount.

| Pattern | Use it when |
|---|---|
| Strategy | a rule varies at run time |
| Builder | many fields are optional |

## Command

What is asked for becomes a value.

## Builder

Many fields, most of them optional.
";

fn reading(size: (u16, u16)) -> Model {
    reading_in(small(), size)
}

fn reading_in(mut pack: Pack, size: (u16, u16)) -> Model {
    let mut chapter = Chapter::from_markdown("service-layer", SOURCE);
    chapter.title = "Service layer".to_owned();
    chapter.sections.retain(|section: &Section| section.level > 1);
    pack.chapters[1] = chapter;
    let mut model = model(vec![pack], size);
    let read =
        Change::Read { pack: "small".to_owned(), section: "service-layer#strategy-the-pattern".to_owned() };
    model.record(vec![read, Change::Started { pack: "small".to_owned(), exercise: "strategy".to_owned() }]);
    reader::open(&mut model, "service-layer", Some("strategy"));
    model
}

#[test]
fn the_reader() {
    for size in [(60, 18), (80, 24), (120, 36)] {
        insta::assert_snapshot!(format!("reader {}x{}", size.0, size.1), screen(&reading(size)));
    }
}

#[test]
fn the_contents_take_the_text_s_place_where_there_is_little_room() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::plain(Code::Tab)]);
    insta::assert_snapshot!(screen(&model));
}

#[test]
fn a_search_shows_what_is_typed_and_how_often_it_was_found() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char('/'), Key::char('t'), Key::char('y'), Key::char('p')]);
    assert!(screen(&model).contains(" / typ   1 of 1"), "{}", screen(&model));
}

#[test]
fn ascii_stays_ascii() {
    let mut model = reading((120, 36));
    model.look.ascii = true;
    reader::resized(&mut model);
    let shown = screen(&model);
    assert!(shown.is_ascii(), "{shown}");
}

#[test]
fn a_long_title_gets_a_line_of_its_own() {
    let mut pack = small();
    let title = "Price an order by rules that are chosen while the program runs";
    pack.exercises.iter_mut().for_each(|exercise| title.clone_into(&mut exercise.title));
    let shown = screen(&reading_in(pack, (80, 30)));
    assert!(shown.contains(&format!("Exercise   {title}\n")), "{shown}");
    assert!(shown.contains("10 min · easy · ◐ started   Enter opens"), "{shown}");
}

#[test]
fn a_listing_that_does_not_compile_says_so_once() {
    let source = "# Service layer\n\n## Strategy\n\n```rust compile_fail=E0277\nlet x: u8 = \"\";\n```\n";
    for size in [(60, 18), (80, 24), (120, 36)] {
        let mut pack = small();
        let mut chapter = Chapter::from_markdown("service-layer", source);
        chapter.listings[0].claim = Claim::Fails("E0277".to_owned());
        pack.chapters[1] = chapter;
        let mut model = model(vec![pack], size);
        reader::open(&mut model, "service-layer", None);
        let shown = screen(&model);
        assert_eq!(shown.matches("does not compile: E0277").count(), 1, "{shown}");
    }
}

#[test]
fn what_is_typed_last_is_seen_in_every_field() {
    let typed: Vec<Key> =
        "a long text that no small field has room for, and its end".chars().map(Key::char).collect();
    for open in [Key::char('/'), Key::control('p')] {
        let mut model = reading((40, 12));
        press(&mut model, &[open]);
        press(&mut model, &typed);
        assert!(screen(&model).contains("its end"), "{open}: {}", screen(&model));
    }
}
