//! A supervisor that is started before it is known what it is to start, so that nobody waits for it then.

use std::io;

use crate::cargo::invocation::Invocation;
use crate::cargo::process::{Process, Terms};
use crate::confine::{Call, Limits, Supervisor};

/// A supervisor that waits. To drop it is to end it.
#[derive(Debug)]
pub struct Standby {
    process: Process,
    invocation: Invocation,
    limits: Limits,
}

impl Standby {
    /// Starts one for an invocation of which program, arguments and other values of variables are told later. Its directory is told again
    /// then: meanwhile another one may stand in its place.
    pub fn start(invocation: Invocation, supervisor: &Supervisor, limits: Limits) -> io::Result<Self> {
        let process = Process::stand_by(&invocation, supervisor, limits)?;
        Ok(Self { process, invocation, limits })
    }

    /// Whether it can start this, and is there: the system may have killed it.
    pub fn suits(&mut self, invocation: &Invocation, limits: Limits) -> bool {
        let mine = &self.invocation;
        self.limits == limits
            && mine.directory == invocation.directory
            && mine.libraries == invocation.libraries
            && mine.stdin == invocation.stdin
            && mine
                .variables
                .iter()
                .all(|(name, _)| invocation.variables.iter().any(|(other, _)| other == name))
            && !self.process.has_ended()
    }

    /// Lets it start what it [suits](Self::suits).
    pub fn run(mut self, invocation: &Invocation, terms: Terms) -> Process {
        let new = |variable: &&_| !self.invocation.variables.contains(variable);
        let call = Call {
            directory: invocation.directory.clone().into(),
            variables: invocation.variables.iter().filter(new).cloned().collect(),
            program: invocation.program.clone().into(),
            arguments: invocation.arguments.clone(),
        };
        self.process.call(&call, terms.deadline, terms.cancel);
        self.process
    }
}
