//! What is built for the built-in pack's exercises, and how steady their tests are: cargo called as the engine calls it, and asked
//! what it compiled. It shares its home with the content test, which is not run beside it: cargo runs one test binary after the other.

mod calls;
#[cfg(test)]
mod linked;
#[cfg(test)]
mod once;
#[cfg(test)]
mod steady;
#[path = "../content/support.rs"]
mod support;
