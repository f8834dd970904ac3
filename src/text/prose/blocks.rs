//! Blocks set one after the other: headings, paragraphs, lists, quotations, rules.

use crate::text::control::clean;
use crate::text::markdown::{Alert, Block, BlockKind, Inline, Item};
use crate::text::prose::inline::About;
use crate::text::prose::margin::spaces;
use crate::text::prose::page::{Heading, LineKind};
use crate::text::prose::setter::Setter;
use crate::text::style::{Role, Span, Style};
use crate::text::width::width;

impl Setter {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut first = true;
        for block in blocks.iter().filter(|block| shows(&block.kind)) {
            if !first {
                self.gap(before(&block.kind));
            }
            first = false;
            self.block(block);
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { level, anchor, text } => self.heading(*level, anchor, text),
            BlockKind::Paragraph(text) => self.paragraph(text, Style::default()),
            BlockKind::Code { info, text, body } => self.code(info, text, body),
            BlockKind::List { start, items } => self.list(*start, items),
            BlockKind::Quote { alert, blocks } => self.quote(*alert, blocks),
            BlockKind::Table { alignments, header, rows } => self.table(alignments, header, rows),
            BlockKind::Footnote { .. } => {}
            BlockKind::Rule => self.rule(),
            BlockKind::Html(html) => {
                for line in html.lines() {
                    self.text(&[(clean(line).into_owned(), About { style: Role::Muted.into(), link: None })]);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, anchor: &str, text: &[Inline]) {
        self.settle_gap();
        let line = self.page.lines.len();
        self.page.headings.push(Heading { anchor: anchor.to_owned(), level, line });
        self.page.anchors.insert(anchor.to_owned(), line);
        self.paragraph(text, Style::of(Role::Heading(level)).bold());
    }

    fn paragraph(&mut self, text: &[Inline], style: Style) {
        let runs = self.runs(text, style);
        self.text(&runs);
    }

    fn list(&mut self, start: Option<u64>, items: &[Item]) {
        let last = start.map(|first| first.saturating_add(items.len().saturating_sub(1) as u64));
        let digits = last.map_or(0, |last| last.to_string().len());
        let loose = items.iter().any(|item| {
            item.blocks.len() > 2
                || item.blocks.get(1).is_some_and(|b| !matches!(b.kind, BlockKind::List { .. }))
        });
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.gap(usize::from(loose));
            }
            let number = start.map(|first| first.saturating_add(at as u64));
            let lead = self.bullet(item.task, number, digits);
            let rest = spaces(width(&lead.text));
            self.margins.open(Some(lead), rest, self.measure);
            self.item(&item.blocks, loose);
            if self.margins.has_lead() {
                self.line(Vec::new(), LineKind::Prose);
            }
            self.margins.close();
        }
    }

    /// Sets what an item holds; in a tight list, inner lists stand directly under their item's text.
    fn item(&mut self, blocks: &[Block], loose: bool) {
        for (at, block) in blocks.iter().filter(|block| shows(&block.kind)).enumerate() {
            if at > 0 {
                self.gap(usize::from(loose));
            }
            self.block(block);
        }
    }

    fn bullet(&self, task: Option<bool>, number: Option<u64>, digits: usize) -> Span {
        let (done, open, bullet) = if self.ascii { ("[x] ", "[ ] ", "- ") } else { ("✓ ", "○ ", "• ") };
        match (task, number) {
            (Some(true), _) => Span::new(done, Role::Success),
            (Some(false), _) => Span::new(open, Role::Muted),
            (None, Some(number)) => Span::new(format!("{number:>digits$}. "), Role::Muted),
            (None, None) => Span::new(bullet, Role::Muted),
        }
    }

    fn quote(&mut self, alert: Option<Alert>, blocks: &[Block]) {
        self.settle_gap();
        let role = alert.map_or(Role::Quote, alert_role);
        let bar = Span::new(if self.ascii { "| " } else { "┃ " }, role);
        self.margins.open(None, bar, self.measure);
        if let Some(alert) = alert {
            self.line(vec![Span::new(alert_title(alert), Style::of(role).bold())], LineKind::Prose);
        }
        self.blocks(blocks);
        self.margins.close();
    }

    pub(super) fn rule(&mut self) {
        let width = self.measure.saturating_sub(self.margins.width());
        let mark = if self.ascii { "-" } else { "─" };
        self.line(vec![Span::new(mark.repeat(width), Role::Muted)], LineKind::Prose);
    }
}

/// Whether a block has lines where it stands.
pub(super) fn shows(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Footnote { .. } => false,
        BlockKind::Html(html) => !html.trim_start().starts_with("<!--"),
        _ => true,
    }
}

/// The empty lines before a block that is not the first.
pub(super) fn before(kind: &BlockKind) -> usize {
    match kind {
        BlockKind::Heading { level: 1 | 2, .. } => 2,
        _ => 1,
    }
}

fn alert_role(alert: Alert) -> Role {
    match alert {
        Alert::Note => Role::Note,
        Alert::Tip => Role::Success,
        Alert::Important => Role::Accent,
        Alert::Warning => Role::Warning,
        Alert::Caution => Role::Failure,
    }
}

fn alert_title(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "Note",
        Alert::Tip => "Tip",
        Alert::Important => "Important",
        Alert::Warning => "Warning",
        Alert::Caution => "Caution",
    }
}
