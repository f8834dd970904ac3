//! Listings and links of the text: which is at hand, going from one to the next.

use std::ops::Range;

use crate::app::command::Command;
use crate::app::editor::Clip;
use crate::app::effect::Effect;
use crate::app::keymap::{self, Context};
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::playground;
use crate::app::screen::reader::areas::areas;
use crate::app::screen::reader::{Chosen, Reader, at_hand, travel};
use crate::pack::Listing;
use crate::text::prose::LineKind;

/// How many columns a key scrolls code sideways.
const SIDEWAYS: usize = 8;

/// The listing of a code block of the page.
pub fn listing_of<'m>(model: &'m Model, reader: &Reader, block: usize) -> Option<&'m Listing> {
    let body = &reader.page.blocks.get(block)?.body;
    at_hand(model, reader)?.1.listings.iter().find(|listing| listing.body == *body)
}

/// The code block at hand: the chosen one if it is in view, else the first in view that has a title, which is to say that it
/// is no drawing.
pub fn listing_at_hand(model: &Model) -> Option<usize> {
    let reader = model.reader.as_ref()?;
    let shown = in_view(model, reader);
    let visible = |block: usize| {
        let span = reader.page.blocks[block].span();
        span.start < shown.end && shown.start < span.end
    };
    match reader.chosen {
        Some(Chosen::Block(block)) if visible(block) => Some(block),
        _ => (0..reader.page.blocks.len())
            .find(|block| visible(*block) && reader.page.blocks[*block].title.is_some()),
    }
}

/// The lines in view.
pub(super) fn in_view(model: &Model, reader: &Reader) -> Range<usize> {
    reader.scroll..reader.scroll + usize::from(areas(model).text.height)
}

/// Chooses the next or the previous listing and shows it.
pub(super) fn step(model: &mut Model, by: isize) {
    let Some(reader) = &model.reader else { return };
    let shown = in_view(model, reader);
    let blocks = &reader.page.blocks;
    let titled = |block: &usize| blocks[*block].title.is_some();
    let from = match reader.chosen {
        Some(Chosen::Block(block)) if shown.contains(&blocks[block].span().start) => Some(block),
        _ => None,
    };
    let next = match (from, by > 0) {
        (Some(block), true) => (block + 1..blocks.len()).find(titled),
        (Some(block), false) => (0..block).rev().find(titled),
        (None, true) => {
            (0..blocks.len()).filter(titled).find(|block| blocks[*block].span().start >= shown.start)
        }
        (None, false) => {
            (0..blocks.len()).rev().filter(titled).find(|b| blocks[*b].span().start < shown.start)
        }
    };
    let Some(block) = next else {
        let which = if by > 0 { "no listing further down" } else { "no listing further up" };
        return model.note(NoticeLevel::Info, which);
    };
    show(model, block);
}

/// Chooses a code block and brings it into view, with a line above it.
pub(super) fn show(model: &mut Model, block: usize) {
    let Some(reader) = &model.reader else { return };
    let span = reader.page.blocks[block].span();
    let shown = in_view(model, reader);
    let fits = span.start >= shown.start && span.end <= shown.end;
    if !fits {
        travel::go_to_line(model, span.start.saturating_sub(2));
    }
    if let Some(reader) = &mut model.reader {
        reader.chosen = Some(Chosen::Block(block));
    }
}

/// Chooses the next or the previous link in view, or beyond it.
pub(super) fn step_link(model: &mut Model, by: isize) {
    let Some(reader) = &model.reader else { return };
    let shown = in_view(model, reader);
    let links = &reader.page.links;
    let from = match reader.chosen {
        Some(Chosen::Link(link)) if shown.contains(&links[link].line) => Some(link),
        _ => None,
    };
    let next = match (from, by > 0) {
        (Some(link), true) => link + 1,
        (Some(link), false) => link.wrapping_sub(1),
        (None, true) => links.partition_point(|link| link.line < shown.start),
        (None, false) => links.partition_point(|link| link.line < shown.end).wrapping_sub(1),
    };
    let Some(line) = links.get(next).map(|link| link.line) else {
        let which = if by > 0 { "no link further down" } else { "no link further up" };
        return model.note(NoticeLevel::Info, which);
    };
    travel::stray(model, from.is_none(), !shown.contains(&line));
    if !shown.contains(&line) {
        travel::go_to_line(model, line.saturating_sub(shown.len() / 3));
    }
    if let Some(reader) = &mut model.reader {
        reader.chosen = Some(Chosen::Link(next));
    }
}

/// Scrolls the code at hand sideways.
pub(super) fn sideways(model: &mut Model, right: bool) {
    if let Some(block) = listing_at_hand(model) {
        sideways_by(model, block, right);
    }
}

