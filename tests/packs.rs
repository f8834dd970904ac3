//! Packs from directories: a good one with everything in it, one with every mistake, and the built-in one.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use patterns_tui::pack::{self, Ask, Claim, Kind, Limits, Network, Pack, Source};
use proptest::prelude::*;

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
fn in_a_section_the_easier_exercises_come_first() {
    let pack = pack::builtin().unwrap_or_else(|problems| panic!("{problems}"));
    for pair in pack.exercises.windows(2).filter(|pair| pair[0].section == pair[1].section) {
        assert!(pair[0].difficulty <= pair[1].difficulty, "{} before {}", pair[0].id, pair[1].id);
    }
}

#[test]
fn everything_that_a_pack_says_arrives() {
    let pack = good();
    let zeta = pack.exercise("zeta").unwrap();
    assert_eq!(zeta.renamed_from, ["omega"]);
    let limits =
        Limits { test: Duration::from_secs(3), output_kib: 16, memory_mib: 256, network: Network::None };
    assert_eq!(zeta.limits, limits);
    assert!(zeta.notes.as_ref().is_some_and(|notes| notes.contains("**mutant**")));
    assert_eq!(zeta.tests_in_order().collect::<Vec<_>>(), ["it_is_right"]);
    assert!(zeta.wrong[0].files["src/lib.rs"].contains("43"));
    let map: Vec<_> = pack.map.iter().map(|one| (one.name.as_str(), one.needs.as_slice())).collect();
    assert_eq!(map, [("The first", &[1, 2][..]), ("A", &[]), ("Two", &[])]);
    let guess = pack.exercise("guess").unwrap();
    assert_eq!(guess.kind, Kind::Quiz);
    let answers: Vec<_> =
        guess.questions.iter().map(|q| (q.ask, q.options[q.answer].as_str(), q.error.as_deref())).collect();
    assert_eq!(
        answers,
        [(Ask::Compiles, "no", Some("E0382")), (Ask::Prints, "2", None), (Ask::Choice, "that", None)]
    );
    assert!(pack.sets["extra"].lock.contains("warm"));
    let listing = pack.chapter("first").unwrap().listing("greeting").unwrap();
    assert!(listing.run && listing.claim == Claim::Compiles && listing.set == "extra");
    assert!(listing.code.starts_with("use std::fmt::Display;\n"));
}

#[test]
fn what_tests_need_arrives() {
    let pack = pack::load(&fixture("served")).unwrap_or_else(|problems| panic!("{problems}"));
    let keep = pack.exercise("keep").unwrap();
    let needs: Vec<_> = keep.needs_of("the_server_keeps_it").map(|need| need.env.as_str()).collect();
    assert_eq!((needs, keep.needs_of("memory_keeps_it").count()), (vec!["DATABASE_URL"], 0));
    assert!(keep.needs[0].how.starts_with("docker run"));
}

#[test]
fn every_mistake_is_told_in_one_go_where_it_stands() {
    let (pack, problems) = pack::inspect(&fixture("mistakes"));
    assert!(pack.is_none());
    let with_slashes = |text: &str| if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
    let here = with_slashes(concat!(env!("CARGO_MANIFEST_DIR"), "/"));
    insta::assert_snapshot!(with_slashes(&problems.to_string()).replace(&here, ""));
}

#[test]
fn every_mistake_in_a_text_has_a_place() {
    let (_, problems) = pack::inspect(&fixture("mistakes"));
    let Source::Directory(root) = fixture("mistakes") else { return };
    for problem in problems.iter().filter(|problem| problem.place.is_none()) {
        assert!(!root.join(&problem.file).is_file() && problem.help.is_some(), "{problem:?}");
    }
}

#[test]
fn a_missing_key_is_missed_where_it_would_be_written() {
    let mut files = files();
    let path = "exercises/zeta/exercise.toml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let kept = text.lines().filter(|line| !line.starts_with("title") && !line.starts_with("minutes"));
    let text = kept.fold(String::new(), |text, line| text + line + "\n");
    let step = text.lines().position(|line| line == "[[step]]").unwrap() + 1;
    let (at, last) =
        (1..).zip(text.lines()).take(step - 1).filter(|(_, line)| line.contains('=')).last().unwrap();
    let last = last.to_owned();
    files.insert(path.to_owned(), text.into_bytes());
    let (_, problems) = pack::inspect(&Source::Memory(files));
    let told = |message: &str, at: usize, text: &str| {
        let is_it = |problem: &&pack::Problem| {
            let place = problem.place.as_ref();
            problem.message == message && place.is_some_and(|place| place.line == at && place.text == text)
        };
        assert!(problems.iter().any(|problem| is_it(&problem)), "{message}: {problems}");
    };
    told("`minutes` is missing", at, &last);
    told("`title` is missing", at, &last);
    told("`title` is missing", step, "[[step]]");
    assert!(problems.to_string().contains("= help: as in `minutes = 10`"), "{problems}");
}

