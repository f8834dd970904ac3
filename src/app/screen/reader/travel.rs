//! Opening chapters, going to a place in them, leaving them; what was read on the way.

use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::{Model, Screen};
use crate::app::screen::back;
use crate::app::screen::reader::areas::{areas, card_height};
use crate::app::screen::reader::{Chosen, Focus, Reader, Spot, TAIL, listings};
use crate::pack::{Chapter, Exercise, Pack};
use crate::progress::{Change, Place};
use crate::text::Line;
use crate::text::markdown::{Markdown, parse};
use crate::text::prose::{Insertion, Layout, Page};

/// How far below the top of the text the line stands that is taken to be read.
const READING: usize = 2;

/// Opens a chapter of the pack at hand: at a section if one is named, else where one was in it. No link led here, so that
/// Esc follows none back.
pub fn open(model: &mut Model, chapter: &str, anchor: Option<&str>) -> Vec<Effect> {
    if let Some(reader) = &mut model.reader {
        reader.trail.clear();
    }
    go_on_to(model, chapter, anchor)
}

fn go_on_to(model: &mut Model, chapter: &str, anchor: Option<&str>) -> Vec<Effect> {
    let mut effects = leave(model);
    let pack = model.pack().clone();
    let Some(found) = pack.chapter(chapter) else {
        model.note(NoticeLevel::Warning, format!("there is no chapter \"{chapter}\" in this pack"));
        return effects;
    };
    let key = (pack.id.clone(), found.slug.clone());
    let before = model.reader.take();
    let already = before.as_ref().filter(|reader| (&reader.pack, &reader.chapter) == (&key.0, &key.1));
    let markdown = already.map_or_else(|| Arc::new(parse(&found.source)), |reader| reader.markdown.clone());
    let (places, trail) = before.map(|reader| (reader.places, reader.trail)).unwrap_or_default();
    let spot = places.get(&key).cloned();
    model.reader = Some(Reader {
        pack: key.0,
        chapter: key.1,
        page: Arc::default(),
        cards: pack.exercises_of(chapter).map(|exercise| exercise.id.clone()).collect(),
        scroll: 0,
        focus: Focus::Text,
        chosen: None,
        sideways: [].into(),
        search: None,
        dragging: false,
        markdown,
        ends: Vec::new(),
        places,
        trail,
        strayed: None,
    });
    back::show(model, Screen::Reader);
    lay_out(model);
    match (anchor.filter(|anchor| !anchor.is_empty()), spot) {
        (Some(anchor), _) => go_to_anchor(model, anchor),
        (None, Some(spot)) => go_to_spot(model, &spot),
        (None, None) => {}
    }
    effects.extend(visit(model));
    effects
}

/// Opens a chapter of the pack at hand where one was in it.
pub fn resume(model: &mut Model, place: &Place) -> Vec<Effect> {
    let mut effects = open(model, &place.chapter, Some(&place.section));
    let heading = model.reader.as_ref().and_then(|reader| reader.page.anchors.get(&place.section));
    go_to_line(model, heading.copied().unwrap_or(0).saturating_add_signed(place.below));
    effects.extend(visit(model));
    effects
}

/// Opens a chapter of the pack at hand at a listing, by its id.
pub fn open_listing(model: &mut Model, chapter: &str, listing: &str) -> Vec<Effect> {
    let body = model.pack().chapter(chapter).and_then(|chapter| chapter.listing(listing));
    let body = body.map(|listing| listing.body.clone());
    let effects = open(model, chapter, None);
    let Some(reader) = &mut model.reader else { return effects };
    let block = body.and_then(|body| reader.page.blocks.iter().position(|block| block.body == body));
    if let Some(block) = block {
        reader.chosen = Some(Chosen::Block(block));
        listings::show(model, block);
    }
    effects
}

/// Goes to a section of the pack that is being read; Esc comes back from there to where one was.
pub fn jump(model: &mut Model, chapter: &str, anchor: &str) -> Vec<Effect> {
    mark_trail(model);
    open_from_its_pack(model, chapter, Some(anchor))
}

/// The anchor of the section that is being read.
pub fn section_at_hand(reader: &Reader) -> String {
    section(reader).to_owned()
}

/// Keeps the place and tells the store of it; to be called before another screen is shown.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let effects = visit(model);
    if let Some(reader) = &mut model.reader {
        let spot = reader.spot();
        reader.places.insert((reader.pack.clone(), reader.chapter.clone()), spot);
        reader.dragging = false;
    }
    effects
}

/// How far down the text is, in percent; nothing where all of it is in view.
pub fn share(model: &Model) -> Option<usize> {
    let reader = model.reader.as_ref()?;
    let last = last_scroll(model, reader);
    (last > 0).then(|| reader.scroll * 100 / last)
}

