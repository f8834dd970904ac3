//! The configuration of our own cargo home: of the person's, the parts that say where packages come from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

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
    if same { Ok(()) } else { fs::write(&config, wanted).map_err(at(&config)) }
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
            for key in ["directory", "local-registry"] {
                if let Some(Value::String(path)) = source.get_mut(key) {
                    *path = base.join(&*path).to_string_lossy().into_owned();
                }
            }
        }
    }
    config.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_way_to_packages_is_carried_over() {
        let text = "[build]\nrustflags = [\"-Cdebuginfo=2\"]\n[profile.dev]\nopt-level = 3\n[source.crates-io]\nreplace-with = \
                    \"v\"\n[source.v]\ndirectory = \"vendor\"\n[http]\nproxy = \"p\"\n";
        let carried: Table = carry_over(text, Path::new("/home/me")).parse().unwrap();
        assert_eq!(carried.keys().collect::<Vec<_>>(), ["http", "source"]);
        let vendored = carried["source"]["v"]["directory"].as_str().unwrap();
        assert_eq!(Path::new(vendored), Path::new("/home/me").join("vendor"));
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
