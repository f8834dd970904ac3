//! The bottom line drawn: a notice or the hints at its left, what is being done at its right.

use crate::app::area::Area;
use crate::app::bar::{self, SHARE};
use crate::app::keymap::{self, Context};
use crate::app::message::NoticeLevel;
use crate::app::{Command, Model};
use crate::text::{Line, Role, Span};
use crate::tui::view::Canvas;

/// Draws the bottom line.
pub fn draw(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let right = activity(model, area, canvas);
    let left = Area { width: area.width.saturating_sub(right), ..area };
    if let Some(notice) = &model.notice {
        let (mark, role) = match notice.level {
            NoticeLevel::Info => (canvas.marks.dot, Role::Note),
            NoticeLevel::Warning => (canvas.marks.warning, Role::Warning),
            NoticeLevel::Error => (canvas.marks.failed, Role::Failure),
        };
        let told = bar::told(notice, model, area.width);
        canvas.text(left.x, left.y, bar::MARK, &format!(" {mark} "), role);
        let place = Area { x: left.x + bar::MARK, width: told.room, ..left };
        let spans = vec![Span::plain(told.text), Span::new(told.details, Role::Muted)];
        let used = canvas.line(place, &Line::from(spans), 0);
        if told.cut
            && let Some(key) = keymap::key_for(Context::Anywhere, Command::Message)
        {
            let x = place.x + used + 2;
            let x = canvas.text(x, left.y, left.right().saturating_sub(x), &key.to_string(), Role::Accent);
            canvas.text(x + 1, left.y, left.right().saturating_sub(x + 1), bar::MORE, Role::Muted);
        }
        return;
    }
    for placed in bar::place(model, area.width) {
        let room = left.width.saturating_sub(placed.x);
        let x = canvas.text(area.x + placed.x, area.y, room, &placed.key.to_string(), Role::Accent);
        canvas.text(x + 1, area.y, room, placed.hint.title, Role::Muted);
    }
}

/// Draws what is being done at the right and returns the columns it takes.
fn activity(model: &Model, area: Area, canvas: &mut Canvas<'_>) -> u16 {
    let Some(doing) = bar::doing(model, area.width) else { return 0 };
    let x = area.right() - doing.width;
    let mut x = canvas.text(x, area.y, doing.width, &doing.what, Role::Muted);
    if let Some((done, total)) = doing.share {
        canvas.progress(Area::new(x, area.y, SHARE, 1), done as usize, total as usize, Role::Accent);
        x += SHARE + 1;
    }
    canvas.text(x, area.y, area.width, &doing.clock, Role::Muted);
    doing.width + 1
}
