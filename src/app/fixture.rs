//! Packs made up for tests.

use std::sync::Arc;

use crate::app::key::Key;
use crate::app::message::{Input, Message, Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::{Effect, update};
use crate::pack::SharedText;
use crate::pack::{
    Chapter, Difficulty, Exercise, Files, Kind, Limits, Pack, Pattern, Section, SectionRef, Step,
};
use crate::progress::Record;

/// A pack of these chapters, each a title with the titles of its patterns, and one exercise for every pattern.
pub(crate) fn pack(id: &str, chapters: &[(&str, &[&str])]) -> Pack {
    let slug = |title: &str| title.to_lowercase().replace(' ', "-");
    Pack {
        id: id.to_owned(),
        title: "Rust service patterns".to_owned(),
        version: semver::Version::new(1, 0, 0),
        language: "en".to_owned(),
        authors: Vec::new(),
        license: "MIT".to_owned(),
        requires: semver::VersionReq::STAR,
        chapters: chapters.iter().map(|(title, patterns)| chapter(&slug(title), title, patterns)).collect(),
        exercises: chapters
            .iter()
            .flat_map(|(title, patterns)| {
                patterns.iter().map(|pattern| exercise(&slug(title), &slug(pattern), pattern))
            })
            .collect(),
        map: Vec::new(),
        sets: [].into(),
    }
}

fn chapter(slug: &str, title: &str, patterns: &[&str]) -> Chapter {
    let sections: Vec<String> =
        patterns.iter().map(|one| format!("## {one}\n\nWhat it is for.\n\n")).collect();
    let source = format!("# {title}\n\n{}", sections.concat());
    Chapter {
        slug: slug.to_owned(),
        title: title.to_owned(),
        source: source.into(),
        sections: patterns
            .iter()
            .map(|pattern| Section {
                anchor: pattern.to_lowercase().replace(' ', "-"),
                title: (*pattern).to_owned(),
                level: 2,
            })
            .collect(),
        listings: Vec::new(),
    }
}

fn exercise(chapter: &str, id: &str, title: &str) -> Exercise {
    let step = |title: &str, test: &str| Step {
        title: title.to_owned(),
        task: "Do it.".to_owned(),
        tests: vec![test.to_owned()],
        hints: vec!["Think.".to_owned()],
    };
    let starter: Files = [("src/lib.rs".to_owned(), SharedText::from("// here\n"))].into();
    Exercise {
        id: id.to_owned(),
        title: format!("Practise {title}"),
        section: SectionRef { chapter: chapter.to_owned(), anchor: id.to_owned() },
        kind: Kind::Implement,
        difficulty: Difficulty::Easy,
        minutes: 10,
        set: "service".to_owned(),
        fails: None,
        renamed_from: Vec::new(),
        edit: vec!["src/lib.rs".to_owned()],
        limits: Limits::default(),
        notes: None,
        needs: Vec::new(),
        steps: vec![step("The regular case", "regular"), step("The edge", "edge")],
        questions: Vec::new(),
        wrong: Vec::new(),
        solution: starter.clone(),
        starter,
        tests: Files::new(),
    }
}

/// A small pack as most tests need one.
pub(crate) fn small() -> Pack {
    pack(
        "small",
        &[
            ("Architecture", &["Layers", "Shared state"]),
            ("Service layer", &["Strategy", "Command", "Builder"]),
            ("Testing", &["Mocks"]),
        ],
    )
}

/// The same pack with a map: sections, and the places on it of what each needs. Each is called as its anchor.
pub(crate) fn with_map(pack: Pack, map: &[(&str, &[usize])]) -> Pack {
    let pattern = |(section, needs): &(&str, &[usize])| {
        let (chapter, anchor) = section.split_once('#').unwrap_or((section, ""));
        Pattern {
            section: SectionRef { chapter: chapter.to_owned(), anchor: anchor.to_owned() },
            name: anchor.to_owned(),
            needs: needs.to_vec(),
        }
    };
    Pack { map: map.iter().map(pattern).collect(), ..pack }
}

/// The app with these packs on a terminal of this size.
pub(crate) fn model(packs: Vec<Pack>, size: (u16, u16)) -> Model {
    Model::new(packs.into_iter().map(Arc::new).collect(), Record::default(), size, 1_000)
}

/// Presses keys one after the other and returns all effects.
pub(crate) fn press(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    keys.iter().flat_map(|key| update(model, Message::Input(Input::Key(*key)))).collect()
}

/// Does something with the mouse and returns all effects.
pub(crate) fn point(model: &mut Model, kind: MouseKind, column: u16, row: u16) -> Vec<Effect> {
    update(model, Message::Input(Input::Mouse(Mouse { kind, column, row, shift: false })))
}
