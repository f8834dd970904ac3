//! `docs/content.md` is what the built-in pack holds. `PATTERNS_TUI_UPDATE=1 cargo test --test content_table` writes it anew.

use std::fmt::Write;
use std::path::Path;

use patterns_tui::pack::{self, Ask, Chapter, Claim, Exercise, Kind, Listing, Pack, Question, Section};

const HEAD: &str = "\
# What the built-in pack teaches and checks

Each pattern with its sections, its listings, its exercises, the tests that judge these, and the wrong answers that each test
catches. `PATTERNS_TUI_UPDATE=1 cargo test --test content_table` writes this file from the pack, and `cargo test` says when it is stale.
";

#[test]
fn the_table_is_what_the_pack_holds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content.md");
    let pack = pack::builtin().unwrap_or_else(|problems| panic!("{problems}"));
    let table = table(&pack);
    if std::env::var_os("PATTERNS_TUI_UPDATE").is_some() {
        std::fs::write(&path, table).unwrap();
        return;
    }
    let shown = std::fs::read_to_string(&path).unwrap_or_default();
    let stale = shown.lines().zip(table.lines()).find(|(shown, wanted)| shown != wanted);
    assert!(
        shown == table,
        "docs/content.md is stale, first at {stale:?}: PATTERNS_TUI_UPDATE=1 cargo test --test content_table"
    );
}

/// A section of level 2 and what belongs to it.
struct Pattern<'p> {
    title: &'p str,
    parts: Vec<&'p Section>,
    listings: Vec<&'p Listing>,
    exercises: Vec<&'p Exercise>,
}

fn patterns<'p>(pack: &'p Pack, chapter: &'p Chapter) -> Vec<Pattern<'p>> {
    let mut patterns = Vec::new();
    for (at, section) in chapter.sections.iter().enumerate().filter(|(_, section)| section.level == 2) {
        let within = chapter.sections[at + 1..].iter().take_while(|part| part.level > 2);
        let parts: Vec<&Section> = within.collect();
        let is_here =
            |anchor: &str| anchor == section.anchor || parts.iter().any(|part| part.anchor == anchor);
        patterns.push(Pattern {
            title: &section.title,
            listings: chapter
                .listings
                .iter()
                .filter(|one| one.language == "rust" && is_here(&one.section))
                .collect(),
            exercises: pack.exercises_of(&chapter.slug).filter(|one| is_here(&one.section.anchor)).collect(),
            parts,
        });
    }
    patterns
}

fn table(pack: &Pack) -> String {
    let mut text = HEAD.to_owned();
    let chapters: Vec<(&Chapter, Vec<Pattern<'_>>)> =
        pack.chapters.iter().map(|chapter| (chapter, patterns(pack, chapter))).collect();
    text.push_str("\n| chapter | pattern | parts | listings | exercises | tests | wrong answers |\n");
    text.push_str("|---|---|--:|--:|---|--:|--:|\n");
    let mut total = [0; 5];
    for (chapter, patterns) in &chapters {
        for pattern in patterns {
            let names: Vec<String> = pattern.exercises.iter().map(|one| format!("`{}`", one.id)).collect();
            let row = counts(pattern);
            total.iter_mut().zip(row).for_each(|(total, own)| *total += own);
            let [parts, listings, _, tests, wrong] = row;
            let title = &chapter.title;
            let _ = writeln!(
                text,
                "| {title} | {} | {parts} | {listings} | {} | {tests} | {wrong} |",
                pattern.title,
                names.join(" ")
            );
        }
    }
    let [parts, listings, exercises, tests, wrong] = total;
    let _ = writeln!(text, "| **all** | | {parts} | {listings} | {exercises} | {tests} | {wrong} |");
    for (chapter, patterns) in &chapters {
        let _ = writeln!(text, "\n## {}", chapter.title);
        for pattern in patterns {
            describe(&mut text, pattern);
        }
    }
    text
}

/// Parts, listings, exercises, tests (of a quiz, its questions) and wrong answers.
fn counts(pattern: &Pattern<'_>) -> [usize; 5] {
    let sum = |of: fn(&Exercise) -> usize| pattern.exercises.iter().map(|exercise| of(exercise)).sum();
    let tests = sum(|exercise| exercise.tests_in_order().count());
    let wrong = sum(|exercise| exercise.wrong.len());
    [pattern.parts.len(), pattern.listings.len(), pattern.exercises.len(), tests, wrong]
}

fn describe(text: &mut String, pattern: &Pattern<'_>) {
    let _ = writeln!(text, "\n### {}", pattern.title);
    let parts: Vec<&str> = pattern.parts.iter().map(|part| part.title.as_str()).collect();
    if !parts.is_empty() {
        let _ = writeln!(text, "\nParts: {}.", parts.join(" · "));
    }
    let listings: Vec<String> = pattern.listings.iter().map(|listing| claim(listing)).collect();
    if !listings.is_empty() {
        let _ = writeln!(text, "\nListings: {}.", listings.join(", "));
    }
    for exercise in &pattern.exercises {
        describe_exercise(text, exercise);
    }
}

/// A listing and what it claims.
fn claim(listing: &Listing) -> String {
    let id = &listing.id;
    match &listing.claim {
        Claim::Compiles if listing.run => format!("`{id}` runs"),
        Claim::Compiles => format!("`{id}` compiles"),
        Claim::Fails(code) => format!("`{id}` fails with {code}"),
        Claim::Nothing => format!("`{id}` is not checked"),
    }
}

fn describe_exercise(text: &mut String, exercise: &Exercise) {
    let kind = match exercise.kind {
        Kind::Implement => "implement",
        Kind::Repair => "repair",
        Kind::Test => "test",
        Kind::Quiz => "quiz",
    };
    let difficulty = exercise.difficulty.name();
    let (id, title, minutes, set) = (&exercise.id, &exercise.title, exercise.minutes, &exercise.set);
    let _ =
        writeln!(text, "\n**`{id}`** {title}: {kind}, {difficulty}, {minutes} min, dependencies {set}.\n");
    if exercise.kind == Kind::Quiz {
        text.push_str("| question | asks | proved by |\n|---|---|---|\n");
        for question in &exercise.questions {
            let _ = writeln!(text, "| {} | {} | {} |", question.name, asks(question), proof(question));
        }
        return;
    }
    text.push_str("| step | test | wrong answers that it catches |\n|---|---|---|\n");
    for step in &exercise.steps {
        for test in &step.tests {
            let caught = exercise.wrong.iter().filter(|wrong| wrong.caught_by.contains(test));
            let caught: Vec<&str> = caught.map(|wrong| wrong.name.as_str()).collect();
            let _ =
                writeln!(text, "| {} | `{test}` | {} |", step.title.replace('|', "\\|"), caught.join(", "));
        }
    }
}

const fn asks(question: &Question) -> &'static str {
    match question.ask {
        Ask::Compiles => "does it compile?",
        Ask::Prints => "what does it print?",
        Ask::Choice => "which one holds?",
    }
}

fn proof(question: &Question) -> String {
    match (&question.error, &question.prints, &question.code) {
        (Some(code), ..) => format!("the compiler: {code}"),
        (None, Some(_), _) => "a run".to_owned(),
        (None, None, Some(_)) => "the compiler".to_owned(),
        (None, None, None) => "its explanation alone".to_owned(),
    }
}
