//! What the terminal sends, as the app's input: keys, the mouse, pastes, and the terminal's own answers sorted out.

use std::time::{Duration, Instant};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::message::{Input, Mouse, MouseKind};
use crate::app::{Code, Key};

/// Two presses on one cell within this time are a double press.
const DOUBLE: Duration = Duration::from_millis(400);

/// Turns events into input; it remembers the last press, to tell a double press.
#[derive(Debug, Default)]
pub struct Translator {
    last: Option<(Instant, u16, u16)>,
}

impl Translator {
    /// The input that an event stands for, if any.
    pub fn translate(&mut self, event: Event, now: Instant) -> Option<Input> {
        match event {
            Event::Key(key) => translate_key(key).map(Input::Key),
            Event::Mouse(mouse) => self.mouse(mouse, now).map(Input::Mouse),
            Event::Paste(text) => Some(Input::Paste(text)),
            // Where there is a signal for it, that is listened to before the first frame is drawn, and misses nothing.
            Event::Resize(width, height) => (!cfg!(unix)).then_some(Input::Resize(width, height)),
            Event::FocusGained | Event::FocusLost => None,
        }
    }

    fn mouse(&mut self, event: MouseEvent, now: Instant) -> Option<Mouse> {
        let MouseEvent { column, row, .. } = event;
        let kind = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => self.press(column, row, now),
            MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
            MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
            MouseEventKind::ScrollUp => MouseKind::ScrollUp,
            MouseEventKind::ScrollDown => MouseKind::ScrollDown,
            MouseEventKind::ScrollLeft => MouseKind::ScrollLeft,
            MouseEventKind::ScrollRight => MouseKind::ScrollRight,
            _ => return None,
        };
        Some(Mouse { kind, column, row, shift: event.modifiers.contains(KeyModifiers::SHIFT) })
    }

    fn press(&mut self, column: u16, row: u16, now: Instant) -> MouseKind {
        let double = self.last.is_some_and(|(at, x, y)| (x, y) == (column, row) && now - at < DOUBLE);
        self.last = if double { None } else { Some((now, column, row)) };
        if double { MouseKind::DoublePress } else { MouseKind::Press }
    }
}

/// The key that was pressed; nothing for a release and for keys that the app does not know.
fn translate_key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let has = |modifier| event.modifiers.contains(modifier);
    let (code, shift) = match event.code {
        KeyCode::Char(c) if has(KeyModifiers::CONTROL) => {
            (Code::Char(control_char(c)), has(KeyModifiers::SHIFT) && !c.is_ascii_uppercase())
        }
        KeyCode::Char(c) => (Code::Char(c), false),
        KeyCode::BackTab => (Code::Tab, true),
        other => (named(other)?, has(KeyModifiers::SHIFT)),
    };
    Some(Key { code, control: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT), shift })
}

/// The letter of a control key. Without a keyboard protocol Ctrl-/ and Ctrl-_ arrive as the byte 0x1f, which the
/// terminal library calls Ctrl-7.
fn control_char(c: char) -> char {
    if c == '7' { '_' } else { c.to_ascii_lowercase() }
}

fn named(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use crossterm::event::{
        Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
    };

    use super::{Translator, translate_key};
    use crate::app::message::{Input, MouseKind};
    use crate::app::{Code, Key};

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        translate_key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn a_shifted_letter_is_its_capital_and_back_tab_is_shift_tab() {
        assert_eq!(pressed(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Key::char('G')));
        assert_eq!(pressed(KeyCode::BackTab, KeyModifiers::SHIFT), Some(Key::plain(Code::Tab).shifted()));
        assert_eq!(pressed(KeyCode::Char('7'), KeyModifiers::CONTROL), Some(Key::control('_')));
        let release = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(translate_key(release), None);
    }

    #[test]
    fn two_quick_presses_on_one_cell_are_a_double_press_and_a_third_is_not() {
        let mut translator = Translator::default();
        let start = Instant::now();
        let mut press = |column, ms| {
            let kind = MouseEventKind::Down(MouseButton::Left);
            let event = MouseEvent { kind, column, row: 1, modifiers: KeyModifiers::NONE };
            match translator.translate(Event::Mouse(event), start + Duration::from_millis(ms)) {
                Some(Input::Mouse(mouse)) => Some(mouse.kind),
                _ => None,
            }
        };
        let kinds = [press(1, 0), press(1, 100), press(1, 200), press(2, 250), press(2, 900)];
        let expected =
            [MouseKind::Press, MouseKind::DoublePress, MouseKind::Press, MouseKind::Press, MouseKind::Press];
        assert_eq!(kinds, expected.map(Some));
    }
}
