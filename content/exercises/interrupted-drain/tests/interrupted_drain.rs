//! The judge. Time is tokio's, and it is stopped: it jumps ahead when everybody waits, so nothing here takes long.

use interrupted_drain::parts::{Part, Parts, ServeError, Shutdown};
use interrupted_drain::serve::serve;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// What happens, with the second in which it does.
#[derive(Clone)]
struct Log(Instant, Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, what: impl std::fmt::Display) {
        let line = format!("{} s: {what}", self.0.elapsed().as_secs());
        self.1.lock().unwrap().push(line);
    }
}

/// How a part behaves.
#[derive(Clone, Copy)]
enum Does {
    /// Hears of the shutdown, and needs so many seconds then.
    Drains(u64),
    /// Does not end, whatever it hears.
    Hangs,
    /// Ends by itself after so many seconds: well, with an error, or with a panic.
    EndsAfter(u64),
    FailsAfter(u64),
    PanicsAfter(u64),
}
use Does::{Drains, EndsAfter, FailsAfter, Hangs, PanicsAfter};

/// Notes that a part was dropped before it had ended.
struct Running {
    name: &'static str,
    log: Log,
    ended: bool,
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended && !std::thread::panicking() {
            self.log.note(format_args!("{} cut off", self.name));
        }
    }
}

fn part(name: &'static str, does: Does, log: &Log) -> Box<dyn FnOnce(Shutdown) -> Part + Send> {
    let mut running = Running {
        name,
        log: log.clone(),
        ended: false,
    };
    Box::new(move |mut told| {
        Box::pin(async move {
            let outcome = match does {
                Drains(time) => {
                    let _ = told.wait_for(|stop| *stop).await;
                    sleep(secs(time)).await;
                    Ok(())
                }
                Hangs => pending().await,
                EndsAfter(time) => {
                    sleep(secs(time)).await;
                    Ok(())
                }
                FailsAfter(time) => {
                    sleep(secs(time)).await;
                    Err(ServeError::Failed(format!("{name}: address in use")))
                }
                PanicsAfter(time) => {
                    sleep(secs(time)).await;
                    running.log.note(format_args!("{name} panics"));
                    panic!("something that nobody has thought of");
                }
            };
            running.ended = true;
            running.log.note(format_args!("{name} ended"));
            outcome
        })
    })
}

/// What `serve` answers, or `None` when it still runs after an hour, and what has happened until then.
async fn play(
    [http, grpc, worker]: [Does; 3],
    signal: Option<u64>,
) -> (Option<Result<(), ServeError>>, Vec<String>) {
    let log = Log(Instant::now(), Arc::default());
    let parts = Parts {
        http: part("http", http, &log),
        grpc: part("grpc", grpc, &log),
        worker: part("worker", worker, &log),
    };
    let signal = async {
        match signal {
            Some(0) => {}
            Some(when) => sleep(secs(when)).await,
            None => pending().await,
        }
    };
    let mut serving = Box::pin(serve(parts, signal));
    let outcome = timeout(secs(3600), &mut serving).await.ok();
    log.note(match outcome {
        Some(_) => "serve returned",
        None => "serve still runs",
    });
    // With `serve`, `main` returns, and with `main` the process ends.
    let lines = std::mem::take(&mut *log.1.lock().unwrap());
    (outcome, lines)
}

// Step 1: the servers

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_answered_on_http() {
    let (_, log) = play([Drains(3), Drains(0), Drains(0)], Some(5)).await;
    let http = log.iter().find(|line| line.contains("http"));
    assert_eq!(
        http.map(String::as_str),
        Some("8 s: http ended"),
        "what becomes of the HTTP server, which needs 3 s for its requests in flight, when the signal comes after 5 s"
    );
}

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_answered_on_grpc() {
    let (_, log) = play([Drains(0), Drains(3), Drains(0)], Some(5)).await;
    let grpc = log.iter().find(|line| line.contains("grpc"));
    assert_eq!(
        grpc.map(String::as_str),
        Some("8 s: grpc ended"),
        "what becomes of the gRPC server, which needs 3 s for its requests in flight, when the signal comes after 5 s"
    );
}

// Step 2: the worker

