//! `show`: a section, a chapter, a listing or an exercise's task.

use crate::failure::{EXIT_OK, Failure};
use crate::headless::at_hand::named_or_at_hand;
use crate::headless::console::Console;
use crate::headless::list::kind;
use crate::headless::listings::{self, Meant};
use crate::headless::names::{self, Chosen};
use crate::headless::prose;
use crate::headless::quiz::how_to_answer;
use crate::headless::session::Session;
use crate::pack::{Chapter, Exercise, Kind, Listing};
use crate::progress::{Change, ExerciseRecord};
use crate::text::code::highlight;
use crate::text::markdown::{Block, BlockKind, Markdown, parse};
use crate::text::{Line, Role, Span, Style, sanitise};

const LIST: &str = "`patterns-tui list --listings` lists what there is";
/// Before the name of a chapter that an exercise bears too.
const CHAPTER: &str = "chapter:";

/// Shows what bears the name, or without one the task of the exercise at hand.
pub(super) fn run(name: Option<&str>, session: &mut Session) -> Result<u8, Failure> {
    if let Some(name) = name {
        return named(name, session);
    }
    let chosen = named_or_at_hand(None, session)?;
    task(&chosen, session)
}

fn named(name: &str, session: &mut Session) -> Result<u8, Failure> {
    let (name, whole) = name.strip_prefix(CHAPTER).map_or((name, false), |chapter| (chapter, true));
    if !whole && let Ok(chosen) = session.exercise(name) {
        task(&chosen, session)?;
        if session.packs.iter().any(|pack| pack.chapter(name).is_some()) {
            session
                .console
                .note(&format!("there is also a chapter of this name: `patterns-tui show {CHAPTER}{name}`"));
        }
        return Ok(EXIT_OK);
    }
    let packs = session.packs.clone();
    for pack in &packs {
        if let Some(blocks) = section(&pack.chapters, name) {
            prose::write_parsed(&Markdown { blocks }, &mut session.console);
            // What becomes of it behind a pipe nobody knows: `head` throws most of it away.
            let has_read = name.contains('#') || pack.chapter(name).is_some_and(|it| it.sections.is_empty());
            if has_read && session.console.is_terminal() {
                session.keep(&[Change::Read { pack: pack.id.clone(), section: name.to_owned() }]);
            }
            return Ok(EXIT_OK);
        }
    }
    let listing = || {
        let of_name = listings::listing(&packs, name).map(|(_, _, listing)| listing);
        of_name.or_else(|| listings::listing_of_file(&packs, name).map(|(_, listing)| listing))
    };
    if !whole && let Some(listing) = listing() {
        write_listing(listing, &mut session.console);
        return Ok(EXIT_OK);
    }
    Err(unknown(name, whole, session))
}

fn task(chosen: &Chosen, session: &mut Session) -> Result<u8, Failure> {
    let record = session.record()?;
    let known = record.exercise(&chosen.pack.id, &chosen.exercise().id).cloned().unwrap_or_default();
    write_task(chosen, &known, session);
    Ok(EXIT_OK)
}

fn unknown(name: &str, chapter: bool, session: &Session) -> Failure {
    if !chapter && let Some(several) = listings::several(name, &session.packs, Meant::Any) {
        return several.hint(LIST);
    }
    let slugs = || session.packs.iter().flat_map(|pack| &pack.chapters).map(|chapter| chapter.slug.clone());
    let (what, known) =
        if chapter { ("no chapter", slugs().collect()) } else { ("nothing called", all_names(session)) };
    let unknown = Failure::usage(format!("there is {what} `{name}`"));
    names::suggest(unknown, name, &known).hint(LIST)
}

