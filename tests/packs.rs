//! Packs from directories: a good one with everything in it, one with every mistake, and the built-in one.

use std::path::Path;
use std::time::Duration;

use patterns_tui::pack::{self, Claim, Kind, Limits, Network, Pack, Source};

fn fixture(name: &str) -> Source {
    Source::Directory(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs").join(name))
}

fn good() -> Pack {
    pack::load(&fixture("good")).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn exercises_come_in_the_order_of_the_chapters_and_their_sections() {
    let pack = good();
    let order: Vec<_> = pack.exercises.iter().map(|exercise| exercise.id.as_str()).collect();
    assert_eq!(order, ["guess", "last", "zeta", "alpha", "beta"]);
    let chapters: Vec<_> = pack.chapters.iter().map(|chapter| chapter.slug.as_str()).collect();
    assert_eq!(chapters, ["second", "first"]);
}

#[test]
fn everything_that_a_pack_says_arrives() {
    let pack = good();
    let zeta = pack.exercise("zeta").unwrap();
    assert_eq!(zeta.renamed_from, ["omega"]);
    let limits = Limits {
        test: Duration::from_secs(3),
        output_kib: 16,
        memory_mib: Some(256),
        network: Network::None,
    };
    assert_eq!(zeta.limits, limits);
    assert_eq!(zeta.tests_in_order().collect::<Vec<_>>(), ["it_is_right"]);
    assert!(zeta.wrong[0].files["src/lib.rs"].contains("43"));
    assert_eq!(pack.exercise("guess").unwrap().kind, Kind::Quiz);
    assert!(pack.sets["extra"].lock.contains("warm"));
    let listing = pack.chapter("first").unwrap().listing("greeting").unwrap();
    assert!(listing.run && listing.claim == Claim::Compiles && listing.set == "extra");
    assert!(listing.code.starts_with("use std::fmt::Display;\n"));
}

#[test]
fn every_mistake_is_told_in_one_go_where_it_stands() {
    let (pack, problems) = pack::inspect(&fixture("mistakes"));
    assert!(pack.is_none());
    insta::assert_snapshot!(problems.to_string());
}

#[test]
fn the_built_in_pack_has_no_mistake() {
    let (pack, problems) = pack::inspect(&Source::Builtin);
    assert!(problems.is_empty(), "{problems}");
    assert_eq!(pack.unwrap().id, "rust-service-patterns");
}
