//! What may stand in a buffer: text from a file or a clipboard, without what a terminal would obey.

/// Text made fit for a buffer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The text, its lines ended by line feeds.
    pub text: String,
    /// Whether it had other line ends.
    pub line_ends: bool,
    /// How many characters were left out.
    pub dropped: usize,
}

/// Makes text fit for a buffer: line ends become line feeds, control and direction characters are left out.
pub fn clean(text: &str) -> Clean {
    let mut clean = Clean { text: String::with_capacity(text.len()), line_ends: false, dropped: 0 };
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                clean.line_ends = true;
                characters.next_if_eq(&'\n');
                clean.text.push('\n');
            }
            c if is_refused(c) => clean.dropped += 1,
            c => clean.text.push(c),
        }
    }
    clean
}

/// Whether a character may not stand in a buffer.
pub fn is_refused(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        c if c.is_control() => true,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}' => true,
        c => matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'),
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn line_ends_become_line_feeds() {
        let clean = clean("a\r\nb\rc\n");
        assert_eq!(clean.text, "a\nb\nc\n");
        assert!(clean.line_ends);
    }

    #[test]
    fn what_a_terminal_would_obey_is_left_out() {
        let clean = clean("\u{1b}[2Ja\u{202e}b\u{7}\tc");
        assert_eq!(clean.text, "[2Jab\tc");
        assert_eq!(clean.dropped, 3);
    }

    #[test]
    fn joiners_stay() {
        assert_eq!(clean("👩‍👩‍👧 ☂️").text, "👩‍👩‍👧 ☂️");
    }
}