#[test]
fn a_pack_in_which_everything_is_wrong_is_told_in_time_and_within_bounds() {
    let mut files = files();
    let keys: String = (0..60_000).fold(String::new(), |keys, n| keys + "k" + &n.to_string() + " = 1\n");
    files.insert("pack.toml".into(), keys.into_bytes());
    let long = format!("# One\n\n{}\n", "[a](b.md) ".repeat(50_000));
    files.insert("chapters/first.md".into(), long.into_bytes());
    let (pack, problems) = pack::inspect(&Source::Memory(files));
    assert!(pack.is_none() && problems.summary().ends_with("and maybe more"), "{}", problems.summary());
    assert!(problems.to_string().len() < 1 << 20);
}

/// The good pack after this was done to its files, with all problems told.
fn told_in_time(spoil: impl Fn(&mut BTreeMap<String, Vec<u8>>)) -> pack::Problems {
    let mut files = files();
    spoil(&mut files);
    let start = Instant::now();
    let (_, problems) = pack::inspect(&Source::Memory(files));
    let told = problems.to_string();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(told.len() < 1 << 20, "{} bytes", told.len());
    problems
}

/// So many names in quotes, with a comma between them.
fn names(letter: char, count: usize) -> String {
    (0..count).map(|n| format!("\"{letter}{n:06}\"")).collect::<Vec<_>>().join(",")
}

#[test]
fn what_a_program_wrote_into_a_manifest_is_compared_in_time() {
    let replaced = |files: &mut BTreeMap<String, Vec<u8>>, path: &str, from: &str, to: &str| {
        let text = String::from_utf8_lossy(&files[path]).replacen(from, to, 1);
        assert!(text.contains(to), "{path} has {from}");
        files.insert(path.to_owned(), text.into_bytes());
    };
    let exercise = "exercises/zeta/exercise.toml";
    let tests = told_in_time(|files| {
        let step = format!("\ntests = [{}]", names('a', 60_000));
        replaced(files, exercise, "\ntests = [\"it_is_right\"]", &step);
        let functions = names('b', 60_000).replace('"', "").replace(',', "() {}\nfn ");
        files.insert("exercises/zeta/tests/more.rs".into(), format!("fn {functions}() {{}}\n").into_bytes());
    });
    assert!(tests.summary().ends_with("and maybe more"), "{}", tests.summary());
    told_in_time(|files| {
        let fails = format!("fails = {{ tests = [{}] }}", names('c', 60_000));
        replaced(files, exercise, "fails = { tests = [\"it_is_right\"] }", &fails);
    });
    told_in_time(|files| {
        replaced(files, exercise, "edit = [", &format!("edit = [{},", names('d', 60_000)));
        let other = |n| (format!("exercises/zeta/starter/src/{n}{}.rs", "x".repeat(80)), b"//".to_vec());
        files.extend((0..4_000).map(other));
    });
    told_in_time(|files| {
        let guess = "exercises/guess/exercise.toml";
        let options = format!("options = [\"2\", {}]", names('e', 80_000));
        replaced(files, guess, "options = [\"2\", \"11\"]", &options);
    });
    let map = told_in_time(|files| {
        let entry = "{ section = \"first#one\", needs = [\"first#two\", \"first#three\"] },\n";
        replaced(files, "pack.toml", "map = [", &format!("map = [\n{}", entry.repeat(12_000)));
    });
    assert!(map.to_string().contains("at most 64 patterns"), "{map}");
}

