//! What Rust's panics say on standard error, read back.

/// One panic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    /// The thread's name; libtest names it after the test.
    pub thread: String,
    /// The file as the compiler knew it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// What it said; of an `assert_eq!`, without the two sides.
    pub message: String,
    /// The left and the right side of an `assert_eq!`.
    pub sides: Option<(String, String)>,
}

/// Every panic that a text tells of, in order.
pub fn read(text: &str) -> Vec<Panic> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<_> = lines.iter().enumerate().filter_map(|(at, line)| Some((at, head(line)?))).collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]);
    starts.iter().zip(ends).map(|((at, head), end)| panic(head.clone(), &lines[at + 1..end])).collect()
}

/// The panic that made this test fail: the last one of the test's own thread, else the last one of all. What the runtime
/// adds when a destructor panics tells nothing.
pub fn decisive(panics: &[Panic], test: &str) -> Option<Panic> {
    let real = || panics.iter().rev().filter(|panic| !panic.file.ends_with("core/src/panicking.rs"));
    let own = real().find(|panic| panic.thread == test || panic.thread == "main");
    own.or_else(|| real().next()).cloned()
}

/// `thread 'NAME' (ID) panicked at FILE:LINE:COLUMN:`
fn head(line: &str) -> Option<Panic> {
    let rest = line.strip_prefix("thread '")?.strip_suffix(':')?;
    let (before, place) = rest.rsplit_once(" panicked at ")?;
    let (thread, _id) = before.rsplit_once('\'')?;
    let (place, column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some(Panic {
        thread: thread.to_owned(),
        file: file.replace('\\', "/"),
        line: line.parse().ok()?,
        column: column.parse().ok()?,
        message: String::new(),
        sides: None,
    })
}

fn panic(head: Panic, lines: &[&str]) -> Panic {
    const AFTER: [&str; 3] =
        ["note: run with `RUST_BACKTRACE", "stack backtrace:", "thread caused non-unwinding panic"];
    let said = lines.iter().take_while(|line| !AFTER.iter().any(|after| line.starts_with(after)));
    let said = said.copied().collect::<Vec<_>>().join("\n");
    let said = said.trim_end();
    match sides(said) {
        Some((message, left, right)) => {
            Panic { message: message.to_owned(), sides: Some((left.to_owned(), right.to_owned())), ..head }
        }
        None => Panic { message: said.to_owned(), ..head },
    }
}

fn sides(said: &str) -> Option<(&str, &str, &str)> {
    if !said.starts_with("assertion `left == right` failed") {
        return None;
    }
    let (before, right) = said.rsplit_once("\n right: ")?;
    let (message, left) = before.rsplit_once("\n  left: ")?;
    Some((message, left, right))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Panic {
        let panics = read(text);
        assert_eq!(panics.len(), 1, "{panics:?}");
        panics[0].clone()
    }

    #[test]
    fn an_assertion_gives_both_sides_and_its_own_words() {
        let text = "warning\n\nthread 'tests::eq' (42) panicked at ex/tests/ex.rs:2:19:\nassertion `left == right` failed: \
                    custom 3\n  left: A {\n    x: 1,\n}\n right: \"it's\"\nnote: run with `RUST_BACKTRACE=1` environment";
        let panic = one(text);
        assert_eq!((panic.file.as_str(), panic.line, panic.column), ("ex/tests/ex.rs", 2, 19));
        assert_eq!(panic.thread, "tests::eq");
        assert_eq!(panic.message, "assertion `left == right` failed: custom 3");
        assert_eq!(panic.sides, Some(("A {\n    x: 1,\n}".into(), "\"it's\"".into())));
    }

    #[test]
    fn an_older_form_without_the_threads_number_is_read() {
        let panic = one("thread 'main' panicked at src/lib.rs:1:2:\ntwo\n\nlines\n\n");
        assert_eq!((panic.thread.as_str(), panic.message.as_str()), ("main", "two\n\nlines"));
    }

    #[test]
    fn a_failed_inequality_has_no_difference_to_show() {
        let panic =
            one("thread 't' panicked at a.rs:1:1:\nassertion `left != right` failed\n  left: 1\n right: 1");
        assert_eq!(panic.sides, None);
        assert!(panic.message.contains("left: 1"));
    }

    #[test]
    fn the_tests_own_panic_decides() {
        let text = "thread '<unnamed>' (2) panicked at a.rs:1:1:\nfirst\n\nthread 'test' (1) panicked at a.rs:2:1:\nsecond\n\n\
                    thread '<unnamed>' (3) panicked at a.rs:3:1:\nthird\n";
        assert_eq!(decisive(&read(text), "test").unwrap().message, "second");
        assert_eq!(decisive(&read(text), "other").unwrap().message, "third");
    }

    #[test]
    fn a_panic_in_a_destructor_hides_neither() {
        let text = "thread 't' (1) panicked at a.rs:1:1:\nfirst\n\nthread 't' (1) panicked at a.rs:2:1:\nin drop\nstack backtrace:\n   \
                    0: x\n\nthread 't' (1) panicked at /rustc/1/library/core/src/panicking.rs:233:5:\npanic in a destructor \
                    during cleanup\nthread caused non-unwinding panic. aborting.\n";
        let panics = read(text);
        assert_eq!(panics.len(), 3);
        assert_eq!(decisive(&panics, "t").unwrap().message, "in drop");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(thread '| panicked at |:|\n|[a-z']|1){0,40}") {
            let _ = read(&text);
        }
    }
}
