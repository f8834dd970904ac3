//! The engine with a real cargo: verdicts, obstacles, programs, and learner code that misbehaves.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod obstacles;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod supervisor;
#[cfg(test)]
mod support;
#[cfg(test)]
mod verdicts;
