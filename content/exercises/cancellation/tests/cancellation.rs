//! The judge. Time is tokio's, and it is stopped: it jumps ahead when everybody waits, so nothing here takes long.

use async_trait::async_trait;
use cancellation::frames::Frames;
use cancellation::queue::{Job, Queue};
use cancellation::token::Token;
use cancellation::worker::{JobHandler, run};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep, timeout};

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// `select!` chooses at random between branches that are both ready. What must not happen is given many chances to.
const ROUNDS: usize = 50;

// Step 1: a token

#[tokio::test(start_paused = true)]
async fn everybody_who_waits_is_woken() {
    let token = Token::new();
    let mut waiting = JoinSet::new();
    for _ in 0..3 {
        let token = token.clone();
        waiting.spawn(async move { token.cancelled().await });
    }
    sleep(secs(5)).await;
    assert!(
        waiting.try_join_next().is_none(),
        "nobody has said stop yet, so nobody may be woken"
    );
    token.cancel();
    sleep(secs(1)).await;
    let mut woken = 0;
    while waiting.try_join_next().is_some() {
        woken += 1;
    }
    assert_eq!(
        woken, 3,
        "how many of three who wait are awake a second after `cancel`"
    );
}

#[tokio::test(start_paused = true)]
async fn who_comes_late_does_not_wait() {
    let token = Token::new();
    let other = token.clone();
    token.cancel();
    token.cancel();
    assert_eq!(
        (token.is_cancelled(), other.is_cancelled()),
        (true, true),
        "whether a token and its clone are cancelled, after `cancel`, when nobody was waiting"
    );
    for _ in 0..2 {
        let waited = timeout(secs(3600), other.cancelled()).await;
        assert!(
            waited.is_ok(),
            "stop was said before anybody waited for it; to wait for it now takes no time, not an hour"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_is_woken_without_a_reason() {
    let token = Token::new();
    drop(token.clone());
    let waited = timeout(secs(3600), token.cancelled()).await;
    assert!(
        waited.is_err(),
        "nobody has said stop; that a clone was dropped does not say it either"
    );
    assert!(!token.is_cancelled(), "nobody has said stop");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_was_dropped_does_not_count() {
    let token = Token::new();
    for _ in 0..3 {
        let waited = timeout(secs(1), token.cancelled()).await;
        assert!(waited.is_err(), "nobody has said stop yet");
    }
    let canceller = token.clone();
    let (waited, ()) = tokio::join!(timeout(secs(10), token.cancelled()), async {
        sleep(secs(5)).await;
        canceller.cancel();
    });
    assert!(
        waited.is_ok(),
        "stop was said while the fourth `cancelled` was waiting, after three that were dropped"
    );
}

// Step 2: a worker

/// Takes as many seconds for a job as it is told, or panics.
#[derive(Default)]
struct Handler {
    secs: u64,
    panics_at: u32,
    begun: Mutex<Vec<u32>>,
}

#[async_trait]
impl JobHandler for Handler {
    async fn handle(&self, job: &Job) {
        self.begun.lock().unwrap().push(job.id);
        sleep(secs(self.secs)).await;
        assert_ne!(job.id, self.panics_at, "a job that nobody has thought of");
    }
}

fn handler(secs: u64) -> Arc<Handler> {
    let handler = Handler {
        secs,
        ..Handler::default()
    };
    Arc::new(handler)
}

fn queue(jobs: u32) -> Arc<Queue> {
    let queue = Queue::default();
    (1..=jobs).for_each(|id| queue.push(Job { id }));
    Arc::new(queue)
}

/// Runs a worker, says stop after so many seconds, and answers how long the worker has run.
async fn stopped_after(stop: u64, queue: &Arc<Queue>, handler: &Arc<Handler>) -> Duration {
    let (start, token) = (Instant::now(), Token::new());
    let worker = run(queue.clone(), handler.clone(), token.clone());
    let worker = timeout(secs(3600), worker);
    let (ended, ()) = tokio::join!(worker, async {
        sleep(secs(stop)).await;
        token.cancel();
    });
    let what =
        format!("the worker has been told to stop after {stop} s, and an hour later it still runs");
    ended.expect(&what);
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn an_idle_worker_stops_at_once() {
    let queue = queue(0);
    let took = stopped_after(5, &queue, &handler(10)).await;
    assert_eq!(
        took,
        secs(5),
        "how long the worker runs, when the queue is empty and stop is said after 5 s"
    );
}

#[tokio::test(start_paused = true)]
async fn jobs_are_done_one_by_one_and_a_late_one_too() {
    let (queue, handler) = (queue(2), handler(10));
    let late = async {
        sleep(secs(30)).await;
        queue.push(Job { id: 3 });
    };
    let (took, ()) = tokio::join!(stopped_after(60, &queue, &handler), late);
    assert_eq!(
        took,
        secs(60),
        "how long the worker runs until it is stopped"
    );
    assert_eq!(
        (queue.done(), queue.waiting()),
        (vec![1, 2, 3], vec![]),
        "jobs that are done, and jobs that wait, when the third one came after 30 s"
    );
}

#[tokio::test(start_paused = true)]
async fn the_job_at_hand_is_finished_and_no_other_begun() {
    for _ in 0..ROUNDS {
        let (queue, handler) = (queue(5), handler(10));
        let took = stopped_after(15, &queue, &handler).await;
        assert_eq!(
            (queue.done(), queue.waiting()),
            (vec![1, 2], vec![3, 4, 5]),
            "jobs that are done, and jobs that wait, when a job takes 10 s and stop is said after 15"
        );
        assert_eq!(
            *handler.begun.lock().unwrap(),
            [1, 2],
            "jobs that were begun: each one once"
        );
        assert_eq!(took, secs(20), "how long the worker runs");
    }
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_starts_too_late_does_nothing() {
    for _ in 0..ROUNDS {
        let (queue, handler, token) = (queue(3), handler(10), Token::new());
        token.cancel();
        let worker = run(queue.clone(), handler.clone(), token);
        let ended = timeout(secs(3600), worker).await;
        assert!(
            ended.is_ok(),
            "stop was said before the worker began, so it ends"
        );
        assert_eq!(
            (queue.done(), queue.waiting()),
            (vec![], vec![1, 2, 3]),
            "jobs that are done, and jobs that wait, when stop was said before the worker began"
        );
    }
}

// Step 3: cut off

#[tokio::test(start_paused = true)]
async fn a_job_that_is_cut_off_goes_back() {
    let (queue, handler) = (queue(4), handler(10));
    let worker = run(queue.clone(), handler, Token::new());
    assert!(
        timeout(secs(15), worker).await.is_err(),
        "nobody says stop, so the worker runs until its future is dropped after 15 s"
    );
    assert_eq!(
        (queue.done(), queue.waiting()),
        (vec![1], vec![2, 3, 4]),
        "jobs that are done, and jobs that wait, when the worker is dropped in the middle of job 2"
    );
}

#[tokio::test(start_paused = true)]
async fn a_job_that_panics_goes_back() {
    let queue = queue(3);
    let handler = Handler {
        secs: 10,
        panics_at: 2,
        ..Handler::default()
    };
    let worker = tokio::spawn(run(queue.clone(), Arc::new(handler), Token::new()));
    let ended = timeout(secs(3600), worker).await.expect("it ends at job 2");
    assert!(
        ended.is_err_and(|error| error.is_panic()),
        "the panic is not the worker's to hide: its task ends with it"
    );
    assert_eq!(
        (queue.done(), queue.waiting()),
        (vec![1], vec![2, 3]),
        "jobs that are done, and jobs that wait, when the handler panics at job 2"
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_is_lost_and_nothing_done_twice() {
    let (queue, handler) = (queue(20), handler(2));
    for attempt in 0.. {
        assert!(
            attempt < 20,
            "20 jobs of 2 s, and every 5 s a new worker: done after 20 of them are {:?}",
            queue.done()
        );
        let worker = run(queue.clone(), handler.clone(), Token::new());
        let _ = timeout(secs(5), worker).await;
        if queue.waiting().is_empty() {
            break;
        }
    }
    let expected: Vec<u32> = (1..=20).collect();
    assert_eq!(
        queue.done(),
        expected,
        "jobs that are done, when the worker is dropped every 5 s and started anew"
    );
}

// Step 4: a read that is dropped halfway

/// Two bytes with the length, and the text.
fn frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    [&length, text.as_bytes()].concat()
}

fn text(frame: Option<Vec<u8>>) -> Option<String> {
    frame.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn frames_come_out_as_they_went_in() {
    let long = "x".repeat(60_000);
    let sent = ["invoice 1", "", &long, "invoice 2"];
    let bytes: Vec<u8> = sent.iter().flat_map(|text| frame(text)).collect();
    let mut frames = Frames::new(bytes.as_slice());
    for expected in sent {
        assert_eq!(
            frames.next().await.map(text).map_err(|error| error.kind()),
            Ok(Some(expected.to_string())),
            "the next frame of four that arrive at once"
        );
    }
    assert_eq!(
        frames.next().await.map(text).map_err(|error| error.kind()),
        Ok(None),
        "the source has ended after the fourth frame"
    );
}

#[tokio::test(start_paused = true)]
async fn a_heartbeat_between_two_bytes_loses_nothing() {
    let sent = ["invoice 1", "", "invoice 2", "invoice 3"];
    let (reader, mut writer) = tokio::io::duplex(1024);
    let slow = async move {
        // Four seconds between any two bytes.
        for byte in sent.iter().flat_map(|text| frame(text)) {
            sleep(secs(4)).await;
            writer.write_all(&[byte]).await.unwrap();
        }
    };
    let read = async {
        let (mut frames, mut received) = (Frames::new(reader), Vec::new());
        let mut heartbeat = interval(secs(3));
        loop {
            let next = tokio::select! {
                next = frames.next() => next,
                _ = heartbeat.tick() => continue,
            };
            match text(next.expect("whole frames, and then the end")) {
                Some(text) => {
                    received.push(text);
                    assert!(
                        received.len() <= sent.len(),
                        "four frames were sent, and here is one more: {received:?}"
                    );
                }
                None => return received,
            }
        }
    };
    let (received, ()) = tokio::join!(timeout(secs(3600), read), slow);
    assert_eq!(
        received.ok(),
        Some(sent.map(String::from).to_vec()),
        "the frames that are read, when `next` is dropped every 3 s and a byte arrives every 4 s"
    );
}

#[tokio::test]
async fn an_end_in_the_middle_of_a_frame_is_an_error() {
    let whole = frame("invoice 1");
    for cut in 1..whole.len() {
        let mut frames = Frames::new(&whole[..cut]);
        let next = frames.next().await;
        assert_eq!(
            next.as_ref().map_err(io::Error::kind),
            Err(io::ErrorKind::UnexpectedEof),
            "what is answered when the source ends after {cut} of {} bytes of a frame",
            whole.len()
        );
    }
}
