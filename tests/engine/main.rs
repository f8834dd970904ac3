//! The engine with a real cargo: verdicts, and learner code that misbehaves.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod support;
#[cfg(test)]
mod verdicts;
