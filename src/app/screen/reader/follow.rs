//! Where Enter and links lead.

use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::reader::contents::{EntryKind, contents};
use crate::app::screen::reader::listings::in_view;
use crate::app::screen::reader::{Chosen, Focus, Primary, Reader, travel};
use crate::app::screen::workbench;
use crate::pack::Chapter;
use crate::progress::State;
use crate::text::prose::LineKind;

/// What Enter does in the text now.
pub(super) fn primary(model: &Model) -> Primary {
    let Some(reader) = &model.reader else { return Primary::Nothing };
    let shown = in_view(model, reader);
    if let Some(Chosen::Link(link)) = reader.chosen
        && let Some(link) = reader.page.links.get(link).filter(|link| shown.contains(&link.line))
    {
        return Primary::Follow(link.target.clone());
    }
    let open = |id: &str| model.record.state(&reader.pack, id) != State::Passed;
    if let Some(exercise) = card_in_view(model, reader, open) {
        return Primary::Exercise(exercise);
    }
    if reader.scroll < travel::last_scroll(model, reader) {
        return Primary::ReadOn;
    }
    travel::neighbour(model, 1).map_or(Primary::Nothing, Primary::NextChapter)
}

/// The first exercise of this kind whose card is in view.
pub(super) fn card_in_view(model: &Model, reader: &Reader, is: impl Fn(&str) -> bool) -> Option<String> {
    let shown = in_view(model, reader);
    let lines = reader.page.lines.get(shown.start..shown.end.min(reader.page.lines.len()))?;
    let mut cards = lines.iter().filter_map(|line| match line.kind {
        LineKind::Inserted { insertion, row: 0 } => reader.cards.get(insertion),
        _ => None,
    });
    cards.find(|id| is(id)).cloned()
}

/// Does what Enter does.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(Focus::Contents { chosen }) = model.reader.as_ref().map(|reader| reader.focus) {
        return entry(model, chosen);
    }
    match primary(model) {
        Primary::Follow(target) => follow(model, &target),
        Primary::Exercise(id) => exercise(model, &id),
        Primary::NextChapter(_) => travel::go_to_chapter(model, 1),
        Primary::ReadOn => super::commands::page(model, 1),
        Primary::Nothing => travel::read_in_view(model),
    }
}

/// Goes where an entry of the contents leads.
pub(super) fn entry(model: &mut Model, chosen: usize) -> Vec<Effect> {
    let Some(entry) = contents(model).into_iter().nth(chosen) else { return Vec::new() };
    match entry.kind {
        EntryKind::Exercise(id) => exercise(model, &id),
        EntryKind::Section(anchor) => {
            if let Some(reader) = &mut model.reader {
                reader.focus = Focus::Text;
            }
            travel::go_to_anchor(model, &anchor);
            Vec::new()
        }
    }
}

/// Opens an exercise of the chapter that is being read.
pub(super) fn exercise(model: &mut Model, id: &str) -> Vec<Effect> {
    let mut effects = travel::read_in_view(model);
    effects.extend(travel::leave(model));
    if let Some(pack) = model.reader.as_ref().map(|reader| reader.pack.clone()) {
        model.take_up(&pack);
    }
    effects.extend(workbench::open(model, id));
    effects
}

/// Follows a link: to the browser, to a place in this chapter, to another chapter.
pub(super) fn follow(model: &mut Model, target: &str) -> Vec<Effect> {
    if target.starts_with("https://") || target.starts_with("http://") {
        return vec![Effect::OpenLink(target.to_owned())];
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let name = file.rsplit('/').next().unwrap_or(file);
    let Some(reader) = &model.reader else { return Vec::new() };
    if name.is_empty() && anchor.is_some_and(|anchor| reader.page.anchors.contains_key(anchor)) {
        travel::mark_trail(model);
        travel::go_to_anchor(model, anchor.unwrap_or_default());
        return Vec::new();
    }
    if let Some((chapter, anchor)) = elsewhere(model, reader, name, anchor) {
        travel::mark_trail(model);
        return travel::open_from_its_pack(model, &chapter, anchor.as_deref());
    }
    model.note(NoticeLevel::Warning, format!("this link leads nowhere in this pack: {target}"));
    Vec::new()
}

/// The chapter, and the anchor in it, that a link to another chapter names. A document that was divided into chapters links to
/// what were its own sections without a file's name.
fn elsewhere(
    model: &Model,
    reader: &Reader,
    name: &str,
    anchor: Option<&str>,
) -> Option<(String, Option<String>)> {
    let pack = model.pack_of(&reader.pack)?;
    let slug = name.strip_suffix(".md").unwrap_or(name);
    if let Some(chapter) = pack.chapter(slug) {
        return Some((chapter.slug.clone(), anchor.map(str::to_owned)));
    }
    let wanted = anchor.filter(|_| name.is_empty())?;
    let has = |chapter: &&Chapter| chapter.sections.iter().any(|section| section.anchor == wanted);
    let of_section = pack.chapters.iter().find(has).map(|chapter| (chapter, Some(wanted.to_owned())));
    let found = of_section.or_else(|| pack.chapter(wanted).map(|chapter| (chapter, None)));
    found.map(|(chapter, anchor)| (chapter.slug.clone(), anchor))
}
