//! One shared library of the crates that the answers to an exercise use: linked once, not once into every test binary.
//!
//! A linker that reads a hundred and forty libraries and writes 18 MB takes longer than the compiler takes for a suite of
//! tests. A crate that is to be had as a shared library only is loaded, with everything in it, by whatever depends on it:
//! rustc needs no flag for that, and a flag would build the whole set anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::pack::SharedText;
use crate::pack::{Exercise, Files, Pack};
use crate::sandbox::side::Crate;
use crate::sandbox::template::{Product, Template};
use crate::sandbox::workspace::all_files;

/// The shared library of an exercise.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SharedLibrary {
    package: String,
    crates: BTreeSet<String>,
}

impl SharedLibrary {
    /// Of the crates of a set that the exercise's files name, as its pack has them. What a learner uses besides is linked into
    /// their binary: another line in their code must not build the library anew.
    pub(super) fn of(pack: &Pack, exercise: &Exercise, set: &Template) -> Option<Self> {
        let every = all_files(exercise);
        let answers = exercise.wrong.iter().map(|wrong| &wrong.files).chain([&exercise.solution, &every]);
        let texts = answers.flat_map(Files::values);
        let words: BTreeSet<&str> = texts.flat_map(|text| words(text)).collect();
        let names = set.dependencies().map(|name| name.replace('-', "_"));
        let crates: BTreeSet<_> = names.filter(|name| words.contains(name.as_str())).collect();
        // Unlike any other artifact a shared library is named after its package alone, and all packs build into one directory. No
        // id has two hyphens, so the two underscores tell where the pack's ends.
        let package = || format!("{}__{}_linked", pack.id, exercise.id);
        (!crates.is_empty()).then(|| Self { package: package(), crates })
    }

    /// Makes a crate load it; gives the package that it then depends on.
    pub(super) fn load(&self, files: &mut Files) -> String {
        if let Some(root) = files.get_mut("src/lib.rs") {
            // At the end, where it moves no line that a message could name.
            *root = SharedText::from(format!("{root}\nextern crate {} as _;\n", self.name()));
        }
        self.package.clone()
    }

    /// The crate to be written.
    pub(super) fn to_crate(&self) -> Crate {
        let mut source = String::from(HEAD);
        for name in &self.crates {
            let _ = writeln!(source, "pub extern crate {name};");
        }
        let files = Files::from([("src/lib.rs".to_owned(), SharedText::from(source))]);
        (self.package.clone(), Product::SharedLibrary { name: self.name() }, files)
    }

    fn name(&self) -> String {
        self.package.replace('-', "_")
    }
}

/// The name of the crate has two underscores.
const HEAD: &str =
    "//! The crates that the answers use, linked once for all of them.\n#![allow(non_snake_case)]\n";

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::testing::{exercise, files, pack};

    #[test]
    fn it_holds_what_the_files_of_the_exercise_name() {
        let service = Template::find(&pack(), "service").unwrap();
        let mut exercise = exercise("a-b");
        let pack = pack();
        assert_eq!(SharedLibrary::of(&pack, &exercise, &service), None);
        exercise.solution = files(&[("src/lib.rs", "use axum_test::TestServer;\n")]);
        exercise.tests = files(&[("judge.rs", "#[tokio::test]\nasync fn tokio_is_here() {}\n")]);
        let (package, product, files) = SharedLibrary::of(&pack, &exercise, &service).unwrap().to_crate();
        assert_eq!(
            (package.as_str(), product),
            ("demo__a-b_linked", Product::SharedLibrary { name: "demo__a_b_linked".into() })
        );
        assert!(files["src/lib.rs"].ends_with("pub extern crate axum_test;\npub extern crate tokio;\n"));
    }

    #[test]
    fn two_packs_with_the_same_exercise_do_not_build_over_each_other() {
        let service = Template::find(&pack(), "service").unwrap();
        let name = |of: &str, id: &str| {
            let mut exercise = exercise(id);
            exercise.solution = files(&[("src/lib.rs", "use axum_test::TestServer;\n")]);
            SharedLibrary::of(&Pack { id: of.into(), ..pack() }, &exercise, &service).unwrap().name()
        };
        assert_ne!(name("one", "a-b"), name("two", "a-b"));
        assert_ne!(name("one-a", "b"), name("one", "a-b"));
    }

    #[test]
    fn who_loads_it_keeps_every_line_where_it_was() {
        let shared = SharedLibrary { package: "a-b_linked".into(), crates: BTreeSet::new() };
        let mut files = files(&[("src/lib.rs", "mod a;"), ("src/a.rs", "")]);
        assert_eq!(shared.load(&mut files), "a-b_linked");
        assert_eq!(&*files["src/lib.rs"], "mod a;\nextern crate a_b_linked as _;\n");
        assert_eq!(&*files["src/a.rs"], "");
    }
}
