//! The judge. Time is tokio's, and it is stopped: it jumps ahead when everybody waits, so nothing here takes long. The
//! server is a real one; only its connections are pipes in memory, so that nothing depends on the network.

use async_trait::async_trait;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use axum::serve::Listener;
use graceful_shutdown::run::{RunError, run};
use graceful_shutdown::signal::{asked_to_end, shutdown_signal};
use graceful_shutdown::worker::{Job, JobHandler, JobWorker};
use std::future::{pending, ready};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, timeout};

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// `select!` chooses at random between branches that are both ready. What must not happen is given many chances to.
const ROUNDS: usize = 50;

/// What happens, with the second in which it does.
#[derive(Clone)]
struct Log(Instant, Arc<Mutex<Vec<String>>>);

impl Log {
    fn new() -> Self {
        Self(Instant::now(), Arc::default())
    }

    fn note(&self, what: impl std::fmt::Display) {
        let line = format!("{} s: {what}", self.0.elapsed().as_secs());
        self.1.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.1.lock().unwrap().clone()
    }
}

/// A job takes so many seconds, for ever, or panics after so many.
#[derive(Clone, Copy)]
enum Work {
    Takes(u64),
    Hangs,
    PanicsAfter(u64),
}
use Work::{Hangs, PanicsAfter, Takes};

struct Handler {
    work: Vec<Work>,
    log: Log,
}

/// Notes that a job was dropped before it was done.
struct CutOff<'a>(&'a Log, u32);

impl Drop for CutOff<'_> {
    fn drop(&mut self) {
        self.0.note(format_args!("job {} cut off", self.1));
    }
}

#[async_trait]
impl JobHandler for Handler {
    async fn handle(&self, job: Job) {
        let cut_off = CutOff(&self.log, job.id);
        match self.work[job.id as usize - 1] {
            Takes(time) => sleep(secs(time)).await,
            Hangs => pending().await,
            PanicsAfter(time) => {
                sleep(secs(time)).await;
                panic!("a job that nobody has thought of");
            }
        }
        std::mem::forget(cut_off);
        self.log.note(format_args!("job {} done", job.id));
    }
}

fn worker(work: &[Work], log: &Log) -> (JobWorker, mpsc::Sender<Job>) {
    let (send, queue) = mpsc::channel(16);
    for (_, id) in work.iter().zip(1..) {
        send.try_send(Job { id }).unwrap();
    }
    let handler = Arc::new(Handler {
        work: work.to_vec(),
        log: log.clone(),
    });
    (JobWorker { queue, handler }, send)
}

// Step 1: told within the program

