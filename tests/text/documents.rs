//! Every text that a person reads, with the file that it stands in.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use patterns_tui::pack::{self, Exercise, Pack};
use patterns_tui::text::markdown::{Block, BlockKind, Inline, Markdown, parse};

pub(crate) static PACK: LazyLock<Pack> =
    LazyLock::new(|| pack::builtin().unwrap_or_else(|problems| panic!("{problems}")));

/// A text in Markdown.
pub(crate) struct Document {
    /// The file, relative to the repository.
    pub(crate) file: PathBuf,
    pub(crate) text: String,
}

/// A code block of a document.
pub(crate) struct CodeBlock {
    pub(crate) info: String,
    pub(crate) text: String,
    /// Of its first line, from 1.
    pub(crate) line: usize,
}

impl Document {
    pub(crate) fn parse(&self) -> Markdown {
        parse(&self.text)
    }

    pub(crate) fn code_blocks(&self) -> Vec<CodeBlock> {
        let mut found = Vec::new();
        each_block(&self.parse().blocks, &mut |block| {
            if let BlockKind::Code { info, text, body } = &block.kind {
                let line = self.text[..body.start].matches('\n').count() + 1;
                found.push(CodeBlock { info: info.clone(), text: text.clone(), line });
            }
        });
        found
    }
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of the repository.
pub(crate) fn of_repository() -> Vec<Document> {
    let names = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(PathBuf::from);
    let docs = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let docs = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    // What is generated from the pack consists of names.
    let docs = docs
        .filter(|path| !path.ends_with("docs/content.md"))
        .map(|path| path.strip_prefix(root()).unwrap().to_owned());
    let read = |file: PathBuf| Document { text: std::fs::read_to_string(root().join(&file)).unwrap(), file };
    let documents: Vec<Document> = names.into_iter().chain(docs).map(read).collect();
    assert!(documents.len() > 5, "the documents were found");
    documents
}

/// The chapters of the built-in pack.
pub(crate) fn chapters() -> Vec<Document> {
    let chapter = |chapter: &pack::Chapter| Document {
        file: format!("content/chapters/{}.md", chapter.slug).into(),
        text: chapter.source.to_string(),
    };
    PACK.chapters.iter().map(chapter).collect()
}

/// The texts of the exercises of the built-in pack.
pub(crate) fn of_exercises() -> Vec<Document> {
    PACK.exercises.iter().flat_map(of_exercise).collect()
}

fn of_exercise(exercise: &Exercise) -> Vec<Document> {
    let mut texts = vec![exercise.title.clone()];
    texts.extend(exercise.notes.clone());
    for step in &exercise.steps {
        texts.extend([step.title.clone(), step.task.clone()]);
        texts.extend(step.hints.iter().cloned());
    }
    for question in &exercise.questions {
        texts.extend([question.text.clone(), question.explain.clone()]);
        if question.ask == pack::Ask::Choice {
            texts.extend(question.options.iter().cloned());
        }
        texts.extend(question.code.iter().map(|code| format!("```rust\n{code}\n```\n")));
    }
    texts.extend(exercise.wrong.iter().map(|wrong| wrong.why.clone()));
    let file = PathBuf::from(format!("content/exercises/{}/exercise.toml", exercise.id));
    texts.into_iter().map(|text| Document { file: file.clone(), text }).collect()
}

/// Visits every block, those within others too.
pub(crate) fn each_block(blocks: &[Block], visit: &mut impl FnMut(&Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List { items, .. } => items.iter().for_each(|item| each_block(&item.blocks, visit)),
            BlockKind::Quote { blocks, .. } | BlockKind::Footnote { blocks, .. } => each_block(blocks, visit),
            _ => {}
        }
    }
}

/// Visits every piece of running text, those within others too.
pub(crate) fn each_inline(markdown: &Markdown, visit: &mut impl FnMut(&Inline)) {
    fn within(inlines: &[Inline], visit: &mut impl FnMut(&Inline)) {
        for inline in inlines {
            visit(inline);
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                    within(inner, visit);
                }
                Inline::Link { text, .. } | Inline::Image { text, .. } => within(text, visit),
                _ => {}
            }
        }
    }
    each_block(&markdown.blocks, &mut |block| match &block.kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => within(text, visit),
        BlockKind::Table { header, rows, .. } => {
            header.iter().chain(rows.iter().flatten()).for_each(|cell| within(cell, visit));
        }
        _ => {}
    });
}
