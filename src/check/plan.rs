//! What of an exercise is run.

use crate::pack::Exercise;

/// Which tests of an exercise are run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// This one alone, with a backtrace.
    Backtrace(String),
}

impl Scope {
    /// The names of the tests, each once, in the order of the steps.
    pub(super) fn tests(&self, exercise: &Exercise) -> Vec<String> {
        match self {
            Self::Backtrace(name) => vec![name.clone()],
            Self::All => {
                let mut names: Vec<String> = Vec::new();
                for name in exercise.tests_in_order() {
                    if !names.iter().any(|known| known == name) {
                        names.push(name.to_owned());
                    }
                }
                names
            }
        }
    }
}