/// Scrolls a code block sideways, no further than its widest line needs.
pub(super) fn sideways_by(model: &mut Model, block: usize, right: bool) {
    let width = usize::from(areas(model).text.width);
    let Some(reader) = &mut model.reader else { return };
    let code = &reader.page.blocks[block];
    let most = (code.indent + code.width).saturating_sub(width);
    let at = reader.sideways.entry(block).or_default();
    *at = if right { (*at + SIDEWAYS).min(most) } else { at.saturating_sub(SIDEWAYS) };
}

/// Scrolls a line of code sideways so far that some columns of it are in view.
pub(super) fn reveal_columns(reader: &mut Reader, line: usize, columns: &Range<usize>, width: usize) {
    let Some(LineKind::Code { block, .. }) = reader.page.lines.get(line).map(|line| line.kind) else {
        return;
    };
    let indent = reader.page.blocks[block].indent;
    let at = reader.sideways.entry(block).or_default();
    if columns.end > *at + width || columns.start < *at + indent {
        *at = columns.end.saturating_sub(width);
    }
}

/// The listing at hand, if it can be run.
pub(super) fn runnable<'m>(model: &'m Model, reader: &Reader) -> Option<&'m Listing> {
    listing_of(model, reader, listing_at_hand(model)?).filter(|listing| listing.run)
}

/// Runs the listing at hand in the playground. No other one, or what is run would not be what is marked.
pub(super) fn run(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else { return Vec::new() };
    let Some(listing) = runnable(model, reader).cloned() else {
        let told = not_run(model, reader);
        model.note(NoticeLevel::Info, told);
        return Vec::new();
    };
    run_listing(model, &listing)
}

/// Why nothing is run, and which key leads to what can be.
fn not_run(model: &Model, reader: &Reader) -> String {
    let key =
        |command| keymap::key_for(Context::Reader, command).map_or(String::new(), |key| key.to_string());
    let name = |listing: Option<&Listing>| listing.and_then(|listing| listing.file.clone());
    let at_hand = listing_at_hand(model);
    let listing = at_hand.and_then(|block| listing_of(model, reader, block));
    let what = match (at_hand, listing) {
        _ if !reader.page.blocks.iter().any(|block| block.title.is_some()) => {
            return "this chapter has no listing".to_owned();
        }
        (None, _) => "no listing is in view".to_owned(),
        (Some(_), listing) => {
            let name = name(listing).unwrap_or_else(|| "the listing at hand".to_owned());
            format!("{name} is not a program of its own")
        }
    };
    if let Some((listing, command)) = program_beside(model, reader, at_hand) {
        let name = name(Some(listing)).unwrap_or_else(|| "one that is".to_owned());
        return format!("{what}; {} leads to {name}", key(command));
    }
    match listing {
        Some(listing) if listing.language == "rust" => {
            format!("{what}; {} opens it in the playground", key(Command::EditListing))
        }
        _ => what,
    }
}

/// The next listing that can be run, below the one at hand or else above it, and what leads there.
fn program_beside<'m>(
    model: &'m Model,
    reader: &Reader,
    at_hand: Option<usize>,
) -> Option<(&'m Listing, Command)> {
    let blocks = &reader.page.blocks;
    let first = at_hand
        .unwrap_or_else(|| blocks.partition_point(|block| block.span().start < in_view(model, reader).start));
    let runs = |block: usize| listing_of(model, reader, block).filter(|listing| listing.run);
    let below = (first..blocks.len()).find_map(runs).map(|listing| (listing, Command::NextListing));
    below.or_else(|| (0..first).rev().find_map(runs).map(|listing| (listing, Command::PreviousListing)))
}

/// Runs a listing in the playground.
pub(super) fn run_listing(model: &mut Model, listing: &Listing) -> Vec<Effect> {
    let mut effects = travel::leave(model);
    effects.extend(playground::run(model, listing));
    effects
}

/// Opens the listing at hand in the playground.
pub(super) fn edit(model: &mut Model) -> Vec<Effect> {
    let Some(reader) = &model.reader else { return Vec::new() };
    let listing = listing_at_hand(model).and_then(|block| listing_of(model, reader, block));
    let Some(listing) = listing.filter(|listing| listing.language == "rust").cloned() else {
        model.note(NoticeLevel::Info, "no Rust listing is in view");
        return Vec::new();
    };
    let mut effects = travel::leave(model);
    effects.extend(playground::open(model, Some(&listing)));
    effects
}

/// Copies the listing at hand as it is shown.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let block = listing_at_hand(model);
    let Some((reader, block)) = model.reader.as_ref().zip(block) else {
        model.note(NoticeLevel::Info, "no listing is in view");
        return Vec::new();
    };
    let code = &reader.page.blocks[block];
    let (text, lines) = (code.text(), code.shown.len());
    model.clip = Clip { text: text.clone(), lines: false };
    model.note(NoticeLevel::Info, format!("copied {lines} lines"));
    vec![Effect::CopyText(text)]
}
