//! The hinge.

use std::process::ExitCode;

use patterns_tui::confine;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == confine::SUPERVISE) {
        return confine::supervise(arguments);
    }
    ExitCode::SUCCESS
}
