//! What the files of a workspace say, as text: manifests of the workspace and of its members. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use crate::pack::Pack;
use crate::sandbox::error::SandboxError;

/// The member that depends on the whole set and holds no code.
pub const WARM: &str = "warm";
/// The member that programs of one file are built in.
pub const PLAYGROUND: &str = "playground";

const HEAD: &str = "# Written by patterns-tui: changes to this file are overwritten.\n";

/// What a member is built into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Product {
    /// A library of this name, judged by these test targets.
    Library {
        /// The name that its tests import.
        name: String,
        /// The test targets' names and paths.
        tests: Vec<(String, String)>,
        /// The member whose shared library it is linked with, if any.
        loads: Option<String>,
    },
    /// A shared library of this name, for other members to load.
    SharedLibrary {
        /// The name that they import.
        name: String,
    },
    /// A program, `src/main.rs`.
    Program,
}

/// One crate of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The package's name, which is its directory's as well.
    pub package: String,
    /// The package's version.
    pub version: String,
    /// What it is built into.
    pub product: Product,
}

impl Member {
    /// The crate that stands for the whole set.
    pub fn warm() -> Self {
        let product = Product::Library { name: WARM.into(), tests: Vec::new(), loads: None };
        Self { package: WARM.into(), version: "0.0.0".into(), product }
    }

    /// A crate whose artifacts collide with those of no other pack or tree in the target directory that they share: cargo
    /// names artifacts after package, version and the path within the workspace, so the version tells them apart. Within a
    /// tree only the packages' names do, across all its workspaces. The playground counts as a tree of its own. Of a
    /// shared library only the package's name does, which therefore bears the pack's id.
    pub fn new(package: &str, pack: &str, tree: &str, product: Product) -> Self {
        Self { package: package.to_owned(), version: format!("0.0.0+{pack}.{tree}"), product }
    }

    /// The member whose shared library it is linked with.
    pub fn loads(&self) -> Option<&str> {
        let Product::Library { loads, .. } = &self.product else { return None };
        loads.as_deref()
    }
}

/// A dependency set, understood.
#[derive(Debug, Clone)]
pub struct Template {
    set: String,
    manifest: Table,
    lock: String,
}

impl Template {
    /// Finds and reads the set of this name: the pack's own, or one that this program brings.
    pub fn find(pack: &Pack, set: &str) -> Result<Self, SandboxError> {
        let found = pack.set(set).ok_or_else(|| SandboxError::UnknownSet(set.to_owned()))?;
        let manifest = found.manifest.parse::<Table>().map_err(|e| broken(set, e.message()))?;
        Ok(Self { set: set.to_owned(), manifest, lock: found.lock.replace("\r\n", "\n") })
    }

    /// The shipped lock file, with one member named `warm`.
    pub fn lock(&self) -> &str {
        &self.lock
    }

    /// The set's name.
    pub fn set(&self) -> &str {
        &self.set
    }

    /// The workspace's manifest with these members.
    pub fn workspace_manifest(&self, members: &[Member]) -> Result<String, SandboxError> {
        let mut manifest = self.manifest.clone();
        let workspace = manifest
            .get_mut("workspace")
            .and_then(Value::as_table_mut)
            .ok_or_else(|| broken(&self.set, "its manifest has no [workspace]"))?;
        let names = members.iter().map(|member| Value::String(member.package.clone())).collect();
        workspace.insert("members".into(), Value::Array(names));
        workspace.entry("resolver").or_insert_with(|| Value::String("3".into()));
        Ok(format!("{HEAD}{manifest}"))
    }

    /// A member's manifest: with every dependency of the set, so that no member rebuilds what another has built.
    pub fn member_manifest(&self, member: &Member) -> String {
        let (library, tests, programs) = match &member.product {
            Product::Library { name, tests, .. } => {
                let targets = tests.iter().map(|(name, path)| target(name, path)).collect();
                (Some(library_target(name)), targets, Vec::new())
            }
            Product::SharedLibrary { name } => {
                let shared = Target { crate_type: Some(["dylib"]), ..library_target(name) };
                (Some(shared), Vec::new(), Vec::new())
            }
            Product::Program => (None, Vec::new(), vec![target(&member.package, "src/main.rs")]),
        };
        let inherited = self.dependencies().map(|name| (name, Dependency::Inherited { workspace: true }));
        let loaded = member.loads().map(|name| (name, Dependency::Member { path: format!("../{name}") }));
        let manifest = Manifest {
            package: package(member),
            lib: library,
            bin: programs,
            test: tests,
            dependencies: inherited.chain(loaded).collect(),
        };
        let text = toml::to_string(&manifest).expect("tables of strings and bools can be written as TOML");
        format!("{HEAD}{text}")
    }

    /// The names of the set's dependencies.
    pub fn dependencies(&self) -> impl Iterator<Item = &str> {
        let table =
            self.manifest.get("workspace").and_then(|w| w.get("dependencies")).and_then(Value::as_table);
        table.into_iter().flat_map(Table::keys).map(String::as_str)
    }
}

pub(crate) fn broken(set: &str, why: &str) -> SandboxError {
    SandboxError::BrokenSet { set: set.to_owned(), why: why.to_owned() }
}

#[derive(Serialize)]
struct Manifest<'a> {
    package: Package<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lib: Option<Target<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bin: Vec<Target<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    test: Vec<Target<'a>>,
    dependencies: BTreeMap<&'a str, Dependency>,
}

/// Nothing is discovered: what else lies in the crate is neither a target nor a build script.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "as in Cargo.toml")]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    edition: &'a str,
    publish: bool,
    build: bool,
    autobins: bool,
    autotests: bool,
    autobenches: bool,
    autoexamples: bool,
}

#[derive(Serialize)]
struct Target<'a> {
    name: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    doctest: Option<bool>,
    #[serde(rename = "crate-type", skip_serializing_if = "Option::is_none")]
    crate_type: Option<[&'a str; 1]>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Dependency {
    Inherited { workspace: bool },
    Member { path: String },
}

fn package(member: &Member) -> Package<'_> {
    Package {
        name: &member.package,
        version: &member.version,
        edition: "2024",
        publish: false,
        build: false,
        autobins: false,
        autotests: false,
        autobenches: false,
        autoexamples: false,
    }
}

fn library_target(name: &str) -> Target<'_> {
    Target { doctest: Some(false), ..target(name, "src/lib.rs") }
}

fn target<'a>(name: &'a str, path: &'a str) -> Target<'a> {
    Target { name, path, doctest: None, crate_type: None }
}

#[cfg(test)]
mod tests;