#[test]
fn many_manifests_in_which_everything_is_wrong_take_no_longer_than_one() {
    let start = Instant::now();
    // Long names that differ in their last letters only take longest to be compared.
    let long = |letter: char, n: usize| format!("\"{}{letter}{n:06}\"", "same".repeat(27));
    let names = |letter, count| (0..count).map(|n| long(letter, n)).collect::<Vec<_>>().join(",");
    let mut files = files();
    let tests = format!("\ntests = [{}]", names('a', 500));
    let fails = format!("fails = {{ tests = [{}] }}", names('z', 400));
    let zeta = String::from_utf8_lossy(&files["exercises/zeta/exercise.toml"])
        .replace("\ntests = [\"it_is_right\"]", &tests)
        .replace("fails = { tests = [\"it_is_right\"] }", &fails);
    for n in 0..300 {
        files.insert(format!("exercises/many-{n}/exercise.toml"), zeta.clone().into_bytes());
    }
    let (_, problems) = pack::inspect(&Source::Memory(files));
    assert_eq!(problems.iter().count(), 1_000);
    assert!(problems.summary().ends_with("and maybe more"), "{}", problems.summary());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn the_built_in_pack_has_no_mistake() {
    let (pack, problems) = pack::inspect(&Source::Builtin);
    assert!(problems.is_empty(), "{problems}");
    assert_eq!(pack.unwrap().id, "rust-service-patterns");
}

/// The good pack's files, to be spoilt.
fn files() -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, path: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(root, &path, files);
            } else if let (Ok(relative), Ok(bytes)) = (path.strip_prefix(root), std::fs::read(&path)) {
                files.insert(relative.to_string_lossy().replace('\\', "/"), bytes);
            }
        }
    }
    let Source::Directory(root) = fixture("good") else { return BTreeMap::new() };
    let mut files = BTreeMap::new();
    walk(&root, &root, &mut files);
    files
}

