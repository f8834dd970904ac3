//! A check from the key to the verdict.

use super::*;
use crate::app::screen::workbench::{Check, Focus, Phase, Tab, TestState};
use crate::check::Wait;
use crate::check::event::Difference;
use crate::progress::{Change, State};

fn recorded(effects: &[Effect]) -> Vec<Change> {
    let changes = |effect: &Effect| match effect {
        Effect::SaveProgress(changes) => changes.clone(),
        _ => Vec::new(),
    };
    effects.iter().flat_map(changes).collect()
}

fn waiting(model: &Model) -> usize {
    bench(model).panel.tests.iter().filter(|row| row.state == TestState::Waiting).count()
}

#[test]
fn a_run_saves_first_and_turns_every_test_in_its_place() {
    let mut model = opened();
    keys(&mut model, "ix");
    let (id, effects) = run(&mut model);
    assert!(
        matches!(effects[..], [Effect::Save { .. }, Effect::StartCheck { .. }, Effect::SaveProgress(_)]),
        "{effects:?}"
    );
    tell(&mut model, id, Event::Building { unit: "strategy".into(), done: 0, total: Some(1) });
    let words = bench(&model).check.running().map(|running| running.words("strategy", false));
    assert_eq!(words.as_deref(), Some("compiling strategy"));
    tell(&mut model, id, Event::TestStarted { name: "regular".into() });
    assert_eq!(bench(&model).panel.tests[0].state, TestState::Running);
    tell(&mut model, id, Event::TestFinished(result("regular", Outcome::Passed)));
    assert!(bench(&model).panel.tests[0].result().is_some());
    assert_eq!(waiting(&model), 1);
}

#[test]
fn the_test_that_runs_longest_is_known_once_one_wonders() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let lasting = |model: &Model| {
        let running = bench(model).check.running().expect("it runs");
        running.lasting(model.now).map(|(name, took)| (name.to_owned(), took.as_secs()))
    };
    tell(&mut model, id, Event::TestStarted { name: "regular".into() });
    at(&mut model, 900);
    tell(&mut model, id, Event::TestStarted { name: "edge".into() });
    assert_eq!(lasting(&model), None);
    at(&mut model, 5_000);
    assert_eq!(lasting(&model), Some(("regular".to_owned(), 5)));
    tell(&mut model, id, Event::TestFinished(result("regular", Outcome::Passed)));
    assert_eq!(lasting(&model), Some(("edge".to_owned(), 4)));
}

#[test]
fn a_failure_is_chosen_explained_and_recorded() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    at(&mut model, 310);
    let mut report = failed();
    report.tests[1].difference = Some(Difference { actual: "100.0".into(), expected: "90.0".into() });
    let effects = finish(&mut model, id, report);
    let bench = bench(&model);
    let ended = bench.check.ended().expect("it has ended");
    assert_eq!(ended.took, Duration::from_millis(310));
    assert_eq!(ended.reason.as_deref(), Some("expected 90.0   got 100.0"));
    assert_eq!((bench.panel.tab, bench.panel.test, bench.step), (Tab::Tests, 1, 1));
    let [Change::Checked { passed: false, passing: Some(passing), tests: 2, .. }] = &recorded(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    assert!(passing.contains("regular") && passing.len() == 1);
}

#[test]
fn to_judge_the_starter_begins_no_exercise() {
    let (mut model, _) = unread();
    files_are(&mut model, "// here\n", false);
    let (id, _) = run(&mut model);
    // A repair exercise's starter passes some tests.
    let effects = finish(&mut model, id, failed());
    assert_eq!(recorded(&effects), []);
    assert_eq!(model.record.state("small", "strategy"), State::New);
    keys(&mut model, "i");
    keys(&mut model, "x");
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    assert_eq!(model.record.state("small", "strategy"), State::Started);
}

#[test]
fn enter_on_a_test_shows_what_it_printed() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    keys(&mut model, "t");
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).panel.tab, Tab::Output);
    let lines: Vec<String> = crate::app::screen::workbench::output(bench(&model), &model.record, 80)
        .iter()
        .map(crate::text::Line::text)
        .collect();
    assert!(lines[0].starts_with("edge") && lines.iter().any(|line| line == "printed"), "{lines:?}");
}

