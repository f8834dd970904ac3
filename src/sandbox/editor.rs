//! Settings for people who work in their own editor: a target directory of their own, so that rust-analyzer and a check
//! never wait for each other's lock.

use std::path::Path;

use serde_json::json;
use toml::{Table, Value};

use crate::sandbox::disk::{Durability, Root};
use crate::sandbox::error::SandboxError;
use crate::settings::Home;

/// Sends every cargo that is started by hand or by an editor within the workspace to the editor's target directory. Ours
/// is started outside and never reads this.
pub fn configure_workspace(root: &Root, home: &Home) -> Result<(), SandboxError> {
    let mut build = Table::new();
    build.insert("target-dir".into(), Value::String(display(&home.analyzer_target())));
    let mut config = Table::new();
    config.insert("build".into(), Value::Table(build));
    root.put(".cargo/config.toml", config.to_string().as_bytes(), Durability::Whole).map(|_| ())
}

/// Tells rust-analyzer the same. What is there already is the person's own and stays.
pub fn configure_crate(root: &Root, package: &str, home: &Home) -> Result<(), SandboxError> {
    let target = display(&home.analyzer_target());
    let code = json!({ "rust-analyzer.cargo.targetDir": target });
    put_new(root, &format!("{package}/.vscode/settings.json"), &format!("{code:#}\n"))?;
    let mut cargo = Table::new();
    cargo.insert("targetDir".into(), Value::String(target));
    let mut config = Table::new();
    config.insert("cargo".into(), Value::Table(cargo));
    put_new(root, &format!("{package}/rust-analyzer.toml"), &config.to_string())
}

fn put_new(root: &Root, path: &str, text: &str) -> Result<(), SandboxError> {
    match root.read(path) {
        Ok(None) => root.put(path, text.as_bytes(), Durability::Whole).map(|_| ()),
        _ => Ok(()),
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_own_settings_stay() {
        let home = tempfile::tempdir().unwrap();
        let root = Root::new(home.path().join("w"), home.path().join("t"));
        root.put("x/rust-analyzer.toml", b"mine", Durability::Whole).unwrap();
        configure_crate(&root, "x", &Home::new(home.path())).unwrap();
        assert_eq!(root.read("x/rust-analyzer.toml").unwrap().unwrap(), b"mine");
        let code = root.read("x/.vscode/settings.json").unwrap().unwrap();
        let code: serde_json::Value = serde_json::from_slice(&code).unwrap();
        assert!(code["rust-analyzer.cargo.targetDir"].as_str().unwrap().ends_with("target-analyzer"));
    }
}
