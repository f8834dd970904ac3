//! What the built-in pack claims of itself, on a real cargo: model answers pass, starters and wrong answers fail as stated,
//! listings compile or do not. `PATTERNS_TUI_CONTENT=strategy` looks at the exercises and chapters of that name alone.

#[cfg(test)]
mod exercises;
#[cfg(test)]
mod listings;
#[cfg(test)]
mod support;
