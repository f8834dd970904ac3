//! Screens as text: what a person sees, at the sizes that matter.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::app::fixture::{model, pack, press, small};
use crate::app::message::{Input, Message, Mouse, MouseKind};
use crate::app::{Code, Key, update};
use crate::progress::{Change, Place};
use crate::tui::theme::Depth;
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
    let passing = ["regular".to_owned()].into();
    model.record(vec![
        Change::Checked { pack: pack.clone(), exercise, passed: false, passing, tests: 2 },
        Change::Checked {
            pack: pack.clone(),
            exercise: "layers".to_owned(),
            passed: true,
            passing: ["regular".to_owned(), "edge".to_owned()].into(),
            tests: 2,
        },
        Change::Spent { pack: pack.clone(), exercise: "layers".to_owned(), seconds: 2500 },
        Change::Visited(Place {
            pack,
            chapter: "service-layer".to_owned(),
            section: "strategy".to_owned(),
            exercise: Some("strategy".to_owned()),
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
    update(&mut model, Message::Input(Input::Resize(80, 24)));
    assert_eq!(screen(&model), before);
}
