//! A page of prose with the code on it highlighted.

use crate::text::code::listing::highlight;
use crate::text::prose::{LineKind, Page};
use crate::text::style::Line;
use crate::text::width::window;

/// The lines of a page, its code blocks highlighted at once: for pages of a few lines, not for chapters on a screen.
pub fn lines(page: &Page) -> Vec<Line> {
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
    use crate::text::markdown::parse;
    use crate::text::prose::lay_out;

    #[test]
    fn code_keeps_its_text() {
        let page = lay_out(&parse("Text.\n\n```rust\nfn main() {}\n\nlet x = 1;\n```\n"), 60, 80);
        let texts: Vec<_> = lines(&page).iter().map(|line| line.text().trim_end().to_owned()).collect();
        let laid: Vec<_> = page.lines.iter().map(|line| line.line.text().trim_end().to_owned()).collect();
        assert_eq!(texts, laid);
    }
}
