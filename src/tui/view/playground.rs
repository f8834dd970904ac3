//! The playground drawn: the text, what the program prints, what the compiler says.

use crate::app::Model;
use crate::app::area::Area;
use crate::app::area::Frame;
use crate::app::editor::marks::marks;
use crate::app::screen::playground::{Focus, Layout, Output, PATH, Playground, Program, Tab, tabs};
use crate::app::update::SPINNER;
use crate::text::code::Highlights;
use crate::text::width::{clip, width};
use crate::text::{Line, Role, Span, Style};
use crate::tui::view::Canvas;
use crate::tui::view::editor::View;
use crate::tui::view::problems;

/// What drawing the playground remembers.
#[derive(Debug)]
pub struct Memory {
    highlights: Highlights,
}

impl Default for Memory {
    fn default() -> Self {
        Self { highlights: Highlights::new("rs") }
    }
}

/// Draws the playground; says whether more of it is to be highlighted in the next frame.
pub fn draw(model: &Model, frame: Frame, canvas: &mut Canvas<'_>, memory: &mut Memory) -> bool {
    let Some(play) = &model.playground else { return false };
    let layout = Layout::of(model.size, play);
    header(play, frame.header, canvas);
    if layout.is_wide() {
        canvas.upright(layout.rule);
    } else {
        canvas.rule(layout.rule);
    }
    let view = View {
        editor: &play.editor,
        area: layout.editor,
        prompt: layout.prompt,
        marks: &marks(&play.output.problems, PATH, &play.output.built, play.editor.buffer.lines()),
        focused: play.focus == Focus::Editor,
    };
    let pending = view.draw(&mut memory.highlights, canvas);
    titles(model, play, &layout, canvas);
    field(play, layout.input, canvas);
    if layout.panel.is_empty() {
        return pending;
    }
    match play.output.tab {
        Tab::Output => printed(&play.output, layout.panel, canvas),
        Tab::Problems if play.output.reading.is_some() => reading(&play.output, layout.panel, canvas),
        Tab::Problems => {
            let focused = play.focus == Focus::Output;
            let said = &play.output.problems;
            problems::draw(said, play.output.problem, play.output.scroll, focused, layout.panel, canvas);
        }
    }
    pending
}

fn header(play: &Playground, area: Area, canvas: &mut Canvas<'_>) {
    let x = canvas.text(area.x + 1, area.y, area.width, "Playground", Style::of(Role::Text).bold());
    let mut about = match play.set.as_str() {
        "none" => "standard library only".to_owned(),
        set => format!("with the crates of `{set}`"),
    };
    if let Some(listing) = &play.listing {
        about = format!("{listing}, {about}");
    }
    let room = area.right().saturating_sub(x + 1);
    canvas.text(x, area.y, room, &format!(" {} {about}", canvas.marks.dot), Role::Muted);
}

fn titles(model: &Model, play: &Playground, layout: &Layout, canvas: &mut Canvas<'_>) {
    let mut x = layout.tabs.x;
    for (area, tab, title) in tabs(model.size, play) {
        let style = match (tab == play.output.tab, play.focus == Focus::Editor) {
            (true, false) => Style::of(Role::Accent).bold(),
            (true, true) => Style::of(Role::Text).bold(),
            (false, _) => Style::of(Role::Muted),
        };
        x = canvas.text(area.x, area.y, area.width, &title, style);
        if tab == play.output.tab && play.focus != Focus::Editor {
            canvas.pointer(area.x.saturating_sub(2), area.y);
        }
    }
    let room = usize::from(layout.tabs.right().saturating_sub(x + 5));
    let Some((mark, text, role)) = state(model, play, canvas) else { return };
    let text = clip(&text, room);
    let x = layout.tabs.right().saturating_sub(width(&text) as u16 + 3);
    canvas.text(x, layout.tabs.y, 1, mark, role);
    canvas.text(x + 2, layout.tabs.y, layout.tabs.right().saturating_sub(x + 2), &text, role);
}

/// How the program is: a mark, words, and what they mean.
fn state(model: &Model, play: &Playground, canvas: &Canvas<'_>) -> Option<(&'static str, String, Role)> {
    let frames = canvas.marks.spinner;
    let spinner = frames[(model.now.as_millis() / SPINNER.as_millis()) as usize % frames.len()];
    let since = |since| model.now.saturating_sub(since).as_secs_f64();
    match &play.output.program {
        Program::Never => None,
        Program::Building { since: at, what, .. } => {
            Some((spinner, format!("{what}… {:.1} s", since(*at)), Role::Accent))
        }
        Program::Running { since: at, .. } => {
            Some((spinner, format!("running… {:.1} s", since(*at)), Role::Accent))
        }
        Program::Ended { how, success, took } => {
            let (mark, role) = match success {
                true => (canvas.marks.passed, Role::Success),
                false => (canvas.marks.failed, Role::Failure),
            };
            Some((mark, format!("{how} after {:.2} s", took.as_secs_f64()), role))
        }
    }
}

fn printed(output: &Output, area: Area, canvas: &mut Canvas<'_>) {
    let text = Area { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    let lines = output.live.lines();
    if lines.is_empty() {
        let says = match output.program {
            Program::Never => "What the program prints stands here. Ctrl-R runs it.",
            Program::Ended { .. } => "It printed nothing.",
            Program::Building { .. } | Program::Running { .. } => "",
        };
        canvas.text(text.x, text.y, text.width, says, Role::Muted);
        return;
    }
    let note = (output.live.dropped() > 0).then(left_out);
    let all = note.iter().chain(lines).skip(output.scroll);
    canvas.lines(text, all, 0);
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..area };
    canvas.scrollbar(bar, output.scroll, lines.len() + usize::from(note.is_some()));
}

/// What the compiler says at length.
fn reading(output: &Output, area: Area, canvas: &mut Canvas<'_>) {
    let Some(reading) = &output.reading else { return };
    let text = Area { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    canvas.lines(text, reading.lines.iter().skip(reading.scroll), 0);
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..area };
    canvas.scrollbar(bar, reading.scroll, reading.lines.len());
}

fn left_out() -> Line {
    Line::of("… the beginning was left out; the last lines follow", Role::Muted)
}

fn field(play: &Playground, area: Area, canvas: &mut Canvas<'_>) {
    let Focus::Input(line) = &play.focus else { return };
    let x = canvas.text(area.x + 2, area.y, area.width, &format!("{} ", canvas.marks.chosen), Role::Accent);
    let room = usize::from(area.right().saturating_sub(x + 2));
    let skipped = width(line).saturating_sub(room);
    let row = Area { x, width: room as u16 + 1, ..area };
    let used = canvas.line(row, &Line::from(vec![Span::plain(line.as_str())]), skipped);
    canvas.cursor = Some((x + used, area.y));
}
