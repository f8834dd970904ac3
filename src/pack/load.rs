//! From texts to a pack: all of it, or every mistake in it.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::pack::chapter::{self, Outline};
use crate::pack::embedded;
use crate::pack::exercise::{self, Around};
use crate::pack::fields::Text;
use crate::pack::links;
use crate::pack::manifest::{self, PackHead};
use crate::pack::map;
use crate::pack::model::{DependencySet, Exercise, Pack, Pattern};
use crate::pack::problem::{Problem, Problems};
use crate::pack::sections::Sections;
use crate::pack::set;
use crate::pack::slug::{SLUG_RULE, is_slug};
use crate::pack::source::{MANIFEST, Source, Texts};
use crate::pack::workers::on_all_cores;

/// Loads a pack; nothing is half-loaded, and all mistakes are told at once.
pub fn load(source: &Source) -> Result<Pack, Problems> {
    let (pack, problems) = inspect(source);
    pack.ok_or(problems)
}

/// Loads a pack and gives the warnings too; there is a pack if and only if no problem is an error.
pub fn inspect(source: &Source) -> (Option<Pack>, Problems) {
    let mut problems = Problems::of_pack(source.directory());
    let texts = source.read(&mut problems);
    let pack = assemble(&texts, &mut problems);
    problems.sort();
    (pack.filter(|_| !problems.has_errors()), problems)
}

/// The pack that the binary carries.
pub fn builtin() -> Result<Pack, Problems> {
    load(&Source::Builtin)
}

fn assemble(texts: &Texts, problems: &mut Problems) -> Option<Pack> {
    let Some(source) = texts.get(MANIFEST) else {
        if problems.iter().all(|problem| problem.file != MANIFEST) {
            let help = "write one with `format`, `id`, `title`, `version`, `chapters` and the rest";
            problems.push(Problem::error(MANIFEST, "a pack has this file").help(help));
        }
        return None;
    };
    let text = Text { file: MANIFEST, text: source };
    // Without a manifest the rest is still looked at, so that its mistakes need no second round.
    let manifest = manifest::read_pack(text, problems);
    let listed = manifest.as_ref().map(|manifest| manifest.chapters.as_slice());
    let sets = own_sets(texts, problems);
    let mut names: Vec<&str> = embedded::template_sets().collect();
    names.extend(sets.keys().map(String::as_str));
    let outlines = chapters(listed, text, texts, &names, problems);
    problems.by_itself(|problems| links::check(&outlines, texts, problems));
    let exercises = exercises(&outlines, texts, &names, problems);
    check_former_ids(&exercises, texts, problems);
    check_crate_names(&exercises, &sets, problems);
    let manifest = manifest?;
    let map = problems.by_itself(|problems| map::read(manifest.map, text, &outlines, problems));
    Some(pack(manifest.head?, outlines, map, exercises, sets))
}

fn pack(
    head: PackHead,
    outlines: Vec<Outline>,
    map: Vec<Pattern>,
    exercises: Vec<Exercise>,
    sets: BTreeMap<String, DependencySet>,
) -> Pack {
    let mut pack = Pack {
        id: head.id,
        title: head.title,
        version: head.version,
        language: head.language,
        authors: head.authors,
        license: head.license,
        requires: head.requires,
        chapters: outlines.into_iter().map(|outline| outline.chapter).collect(),
        map,
        exercises,
        sets,
    };
    order(&mut pack);
    pack
}

/// Puts the exercises in the order in which they are best done: that of the chapters and of the sections in each; in a section
/// the easier ones first, and what needs a server after what does not.
fn order(pack: &mut Pack) {
    let chapters = &pack.chapters;
    pack.exercises.sort_by_cached_key(|exercise| {
        let chapter = chapters.iter().position(|chapter| chapter.slug == exercise.section.chapter);
        let section = chapter.and_then(|at| {
            chapters[at].sections.iter().position(|section| section.anchor == exercise.section.anchor)
        });
        let needs = !exercise.needs.is_empty();
        (chapter, section, exercise.difficulty, exercise.kind, needs, exercise.minutes, exercise.id.clone())
    });
}

/// The dependency sets in the pack's own `sandbox/`.
fn own_sets(texts: &Texts, problems: &mut Problems) -> BTreeMap<String, DependencySet> {
    let mut sets = BTreeMap::new();
    let names: BTreeSet<&str> = texts
        .keys()
        .filter_map(|path| path.strip_prefix("sandbox/")?.split_once('/'))
        .map(|(name, _)| name)
        .collect();
    for name in names {
        let path = |file: &str| format!("sandbox/{name}/{file}");
        let mut file = |file: &str| {
            let path = path(file);
            let text = texts.get(&path).cloned();
            if text.is_none() {
                let message = "a dependency set has a manifest and a lock file, this is missing";
                let help = "write Cargo.toml with [workspace.dependencies]; `cargo generate-lockfile` makes the other";
                problems.push(Problem::error(path, message).help(help));
            }
            text
        };
        let (manifest, lock) = (file("Cargo.toml"), file("Cargo.lock"));
        if embedded::template_set(name).is_some() || !is_slug(name) {
            let message = format!("`{name}` cannot be a pack's own dependency set");
            let help = format!("{SLUG_RULE}; `none`, `service` and `extended` are the program's own");
            problems.push(Problem::error(format!("sandbox/{name}"), message).help(help));
        } else if let (Some(manifest), Some(lock)) = (manifest, lock) {
            let [manifest_path, lock_path] = ["Cargo.toml", "Cargo.lock"].map(path);
            let manifest_text = Text { file: &manifest_path, text: &manifest };
            set::check(manifest_text, Text { file: &lock_path, text: &lock }, problems);
            sets.insert(name.to_owned(), DependencySet { manifest, lock });
        }
    }
    sets
}

