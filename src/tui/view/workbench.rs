//! The workbench drawn: the task, the editor, what stands below.

use std::collections::HashMap;

use crate::app::Model;
use crate::app::area::{Area, Frame};
use crate::app::model::Screen;
use crate::app::saving::Kept;
use crate::app::screen::workbench::{Focus, Layout, TaskRow, Top, WIDE, Workbench, marks, top_tabs};
use crate::text::code::Highlights;
use crate::text::width::{clip, width};
use crate::text::wrap::wrap;
use crate::text::{Line, Role, Span, Style};
use crate::tui::view::Canvas;
use crate::tui::view::editor::View;

mod panel;
mod quiz;
mod task;
#[cfg(test)]
mod tests;

/// What drawing the workbench remembers.
#[derive(Debug, Default)]
pub struct Memory {
    /// The exercise it remembers, by the ids of its pack and itself.
    exercise: (String, String),
    /// The rows of its task.
    task: Laid<TaskRow>,
    /// The text below.
    below: Laid<Line>,
    /// The highlighting of its files, by path.
    files: HashMap<String, Highlights>,
}

/// Rows that were laid out, for what and how wide.
#[derive(Debug)]
struct Laid<R> {
    of: Option<(Of, u16)>,
    rows: Vec<R>,
}

/// What rows are laid out of.
#[derive(Debug, PartialEq)]
enum Of {
    /// All that stands in the workbench but its texts, as of a revision.
    Bench(u64),
    /// The same, and the texts as of theirs.
    Texts(u64, Vec<u64>),
}

impl<R> Default for Laid<R> {
    fn default() -> Self {
        Self { of: None, rows: Vec::new() }
    }
}

impl<R> Laid<R> {
    /// The rows, laid out if they are not those of the last frame.
    fn rows(&mut self, of: Of, width: u16, lay_out: impl FnOnce() -> Vec<R>) -> &[R] {
        let wanted = Some((of, width));
        if self.of != wanted {
            self.of = wanted;
            self.rows = lay_out();
        }
        &self.rows
    }
}

/// Draws the workbench; says whether more of it is to be highlighted in the next frame.
pub fn draw(model: &Model, frame: Frame, canvas: &mut Canvas<'_>, memory: &mut Memory) -> bool {
    let Some(bench) = &model.workbench else { return false };
    if let Some(asked) = &bench.quiz {
        quiz::draw(model, bench, asked, frame, canvas);
        return false;
    }
    let here = (bench.key.pack.clone(), bench.key.exercise.clone());
    if memory.exercise != here {
        *memory = Memory { exercise: here, ..Memory::default() };
    }
    let layout = Layout::of(model.size, bench);
    header(model, bench, frame.header, canvas);
    rules(bench, &layout, canvas);
    if !layout.task.is_empty() {
        task::draw(model, bench, &layout, canvas, &mut memory.task);
    }
    panel::draw(model, bench, &layout, canvas, &mut memory.below);
    !layout.editor.is_empty() && editor(model, bench, &layout, canvas, memory)
}

fn editor(
    model: &Model,
    bench: &Workbench,
    layout: &Layout,
    canvas: &mut Canvas<'_>,
    memory: &mut Memory,
) -> bool {
    let Some(file) = bench.file() else {
        unopened(bench, layout.editor.split_left(2).1, canvas);
        return false;
    };
    let highlights =
        memory.files.entry(file.path.clone()).or_insert_with(|| Highlights::new(file.language()));
    let view = View {
        editor: &file.editor,
        area: layout.editor,
        prompt: layout.prompt,
        marks: &marks(bench, bench.shown),
        focused: bench.focus == Focus::Editor && model.screen == Screen::Workbench,
    };
    view.draw(highlights, canvas)
}

