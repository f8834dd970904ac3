//! Where the reader's parts stand.

use crate::app::area::{Area, Frame};
use crate::app::model::Model;
use crate::pack::{Exercise, Pack};
use crate::text::width::width;

/// Where the parts stand on this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The table of contents; it takes the text's place where `tabs` is set.
    pub contents: Area,
    /// The text: code may take all of it.
    pub text: Area,
    /// The columns of it that prose takes.
    pub measure: u16,
    /// The scrollbar.
    pub track: Area,
    /// The line in which one types what to find; empty while nothing is looked for.
    pub search: Area,
    /// Whether contents and text are shown in turn.
    pub tabs: bool,
}

/// From this width on the contents stand beside the text.
const BESIDE: u16 = 100;
/// The widest column of prose.
const MEASURE: u16 = 80;
/// The columns that the text has with its margins and its scrollbar before the contents get more than they need.
const BODY: u16 = MEASURE + 6;
/// From this height on there is white space below the header.
const AIRY: u16 = 30;

/// Where the parts stand.
pub fn areas(model: &Model) -> Areas {
    let body = Frame::of(model.size).body;
    let body = if model.size.1 >= AIRY { body.split_top(1).1 } else { body };
    let tabs = model.size.0 < BESIDE;
    let (contents, rest) =
        if tabs { (body, body) } else { body.split_left(model.size.0.saturating_sub(BODY).clamp(26, 36)) };
    let searching = model.reader.as_ref().is_some_and(|reader| reader.search.is_some());
    let (rest, search) = rest.split_bottom(u16::from(searching));
    let (rest, track) = rest.split_right(1);
    // What is left over at the right of the prose moves it towards the middle, but not far from its contents.
    let left = 2 + rest.width.saturating_sub(MEASURE + 4).min(40) / 4;
    let text = rest.split_left(left).1.split_right(1).0;
    Areas { contents, text, measure: text.width.min(MEASURE), track, search, tabs }
}

/// The most that a card says beside its title, the minutes and the difficulty.
const AROUND: &str = "┃ Exercise      min ·  · ○ not started   Enter opens";

/// How many lines an exercise's card takes: two where its title would be cut in one, or that of another one of its section, for
/// they stand below each other.
pub fn card_height(pack: &Pack, measure: u16, exercise: &Exercise) -> usize {
    let of_section = pack.exercises.iter().filter(|other| other.section == exercise.section);
    of_section.map(|exercise| height_alone(measure, exercise)).max().unwrap_or(1)
}

fn height_alone(measure: u16, exercise: &Exercise) -> usize {
    let own = [exercise.title.as_str(), &exercise.minutes.to_string(), exercise.difficulty.name()];
    let said: usize = own.iter().map(|text| width(text)).sum();
    if width(AROUND) + said > usize::from(measure) { 2 } else { 1 }
}

/// The columns of the mark that runs a listing, at the right end of its title line.
pub fn run_mark(areas: &Areas) -> std::ops::Range<u16> {
    let end = areas.text.x + areas.measure;
    end.saturating_sub(RUN_MARK)..end
}

/// As wide as "▶ run  r".
const RUN_MARK: u16 = 8;
