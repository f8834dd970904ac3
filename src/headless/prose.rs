//! Markdown on the command line: laid out as in the reader, its code highlighted.

use crate::headless::console::Console;
use crate::text::Line;
use crate::text::code::highlight;
use crate::text::markdown::{Markdown, parse};
use crate::text::prose::{Layout, LineKind, Page};
use crate::text::width::window;

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

fn lines(page: &Page) -> Vec<Line> {
    let blocks: Vec<_> = page.blocks.iter().map(|block| highlight(&block.language, &block.text())).collect();
    let drawn = page.lines.iter().map(|line| match line.kind {
        LineKind::Code { block, row } => {
            let mut drawn = window(&line.line, 0, page.blocks[block].indent);
            let code = blocks[block].get(row).cloned().unwrap_or_default();
            drawn.spans.extend(code.spans);
            drawn
        }
        _ => line.line.clone(),
    });
    drawn.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::prose::lay_out;

    #[test]
    fn code_keeps_its_text() {
        let page = lay_out(&parse("Text.\n\n```rust\nfn main() {}\n\nlet x = 1;\n```\n"), 60, 80);
        let texts: Vec<_> = lines(&page).iter().map(|line| line.text().trim_end().to_owned()).collect();
        let laid: Vec<_> = page.lines.iter().map(|line| line.line.text().trim_end().to_owned()).collect();
        assert_eq!(texts, laid);
    }
}
