//! The hinge: a supervisor when it was started as one, the program otherwise.

use std::process::ExitCode;

use patterns_tui::{cli, confine};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == confine::SUPERVISE) {
        return confine::supervise(arguments);
    }
    cli::main()
}