/// The anchor of the section that is being read; empty above the first.
pub(super) fn section(reader: &Reader) -> &str {
    reader.page.heading_at(reader.scroll + READING).map_or("", |heading| heading.anchor.as_str())
}

/// The furthest that the text scrolls.
pub(super) fn last_scroll(model: &Model, reader: &Reader) -> usize {
    (reader.page.lines.len() + TAIL).saturating_sub(usize::from(areas(model).text.height))
}

/// Scrolls by lines, as one does who reads; what has come to its end in view counts as read.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(reader) = &model.reader else { return Vec::new() };
    let (before, last) = (reader.scroll, last_scroll(model, reader));
    let scroll = before.saturating_add_signed(by).min(last);
    if let Some(reader) = &mut model.reader {
        reader.scroll = scroll;
    }
    if scroll < before { Vec::new() } else { read_from(model, before) }
}

/// Records the sections that ended between a line and the last one in view; of a chapter without sections, the chapter.
pub(super) fn read_from(model: &mut Model, first: usize) -> Vec<Effect> {
    let height = usize::from(areas(model).text.height);
    let Some(reader) = &model.reader else { return Vec::new() };
    let shown = first..=reader.scroll + height;
    let headings = reader.page.headings.iter().zip(&reader.ends);
    let whole = super::at_hand(model, reader).is_some_and(|(_, chapter)| chapter.sections.is_empty());
    let end = reader.ends.last().copied().unwrap_or(reader.page.lines.len());
    let chapter = (whole && shown.contains(&end)).then(|| reader.chapter.clone());
    let ended = headings.filter(|(heading, end)| heading.level > 1 && shown.contains(end));
    let read = model.record.read.get(&reader.pack);
    let news = ended.map(|(heading, _)| format!("{}#{}", reader.chapter, heading.anchor)).chain(chapter);
    let news = news.filter(|section| !read.is_some_and(|read| read.contains(section)));
    let changes: Vec<Change> =
        news.map(|section| Change::Read { pack: reader.pack.clone(), section }).collect();
    if changes.is_empty() { Vec::new() } else { vec![model.record(changes)] }
}

/// Shows a line at the top, or as near to it as the text's end allows.
pub(super) fn go_to_line(model: &mut Model, line: usize) {
    let Some(reader) = &model.reader else { return };
    let scroll = line.min(last_scroll(model, reader));
    if let Some(reader) = &mut model.reader {
        reader.scroll = scroll;
        reader.chosen = None;
    }
}

/// Goes to where an anchor stands; the beginning where there is none such.
pub(super) fn go_to_anchor(model: &mut Model, anchor: &str) {
    let line = model.reader.as_ref().and_then(|reader| reader.page.anchors.get(anchor).copied());
    go_to_line(model, line.unwrap_or(0).saturating_sub(1));
}

/// Goes to the other chapter in reading order.
pub(super) fn go_to_chapter(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(slug) = neighbour(model, by) else {
        let which = if by > 0 { "this is the last chapter" } else { "this is the first chapter" };
        model.note(NoticeLevel::Info, which);
        return Vec::new();
    };
    let mut effects = if by > 0 { read_in_view(model) } else { Vec::new() };
    effects.extend(open_from_its_pack(model, &slug, None));
    effects
}

/// The chapter before or after the one at hand.
pub(super) fn neighbour(model: &Model, by: isize) -> Option<String> {
    let reader = model.reader.as_ref()?;
    let pack = model.pack_of(&reader.pack)?;
    let at = pack.chapters.iter().position(|chapter| chapter.slug == reader.chapter)?;
    Some(pack.chapters.get(at.checked_add_signed(by)?)?.slug.clone())
}

/// Opens a chapter of the pack that is being read, whichever is at hand.
pub(super) fn open_from_its_pack(model: &mut Model, chapter: &str, anchor: Option<&str>) -> Vec<Effect> {
    if let Some(pack) = model.reader.as_ref().map(|reader| reader.pack.clone()) {
        model.take_up(&pack);
    }
    go_on_to(model, chapter, anchor)
}

/// Records the sections that end in view.
pub(super) fn read_in_view(model: &mut Model) -> Vec<Effect> {
    let first = model.reader.as_ref().map_or(0, |reader| reader.scroll);
    read_from(model, first)
}

/// Remembers where a link is followed from.
pub(super) fn mark_trail(model: &mut Model) {
    let here = link_in_view(model);
    if let Some(reader) = &mut model.reader {
        let spot = reader.spot();
        reader.trail.extend(reader.strayed.take().filter(|_| here));
        reader.trail.push(spot);
    }
}