/// How many seconds `shutdown_signal` has waited, or `None` when it would wait for more than an hour.
async fn waited(rx: watch::Receiver<bool>) -> Option<u64> {
    let start = Instant::now();
    let waited = timeout(secs(3600), shutdown_signal(rx)).await;
    waited.ok().map(|()| start.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn true_ends_the_wait() {
    let (tell, told) = watch::channel(false);
    let (waited, ()) = tokio::join!(waited(told), async {
        sleep(secs(5)).await;
        tell.send_replace(true);
        sleep(secs(1)).await;
    });
    assert_eq!(
        waited,
        Some(5),
        "seconds of waiting, when `true` is sent after 5"
    );
}

#[tokio::test(start_paused = true)]
async fn true_from_the_start_needs_no_wait() {
    let (_tell, told) = watch::channel(true);
    assert_eq!(
        waited(told).await,
        Some(0),
        "seconds of waiting, when the channel has said `true` from the start"
    );
}

#[tokio::test(start_paused = true)]
async fn false_is_no_signal() {
    let (tell, told) = watch::channel(false);
    let (waited, ()) = tokio::join!(waited(told), async {
        sleep(secs(5)).await;
        tell.send_replace(false);
        sleep(secs(4000)).await;
    });
    assert_eq!(
        waited, None,
        "seconds of waiting, when `false` is sent again after 5 s: that is a change, and no signal"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_is_gone_ends_the_wait() {
    let (tell, told) = watch::channel(false);
    drop(tell);
    assert_eq!(
        waited(told).await,
        Some(0),
        "seconds of waiting, when nobody is left who could send"
    );
}

// Step 2: the worker

/// What the log of a worker says that is told to end after so many seconds.
async fn worked(work: &[Work], stop: u64) -> Vec<String> {
    let log = Log::new();
    let (worker, _queue) = worker(work, &log);
    let (tell, told) = watch::channel(stop == 0);
    let work = async {
        let ended = timeout(secs(3600), worker.run(told)).await;
        log.note(ended.map_or("the worker still runs", |()| "the worker ended"));
    };
    tokio::join!(work, async {
        sleep(secs(stop)).await;
        tell.send_replace(true);
        sleep(secs(4000)).await;
    });
    log.lines()
}

#[tokio::test(start_paused = true)]
async fn the_worker_finishes_its_job_and_begins_no_other() {
    for _ in 0..ROUNDS {
        assert_eq!(
            worked(&[Takes(10); 5], 15).await,
            [
                "10 s: job 1 done",
                "20 s: job 2 done",
                "20 s: the worker ended"
            ],
            "five jobs of 10 s each, and the worker is told to end after 15 s"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_idle_worker_ends_at_once() {
    assert_eq!(
        worked(&[Takes(1)], 5).await,
        ["1 s: job 1 done", "5 s: the worker ended"],
        "one job of 1 s, and the worker is told to end after 5 s"
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_was_told_before_begins_nothing() {
    for _ in 0..ROUNDS {
        assert_eq!(
            worked(&[Takes(10); 3], 0).await,
            ["0 s: the worker ended"],
            "three jobs, and the worker was told to end before it began"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_worker_ends_when_its_queue_is_closed_and_empty() {
    let log = Log::new();
    let (worker, queue) = worker(&[Takes(10); 2], &log);
    drop(queue);
    let (_tell, told) = watch::channel(false);
    let ended = timeout(secs(3600), worker.run(told)).await;
    log.note(ended.map_or("the worker still runs", |()| "the worker ended"));
    assert_eq!(
        log.lines(),
        [
            "10 s: job 1 done",
            "20 s: job 2 done",
            "20 s: the worker ended"
        ],
        "two jobs of 10 s, and nobody who could send a third one"
    );
}

// Steps 3 to 5: the whole program

/// Where the server's connections come from.
struct Door(mpsc::UnboundedReceiver<DuplexStream>);

impl Listener for Door {
    type Io = DuplexStream;
    type Addr = &'static str;

    async fn accept(&mut self) -> (DuplexStream, &'static str) {
        match self.0.recv().await {
            Some(io) => (io, "a client"),
            None => pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<&'static str> {
        Ok("the door")
    }
}

/// What the client gets for `GET path`, or `None` if nobody lets it in.
async fn ask(door: mpsc::UnboundedSender<DuplexStream>, path: &str) -> Option<String> {
    let (mut here, there) = duplex(1024);
    door.send(there).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    here.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    here.read_to_string(&mut answer).await.ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some(body.to_string())
}

/// `/slow/10` answers after 10 s, `/stuck` never.
fn app(log: &Log) -> Router {
    async fn slow(State(log): State<Log>, Path(time): Path<u64>) -> &'static str {
        sleep(secs(time)).await;
        log.note(format_args!("/slow/{time} answered"));
        "done"
    }
    Router::new()
        .route("/slow/{time}", get(slow))
        .route("/stuck", get(pending::<&'static str>))
        .with_state(log.clone())
}

/// What happens to the program.
#[derive(Default)]
struct Scene {
    /// When it is asked to end, if it is.
    signal: Option<u64>,
    jobs: Vec<Work>,
    queue_closes: bool,
    /// Who asks for what, and when.
    requests: Vec<(u64, &'static str)>,
    /// Closing is noted, or takes for ever.
    close_noted: bool,
    close_hangs: bool,
}

/// What has become of it.
#[derive(Debug, PartialEq)]
struct Outcome {
    result: Option<Result<(), RunError>>,
    log: Vec<String>,
    answers: Vec<Option<String>>,
}

impl Scene {
    /// Plays it, with 30 s for draining and an hour at the longest.
    async fn play(self) -> Outcome {
        let log = Log::new();
        let (door, calls) = mpsc::unbounded_channel();
        let (worker, queue) = worker(&self.jobs, &log);
        let _queue = (!self.queue_closes).then_some(queue);
        let clients = self.requests.into_iter().map(|(when, path)| {
            let door = door.clone();
            tokio::spawn(async move {
                sleep(secs(when)).await;
                ask(door, path).await
            })
        });
        let clients: Vec<_> = clients.collect();
        let signal = async {
            match self.signal {
                Some(0) => ready(()).await,
                Some(when) => sleep(secs(when)).await,
                None => pending().await,
            }
        };
        let close = async {
            if self.close_noted {
                log.note("closed");
            }
            if self.close_hangs {
                pending().await
            }
        };
        let program = run(Door(calls), app(&log), worker, signal, close, secs(30));
        let result = timeout(secs(3600), program).await.ok();
        log.note(if result.is_some() {
            "ended"
        } else {
            "still running"
        });
        let log = log.lines();
        let mut answers = Vec::new();
        for client in clients {
            // A stuck one is not waited for: with the process, it would be gone by now.
            let answer = timeout(secs(1), client).await;
            answers.push(answer.ok().and_then(Result::unwrap));
        }
        Outcome {
            result,
            log,
            answers,
        }
    }
}

fn done() -> Option<String> {
    Some("done".into())
}

#[tokio::test(start_paused = true)]
async fn a_request_in_flight_is_answered() {
    let scene = Scene {
        signal: Some(5),
        requests: vec![(0, "/slow/10")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        ["10 s: /slow/10 answered", "10 s: ended"],
        "a request that takes 10 s, and the signal after 5: who ends before it is answered takes the answer along"
    );
    assert_eq!(outcome.answers, [done()], "what the client has got");
    assert_eq!(outcome.result, Some(Ok(())), "what `run` answers");
}

#[tokio::test(start_paused = true)]
async fn after_the_signal_nobody_gets_in() {
    let scene = Scene {
        signal: Some(5),
        requests: vec![(0, "/slow/20"), (3, "/slow/1"), (7, "/slow/1")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.answers,
        [done(), done(), None],
        "what clients get who come after 0, 3 and 7 s, when the signal came after 5 s and the first one takes until 20"
    );
}

#[tokio::test(start_paused = true)]
async fn the_job_at_hand_is_waited_for() {
    for _ in 0..ROUNDS {
        let scene = Scene {
            signal: Some(15),
            jobs: vec![Takes(10); 3],
            ..Scene::default()
        };
        let outcome = scene.play().await;
        assert_eq!(
            outcome.log,
            ["10 s: job 1 done", "20 s: job 2 done", "20 s: ended"],
            "three jobs of 10 s each, and the signal after 15 s"
        );
        assert_eq!(outcome.result, Some(Ok(())), "what `run` answers");
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_one_determines_the_end() {
    let both = |request: &'static str, job| Scene {
        signal: Some(5),
        jobs: vec![Takes(job)],
        requests: vec![(0, request)],
        ..Scene::default()
    };
    assert_eq!(
        both("/slow/10", 20).play().await.log,
        ["10 s: /slow/10 answered", "20 s: job 1 done", "20 s: ended"],
        "a request of 10 s, a job of 20 s, and the signal after 5"
    );
    assert_eq!(
        both("/slow/20", 10).play().await.log,
        ["10 s: job 1 done", "20 s: /slow/20 answered", "20 s: ended"],
        "a request of 20 s, a job of 10 s, and the signal after 5"
    );
}

#[tokio::test(start_paused = true)]
async fn a_signal_before_the_start_counts() {
    for _ in 0..ROUNDS {
        let scene = Scene {
            signal: Some(0),
            ..Scene::default()
        };
        let outcome = scene.play().await;
        assert_eq!(
            (outcome.log, outcome.result),
            (vec!["0 s: ended".to_string()], Some(Ok(()))),
            "the signal came before `run` was called"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_signal_it_goes_on() {
    let scene = Scene {
        jobs: vec![Takes(10); 2],
        requests: vec![(1000, "/slow/1")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        [
            "10 s: job 1 done",
            "20 s: job 2 done",
            "1001 s: /slow/1 answered",
            "3600 s: still running"
        ],
        "two jobs, a request after 1000 s, and no signal within the hour"
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_dies_ends_the_service() {
    let scene = Scene {
        jobs: vec![PanicsAfter(10)],
        requests: vec![(0, "/slow/15")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        [
            "10 s: job 1 cut off",
            "15 s: /slow/15 answered",
            "15 s: ended"
        ],
        "the worker panics after 10 s, a request takes 15, and there is no signal: the server is told, and drained"
    );
    assert!(
        matches!(outcome.result, Some(Err(RunError::Part(_)))),
        "a part has broken: expected Err(Part), got {:?}",
        outcome.result
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_dies_while_draining_is_told_of() {
    let scene = Scene {
        signal: Some(5),
        jobs: vec![PanicsAfter(10)],
        requests: vec![(0, "/slow/15")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert!(
        matches!(outcome.result, Some(Err(RunError::Part(_)))),
        "the worker has panicked after the signal: expected Err(Part), got {:?}",
        outcome.result
    );
    assert_eq!(
        outcome.log,
        [
            "10 s: job 1 cut off",
            "15 s: /slow/15 answered",
            "15 s: ended"
        ],
        "the request is drained all the same"
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_without_work_ends_the_service() {
    let scene = Scene {
        jobs: vec![Takes(10)],
        queue_closes: true,
        requests: vec![(0, "/slow/15")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        ["10 s: job 1 done", "15 s: /slow/15 answered", "15 s: ended"],
        "the queue is closed, so the worker ends after its job, and there is no signal"
    );
    assert_eq!(
        outcome.result,
        Some(Ok(())),
        "what `run` answers: nothing has broken"
    );
}

#[tokio::test(start_paused = true)]
async fn a_stuck_request_is_not_waited_for_any_longer() {
    let scene = Scene {
        signal: Some(5),
        requests: vec![(0, "/stuck"), (0, "/slow/20")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        ["20 s: /slow/20 answered", "35 s: ended"],
        "a request that never ends, another one of 20 s, the signal after 5 s, and 30 s for draining"
    );
    assert_eq!(
        outcome.result,
        Some(Err(RunError::Deadline)),
        "what `run` answers"
    );
}

#[tokio::test(start_paused = true)]
async fn one_deadline_for_all() {
    let scene = Scene {
        signal: Some(5),
        jobs: vec![Hangs],
        requests: vec![(0, "/stuck")],
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        ["35 s: job 1 cut off", "35 s: ended"],
        "a request and a job that never end, the signal after 5 s, and 30 s for draining, of both together"
    );
    assert_eq!(
        outcome.result,
        Some(Err(RunError::Deadline)),
        "what `run` answers"
    );
}

#[tokio::test(start_paused = true)]
async fn closing_comes_last() {
    let scene = Scene {
        signal: Some(5),
        jobs: vec![Takes(20)],
        requests: vec![(0, "/slow/10")],
        close_noted: true,
        ..Scene::default()
    };
    assert_eq!(
        scene.play().await.log,
        [
            "10 s: /slow/10 answered",
            "20 s: job 1 done",
            "20 s: closed",
            "20 s: ended"
        ],
        "requests and jobs need the pool, so it is closed after the last of them"
    );
    let scene = Scene {
        signal: Some(5),
        jobs: vec![Hangs],
        close_noted: true,
        ..Scene::default()
    };
    assert_eq!(
        scene.play().await.log,
        ["35 s: job 1 cut off", "35 s: closed", "35 s: ended"],
        "at the deadline the job is cut off first, and then the pool is closed"
    );
}

#[tokio::test(start_paused = true)]
async fn closing_holds_nobody_up() {
    let scene = Scene {
        signal: Some(5),
        close_hangs: true,
        ..Scene::default()
    };
    let outcome = scene.play().await;
    assert_eq!(
        outcome.log,
        ["6 s: ended"],
        "nothing to drain, the signal after 5 s, and a pool that does not close: one second it may have"
    );
    assert_eq!(
        outcome.result,
        Some(Err(RunError::Deadline)),
        "what `run` answers"
    );
}

// Step 6: told by the operating system

#[cfg(unix)]
mod unix {
    use super::*;
    use tokio::signal::unix::{SignalKind, signal};

    // A test sends a signal to its own process. Others that run beside it would hear it as well.
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

    unsafe extern "C" {
        /// Sends a signal to oneself.
        safe fn raise(signal: i32) -> i32;
    }

    pub async fn is_heard(name: &str, kind: SignalKind) {
        let _one = ONE_AT_A_TIME.lock().await;
        // While the test listens, too, a signal that the learner does not listen to ends the test and not its process.
        let mut witness = signal(kind).expect("signals can be listened to");
        let asked = asked_to_end().expect("signals can be listened to");
        assert_eq!(raise(kind.as_raw_value()), 0, "{name} can be sent");
        witness.recv().await;
        let heard = timeout(secs(3600), asked).await;
        assert!(
            heard.is_ok(),
            "{name} was sent after the call of `asked_to_end`, and its future does not end"
        );
    }

    pub async fn nothing_is_heard() {
        let _one = ONE_AT_A_TIME.lock().await;
        let asked = asked_to_end().expect("signals can be listened to");
        let heard = timeout(secs(3600), asked).await;
        assert!(
            heard.is_err(),
            "nobody has sent a signal, and somebody heard one"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn sigterm_is_heard() {
    #[cfg(unix)]
    unix::is_heard("SIGTERM", tokio::signal::unix::SignalKind::terminate()).await;
}

#[tokio::test(start_paused = true)]
async fn ctrl_c_is_heard() {
    #[cfg(unix)]
    unix::is_heard(
        "SIGINT (Ctrl-C)",
        tokio::signal::unix::SignalKind::interrupt(),
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn silence_is_no_signal() {
    #[cfg(unix)]
    unix::nothing_is_heard().await;
}
