//! Learner code that misbehaves: the right outcome, every other test judged, no process left.

use patterns_tui::check::{Cause, Outcome, Verdict};

use crate::support::{Bench, Judged, exercise};

/// Judges a library whose `run` misbehaves, beside a test that must pass whatever it does.
async fn judge(run: &str) -> Judged {
    judge_on(&Bench::new(), run).await
}

async fn judge_on(bench: &Bench, run: &str) -> Judged {
    let library = format!("pub fn run() {{ {run} }}\npub fn harmless() -> i32 {{ 1 }}\n{LIBC}");
    let judged = bench.check(exercise(&library, TESTS, &["misbehaves", "harmless"])).await;
    assert_eq!(judged.test("harmless").outcome, Outcome::Passed, "{:?}", judged.report);
    judged
}

fn outcome(judged: &Judged) -> Outcome {
    judged.test("misbehaves").outcome
}

fn message(judged: &Judged) -> &str {
    judged.test("misbehaves").message.as_deref().unwrap_or_default()
}

const TESTS: &str =
    "#[test] fn misbehaves() { ex::run(); }\n#[test] fn harmless() { assert_eq!(ex::harmless(), 1); }\n";

/// What misbehaving takes, from the C library that every program is linked with.
const LIBC: &str = r#"
#[allow(dead_code)]
mod libc {
    unsafe extern "C" {
        pub safe fn fork() -> i32;
        pub safe fn setsid() -> i32;
        pub safe fn getppid() -> i32;
        pub safe fn getsid(pid: i32) -> i32;
        pub safe fn kill(pid: i32, signal: i32) -> i32;
        pub safe fn signal(signal: i32, handler: usize) -> usize;
        pub safe fn _exit(code: i32) -> !;
        pub safe fn close(file: i32) -> i32;
        pub safe fn getpgid(pid: i32) -> i32;
        pub safe fn setpgid(pid: i32, group: i32) -> i32;
    }
}
"#;

#[tokio::test]
async fn an_endless_loop_times_out() {
    let judged = judge("println!(\"turning\"); loop { std::hint::spin_loop() }").await;
    assert_eq!(outcome(&judged), Outcome::TimedOut);
    assert_eq!(judged.report.cause, Some(Cause::TimedOut));
    assert_eq!(judged.test("misbehaves").output, "turning");
    assert!(judged.test("misbehaves").ms >= 2000);
}

#[tokio::test]
async fn a_flood_of_output_is_kept_within_bounds() {
    let judged = judge("use std::io::Write; let line = [b'x'; 1 << 20]; for _ in 0..100 { std::io::stdout().write_all(&line).unwrap(); }").await;
    let test = judged.test("misbehaves");
    assert_eq!(test.outcome, Outcome::Passed);
    assert!(test.output.len() < 80 * 1024, "{}", test.output.len());
    assert!(test.dropped > 99 << 20, "{}", test.dropped);
}

#[tokio::test]
async fn an_endless_flood_times_out() {
    let judged = judge("loop { println!(\"{}\", \"x\".repeat(1000)); eprintln!(\"y\"); }").await;
    assert_eq!(outcome(&judged), Outcome::TimedOut);
}

