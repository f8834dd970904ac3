//! News of checks and files. What belongs to a job that is no longer awaited is dropped.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::app::drafts::Drafts;
use crate::app::effect::Effect;
use crate::app::message::{FilesEvent, JobEvent, JobId, Notice, NoticeLevel, OpenedFile};
use crate::app::model::Model;
use crate::app::screen::workbench::check::{Check, Ended, TestState};
use crate::app::screen::workbench::file::File;
use crate::app::screen::workbench::panel::{Shown, Tab};
use crate::app::screen::workbench::state::{Awaited, Focus, Reveal, Workbench};
use crate::app::screen::workbench::{commands, crates, kept, proof, starter, visit};
use crate::cargo::Level;
use crate::check::{Cause, Event, Outcome, Report, TestResult, Verdict};
use crate::progress::{Change, State};

/// How long after one's own editor was left a change is taken for what was written in it.
const BACK: Duration = Duration::from_secs(2);

/// Takes news of a job.
pub(super) fn job(model: &mut Model, id: JobId, event: &JobEvent) -> Vec<Effect> {
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    proof::job(bench, id, event);
    match event {
        JobEvent::Check(event) if bench.check.running().is_some_and(|running| running.id == id) => {
            check(model, event)
        }
        JobEvent::Formatted(result) => {
            if let Some((_, file, revision)) = bench.formatting.take_if(|(job, ..)| *job == id) {
                let told = formatted(bench, file, revision, result, now);
                model.notice = told.or(model.notice.take());
            }
            Vec::new()
        }
        JobEvent::EditorClosed(result) if bench.outside == Some(id) => {
            bench.outside = None;
            bench.back_since = Some(now);
            // What it wrote comes as a change made outside.
            if let Err(notice) = result {
                model.notice = Some(notice.clone());
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn formatted(
    bench: &mut Workbench,
    file: usize,
    revision: u64,
    result: &Result<String, Notice>,
    now: Duration,
) -> Option<Notice> {
    let file = bench.files.get_mut(file)?;
    match result {
        Err(notice) => Some(notice.clone()),
        Ok(_) if file.editor.buffer.revision() != revision => {
            Some(Notice::new(NoticeLevel::Warning, "not formatted: the text has changed meanwhile"))
        }
        Ok(text) => {
            file.editor.buffer.set_text(text);
            // Lines that reached beyond the view may fit now.
            file.editor.view.left = 0;
            file.editor.view.follow(&file.editor.buffer);
            file.touched(now);
            None
        }
    }
}

fn check(model: &mut Model, event: &Event) -> Vec<Effect> {
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if let Check::Running(running) = &mut bench.check {
        running.follow(event, now);
    }
    match event {
        // A test that is run again with a backtrace is built again, and the compiler repeats what it said.
        Event::Diagnosed(said) if bench.problems.contains(said) => {}
        Event::Diagnosed(said) => bench.problems.push((**said).clone()),
        Event::TestStarted { name } => {
            if let Some(row) = bench.panel.test_mut(name) {
                row.state = TestState::Running;
            }
        }
        Event::TestFinished(result) => ended(bench, result),
        Event::Finished(report) => return finished(model, report),
        // Where the check is was followed above.
        _ => {}
    }
    Vec::new()
}

fn ended(bench: &mut Workbench, result: &TestResult) {
    if let Some(row) = bench.panel.test_mut(&result.name) {
        row.state = match result.outcome {
            Outcome::NotRun => TestState::Waiting,
            _ => TestState::Ended(Box::new(result.clone())),
        };
    }
}

fn finished(model: &mut Model, report: &Report) -> Vec<Effect> {
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let Check::Running(running) = std::mem::replace(&mut bench.check, Check::Never) else {
        return Vec::new();
    };
    let ran = |result: &&TestResult| running.backtrace_of.as_ref().is_none_or(|one| *one == result.name);
    for result in report.tests.iter().filter(ran) {
        ended(bench, result);
    }
    for row in &mut bench.panel.tests {
        if row.state == TestState::Running {
            row.state = TestState::Waiting;
        }
    }
    let took = now.saturating_sub(running.since);
    if let Some(name) = &running.backtrace_of {
        bench.panel.show_text(Shown::Test);
        if let Some((before, said)) = running.before {
            // Where the test was stopped, or did not get to run, what was known of it still holds.
            if let Some(row) = bench.panel.test_mut(name).filter(|row| row.state == TestState::Waiting) {
                row.state = said;
            }
            bench.check = Check::Ended(before);
        }
        return Vec::new();
    }
    bench.problems.clone_from(&report.diagnostics);
    bench.problems.sort_by_key(|said| said.level);
    bench.check = Check::Ended(Ended::new(report, took, bench.goal));
    bench.judge_steps(report);
    bench.recall_results();
    show_first_failure(bench, report);
    if report.verdict == Verdict::Passed {
        bench.reveal = Reveal::Open;
    }
    let looked = crates::look(bench);
    let is_as_given =
        bench.holds_starter() && model.record.state(&report.pack, &report.exercise) == State::New;
    if !report.counts(is_as_given) {
        return looked.into_iter().collect();
    }
    let change = Change::Checked {
        pack: report.pack.clone(),
        exercise: report.exercise.clone(),
        passed: report.verdict == Verdict::Passed,
        passing: report.passing(),
        tests: report.tests.len() as u32,
    };
    looked.into_iter().chain([model.record(vec![change])]).collect()
}

fn show_first_failure(bench: &mut Workbench, report: &Report) {
    if bench.focus == Focus::Task {
        bench.focus = Focus::Panel;
    }
    if report.cause == Some(Cause::DidNotCompile) {
        let first = bench.problems.iter().position(|said| said.level == Level::Error);
        bench.panel.problem = first.unwrap_or_default();
        bench.panel.show(Tab::Problems);
        return;
    }
    if report.cause == Some(Cause::Cancelled) {
        return;
    }
    if report.verdict == Verdict::Unjudged && report.explanation.is_some() {
        bench.panel.show_text(Shown::Verdict);
        return;
    }
    bench.panel.show(Tab::Tests);
    if let Some(first) = bench.panel.tests.iter().position(super::check::TestRow::failed) {
        bench.panel.test = first;
        bench.step = bench.panel.tests[first].step;
        bench.task_scroll = 0;
        bench.panel.begin_with(bench.step);
        if bench.step_passed().is_some() {
            bench.show_own_file();
            bench.go_to_work();
        }
    } else if report.verdict == Verdict::Passed {
        bench.show_own_file();
        bench.step = bench.exercise().steps.len().saturating_sub(1);
        bench.panel.begin_with(bench.step);
        bench.panel.test = bench.panel.tests.len().saturating_sub(1);
    }
}

/// Takes news of the learner's files.
pub(super) fn files(model: &mut Model, event: FilesEvent) -> Vec<Effect> {
    let now = model.now;
    if let FilesEvent::Refused(notice) = event {
        if let Some(bench) = &mut model.workbench {
            bench.awaited = None;
            bench.unread = Some(notice.clone()).filter(|_| bench.files.is_empty());
        }
        model.notice = Some(notice);
        return Vec::new();
    }
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let ours = |pack: &str, exercise: &str| bench.key.pack == pack && bench.key.exercise == exercise;
    match event {
        FilesEvent::Opened { pack, exercise, files, restorable } if ours(&pack, &exercise) => {
            bench.unread = None;
            opened(bench, &files, &mut model.drafts, now);
            let cleaned = bench.files.iter().find(|file| file.editor.editable && file.editor.cleaned);
            let note =
                cleaned.map(|file| format!("{}: line ends and control characters are made plain", file.path));
            if let Some(text) = note {
                model.notice = Some(Notice::new(NoticeLevel::Info, text));
            }
            bench.restorable = restorable;
            bench.catch_up(now);
            let asked = bench.when_read.take();
            match bench.awaited.take() {
                Some(Awaited::Starter) => starter::was_reset(model),
                Some(Awaited::Version) => starter::restored(model),
                None => asked.map_or_else(Vec::new, |command| commands::command(model, command)),
            }
        }
        FilesEvent::ChangedOutside { pack, exercise, files } if ours(&pack, &exercise) => {
            changed_outside(model, &files)
        }
        FilesEvent::Versions { key, kept } => {
            kept::listed(model, key, kept);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes files as they were read; an editor that is open on one of them keeps its history.
fn opened(bench: &mut Workbench, files: &[OpenedFile], drafts: &mut Drafts, now: Duration) {
    let mut known = std::mem::take(&mut bench.files);
    let first = known.is_empty();
    for opened in files {
        let open = known.iter().position(|file| file.path == opened.path).map(|at| known.swap_remove(at));
        let mut file = open.unwrap_or_else(|| File::new(opened));
        if !first && !file.editor.buffer.text().is(&opened.text) {
            file.reload(&opened.text, now);
        }
        if let Some(draft) = drafts.take(&file.key(&bench.key)) {
            file.take_back(draft, now);
        }
        bench.files.push(file);
    }
    bench.shown = bench.shown.min(bench.files.len().saturating_sub(1));
    if first {
        (0..bench.files.len()).for_each(|file| bench.go_to_gap(file));
        bench.go_to_work();
        bench.go_to_spot();
    }
}

/// How long a warning stays that comes amid letters: each of them would put it aside.
const WHILE_TYPING: Duration = Duration::from_secs(4);

fn changed_outside(model: &mut Model, files: &BTreeMap<String, String>) -> Vec<Effect> {
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let (mut taken, mut kept) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let Some(at) = bench.file_of(path) else { continue };
        let file = &mut bench.files[at];
        if file.editor.buffer.text().is(text) {
            continue;
        }
        let whose = if file.reload(text, now) { &mut taken } else { &mut kept };
        whose.push(path.as_str());
    }
    let (any, watch) = (!taken.is_empty(), bench.watch);
    let back = bench.back_since.is_some_and(|since| now.saturating_sub(since) < BACK);
    let own = back || bench.outside.is_some();
    if !kept.is_empty() {
        let kept = kept.join(", ");
        let key = if bench.focus == Focus::Editor { "Esc v" } else { "v" };
        let text = format!("{kept} was changed outside too: your text is kept, {key} has the other");
        model.notice = Some(Notice::new(NoticeLevel::Warning, text));
        model.notice_until = now + WHILE_TYPING;
    } else if any && !own {
        model.note(NoticeLevel::Info, format!("{} was changed outside", taken.join(", ")));
    } else if any && !watch {
        model.note(
            NoticeLevel::Info,
            format!("read again as you saved it: {}; Ctrl-R judges it", taken.join(", ")),
        );
    }
    let mut effects: Vec<Effect> = if any { visit::begin(model).into_iter().collect() } else { Vec::new() };
    if watch && any {
        effects.extend(watched(model));
    }
    effects
}

/// Judges what was saved outside. Nobody pressed a key for it, so nothing is asked.
fn watched(model: &mut Model) -> Vec<Effect> {
    if crates::price(model).is_none() {
        return commands::start(model, None);
    }
    // That something typed here was kept is the graver news.
    if model.notice.as_ref().is_none_or(|notice| notice.level == NoticeLevel::Info) {
        model.note(NoticeLevel::Info, "changed outside, not judged: c builds the crates of this exercise");
    }
    Vec::new()
}
