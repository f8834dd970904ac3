//! From a key to the finished frame: the model updated, the screen drawn, the changed cells encoded.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use patterns_tui::app::message::{FilesEvent, Input, OpenedFile};
use patterns_tui::app::model::Screen;
use patterns_tui::app::screen::{reader, workbench};
use patterns_tui::app::{Code, Key, Message, Model, update};
use patterns_tui::import::document;
use patterns_tui::pack::{self, Chapter, Pack};
use patterns_tui::progress::Record;
use patterns_tui::tui::theme::Depth;
use patterns_tui::tui::view::{self, Cache};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::figures::Times;

const SIZE: (u16, u16) = (120, 36);

/// Prints the times of keys in a long chapter and in a long file.
pub(crate) fn measure() {
    println!("120x36; targets: median 8 ms, 99th percentile 16 ms");
    reading();
    writing();
}

fn reading() {
    let text = long_chapter();
    let lines = text.lines().count();
    let mut pack = document("long.md", b"# A document");
    pack.chapters = vec![Chapter::from_markdown("long", text.as_str())];
    let mut desk = Desk::new(Arc::new(pack));
    let _ = reader::open(&mut desk.model, "long", None);
    assert_eq!(desk.model.screen, Screen::Reader, "the chapter is open");
    let mut times = Times::default();
    let keys = [
        Key::char('j'),
        Key::char(' '),
        Key::char('k'),
        Key::char(']'),
        Key::char('l'),
        Key::char('G'),
        Key::char('g'),
    ];
    for round in 0..1000 {
        times.push(desk.timed(&keys[round % keys.len()]));
    }
    report(&format!("chapter of {lines} lines"), &times);
}

fn writing() {
    let pack = Arc::new(pack::builtin().expect("the built-in pack is sound"));
    let exercise = pack.first_exercise().expect("it has exercises").clone();
    let mut desk = Desk::new(pack.clone());
    let _ = workbench::open(&mut desk.model, &exercise.id);
    assert_eq!(desk.model.screen, Screen::Workbench, "the exercise is open");
    let text: String = long_file();
    let lines = text.lines().count();
    let files = vec![OpenedFile { path: exercise.edit[0].clone(), text, editable: true }];
    let opened =
        FilesEvent::Opened { pack: pack.id.clone(), exercise: exercise.id, files, restorable: false };
    desk.send(Message::Files(opened));
    desk.press(&Key::char('i'));
    for _ in 0..40 {
        desk.press(&Key::plain(Code::PageDown));
    }
    let mut times = Times::default();
    let keys = [
        Key::char('a'),
        Key::char('{'),
        Key::plain(Code::Enter),
        Key::char('"'),
        Key::char('/'),
        Key::char('*'),
        Key::plain(Code::Backspace),
        Key::plain(Code::Up),
        Key::plain(Code::PageDown),
    ];
    for round in 0..1000 {
        times.push(desk.timed(&keys[round % keys.len()]));
    }
    report(&format!("editor of {lines} lines"), &times);
}

fn report(what: &str, times: &Times) {
    println!("{what:24} median {:6.2} ms   99th percentile {:6.2} ms", times.median(), times.percentile(99));
}

/// The app on a terminal that throws away what it is sent.
struct Desk {
    model: Model,
    cache: Cache,
    terminal: Terminal<CrosstermBackend<std::io::Sink>>,
}

impl Desk {
    fn new(pack: Arc<Pack>) -> Self {
        let size = ratatui::layout::Rect::new(0, 0, SIZE.0, SIZE.1);
        let options = ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(size) };
        let terminal = Terminal::with_options(CrosstermBackend::new(std::io::sink()), options)
            .expect("a fixed terminal needs no device");
        let model =
            Model::new(vec![pack], Record { exercises: BTreeMap::new(), ..Record::default() }, SIZE, 0);
        // Highlighting loads its grammars once, on a thread of its own; here before the first measured key.
        patterns_tui::text::code::warm();
        let mut desk = Self { model, cache: Cache::default(), terminal };
        desk.send(Message::Input(Input::Resize(SIZE.0, SIZE.1)));
        desk
    }

    fn press(&mut self, key: &Key) {
        self.send(Message::Input(Input::Key(*key)));
    }

    fn timed(&mut self, key: &Key) -> std::time::Duration {
        let start = Instant::now();
        self.press(key);
        start.elapsed()
    }

    fn send(&mut self, message: Message) {
        // The effects are for the world; here there is none.
        let _ = update(&mut self.model, message);
        let (model, cache) = (&self.model, &mut self.cache);
        self.terminal
            .draw(|frame| {
                view::draw(model, Depth::True, frame.buffer_mut(), cache);
            })
            .expect("a buffer takes everything");
    }
}

fn long_chapter() -> String {
    let mut text = String::from("# A long chapter\n\nIts beginning.\n");
    for section in 0..135 {
        let _ = write!(text, "\n## Section {section}\n\n");
        for _ in 0..6 {
            text.push_str("A paragraph with `code`, **weight** and a [link](https://example.org), long enough to be wrapped\nat the measure that prose is set in, twice or so.\n\n");
        }
        text.push_str("```rust\n");
        for line in 0..15 {
            let _ = writeln!(
                text,
                "fn listing_{section}_{line}(value: &str) -> Option<String> {{ Some(format!(\"{{value}}\")) }}"
            );
        }
        text.push_str("```\n");
    }
    text
}

fn long_file() -> String {
    let mut text = String::new();
    for item in 0..500 {
        let _ = write!(
            text,
            "/// Doubles number {item}.\nfn double_{item}(value: u32) -> u32 {{\n    // twice\n    value * 2\n}}\n\n"
        );
    }
    text
}
