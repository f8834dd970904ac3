//! Tests of paths, writes and modification times.

use super::*;

fn root() -> (tempfile::TempDir, Root) {
    let dir = tempfile::tempdir().unwrap();
    let root = Root::new(dir.path().join("w"), dir.path().join("t"));
    (dir, root)
}

#[test]
fn no_path_leads_out() {
    let (_dir, root) = root();
    for path in ["", "..", "../x", "/etc/passwd", "a/../../x", "./x", "a\\..\\x", "c:x", "a\0b"] {
        assert!(matches!(root.put(path, b"x", Durability::Whole), Err(SandboxError::BadPath(_))), "{path:?}");
    }
    for name in ["", ".", "..", "a/b", ".git", "a\\b", "c:"] {
        assert!(single(name).is_err(), "{name:?}");
    }
    assert_eq!(single("user-api").unwrap(), "user-api");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (dir, root) = root();
    let outside = dir.path().join("outside.rs");
    fs::write(&outside, "theirs").unwrap();
    fs::create_dir_all(root.dir().join("src")).unwrap();
    std::os::unix::fs::symlink(&outside, root.dir().join("src/lib.rs")).unwrap();
    std::os::unix::fs::symlink(dir.path(), root.dir().join("up")).unwrap();
    for path in ["src/lib.rs", "up/outside.rs"] {
        assert!(matches!(root.put(path, b"ours", Durability::Synced), Err(SandboxError::Link(_))), "{path}");
        assert!(matches!(root.read(path), Err(SandboxError::Link(_))), "{path}");
    }
    assert_eq!(fs::read_to_string(outside).unwrap(), "theirs");
}

#[test]
fn what_holds_the_text_already_is_left_alone() {
    let (_dir, root) = root();
    assert!(root.put("a/b.rs", b"one", Durability::Synced).unwrap());
    let before = modified(&root.dir().join("a/b.rs"));
    assert!(!root.put("a/b.rs", b"one", Durability::Synced).unwrap());
    assert_eq!(modified(&root.dir().join("a/b.rs")), before);
}

#[test]
fn time_moves_forward_with_every_write() {
    let (_dir, root) = root();
    root.put("a.rs", b"0", Durability::Whole).unwrap();
    let at = root.dir().join("a.rs");
    let ahead = SystemTime::now() + Duration::from_hours(1);
    File::options().write(true).open(&at).unwrap().set_modified(ahead).unwrap();
    let mut last = modified(&at).unwrap();
    for n in 1..20_u8 {
        root.put("a.rs", &[n], Durability::Whole).unwrap();
        let now = modified(&at).unwrap();
        assert!(now > last);
        last = now;
    }
    root.touch("a.rs", None).unwrap();
    assert!(modified(&at).unwrap() > last);
}

#[test]
fn a_file_where_a_directory_should_be_is_named() {
    let (_dir, root) = root();
    root.put("src", b"a file", Durability::Whole).unwrap();
    let error = root.put("src/lib.rs", b"x", Durability::Whole).unwrap_err();
    assert!(error.to_string().contains(&*root.dir().join("src").to_string_lossy()), "{error}");
    fs::create_dir_all(root.dir().join("dir.rs")).unwrap();
    assert!(matches!(root.read("dir.rs"), Err(SandboxError::NoFile(_))));
}

#[test]
fn what_is_too_large_is_refused_and_can_be_replaced() {
    let (_dir, root) = root();
    let large = vec![b'x'; 9 << 20];
    assert!(matches!(root.put("a.rs", &large, Durability::Whole), Err(SandboxError::TooLarge(_))));
    assert_eq!(root.read("a.rs").unwrap(), None);
    root.put("b.rs", b"", Durability::Whole).unwrap();
    fs::write(root.dir().join("a.rs"), &large).unwrap();
    assert!(matches!(root.read("a.rs"), Err(SandboxError::TooLarge(_))));
    assert!(root.put("a.rs", b"small", Durability::Whole).unwrap());
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_that_cannot_be_made_is_told_and_leaves_the_old_text() {
    let (_dir, root) = root();
    root.put("a.rs", b"old", Durability::Synced).unwrap();
    let nowhere = Root::new(root.dir(), "/proc/self/no-such-place");
    let error = nowhere.put("a.rs", b"new", Durability::Synced).unwrap_err();
    assert!(error.to_string().starts_with("cannot create the directory /proc/self/no-such-place: "));
    assert_eq!(root.read("a.rs").unwrap().unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_named_is_left_out_and_hinders_nothing() {
    use std::os::unix::ffi::OsStrExt as _;
    let (_dir, root) = root();
    root.put("src/lib.rs", b"x", Durability::Whole).unwrap();
    let src = root.dir().join("src");
    for name in [&b"a:b"[..], b"a\\b", b"\xff"] {
        let dir = src.join(std::ffi::OsStr::from_bytes(name));
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("mod.rs"), "").unwrap();
    }
    fs::write(src.join("c:d.rs"), "").unwrap();
    assert_eq!(root.walk("src").unwrap(), ["src/lib.rs"]);
}