/// Code that ends the process before the harness begins.
#[cfg(target_os = "linux")]
async fn judge_before_main(body: &str) -> Judged {
    let library = format!(
        "#[used]\n#[unsafe(link_section = \".init_array\")]\nstatic BEFORE: extern \"C\" fn() = {{ extern \"C\" fn before() {{ \
         {body} }} before }};\npub fn run() {{}}\npub fn harmless() -> i32 {{ 1 }}\n"
    );
    Bench::new().check(exercise(&library, TESTS, &["misbehaves", "harmless"])).await
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn whoever_ends_before_the_harness_begins_has_crashed_whatever_is_printed() {
    for (said, code) in
        [("", 0), ("Unrecognized option: 'logfile'", 0), ("Unrecognized option: 'logfile'", 101)]
    {
        let body = format!(
            "eprintln!({said:?}); println!(\"test result: ok. 1 passed; 0 failed;\"); std::process::exit({code})"
        );
        let judged = judge_before_main(&body).await;
        assert_eq!(
            (judged.report.verdict, outcome(&judged)),
            (Verdict::Failed, Outcome::Crashed),
            "{said} {code}"
        );
        assert_eq!(judged.test("harmless").outcome, Outcome::Crashed);
        assert!(
            message(&judged).contains(&format!("ended with status {code} before")),
            "{}",
            message(&judged)
        );
    }
}

#[tokio::test]
async fn an_abort_is_a_crash() {
    let judged = judge("std::process::abort()").await;
    assert_eq!(outcome(&judged), Outcome::Crashed);
    assert_eq!(judged.report.cause, Some(Cause::Crashed));
    assert!(message(&judged).contains("SIGABRT"), "{}", message(&judged));
}

#[tokio::test]
async fn a_stack_overflow_is_a_crash_that_is_named() {
    let judged = judge("fn deep(n: u64) -> u64 { let a = [n; 1000]; std::hint::black_box(&a); deep(n + 1) + a[3] } std::hint::black_box(deep(0));").await;
    assert_eq!(outcome(&judged), Outcome::Crashed);
    assert!(message(&judged).contains("the stack overflowed"), "{}", message(&judged));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_without_end_is_a_crash_that_is_named() {
    let judged =
        judge("let mut all = Vec::new(); loop { all.push(Vec::<u8>::with_capacity(16 << 20)); }").await;
    assert_eq!(outcome(&judged), Outcome::Crashed);
    assert!(message(&judged).contains("more memory than it may"), "{}", message(&judged));
}

#[tokio::test]
async fn an_early_exit_with_success_is_no_pass() {
    let judged = judge("std::process::exit(0)").await;
    assert_eq!(outcome(&judged), Outcome::Crashed);
    assert!(message(&judged).contains("status 0 before the test did"), "{}", message(&judged));
    assert_eq!(judged.report.verdict, Verdict::Failed);
}

#[tokio::test]
async fn a_forged_summary_is_no_pass() {
    let forged = "ok\\n\\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.00s\\n\\n";
    for end in ["std::process::exit(0)", "libc::_exit(0)", "panic!()", "std::process::exit(101)"] {
        let judged = judge(&format!(
            "use std::io::Write; print!(\"{forged}\"); std::io::stdout().flush().unwrap(); {end}"
        ))
        .await;
        assert_ne!(outcome(&judged), Outcome::Passed, "{end}");
        assert_eq!(judged.report.verdict, Verdict::Failed, "{end}");
    }
}

#[tokio::test]
async fn a_forged_remark_that_the_harness_keeps_no_record_is_no_pass() {
    // Whoever believed it would run the test again and take the last line of that run for the truth.
    let forged =
        "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.00s";
    let judged = judge(&format!(
        "let mark = std::env::temp_dir().join(\"mark\"); if mark.exists() {{ println!(\"\\n{forged}\") }} else {{ std::fs::write(mark, \"\").unwrap(); \
         eprintln!(\"error: Unrecognized option: 'logfile'\") }} std::process::exit(0)"
    ))
    .await;
    assert_eq!(outcome(&judged), Outcome::Crashed, "{:?}", judged.report);
    assert_eq!(judged.report.verdict, Verdict::Failed);
}

#[tokio::test]
async fn a_panic_in_a_destructor_is_a_crash_that_tells_the_panic() {
    let judged = judge("struct D; impl Drop for D { fn drop(&mut self) { panic!(\"in drop\") } } let _d = D; panic!(\"first\")").await;
    assert_eq!(outcome(&judged), Outcome::Crashed);
    assert!(message(&judged).contains("in drop"), "{}", message(&judged));
}

#[tokio::test]
async fn bytes_that_are_no_text_are_shown_as_such() {
    let judged =
        judge("use std::io::Write; std::io::stdout().write_all(b\"a\\xff\\xfe\\x1b]0;x\\x07z\").unwrap();")
            .await;
    let test = judged.test("misbehaves");
    assert_eq!(test.outcome, Outcome::Passed);
    assert!(test.output.starts_with("a\u{fffd}\u{fffd}") && test.output.ends_with('z'), "{:?}", test.output);
}

#[tokio::test]
async fn a_closed_output_proves_nothing() {
    for close in ["libc::close(1);", "libc::close(1); libc::close(2);"] {
        let judged = judge(close).await;
        assert_eq!(
            (outcome(&judged), judged.report.verdict),
            (Outcome::NotRun, Verdict::Unjudged),
            "{close}"
        );
        assert_eq!(judged.report.cause, Some(Cause::Contradiction), "{close}");
    }
}

#[tokio::test]
async fn what_is_written_around_the_crate_does_not_outlive_the_check() {
    let spoil = "for file in [\"tests/ex.rs\", \"Cargo.toml\", \"build.rs\", \"../Cargo.toml\", \"../Cargo.lock\", \"../.cargo/config.toml\", \
                 \"../warm/src/lib.rs\", \"../warm/Cargo.toml\"] { let _ = std::fs::write(file, \"nonsense\"); } \
                 let _ = std::fs::remove_file(\"src/lib.rs\");";
    let library = format!("pub fn run() {{ {spoil} }}\npub fn harmless() -> i32 {{ 1 }}");
    let bench = Bench::new();
    for _ in 0..3 {
        let judged = bench.check(exercise(&library, TESTS, &["misbehaves", "harmless"])).await;
        assert_eq!(judged.report.verdict, Verdict::Passed, "{:?}", judged.report);
    }
}

#[tokio::test]
async fn code_that_removes_its_own_binary_is_judged_again_at_the_next_check() {
    let remove = "std::fs::remove_dir_all(std::env::current_exe().unwrap().parent().unwrap()).unwrap();";
    let library = format!("pub fn run() {{ {remove} }}\npub fn harmless() -> i32 {{ 1 }}");
    let bench = Bench::new();
    for _ in 0..2 {
        let judged = bench.check(exercise(&library, TESTS, &["misbehaves", "harmless"])).await;
        assert_eq!(outcome(&judged), Outcome::Passed, "{:?}", judged.report);
        assert_ne!(judged.report.verdict, Verdict::Failed, "{:?}", judged.report);
    }
}

#[tokio::test]
async fn standard_input_is_at_its_end() {
    let judged =
        judge("let mut line = String::new(); assert_eq!(std::io::stdin().read_line(&mut line).unwrap(), 0);")
            .await;
    assert_eq!(outcome(&judged), Outcome::Passed);
}

#[cfg(target_os = "linux")]
mod processes {
    use std::time::Duration;

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::support::{long_time, processes_with, wait_until};

    /// Judges code that starts `sleep` with a number of its own, and sees that no such process is left: with the namespaces that
    /// the system grants, if any, and without. What becomes of the test is the same.
    async fn judge_and_look(number: u32, run: &str) -> Outcome {
        let outcome = judge_and_look_on(&Bench::new(), number, run).await;
        assert_eq!(judge_and_look_on(&Bench::without_namespaces(), number, run).await, outcome);
        outcome
    }

    async fn judge_and_look_on(bench: &Bench, number: u32, run: &str) -> Outcome {
        let number = long_time(number);
        let sleep = format!("std::process::Command::new(\"sleep\").arg(\"{number}\")");
        let judged = judge_on(bench, &run.replace("SLEEP", &sleep)).await;
        assert_eq!(processes_with(&format!("sleep {number}")), Vec::<String>::new());
        outcome(&judged)
    }

    /// Code that waits for this `sleep`.
    fn sleeping(sleep: &str) -> String {
        let call = sleep.replace(' ', "\").arg(\"");
        format!(
            "pub fn run() {{ let _ = std::process::Command::new(\"{call}\").status(); }}\npub fn harmless() -> i32 {{ 1 }}"
        )
    }

    #[tokio::test]
    async fn a_child_that_left_the_session_does_not_outlive_the_test() {
        let run = "if libc::fork() == 0 { libc::setsid(); if libc::fork() == 0 { let _ = SLEEP.status(); } libc::_exit(0) } std::thread::sleep(std::time::Duration::from_millis(100));";
        assert_eq!(judge_and_look(71_001, run).await, Outcome::Passed);
    }

    #[tokio::test]
    async fn a_child_that_holds_the_output_open_does_not_hold_the_judge() {
        assert_eq!(judge_and_look(71_002, "SLEEP.spawn().unwrap();").await, Outcome::Passed);
    }

    #[tokio::test]
    async fn ignoring_sigterm_does_not_help() {
        let run =
            "libc::signal(15, 1); libc::signal(2, 1); libc::signal(1, 1); let _ = SLEEP.status(); loop {}";
        assert_eq!(judge_and_look(71_003, run).await, Outcome::TimedOut);
    }

    #[tokio::test]
    async fn a_process_that_joins_another_group_is_killed_all_the_same() {
        let run = "libc::setpgid(0, libc::getpgid(libc::getppid())); let _ = SLEEP.status(); loop {}";
        assert_eq!(judge_and_look(71_004, run).await, Outcome::TimedOut);
    }

    #[tokio::test]
    async fn killing_its_own_group_is_a_crash() {
        let judged = judge("libc::kill(0, 9); loop {}").await;
        assert_eq!(outcome(&judged), Outcome::Crashed);
    }

    #[tokio::test]
    async fn killing_the_supervisor_is_a_crash_and_leaves_nothing() {
        for (number, signal) in [(71_005, "9"), (71_009, "15")] {
            let run = "let mut child = SLEEP.spawn().unwrap(); libc::kill(libc::getppid(), SIGNAL); let _ = child.wait(); loop {}";
            let run = run.replace("SIGNAL", signal);
            let outcome = judge_and_look_on(&Bench::without_namespaces(), number, &run).await;
            assert_eq!(outcome, Outcome::Crashed, "signal {signal}");
        }
    }

    #[tokio::test]
    async fn in_a_namespace_there_is_nobody_to_kill_and_its_first_process_does_not_die() {
        let Some(bench) = Bench::with_namespaces() else { return };
        let run = "assert_eq!(libc::getppid(), 0);
            if libc::fork() == 0 { libc::setsid(); let _ = SLEEP.env_clear().status(); libc::_exit(0) }
            for signal in [9, 15, 11, 19] { libc::kill(1, signal); } loop {}";
        assert_eq!(judge_and_look_on(&bench, 71_011, run).await, Outcome::TimedOut);
    }

    #[tokio::test]
    async fn processes_of_the_same_number_share_no_place() {
        let run = "std::fs::create_dir(std::env::temp_dir().join(\"mine\")).unwrap();";
        for bench in [Bench::new(), Bench::without_namespaces()] {
            let library = format!("pub fn run() {{ {run} }}\npub fn harmless() -> i32 {{ run(); 1 }}");
            let judged = bench.check(exercise(&library, TESTS, &["misbehaves", "harmless"])).await;
            assert_eq!(judged.report.verdict, Verdict::Passed, "{:?}", judged.report);
        }
    }

    #[tokio::test]
    async fn processes_in_different_namespaces_have_different_numbers() {
        let Some(bench) = Bench::with_namespaces() else { return };
        let mut numbers = Vec::new();
        for _ in 0..3 {
            let judged = judge_on(&bench, "println!(\"{}\", std::process::id());").await;
            numbers.push(judged.test("misbehaves").output.clone());
        }
        assert!(numbers.iter().any(|number| *number != numbers[0]), "{numbers:?}");
    }

    #[tokio::test]
    async fn a_small_fork_bomb_is_cleaned_up() {
        let run = "for _ in 0..5 { libc::fork(); } libc::setsid(); let _ = SLEEP.status(); loop { std::thread::yield_now() }";
        assert_eq!(judge_and_look(71_006, run).await, Outcome::TimedOut);
    }

    #[tokio::test]
    async fn cancelling_kills_everything_and_is_no_verdict() {
        let sleep = format!("sleep {}", long_time(71_007));
        let library = &sleeping(&sleep);
        let bench = Bench::new();
        let cancel = CancellationToken::new();
        let mut subject = exercise(library, TESTS, &["misbehaves", "harmless"]);
        subject.limits.test = Duration::from_mins(1);
        let check = bench.check_until(subject, &cancel);
        let stop = async {
            wait_until("the sleeping process is there", || !processes_with(&sleep).is_empty()).await;
            cancel.cancel();
        };
        let (judged, ()) = tokio::join!(check, stop);
        assert_eq!((judged.report.verdict, judged.report.cause), (Verdict::Unjudged, Some(Cause::Cancelled)));
        wait_until("the sleeping process is gone", || processes_with(&sleep).is_empty()).await;
    }

    #[tokio::test]
    async fn dropping_a_check_kills_everything() {
        let sleep = format!("sleep {}", long_time(71_008));
        let library = &sleeping(&sleep);
        let bench = Bench::new();
        let mut subject = exercise(library, TESTS, &["misbehaves", "harmless"]);
        subject.limits.test = Duration::from_mins(1);
        {
            let cancel = CancellationToken::new();
            let check = bench.check_until(subject, &cancel);
            let started = async {
                wait_until("the sleeping process is there", || !processes_with(&sleep).is_empty()).await;
            };
            tokio::select! {
                _ = check => panic!("it ended before it was dropped"),
                () = started => {}
            }
        }
        wait_until("the sleeping process is gone", || processes_with(&sleep).is_empty()).await;
    }
}
