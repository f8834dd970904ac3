//! The keys: one ordered table, from which the status bar, the help and the README's key table come.

use crate::app::command::Command;
use crate::app::key::{Code, Key};

/// Where keys mean what: each panel or mode that listens is one context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Every context in which letters are commands.
    Anywhere,
    /// The library.
    Library,
    /// The reader's text and its table of contents.
    Reader,
    /// The workbench's panels.
    Panels,
    /// A quiz.
    Quiz,
    /// An editor: every printable key types.
    Editor,
    /// The playground's output.
    Playground,
    /// The map of the patterns.
    Map,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one that is shown first.
    pub keys: &'static [Key],
    /// What they ask for.
    pub command: Command,
}

/// What a key asks for in a context: the context's own rows first, then, unless it types, those of everywhere.
pub fn lookup(context: Context, key: Key) -> Option<Command> {
    let find = |wanted: Context| {
        BINDINGS.iter().find(|row| row.context == wanted && row.keys.contains(&key)).map(|row| row.command)
    };
    find(context).or_else(|| if context == Context::Editor { None } else { find(Context::Anywhere) })
}

/// The first key that asks for a command in a context.
pub fn key_for(context: Context, command: Command) -> Option<Key> {
    let find = |wanted: Context| BINDINGS.iter().find(|row| row.context == wanted && row.command == command);
    find(context).or_else(|| find(Context::Anywhere)).and_then(|row| row.keys.first().copied())
}

/// What a key asks for that goes from panel to panel, for an editor in which it types otherwise.
pub fn panel(key: Key) -> Option<Command> {
    lookup(Context::Anywhere, key).filter(|it| matches!(it, Command::NextPanel | Command::PreviousPanel))
}

const fn c(c: char) -> Key {
    Key::char(c)
}

