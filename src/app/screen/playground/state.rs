//! The state of the playground.

use std::time::Duration;

use crate::app::drafts::Drafts;
use crate::app::editor::{Editor, Position, TabKey};
use crate::app::effect::{Effect, TextKey};
use crate::app::message::JobId;
use crate::app::saving::Saving;
use crate::app::screen::playground::layout::Layout;
use crate::app::screen::playground::output::{Output, rows};
use crate::pack::Listing;
use crate::progress::Scratch;

/// What the compiler calls the text.
pub const PATH: &str = "src/main.rs";

/// Of how many texts it is remembered what they were.
pub(super) const ORIGINS: usize = 64;

/// The program that stands in a playground in which nothing was typed yet.
const FIRST: &str = r#"// A program of your own: change it, run it, read what it prints.
use std::collections::BTreeMap;

fn main() {
    let mut counted: BTreeMap<char, usize> = BTreeMap::new();
    for letter in "design patterns".chars().filter(|c| c.is_alphabetic()) {
        *counted.entry(letter).or_default() += 1;
    }
    for (letter, times) in &counted {
        println!("{letter} {}", "*".repeat(*times));
    }
}
"#;

/// The state of the playground.
#[derive(Debug, Clone)]
pub struct Playground {
    /// The pack in whose sandbox programs are built.
    pub pack: String,
    /// The dependency set that programs are built with.
    pub set: String,
    /// The listing that the text came from.
    pub listing: Option<String>,
    /// That listing's code as it was opened, and the text whose place it took.
    pub(super) lent: Option<(String, String)>,
    /// What the playground held when it was left last.
    held: Scratch,
    /// What each text was that a listing took the place of, and each listing, so that undoing leads back to its name too.
    pub(super) origins: Vec<(String, Scratch)>,
    /// The text.
    pub editor: Editor,
    /// The part that listens.
    pub focus: Focus,
    /// What has the whole screen while it listens.
    enlarged: Option<Part>,
    /// What Tab does in the editor.
    pub(super) tab_key: TabKey,
    /// What stands beside or below the text.
    pub output: Output,
    /// The job that formats the text, and the revision it was given.
    pub(super) formatting: Option<(JobId, u64)>,
    /// How far the text is saved.
    pub saving: Saving,
    /// Whether the text that was kept is known.
    known: bool,
    /// Whether it is run as soon as it is known which text stands here.
    pub(super) run_when_read: bool,
}

/// What became of the text that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// It is what is shown, or lies behind what was typed meanwhile.
    Taken,
    /// It is the learner's own, and lies behind a listing that was opened meanwhile.
    Behind,
    /// It is the learner's copy of the listing that was opened, and is shown in its place.
    Copy,
}

/// The parts that share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The text.
    Text,
    /// What stands beside or below it.
    Output,
}

/// The parts that can listen to keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The editor: every printable key types.
    Editor,
    /// The output.
    Output,
    /// The field for a line of the program's input, with what was typed.
    Input(String),
}

impl Playground {
    /// A playground before the text that was kept is known.
    pub(super) fn new(pack: String, known: Scratch) -> Self {
        let editor = Editor::new(FIRST, true, "//");
        let output = Output::default();
        let focus = Focus::Editor;
        Self {
            pack,
            set: known.set.clone(),
            listing: known.listing.clone(),
            held: known,
            origins: Vec::new(),
            lent: None,
            editor,
            focus,
            enlarged: None,
            tab_key: TabKey::default(),
            output,
            formatting: None,
            saving: Saving::default(),
            known: false,
            run_when_read: false,
        }
    }

    /// What has the whole screen.
    pub fn enlarged(&self) -> Option<Part> {
        self.enlarged.filter(|part| *part == self.listening())
    }

    /// Gives what listens the whole screen, or takes it back.
    pub(super) fn enlarge(&mut self) {
        self.enlarged = if self.enlarged().is_some() { None } else { Some(self.listening()) };
    }

