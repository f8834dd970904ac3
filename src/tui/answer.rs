//! The terminal's answer to the question for its background colour, told apart from what a person types.
//!
//! The answer is `ESC ] 11 ; rgb : RRRR / GGGG / BBBB` up to BEL or `ESC \`. The terminal library knows no such answer
//! and delivers it key by key, beginning with Alt-].

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// How long after the question an answer is looked for.
const AWAITED: Duration = Duration::from_secs(3);

/// How long keys that may begin an answer are held back.
pub const HELD: Duration = Duration::from_millis(60);

/// The longest text of an answer that is waited for.
const LONGEST: usize = 32;

/// What came through the filter.
#[derive(Debug, PartialEq, Eq)]
pub enum Passed {
    /// An event that is no part of an answer.
    Event(Event),
    /// The terminal said whether its background is light.
    Background {
        /// It is.
        light: bool,
    },
}

/// Takes the answer out of the stream of events.
#[derive(Debug)]
pub struct AnswerFilter {
    until: Option<Instant>,
    held: Vec<KeyEvent>,
    text: String,
}

impl AnswerFilter {
    /// A filter that looks for one answer, if the question was asked.
    pub fn new(asked: Option<Instant>) -> Self {
        Self { until: asked.map(|at| at + AWAITED), held: Vec::new(), text: String::new() }
    }

    /// Whether keys are held back; they must be given up after [`HELD`].
    pub fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// Lets an event through, holds it back, or completes an answer.
    pub fn feed(&mut self, event: Event, now: Instant) -> Vec<Passed> {
        let Event::Key(key) = event else { return self.through(event) };
        if self.held.is_empty() {
            if key.code != KeyCode::Char(']') || key.modifiers != KeyModifiers::ALT || !self.awaits(now) {
                return vec![Passed::Event(event)];
            }
            self.held.push(key);
            return Vec::new();
        }
        if ends_answer(key) {
            let Some(light) = background(&self.text) else { return self.through(event) };
            *self = Self::new(None);
            return vec![Passed::Background { light }];
        }
        match key.code {
            KeyCode::Char(c)
                if may_follow(&self.text, c) && !key.modifiers.contains(KeyModifiers::CONTROL) =>
            {
                self.text.push(c);
                self.held.push(key);
                Vec::new()
            }
            _ => self.through(event),
        }
    }

    /// Gives up: what was held back were keys after all.
    pub fn give_up(&mut self) -> Vec<Passed> {
        self.text.clear();
        self.held.drain(..).map(|key| Passed::Event(Event::Key(key))).collect()
    }

    fn through(&mut self, event: Event) -> Vec<Passed> {
        let mut passed = self.give_up();
        passed.push(Passed::Event(event));
        passed
    }

    fn awaits(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| now < until)
    }
}

/// BEL arrives as Ctrl-G, the string terminator as Alt-\.
fn ends_answer(key: KeyEvent) -> bool {
    (key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL)
        || (key.code == KeyCode::Char('\\') && key.modifiers == KeyModifiers::ALT)
}

fn may_follow(text: &str, c: char) -> bool {
    const HEAD: &str = "11;rgb";
    match HEAD.chars().nth(text.len()) {
        Some(expected) => c == expected,
        None => text.len() < LONGEST && (c.is_ascii_hexdigit() || matches!(c, ':' | '/')),
    }
}

/// Whether the colour in an answer is light.
fn background(text: &str) -> Option<bool> {
    let (kind, colour) = text.strip_prefix("11;")?.split_once(':')?;
    if !kind.starts_with("rgb") {
        return None;
    }
    let mut channels = colour.split('/').map(|hex| {
        let most =
            16_u32.checked_pow(u32::try_from(hex.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from(most))
    });
    let (red, green, blue) = (channels.next()??, channels.next()??, channels.next()??);
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

    use super::{AnswerFilter, Passed};

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    fn answer(text: &str) -> Vec<Event> {
        let mut events = vec![key(']', KeyModifiers::ALT)];
        events.extend(text.chars().map(|c| key(c, KeyModifiers::NONE)));
        events
    }

    fn feed(filter: &mut AnswerFilter, events: Vec<Event>, now: Instant) -> Vec<Passed> {
        events.into_iter().flat_map(|event| filter.feed(event, now)).collect()
    }

    #[test]
    fn both_ends_of_an_answer_are_known() {
        for (end, text, light) in [
            (key('g', KeyModifiers::CONTROL), "11;rgb:ffff/ffff/f0f0", true),
            (key('\\', KeyModifiers::ALT), "11;rgb:1e/1e/2e", false),
        ] {
            let now = Instant::now();
            let mut filter = AnswerFilter::new(Some(now));
            let mut events = answer(text);
            events.push(end);
            assert_eq!(feed(&mut filter, events, now), [Passed::Background { light }]);
            assert_eq!(feed(&mut filter, answer(""), now).len(), 1, "only one answer is looked for");
        }
    }

    #[test]
    fn what_turns_out_to_be_typed_comes_through_in_order() {
        let now = Instant::now();
        let mut filter = AnswerFilter::new(Some(now));
        let typed = answer("11;x");
        let passed = feed(&mut filter, typed.clone(), now);
        assert_eq!(passed, typed.into_iter().map(Passed::Event).collect::<Vec<_>>());
        assert!(feed(&mut filter, answer("11"), now).is_empty() && filter.holds());
        assert_eq!(filter.give_up().len(), 3);
        assert!(!filter.holds());
    }

    #[test]
    fn nothing_is_held_back_when_no_answer_is_awaited() {
        let now = Instant::now();
        let mut unasked = AnswerFilter::new(None);
        assert_eq!(feed(&mut unasked, answer(""), now).len(), 1);
        let mut late = AnswerFilter::new(Some(now));
        assert_eq!(feed(&mut late, answer(""), now + Duration::from_secs(4)).len(), 1);
    }
}
