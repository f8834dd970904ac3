//! The workbench by its keys: what is pressed, what stands there then, what is asked of the world.

use std::time::Duration;

use crate::app::fixture::{self, press};
use crate::app::message::{FilesEvent, JobEvent, JobId, Message, OpenedFile};
use crate::app::screen::workbench::{Workbench, open};
use crate::app::{Code, Effect, Key, Model, update};
use crate::cargo::{Diagnostic, Level, SourceSpan, Suggestion};
use crate::check::{Cause, Event, Outcome, Report, TestResult, Verdict};

mod answer;
mod checks;
mod crates;
mod files;
mod panels;
mod problems;
mod quiz;
mod standing;
mod suite;
mod versions;
mod visits;

const TEXT: &str = "fn price(n: u32) -> u32 {\n    n\n}\n";
const JUDGE: &str = "#[test]\nfn regular() {}\n\n#[test]\nfn edge() {}\n";

/// The workbench with the exercise "strategy" of the small pack, before its files were read.
fn unread() -> (Model, Vec<Effect>) {
    let mut model = fixture::model(vec![fixture::small()], (120, 36));
    let effects = open(&mut model, "strategy");
    (model, effects)
}

/// The same with its files: one to edit, the judge's. The panels listen, the task first.
fn opened() -> Model {
    let (mut model, _) = unread();
    files_are(&mut model, TEXT, false);
    plain(&mut model, Code::Esc);
    plain(&mut model, Code::Tab);
    model
}

fn files_are(model: &mut Model, text: &str, restorable: bool) {
    let file =
        |path: &str, text: &str, editable| OpenedFile { path: path.into(), text: text.into(), editable };
    let event = FilesEvent::Opened {
        pack: "small".into(),
        exercise: "strategy".into(),
        files: vec![file("src/lib.rs", text, true), file("tests/strategy.rs", JUDGE, false)],
        restorable,
    };
    update(model, Message::Files(event));
}

fn bench(model: &Model) -> &Workbench {
    model.workbench.as_ref().expect("the workbench is open")
}

fn text(model: &Model) -> String {
    bench(model).files[0].editor.buffer.text().to_string()
}

fn at(model: &mut Model, millis: u64) -> Vec<Effect> {
    update(model, Message::Tick(Duration::from_millis(millis)))
}

fn keys(model: &mut Model, text: &str) -> Vec<Effect> {
    text.chars().flat_map(|c| press(model, &[Key::char(c)])).collect()
}

fn plain(model: &mut Model, code: Code) -> Vec<Effect> {
    press(model, &[Key::plain(code)])
}

/// Presses Ctrl-R and returns the job, and all that was asked for.
fn run(model: &mut Model) -> (JobId, Vec<Effect>) {
    let effects = press(model, &[Key::control('r')]);
    let id = effects.iter().find_map(|effect| match effect {
        Effect::StartCheck { id, .. } => Some(*id),
        _ => None,
    });
    (id.expect("a check is started"), effects)
}

fn tell(model: &mut Model, id: JobId, event: Event) -> Vec<Effect> {
    update(model, Message::Job(id, JobEvent::Check(event)))
}

fn result(name: &str, outcome: Outcome) -> TestResult {
    TestResult {
        name: name.into(),
        outcome,
        ms: 2,
        output: "printed\n".into(),
        dropped: 0,
        difference: None,
        panicked_at: None,
        message: None,
    }
}

fn report(verdict: Verdict, cause: Option<Cause>, tests: Vec<TestResult>) -> Report {
    Report {
        pack: "small".into(),
        exercise: "strategy".into(),
        verdict,
        cause,
        explanation: None,
        tests,
        diagnostics: Vec::new(),
        build_ms: 1,
        run_ms: 1,
    }
}

fn finish(model: &mut Model, id: JobId, report: Report) -> Vec<Effect> {
    tell(model, id, Event::Finished(Box::new(report)))
}

fn failed() -> Report {
    let tests = vec![result("regular", Outcome::Passed), result("edge", Outcome::Failed)];
    report(Verdict::Failed, Some(Cause::TestsFailed), tests)
}

fn passed() -> Report {
    let tests = vec![result("regular", Outcome::Passed), result("edge", Outcome::Passed)];
    report(Verdict::Passed, None, tests)
}

/// "n is unused" in line 1, with a sure fix.
fn unused() -> Diagnostic {
    let span = SourceSpan {
        file: "src/lib.rs".into(),
        line_start: 1,
        line_end: 1,
        column_start: 10,
        column_end: 11,
        primary: true,
        label: None,
    };
    Diagnostic {
        level: Level::Error,
        code: Some("E0425".into()),
        message: "n is unused".into(),
        rendered: "error: n is unused\n".into(),
        explanation: Some("# Why\n".into()),
        spans: vec![span.clone()],
        suggestions: vec![Suggestion {
            message: "rename it".into(),
            edits: vec![(span, "_n".into())],
            machine_applicable: true,
        }],
    }
}

fn refused() -> Report {
    let not_run = vec![result("regular", Outcome::NotRun), result("edge", Outcome::NotRun)];
    Report { diagnostics: vec![unused()], ..report(Verdict::Failed, Some(Cause::DidNotCompile), not_run) }
}
