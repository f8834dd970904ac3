//! The person's environment as a value, and what of it children get to see.
//!
//! Children start from nothing: whatever is not named here stays out, above all `RUSTFLAGS`, `RUSTC_WRAPPER` and the
//! `CARGO_*` families, of which a single one can rebuild every dependency.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// What a linker, a C compiler or the system's own libraries need to work as they do for the person.
const FOR_BUILDS: &[&str] = &[
    "APPDATA",
    "COMSPEC",
    "CPATH",
    "C_INCLUDE_PATH",
    "DEVELOPER_DIR",
    "INCLUDE",
    "LD_LIBRARY_PATH",
    "LIB",
    "LIBRARY_PATH",
    "LOCALAPPDATA",
    "NIX_CC",
    "NIX_CFLAGS_COMPILE",
    "NIX_LDFLAGS",
    "NUMBER_OF_PROCESSORS",
    "PATHEXT",
    "PKG_CONFIG_PATH",
    "PROCESSOR_ARCHITECTURE",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "SDKROOT",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "VCINSTALLDIR",
    "WINDIR",
];

/// What reaching a registry can take: proxies, certificates, keys.
const FOR_FETCHES: &[&str] = &[
    "ALL_PROXY",
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSH_AUTH_SOCK",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "USERPROFILE",
];

/// Families of variables that reaching a registry can take.
const FOR_FETCHES_BY_PREFIX: &[&str] =
    &["CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTRIES_", "CARGO_REGISTRY_", "GIT_SSH"];

/// What would send a fetch to another index than the builds look in, which see nothing of it and are offline.
const FOR_NOTHING: &str = "CARGO_REGISTRIES_CRATES_IO_";

/// The variables that this program was started with. Where the system does not tell `Path` from `PATH`, names are in upper case.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<OsString, OsString>);

/// Whether the system tells names by their case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Told,
    Ignored,
}

impl Case {
    const HERE: Self = if cfg!(windows) { Self::Ignored } else { Self::Told };
}

impl Environment {
    /// The environment of this process.
    pub fn of_this_process() -> Self {
        std::env::vars_os().collect()
    }

    fn spelled(variables: impl Iterator<Item = (OsString, OsString)>, case: Case) -> Self {
        let name = |name: OsString| if case == Case::Ignored { name.to_ascii_uppercase() } else { name };
        Self(variables.map(|(known, value)| (name(known), value)).collect())
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str)
    }

    /// The directories of `PATH`.
    pub fn path(&self) -> Vec<PathBuf> {
        self.get("PATH").map(|path| std::env::split_paths(path).collect()).unwrap_or_default()
    }

    /// Where the person's own cargo keeps its configuration.
    pub fn cargo_home(&self) -> Option<PathBuf> {
        let own = self.get("CARGO_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE"));
        own.or_else(|| Some(PathBuf::from(home?).join(".cargo")))
    }

    pub(super) fn for_builds(&self) -> impl Iterator<Item = (OsString, OsString)> {
        self.filtered(|name| FOR_BUILDS.contains(&name))
    }

    pub(super) fn for_fetches(&self) -> impl Iterator<Item = (OsString, OsString)> {
        self.filtered(|name| {
            FOR_BUILDS.contains(&name)
                || FOR_FETCHES.contains(&name)
                || (FOR_FETCHES_BY_PREFIX.iter().any(|prefix| name.starts_with(prefix))
                    && !name.starts_with(FOR_NOTHING))
        })
    }

    /// The variables whose name, in upper case as proxies are also spelled, is wanted.
    fn filtered(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (OsString, OsString)> {
        self.0
            .iter()
            .filter(move |(name, _)| name.to_str().is_some_and(|name| wanted(&name.to_ascii_uppercase())))
            .map(|(name, value)| (name.clone(), value.clone()))
    }
}

impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self::spelled(variables.into_iter().map(|(name, value)| (name.into(), value.into())), Case::HERE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(variables: impl Iterator<Item = (OsString, OsString)>) -> Vec<String> {
        variables.map(|(name, _)| name.into_string().unwrap()).collect()
    }

    #[test]
    fn only_a_fetch_sees_proxies_and_nothing_sees_flags() {
        let all = ["https_proxy", "CARGO_HTTP_PROXY", "RUSTFLAGS", "CARGO_BUILD_TARGET", "SDKROOT", "TOKEN"];
        for (case, proxy) in [(Case::Told, "https_proxy"), (Case::Ignored, "HTTPS_PROXY")] {
            let environment = Environment::spelled(all.iter().map(|name| (name.into(), "x".into())), case);
            assert_eq!(names(environment.for_builds()), ["SDKROOT"]);
            let mut for_fetches = names(environment.for_fetches());
            for_fetches.sort_by_key(|name| name.to_ascii_uppercase());
            assert_eq!(for_fetches, ["CARGO_HTTP_PROXY", proxy, "SDKROOT"]);
        }
    }

    #[test]
    fn a_fetch_goes_to_the_index_that_builds_look_in() {
        let all = ["CARGO_REGISTRIES_CRATES_IO_PROTOCOL", "CARGO_REGISTRIES_MIRROR_TOKEN"];
        let environment: Environment = all.iter().map(|name| (*name, "x")).collect();
        assert_eq!(names(environment.for_fetches()), ["CARGO_REGISTRIES_MIRROR_TOKEN"]);
    }

    #[test]
    fn windows_spells_the_path_as_it_likes() {
        let start =
            || [("Path", "/bin"), ("SystemRoot", "/w")].map(|(name, value)| (name.into(), value.into()));
        let windows = Environment::spelled(start().into_iter(), Case::Ignored);
        assert_eq!(windows.path(), [PathBuf::from("/bin")]);
        assert_eq!(windows.get("SYSTEMROOT"), Some(OsStr::new("/w")));
        assert_eq!(Environment::spelled(start().into_iter(), Case::Told).get("PATH"), None);
    }

    #[test]
    fn the_cargo_home_is_the_one_that_is_set() {
        let set: Environment = [("CARGO_HOME", "/c"), ("HOME", "/h")].into_iter().collect();
        let unset: Environment = [("CARGO_HOME", ""), ("HOME", "/h")].into_iter().collect();
        assert_eq!(set.cargo_home(), Some(PathBuf::from("/c")));
        assert_eq!(unset.cargo_home(), Some(PathBuf::from("/h/.cargo")));
        assert_eq!(Environment::default().cargo_home(), None);
    }
}
