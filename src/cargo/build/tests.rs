//! Tests of the fold over a build, on recorded output.

use super::*;

const RECORDED: &str = include_str!("recorded.jsonl");

fn log_of(stdout: &str, stderr: &str) -> (BuildLog, Vec<BuildFact>) {
    let mut log = BuildLog::new("ex");
    let mut facts = Vec::new();
    // Chunks end where they will.
    for chunk in stdout.as_bytes().chunks(777) {
        facts.extend(log.take(&ProcessEvent::Stdout(chunk.to_vec())));
    }
    facts.extend(log.take(&ProcessEvent::Stderr(stderr.into())));
    (log, facts)
}

#[test]
fn recorded_errors_become_diagnostics() {
    let (log, facts) = log_of(RECORDED, "   Compiling ex v0.0.0 (/w/ex)\nerror: could not compile `ex`\n");
    let found: Vec<_> = log
        .diagnostics
        .iter()
        .map(|it| (it.level, it.code.as_deref().unwrap(), it.spans[0].line_start))
        .collect();
    assert_eq!(
        found,
        [
            (Level::Warning, "unused_imports", 1),
            (Level::Error, "E0308", 2),
            (Level::Error, "E0308", 4),
            (Level::Error, "E0433", 4)
        ]
    );
    assert_eq!(log.diagnostics[1].explanation.as_deref(), Some("Long.\n"));
    assert!(log.refused());
    assert_eq!(log.trouble(), None);
    assert_eq!(facts.iter().filter(|fact| matches!(fact, BuildFact::Diagnosed(_))).count(), 4);
    assert_eq!(facts.last(), Some(&BuildFact::Compiling("ex".into())));
}

#[test]
fn paths_are_the_crates_own() {
    let (log, _) = log_of(RECORDED, "");
    assert!(log.diagnostics.iter().flat_map(|it| &it.spans).all(|span| span.file == "src/lib.rs"));
    assert!(
        log.diagnostics
            .iter()
            .all(|it| it.rendered.contains("src/lib.rs:") && !it.rendered.contains("ex/src"))
    );
}

#[test]
fn fixes_carry_their_places_and_how_sure_the_compiler_is() {
    let (log, _) = log_of(RECORDED, "");
    let unused = &log.diagnostics[0].suggestions[0];
    assert!(unused.machine_applicable);
    assert_eq!(
        (unused.edits[0].0.line_start, unused.edits[0].0.line_end, unused.edits[0].1.as_str()),
        (1, 2, "")
    );
    let conversion = &log.diagnostics[1].suggestions[0];
    assert!(!conversion.machine_applicable);
    assert_eq!(conversion.edits[0].1, ".to_string()");
}

#[test]
fn the_same_message_from_two_targets_counts_once() {
    let (log, _) = log_of(&format!("{RECORDED}{RECORDED}"), "");
    assert_eq!(log.diagnostics.len(), 4);
}

#[test]
fn executables_come_from_the_packages_own_artifacts() {
    let artifact = |id: &str, kind: &str, executable: &str| {
        format!(
            r#"{{"reason":"compiler-artifact","package_id":"{id}","target":{{"name":"t","kind":["{kind}"]}},"executable":{executable}}}"#
        )
    };
    let stdout = [
        "a build script says something".to_owned(),
        artifact("registry+x#dep@1.0.0", "custom-build", "\"/t/build-script\""),
        artifact("registry+x#dep@1.0.0", "lib", "null"),
        artifact("path+file:///w/ex#0.0.0", "lib", "null"),
        artifact("path+file:///w/ex#0.0.0", "test", "\"/t/ex-1\""),
        String::new(),
    ]
    .join("\n");
    let (log, facts) = log_of(&stdout, "    Blocking waiting for file lock on build directory\n");
    assert_eq!(log.executables, [("t".to_owned(), PathBuf::from("/t/ex-1"))]);
    assert_eq!(facts, [BuildFact::Done(1), BuildFact::Done(2), BuildFact::LockAwaited]);
}

#[test]
fn only_packages_count_as_downloaded() {
    let said = "  Downloaded itoa v1.0.15\n  Downloaded tiny v0.1.0 (registry `own`)\n  Downloaded 2 crates (19.2KiB) in 0.21s\n";
    let (_, facts) = log_of("", said);
    assert_eq!(facts, [BuildFact::Downloaded, BuildFact::Downloaded]);
}

#[test]
fn an_error_in_a_dependency_is_foreign() {
    let message = |level: &str| {
        format!(
            r#"{{"reason":"compiler-message","package_id":"registry+x#dep@1.0.0","message":{{"message":"m","code":null,"level":"{level}","spans":[],"children":[],"rendered":"drawn"}}}}"#
        )
    };
    let (log, facts) = log_of(&format!("{}\n{}\n", message("warning"), message("error")), "");
    assert_eq!((log.foreign_errors, facts), (vec!["drawn".to_owned()], vec![]));
}

fn own_error(rendered: &str, line: usize) -> String {
    let span = format!(
        r#"{{"file_name":"ex/src/lib.rs","line_start":{line},"line_end":{line},"column_start":1,"column_end":2,"is_primary":true,"label":null,"suggested_replacement":null,"suggestion_applicability":null,"expansion":null}}"#
    );
    let spans = if line == 0 { "" } else { &span };
    format!(
        r#"{{"reason":"compiler-message","package_id":"path+file:///w/ex#0.0.0","message":{{"message":"m","code":null,"level":"error","spans":[{spans}],"children":[],"rendered":"{rendered}"}}}}"#
    ) + "\n"
}

#[test]
fn a_symbol_that_is_not_there_is_the_codes_fault_whatever_it_is_called() {
    let linking =
        own_error("linking with `cc` failed: undefined symbol: ssl_proxy_connect, failed to download", 0);
    let (log, _) = log_of(&linking, "error: could not compile `ex` (test \"ex\") due to 1 previous error\n");
    assert!(log.refused());
    assert_eq!(log.trouble(), None);
    let (missing, _) = log_of(&own_error("linker `cc` not found", 0), "");
    assert_eq!(missing.trouble(), Some(Trouble::NoLinker));
}

#[test]
fn no_code_makes_more_errors_than_are_kept() {
    let all: String = (1..=MOST + 5).map(|line| own_error("e", line)).collect();
    let (log, facts) = log_of(&all, "");
    assert_eq!((log.diagnostics.len(), facts.len()), (MOST, MOST));
}

#[test]
fn however_many_errors_are_elsewhere_a_few_are_kept() {
    let mut log = BuildLog::new("ex");
    for at in 0..10_000 {
        let error = format!(
            r#"{{"reason":"compiler-message","package_id":"registry+x#dep@1.0.0","message":{{"message":"m","code":null,"level":"error","spans":[],"children":[],"rendered":"drawn {at}"}}}}"#
        );
        log.take(&ProcessEvent::Stdout(format!("{error}\n").into()));
    }
    assert_eq!(log.foreign_errors.len(), MOST_FOREIGN);
    assert_eq!(log.foreign_errors[0], "drawn 0");
}
