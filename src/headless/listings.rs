//! Listings as people name them: by id, by chapter and id, or by the file that they show a part of.

use std::sync::Arc;

use crate::failure::Failure;
use crate::pack::{Chapter, Listing, Pack};

/// Finds a listing by its id, or as `chapter#id` where chapters share one.
pub fn listing<'a>(packs: &'a [Arc<Pack>], name: &str) -> Option<(&'a Arc<Pack>, &'a Chapter, &'a Listing)> {
    let (chapter, id) = name.split_once('#').map_or((None, name), |(chapter, id)| (Some(chapter), id));
    packs.iter().find_map(|pack| {
        let chapters = pack.chapters.iter().filter(|found| chapter.is_none_or(|slug| found.slug == slug));
        chapters.into_iter().find_map(|chapter| Some((pack, chapter, chapter.listing(id)?)))
    })
}

/// Finds the listing that shows a part of a file, where only one does; the file's name may come without its directories.
pub fn listing_of_file<'a>(packs: &'a [Arc<Pack>], name: &str) -> Option<(&'a Arc<Pack>, &'a Listing)> {
    let mut showing = listings_of_file(packs, name).map(|(pack, _, listing)| (pack, listing));
    showing.next().filter(|_| showing.next().is_none())
}

/// What is told where several listings show a part of the file that was typed; those that are meant are named.
pub fn several(typed: &str, packs: &[Arc<Pack>], meant: Meant) -> Option<Failure> {
    let showing: Vec<_> = listings_of_file(packs, typed).collect();
    if showing.len() < 2 {
        return None;
    }
    let names = |programs: bool| {
        let some = showing.iter().filter(|(_, _, listing)| listing.run || !programs);
        some.map(|(_, chapter, listing)| format!("`{}`", name_of(packs, chapter, listing)))
            .collect::<Vec<_>>()
    };
    let what = format!("several listings are called `{typed}`");
    let programs = names(true);
    Some(match meant {
        Meant::Program if programs.is_empty() => {
            Failure::usage(format!("{what}, and none of them is a program"))
                .hint(format!("`patterns-tui show NAME` prints one: {}", either(&names(false))))
        }
        Meant::Program => Failure::usage(what).hint(format!("did you mean {}?", either(&programs))),
        Meant::Any => Failure::usage(what).hint(format!("did you mean {}?", either(&names(false)))),
    })
}

/// Which listings are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// All are as good.
    Any,
    /// Those that can be run.
    Program,
}

/// A name that no other listing bears.
fn name_of(packs: &[Arc<Pack>], chapter: &Chapter, listing: &Listing) -> String {
    let chapters = packs.iter().flat_map(|pack| &pack.chapters);
    let bearing = chapters.filter(|chapter| chapter.listing(&listing.id).is_some()).count();
    if bearing > 1 { format!("{}#{}", chapter.slug, listing.id) } else { listing.id.clone() }
}

/// Names in a row; of many only the first.
fn either(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [some @ .., last] if some.len() < MANY => format!("{} or {last}", some.join(", ")),
        many => format!("{}, or one of {} others", many[..MANY].join(", "), many.len() - MANY),
    }
}

/// So many listings of one file are named; more would be no help.
const MANY: usize = 6;

fn listings_of_file<'a>(
    packs: &'a [Arc<Pack>],
    name: &str,
) -> impl Iterator<Item = (&'a Arc<Pack>, &'a Chapter, &'a Listing)> {
    let shows = move |listing: &Listing| {
        listing.file.as_ref().is_some_and(|file| {
            file == name || file.strip_suffix(name).is_some_and(|before| before.ends_with('/'))
        })
    };
    let of = |pack: &'a Arc<Pack>| pack.chapters.iter().map(move |chapter| (pack, chapter));
    let all = packs.iter().flat_map(of);
    let all =
        all.flat_map(|(pack, chapter)| chapter.listings.iter().map(move |listing| (pack, chapter, listing)));
    all.filter(move |(_, _, listing)| shows(listing))
}
