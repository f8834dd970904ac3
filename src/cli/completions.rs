//! The scripts that complete commands, options and the names of exercises in a shell.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::pack::Pack;

/// The script for a shell; it knows the exercises of the pack that is open now.
pub(super) fn script(shell: Shell, pack: &Pack) -> String {
    let names: Vec<&str> = pack.exercises.iter().map(|exercise| exercise.id.as_str()).collect();
    let script = generated(shell, &names);
    match shell {
        Shell::Bash => hyphen_mended(&script),
        Shell::Fish => with_names_in_fish(script, &names),
        Shell::Elvish => with_names(
            &script,
            |subcommand| format!("&'{PROGRAM};{subcommand}'= {{\n"),
            |name| format!("            cand {name} 'Exercise'\n"),
            &names,
        ),
        Shell::PowerShell => with_names(
            &script,
            |subcommand| format!("'{PROGRAM};{subcommand}' {{\n"),
            |name| {
                let value = "[CompletionResultType]::ParameterValue";
                format!("            [CompletionResult]::new('{name}', '{name}', {value}, 'Exercise')\n")
            },
            &names,
        ),
        _ => script,
    }
}

/// What the parser's own generator writes; in bash and zsh it names the values that an argument may have.
fn generated(shell: Shell, names: &[&str]) -> String {
    // The parser keeps names for as long as the program runs, which is no longer than this.
    let value = |id: &&str| PossibleValue::new(&*Box::leak((*id).to_owned().into_boxed_str()));
    let values: Vec<_> = names.iter().map(value).collect();
    let takes_one = |argument: clap::Arg| argument.value_parser(PossibleValuesParser::new(values.clone()));
    let mut command = WITH_EXERCISE.into_iter().fold(Arguments::command(), |command, subcommand| {
        command.mut_subcommand(subcommand, |it| it.mut_arg("exercise", takes_one))
    });
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, PROGRAM, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The generator takes the hyphen in the program's name for one between two subcommands, in the labels of cases alone: no
/// case was ever reached.
fn hyphen_mended(script: &str) -> String {
    script.replace("patterns__subcmd__tui", "patterns__tui")
}

fn with_names_in_fish(mut script: String, names: &[&str]) -> String {
    let subcommands = WITH_EXERCISE.join(" ");
    let _ = writeln!(
        script,
        "complete -c {PROGRAM} -n \"__fish_patterns_tui_using_subcommand {subcommands}\" -f -a \"{}\" -d 'Exercise'",
        names.join(" "),
    );
    script
}

/// Adds the names where a shell's script tells what may follow a subcommand.
fn with_names(
    script: &str,
    head: impl Fn(&str) -> String,
    line: impl Fn(&str) -> String,
    names: &[&str],
) -> String {
    let lines: String = names.iter().map(|name| line(name)).collect();
    WITH_EXERCISE.into_iter().fold(script.to_owned(), |script, subcommand| {
        let head = head(subcommand);
        script.replace(&head, &format!("{head}{lines}"))
    })
}

const PROGRAM: &str = "patterns-tui";

/// The subcommands that take an exercise.
const WITH_EXERCISE: [&str; 7] = ["start", "check", "watch", "hint", "diff", "solution", "reset"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_is_given_the_names_after_each_subcommand_that_takes_one() {
        let pack = crate::pack::builtin().unwrap();
        for (shell, least) in [
            (Shell::Bash, WITH_EXERCISE.len()),
            (Shell::Zsh, WITH_EXERCISE.len()),
            (Shell::Fish, 1),
            (Shell::Elvish, WITH_EXERCISE.len()),
            (Shell::PowerShell, WITH_EXERCISE.len()),
        ] {
            let script = script(shell, &pack);
            let named = script.lines().filter(|line| {
                let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '-');
                words.any(|word| word == "lost-cents")
            });
            assert_eq!(named.count(), least, "{shell}");
        }
    }
}
