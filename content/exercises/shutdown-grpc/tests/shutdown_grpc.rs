//! Real sockets on the loopback network. Nothing is waited for by sleeping, but for what must *not* happen.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use shutdown_grpc::doors::{Doors, Gate};
use shutdown_grpc::jobs_v1::RunRequest;
use shutdown_grpc::jobs_v1::jobs_client::JobsClient;
use shutdown_grpc::serve::{Drained, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Much longer than anything takes that goes well.
const LONG: Duration = Duration::from_secs(5);

struct Process {
    rest: SocketAddr,
    grpc: SocketAddr,
    gate: Gate,
    signal: watch::Sender<bool>,
    served: JoinHandle<std::io::Result<Drained>>,
}

impl Process {
    async fn start(gate: Gate, signalled: bool, deadline: Duration) -> Self {
        let rest = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let grpc = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at_rest, at_grpc) = (rest.local_addr().unwrap(), grpc.local_addr().unwrap());
        let (signal, stop) = watch::channel(signalled);
        let served = tokio::spawn(serve(Doors::new(rest, grpc, &gate), stop, deadline));
        Self {
            rest: at_rest,
            grpc: at_grpc,
            gate,
            signal,
            served,
        }
    }

    fn call_rest(&self) -> JoinHandle<String> {
        tokio::spawn(rest(self.rest))
    }

    fn call_grpc(&self) -> JoinHandle<String> {
        tokio::spawn(grpc(self.grpc))
    }

    /// Waits until these calls are at work behind their doors. One that ends before has not got there.
    async fn at_work(&self, calls: &[JoinHandle<String>]) {
        let ended_early = async {
            while !calls.iter().any(JoinHandle::is_finished) {
                sleep(Duration::from_millis(5)).await;
            }
        };
        let arrived = self.gate.arrived(calls.len());
        let all_at_work = tokio::select! {
            biased;
            () = arrived => true,
            () = ended_early => false,
            () = sleep(LONG) => false,
        };
        let count = calls.len();
        assert!(
            all_at_work,
            "expected the work behind each door to begin, for {count} in all: is each door served?"
        );
    }

    /// How `serve` ended, which it has to do soon.
    async fn ended(self) -> Drained {
        ended(self.served).await
    }
}

async fn ended(served: JoinHandle<std::io::Result<Drained>>) -> Drained {
    let Ok(ended) = timeout(LONG, served).await else {
        panic!("expected `serve` to return, but {LONG:?} later it still runs");
    };
    ended
        .expect("expected `serve` not to panic")
        .expect("expected `serve` to end without an error")
}

/// What a client of the REST door reads.
async fn rest(address: SocketAddr) -> String {
    let mut answer = String::new();
    if let Ok(mut stream) = TcpStream::connect(address).await {
        let request = b"GET /work HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        let _ = stream.write_all(request).await;
        let _ = stream.read_to_string(&mut answer).await;
    }
    answer.lines().last().unwrap_or_default().to_string()
}

/// What a client of the gRPC door reads.
async fn grpc(address: SocketAddr) -> String {
    let Ok(mut client) = JobsClient::connect(format!("http://{address}")).await else {
        return String::new();
    };
    let name = "sweep".to_string();
    let answer = client.run(RunRequest { name }).await;
    answer.map_or_else(
        |status| status.to_string(),
        |answer| answer.into_inner().done,
    )
}

async fn answer(call: JoinHandle<String>) -> String {
    let Ok(answer) = timeout(LONG, call).await else {
        panic!("expected an answer, or the end of the connection, but the client still waits");
    };
    answer.expect("the client does not panic")
}

/// Whether nobody listens there, soon.
async fn is_closed(address: SocketAddr) -> bool {
    let began = Instant::now();
    while began.elapsed() < LONG {
        match TcpStream::connect(address).await {
            Err(_) => return true,
            Ok(_) => sleep(Duration::from_millis(5)).await,
        }
    }
    false
}

#[tokio::test]
async fn both_doors_answer() {
    let process = Process::start(Gate::new(true), false, LONG).await;
    assert_eq!(
        answer(process.call_rest()).await,
        "done",
        "the answer at the REST door"
    );
    assert_eq!(
        answer(process.call_grpc()).await,
        "sweep done",
        "the answer at the gRPC door"
    );
}

