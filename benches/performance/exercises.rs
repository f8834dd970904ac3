//! From an edit to the verdict, exercise by exercise: each with its model answer, edited anew for every round.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use patterns_tui::check::{Engine, Verdict};
use patterns_tui::pack::{self, Exercise, Kind, Pack};
use patterns_tui::settings::Home;
use tokio_util::sync::CancellationToken;

use crate::PROGRAM;
use crate::figures::Times;
use crate::verdicts::{edited, judge, write_answer};

const ROUNDS: usize = 5;

/// Prints the median of each exercise, the slowest first; `PATTERNS_TUI_CONTENT` names some, separated by commas.
pub(crate) fn measure() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let pack = Arc::new(pack::builtin().expect("the built-in pack is sound"));
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("performance/home");
    let engine = Engine::new(Home::new(home), PathBuf::from(PROGRAM));
    let wanted = std::env::var("PATTERNS_TUI_CONTENT").ok();
    let is_wanted = |id: &str| wanted.as_ref().is_none_or(|ids| ids.split(',').any(|one| one == id));
    let judged = pack.exercises.iter().filter(|it| it.kind != Kind::Quiz && is_wanted(&it.id));
    let mut medians: Vec<_> = judged
        .map(|exercise| (runtime.block_on(median(&engine, &pack, exercise)), exercise.id.as_str()))
        .collect();
    medians.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("edit to verdict, medians of {ROUNDS}; target 1500 ms, the capstone 3000 ms");
    for (median, id) in medians {
        println!("{id:20} {median:6.0} ms");
    }
}

async fn median(engine: &Engine, pack: &Arc<Pack>, exercise: &Exercise) -> f64 {
    let cancel = CancellationToken::new();
    engine.warm(pack, &exercise.set, |_| {}, &cancel).await.expect("the dependencies are there");
    judge(engine, pack, exercise).await;
    write_answer(engine, pack, exercise);
    let mut times = Times::default();
    for round in 0..=ROUNDS {
        engine.begin_ahead(pack, exercise, &cancel).await;
        let (file, text) = edited(exercise, round);
        engine.sandbox().write(pack, exercise, file, &text).expect("the sandbox is writable");
        let start = Instant::now();
        let verdict = judge(engine, pack, exercise).await;
        let took = start.elapsed();
        assert_eq!(verdict, Verdict::Passed, "the model answer of {} passes", exercise.id);
        // The first round pays for what later ones find ready.
        if round > 0 {
            times.push(took);
        }
    }
    engine.end_ahead().await;
    times.median()
}
