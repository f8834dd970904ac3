//! One home for all, so that dependencies are built once and kept from run to run.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use patterns_tui::check::Engine;
use patterns_tui::pack::{self, Pack};
use patterns_tui::settings::Home;

pub(crate) static PACK: LazyLock<Arc<Pack>> =
    LazyLock::new(|| Arc::new(pack::builtin().unwrap_or_else(|problems| panic!("{problems}"))));

/// Below the target directory, or where `PATTERNS_TUI_CONTENT_HOME` says: several checkouts can share what is built.
pub(crate) static HOME: LazyLock<Home> = LazyLock::new(|| {
    let own = || Path::new(env!("CARGO_TARGET_TMPDIR")).join("content");
    Home::new(std::env::var_os("PATTERNS_TUI_CONTENT_HOME").map_or_else(own, PathBuf::from))
});

/// One engine: its builds take turns.
pub(crate) static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(HOME.clone(), PathBuf::from(env!("CARGO_BIN_EXE_patterns-tui"))));

/// Whether the author wants this one looked at.
pub(crate) fn is_wanted(name: &str) -> bool {
    std::env::var("PATTERNS_TUI_CONTENT").map_or(true, |wanted| wanted.split(',').any(|one| one == name))
}

/// Fails with every complaint, if there are any.
pub(crate) fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n\n{}\n", complaints.len(), complaints.join("\n\n"));
}
