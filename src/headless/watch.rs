//! `watch`: an exercise judged at every save, until Ctrl-C.

use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::check::{Report, Scope, Subject, Verdict};
use crate::failure::{EXIT_OK, Failure};
use crate::headless::at_hand::named_or_at_hand;
use crate::headless::check::{keep, tell_cost};
use crate::headless::command::Format;
use crate::headless::names::Chosen;
use crate::headless::report::Reporter;
use crate::headless::session::{Session, cancelled_by_signals, with_files};
use crate::sandbox::Tree;
use crate::text::Role;

/// Judges again and again.
pub(super) fn run(exercise: Option<&str>, format: Format, session: &mut Session) -> Result<u8, Failure> {
    let chosen = with_files(named_or_at_hand(exercise, session)?)?;
    session.sandbox.place(&chosen.pack, chosen.exercise(), Tree::Learner)?;
    let (tell, mut saves) = mpsc::unbounded_channel();
    let watch = session.sandbox.watch(&chosen.pack, chosen.exercise(), move |_| {
        // The receiver lives as long as the watch; a save after its end is nobody's business.
        let _ = tell.send(());
    })?;
    let runtime = Session::runtime()?;
    let cancel = cancelled_by_signals(&runtime);
    let dir = session.sandbox.crate_dir(&chosen.pack, chosen.exercise());
    session.console.note(&format!("watching {}; Ctrl-C ends", dir.display()));
    tell_cost(&chosen.exercise().id, &chosen.pack, &chosen.exercise().set, session);
    let mut is_again = false;
    while !cancel.is_cancelled() && !session.console.is_broken() {
        let judged = runtime.block_on(judge(&chosen, format, is_again, session, &mut saves, &cancel));
        if let Some(report) = judged {
            keep(&report, &chosen, session);
            if session.console.is_broken() {
                break;
            }
            is_again = true;
            if format == Format::Human && !cancel.is_cancelled() {
                tell_how_to_go_on(&chosen, &report, session);
            }
            let judged_at = Instant::now();
            runtime.block_on(async {
                session.engine.begin_ahead(&chosen.pack, chosen.exercise(), &cancel).await;
                tokio::select! {
                    _ = saves.recv() => {}
                    () = cancel.cancelled() => {}
                }
            });
            if format == Format::Human && !session.console.clears() && !cancel.is_cancelled() {
                rule(judged_at.elapsed(), session);
            }
        }
    }
    drop(watch);
    Ok(EXIT_OK)
}

/// What was said at the start is gone from the screen by now.
fn tell_how_to_go_on(chosen: &Chosen, report: &Report, session: &mut Session) {
    if !session.console.is_terminal() {
        return;
    }
    let exercise = chosen.exercise();
    let has_hints = exercise.steps.iter().any(|step| !step.hints.is_empty());
    let helps = if has_hints && report.verdict == Verdict::Failed {
        format!(", `patterns-tui hint {}` helps", exercise.id)
    } else {
        String::new()
    };
    let files = exercise.edit.join(" or ");
    session.console.note(&format!("save {files} to be judged; Ctrl-C ends{helps}"));
}

/// Parts what follows from the run before it.
fn rule(since: Duration, session: &mut Session) {
    let console = &mut session.console;
    let seconds = since.as_secs();
    let line = console.mark("─", "-").repeat(8);
    console.blank();
    console.text(
        format!("{line} saved, {}:{:02} after the last run {line}", seconds / 60, seconds % 60),
        Role::Muted,
    );
    console.blank();
}

/// Judges once; `None` if a save made the answer worthless before it was there. After Ctrl-C there may be one all the same: it
/// has been told, so it is kept.
async fn judge(
    chosen: &Chosen,
    format: Format,
    is_again: bool,
    session: &mut Session,
    saves: &mut mpsc::UnboundedReceiver<()>,
    cancel: &CancellationToken,
) -> Option<Report> {
    while saves.try_recv().is_ok() {}
    let this = cancel.child_token();
    let mut reporter = Reporter::new(format.into());
    let Session { engine, console, .. } = session;
    // With a save before the first result nothing is said of this run.
    reporter.prepare(chosen, &Subject::Learner);
    if is_again {
        reporter.renew();
    }
    let stopped = this.clone();
    let tell = |event| {
        if !stopped.is_cancelled() {
            reporter.event(&event, console);
        }
    };
    let exercise = chosen.exercise();
    let check = engine.check(&chosen.pack, exercise, Subject::Learner, Scope::All, tell, &this);
    let report = {
        tokio::pin!(check);
        tokio::select! {
            report = &mut check => Some(report),
            _ = saves.recv() => {
                this.cancel();
                check.await;
                None
            }
        }
    };
    if report.is_none() {
        reporter.superseded(console);
    }
    report
}
