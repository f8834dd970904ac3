//! The configuration of our own cargo home: of the person's, the parts that say where packages come from.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::files::{Durability, whole};

/// The tables that say where packages come from and how to get there. Everything else could change how code is built.
const CARRIED: &[&str] = &["source", "registries", "registry", "http", "net"];

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}", path.display())]
pub struct ConfigurationError {
    /// Which one.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Makes `cargo_home` and writes its `config.toml` if that says something else than it should.
pub fn prepare(cargo_home: &Path, persons: Option<&Path>) -> Result<(), ConfigurationError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| ConfigurationError { path, source }
    };
    fs::create_dir_all(cargo_home).map_err(at(cargo_home))?;
    let wanted =
        persons.and_then(read_persons).map(|(text, dir)| carry_over(&text, &dir)).unwrap_or_default();
    let config = cargo_home.join("config.toml");
    let same = fs::read_to_string(&config).is_ok_and(|present| present == wanted);
    if same { Ok(()) } else { replace(&config, &wanted).map_err(at(&config)) }
}

/// Another cargo may be reading the file: it sees the old text or the new one. What a registry takes for a password is for nobody
/// else, and a temporary file is its owner's alone.
fn replace(config: &Path, text: &str) -> io::Result<()> {
    let mut file = whole::scratch(config.parent().unwrap_or(config))?;
    file.write_all(text.as_bytes())?;
    whole::place(file, config, Durability::Whole)
}

/// The person's configuration and the directory that its relative paths start from.
fn read_persons(cargo_home: &Path) -> Option<(String, PathBuf)> {
    let text =
        ["config.toml", "config"].iter().find_map(|name| fs::read_to_string(cargo_home.join(name)).ok())?;
    Some((text, cargo_home.parent().unwrap_or(cargo_home).to_owned()))
}

/// The part of a configuration that is carried over. One that does not parse is the person's own trouble, not ours.
fn carry_over(text: &str, base: &Path) -> String {
    let Ok(mut config) = text.parse::<Table>() else { return String::new() };
    config.retain(|name, _| CARRIED.contains(&name));
    if let Some(Value::Table(sources)) = config.get_mut("source") {
        for source in sources.iter_mut().filter_map(|(_, source)| source.as_table_mut()) {
            anchor(source, &["directory", "local-registry"], base);
        }
    }
    if let Some(Value::Table(http)) = config.get_mut("http") {
        anchor(http, &["cainfo", "proxy-cainfo"], base);
    }
    config.to_string()
}

/// Lets these paths lead where they led, for relative ones start from where a configuration stands.
fn anchor(table: &mut Table, keys: &[&str], base: &Path) {
    for key in keys {
        if let Some(Value::String(path)) = table.get_mut(*key) {
            *path = base.join(&*path).to_string_lossy().into_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_way_to_packages_is_carried_over() {
        let text = "[build]\nrustflags = [\"-Cdebuginfo=2\"]\n[profile.dev]\nopt-level = 3\n[source.crates-io]\nreplace-with = \
                    \"v\"\n[source.v]\ndirectory = \"vendor\"\n[http]\nproxy = \"p\"\ncainfo = \"ca.pem\"\n";
        let carried: Table = carry_over(text, Path::new("/home/me")).parse().unwrap();
        assert_eq!(carried.keys().collect::<Vec<_>>(), ["http", "source"]);
        let vendored = carried["source"]["v"]["directory"].as_str().unwrap();
        assert_eq!(Path::new(vendored), Path::new("/home/me").join("vendor"));
        let certificates = carried["http"]["cainfo"].as_str().unwrap();
        assert_eq!(Path::new(certificates), Path::new("/home/me").join("ca.pem"));
        assert_eq!(carried["http"]["proxy"].as_str(), Some("p"), "it is no path");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_carried_over_is_for_nobody_else() {
        use std::os::unix::fs::PermissionsExt as _;
        let (home, persons) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(persons.path().join("config.toml"), "[registries.own]\ntoken = \"secret\"\n").unwrap();
        prepare(home.path(), Some(persons.path())).unwrap();
        let mode = fs::metadata(home.path().join("config.toml")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing else is left there");
    }

    #[test]
    fn what_does_not_parse_is_left_out() {
        assert_eq!(carry_over("[http", Path::new("/")), "");
    }

    #[test]
    fn a_configuration_that_is_as_it_should_be_is_not_written_again() {
        let home = tempfile::tempdir().unwrap();
        let persons = tempfile::tempdir().unwrap();
        fs::write(persons.path().join("config.toml"), "[net]\nretry = 9\n").unwrap();
        prepare(home.path(), Some(persons.path())).unwrap();
        let config = home.path().join("config.toml");
        let before = fs::metadata(&config).unwrap().modified().unwrap();
        prepare(home.path(), Some(persons.path())).unwrap();
        assert_eq!(fs::metadata(&config).unwrap().modified().unwrap(), before);
        assert!(fs::read_to_string(&config).unwrap().contains("retry = 9"));
    }
}
