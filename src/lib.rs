//! patterns-tui.
