//! How the playground answers the mouse.

use crate::app::message::{Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::screen::playground::commands::show_place;
use crate::app::screen::playground::layout::{Layout, tabs};
use crate::app::screen::playground::state::{Focus, Playground};

/// How many rows a step of the wheel scrolls.
const WHEEL: isize = 3;

/// Answers the mouse.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) {
    let size = model.size;
    let Some(play) = &mut model.playground else { return };
    let layout = Layout::of(size, play);
    let pressed = matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress);
    let drags = matches!(mouse.kind, MouseKind::Drag | MouseKind::Release);
    if layout.editor.contains(mouse.column, mouse.row) || (drags && play.focus == Focus::Editor) {
        if pressed {
            play.focus = Focus::Editor;
        }
        if !drags || play.focus == Focus::Editor {
            play.editor.mouse(mouse, layout.editor);
        }
        return;
    }
    let hit = tabs(size, play).into_iter().find(|(area, ..)| area.contains(mouse.column, mouse.row));
    match mouse.kind {
        MouseKind::ScrollUp => play.output.scroll_by(-WHEEL),
        MouseKind::ScrollDown => play.output.scroll_by(WHEEL),
        MouseKind::Press | MouseKind::DoublePress => {
            if let Some((_, tab, _)) = hit {
                play.output.show(tab);
            }
            if layout.panel.contains(mouse.column, mouse.row) || hit_tab(&layout, mouse) {
                play.focus = Focus::Output;
            }
            let list = layout.problems(play);
            if play.output.lists_problems() && list.contains(mouse.column, mouse.row) {
                choose(play, usize::from(mouse.row - list.y) + play.output.scroll);
            }
        }
        _ => {}
    }
}

/// A press chooses a problem and shows its place.
fn choose(play: &mut Playground, row: usize) {
    if row < play.output.problems.len() {
        play.output.problem = row;
        show_place(play);
    }
}

const fn hit_tab(layout: &Layout, mouse: Mouse) -> bool {
    layout.tabs.contains(mouse.column, mouse.row)
}
