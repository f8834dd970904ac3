//! Markdown on the command line.

use crate::headless::console::Console;
use crate::text::markdown::{Markdown, parse};
use crate::text::{Line, Role, sanitise};

/// Writes Markdown.
pub(super) fn write(source: &str, console: &mut Console) {
    write_blocks(source, &parse(source), console);
}

/// Writes parsed blocks of `source`.
pub(super) fn write_blocks(source: &str, markdown: &Markdown, console: &mut Console) {
    for block in &markdown.blocks {
        for line in source.get(block.source.clone()).unwrap_or_default().trim_end().lines() {
            console.line(&Line::of(sanitise(line), Role::Text));
        }
        console.blank();
    }
}
