//! Does one job after the other.

use crate::queue::{Job, Queue};
use crate::token::Token;
use async_trait::async_trait;
use std::sync::Arc;

#[async_trait]
pub trait JobHandler: Send + Sync {
    async fn handle(&self, job: &Job);
}

/// Does what is in the queue until `token` is cancelled. The job at hand is finished then, and no other is begun.
pub async fn run(queue: Arc<Queue>, handler: Arc<dyn JobHandler>, token: Token) {
    loop {
        let lease = tokio::select! {
            () = token.cancelled() => return,
            job = queue.take() => Lease::new(&queue, job),
        };
        handler.handle(lease.job()).await;
        lease.done();
    }
}

/// A job that has been taken. It goes back to its queue unless it is done.
struct Lease<'a> {
    queue: &'a Queue,
    job: Job,
    done: bool,
}

impl<'a> Lease<'a> {
    fn new(queue: &'a Queue, job: Job) -> Self {
        let done = false;
        Self { queue, job, done }
    }

    fn job(&self) -> &Job {
        &self.job
    }

    fn done(mut self) {
        self.done = true;
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if self.done {
            self.queue.mark_done(&self.job);
        } else {
            self.queue.put_back(self.job.clone());
        }
    }
}
