//! The two doors. Behind both is work that takes until somebody lets it go on.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::{Request, Response, Status};

use crate::jobs_v1::jobs_server::{Jobs, JobsServer};
use crate::jobs_v1::{RunRequest, RunResponse};

/// What holds the work up, and counts who came so far.
#[derive(Clone)]
pub struct Gate {
    arrived: Arc<watch::Sender<usize>>,
    open: Arc<watch::Sender<bool>>,
}

impl Gate {
    pub fn new(open: bool) -> Self {
        let (arrived, open) = (watch::Sender::new(0), watch::Sender::new(open));
        Self {
            arrived: Arc::new(arrived),
            open: Arc::new(open),
        }
    }

    /// Lets everybody through, from now on.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Resolves when so many are at work.
    pub async fn arrived(&self, count: usize) {
        let mut arrived = self.arrived.subscribe();
        // The sender is ours, so it is not gone.
        let _ = arrived.wait_for(|so_far| *so_far >= count).await;
    }

    async fn pass(&self) {
        self.arrived.send_modify(|so_far| *so_far += 1);
        let _ = self.open.subscribe().wait_for(|open| *open).await;
    }
}

/// What `serve` is given: a socket for each door, and what answers there.
pub struct Doors {
    pub rest: TcpListener,
    pub grpc: TcpListener,
    pub router: Router,
    pub jobs: JobsServer<Work>,
}

impl Doors {
    /// The doors on these sockets, with this gate behind both.
    pub fn new(rest: TcpListener, grpc: TcpListener, gate: &Gate) -> Self {
        Self {
            rest,
            grpc,
            router: Router::new()
                .route("/work", get(work))
                .with_state(gate.clone()),
            jobs: JobsServer::new(Work(gate.clone())),
        }
    }
}

async fn work(State(gate): State<Gate>) -> &'static str {
    gate.pass().await;
    "done"
}

/// The work, called over gRPC.
pub struct Work(Gate);

#[tonic::async_trait]
impl Jobs for Work {
    async fn run(&self, request: Request<RunRequest>) -> Result<Response<RunResponse>, Status> {
        self.0.pass().await;
        let done = format!("{} done", request.into_inner().name);
        Ok(Response::new(RunResponse { done }))
    }
}
