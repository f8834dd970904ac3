//! Programs of one file, formatting, explanations.

use std::time::{Duration, Instant};

use patterns_tui::check::{FormatError, PlayEnd, PlayEvent};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::{Bench, exercise, pack_of};

const MIB: usize = 1 << 20;

struct Played {
    end: PlayEnd,
    printed: String,
    events: Vec<PlayEvent>,
}

impl Played {
    fn new(end: PlayEnd, events: Vec<PlayEvent>) -> Self {
        let printed = events.iter().filter_map(|event| match event {
            PlayEvent::Printed(text) => Some(text.as_str()),
            _ => None,
        });
        Self { end, printed: printed.collect(), events }
    }

    /// How many bytes of its output were dropped.
    fn dropped(&self) -> u64 {
        let dropped = |event: &PlayEvent| if let PlayEvent::Dropped(bytes) = event { *bytes } else { 0 };
        self.events.iter().map(dropped).sum()
    }
}

/// Runs a program; `lines` are typed, then its input ends.
async fn play(code: &str, lines: &[&str], cancel: &CancellationToken) -> Played {
    let bench = Bench::new();
    let pack = pack_of(exercise("", "", &[]));
    let (sender, receiver) = mpsc::unbounded_channel();
    for line in lines {
        sender.send((*line).to_owned()).unwrap();
    }
    drop(sender);
    let mut events = Vec::new();
    let emit = |event: PlayEvent| {
        if matches!(&event, PlayEvent::Printed(text) if text.contains("stop me")) {
            cancel.cancel();
        }
        events.push(event);
    };
    let end = bench.engine.play(&pack, "none", code, receiver, emit, cancel).await.unwrap();
    Played::new(end, events)
}

#[tokio::test]
async fn a_program_reads_what_is_typed_and_says_how_it_ended() {
    let code = "fn main() { for line in std::io::stdin().lines() { println!(\"got {}\", line.unwrap()); } std::process::exit(3) }";
    let played = play(code, &["one\n", "two\n"], &CancellationToken::new()).await;
    assert_eq!((played.end, played.printed.as_str()), (PlayEnd::Exited(3), "got one\ngot two\n"));
}

/// Runs a program that is given this many bytes as fast as it takes them; tells how many it was given, too.
async fn play_piped(code: &str, bytes: usize) -> (Played, usize) {
    let bench = Bench::new();
    let pack = pack_of(exercise("", "", &[]));
    let (sender, receiver) = mpsc::channel(1);
    let feed = tokio::spawn(async move {
        let mut given = 0;
        while given < bytes && sender.send(vec![b'x'; MIB / 16]).await.is_ok() {
            given += MIB / 16;
        }
        given
    });
    let (cancel, mut events) = (CancellationToken::new(), Vec::new());
    let play = bench.engine.play(&pack, "none", code, receiver, |event| events.push(event), &cancel);
    let end = play.await.unwrap();
    (Played::new(end, events), feed.await.unwrap())
}

/// Windows does not tell the supervisor in time whether the pipe was closed, so that it takes all (`confine/control`).
#[cfg(unix)]
#[tokio::test]
async fn what_a_program_does_not_read_is_not_taken() {
    let code = "fn main() { std::thread::sleep(std::time::Duration::from_secs(1)); }";
    let (played, given) = play_piped(code, 64 * MIB).await;
    assert_eq!(played.end, PlayEnd::Exited(0));
    assert!(given < 8 * MIB, "{given}");
}

#[tokio::test]
async fn a_program_that_gives_back_what_it_is_given_reads_all_of_it() {
    let code = "fn main() { std::io::copy(&mut std::io::stdin(), &mut std::io::stdout()).unwrap(); }";
    let (played, given) = play_piped(code, 16 * MIB).await;
    assert_eq!((played.end, given), (PlayEnd::Exited(0), 16 * MIB));
    assert_eq!(played.printed.len() as u64 + played.dropped(), 16 * MIB as u64);
}

#[tokio::test]
async fn a_program_that_does_not_read_can_be_stopped() {
    let bench = Bench::new();
    let pack = pack_of(exercise("", "", &[]));
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move { while sender.send(vec![b'x'; MIB]).await.is_ok() {} });
    let cancel = CancellationToken::new();
    let mut stopped = None;
    let emit = |event| {
        if matches!(event, PlayEvent::Printed(_)) {
            cancel.cancel();
            stopped = Some(Instant::now());
        }
    };
    let code = "fn main() { std::thread::sleep(std::time::Duration::from_millis(500)); println!(\"stop me\"); loop {} }";
    let end = bench.engine.play(&pack, "none", code, receiver, emit, &cancel).await;
    assert_eq!(end, Ok(PlayEnd::Stopped));
    let took = stopped.unwrap().elapsed();
    assert!(took < Duration::from_secs(4), "its supervisor saw the end behind what was not read: {took:?}");
}

#[tokio::test]
async fn a_program_that_does_not_compile_is_diagnosed() {
    let played = play("fn main() { let x: u8 = \"\"; }", &[], &CancellationToken::new()).await;
    assert_eq!(played.end, PlayEnd::DidNotCompile);
    let codes = played.events.iter().filter_map(|event| match event {
        PlayEvent::Diagnosed(diagnostic) => diagnostic.code.clone(),
        _ => None,
    });
    assert!(codes.into_iter().any(|code| code == "E0308"));
}

