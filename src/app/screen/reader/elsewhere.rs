//! Finding in all chapters of a pack.

use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::reader::areas::areas;
use crate::app::screen::reader::search::{self, Search};
use crate::app::screen::reader::travel;
use crate::pack::{Chapter, Pack};
use crate::text::markdown::parse;
use crate::text::prose::Layout;

/// Opens the next chapter of the pack at hand in which a text stands, at its first place there; the one that is open comes last.
/// `None` where it stands in no chapter.
pub fn find_in_chapters(model: &mut Model, query: &str) -> Option<Vec<Effect>> {
    let pack = model.pack().clone();
    let (others, open) = from_the_next_on(model, &pack);
    let chapter = others.chain(open).find(|chapter| says(model, chapter, query))?;
    let mut effects = travel::open(model, &chapter.slug, None);
    effects.extend(show_first(model, query));
    Some(effects)
}

/// Looks in the other chapters for what is not in this one; Esc comes back from there.
pub(super) fn find_elsewhere(model: &mut Model, query: &str) -> Vec<Effect> {
    let reader = model.reader.as_ref();
    let Some(pack) = reader.and_then(|reader| super::at_hand(model, reader)).map(|(pack, _)| pack.clone())
    else {
        return Vec::new();
    };
    let found = from_the_next_on(model, &pack).0.find(|chapter| says(model, chapter, query));
    let Some(chapter) = found else {
        search::not_found(model, "in no chapter of this pack");
        return Vec::new();
    };
    travel::mark_trail(model);
    let mut effects = travel::open_from_its_pack(model, &chapter.slug, None);
    effects.extend(show_first(model, query));
    model.note(NoticeLevel::Info, "found in another chapter, this one; Esc twice goes back".to_owned());
    effects
}

/// A pack's chapters behind the one that is open, then those before it; and that one.
fn from_the_next_on<'p>(
    model: &Model,
    pack: &'p Pack,
) -> (impl Iterator<Item = &'p Chapter> + use<'p>, Option<&'p Chapter>) {
    let open = model.reader.as_ref().filter(|reader| reader.pack == pack.id);
    let open = open.and_then(|open| pack.chapters.iter().position(|chapter| chapter.slug == open.chapter));
    let (before, after) = match open {
        Some(at) => (&pack.chapters[..at], &pack.chapters[at + 1..]),
        None => (&pack.chapters[..0], &pack.chapters[..]),
    };
    (after.iter().chain(before), open.map(|at| &pack.chapters[at]))
}

/// Whether a chapter says it, laid out as it would be shown.
fn says(model: &Model, chapter: &Chapter, query: &str) -> bool {
    let areas = areas(model);
    let (measure, width, ascii) = (areas.measure, areas.text.width, model.look.ascii);
    let layout = Layout { measure, width, ascii, insertions: &[] };
    !search::matches(&layout.page(&parse(&chapter.source)), query).is_empty()
}

fn show_first(model: &mut Model, query: &str) -> Vec<Effect> {
    if let Some(reader) = &mut model.reader {
        reader.search = Some(Search { query: query.to_owned(), ..Search::default() }.again(&reader.page));
    }
    search::show(model);
    travel::visit(model)
}
