//! Markdown on the command line: laid out as in the reader, its code highlighted.

use crate::headless::console::Console;
use crate::text::code::page::lines;
use crate::text::markdown::{Markdown, parse};
use crate::text::prose::Layout;

/// Writes Markdown.
pub(super) fn write(source: &str, console: &mut Console) {
    write_parsed(&parse(source), console);
}

/// Writes parsed Markdown.
pub(super) fn write_parsed(markdown: &Markdown, console: &mut Console) {
    let measure = u16::try_from(console.measure()).unwrap_or(u16::MAX);
    let width = u16::try_from(console.columns()).unwrap_or(measure).max(measure);
    let page = Layout { measure, width, ascii: console.ascii(), insertions: &[] }.page(markdown);
    for line in lines(&page) {
        console.line(&line);
    }
}