#[tokio::test]
async fn an_endless_program_prints_and_can_be_stopped() {
    let played = play("fn main() { println!(\"stop me\"); loop {} }", &[], &CancellationToken::new()).await;
    assert_eq!((played.end, played.printed.as_str()), (PlayEnd::Stopped, "stop me\n"));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_program_does_not_take_all_memory() {
    let code =
        "fn main() { let mut all = Vec::new(); loop { all.push(Vec::<u8>::with_capacity(16 << 20)); } }";
    let played = play(code, &[], &CancellationToken::new()).await;
    assert_eq!(played.end, PlayEnd::Signalled(6), "{}", played.printed);
}

#[tokio::test]
async fn a_flood_is_throttled() {
    let code = "use std::io::Write; fn main() { let line = [b'x'; 1 << 16]; for _ in 0..800 { std::io::stdout().write_all(&line).unwrap(); } println!(\"the end\"); }";
    let played = play(code, &[], &CancellationToken::new()).await;
    assert_eq!(played.end, PlayEnd::Exited(0));
    assert_eq!(played.printed.len() as u64 + played.dropped(), (800 << 16) + 8);
    assert!(played.dropped() > 0);
    assert!(played.printed.ends_with("the end\n"));
    let gaps = played.events.iter().filter(|event| matches!(event, PlayEvent::Dropped(_))).count();
    assert!(gaps < 20, "{gaps} gaps");
}

/// Runs a program that floods; whoever takes its output takes so many pieces of it, each after a pause, and then goes away.
async fn play_taken(code: &str, pieces: usize, pause: Duration) -> (PlayEnd, Vec<u8>) {
    let bench = Bench::new();
    let pack = pack_of(exercise("", "", &[]));
    let (sender, mut printed) = mpsc::channel::<Vec<u8>>(1);
    let take = tokio::spawn(async move {
        let mut taken = Vec::new();
        for _ in 0..pieces {
            let Some(piece) = printed.recv().await else { break };
            taken.extend(piece);
            tokio::time::sleep(pause).await;
        }
        taken
    });
    let streams = (String::new(), sender);
    let cancel = CancellationToken::new();
    let play = bench.engine.play_whole(&pack, "none", code, streams, |_| {}, &cancel);
    let end = tokio::time::timeout(Duration::from_mins(1), play).await.expect("it never ended").unwrap();
    (end, take.await.unwrap())
}

#[tokio::test]
async fn whoever_takes_all_output_gets_every_byte_of_it() {
    let code = "use std::io::Write; fn main() { for i in 0..200_000 { println!(\"line {i} \u{e9}\"); } std::io::stdout().write_all(b\"\\xff\\xc3\").unwrap(); }";
    let (end, taken) = play_taken(code, usize::MAX, Duration::ZERO).await;
    let mut expected: Vec<u8> =
        (0..200_000).flat_map(|i| format!("line {i} \u{e9}\n").into_bytes()).collect();
    expected.extend(b"\xff\xc3");
    assert_eq!((end, taken.len()), (PlayEnd::Exited(0), expected.len()));
    assert!(taken == expected);
}

#[tokio::test]
async fn a_slow_taker_gets_what_was_still_in_the_pipe_at_the_end() {
    let code = "use std::io::Write; fn main() { std::io::stdout().write_all(&[b'x'; 200_000]).unwrap(); }";
    let (end, taken) = play_taken(code, usize::MAX, Duration::from_millis(900)).await;
    assert_eq!((end, taken.len()), (PlayEnd::Exited(0), 200_000));
}

#[tokio::test]
async fn a_program_ends_where_nobody_takes_its_output_any_more() {
    let (end, taken) = play_taken("fn main() { loop { println!(\"on\"); } }", 2, Duration::ZERO).await;
    assert_eq!(end, PlayEnd::Stopped);
    assert!(taken.starts_with(b"on\non\n"));
    let silent = "fn main() { println!(\"once\"); loop { std::thread::yield_now(); } }";
    assert_eq!(play_taken(silent, 1, Duration::ZERO).await, (PlayEnd::Stopped, b"once\n".to_vec()));
}

#[tokio::test]
async fn text_is_formatted_or_refused_in_words() {
    let engine = Bench::new().engine;
    assert_eq!(engine.format("fn main( ) {}").await.unwrap(), "fn main() {}\n");
    match engine.format("fn main( {").await {
        Err(FormatError::DoesNotParse(said)) => assert!(said.contains("error"), "{said}"),
        other => panic!("{other:?}"),
    }
    let long = "fn f() {}\n".repeat(20_000);
    assert_eq!(engine.format(&long).await.unwrap(), long);
}

/// As after a suspension of the app, in which time goes on and nobody looks.
#[cfg(unix)]
#[tokio::test]
async fn what_ended_before_its_time_was_up_is_told_as_it_ended_though_nobody_looked() {
    use patterns_tui::cargo::process::Terms;
    use patterns_tui::cargo::{Ending, Invocation, Process};
    use patterns_tui::confine::Limits;

    let invocation = Invocation::new("/bin/sh").arguments(["-c", "exit 3"]);
    let terms = Terms {
        deadline: Some(Duration::from_millis(300)),
        limits: Limits::default(),
        cancel: CancellationToken::new(),
    };
    let mut process = Process::spawn(&invocation, &crate::support::supervisor().into(), terms).unwrap();
    // Not a millisecond of it is the runtime's, which would look.
    std::thread::sleep(Duration::from_millis(600));
    while !process.has_ended() {
        std::thread::yield_now();
    }
    assert_eq!(process.gather(0).await.ending, Ending::Code(3));
}
