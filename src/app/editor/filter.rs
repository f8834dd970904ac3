//! What may stand in a buffer: text from a file or a clipboard, without what a terminal would obey.

/// Makes text fit for a buffer: line ends become line feeds, control and direction characters are left out.
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                clean.push('\n');
            }
            c if is_refused(c) => {}
            c => clean.push(c),
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
        assert_eq!(clean("a\r\nb\rc\n"), "a\nb\nc\n");
    }

    #[test]
    fn what_a_terminal_would_obey_is_left_out() {
        assert_eq!(clean("\u{1b}[2Ja\u{202e}b\u{7}\tc"), "[2Jab\tc");
    }

    #[test]
    fn joiners_stay() {
        assert_eq!(clean("👩‍👩‍👧 ☂️"), "👩‍👩‍👧 ☂️");
    }
}
