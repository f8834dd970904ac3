//! How fast the program is, as ratios from one run on one machine: `cargo bench` prints what docs/performance.md quotes.
//!
//! `cargo bench -- startup frames memory verdicts exercises` chooses. The last two fetch and build the exercises' dependencies on
//! their first run, in a home below the target directory.

#![expect(clippy::unwrap_used, reason = "a measurement stops at what it does not expect")]
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

#[path = "../../tests/terminal/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod terminal;

mod exercises;
mod figures;
mod frames;
mod memory;
mod startup;
mod verdicts;

/// The program under measurement.
const PROGRAM: &str = env!("CARGO_BIN_EXE_patterns-tui");

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let parts: [(&str, fn()); 5] = [
        ("startup", startup::measure),
        ("frames", frames::measure),
        ("memory", memory::measure),
        ("verdicts", verdicts::measure),
        ("exercises", exercises::measure),
    ];
    for (name, measure) in parts {
        if wanted(name) {
            println!("\n== {name}");
            measure();
        }
    }
}
