//! The compiler's own help with a problem: its long explanation, and its suggestion, shown first, then applied.

use std::time::Duration;

use crate::app::editor::LineMap;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::playground::output::{Reading, Tab};
use crate::app::screen::playground::state::{Focus, PATH, Playground};
use crate::app::screen::workbench::{Fix, changed, explanation, mend, suggestion, sure};

/// Shows the long explanation of the chosen problem.
pub(super) fn explain(model: &mut Model) {
    let Some(play) = &mut model.playground else { return };
    let problem = play.output.problems.get(play.output.problem);
    match problem.map(|problem| problem.explanation.as_deref()) {
        Some(Some(text)) => {
            let lines = explanation(text);
            read(play, Reading { lines, scroll: 0, fix: None });
        }
        Some(None) => model.note(NoticeLevel::Warning, "the compiler explains this no further"),
        None => model.note(NoticeLevel::Warning, "nothing to explain: the compiler has nothing to say"),
    }
}

/// Shows the compiler's suggestion; asked for again, applies it.
pub(super) fn fix(model: &mut Model) {
    let now = model.now;
    let Some(play) = &mut model.playground else { return };
    let shown = play.output.reading.take().and_then(|reading| reading.fix);
    let told = match shown {
        Some(fix) => apply(play, &fix, now),
        None => match prepare(play) {
            Ok(fix) => {
                let lines = suggestion(&fix);
                return read(play, Reading { lines, scroll: 0, fix: Some(fix) });
            }
            Err(why) => Err(why),
        },
    };
    match told {
        Ok(()) => model.note(NoticeLevel::Info, "applied; Ctrl-Z in the editor takes it back, Ctrl-R runs"),
        Err(why) => model.note(NoticeLevel::Warning, why),
    }
}

fn read(play: &mut Playground, reading: Reading) {
    play.focus = Focus::Output;
    play.output.show(Tab::Problems);
    play.output.reading = Some(reading);
}

fn prepare(play: &Playground) -> Result<Fix, &'static str> {
    let chosen = play.output.problem;
    let problem =
        play.output.problems.get(chosen).ok_or("the compiler has nothing to say about this text")?;
    let suggestion = sure(problem)?;
    let stale = "the text has changed since: run again";
    let map = LineMap::between(&play.output.built, play.editor.buffer.lines());
    let edits: Vec<_> = suggestion.edits.iter().filter(|(span, _)| span.file == PATH).collect();
    let change = changed(&play.editor, map, PATH, &edits).ok_or(stale)?;
    Ok(Fix { problem: chosen, message: suggestion.message.clone(), changes: vec![change] })
}

fn apply(play: &mut Playground, fix: &Fix, now: Duration) -> Result<(), &'static str> {
    let all = fix.changes.iter().all(|change| mend(&mut play.editor, change));
    play.touched(now);
    if all { Ok(()) } else { Err("the text has changed since: run again") }
}
