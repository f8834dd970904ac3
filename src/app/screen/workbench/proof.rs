//! What the compiler itself says to the questions of a quiz: asked while the learner reads, shown after the answer.

use crate::app::effect::Effect;
use crate::app::message::{JobEvent, JobId};
use crate::app::model::Model;
use crate::app::screen::workbench::state::Workbench;
use crate::check::{Event, Report, Verdict};
use crate::pack::Question;
use crate::text::width::line_width;
use crate::text::wrap::wrap;
use crate::text::{Line, Role, ansi};

/// What the compiler says to the questions of a quiz.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proof {
    /// It was not asked.
    #[default]
    Unasked,
    /// It is being asked, by this job.
    Asked(JobId),
    /// This.
    Known(Box<Report>),
}

/// Asks the compiler, unless it was asked already.
pub(super) fn ask(model: &mut Model) -> Option<Effect> {
    let quiz = model.workbench.as_ref()?.quiz.as_ref()?;
    let unheard = match &quiz.proof {
        Proof::Unasked => true,
        Proof::Asked(_) => false,
        Proof::Known(report) => report.verdict == Verdict::Unjudged,
    };
    if !unheard {
        return None;
    }
    let id = model.new_job();
    let bench = model.workbench.as_mut()?;
    bench.quiz.as_mut()?.proof = Proof::Asked(id);
    Some(Effect::StartCheck { id, exercise: bench.key.clone(), backtrace_of: None })
}

/// Asks no longer.
pub(super) fn stop(bench: &mut Workbench) -> Option<Effect> {
    let proof = &mut bench.quiz.as_mut()?.proof;
    let Proof::Asked(id) = *proof else { return None };
    *proof = Proof::Unasked;
    Some(Effect::Cancel(id))
}

/// Takes the answer.
pub(super) fn job(bench: &mut Workbench, id: JobId, event: &JobEvent) {
    if let Some(quiz) = &mut bench.quiz
        && quiz.proof == Proof::Asked(id)
        && let JobEvent::Check(Event::Finished(report)) = event
    {
        quiz.proof = Proof::Known(report.clone());
    }
}

/// The compiler's own words, or what the program prints.
pub(super) fn lines(proof: &Proof, question: &Question, columns: u16) -> Vec<Line> {
    if question.code.is_none() {
        return Vec::new();
    }
    let report = match proof {
        Proof::Unasked => return Vec::new(),
        Proof::Asked(_) => return muted("The compiler is still being asked …"),
        Proof::Known(report) => report,
    };
    if report.verdict == Verdict::Unjudged {
        let why = report.explanation.as_deref().unwrap_or_default();
        return fitted(&[muted("The compiler could not be asked:"), ansi::lines(why)].concat(), columns);
    }
    let Some(found) = report.tests.iter().find(|test| test.name == question.name) else { return Vec::new() };
    let said = found.output.trim_end();
    let title = match (&question.error, said.is_empty()) {
        (Some(_), _) => "The compiler says:",
        (None, true) => "The compiler accepts it.",
        (None, false) => "It prints:",
    };
    let mut lines = muted(title);
    if !said.is_empty() {
        lines.push(Line::default());
        lines.extend(fitted(&ansi::lines(said), columns));
    }
    lines
}

fn muted(text: &str) -> Vec<Line> {
    vec![Line::default(), Line::of(text, Role::Muted)]
}

fn fitted(lines: &[Line], columns: u16) -> Vec<Line> {
    let cells = usize::from(columns.max(8));
    let fit =
        |line: &Line| if line_width(line) <= cells { vec![line.clone()] } else { wrap(&line.spans, cells) };
    lines.iter().flat_map(fit).collect()
}
