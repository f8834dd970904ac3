//! One build: cargo called, its facts passed on, its end understood.

use std::path::PathBuf;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{BuildFact, BuildLog, Diagnostic, Ending, Invocation, ProcessEvent};
use crate::check::obstacle::Obstacle;
use crate::check::verdict::Cause;
use crate::check::workshop::Workshop;
use crate::confine::Limits;

/// How long a build may take: the first one builds every dependency.
const LIMIT: Duration = Duration::from_mins(10);

/// How a build ended.
#[derive(Debug)]
pub(super) enum Built {
    /// Well: these are the executables.
    Executables(Vec<PathBuf>),
    /// The compiler refused the code.
    Refused(Vec<Diagnostic>),
    /// Something stood in the way.
    Failed(Box<BuildLog>),
}

impl Workshop {
    /// Runs a build of `package` and tells its facts.
    pub(super) async fn build(
        &self,
        invocation: &Invocation,
        package: &str,
        cancel: &CancellationToken,
        mut tell: impl FnMut(BuildFact),
    ) -> Result<Built, Obstacle> {
        let terms = Terms { deadline: Some(LIMIT), limits: Limits::default(), cancel: cancel.clone() };
        let mut process = self.spawn(invocation, terms)?;
        let mut log = BuildLog::new(package);
        let mut ending = Ending::Stopped;
        while let Some(event) = process.next().await {
            if let ProcessEvent::Ended(how) = event {
                ending = how;
            }
            log.take(&event).into_iter().for_each(&mut tell);
        }
        match ending {
            Ending::Stopped => Err(Obstacle::cancelled()),
            Ending::DeadlinePassed => Err(Obstacle::new(Cause::BuildTimedOut, TOO_LONG)),
            Ending::Code(0) => {
                Ok(Built::Executables(log.executables.into_iter().map(|(_, file)| file).collect()))
            }
            _ if log.refused() && log.trouble().is_none() => Ok(Built::Refused(log.diagnostics)),
            _ => Ok(Built::Failed(Box::new(log))),
        }
    }
}

const TOO_LONG: &str =
    "the build took longer than 10 minutes and was stopped; start it again to go on where it was";
