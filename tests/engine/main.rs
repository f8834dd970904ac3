//! The engine with a real cargo: verdicts, obstacles, programs, and learner code that misbehaves.

#[cfg(target_os = "linux")]
#[cfg(test)]
mod ahead;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod crowds;
#[cfg(test)]
mod emptied;
#[cfg(unix)]
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod kinds;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod namespaces;
#[cfg(test)]
mod obstacles;
#[cfg(test)]
mod programs;
#[cfg(unix)]
#[cfg(test)]
mod supervisor;
#[cfg(test)]
mod support;
#[cfg(test)]
mod verdicts;
