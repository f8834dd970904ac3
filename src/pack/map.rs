//! How the patterns build on each other: every entry is a section of its own, and none needs itself in the end.

use crate::pack::chapter::Outline;
use crate::pack::fields::Text;
use crate::pack::manifest::PatternManifest;
use crate::pack::model::{Pattern, SectionRef};
use crate::pack::problem::Problems;
use crate::pack::sections::Sections;

/// More than this nobody reads in one picture.
const MOST: usize = 64;

/// Compares the map with the chapters and gives the patterns in the manifest's order.
pub(super) fn read(
    map: Vec<PatternManifest>,
    text: Text<'_>,
    outlines: &[Outline],
    problems: &mut Problems,
) -> Vec<Pattern> {
    let sections = Sections::of(outlines);
    if let Some(beyond) = map.get(MOST) {
        problems.push(text.error(beyond.section.span(), format!("a map has at most {MOST} patterns")));
        return Vec::new();
    }
    let names: Vec<String> = map.iter().map(|entry| entry.section.get_ref().to_string()).collect();
    let mut needs: Vec<Vec<usize>> = Vec::with_capacity(map.len());
    for (at, entry) in map.iter().enumerate() {
        sections.check(&entry.section, text, problems);
        if names[..at].contains(&names[at]) {
            let message = format!("`{}` is on the map already", names[at]);
            problems.push(text.error(entry.section.span(), message));
        }
        needs.push(needs_of(at, entry, &names, text, problems));
    }
    cycles(&map, &needs, &names, text, problems);
    let patterns = map.into_iter().zip(needs).map(|(entry, needs)| {
        let section = entry.section.into_inner();
        let name = entry.name.unwrap_or_else(|| title(&section, outlines));
        Pattern { section, name, needs }
    });
    patterns.collect()
}

/// The places of what a pattern needs; what cannot be needed is told and left out.
fn needs_of(
    at: usize,
    entry: &PatternManifest,
    names: &[String],
    text: Text<'_>,
    problems: &mut Problems,
) -> Vec<usize> {
    let mut needs = Vec::new();
    for need in &entry.needs {
        if problems.is_full() {
            break;
        }
        let mut refuse = |message: String| problems.push(text.error(need.span(), message));
        match names.iter().position(|name| name == need.get_ref()) {
            Some(own) if own == at => refuse("a pattern cannot need itself".to_owned()),
            Some(other) if needs.contains(&other) => refuse(format!("`{}` is listed twice", need.get_ref())),
            Some(other) => needs.push(other),
            None => {
                let known: Vec<&str> = names.iter().map(String::as_str).collect();
                let problem = text.error(need.span(), format!("`{}` is not on the map", need.get_ref()));
                let help = problems.suggest(need.get_ref(), &known);
                problems.push(problem.help(help));
            }
        }
    }
    needs
}

/// Reports every need that closes a circle.
fn cycles(
    map: &[PatternManifest],
    needs: &[Vec<usize>],
    names: &[String],
    text: Text<'_>,
    problems: &mut Problems,
) {
    for (at, entry) in map.iter().enumerate() {
        for need in &entry.needs {
            if problems.is_full() {
                return;
            }
            let Some(first) = names.iter().position(|name| name == need.get_ref()) else { continue };
            // The circle is told once, where its first pattern stands.
            let told_here = |way: &Vec<usize>| first != at && way.iter().all(|on| *on >= at);
            let Some(way) = way(needs, first, at).filter(told_here) else { continue };
            let circle: Vec<&str> = way.iter().map(|on| names[*on].as_str()).collect();
            let message = format!("a circle: `{}` needs `{}`", names[at], circle.join("`, which needs `"));
            problems.push(text.error(need.span(), message));
        }
    }
}

/// A way along the needs from one pattern to another, both included.
fn way(needs: &[Vec<usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came: Vec<Option<usize>> = vec![None; needs.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            let mut way = vec![to];
            while let Some(before) = came[*way.last()?].filter(|_| way.last() != Some(&from)) {
                way.push(before);
            }
            way.reverse();
            return Some(way);
        }
        for next in needs[at].iter().copied() {
            if next != from && came[next].is_none() {
                came[next] = Some(at);
                open.push(next);
            }
        }
    }
    None
}

fn title(section: &SectionRef, outlines: &[Outline]) -> String {
    let chapter = outlines.iter().map(|outline| &outline.chapter).find(|one| one.slug == section.chapter);
    let found = chapter.and_then(|one| one.sections.iter().find(|one| one.anchor == section.anchor));
    found.map_or_else(|| section.anchor.clone(), |section| section.title.clone())
}