const fn ctrl(c: char) -> Key {
    Key::control(c)
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

macro_rules! table {
    ($($context:ident: [$($key:expr),+] => $command:ident;)*) => {
        &[$(Binding { context: Context::$context, keys: &[$($key),+], command: Command::$command },)*]
    };
}

/// Every key of the app, in the order of the help.
pub const BINDINGS: &[Binding] = table! {
    Anywhere: [k(Code::Enter)] => Open;
    Anywhere: [k(Code::Esc)] => Back;
    Anywhere: [c('?'), k(Code::F(1))] => Help;
    Anywhere: [c('q'), ctrl('c')] => Quit;
    Anywhere: [ctrl('p')] => Finder;
    Anywhere: [ctrl('z')] => Suspend;
    Anywhere: [k(Code::F(9)), c('!')] => Message;
    Anywhere: [c('T')] => ToggleTheme;
    Anywhere: [c('j'), k(Code::Down)] => Down;
    Anywhere: [c('k'), k(Code::Up)] => Up;
    Anywhere: [c('h'), k(Code::Left)] => Left;
    Anywhere: [c('l'), k(Code::Right)] => Right;
    Anywhere: [k(Code::PageDown), c(' '), ctrl('d')] => PageDown;
    Anywhere: [k(Code::PageUp), c('b'), ctrl('u')] => PageUp;
    Anywhere: [c('g'), k(Code::Home)] => Top;
    Anywhere: [c('G'), k(Code::End)] => Bottom;
    Anywhere: [k(Code::Tab)] => NextPanel;
    Anywhere: [k(Code::Tab).shifted()] => PreviousPanel;
    Anywhere: [c('/'), ctrl('f')] => Find;
    Anywhere: [c('n')] => FindNext;
    Anywhere: [c('N')] => FindPrevious;

    Library: [c('c')] => Continue;
    Library: [c('m')] => Map;
    Library: [c('p')] => Playground;
    Library: [c('/'), ctrl('p'), ctrl('f')] => Finder;

    Reader: [c(']')] => NextListing;
    Reader: [c('[')] => PreviousListing;
    Reader: [c('r'), k(Code::F(5))] => RunListing;
    Reader: [c('e')] => EditListing;
    Reader: [c('y')] => CopyListing;
    Reader: [c('o')] => OpenExercise;
    Reader: [c('.')] => NextLink;
    Reader: [c(',')] => PreviousLink;
    Reader: [c('>')] => NextChapter;
    Reader: [c('<')] => PreviousChapter;
    Reader: [c('m')] => Map;
    Reader: [c('p')] => Playground;

    Panels: [ctrl('r'), k(Code::F(5)), c('r')] => Run;
    Panels: [c('i')] => FocusEditor;
    Panels: [c('z'), k(Code::F(12))] => Enlarge;
    Panels: [c('h'), k(Code::F(4))] => Hint;
    Panels: [c('t')] => ShowTests;
    Panels: [c('p')] => ShowProblems;
    Panels: [c('o')] => ShowOutput;
    Panels: [c('d')] => ShowDiff;
    Panels: [c('R')] => Reveal;
    Panels: [c('x')] => Reset;
    Panels: [c('u')] => Restore;
    Panels: [c('v')] => Versions;
    Panels: [c('e')] => ExternalEditor;
    Panels: [c('w')] => Watch;
    Panels: [c('f')] => ApplyFix;
    Panels: [c('E')] => Explain;
    Panels: [c(']'), k(Code::F(8))] => NextProblem;
    Panels: [c('['), k(Code::F(8)).shifted()] => PreviousProblem;
    Panels: [c('s')] => TestSource;
    Panels: [c('c')] => BuildCrates;
    Panels: [c('B')] => Backtrace;
    Panels: [c(')')] => NextStep;
    Panels: [c('(')] => PreviousStep;
    Panels: [c('.'), k(Code::F(6))] => NextFile;
    Panels: [c(',')] => PreviousFile;
    Panels: [c('>')] => NextExercise;
    Panels: [ctrl('s')] => Save;

    Quiz: [k(Code::Enter)] => Advance;
    Quiz: [c('1'), c('2'), c('3'), c('4'), c('5'), c('6'), c('7'), c('8'), c('9')] => Answer;
    Quiz: [k(Code::Tab), c('l'), k(Code::Right)] => NextQuestion;
    Quiz: [k(Code::Tab).shifted(), c('h'), k(Code::Left)] => PreviousQuestion;
    Quiz: [c('x')] => StartOver;
    Quiz: [c('u')] => Restore;
    Quiz: [c('>')] => NextExercise;

    Editor: [ctrl('r'), k(Code::F(5))] => Run;
    Editor: [k(Code::Esc)] => Back;
    Editor: [k(Code::F(4))] => Hint;
    Editor: [ctrl('s')] => Save;
    Editor: [k(Code::F(1))] => Help;
    Editor: [ctrl('p')] => Finder;
    Editor: [ctrl('z')] => Undo;
    Editor: [ctrl('y')] => Redo;
    Editor: [ctrl('c')] => Copy;
    Editor: [ctrl('x')] => Cut;
    Editor: [ctrl('v')] => Paste;
    Editor: [ctrl('a')] => SelectAll;
    Editor: [ctrl('f')] => Find;
    Editor: [k(Code::F(3))] => FindNext;
    Editor: [k(Code::F(3)).shifted()] => FindPrevious;
    Editor: [ctrl('g')] => GotoLine;
    Editor: [ctrl('l'), k(Code::F(2))] => Format;
    Editor: [ctrl('t'), ctrl('/'), ctrl('_')] => ToggleComment;
    Editor: [k(Code::F(8))] => NextProblem;
    Editor: [k(Code::F(8)).shifted()] => PreviousProblem;
    Editor: [k(Code::F(6))] => NextFile;
    Editor: [k(Code::F(7))] => NextSet;
    Editor: [k(Code::F(9))] => Message;
    Editor: [k(Code::F(12))] => Enlarge;

    Playground: [ctrl('r'), k(Code::F(5)), c('r')] => Run;
    Playground: [c('i')] => SendInput;
    Playground: [ctrl('d')] => EndInput;
    Playground: [c('c')] => ClearOutput;
    Playground: [c('e')] => FocusEditor;
    Playground: [c('o')] => ShowOutput;
    Playground: [c('p')] => ShowProblems;
    Playground: [k(Code::F(8)), c(']')] => NextProblem;
    Playground: [k(Code::F(8)).shifted(), c('[')] => PreviousProblem;
    Playground: [c('f')] => ApplyFix;
    Playground: [c('E')] => Explain;
    Playground: [c('s'), k(Code::F(7))] => NextSet;
    Playground: [c('v')] => Versions;
    Playground: [ctrl('l'), k(Code::F(2))] => Format;
    Playground: [ctrl('s')] => Save;
    Playground: [c('z'), k(Code::F(12))] => Enlarge;

    Map: [c('o'), c('e')] => OpenExercise;
    Map: [k(Code::Esc), c('m')] => Back;
    Map: [c('/'), ctrl('p'), ctrl('f')] => Finder;
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::BINDINGS;
    use crate::app::Command;

    #[test]
    fn every_command_has_a_key() {
        for command in Command::ALL {
            assert!(BINDINGS.iter().any(|row| row.command == *command), "{command:?} has no key");
        }
    }

    /// Pressed once more than was meant, such a key would cost the work.
    #[test]
    fn no_key_that_opens_an_exercise_resets_it() {
        let keys =
            |command| BINDINGS.iter().filter(move |row| row.command == command).flat_map(|row| row.keys);
        for opens in keys(Command::OpenExercise).chain(keys(Command::NextExercise)) {
            assert!(
                !keys(Command::Reset).chain(keys(Command::StartOver)).any(|resets| resets == opens),
                "{opens}"
            );
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_context() {
        let mut seen = HashSet::new();
        for row in BINDINGS {
            for key in row.keys {
                assert!(seen.insert((row.context, *key)), "{key} is bound twice in {:?}", row.context);
            }
        }
    }
}