#[test]
fn a_pass_is_recorded_and_enter_leads_on() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let effects = finish(&mut model, id, passed());
    assert!(matches!(recorded(&effects)[..], [Change::Checked { passed: true, .. }]));
    assert_eq!(model.record.state("small", "strategy"), State::Passed);
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).key.exercise, "command");
}

#[test]
fn what_could_not_be_judged_is_no_wrong_answer() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let mut report = report(Verdict::Unjudged, Some(Cause::NoLinker), Vec::new());
    report.explanation = Some("no linker was found\ninstall one".into());
    let effects = finish(&mut model, id, report);
    assert!(recorded(&effects).is_empty());
    let ended = bench(&model).check.ended().expect("it has ended");
    assert_eq!(ended.reason.as_deref(), Some("no linker was found"));
    assert_eq!(waiting(&model), 2);
}

#[test]
fn news_of_a_job_no_longer_awaited_is_dropped() {
    let mut model = opened();
    let (old, _) = run(&mut model);
    let (new, effects) = run(&mut model);
    assert_eq!(effects[0], Effect::Cancel(old), "a new run takes the place of the old");
    assert!(finish(&mut model, old, passed()).is_empty());
    assert!(bench(&model).check.running().is_some());
    finish(&mut model, new, failed());
    assert!(finish(&mut model, new, passed()).is_empty(), "after its end nothing more counts");
    assert_eq!(bench(&model).check.ended().map(|ended| ended.verdict), Some(Verdict::Failed));
}

#[test]
fn esc_stops_a_run_once_and_then_waits_for_its_end() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    assert_eq!(plain(&mut model, Code::Esc), [Effect::Cancel(id)]);
    assert!(plain(&mut model, Code::Esc).is_empty());
    finish(&mut model, id, report(Verdict::Unjudged, Some(Cause::Cancelled), Vec::new()));
    assert!(bench(&model).check.ended().is_some());
}

#[test]
fn esc_in_the_editor_leads_to_the_panels_first_whether_a_run_goes_on_or_not() {
    let title = |model: &Model| {
        let placed = crate::app::bar::place(model, 120);
        placed.iter().find(|one| one.hint.command == crate::app::Command::Back).map(|one| one.hint.title)
    };
    let mut model = opened();
    keys(&mut model, "i");
    let (id, _) = run(&mut model);
    assert_eq!(title(&model), Some("panels, again: stop"));
    assert!(plain(&mut model, Code::Esc).is_empty(), "the run goes on");
    keys(&mut model, "t");
    assert_eq!((text(&model).as_str(), bench(&model).focus), (TEXT, Focus::Panel), "letters are commands");
    assert_eq!(title(&model), Some("stop"));
    assert_eq!(plain(&mut model, Code::Esc), [Effect::Cancel(id)]);
}

#[test]
fn waiting_and_fetching_are_told() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    tell(&mut model, id, Event::Waiting(Wait::CargoLock));
    let words = |model: &Model| {
        bench(model).check.running().map(|running| running.words("x", false)).unwrap_or_default()
    };
    assert_eq!(words(&model), "waiting for another cargo");
    tell(&mut model, id, Event::Waiting(Wait::OtherBuild));
    let of_its_crates = bench(&model).check.running().unwrap().words("x", true);
    assert_eq!(
        (words(&model).as_str(), of_its_crates.as_str()),
        ("waiting for another build", "waiting for the crates")
    );
    tell(&mut model, id, Event::Fetching { done: 3, total: Some(9) });
    assert_eq!(words(&model), "fetching crates 3/9");
    tell(&mut model, id, Event::Built { took: Duration::ZERO });
    assert!(matches!(&bench(&model).check, Check::Running(running) if running.phase == Phase::Testing));
}

