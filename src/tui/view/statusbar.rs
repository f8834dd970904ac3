//! The bottom line drawn: a notice or the hints at its left, what is being done at its right.

use unicode_width::UnicodeWidthStr;

use crate::app::Model;
use crate::app::area::Area;
use crate::app::message::NoticeLevel;
use crate::app::{bar, update};
use crate::text::{Line, Role, Span, Style};
use crate::tui::view::Canvas;

/// How wide the bar of an activity's share is.
const SHARE: u16 = 10;

/// Draws the bottom line.
pub fn draw(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let right = activity(model, area, canvas);
    let left = Area { width: area.width.saturating_sub(right), ..area };
    if let Some(notice) = &model.notice {
        let (mark, role) = match notice.level {
            NoticeLevel::Info => (canvas.marks.passed, Role::Success),
            NoticeLevel::Warning => (canvas.marks.warning, Role::Warning),
            NoticeLevel::Error => (canvas.marks.failed, Role::Failure),
        };
        let mut spans = vec![Span::new(format!(" {mark} "), role), Span::plain(notice.text.as_str())];
        spans.extend(notice.details.first().map(|more| Span::new(format!("  {more}"), Role::Muted)));
        canvas.line(left, &Line::from(spans), 0);
        return;
    }
    for placed in bar::place(model, left.width) {
        let room = left.width.saturating_sub(placed.x);
        let x = canvas.text(area.x + placed.x, area.y, room, &placed.key.to_string(), Role::Accent);
        canvas.text(x + 1, area.y, room, placed.hint.title, Role::Muted);
    }
}

/// Draws what is being done at the right and returns the columns it takes.
fn activity(model: &Model, area: Area, canvas: &mut Canvas<'_>) -> u16 {
    let Some(activity) = update::activity(model) else { return 0 };
    let seconds = model.now.saturating_sub(activity.since).as_secs();
    let clock = format!("{}:{:02} ", seconds / 60, seconds % 60);
    let counted = activity.share.map(|(done, total)| format!(" {done}/{total}")).unwrap_or_default();
    let share = if activity.share.is_some() && area.width >= 100 { SHARE + 1 } else { 0 };
    let text = format!("{}{counted} ", activity.what);
    let width = (text.width() + clock.width()) as u16 + share;
    if width + 12 > area.width {
        return 0;
    }
    let x = area.right() - width;
    let mut x = canvas.text(x, area.y, width, &text, Style::of(Role::Muted));
    if let Some((done, total)) = activity.share.filter(|_| share > 0) {
        canvas.progress(Area::new(x, area.y, SHARE, 1), done as usize, total as usize, Role::Accent);
        x += share;
    }
    canvas.text(x, area.y, area.width, &clock, Style::of(Role::Muted));
    width + 1
}
