//! A question before what cannot be undone.

use unicode_width::UnicodeWidthStr;

use crate::app::area::Area;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::screen::workbench;

/// A question with one way to say yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// What is asked, in one line.
    pub question: String,
    /// What follows from a yes, in one line.
    pub consequence: String,
    /// What yes is called, as in "reveal".
    pub yes: &'static str,
    /// What is carried out on yes.
    pub command: Command,
}

/// Where the question stands.
pub(super) fn area(confirm: &Confirm, body: Area) -> Area {
    let text = confirm.question.width().max(confirm.consequence.width()) as u16;
    body.centered(text.saturating_add(6).clamp(36, 90), 6)
}

pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(super::Overlay::Confirm(confirm)) = &model.overlay else { return Vec::new() };
    let command = confirm.command;
    match (key.code, key.control || key.alt) {
        // Ctrl-Y is meant for the editor.
        (Code::Enter, _) | (Code::Char('y' | 'Y'), false) => {
            model.overlay = None;
            workbench::confirmed(model, command)
        }
        (Code::Esc | Code::Char('n' | 'N' | 'q'), _) | (Code::Char('c'), true) => {
            model.overlay = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}
