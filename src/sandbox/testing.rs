//! A small pack for the sandbox's tests.

use std::collections::BTreeMap;

use crate::pack::SharedText;
use crate::pack::{Difficulty, Exercise, Files, Kind, Limits, Pack, SectionRef, Step};

pub(super) const STARTER: &str = "pub fn answer() -> u32 {\n    0\n}\n";
pub(super) const SOLUTION: &str = "pub fn answer() -> u32 {\n    42\n}\n";
const JUDGE: &str = "#[test]\nfn is_42() {\n    assert_eq!(a_b::answer(), 42);\n}\n";

/// A pack with the exercise `a-b` of the set `none`.
pub(crate) fn pack() -> Pack {
    Pack {
        id: "demo".into(),
        title: "Demo".into(),
        version: semver::Version::new(1, 0, 0),
        language: "en".into(),
        authors: Vec::new(),
        license: "MIT".into(),
        requires: semver::VersionReq::STAR,
        chapters: Vec::new(),
        exercises: vec![exercise("a-b")],
        map: Vec::new(),
        sets: BTreeMap::new(),
    }
}

pub(super) fn exercise(id: &str) -> Exercise {
    Exercise {
        id: id.into(),
        title: "The answer".into(),
        section: SectionRef { chapter: "c".into(), anchor: "s".into() },
        kind: Kind::Implement,
        difficulty: Difficulty::Easy,
        minutes: 1,
        set: "none".into(),
        fails: None,
        renamed_from: Vec::new(),
        notes: None,
        edit: vec!["src/lib.rs".into()],
        limits: Limits::default(),
        needs: Vec::new(),
        steps: vec![Step {
            title: "One".into(),
            task: String::new(),
            tests: vec!["is_42".into()],
            hints: Vec::new(),
        }],
        questions: Vec::new(),
        wrong: Vec::new(),
        starter: files(&[("src/lib.rs", STARTER), ("src/fixed.rs", "// fixed\n")]),
        solution: files(&[("src/lib.rs", SOLUTION)]),
        tests: files(&[("judge.rs", JUDGE)]),
    }
}

pub(super) fn files(of: &[(&str, &str)]) -> Files {
    of.iter().map(|(path, text)| ((*path).to_owned(), SharedText::from(*text))).collect()
}
