//! Test binaries of libtest: list their tests, run one, believe what the harness says and nothing else.
//!
//! The learner's code runs in the same process as the harness and can write to the same standard output, so a summary
//! there proves nothing: `println!("test result: ok. 1 passed; …")` and `exit(0)` look the same. Three things must agree for
//! a pass: the exit code, the summary, and the *record*, a file that the harness itself writes (`--logfile`) when a test has
//! ended. The record's name cannot be foreseen, so code that does not look for it cannot forge it.
//!
//! What remains: code that reads its own command line and writes the record itself, or patches the harness in memory. No
//! arrangement within one process can exclude that; whoever writes it knows that it is no answer.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::cargo::output::Output;
use crate::cargo::process::{Ending, ProcessEvent};

/// How much of each stream is kept to read the panic and the summary from.
const KEPT: usize = 64 * 1024;

/// What the harness says of the option that makes it keep the record.
const REMARK: &str = "warning: `--logfile` is deprecated";

/// A call of a test binary.
#[derive(Debug, Clone, Copy)]
pub struct TestCall<'a> {
    /// The binary.
    pub executable: &'a Path,
    /// What it is to do.
    pub task: TestTask<'a>,
    /// Whether a panic shows a backtrace.
    pub backtrace: bool,
    /// Where it finds its temporary directory and its home. No two that run at a time share it: in a namespace each has the same
    /// number, by which many name their files.
    pub tmp: &'a Path,
}

/// What a test binary is to do.
#[derive(Debug, Clone, Copy)]
pub enum TestTask<'a> {
    /// List its tests.
    List,
    /// Run all of them in one process, those that are marked `#[ignore]` as well.
    All {
        /// Where the harness is to write its record; `None` for a harness that keeps none.
        record: Option<&'a Path>,
    },
    /// Run one test.
    Run {
        /// Its name.
        name: &'a str,
        /// Where the harness is to write its record; `None` for a harness that keeps none.
        record: Option<&'a Path>,
    },
}

impl TestCall<'_> {
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let (words, record): (&[&str], _) = match &self.task {
            TestTask::List => (&["--list", "--format", "terse"], None),
            TestTask::All { record } => (&["--include-ignored", "--color=never"], *record),
            TestTask::Run { name, record } => {
                (&["--exact", name, "--nocapture", "--test-threads=1", "--color=never"], *record)
            }
        };
        let record = record.into_iter().flat_map(|record| ["--logfile".as_ref(), record.as_os_str()]);
        words.iter().map(OsString::from).chain(record.map(OsStr::to_owned)).collect()
    }
}

/// The tests that a listing names.
pub fn read_list(listing: &str) -> Vec<String> {
    listing.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}

/// What the harness recorded in the file that it was told to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// It was not told to keep one.
    NotKept,
    /// There is no file, though it could be made: the process ended before the harness came so far.
    NotBegun,
    /// There is no file, and none can be made, for this reason.
    Unwritable(String),
    /// This.
    Text(String),
}

/// What a run of one test turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Testimony {
    /// The harness ran it and it passed.
    Passed,
    /// The harness ran it and it failed; what the harness said of it, where that is more than "failed".
    Failed(Option<String>),
    /// It is marked `#[ignore]`.
    Ignored,
    /// The binary has no such test.
    Missing,
    /// The process ended before the test did.
    Died(Ending),
    /// It ran past its deadline.
    TimedOut,
    /// It was stopped.
    Stopped,
    /// Its process could not be started.
    NotStarted(String),
    /// The process said that the harness does not know the option of the record; whether that is true, it cannot tell.
    NoRecord,
    /// Exit code, summary and record do not agree.
    Contradiction,
}

/// Everything that one run of one test printed.
#[derive(Debug, Clone)]
pub struct TestLog {
    name: String,
    both: Output,
    stdout: Output,
    stderr: Output,
}

impl TestLog {
    /// The log of a test; of what it prints, `kept` bytes are kept to show.
    pub fn new(name: &str, kept: usize) -> Self {
        Self {
            name: name.to_owned(),
            // The harness's own lines are taken out again and must not cost the person's.
            both: Output::new(kept + 1024 + 2 * name.len()),
            stdout: Output::new(KEPT),
            stderr: Output::new(KEPT),
        }
    }

    /// Takes what the process wrote next.
    pub fn take(&mut self, event: &ProcessEvent) {
        match event {
            ProcessEvent::Stdout(bytes) => {
                self.stdout.push(bytes);
                self.both.push(bytes);
            }
            ProcessEvent::Stderr(bytes) => {
                self.stderr.push(bytes);
                self.both.push(bytes);
            }
            ProcessEvent::Ended(_) => {}
        }
    }

