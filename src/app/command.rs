//! Everything a key, a click or the finder can ask for, each with its own title and help.

macro_rules! commands {
    ($($(#[$group:meta])* $name:ident, $title:literal, $help:literal;)*) => {
        /// Something a person can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = $help] $name,)*
        }

        impl Command {
            /// Every command, in the order of the help.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// One or two words for the status bar.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// One sentence for the help and the finder.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)* }
            }
        }
    };
}

commands! {
    Open, "open", "Open what is chosen";
    Back, "back", "Go back, close, or cancel what is running";
    Quit, "quit", "Leave patterns-tui";
    Help, "help", "Show the keys of this screen";
    Finder, "find anything", "Find a section, a listing, an exercise or a command";
    Suspend, "suspend", "Suspend to the shell";
    Message, "last message", "Show the last message in full";
    ToggleTheme, "theme", "Switch between dark and light";

    Up, "up", "Move up";
    Down, "down", "Move down";
    Left, "left", "Move or scroll left";
    Right, "right", "Move or scroll right";
    PageUp, "page up", "Move a page up";
    PageDown, "page down", "Move a page down";
    Top, "top", "Go to the beginning";
    Bottom, "bottom", "Go to the end";
    NextPanel, "next panel", "Go to the next panel";
    PreviousPanel, "previous panel", "Go to the previous panel";

    Find, "find", "Find in the text";
    FindNext, "next match", "Go to the next match";
    FindPrevious, "previous match", "Go to the previous match";

    Continue, "continue", "Continue where you were";
    Playground, "playground", "Open the playground";
    Map, "map", "Show the map of the patterns";

    NextListing, "next listing", "Go to the next listing";
    PreviousListing, "previous listing", "Go to the previous listing";
    RunListing, "run listing", "Run the listing at hand";
    EditListing, "try listing", "Open the listing at hand in the playground";
    CopyListing, "copy listing", "Copy the listing at hand";
    NextLink, "next link", "Choose the next link";
    PreviousLink, "previous link", "Choose the previous link";
    NextChapter, "next chapter", "Go to the next chapter";
    PreviousChapter, "previous chapter", "Go to the previous chapter";
    OpenExercise, "exercise", "Open the exercise of this section";

    Run, "run", "Save, build and judge the exercise, or run the program";
    Save, "save", "Save now";
    Hint, "hint", "Show the next hint of this step";
    ShowTests, "tests", "Show the tests";
    ShowProblems, "problems", "Show what the compiler says";
    ShowOutput, "output", "Show the whole output";
    ShowDiff, "diff", "Compare with the model answer";
    Reveal, "reveal", "Reveal the model answer before passing";
    Reset, "reset", "Put the starter back; the history keeps yours";
    Restore, "undo reset", "Bring back what was there before the last reset";
    Versions, "versions", "Show the kept versions of this file, to bring one back";
    ExternalEditor, "$EDITOR", "Edit the file in your own editor";
    Watch, "watch", "Judge at every save made outside";
    ApplyFix, "fix", "Apply the compiler's own suggestion";
    Explain, "explain", "Show the long explanation of the error code";
    NextProblem, "next problem", "Go to the next problem or failed line";
    PreviousProblem, "previous problem", "Go to the previous problem or failed line";
    Format, "format", "Format the file with rustfmt";
    NextStep, "next step", "Show the task of the next step";
    PreviousStep, "previous step", "Show the task of the previous step";
    NextFile, "next file", "Show the next file";
    PreviousFile, "previous file", "Show the previous file";
    FocusEditor, "edit", "Edit the code";
    TestSource, "test source", "Show the source of the test";
    NextExercise, "next exercise", "Open the next exercise";
    Enlarge, "enlarge", "Give what listens the whole screen, or take it back";
    BuildCrates, "build crates", "Build the crates that are built on request only";
    Backtrace, "backtrace", "Run the failed test again with a backtrace";

    Advance, "answer", "Answer with what is chosen, or go on";
    Answer, "answer", "Answer with the option of this number";
    NextQuestion, "next question", "Go to the next question";
    PreviousQuestion, "previous question", "Go to the previous question";
    StartOver, "start over", "Start over, or at the end ask the wrong ones again";

    NextSet, "crates", "Build programs with the next set of crates, or with none";
    SendInput, "input", "Type a line for the program's standard input";
    EndInput, "end input", "End the program's standard input";
    ClearOutput, "clear", "Clear the output";

    Undo, "undo", "Undo";
    Redo, "redo", "Redo";
    Copy, "copy", "Copy the selection";
    Cut, "cut", "Cut the selection";
    Paste, "paste", "Paste what was copied here";
    SelectAll, "select all", "Select everything";
    ToggleComment, "comment", "Comment the lines out or in";
    GotoLine, "go to line", "Go to a line";
}
