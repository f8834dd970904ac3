//! Sources on real directories: what is read, what is refused.

use super::*;

fn read(source: &Source) -> (Texts, String) {
    let mut problems = Problems::default();
    let texts = source.read(&mut problems);
    (texts, problems.to_string())
}

fn pack_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

#[test]
fn a_directory_gives_its_texts_and_nothing_else() {
    let root = pack_with(&[
        ("pack.toml", b"format = 1"),
        ("README.md", b"\xff not read"),
        ("chapters/a.md", b"# A"),
        ("chapters/.a.md.swp", b"\xff"),
        ("exercises/x/starter/src/lib.rs", b""),
        ("exercises/x/target/debug/x", b"\xff"),
    ]);
    let (texts, problems) = read(&Source::Directory(root.path().to_owned()));
    assert_eq!(problems, "no problems");
    let paths: Vec<_> = texts.keys().map(String::as_str).collect();
    assert_eq!(paths, ["chapters/a.md", "exercises/x/starter/src/lib.rs", "pack.toml"]);
}

#[test]
fn only_what_cargo_built_is_passed_over_where_something_is_called_target() {
    let built = ["exercises/x/starter", "exercises/x/solution", "exercises/x/wrong/y", "sandbox/extra"];
    let root = pack_with(&[
        ("pack.toml", b""),
        ("exercises/target/exercise.toml", b""),
        ("exercises/x/starter/src/target/mod.rs", b""),
        ("exercises/x/wrong/target/src/lib.rs", b""),
    ]);
    for place in built {
        let target = root.path().join(place).join("target");
        fs::create_dir_all(&target).unwrap();
        fs::write(target.join("x"), b"\xff").unwrap();
    }
    let (texts, problems) = read(&Source::Directory(root.path().to_owned()));
    assert_eq!(problems, "no problems");
    assert_eq!(texts.len(), 4, "{:?}", texts.keys());

    // An author's own workspace of all exercises.
    fs::write(root.path().join("exercises/Cargo.toml"), "").unwrap();
    let (texts, _) = read(&Source::Directory(root.path().to_owned()));
    assert!(!texts.contains_key("exercises/target/exercise.toml"));
}

#[test]
fn a_directory_without_a_manifest_is_a_problem() {
    let root = pack_with(&[]);
    let (_, problems) = read(&Source::Directory(root.path().to_owned()));
    assert!(problems.contains("cannot be read") && problems.contains("--> pack.toml"), "{problems}");
}

#[test]
fn bytes_that_are_no_text_are_located() {
    let root = pack_with(&[("pack.toml", b""), ("chapters/a.md", b"one\ntwo \xff")]);
    let (texts, problems) = read(&Source::Directory(root.path().to_owned()));
    assert!(!texts.contains_key("chapters/a.md"));
    assert!(problems.contains("--> chapters/a.md:2:5"), "{problems}");
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let large = vec![b' '; MAX_FILE as usize + 1];
    let root = pack_with(&[("pack.toml", b""), ("chapters/a.md", &large)]);
    let (_, problems) = read(&Source::Directory(root.path().to_owned()));
    assert!(problems.contains("larger than 1024 KiB"), "{problems}");
}

#[test]
fn too_many_files_are_refused_once() {
    let files = (0..MAX_FILES + 9).map(|n| (format!("chapters/{n}.md"), Vec::new())).collect();
    let (texts, problems) = read(&Source::Memory(files));
    assert_eq!(texts.len(), MAX_FILES);
    assert_eq!(problems.matches("one too many").count(), 1);
}

#[test]
fn paths_that_leave_the_pack_are_refused() {
    let files = [("../evil".to_owned(), Vec::new()), ("chapters/a.md".to_owned(), Vec::new())].into();
    let (texts, problems) = read(&Source::Memory(files));
    assert_eq!(texts.len(), 1);
    assert!(problems.contains("leaves the pack"), "{problems}");
}

#[test]
fn names_that_differ_in_case_only_are_refused() {
    let files = ["chapters/A.md", "chapters/a.md"].map(|path| (path.to_owned(), Vec::new())).into();
    let (_, problems) = read(&Source::Memory(files));
    assert!(problems.contains("upper and lower case only"), "{problems}");
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    let root = pack_with(&[("pack.toml", b""), ("chapters/a.md", b"")]);
    std::os::unix::fs::symlink("/etc/passwd", root.path().join("chapters/b.md")).unwrap();
    std::os::unix::fs::symlink("/etc", root.path().join("sandbox")).unwrap();
    let (texts, problems) = read(&Source::Directory(root.path().to_owned()));
    assert_eq!(texts.len(), 2);
    assert_eq!(problems.matches("a link is not followed").count(), 2, "{problems}");
}

#[test]
fn characters_that_command_a_terminal_are_refused_and_a_byte_order_mark_is_dropped() {
    let files = [
        ("chapters/a.md", "\u{feff}# \u{e9}\r\n"),
        ("chapters/b.md", "a\n \u{1b}[31m"),
        ("chapters/c.md", "\u{202e}"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
    let (texts, problems) = read(&Source::Memory(files));
    assert_eq!(&*texts["chapters/a.md"], "# \u{e9}\r\n");
    assert!(problems.contains("chapters/b.md:2:2") && problems.contains("chapters/c.md:1:1"), "{problems}");
    assert!(!problems.contains("chapters/a.md"), "{problems}");
}

#[test]
fn what_the_binary_carries_passes_every_check_that_its_start_leaves_out() {
    let files = embedded::files_under("content");
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
    let (pack, problems) = crate::pack::inspect(&Source::Memory(files));
    assert_eq!(problems.to_string(), "no problems");
    assert_eq!(pack, crate::pack::builtin().ok());
}