#[test]
fn memory_and_directory_give_the_same_pack() {
    assert_eq!(pack::load(&Source::Memory(files())).ok(), Some(good()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_pack_is_refused_or_loaded_but_never_panics(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        remove in 0_usize..12,
        insert in prop_oneof!["[\\[\\]\"#=`{}\n a-z0-9éß]{0,6}", Just("\u{0}".to_owned())],
    ) {
        let mut files = files();
        let path = which.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let bytes = files.get_mut(&path).expect("it was chosen from the keys");
        let start = at.index(bytes.len() + 1);
        let end = (start + remove).min(bytes.len());
        bytes.splice(start..end, insert.bytes());
        let (pack, problems) = pack::inspect(&Source::Memory(files));
        prop_assert_eq!(pack.is_none(), problems.has_errors(), "{}", problems);
        prop_assert!(!problems.to_string().contains('\0'));
    }

}

#[test]
fn a_map_that_nobody_can_read_is_refused() {
    let mut files = files();
    let manifest = String::from_utf8(files["pack.toml"].clone()).unwrap();
    let (head, _) = manifest.split_once("map = [").unwrap();
    let map = "    { section = \"first#one\" },\n".repeat(65);
    files.insert("pack.toml".to_owned(), format!("{head}map = [\n{map}]\n").into_bytes());
    let (pack, problems) = pack::inspect(&Source::Memory(files));
    assert!(pack.is_none() && problems.to_string().contains("at most 64 patterns"), "{problems}");
}

/// What is told of the good pack after this was done to one of its files.
fn told_after(path: &str, spoil: impl Fn(&str) -> String) -> String {
    let mut files = files();
    let spoilt = spoil(&String::from_utf8_lossy(&files[path]));
    files.insert(path.to_owned(), spoilt.into_bytes());
    let (pack, problems) = pack::inspect(&Source::Memory(files));
    assert!(pack.is_none(), "{problems}");
    problems.to_string()
}

#[test]
fn a_dependency_set_that_cargo_could_not_read_is_told_where() {
    let (manifest, lock) = ("sandbox/extra/Cargo.toml", "sandbox/extra/Cargo.lock");
    let told = told_after(manifest, |text| format!("{text}serde = \n"));
    assert!(told.contains("--> sandbox/extra/Cargo.toml:6:"), "{told}");
    let told = told_after(manifest, |_| "[dependencies]\n".to_owned());
    assert!(told.contains("has a [workspace]") && told.contains("Cargo.toml:1:1"), "{told}");
    let told = told_after(lock, |text| text.replace("version = 4", "version 4"));
    assert!(told.contains("--> sandbox/extra/Cargo.lock:1:"), "{told}");
    let told = told_after(lock, |text| text.replace("warm", "cold"));
    assert!(told.contains("no package `warm`"), "{told}");
}

#[test]
fn an_exercise_called_like_a_package_that_it_is_built_with_is_told() {
    let told = told_after("sandbox/extra/Cargo.lock", |text| {
        format!("{text}\n[[package]]\nname = \"beta\"\nversion = \"1.0.0\"\n")
    });
    assert!(told.contains("`beta` cannot be an exercise's id"), "{told}");
    assert!(told.contains("a package of its dependency set `extra`") && told.contains("1 error"), "{told}");
}

#[test]
fn an_answer_that_changes_what_the_learner_may_not_is_told() {
    let mut files = files();
    files.insert("exercises/zeta/wrong/off-by-one/tests/judge.rs".into(), b"// nothing".to_vec());
    files.insert("exercises/zeta/starter/src/fixed.rs".into(), b"// ours".to_vec());
    files.insert("exercises/zeta/solution/src/fixed.rs".into(), b"// theirs".to_vec());
    let told = pack::inspect(&Source::Memory(files)).1.to_string();
    assert!(told.contains("`tests/judge.rs` differs in wrong/off-by-one"), "{told}");
    assert!(told.contains("`src/fixed.rs` differs in solution") && told.contains("2 errors"), "{told}");
}

#[test]
fn every_file_is_missed() {
    // A quiz is nothing but its manifest: without it there is no exercise to miss it.
    for path in files().into_keys().filter(|path| path != "exercises/guess/exercise.toml") {
        let mut files = files();
        files.remove(&path);
        let (_, problems) = pack::inspect(&Source::Memory(files));
        assert!(problems.has_errors(), "{path} was not missed");
    }
}

/// A mistake in the good pack after this was done to one of its files: in words, and where it is told.
fn is_told(path: &str, spoil: impl Fn(&str) -> String, message: &str, line: usize, column: usize) {
    let mut files = files();
    let before = files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    files.insert(path.to_owned(), spoil(&before.unwrap_or_default()).into_bytes());
    let (_, problems) = pack::inspect(&Source::Memory(files));
    let found = problems.iter().find(|problem| problem.message.contains(message));
    let problem = found.unwrap_or_else(|| panic!("{message}: {problems}"));
    let Some(place) = problem.place.as_ref() else { panic!("{problems}") };
    assert_eq!((problem.file.as_str(), place.line, place.column), (path, line, column), "{problems}");
    assert!(problem.help.is_some() && problems.iter().count() == 1, "{problems}");
}

#[test]
fn what_a_manifest_says_of_the_pack_is_looked_at() {
    let with = |from: &'static str, to: &'static str| move |text: &str| text.replace(from, to);
    is_told("pack.toml", with("\"en\"", "\"xx yy zz\""), "`xx yy zz` is no language", 5, 12);
    is_told("pack.toml", with("[\"Somebody\"]", "[]"), "`authors` names nobody", 6, 11);
    is_told("pack.toml", with("\"MIT\"", "\"Whatever Or Not\""), "is no SPDX expression", 7, 11);
}

#[test]
fn what_a_parser_makes_the_best_of_is_told() {
    let first = "chapters/first.md";
    let again = |text: &str| format!("{text}\n## Again {{#two}}\n");
    is_told(first, again, "another heading has the anchor `two`", 20, 12);
    let open = |text: &str| format!("{text}\n> ```rust id=open\n> fn f() {{}}\n");
    is_told(first, open, "this fence is never closed", 20, 3);
    let image =
        |text: &str| format!("{text}\nSee ![i](pic.png), ![w](https://w/p.png) and ![d](../docs/d.png).\n");
    is_told(first, image, "there is no image `pic.png`", 20, 10);
    let script = "exercises/zeta/starter/build.rs";
    is_told(script, |_| "fn main() {}\n".to_owned(), "a build script is never run", 1, 1);
}

#[test]
fn a_mistake_makes_no_second_one_up() {
    let quiz = |text: &str| text.replace("text = ", "txet = ");
    let told = told_after("exercises/guess/exercise.toml", quiz);
    assert!(told.contains("`text` is missing") && !told.contains("there is no [[question]]"), "{told}");
    let step = |text: &str| text.replace("task = ", "taks = ");
    let told = told_after("exercises/zeta/exercise.toml", step);
    assert!(told.contains("`task` is missing") && !told.contains("there is no [[step]]"), "{told}");
    let mut files = files();
    let judge = "#[test] fn it_is_right() {} #[test] fn another() {}\n";
    files.insert("exercises/zeta/tests/judge.rs".into(), judge.into());
    let told = pack::inspect(&Source::Memory(files)).1.to_string();
    assert!(told.contains("the test `another` is in no step") && told.contains("1 error"), "{told}");
}
