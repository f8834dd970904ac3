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
