//! Where the playground's parts stand, for drawing and for the mouse alike.

use unicode_width::UnicodeWidthStr;

use crate::app::area::{Area, Frame};
use crate::app::screen::playground::output::Tab;
use crate::app::screen::playground::state::{Focus, Part, Playground};
use crate::app::screen::workbench::stacked;

/// From so many columns on the output stands beside the text.
const WIDE: u16 = 140;

/// The rows below that always stay: the line above the output, and its tabs with the program's state.
const TABS: u16 = 2;

/// The parts of the playground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Where one is.
    pub header: Area,
    /// The text.
    pub editor: Area,
    /// The field of the editor that is open; empty if none is.
    pub prompt: Area,
    /// The line between text and output: upright where they stand side by side.
    pub rule: Area,
    /// The tabs and how the program is.
    pub tabs: Area,
    /// What the program printed, or what the compiler said.
    pub panel: Area,
    /// The field for a line of input; empty if it is not open.
    pub input: Area,
}

impl Layout {
    /// The parts on a screen of this size.
    pub fn of(size: (u16, u16), play: &Playground) -> Self {
        let frame = Frame::of(size);
        let (editor, rule, below) = if size.0 >= WIDE && play.enlarged().is_none() {
            let (editor, rest) = frame.body.split_left(size.0 * 11 / 20);
            let (rule, below) = rest.split_left(1);
            (editor, rule, below)
        } else {
            let rows = match play.enlarged() {
                None => TABS + (frame.body.height * 2 / 5).max(3),
                Some(Part::Text) => TABS,
                Some(Part::Output) => frame.body.height,
            };
            let (editor, rest) = frame.body.split_bottom(rows);
            let (rule, below) = rest.split_top(1);
            (editor, rule, below)
        };
        let (tabs, panel) = below.split_top(1);
        let asks = matches!(play.focus, Focus::Input(_));
        let (panel, input) = panel.split_bottom(u16::from(asks));
        let (editor, prompt) = editor.split_bottom(u16::from(play.editor.captures()));
        Self { header: frame.header, editor, prompt, rule, tabs, panel, input }
    }

    /// The list of problems, where it is shown.
    pub fn problems(&self, play: &Playground) -> Area {
        stacked(self.panel, play.output.problems.len()).0
    }

    /// Whether text and output stand side by side.
    pub const fn is_wide(&self) -> bool {
        self.rule.height > 1
    }
}

/// The tabs: where each stands, what it shows, what it is called.
pub fn tabs(size: (u16, u16), play: &Playground) -> [(Area, Tab, String); 2] {
    let layout = Layout::of(size, play);
    let titles = [
        (Tab::Output, "Output".to_owned()),
        (Tab::Problems, format!("Problems {}", play.output.problems.len())),
    ];
    let mut x = layout.tabs.x + 2;
    titles.map(|(tab, title)| {
        let area = Area::new(x, layout.tabs.y, title.width() as u16, 1);
        x = area.right() + 3;
        (area, tab, title)
    })
}
