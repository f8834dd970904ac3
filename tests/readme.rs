//! The README's key table is the program's own. `PATTERNS_TUI_UPDATE=1 cargo test --test readme` writes it anew.

use std::fmt::Write;
use std::path::Path;

use patterns_tui::app::editor::OWN_KEYS;
use patterns_tui::app::keymap::{BINDINGS, Context};

const BEGIN: &str =
    "<!-- keys: from src/app/keymap.rs; `cargo test --test readme` says when it is stale -->\n";
const END: &str = "<!-- /keys -->";

const CONTEXTS: [(Context, &str); 8] = [
    (Context::Anywhere, "Everywhere but in an editor"),
    (Context::Library, "Library"),
    (Context::Reader, "Reader"),
    (Context::Panels, "Workbench"),
    (Context::Quiz, "Quiz"),
    (Context::Editor, "Editor"),
    (Context::Playground, "Playground"),
    (Context::Map, "Map of the patterns"),
];

#[test]
fn the_key_table_is_the_one_in_force() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the README has a place for the keys");
    let (shown, after) = rest.split_once(END).expect("the place for the keys ends");
    let table = key_table();
    if std::env::var_os("PATTERNS_TUI_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(
            shown, table,
            "the README's keys are stale: PATTERNS_TUI_UPDATE=1 cargo test --test readme"
        );
    }
}

fn key_table() -> String {
    let mut table = String::new();
    for (context, title) in CONTEXTS {
        let _ = write!(table, "\n<details><summary>{title}</summary>\n\n| Key | What it does |\n|---|---|\n");
        let bound = BINDINGS.iter().filter(|row| row.context == context);
        let own = OWN_KEYS.iter().filter(|_| context == Context::Editor).copied();
        for (keys, about) in bound.map(|row| (row.keys, row.command.help())).chain(own) {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = writeln!(table, "| {} | {about} |", keys.join(" "));
        }
        table.push_str("\n</details>\n");
    }
    table
}
