//! Highlighting by what it says of words, and its memory against doing it all anew.

use proptest::prelude::*;

use crate::text::code::{Highlights, highlight, warm};
use crate::text::style::{Role, Syntax};

fn role_of(language: &str, code: &str, word: &str) -> Role {
    let lines = highlight(language, code);
    let spans = lines.iter().flat_map(|line| &line.spans);
    spans.filter(|span| span.text.trim() == word).map(|span| span.style.role).next().unwrap_or_default()
}

#[test]
fn words_of_rust_have_their_roles() {
    let code = "// why\nimpl Rule for Bulk<'a> {\n    async fn price(&self) -> Box<dyn Error> {\n        \
                let n = MOST * 1.5; println!(\"x\"); go(n).await\n    }\n}\n";
    let role = |word| role_of("rust", code, word);
    assert_eq!(role("// why"), Role::Syntax(Syntax::Comment));
    for word in ["impl", "for", "fn", "let", "dyn", "await"] {
        assert_eq!(role(word), Role::Syntax(Syntax::Keyword), "{word}");
    }
    for word in ["Rule", "Box", "Error"] {
        assert_eq!(role(word), Role::Syntax(Syntax::Type), "{word}");
    }
    assert_eq!(role("price"), Role::Syntax(Syntax::Function));
    assert_eq!(role("go"), Role::Syntax(Syntax::Function));
    assert_eq!(role("MOST"), Role::Syntax(Syntax::Constant));
    assert_eq!(role("1.5"), Role::Syntax(Syntax::Number));
    assert_eq!(role("\"x\""), Role::Syntax(Syntax::String));
    assert_eq!(role("println!"), Role::Syntax(Syntax::Macro));
    assert_eq!(role("'a"), Role::Syntax(Syntax::Lifetime));
}

#[test]
fn a_macro_with_a_path_is_a_macro_and_an_inequality_is_none() {
    let code = "fn f() { tracing::info!(\"x\"); let a = b != c; tokio::select! { } }\n";
    for word in ["info!", "select!"] {
        assert_eq!(role_of("rust", code, word), Role::Syntax(Syntax::Macro), "{word}");
    }
    assert_ne!(role_of("rust", code, "b"), Role::Syntax(Syntax::Macro));
}

#[test]
fn the_dot_behind_the_number_of_a_field_is_no_part_of_it() {
    let code = "fn f() { self.0.lock(); pair.1.0; let x = 2. * 1.5; }\n";
    let lines = highlight("rust", code);
    let spans = lines.iter().flat_map(|line| &line.spans);
    let numbers = spans.filter(|span| span.style.role == Role::Syntax(Syntax::Number));
    let numbers: Vec<_> = numbers.map(|span| span.text.as_str()).collect();
    assert_eq!(numbers, ["0", "1.0", "2.", "1.5"]);
}

#[test]
fn every_language_of_the_chapters_is_known() {
    let cases = [
        ("toml", "a = 1", "1", Syntax::Number),
        ("sh", "echo \"x\"", "\"x\"", Syntax::String),
        ("bash", "# c", "# c", Syntax::Comment),
        ("sql", "SELECT a FROM b", "SELECT", Syntax::Keyword),
        ("json", "{\"a\": 12}", "12", Syntax::Number),
        ("protobuf", "// c", "// c", Syntax::Comment),
        ("yaml", "# c", "# c", Syntax::Comment),
    ];
    for (language, code, word, role) in cases {
        assert_eq!(role_of(language, code, word), Role::Syntax(role), "{language}");
    }
}

#[test]
fn no_language_and_an_unknown_one_are_plain() {
    for language in ["", "text", "klingon"] {
        assert_eq!(highlight(language, "let a = 1;\n")[0].spans.len(), 1, "{language}");
    }
}

#[test]
fn a_comment_over_many_lines_reaches_the_last_of_them() {
    let lines = highlight("rust", "/* a\nlet b\n*/ let c");
    assert_eq!(lines[1].spans[0].style.role, Role::Syntax(Syntax::Comment));
    assert_eq!(lines[2].spans.iter().filter(|s| s.style.role == Role::Syntax(Syntax::Keyword)).count(), 1);
}

#[test]
fn a_very_long_line_is_plain_and_the_next_is_not() {
    let code = format!("let a = \"{}\";\nlet b = 1;", "x".repeat(1_000_000));
    let lines = highlight("rust", &code);
    assert_eq!(lines[0].spans.len(), 1);
    assert!(lines[1].spans.len() > 1);
}

#[test]
fn the_budget_is_kept_and_the_work_goes_on() {
    warm();
    let lines = vec!["let a = 1;"; 100];
    let mut highlights = Highlights::new("rust");
    highlights.sync(&lines);
    assert!(highlights.advance(100, 10));
    assert!(!highlights.tokens(9).is_empty());
    assert!(highlights.tokens(10).is_empty());
    assert!(!highlights.advance(20, 10), "what is in view is done");
    while highlights.advance(100, 10) {}
    assert!(!highlights.tokens(99).is_empty());
}

#[test]
fn after_an_edit_only_what_it_changes_is_worked_out() {
    warm();
    let mut lines = vec!["let a = 1;"; 1_000];
    let mut highlights = Highlights::new("rust");
    highlights.sync(&lines);
    highlights.advance(1_000, usize::MAX);
    lines[500] = "let bb = 2;";
    highlights.sync(&lines);
    assert!(!highlights.advance(1_000, 2), "the line itself, then it agrees");
    lines[500] = "/*";
    highlights.sync(&lines);
    assert!(highlights.advance(1_000, 2), "everything after it is a comment now");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_is_lost_whatever_it_is(code in any::<String>(), language in "rust|toml|sh|sql|json|protobuf|yaml") {
        let kept = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
        let shown: String = highlight(&language, &code).iter().map(crate::text::Line::text).collect();
        prop_assert_eq!(kept(&shown), kept(&code));
    }

    #[test]
    fn memory_changes_nothing(
        versions in prop::collection::vec(prop::collection::vec("(let a|/\\*|\\*/|\"|r#\"|\"#|fn b\\(\\) \\{|x)", 0..12), 1..6),
        budgets in prop::collection::vec(0..12_usize, 6),
    ) {
        warm();
        let mut kept = Highlights::new("rust");
        for (lines, budget) in versions.iter().zip(&budgets) {
            kept.sync(lines);
            kept.advance(lines.len(), *budget);
        }
        let last = versions.last().expect("at least one");
        kept.advance(last.len(), usize::MAX);
        let mut anew = Highlights::new("rust");
        anew.sync(last);
        anew.advance(last.len(), usize::MAX);
        for line in 0..last.len() {
            prop_assert_eq!(kept.tokens(line), anew.tokens(line), "line {} of {:?}", line, last);
        }
    }
}

#[test]
fn a_line_that_costs_more_than_there_is_at_a_time_is_done_all_the_same() {
    warm();
    let mut highlights = Highlights::new("rust");
    highlights.sync(&[
        format!("let a = \"{}\";", "x".repeat(1_900)),
        "y".repeat(3_000),
        "let b = 1;".to_owned(),
    ]);
    assert_eq!((0..9).find(|_| !highlights.advance(3, 4)), Some(2));
    assert!(!highlights.tokens(0).is_empty() && !highlights.tokens(2).is_empty());
}
