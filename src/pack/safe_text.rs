//! Characters that have no place in a text that is shown in a terminal.

/// Whether a character could command a terminal or turn the order of what is read: a control character other than a
/// line end and a tab, or a mark that overrides the direction of writing.
pub fn is_unsafe_char(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// The first unsafe character that is not allowed here all the same, and the byte at which it stands.
pub(super) fn find_unsafe(text: &str, allowed: &[char]) -> Option<(usize, char)> {
    // Nearly every text is plain ASCII, of which a byte says enough; without an early exit the loop is vectorised.
    let suspicious = |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\t')) || byte >= 0x7f;
    if !text.as_bytes().iter().fold(false, |any, byte| any | suspicious(*byte)) {
        return None;
    }
    text.char_indices().find(|(_, c)| is_unsafe_char(*c) && !allowed.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_found_where_it_stands() {
        assert_eq!(find_unsafe("one\n\ttwo, größer …", &[]), None);
        assert_eq!(find_unsafe("one\r\n", &[]), Some((3, '\r')));
        assert_eq!(find_unsafe("one\r\n\u{1b}", &['\r']), Some((5, '\u{1b}')));
        assert_eq!(find_unsafe("ü\u{1b}[2J", &[]), Some((2, '\u{1b}')));
        assert_eq!(find_unsafe("a\u{9b}2J", &[]), Some((1, '\u{9b}')));
        assert_eq!(find_unsafe("\u{202e}", &[]), Some((0, '\u{202e}')));
        assert_eq!(find_unsafe("\u{7f}", &[]), Some((0, '\u{7f}')));
    }
}