#[test]
fn a_backtrace_is_of_one_test_and_no_verdict() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let effects = keys(&mut model, "B");
    let [Effect::StartCheck { id, backtrace_of: Some(name), .. }] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(name, "edge");
    let mut again = report(Verdict::Failed, Some(Cause::TestsFailed), vec![result("edge", Outcome::Failed)]);
    again.tests[0].output = "stack backtrace:\n".into();
    let effects = finish(&mut model, *id, again);
    assert!(recorded(&effects).is_empty());
    assert_eq!(bench(&model).panel.tab, Tab::Output);
    assert_eq!(
        bench(&model).panel.tests[1].result().map(|result| result.output.as_str()),
        Some("stack backtrace:\n")
    );
    assert_eq!(bench(&model).check.ended().map(|ended| ended.verdict), Some(Verdict::Failed));
}

fn has_failed(model: &Model) -> bool {
    bench(model).check.ended().is_some_and(|ended| ended.verdict == Verdict::Failed)
}

#[test]
fn a_backtrace_is_of_the_text_that_was_judged_and_one_after_the_other_keeps_the_verdict() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let both = vec![result("regular", Outcome::Failed), result("edge", Outcome::Failed)];
    finish(&mut model, id, report(Verdict::Failed, Some(Cause::TestsFailed), both));
    keys(&mut model, "tBjB");
    let running = bench(&model).check.running().map(|running| running.id).expect("it runs");
    finish(&mut model, running, failed());
    assert!(has_failed(&model));
    keys(&mut model, "ix");
    plain(&mut model, Code::Esc);
    keys(&mut model, "t");
    assert!(keys(&mut model, "B").is_empty());
    assert!(has_failed(&model) && bench(&model).is_stale(), "the verdict is of the text before");
    assert!(model.notice.is_some());
}

#[test]
fn quitting_saves_and_stops_what_runs() {
    let mut model = opened();
    keys(&mut model, "ix");
    let (id, _) = run(&mut model);
    keys(&mut model, "y");
    plain(&mut model, Code::Esc);
    let effects = keys(&mut model, "q");
    assert!(matches!(effects[0], Effect::Save { .. }), "{effects:?}");
    assert!(effects.contains(&Effect::Cancel(id)) && effects.last() == Some(&Effect::Quit));
}

#[test]
fn esc_leads_from_a_text_to_its_list_and_from_the_source_to_the_own_file() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    keys(&mut model, "t");
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).panel.tab, Tab::Output);
    plain(&mut model, Code::Esc);
    assert_eq!(bench(&model).panel.tab, Tab::Tests);
    crate::app::screen::workbench::command(&mut model, crate::app::Command::TestSource);
    assert_eq!(bench(&model).shown, 1);
    plain(&mut model, Code::Esc);
    assert_eq!((bench(&model).shown, model.screen), (0, crate::app::model::Screen::Workbench));
    plain(&mut model, Code::Esc);
    assert_ne!(model.screen, crate::app::model::Screen::Workbench);
}

#[test]
fn the_source_of_a_test_is_the_judges_whatever_the_learner_calls_a_function() {
    let mut model = opened();
    files_are(&mut model, "fn edge() {}\n", false);
    keys(&mut model, "tjs");
    assert_eq!(bench(&model).shown, 1);
}

#[test]
fn a_backtrace_that_is_stopped_leaves_the_failure_and_none_starts_over_a_run() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let effects = keys(&mut model, "B");
    let [Effect::StartCheck { id, .. }] = effects[..] else { panic!("{effects:?}") };
    assert!(keys(&mut model, "tB").is_empty(), "one after the other");
    let stopped = vec![result("regular", Outcome::NotRun), result("edge", Outcome::NotRun)];
    finish(&mut model, id, report(Verdict::Unjudged, Some(Cause::Cancelled), stopped));
    let rows = &bench(&model).panel.tests;
    assert!(has_failed(&model) && rows[1].failed() && rows[0].passes(), "{rows:?}");
    let (_, effects) = run(&mut model);
    assert_eq!(effects.len(), 1);
    assert!(keys(&mut model, "tB").is_empty() && bench(&model).check.running().is_some());
}