/// The chapters in the manifest's order; all of them by name while there is no usable manifest.
fn chapters(
    listed: Option<&[Spanned<String>]>,
    manifest: Text<'_>,
    texts: &Texts,
    sets: &[&str],
    problems: &mut Problems,
) -> Vec<Outline> {
    let present: Vec<&str> =
        texts.keys().filter_map(|path| path.strip_prefix("chapters/")?.strip_suffix(".md")).collect();
    let Some(listed) = listed else {
        return outlines(&present, texts, sets, problems).into_iter().flatten().collect();
    };
    let known: BTreeSet<&str> = listed.iter().map(|slug| slug.get_ref().as_str()).collect();
    for slug in &present {
        if !known.contains(slug) {
            let file = format!("chapters/{slug}.md");
            let text = texts.get(&file).map_or("", |text| text);
            let problem = Problem::error(file, "this chapter is not listed in pack.toml").at_top(text);
            problems.push(problem.warning().help("add it to `chapters`, or it is never shown"));
        }
    }
    let slugs: Vec<&str> = listed.iter().map(|slug| slug.get_ref().as_str()).collect();
    let outlines = outlines(&slugs, texts, sets, problems);
    for slug in listed.iter().zip(&outlines).filter_map(|(slug, outline)| outline.is_none().then_some(slug)) {
        if problems.is_full() {
            break;
        }
        let message = format!("there is no file chapters/{}.md", slug.get_ref());
        let help = problems.suggest(slug.get_ref(), &present);
        problems.push(manifest.error(slug.span(), message).help(help));
    }
    outlines.into_iter().flatten().collect()
}

/// Each of these chapters; `None` for one without a file.
fn outlines(slugs: &[&str], texts: &Texts, sets: &[&str], problems: &mut Problems) -> Vec<Option<Outline>> {
    let whole = &*problems;
    let read = |slug: &&str| {
        let file = format!("chapters/{slug}.md");
        let text = texts.get(&file)?;
        let mut found = whole.of_a_part();
        Some((chapter::read(slug, &file, text, sets, &mut found), found))
    };
    let told = on_all_cores(slugs, read).into_iter().map(|read| {
        let (outline, found) = read?;
        problems.append(found);
        Some(outline)
    });
    told.collect()
}

fn exercises(outlines: &[Outline], texts: &Texts, sets: &[&str], problems: &mut Problems) -> Vec<Exercise> {
    let around = Around { sections: Sections::of(outlines), sets };
    let ids: BTreeSet<&str> = texts
        .keys()
        .filter_map(|path| path.strip_prefix("exercises/")?.split_once('/'))
        .map(|(id, _)| id)
        .collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let whole = &*problems;
    let read = |id: &&str| {
        let mut found = whole.of_a_part();
        (exercise::read(id, texts, &around, &mut found), found)
    };
    let read = on_all_cores(&ids, read);
    let told = read.into_iter().filter_map(|(exercise, found)| {
        problems.append(found);
        exercise
    });
    told.collect()
}

/// No exercise is called like a package that it is built with: its crate stands beside it in one lock file.
fn check_crate_names(
    exercises: &[Exercise],
    sets: &BTreeMap<String, DependencySet>,
    problems: &mut Problems,
) {
    let used: BTreeSet<&str> = exercises.iter().map(|exercise| exercise.set.as_str()).collect();
    for name in used {
        let Some(set) = sets.get(name).cloned().or_else(|| embedded::template_set(name)) else { continue };
        let taken: BTreeSet<&str> = set::packages(&set.lock).collect();
        let of_set = exercises.iter().filter(|exercise| exercise.set == name);
        for Exercise { id, .. } in of_set.filter(|exercise| taken.contains(exercise.id.as_str())) {
            let problem =
                Problem::error(format!("exercises/{id}/"), format!("`{id}` cannot be an exercise's id"));
            problems.push(problem.help(format!("a package of its dependency set `{name}` is called so")));
        }
    }
}

/// Former ids look like ids, none is one of today's, and no two exercises had the same one.
fn check_former_ids(exercises: &[Exercise], texts: &Texts, problems: &mut Problems) {
    let mut former: BTreeMap<&str, &str> = BTreeMap::new();
    let present: BTreeSet<&str> = exercises.iter().map(|exercise| exercise.id.as_str()).collect();
    for exercise in exercises {
        for id in &exercise.renamed_from {
            if problems.is_full() {
                return;
            }
            let message = if !is_slug(id) {
                format!("`{id}` was never an id")
            } else if present.contains(id.as_str()) {
                format!("there is an exercise `{id}`, so it was not renamed")
            } else if let Some(other) = former.insert(id, &exercise.id) {
                format!("`{id}` became `{other}` already")
            } else {
                continue;
            };
            let file = format!("exercises/{}/exercise.toml", exercise.id);
            let text: &str = texts.get(&file).map_or("", |text| text);
            let quoted = format!("\"{id}\"");
            let key = text.find("renamed-from").unwrap_or_default();
            let at = text[key..].find(&quoted).map_or(key, |at| key + at);
            let problem = Problem::error(&file, message).at(text, at..at + quoted.len());
            problems.push(problem.help("remove it from `renamed-from`"));
        }
    }
}
