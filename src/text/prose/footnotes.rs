//! Footnotes: numbered as they are first referred to, gathered at the page's end.

use std::collections::HashMap;

use crate::text::markdown::{Block, BlockKind};

/// The numbers of a page's footnotes.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    numbers: HashMap<String, usize>,
    /// The labels by number, from 1.
    order: Vec<String>,
}

impl Footnotes {
    /// The number of a label; the first reference gives it the next.
    pub(super) fn refer(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.order.push(label.to_owned());
        self.numbers.insert(label.to_owned(), self.order.len());
        self.order.len()
    }

    /// The label of a number.
    pub(super) fn label(&self, number: usize) -> Option<&str> {
        self.order.get(number.checked_sub(1)?).map(String::as_str)
    }
}

/// The footnotes' texts by label, wherever in the document they stand; of two with one label, the first counts.
pub(super) fn texts(blocks: &[Block]) -> (Vec<&str>, HashMap<&str, &[Block]>) {
    let mut labels = Vec::new();
    let mut texts = HashMap::new();
    gather(blocks, &mut labels, &mut texts);
    (labels, texts)
}

fn gather<'a>(blocks: &'a [Block], labels: &mut Vec<&'a str>, texts: &mut HashMap<&'a str, &'a [Block]>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Footnote { label, blocks } => {
                if !texts.contains_key(label.as_str()) {
                    labels.push(label);
                    texts.insert(label, blocks);
                }
                gather(blocks, labels, texts);
            }
            BlockKind::Quote { blocks, .. } => gather(blocks, labels, texts),
            BlockKind::List { items, .. } => {
                for item in items {
                    gather(&item.blocks, labels, texts);
                }
            }
            _ => {}
        }
    }
}