    /// Gives back the whole screen; says whether anything had it.
    pub(super) fn shrink(&mut self) -> bool {
        let had = self.enlarged().is_some();
        self.enlarged = self.enlarged.filter(|_| !had);
        had
    }

    fn listening(&self) -> Part {
        if self.focus == Focus::Editor { Part::Text } else { Part::Output }
    }

    /// Takes note of a change that may have been made.
    pub(super) fn touched(&mut self, now: Duration) {
        self.saving.touched(self.editor.buffer.revision(), now);
    }

    /// What the playground holds.
    pub(super) fn holds(&self) -> Scratch {
        Scratch { listing: self.listing.clone(), set: self.set.clone() }
    }

    /// Puts a listing's code in the place of the text, which can be undone.
    pub(super) fn lend(&mut self, listing: &Listing, now: Duration) {
        let text = self.editor.buffer.text().to_string();
        self.remember(text.clone(), self.holds());
        // Of several listings one after another, each unchanged, the first took the place of what comes back.
        let before = self.lent.take().filter(|(code, _)| *code == text).map_or(text, |(_, before)| before);
        self.lent = Some((listing.code.clone(), before));
        // What was printed and said is of another text.
        if self.output.program.job().is_none() {
            self.output = Output::default();
        }
        self.set.clone_from(&listing.set);
        self.listing = Some(listing.id.clone());
        self.remember(listing.code.clone(), self.holds());
        self.put(&listing.code, now);
    }

    /// Remembers what a text is called; of very many the oldest is forgotten.
    fn remember(&mut self, text: String, holds: Scratch) {
        self.origins.retain(|(known, _)| *known != text);
        let most = self.origins.len().min(ORIGINS - 1);
        self.origins.drain(..self.origins.len() - most);
        self.origins.push((text, holds));
    }

    /// Calls the text what it was called before, where undoing or redoing has led back to it.
    pub(super) fn name(&mut self) {
        let text = self.editor.buffer.text();
        let Some((_, holds)) = self.origins.iter().rev().find(|(known, _)| text.is(known)) else { return };
        // The crates may have been chosen anew for it since.
        if holds.listing != self.listing {
            (self.listing, self.set) = (holds.listing.clone(), holds.set.clone());
        }
    }

    /// Takes a version that was kept, as a change that can be undone. What it is called is known only of what was opened since the app
    /// started: taken for a listing's changed copy, one's own program would stand where that listing is run.
    pub(super) fn bring_back(&mut self, text: &str, now: Duration) {
        self.remember(self.editor.buffer.text().to_string(), self.holds());
        self.put(text, now);
        self.listing = None;
        self.name();
        self.remember(text.to_owned(), self.holds());
    }

    /// Puts the learner's own text back where a listing took its place and stands there unchanged; says whether it did.
    pub(super) fn take_back(&mut self, now: Duration) -> bool {
        let idle = self.output.program.job().is_none();
        let lent = self.lent.as_ref().filter(|(code, _)| idle && self.editor.buffer.text().is(code));
        let Some(before) = lent.map(|(_, before)| before.clone()).filter(|before| self.is_own(before)) else {
            return false;
        };
        self.lent = None;
        self.output = Output::default();
        self.put(&before, now);
        self.name();
        true
    }

    /// Puts a text in the place of this one, which can be undone.
    fn put(&mut self, text: &str, now: Duration) {
        self.editor.buffer.set_now(now);
        self.editor.buffer.set_text(text);
        self.editor.buffer.place(Position::default());
        self.editor.view.follow(&self.editor.buffer);
        self.touched(now);
    }

    /// Whether what stands here is still this listing, changed by the learner.
    pub(super) fn holds_changed(&self, listing: &Listing) -> bool {
        let text = self.editor.buffer.text().to_string();
        let Some((code, before)) = &self.lent else {
            let same = self.known && self.listing.as_ref() == Some(&listing.id);
            return same && self.is_own(&text) && text != listing.code;
        };
        self.listing.as_ref() == Some(&listing.id) && *code == listing.code && text != *before
    }

