//! Events as JSON: one object a line, the last of each exercise its verdict. Documented in docs/json.md.

use serde::Serialize;
use serde_json::{Value, json};

use crate::check::{Event, Report, Subject, Wait};
use crate::headless::console::Console;
use crate::headless::names::Chosen;
use crate::headless::report::reporter::subject_name;

/// Fields are added, never renamed; whatever breaks a reader counts this up.
const SCHEMA: u32 = 1;

/// Writes an object for each event.
#[derive(Debug, Default)]
pub(in crate::headless) struct Json {
    pack: String,
    exercise: String,
    subject: String,
}

#[derive(Serialize)]
struct Object<'a> {
    schema: u32,
    #[serde(rename = "type")]
    kind: &'a str,
    pack: &'a str,
    exercise: &'a str,
    subject: &'a str,
    #[serde(flatten)]
    rest: Value,
}

#[derive(Serialize)]
struct Verdict<'a> {
    schema: u32,
    #[serde(rename = "type")]
    kind: &'a str,
    subject: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

impl Json {
    pub(super) fn begin(&mut self, chosen: &Chosen, subject: &Subject) {
        self.pack.clone_from(&chosen.pack.id);
        self.exercise.clone_from(&chosen.exercise().id);
        self.subject = subject_name(subject);
    }

    pub(super) fn event(&self, event: &Event, console: &mut Console) {
        console.raw(&format!("{}\n", self.line(event)));
    }

    fn line(&self, event: &Event) -> String {
        let (kind, rest) = match event {
            Event::Finished(report) => return self.verdict(report),
            Event::Started { tests } => ("started", json!({ "tests": tests })),
            Event::Waiting(wait) => ("waiting", json!({ "for": wait_name(*wait) })),
            Event::Fetching { done, total } => ("fetching", json!({ "done": done, "total": total })),
            Event::Building { unit, done, total } => {
                ("building", json!({ "unit": unit, "done": done, "total": total }))
            }
            Event::Diagnosed(diagnostic) => ("diagnosed", json!({ "diagnostic": diagnostic })),
            Event::Built { took } => {
                ("built", json!({ "ms": u64::try_from(took.as_millis()).unwrap_or(u64::MAX) }))
            }
            Event::TestStarted { name } => ("test-started", json!({ "name": name })),
            Event::TestFinished(result) => ("test-finished", json!({ "test": result })),
        };
        let Self { pack, exercise, subject } = self;
        text(&Object { schema: SCHEMA, kind, pack, exercise, subject, rest })
    }

    fn verdict(&self, report: &Report) -> String {
        text(&Verdict { schema: SCHEMA, kind: "verdict", subject: &self.subject, report })
    }
}

fn wait_name(wait: Wait) -> &'static str {
    match wait {
        Wait::CargoLock => "cargo-lock",
        Wait::OtherBuild => "other-build",
    }
}

fn text(object: &impl Serialize) -> String {
    serde_json::to_string(object).expect("strings, numbers and lists can be written as JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headless::report::reporter::tests::failed_report;

    fn json() -> Json {
        Json { pack: "p".into(), exercise: "e".into(), subject: "learner".into() }
    }

    #[test]
    fn the_verdict_is_as_documented() {
        let line = json().line(&Event::Finished(Box::new(failed_report())));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert!(
            line.starts_with(
                r#"{"schema":1,"type":"verdict","subject":"learner","pack":"p","exercise":"e","#
            )
        );
        assert_eq!(value["verdict"], "failed");
        assert_eq!(value["cause"], "tests-failed");
        assert_eq!(value["tests"][1]["outcome"], "failed");
        assert_eq!(value["tests"][1]["difference"]["expected"], "90.0");
        assert_eq!(value["tests"][2]["outcome"], "not-run");
        for key in ["diagnostics", "build_ms", "run_ms", "explanation"] {
            assert!(value.get(key).is_some(), "{key}");
        }
    }

    #[test]
    fn an_event_is_one_line() {
        let event = Event::Building { unit: "a\nb".into(), done: 1, total: None };
        let expected = concat!(
            r#"{"schema":1,"type":"building","pack":"p","exercise":"e","subject":"learner","#,
            r#""done":1,"total":null,"unit":"a\nb"}"#
        );
        assert_eq!(json().line(&event), expected);
    }
}