/// Says that the files are being read, or why they were not.
fn unopened(bench: &Workbench, area: Area, canvas: &mut Canvas<'_>) {
    let Some(why) = &bench.unread else {
        canvas.text(area.x, area.y, area.width, "opening the exercise…", Role::Muted);
        return;
    };
    let said = [("the exercise could not be opened", Role::Failure), (&why.text, Role::Text)];
    let details = why.details.iter().map(|detail| (detail.as_str(), Role::Text));
    let lines: Vec<_> = said
        .into_iter()
        .chain(details)
        .chain([("^R tries again", Role::Muted)])
        .flat_map(|(text, role)| wrap(&[Span::new(text, role)], usize::from(area.width.saturating_sub(2))))
        .collect();
    canvas.lines(area, &lines, 0);
}

fn header(model: &Model, bench: &Workbench, area: Area, canvas: &mut Canvas<'_>) {
    let exercise = bench.exercise();
    let tabs = top_tabs(model.size, bench);
    let end = tabs.first().map_or(area.right(), |(tab, ..)| tab.x).saturating_sub(2);
    let (at, all) = (bench.step + 1, exercise.steps.len());
    let room = end.saturating_sub(area.x + 1);
    let title = exercise.title.as_str();
    let dot = canvas.marks.dot;
    let watch = if bench.watch { format!(" {dot} watching") } else { String::new() };
    let in_words = format!(" {dot} step {at} of {all}{watch}");
    let fits = width(title) + width(&in_words) <= usize::from(room);
    let steps = if fits { in_words } else { format!(" {dot} {at}/{all}{watch}") };
    let short = clip(title, usize::from(room).saturating_sub(width(&steps)));
    let x = canvas.text(area.x + 1, area.y, room, &short, Style::of(Role::Text).bold());
    canvas.text(x, area.y, end.saturating_sub(x), &steps, Role::Muted);
    let mut right = area.x;
    for (place, top, title) in tabs {
        let shown = match top {
            Top::Task => bench.focus == Focus::Task,
            Top::File(file) => bench.shown == file && (bench.focus != Focus::Task || model.size.0 >= WIDE),
        };
        let listens = matches!(top, Top::Task) || bench.focus == Focus::Editor;
        let style = match (shown, listens) {
            (true, true) => Style::of(Role::Accent).bold(),
            (true, false) => Style::of(Role::Text).bold(),
            _ => Style::of(Role::Muted),
        };
        let x = canvas.text(place.x, place.y, place.width, &title, style);
        if let Top::File(file) = top
            && bench.files[file].saving.is_changed()
        {
            canvas.text(x + 1, place.y, 1, canvas.marks.full, Role::Warning);
        }
        right = place.right();
    }
    let kept = kept(model, bench);
    if usize::from(area.right().saturating_sub(right + 3)) >= width(&kept) {
        let refused = bench.file().is_some_and(|file| file.saving.is_refused());
        let role = if refused { Role::Failure } else { Role::Muted };
        canvas.text_right(area.split_right(1).0, kept.trim_end(), role);
    }
}

/// How far the file at hand is saved, in words.
fn kept(model: &Model, bench: &Workbench) -> String {
    let Some(file) = bench.file() else { return String::new() };
    if !file.editor.editable {
        return "read only".to_owned();
    }
    match file.saving.kept {
        Kept::AsRead => String::new(),
        Kept::Changed { .. } => "not saved yet".to_owned(),
        Kept::Refused { .. } => "could not be saved".to_owned(),
        Kept::Writing => "saving".to_owned(),
        Kept::Saved { at } => {
            let seconds = model.now.saturating_sub(at).as_secs();
            if seconds < 60 { "saved".to_owned() } else { format!("saved {} min ago", seconds / 60) }
        }
    }
}

/// The lines between the parts; that of the part that listens stands out.
fn rules(bench: &Workbench, layout: &Layout, canvas: &mut Canvas<'_>) {
    canvas.rule(layout.rule);
    if bench.focus == Focus::Panel {
        for x in layout.rule.x..layout.rule.right() {
            canvas.cell(x, layout.rule.y, canvas.marks.horizontal, Role::Accent);
        }
    }
    if !layout.divider.is_empty() {
        canvas.upright(layout.divider);
        canvas.cell(layout.divider.x, layout.rule.y, canvas.marks.up_tee, Role::Muted);
    }
}
