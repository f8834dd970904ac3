//! Reports as `JUnit` XML: one suite for each exercise, one case for each test, and one more for what is no test's fault.

use std::fmt::Write as _;

use crate::cargo::Level;
use crate::check::{Cause, Outcome, Report, Subject, TestResult, Verdict};
use crate::headless::report::reporter::subject_name;
use crate::text::ansi;

/// The whole document.
pub(in crate::headless) fn document(reports: &[Report], subject: &Subject) -> String {
    let suites: String = reports.iter().map(|report| suite(report, subject)).collect();
    let counts = reports.iter().map(Counts::of).fold(Counts::default(), Counts::plus);
    let ms: u64 = reports.iter().map(|report| report.build_ms + report.run_ms).sum();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"patterns-tui\" {} time=\"{}\">\n{suites}</testsuites>\n",
        counts.attributes(),
        seconds(ms)
    )
}

#[derive(Default, Clone, Copy)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of(report: &Report) -> Self {
        let count =
            |fits: &dyn Fn(Outcome) -> bool| report.tests.iter().filter(|test| fits(test.outcome)).count();
        let extra = usize::from(extra_case(report).is_some());
        let unjudged = usize::from(report.verdict == Verdict::Unjudged);
        Self {
            tests: report.tests.len() + extra,
            failures: count(&Outcome::is_failure) + extra * (1 - unjudged),
            errors: extra * unjudged,
            skipped: count(&|outcome| matches!(outcome, Outcome::NotRun | Outcome::Skipped)),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
        }
    }

    fn attributes(&self) -> String {
        let Self { tests, failures, errors, skipped } = self;
        format!(r#"tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}""#)
    }
}

fn suite(report: &Report, subject: &Subject) -> String {
    let name = match subject {
        Subject::Learner => format!("{}/{}", report.pack, report.exercise),
        other => format!("{}/{}/{}", report.pack, report.exercise, subject_name(other)),
    };
    let name = attribute(&name);
    let mut text = format!(
        "  <testsuite name=\"{name}\" {} time=\"{}\">\n",
        Counts::of(report).attributes(),
        seconds(report.build_ms + report.run_ms)
    );
    if let Some(case) = extra_case(report) {
        let _ =
            writeln!(text, "    <testcase name=\"{}\" classname=\"{name}\">{}</testcase>", case.0, case.1);
    }
    for test in &report.tests {
        text += &case(test, &name);
    }
    text + "  </testsuite>\n"
}

/// A case beside the tests where none of them tells why the exercise did not pass.
fn extra_case(report: &Report) -> Option<(&'static str, String)> {
    let cause = report.cause.and_then(|cause| serde_json::to_value(cause).ok());
    let cause = cause.as_ref().and_then(serde_json::Value::as_str).unwrap_or("unknown");
    let message = attribute(report.explanation.as_deref().unwrap_or(cause));
    let errors = report.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    let told = escape(&errors.map(|error| plain(&error.rendered)).collect::<Vec<_>>().join("\n"));
    let told_of =
        |element: &str| format!("<{element} message=\"{message}\" type=\"{cause}\">{told}</{element}>");
    let any_failed = report.tests.iter().any(|test| test.outcome.is_failure());
    match report.verdict {
        Verdict::Passed => None,
        Verdict::Unjudged => Some(("judged", told_of("error"))),
        Verdict::Failed if any_failed => None,
        Verdict::Failed if report.cause == Some(Cause::DidNotCompile) => {
            Some(("compiles", told_of("failure")))
        }
        Verdict::Failed => Some(("answered", told_of("failure"))),
    }
}