fn link_in_view(model: &Model) -> bool {
    model.reader.as_ref().is_some_and(|reader| match reader.chosen {
        Some(Chosen::Link(link)) => listings::in_view(model, reader).contains(&reader.page.links[link].line),
        _ => false,
    })
}

/// Remembers where one was before going from link to link led away from there; `anew` says whether that begins here.
pub(super) fn stray(model: &mut Model, anew: bool, away: bool) {
    let Some(reader) = &mut model.reader else { return };
    let before = reader.strayed.take().filter(|_| !anew);
    reader.strayed = before.or_else(|| away.then(|| reader.spot()));
}

/// Goes back to where one was before a link out of view was chosen, unless one has read on since.
pub(super) fn back_from_link(model: &mut Model) {
    let here = link_in_view(model);
    let Some(reader) = &mut model.reader else { return };
    reader.chosen = None;
    if let Some(spot) = reader.strayed.take().filter(|_| here) {
        go_to_spot(model, &spot);
    }
}

/// Goes back to where the last link was followed from; says whether there was one.
pub(super) fn back_on_trail(model: &mut Model) -> Option<Vec<Effect>> {
    let spot = model.reader.as_mut()?.trail.pop()?;
    let effects = open_from_its_pack(model, &spot.chapter, None);
    go_to_spot(model, &spot);
    Some(effects)
}

/// Lays the chapter out for the terminal's size as it is now, and stays at the same place of it.
pub(super) fn lay_out_again(model: &mut Model) {
    let Some(reader) = &model.reader else { return };
    let spot = reader.spot();
    let search = reader.search.clone();
    lay_out(model);
    go_to_spot(model, &spot);
    if let Some(reader) = &mut model.reader {
        reader.search = search.map(|search| search.again(&reader.page));
    }
}

fn lay_out(model: &mut Model) {
    let areas = areas(model);
    let Some(reader) = &model.reader else { return };
    let Some((pack, chapter)) = super::at_hand(model, reader) else { return };
    let insertions = insertions(pack, chapter, areas.measure);
    let page = page(&reader.markdown, &insertions, areas.measure, areas.text.width, model.look.ascii);
    let ends = ends(&page);
    if let Some(reader) = &mut model.reader {
        reader.page = Arc::new(page);
        reader.ends = ends;
        reader.chosen = None;
        reader.sideways.clear();
    }
}

fn page(markdown: &Markdown, insertions: &[Insertion], measure: u16, width: u16, ascii: bool) -> Page {
    Layout { measure, width, ascii, insertions }.page(markdown)
}

/// Room for the card of each exercise; what it says changes as the learner works and is drawn over it.
fn insertions(pack: &Pack, chapter: &Chapter, measure: u16) -> Vec<Insertion> {
    let card = |exercise: &Exercise| Insertion {
        anchor: exercise.section.anchor.clone(),
        lines: vec![Line::default(); card_height(pack, measure, exercise)],
    };
    pack.exercises_of(&chapter.slug).map(card).collect()
}

/// The line behind each heading's section: where the next of its level or higher begins, less the white space before.
fn ends(page: &Page) -> Vec<usize> {
    let headings = &page.headings;
    let next = |at: usize| headings[at + 1..].iter().find(|next| next.level <= headings[at].level);
    let end = |at: usize| next(at).map_or(page.lines.len(), |next| next.line);
    let empty = |line: usize| page.lines[line].line.spans.is_empty() && line > 0;
    let trimmed = |mut end: usize| {
        while end > 1 && empty(end - 1) {
            end -= 1;
        }
        end
    };
    (0..headings.len()).map(|at| trimmed(end(at))).collect()
}

fn go_to_spot(model: &mut Model, spot: &Spot) {
    let Some(reader) = &model.reader else { return };
    let anchor = spot.anchor.as_ref().and_then(|anchor| reader.page.anchors.get(anchor));
    let line = anchor.copied().unwrap_or(0) + spot.below;
    go_to_line(model, line);
}

pub(super) fn visit(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else { return Vec::new() };
    let section = section(reader);
    let heading = reader.page.anchors.get(section).copied().unwrap_or(0);
    let place = Place {
        pack: reader.pack.clone(),
        chapter: reader.chapter.clone(),
        section: section.to_owned(),
        exercise: None,
        below: reader.scroll as isize - heading as isize,
    };
    if model.record.last.as_ref() == Some(&place) {
        return Vec::new();
    }
    vec![model.record(vec![Change::Visited(place)])]
}

impl Reader {
    fn spot(&self) -> Spot {
        let heading = self.page.heading_at(self.scroll);
        Spot {
            pack: self.pack.clone(),
            chapter: self.chapter.clone(),
            anchor: heading.map(|heading| heading.anchor.clone()),
            below: self.scroll - heading.map_or(0, |heading| heading.line),
        }
    }
}