#[tokio::test(start_paused = true)]
async fn the_worker_finishes_its_job() {
    let (_, log) = play([Drains(0), Drains(0), Drains(7)], Some(5)).await;
    let worker = log.iter().find(|line| line.contains("worker"));
    assert_eq!(
        worker.map(String::as_str),
        Some("12 s: worker ended"),
        "what becomes of the worker, which needs 7 s for its current job, when the signal comes after 5 s"
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_takes_longer_than_it_must() {
    let (outcome, log) = play([Drains(3), Drains(1), Drains(7)], Some(5)).await;
    assert_eq!(
        log,
        [
            "6 s: grpc ended",
            "8 s: http ended",
            "12 s: worker ended",
            "12 s: serve returned"
        ],
        "all are told at the same time, 5 s after the start, and need 3, 1 and 7 s"
    );
    assert_eq!(outcome, Some(Ok(())), "what `serve` answers");
}

// Step 3: a part that breaks

#[tokio::test(start_paused = true)]
async fn a_server_that_fails_is_an_error() {
    let failed = |name| Some(Err(ServeError::Failed(format!("{name}: address in use"))));
    let (outcome, _) = play([FailsAfter(0), Drains(0), Drains(0)], None).await;
    assert_eq!(
        outcome,
        failed("http"),
        "what `serve` answers when the HTTP server fails"
    );
    let (outcome, _) = play([Drains(0), FailsAfter(10), Drains(0)], None).await;
    assert_eq!(
        outcome,
        failed("grpc"),
        "what `serve` answers when the gRPC server fails"
    );
}

#[tokio::test(start_paused = true)]
async fn when_one_has_failed_the_others_are_drained() {
    let (outcome, log) = play([FailsAfter(10), Drains(3), Drains(7)], None).await;
    assert_eq!(
        log,
        [
            "10 s: http ended",
            "13 s: grpc ended",
            "17 s: worker ended",
            "17 s: serve returned"
        ],
        "the HTTP server fails after 10 s; the others need 3 and 7 s when they are told"
    );
    let failed = ServeError::Failed("http: address in use".into());
    assert_eq!(
        outcome,
        Some(Err(failed)),
        "what `serve` answers: what went well afterwards does not change it"
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_panics_does_not_go_unnoticed() {
    let (outcome, log) = play([Drains(3), Drains(1), PanicsAfter(10)], None).await;
    assert_eq!(
        log,
        [
            "10 s: worker panics",
            "11 s: grpc ended",
            "13 s: http ended",
            "13 s: serve returned"
        ],
        "the worker panics after 10 s: without it, the servers accept what nobody will work on"
    );
    assert!(
        matches!(outcome, Some(Err(ServeError::Panicked(_)))),
        "what `serve` answers: expected Err(Panicked), got {outcome:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_breaks_while_draining_is_an_error_too() {
    let (outcome, log) = play([FailsAfter(10), Drains(7), Drains(1)], Some(5)).await;
    let failed = ServeError::Failed("http: address in use".into());
    assert_eq!(
        outcome,
        Some(Err(failed)),
        "what `serve` answers when the HTTP server fails 5 s after the signal"
    );
    assert_eq!(
        log,
        [
            "6 s: worker ended",
            "10 s: http ended",
            "12 s: grpc ended",
            "12 s: serve returned"
        ],
        "the others are drained all the same"
    );
}

// Step 4: a deadline

#[tokio::test(start_paused = true)]
async fn a_request_that_never_ends_is_cut_off() {
    let (outcome, log) = play([Hangs, Drains(3), Drains(7)], Some(5)).await;
    assert_eq!(
        log,
        [
            "8 s: grpc ended",
            "12 s: worker ended",
            "30 s: http cut off",
            "30 s: serve returned"
        ],
        "the HTTP server does not end, the signal came after 5 s, and everything together has 25 s to end"
    );
    assert_eq!(
        outcome,
        Some(Err(ServeError::TooLate)),
        "what `serve` answers"
    );
}

#[tokio::test(start_paused = true)]
async fn the_time_is_for_all_together() {
    let (outcome, mut log) = play([Hangs, Hangs, Hangs], Some(5)).await;
    // In which order the three are cut off does not matter.
    log.sort();
    assert_eq!(
        log,
        [
            "30 s: grpc cut off",
            "30 s: http cut off",
            "30 s: serve returned",
            "30 s: worker cut off"
        ],
        "nobody ends, the signal came after 5 s, and everything together has 25 s to end"
    );
    assert_eq!(
        outcome,
        Some(Err(ServeError::TooLate)),
        "what `serve` answers"
    );
}

#[tokio::test(start_paused = true)]
async fn who_needs_24_seconds_gets_them() {
    let (outcome, log) = play([Drains(24), Drains(0), Drains(24)], Some(5)).await;
    assert_eq!(
        log.last().map(String::as_str),
        Some("29 s: serve returned"),
        "the signal comes after 5 s, and a request and a job need 24 s"
    );
    assert_eq!(outcome, Some(Ok(())), "what `serve` answers");
}

#[tokio::test(start_paused = true)]
async fn the_first_error_is_the_one_that_is_told() {
    let (outcome, log) = play([FailsAfter(10), Hangs, Drains(0)], None).await;
    assert_eq!(
        log.last().map(String::as_str),
        Some("35 s: serve returned"),
        "the HTTP server fails after 10 s, and then the gRPC server does not end"
    );
    let failed = ServeError::Failed("http: address in use".into());
    assert_eq!(
        outcome,
        Some(Err(failed)),
        "what `serve` answers: with the failure it began, so that is what is worth telling"
    );
}

// Step 5: what was right stays right

#[tokio::test(start_paused = true)]
async fn without_a_signal_it_runs_on() {
    let (outcome, log) = play([Drains(0); 3], None).await;
    assert_eq!(
        outcome, None,
        "what `serve` answers within an hour without a signal"
    );
    assert_eq!(
        log,
        ["3600 s: serve still runs"],
        "what happens within an hour without a signal"
    );
}

#[tokio::test(start_paused = true)]
async fn a_signal_before_the_start_counts() {
    let (outcome, log) = play([Drains(2); 3], Some(0)).await;
    assert_eq!(
        log.last().map(String::as_str),
        Some("2 s: serve returned"),
        "the signal came before the start, and all parts need 2 s to end"
    );
    assert_eq!(outcome, Some(Ok(())), "what `serve` answers");
}

#[tokio::test(start_paused = true)]
async fn a_part_that_ends_well_ends_the_service_well() {
    let (outcome, log) = play([Drains(3), EndsAfter(10), Drains(1)], None).await;
    assert_eq!(
        log,
        [
            "10 s: grpc ended",
            "11 s: worker ended",
            "13 s: http ended",
            "13 s: serve returned"
        ],
        "the gRPC server ends after 10 s, without an error and without a signal"
    );
    assert_eq!(outcome, Some(Ok(())), "what `serve` answers");
}