fn case(test: &TestResult, suite: &str) -> String {
    let head = format!(
        "    <testcase name=\"{}\" classname=\"{suite}\" time=\"{}\"",
        attribute(&test.name),
        seconds(test.ms)
    );
    let kind = match test.outcome {
        Outcome::Passed => return format!("{head}/>\n"),
        Outcome::NotRun => return format!("{head}><skipped message=\"not run\"/></testcase>\n"),
        Outcome::Skipped => {
            let why = attribute(test.message.as_deref().unwrap_or("skipped"));
            return format!("{head}><skipped message=\"{why}\"/></testcase>\n");
        }
        Outcome::Failed => "failed",
        Outcome::TimedOut => "timed-out",
        Outcome::Crashed => "crashed",
    };
    let message = attribute(test.message.as_deref().unwrap_or(kind));
    let mut told = String::new();
    if let Some(place) = &test.panicked_at {
        let _ = writeln!(told, "{}:{}:{}", place.file, place.line, place.column);
    }
    if let Some(difference) = &test.difference {
        let _ = writeln!(told, "expected: {}\n  actual: {}", difference.expected, difference.actual);
    }
    let output = plain(&test.output);
    let output = if output.trim().is_empty() {
        String::new()
    } else {
        format!("<system-out>{}</system-out>", escape(&output))
    };
    let told = escape(told.trim_end());
    format!("{head}><failure message=\"{message}\" type=\"{kind}\">{told}</failure>{output}</testcase>\n")
}

/// Output without its escape sequences.
fn plain(output: &str) -> String {
    let lines: Vec<_> = ansi::lines(output).iter().map(crate::text::Line::text).collect();
    lines.join("\n")
}

/// Text fit for an attribute, which keeps its line breaks only as references.
fn attribute(text: &str) -> String {
    escape(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Text fit for content: markup escaped, what XML cannot hold replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::headless::report::reporter::tests::failed_report;

    #[test]
    fn a_failed_exercise() {
        insta::assert_snapshot!(document(&[failed_report()], &Subject::Learner), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="patterns-tui" tests="3" failures="1" errors="0" skipped="1" time="0.314">
          <testsuite name="p/e" tests="3" failures="1" errors="0" skipped="1" time="0.314">
            <testcase name="nine_pay_in_full" classname="p/e" time="0.002"/>
            <testcase name="ten_pay_less" classname="p/e" time="0.002"><failure message="ten units &quot;pay&quot; &lt;less&gt;" type="failed">tests/t.rs:3:5
        expected: 90.0
          actual: 100.0</failure><system-out>red &lt;&amp;&gt; 
        second</system-out></testcase>
            <testcase name="later" classname="p/e" time="0.002"><skipped message="not run"/></testcase>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn a_quiz_that_nobody_answered_is_a_failure() {
        let mut report = failed_report();
        report.tests.retain(|test| test.outcome == Outcome::NotRun);
        report.explanation = Some("1 of 1 questions are not answered".into());
        let text = document(&[report], &Subject::Learner);
        assert!(text.contains(r#"tests="2" failures="1" errors="0" skipped="1""#), "{text}");
        assert!(text.contains(r#"<testcase name="answered""#) && !text.contains("compiles"), "{text}");
    }

    #[test]
    fn what_was_not_judged_is_an_error() {
        let report = Report {
            verdict: Verdict::Unjudged,
            cause: Some(crate::check::Cause::NoToolchain),
            explanation: Some("no cargo was found; \"install\" it".into()),
            tests: Vec::new(),
            ..failed_report()
        };
        let text = document(&[report], &Subject::Solution);
        assert!(text.contains(r#"tests="1" failures="0" errors="1" skipped="0""#), "{text}");
        assert!(
            text.contains(r#"message="no cargo was found; &quot;install&quot; it" type="no-toolchain""#),
            "{text}"
        );
        assert!(text.contains(r#"name="p/e/solution""#), "{text}");
    }

    proptest! {
        #[test]
        fn any_text_is_escaped(text in any::<String>()) {
            let escaped = attribute(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\n']));
            prop_assert!(!escaped.chars().any(char::is_control));
            let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#10;", "&#9;"];
            let known: usize = entities.iter().map(|entity| escaped.matches(entity).count()).sum();
            prop_assert_eq!(escaped.matches('&').count(), known);
        }
    }
}
