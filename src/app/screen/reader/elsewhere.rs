//! Finding in all chapters of a pack.

use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::reader::search::{self, Search};
use crate::app::screen::reader::travel;
use crate::pack::{Chapter, Pack};
use crate::text::markdown::parse;
use crate::text::prose::Layout;

/// The width at which a chapter that is not shown is searched: a text broken over two lines is found at any.
const WIDTH: u16 = 80;

/// Opens the next chapter of the pack at hand in which a text stands, at its first place there; the one that is open comes last.
/// `None` where it stands in no chapter.
pub fn find_in_chapters(model: &mut Model, query: &str) -> Option<Vec<Effect>> {
    let chapter = next_that_says(model, model.pack(), query)?;
    let mut effects = travel::open(model, &chapter, None);
    effects.extend(show_first(model, query));
    Some(effects)
}

/// Looks in the other chapters for what is not in this one; Esc comes back from there.
pub(super) fn find_elsewhere(model: &mut Model, query: &str) -> Vec<Effect> {
    let pack = model.reader.as_ref().and_then(|reader| super::at_hand(model, reader)).map(|(pack, _)| pack);
    let Some(chapter) = pack.and_then(|pack| next_that_says(model, pack, query)) else {
        search::not_found(model, "in no chapter");
        return Vec::new();
    };
    travel::mark_trail(model);
    let mut effects = travel::open_from_its_pack(model, &chapter, None);
    effects.extend(show_first(model, query));
    model.note(
        NoticeLevel::Info,
        "not in the chapter before, but in this one; Esc twice goes back".to_owned(),
    );
    effects
}

fn next_that_says(model: &Model, pack: &Pack, query: &str) -> Option<String> {
    let open = model.reader.as_ref().filter(|reader| reader.pack == pack.id);
    let open = open.and_then(|open| pack.chapters.iter().position(|chapter| chapter.slug == open.chapter));
    let (until, after) = pack.chapters.split_at(open.map_or(0, |at| at + 1));
    let chapter = after.iter().chain(until).find(|chapter| says(chapter, query))?;
    Some(chapter.slug.clone())
}

fn says(chapter: &Chapter, query: &str) -> bool {
    let layout = Layout { measure: WIDTH, width: WIDTH, ascii: false, insertions: &[] };
    !search::matches(&layout.page(&parse(&chapter.source)), query).is_empty()
}

fn show_first(model: &mut Model, query: &str) -> Vec<Effect> {
    if let Some(reader) = &mut model.reader {
        reader.search = Some(Search { query: query.to_owned(), ..Search::default() }.again(&reader.page));
    }
    search::show(model);
    travel::visit(model)
}
