//! What the chosen chapter or exercise begins with, for those who have not opened it.

use crate::app::model::Model;
use crate::app::screen::library::{Panel, chosen_chapter, exercises};
use crate::pack::Exercise;
use crate::text::markdown::{self, Block, BlockKind, Markdown};

/// The paragraphs that the chosen chapter, or where the exercises listen, the chosen exercise begins with.
pub fn opening(model: &Model) -> Markdown {
    let pack = model.pack();
    match model.library.panel {
        Panel::Chapters => chosen_chapter(model).map(|chapter| beginning(&pack.chapters[chapter].source)),
        Panel::Exercises { chosen, .. } => {
            exercises(model).get(chosen).map(|exercise| task(&pack.exercises[*exercise]))
        }
    }
    .unwrap_or_default()
}

fn task(exercise: &Exercise) -> Markdown {
    match exercise.steps.first() {
        Some(step) => beginning(&step.task),
        None => markdown::parse(&format!(
            "{} questions: what does the compiler say, what does the program do?",
            exercise.questions.len()
        )),
    }
}

/// The paragraphs before anything else, below a title if there is one, less the one that leads on to what is not shown.
fn beginning(source: &str) -> Markdown {
    let section = source.find("\n## ").unwrap_or(source.len());
    let blocks = markdown::parse(&source[..source.floor_char_boundary(section.min(LONGEST))]).blocks;
    let is_title = |block: &Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
    let is_text = |block: &Block| matches!(block.kind, BlockKind::Paragraph(_));
    let mut blocks: Vec<_> = blocks.into_iter().skip_while(is_title).take_while(is_text).collect();
    if blocks.len() > 1 {
        blocks.pop_if(|last| source[last.source.clone()].trim_end().ends_with(':'));
    }
    Markdown { blocks }
}

/// More bytes than the panel has room for: of a document without sections not everything is parsed.
const LONGEST: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        let text = |block: &Block| match &block.kind {
            BlockKind::Paragraph(text) => markdown::plain(text),
            other => format!("{other:?}"),
        };
        beginning(source).blocks.iter().map(text).collect()
    }

    #[test]
    fn paragraphs_below_the_title_and_nothing_else() {
        assert_eq!(words("# Title\n\nOne\nline.\n\nTwo.\n\n## Section\n\nThree.\n"), ["One line.", "Two."]);
        assert_eq!(words("One.\n\n- a list\n\nTwo.\n"), ["One."]);
        assert_eq!(words("One.\n\nTwo:\n\n- a list\n"), ["One."]);
        assert_eq!(words("One:\n\n- a list\n"), ["One:"]);
        assert_eq!(words("# Title\n\n```rust\nfn main() {}\n```\n\nOne.\n"), [""; 0]);
    }

    #[test]
    fn of_a_long_document_only_the_beginning_is_read() {
        let long = "ü".repeat(LONGEST);
        assert_eq!(words(&format!("x{long}"))[0].chars().count(), LONGEST / 2);
    }
}
