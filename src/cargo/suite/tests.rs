//! Tests of what a run of one test is taken for, on recorded and on forged output.

use super::*;

const PASSED: &str = "\nrunning 1 test\ntest t ... hi\nok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 12 filtered \
                      out; finished in 0.01s\n\n";
const FAILED: &str = "\nrunning 1 test\ntest t ... before\nFAILED\n\nfailures:\n\nfailures:\n    t\n\ntest result: FAILED. 0 passed; 1 \
                      failed; 0 ignored; 0 measured; 12 filtered out; finished in 0.00s\n\n";
const MISSING: &str = "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 13 filtered out; finished in \
                       0.00s\n\n";

fn log_of(stdout: &str, stderr: &str) -> TestLog {
    let mut log = TestLog::new("t", 4096);
    log.take(&ProcessEvent::Stderr(stderr.into()));
    log.take(&ProcessEvent::Stdout(stdout.into()));
    log
}

fn testimony(stdout: &str, code: i32, record: Option<&str>) -> Testimony {
    let record = record.map_or(Record::NotKept, |text| Record::Text(text.to_owned()));
    log_of(stdout, REMARK).testimony(Ending::Code(code), &record)
}

#[test]
fn code_summary_and_record_must_agree() {
    let died = |code| Testimony::Died(Ending::Code(code));
    let table = [
        (PASSED, 0, Some("ok t\n"), Testimony::Passed),
        (FAILED, 101, Some("failed t\n"), Testimony::Failed(None)),
        (FAILED, 101, Some("failed: did not panic t\n"), Testimony::Failed(Some("did not panic".into()))),
        ("", 0, Some("ignored: why t\n"), Testimony::Ignored),
        (MISSING, 0, Some(""), Testimony::Missing),
        (PASSED, 0, Some(""), died(0)),
        (PASSED, 0, Some("ok other\n"), died(0)),
        ("", 0, Some(""), died(0)),
        ("", 101, Some(""), died(101)),
        (PASSED, 101, Some("ok t\n"), Testimony::Contradiction),
        (FAILED, 0, Some("failed t\n"), Testimony::Contradiction),
        ("", 0, Some("ok t\n"), Testimony::Contradiction),
    ];
    for (stdout, code, record, expected) in table {
        assert_eq!(testimony(stdout, code, record), expected, "{code} {record:?} {stdout}");
    }
}

#[test]
fn a_harness_without_a_record_is_believed_by_its_last_line() {
    assert_eq!(testimony(PASSED, 0, None), Testimony::Passed);
    assert_eq!(testimony(FAILED, 101, None), Testimony::Failed(None));
    assert_eq!(testimony(&format!("{PASSED}more\n"), 0, None), Testimony::Died(Ending::Code(0)));
}

#[test]
fn the_end_of_the_process_outweighs_what_it_printed() {
    let log = log_of(PASSED, "");
    for (ending, expected) in [
        (Ending::Signal(6), Testimony::Died(Ending::Signal(6))),
        (Ending::DeadlinePassed, Testimony::TimedOut),
        (Ending::Stopped, Testimony::Stopped),
    ] {
        assert_eq!(log.testimony(ending, &Record::Text("ok t\n".into())), expected);
    }
}

#[test]
fn what_could_not_run_is_told_apart() {
    let not_started =
        log_of("", "cannot start: /x: no such file\n").testimony(Ending::Code(126), &Record::NotBegun);
    assert_eq!(not_started, Testimony::NotStarted("/x: no such file".into()));
    let no_record =
        log_of("", "error: Unrecognized option: 'logfile'\n").testimony(Ending::Code(101), &Record::NotBegun);
    assert_eq!(no_record, Testimony::NoRecord);
    let full = log_of("", "error: io error: no space\n")
        .testimony(Ending::Code(101), &Record::Unwritable("no space".into()));
    assert_eq!(full, Testimony::NotStarted("no space".into()));
}

#[test]
fn code_that_ran_cannot_pretend_that_it_did_not() {
    let ended = |stderr: &str, code| {
        log_of(PASSED, stderr).testimony(Ending::Code(code), &Record::Text(String::new()))
    };
    let died = |code| Testimony::Died(Ending::Code(code));
    assert_eq!(ended("error: Unrecognized option: 'logfile'\n", 0), died(0));
    assert_eq!(ended("cannot start: no reason\n", 126), died(126));
    let unrecorded =
        log_of("", "Unrecognized option: 'logfile'").testimony(Ending::Code(0), &Record::NotKept);
    assert_eq!(unrecorded, died(0), "it was not given the option");
    for (stderr, code) in
        [("Unrecognized option: 'logfile'", 0), ("error: io error: no space\n", 101), ("", 0)]
    {
        let before_main = log_of(PASSED, stderr).testimony(Ending::Code(code), &Record::NotBegun);
        assert_eq!(before_main, died(code), "{stderr}");
    }
}

#[test]
fn the_harness_own_lines_are_taken_out() {
    assert_eq!(log_of(PASSED, REMARK).output(), "hi");
    assert_eq!(log_of(FAILED, &format!("{REMARK}panic\n")).output(), "panic\nbefore");
    let mut swapped = log_of(FAILED, REMARK);
    swapped.take(&ProcessEvent::Stderr("late\n".into()));
    assert_eq!(swapped.output(), "before\n\n\nlate");
    assert_eq!(log_of("half a li", "").output(), "half a li");
}

#[test]
fn a_listing_names_tests_only() {
    assert_eq!(read_list("a::b: test\nslow: benchmark\nnoise\nc: test\n"), ["a::b", "c"]);
}