#[tokio::test]
async fn the_signal_ends_an_idle_process() {
    let process = Process::start(Gate::new(true), false, LONG).await;
    answer(process.call_rest()).await;
    answer(process.call_grpc()).await;
    process.signal.send_replace(true);
    let (rest, grpc) = (process.rest, process.grpc);
    assert_eq!(
        process.ended().await,
        Drained::InTime,
        "nothing was in flight, so nothing was cut"
    );
    assert!(
        is_closed(rest).await && is_closed(grpc).await,
        "nobody listens any more"
    );
}

#[tokio::test]
async fn a_signal_that_was_there_before_counts() {
    let process = Process::start(Gate::new(true), true, LONG).await;
    assert_eq!(
        process.ended().await,
        Drained::InTime,
        "it was told to stop before it began, and nothing was in flight"
    );
}

#[tokio::test]
async fn a_sender_that_is_gone_counts_as_a_signal() {
    let process = Process::start(Gate::new(true), false, LONG).await;
    answer(process.call_rest()).await;
    let Process { signal, served, .. } = process;
    drop(signal);
    assert_eq!(
        ended(served).await,
        Drained::InTime,
        "nobody is left who could stop it later, and nothing was in flight"
    );
}

#[tokio::test]
async fn what_is_in_flight_at_rest_is_answered() {
    let process = Process::start(Gate::new(false), false, LONG).await;
    let call = process.call_rest();
    process.at_work(std::slice::from_ref(&call)).await;
    process.signal.send_replace(true);
    assert!(
        is_closed(process.rest).await,
        "after the signal nothing new is accepted"
    );
    assert!(
        !process.served.is_finished(),
        "a request is in flight, so `serve` must not have returned yet"
    );
    process.gate.open();
    assert_eq!(
        answer(call).await,
        "done",
        "the request that was there before the signal"
    );
    assert_eq!(
        process.ended().await,
        Drained::InTime,
        "what was in flight was answered, so nothing was cut"
    );
}

#[tokio::test]
async fn what_is_in_flight_at_grpc_is_answered() {
    let process = Process::start(Gate::new(false), false, LONG).await;
    let call = process.call_grpc();
    process.at_work(std::slice::from_ref(&call)).await;
    process.signal.send_replace(true);
    assert!(
        is_closed(process.grpc).await,
        "after the signal nothing new is accepted"
    );
    assert!(
        !process.served.is_finished(),
        "a call is in flight, so `serve` must not have returned yet"
    );
    process.gate.open();
    assert_eq!(
        answer(call).await,
        "sweep done",
        "the call that was there before the signal"
    );
    assert_eq!(
        process.ended().await,
        Drained::InTime,
        "what was in flight was answered, so nothing was cut"
    );
}

#[tokio::test]
async fn both_doors_drain_together() {
    let process = Process::start(Gate::new(false), false, LONG).await;
    let calls = [process.call_rest(), process.call_grpc()];
    process.at_work(&calls).await;
    process.signal.send_replace(true);
    let closed = (is_closed(process.rest).await, is_closed(process.grpc).await);
    assert_eq!(
        closed,
        (true, true),
        "one signal closes both doors, REST and gRPC"
    );
    process.gate.open();
    let [rest, grpc] = calls;
    assert_eq!(
        (answer(rest).await, answer(grpc).await),
        ("done".into(), "sweep done".into()),
        "what was there before the signal, at REST and at gRPC"
    );
    assert_eq!(
        process.ended().await,
        Drained::InTime,
        "what was in flight was answered, so nothing was cut"
    );
}

#[tokio::test]
async fn what_hangs_is_cut_at_the_deadline() {
    let deadline = Duration::from_millis(400);
    let process = Process::start(Gate::new(false), false, deadline).await;
    let calls = [process.call_rest(), process.call_grpc()];
    process.at_work(&calls).await;
    process.signal.send_replace(true);
    let began = Instant::now();
    assert_eq!(
        process.ended().await,
        Drained::Cut,
        "what hangs was cut, and that is said"
    );
    let took = began.elapsed();
    assert!(
        took >= deadline - Duration::from_millis(20),
        "expected the end no earlier than {deadline:?} after the signal, but it took {took:?}"
    );
    assert!(
        took < deadline + Duration::from_millis(350),
        "expected one deadline of {deadline:?} for both doors, but it took {took:?}"
    );
}

#[tokio::test]
async fn the_deadline_begins_at_the_signal() {
    let deadline = Duration::from_millis(50);
    let process = Process::start(Gate::new(true), false, deadline).await;
    sleep(4 * deadline).await;
    assert!(
        !process.served.is_finished(),
        "without a signal there is no deadline"
    );
    assert_eq!(answer(process.call_rest()).await, "done", "it serves on");
}
