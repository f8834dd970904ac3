//! The lock file of a workspace: the shipped one with a block for each member, as cargo itself would write it, so that
//! cargo can always be told that the lock file is not to change. Pure.

use std::borrow::Cow;

use crate::sandbox::error::SandboxError;
use crate::sandbox::template::{Member, Template, WARM, broken};

const START: &str = "[[package]]\n";

/// The lock file of a workspace of these members, `warm` among them.
pub fn with_members(template: &Template, members: &[Member]) -> Result<String, SandboxError> {
    let (head, mut blocks, tail) = split(template.lock());
    let dependencies = blocks
        .iter()
        .find(|block| name_of(block) == WARM)
        .map(|warm| dependencies_of(warm).to_owned())
        .ok_or_else(|| broken(template.set(), "its lock file has no package `warm`"))?;
    for member in members.iter().filter(|member| member.package != WARM) {
        if blocks.iter().any(|block| name_of(block) == member.package) {
            return Err(SandboxError::NameTaken(member.package.clone()));
        }
        let dependencies = with_dependency(&dependencies, member.loads());
        blocks.push(format!(
            "{START}name = \"{}\"\nversion = \"{}\"\n{dependencies}",
            member.package, member.version
        ));
    }
    // The shipped blocks are in cargo's order already, and the sort is stable: only the members find their places.
    blocks.sort_by(|a, b| name_of(a).cmp(name_of(b)));
    Ok(format!("{head}{}{tail}", blocks.join("\n")))
}

/// The text before the first package, the packages, and what follows them.
fn split(lock: &str) -> (&str, Vec<String>, &str) {
    let first = lock.find(START).unwrap_or(lock.len());
    let (head, rest) = lock.split_at(first);
    let packages_end =
        rest.find("\n[metadata]").or_else(|| rest.find("\n[[patch")).map_or(rest.len(), |at| at);
    let (packages, tail) = rest.split_at(packages_end);
    let blocks = packages.split(START).skip(1).map(|body| format!("{START}{}\n", body.trim_end())).collect();
    (head, blocks, tail)
}

fn name_of(block: &str) -> &str {
    let line = block.lines().find_map(|line| line.strip_prefix("name = \""));
    line.map_or("", |rest| rest.trim_end_matches('"'))
}

fn dependencies_of(block: &str) -> &str {
    block.find(DEPENDENCIES).map_or("", |at| &block[at..])
}

const DEPENDENCIES: &str = "dependencies = [";

/// A list of dependencies and one more, which finds its place in the order.
fn with_dependency<'a>(dependencies: &'a str, more: Option<&str>) -> Cow<'a, str> {
    let Some(more) = more else { return Cow::Borrowed(dependencies) };
    let added = format!(" \"{more}\",");
    let mut lines: Vec<_> = dependencies.lines().filter(|line| line.starts_with(" \"")).collect();
    lines.push(&added);
    lines.sort_unstable();
    Cow::Owned(format!("{DEPENDENCIES}\n{}\n]\n", lines.join("\n")))
}

#[cfg(test)]
mod tests;