    /// What the run turned out to be, given the harness's record.
    pub fn testimony(&self, ending: Ending, record: &Record) -> Testimony {
        let stdout = self.stdout.text();
        // Only this part of the summary is written in one go; a thread of the learner's may print between the others.
        let says = |counts: &str| stdout.contains(counts);
        match ending {
            Ending::DeadlinePassed => Testimony::TimedOut,
            Ending::Stopped => Testimony::Stopped,
            Ending::Signal(_) => Testimony::Died(ending),
            Ending::Code(code) => match (code, self.recorded(record)) {
                (0, Some(Recorded::Ok)) if says(". 1 passed; 0 failed;") => Testimony::Passed,
                (101, Some(Recorded::Failed(why))) if says(". 0 passed; 1 failed;") => Testimony::Failed(why),
                (0, Some(Recorded::Ignored)) => Testimony::Ignored,
                (_, Some(_)) => Testimony::Contradiction,
                (_, None) => self.unrecorded(code, &stdout, record),
            },
        }
    }

    fn unrecorded(&self, code: i32, stdout: &str, record: &Record) -> Testimony {
        match hindrance(code, &self.stderr(), record) {
            Some(Hindrance::NotStarted(why)) => return Testimony::NotStarted(why),
            Some(Hindrance::NoRecord) => return Testimony::NoRecord,
            None => {}
        }
        if code == 0 && stdout.starts_with("\nrunning 0 tests\n") {
            return Testimony::Missing;
        }
        // A harness that keeps no record has to be believed, if its summary is the very last thing that was printed.
        let believed = *record == Record::NotKept;
        let last = stdout.trim_end().rsplit('\n').next().unwrap_or_default();
        match code {
            0 if believed && last.starts_with("test result: ok. 1 passed; 0 failed;") => Testimony::Passed,
            0 if believed && last.starts_with("test result: ok. 0 passed; 0 failed; 1 ignored;") => {
                Testimony::Ignored
            }
            101 if believed && last.starts_with("test result: FAILED. 0 passed; 1 failed;") => {
                Testimony::Failed(None)
            }
            _ => Testimony::Died(Ending::Code(code)),
        }
    }

    /// `ok NAME`, `failed NAME`, `failed: WHY NAME`, `ignored NAME`, `ignored: WHY NAME`.
    fn recorded(&self, record: &Record) -> Option<Recorded> {
        let Record::Text(text) = record else { return None };
        let result = text.trim_end().strip_suffix(&self.name)?.strip_suffix(' ')?;
        match result.split_once(": ").map_or((result, None), |(result, why)| (result, Some(why))) {
            ("ok", None) => Some(Recorded::Ok),
            ("failed", why) => Some(Recorded::Failed(why.map(str::to_owned))),
            ("ignored", _) => Some(Recorded::Ignored),
            _ => None,
        }
    }

    /// What the person's code and its panics printed, both streams as they came, without the harness's own lines.
    pub fn output(&self) -> String {
        without_harness(&self.both.text(), &self.name)
    }

    /// What the person's code printed to standard error.
    pub fn stderr(&self) -> String {
        without_remark(&self.stderr.text())
    }

    /// How many bytes of the output were dropped.
    pub fn dropped(&self) -> u64 {
        self.both.dropped()
    }
}

/// Why the harness ran nothing.
pub(super) enum Hindrance {
    NotStarted(String),
    NoRecord,
}

/// Why the harness ran nothing, if it did not come so far. Where it has begun a record it ran something, and whatever the output
/// says of that, the code under judgement can have written.
pub(super) fn hindrance(code: i32, stderr: &str, record: &Record) -> Option<Hindrance> {
    let begun = matches!(record, Record::Text(_));
    if code == i32::from(crate::confine::CANNOT_START)
        && !begun
        && let Some(why) = stderr.strip_prefix("cannot start: ")
    {
        return Some(Hindrance::NotStarted(why.trim_end().to_owned()));
    }
    match record {
        Record::Unwritable(why) => Some(Hindrance::NotStarted(why.clone())),
        Record::NotBegun if code == NO_RECORD_CODE && knows_no_record(stderr) => Some(Hindrance::NoRecord),
        _ => None,
    }
}

/// Whether a binary says, with the exit code [`NO_RECORD_CODE`], that its harness does not know the option of the record.
pub fn knows_no_record(stderr: &str) -> bool {
    stderr.contains("Unrecognized option: 'logfile'")
}

/// What libtest ends with where it does not know an option.
pub const NO_RECORD_CODE: i32 = 101;

/// What was printed without what the harness says of an option that it was given.
pub(super) fn without_remark(stderr: &str) -> String {
    stderr.replacen(REMARK, "", 1)
}

enum Recorded {
    Ok,
    Failed(Option<String>),
    Ignored,
}

fn without_harness(text: &str, name: &str) -> String {
    let mut text = text.replacen(REMARK, "", 1).replacen("\nrunning 1 test\n", "", 1);
    for head in [format!("test {name} ... "), format!("test {name} - should panic ... ")] {
        text = text.replacen(&head, "", 1);
    }
    if let Some(summary) = text.rfind("\ntest result: ") {
        let end = text[summary + 1..].find('\n').map_or(text.len(), |end| summary + 1 + end);
        let before = &text[..summary];
        let start = match before.rfind("FAILED\n\nfailures:\n") {
            Some(failures) if text[summary..].starts_with("\ntest result: FAILED") => failures,
            _ => before.trim_end_matches('\n').strip_suffix("ok").map_or(summary, str::len),
        };
        text = format!("{}{}", &text[..start], &text[end..]);
    }
    text.trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests;