    /// Whether another text may take the place of this one as soon as it is read: the one that was kept, or the learner's copy of the
    /// listing that was opened.
    pub(super) fn may_give_way(&self) -> bool {
        !self.known && (self.lent.is_none() || self.held.listing == self.listing)
    }

    /// Whether the text is the learner's own: neither the first program nor a listing as it was opened.
    pub(super) fn is_own(&self, text: &str) -> bool {
        let as_opened = self.lent.as_ref().is_some_and(|(code, _)| code.trim_end() == text.trim_end());
        !as_opened && text != FIRST && !text.trim().is_empty()
    }

    /// Takes the text that was kept, and over it a draft of it that could not be; says whether it is the learner's own and
    /// a listing stands in its place. Where it is a changed copy of that listing, it stands itself. What was typed or opened meanwhile
    /// stays, and undoing it leads to what was kept.
    pub(super) fn read(
        &mut self,
        text: Option<String>,
        draft: Option<(String, Saving)>,
        now: Duration,
    ) -> Read {
        if std::mem::replace(&mut self.known, true) {
            return Read::Taken;
        }
        let held = self.held.clone();
        let unsaved = self.saving.is_changed();
        let (text, saving) = match draft {
            Some((text, saving)) => (Some(text), Some(saving)),
            None => (text, None),
        };
        let Some(text) = text else { return Read::Taken };
        let own = self.lent.is_some() && self.is_own(&text);
        let is_copy = own && held.listing.is_some() && held.listing == self.listing;
        if is_copy && saving.is_none() && self.focus == Focus::Editor {
            return self.stand(&text);
        }
        if let Some((_, before)) = &mut self.lent {
            before.clone_from(&text);
        }
        self.remember(text.clone(), held);
        let shown = std::mem::replace(&mut self.editor, Editor::new(&text, true, "//")).buffer;
        if shown.revision() > 0 {
            self.editor.buffer.set_text(&shown.text().to_string());
            self.editor.buffer.place(shown.cursor());
        }
        let differs = unsaved || saving.is_some();
        self.saving = saving.unwrap_or(self.saving);
        if differs {
            self.saving.differs(self.editor.buffer.revision(), now);
        } else {
            self.saving.as_read(self.editor.buffer.revision());
        }
        if own { Read::Behind } else { Read::Taken }
    }

    /// Shows the learner's copy of the listing that was just opened, unless that was changed already.
    fn stand(&mut self, text: &str) -> Read {
        let Some((code, before)) = &mut self.lent else { return Read::Taken };
        if !self.editor.buffer.text().is(code) {
            text.clone_into(before);
            return Read::Behind;
        }
        before.clone_from(code);
        self.editor = Editor::new(text, true, "//");
        self.saving.as_read(self.editor.buffer.revision());
        Read::Copy
    }

    /// Hands the text over to be kept, if it has changed.
    pub(in crate::app) fn save(&mut self) -> Option<Effect> {
        let version = self.saving.hand_over()?;
        Some(Effect::Save { key: self.key(), text: self.editor.buffer.text().to_string(), version })
    }

    /// What the text is called among all that are kept.
    pub(super) fn key(&self) -> TextKey {
        TextKey::Playground { pack: self.pack.clone() }
    }

    /// Closes the editor; a text that is not known to be written is kept.
    pub(super) fn close(self, drafts: &mut Drafts) {
        drafts.keep(self.key(), self.editor.buffer.text().to_string(), self.saving);
    }

    /// Fits what is in view to the panels as they stand on a screen of this size.
    pub(super) fn settle(&mut self, size: (u16, u16)) {
        if self.focus != Focus::Editor {
            self.editor.prompt = None;
        }
        let layout = Layout::of(size, self);
        self.editor.fit(layout.editor);
        let lines = rows(&self.output);
        let height =
            if self.output.lists_problems() { layout.problems(self).height } else { layout.panel.height };
        self.output.settle(usize::from(height), lines);
    }
}