/// A whole chapter, or the section `chapter#anchor` with the sections below it.
fn section(chapters: &[Chapter], name: &str) -> Option<Vec<Block>> {
    let (slug, anchor) = name.split_once('#').map_or((name, None), |(slug, anchor)| (slug, Some(anchor)));
    let chapter = chapters.iter().find(|chapter| chapter.slug == slug)?;
    let blocks = parse(&chapter.source).blocks;
    let Some(wanted) = anchor else { return Some(blocks) };
    let level_of = |block: &Block| match &block.kind {
        BlockKind::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let is_wanted =
        |block: &Block| matches!(&block.kind, BlockKind::Heading { anchor, .. } if anchor == wanted);
    let start = blocks.iter().position(is_wanted)?;
    let top = level_of(&blocks[start])?;
    let below = |block: &&Block| level_of(block).is_none_or(|level| level > top);
    let length = 1 + blocks[start + 1..].iter().take_while(below).count();
    Some(blocks[start..start + length].to_vec())
}

fn write_listing(listing: &Listing, console: &mut Console) {
    for line in highlight(&listing.language, &listing.code) {
        console.line(&line);
    }
}

fn write_task(chosen: &Chosen, known: &ExerciseRecord, session: &mut Session) {
    let exercise = chosen.exercise();
    let console = &mut session.console;
    console.text(sanitise(&exercise.title), Style::of(Role::Heading(1)).bold());
    let dot = console.mark("·", "-");
    console.text(
        format!(
            "{id} {dot} {kind} {dot} {difficulty} {dot} {minutes} min {dot} practises {section}",
            id = exercise.id,
            kind = kind(exercise.kind),
            difficulty = exercise.difficulty.name(),
            minutes = exercise.minutes,
            section = exercise.section,
        ),
        Role::Muted,
    );
    for (at, step) in exercise.steps.iter().enumerate() {
        console.blank();
        let title = format!("Step {} of {}: {}", at + 1, exercise.steps.len(), sanitise(&step.title));
        console.text(title, Style::of(Role::Heading(2)).bold());
        console.blank();
        prose::write(&step.task, console);
        for test in &step.tests {
            let passes = known.passing.contains(test);
            let (mark, role) = if passes { ("✓", Role::Success) } else { ("○", Role::Muted) };
            let twin = if passes { "+" } else { "o" };
            let mark = Span::new(format!("  {} ", console.mark(mark, twin)), role);
            let mut spans = vec![mark, Span::plain(sanitise(test))];
            let needs: Vec<_> = exercise.needs_of(test).map(|need| need.env.as_str()).collect();
            if !needs.is_empty() {
                spans.push(Span::new(format!("  skipped without {}", needs.join(", ")), Role::Muted));
            }
            console.line(&Line::from(spans));
        }
    }
    if exercise.kind == Kind::Quiz {
        write_questions(exercise, console);
        console.note(&how_to_answer(exercise));
        return;
    }
    let dir = session.sandbox.crate_dir(&chosen.pack, exercise);
    let id = &exercise.id;
    if dir.exists() {
        session.console.note(&format!("your files are in {}", dir.display()));
    } else {
        session.console.note(&format!("`patterns-tui start {id}` places it in the sandbox"));
    }
}

/// The questions of a quiz and what may be answered; the answers are the app's to tell.
fn write_questions(exercise: &Exercise, console: &mut Console) {
    for (at, question) in exercise.questions.iter().enumerate() {
        console.blank();
        let title = format!("Question {} of {}", at + 1, exercise.questions.len());
        console.text(title, Style::of(Role::Heading(2)).bold());
        console.blank();
        prose::write(&question.text, console);
        if let Some(code) = &question.code {
            console.blank();
            for line in highlight("rust", code.trim_end()) {
                console.line(&Line { spans: [vec![Span::plain("    ")], line.spans].concat() });
            }
        }
        console.blank();
        for (number, option) in (1..).zip(&question.options) {
            for (at, line) in option.lines().enumerate() {
                let head = if at == 0 { format!("{number}.") } else { String::new() };
                console.text(format!("  {head:<3}{}", sanitise(line)), Role::Text);
            }
        }
    }
}

fn all_names(session: &Session) -> Vec<String> {
    let mut names = Vec::new();
    for pack in &session.packs {
        names.extend(pack.exercises.iter().map(|exercise| exercise.id.clone()));
        for chapter in &pack.chapters {
            names.push(chapter.slug.clone());
            names.extend(
                chapter.sections.iter().map(|section| format!("{}#{}", chapter.slug, section.anchor)),
            );
            names.extend(chapter.listings.iter().map(|listing| listing.id.clone()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_of_its_level_begins() {
        let source = "# T\n\n## A {#a}\n\none\n\n### B\n\ntwo\n\n## C\n\nthree\n";
        let chapter = Chapter {
            slug: "c".into(),
            title: "T".into(),
            source: source.into(),
            sections: Vec::new(),
            listings: Vec::new(),
        };
        let chapters = [chapter];
        assert_eq!(section(&chapters, "c#a").unwrap().len(), 4);
        assert_eq!(section(&chapters, "c#a-b").unwrap().len(), 2);
        assert_eq!(section(&chapters, "c").unwrap().len(), 7);
        assert!(section(&chapters, "c#none").is_none());
    }
}
