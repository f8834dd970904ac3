//! The bottom line: what can be done now and on which key, and what is being done, as values for drawing and the mouse.

use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use crate::app::command::Command;
use crate::app::drafts;
use crate::app::key::Key;
use crate::app::keymap::{self, Context};
use crate::app::message::Notice;
use crate::app::model::Model;
use crate::app::update;

/// Something that can be done now; a screen lists its own, the primary one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// What is asked for.
    pub command: Command,
    /// What the bar calls it.
    pub title: &'static str,
}

impl Hint {
    /// A command under its own title.
    pub const fn of(command: Command) -> Self {
        Self { command, title: command.title() }
    }

    /// A command under the title that it has here.
    pub const fn named(command: Command, title: &'static str) -> Self {
        Self { command, title }
    }
}

/// What is being done in the background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// In a few words.
    pub what: String,
    /// How many are done and out of how many, where both are known.
    pub share: Option<(u32, u32)>,
    /// When it began.
    pub since: Duration,
}

/// A hint where it stands in the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The hint.
    pub hint: Hint,
    /// Its key.
    pub key: Key,
    /// The first column.
    pub x: u16,
    /// How many columns key and title take.
    pub width: u16,
}

/// What is being done as it stands at the right end of the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doing {
    /// What, and how many of it are done.
    pub what: String,
    /// How much of it is done, where there is room for a bar of [`SHARE`] columns and one more.
    pub share: Option<(u32, u32)>,
    /// For how long.
    pub clock: String,
    /// How many columns all of it takes.
    pub width: u16,
}

/// Between two hints.
const GAP: u16 = 3;

/// How wide the bar of an activity's share is.
pub const SHARE: u16 = 10;

/// From so many columns on there is room for it.
const SHARED: u16 = 100;

/// The least room that is left for hints.
const HINTS: u16 = 12;

/// What is being done, in a bar of this width; nothing where there is no room for it, or where a message takes it. Before it takes a
/// hint's room, less is told.
pub fn doing(model: &Model, width: u16) -> Option<Doing> {
    let activity = update::activity(model)?;
    let forms = [Form::Whole, Form::Short, Form::Least].map(|form| form.of(&activity, model.now));
    // That something typed is not on the disk stays in sight; all else is told again after a message, which stands for a moment.
    if let Some(notice) = model.notice.as_ref().filter(|_| drafts::activity(model).is_none()) {
        let beside =
            |doing: &Doing| length(notice) + usize::from(MARK + doing.width + 1) <= usize::from(width);
        return forms.into_iter().skip(usize::from(width < SHARED)).find(beside);
    }
    let hints = fitting(model, width).len();
    let spares =
        |doing: &Doing| doing.width < width && fitting(model, width - doing.width - 1).len() == hints;
    let fits = |doing: &Doing| doing.width + HINTS <= width;
    let [whole, short, least] = forms;
    let chosen = [Some(whole).filter(|_| width >= SHARED), Some(short)].into_iter().flatten().find(spares);
    Some(chosen.unwrap_or(least)).filter(fits)
}

/// How much is told of what is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// What for, what, how many of how many, as a bar too, and for how long.
    Whole,
    /// What, how many of how many, and for how long.
    Short,
    /// What, in a word where it has a count, and how many of how many.
    Least,
}

impl Form {
    fn of(self, activity: &Activity, now: Duration) -> Doing {
        let (_, what) = activity.what.split_once(": ").unwrap_or(("", &activity.what));
        let told = match self {
            Self::Whole => &activity.what,
            // What it is done for is known from before; a count that begins anew is not understood without a word.
            Self::Least if activity.share.is_some() => what.split(' ').next().unwrap_or(what),
            Self::Short | Self::Least => what,
        };
        let counted = |(done, total)| format!(" {done}/{total}");
        let what = format!("{told}{} ", activity.share.map(counted).unwrap_or_default());
        let seconds = now.saturating_sub(activity.since).as_secs();
        let clock = format!("{}:{:02} ", seconds / 60, seconds % 60);
        let clock = if self == Self::Least { String::new() } else { clock };
        let share = activity.share.filter(|_| self == Self::Whole);
        let width = (what.width() + clock.width()) as u16 + share.map_or(0, |_| SHARE + 1);
        Doing { what, share, clock, width }
    }
}

/// A notice as it stands in the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub text: String,
    /// Causes and advice, as many as fit.
    pub details: String,
    /// How many columns both may take.
    pub room: u16,
    /// Whether there is more than fits: then [`MORE`] stands behind them, under its key.
    pub cut: bool,
}

/// What the key is called that shows a notice in full.
pub const MORE: &str = "more";

/// How many columns a notice's mark takes, with the white space around it.
pub const MARK: u16 = 3;

/// A notice in a bar of this width.
pub fn told(notice: &Notice, model: &Model, width: u16) -> Told {
    let room = width.saturating_sub(MARK + doing(model, width).map_or(1, |doing| doing.width + 1));
    let details = notice.details.iter().fold(String::new(), |all, detail| all + "  " + detail);
    let cut = length(notice) > usize::from(room);
    let key = keymap::key_for(Context::Anywhere, Command::Message).map_or(0, |key| key.to_string().width());
    let room = if cut { room.saturating_sub((key + MORE.len() + 3) as u16) } else { room };
    Told { text: notice.text.clone(), details, room, cut }
}

/// How many columns a notice takes in full.
fn length(notice: &Notice) -> usize {
    notice.text.width() + notice.details.iter().map(|detail| detail.width() + 2).sum::<usize>()
}

/// The hints that fit left of what is being done, with one column before the first.
pub fn place(model: &Model, width: u16) -> Vec<Placed> {
    fitting(model, width - doing(model, width).map_or(0, |doing| doing.width + 1))
}

/// The hints that fit in a bar of this width: as many as there is room for from the first on, and the help, from which all others
/// can be learnt.
fn fitting(model: &Model, width: u16) -> Vec<Placed> {
    let context = if model.overlay.is_some() { Context::Anywhere } else { update::context(model) };
    let hints = update::hints(model).into_iter();
    let hints: Vec<_> =
        hints.filter_map(|hint| Some((hint, keymap::key_for(context, hint.command)?))).collect();
    let wide = |(hint, key): &(Hint, Key)| (key.to_string().width() + 1 + hint.title.width()) as u16;
    let help = hints.iter().position(|(hint, _)| hint.command == Command::Help);
    let mut placed = Vec::new();
    let mut x = 1;
    let mut full = false;
    for (at, one) in hints.iter().enumerate() {
        let kept = help.filter(|help| at > 0 && at < *help).map_or(0, |help| GAP + wide(&hints[help]));
        full |= x + wide(one) + kept + 1 > width && help != Some(at);
        if (full && help != Some(at)) || x + wide(one) + 1 > width {
            continue;
        }
        placed.push(Placed { hint: one.0, key: one.1, x, width: wide(one) });
        x += wide(one) + GAP;
    }
    placed
}
