//! What of the confinement really holds on this machine, for `doctor` and the screen.

use super::supervisor::Supervisor;

/// One thing that confinement is about, and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What it is about.
    pub name: &'static str,
    /// Whether it holds here.
    pub holds: Holds,
    /// In words: what that means.
    pub meaning: &'static str,
}

/// Whether a measure holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It does.
    Yes,
    /// It does with the gap that its meaning names.
    Partly,
    /// It does not.
    No,
}

/// Every measure as it holds on this machine for what this supervisor starts.
pub fn report(supervisor: &Supervisor) -> Vec<Measure> {
    vec![process_tree(supervisor), limits(supervisor), FILES, NETWORK]
}

const FILES: Measure = Measure {
    name: "files",
    holds: Holds::No,
    meaning: "code under judgement can read and write whatever you can",
};

const NETWORK: Measure =
    Measure { name: "network", holds: Holds::No, meaning: "code under judgement can reach the network" };

fn process_tree(supervisor: &Supervisor) -> Measure {
    let (holds, meaning) = if supervisor.makes_namespaces() {
        (
            Holds::Yes,
            "each run has a namespace of its own: all that it starts there is killed when it ends, is stopped, or this program dies",
        )
    } else if cfg!(target_os = "linux") {
        (
            Holds::Partly,
            "the system grants no namespaces: every process of a run is killed when it ends, is stopped, or this program dies, \
             but not one that kills its supervisor and empties its environment, nor a thousand sessions at once",
        )
    } else if cfg!(windows) {
        (
            Holds::Partly,
            "every process of a run stands in a job object and is killed with it, unless it kills its supervisor",
        )
    } else {
        (Holds::Partly, "the process group of a run is killed; a process that leaves the group is not")
    };
    Measure { name: "processes", holds, meaning }
}

/// Partly everywhere: where most is limited, the memory that processes share is not.
fn limits(supervisor: &Supervisor) -> Measure {
    let meaning = if cfg!(target_vendor = "apple") {
        "time, the size of each written file and the number of open files are limited; memory and the number of processes are not"
    } else if cfg!(unix) {
        match how_tasks_are_limited(supervisor) {
            Holds::Yes => {
                "time, the memory of each process, the size of each written file, the number of its open files, and how many processes \
                 and threads a run has at a time are limited; memory that processes share is not"
            }
            Holds::Partly => {
                "time, the memory of each process, the size of each written file and the number of its open files are limited; how many \
                 processes and threads a run has at a time is limited to some hundreds more than all have, and one with too many processes \
                 is stopped; memory that they share is not limited"
            }
            Holds::No => {
                "time, the memory of each process, the size of each written file and the number of its open files are limited; how many \
                 processes and threads there are at a time is not, nor memory that they share; a run that is seen to have too many \
                 processes is stopped"
            }
        }
    } else {
        "time is limited; memory, the number of processes, written files and open files are not"
    };
    Measure { name: "limits", holds: Holds::Partly, meaning }
}

/// Whether the system limits how many processes and threads there are in what this supervisor starts.
pub fn how_tasks_are_limited(supervisor: &Supervisor) -> Holds {
    #[cfg(target_os = "linux")]
    return super::tasks::holds(supervisor.makes_namespaces());
    #[cfg(not(target_os = "linux"))]
    {
        let _ = supervisor;
        Holds::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_claimed_that_is_not_enforced() {
        for measure in report(&Supervisor::new("unused".into()).without_namespaces())
            .iter()
            .filter(|measure| ["files", "network"].contains(&measure.name))
        {
            assert_eq!(measure.holds, Holds::No, "{}", measure.name);
        }
    }
}
