//! Does one job after the other.

use async_trait::async_trait;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: u32,
}

#[async_trait]
pub trait JobHandler: Send + Sync {
    async fn handle(&self, job: Job);
}

pub struct JobWorker {
    pub queue: mpsc::Receiver<Job>,
    pub handler: Arc<dyn JobHandler>,
}

impl JobWorker {
    /// Works until the channel says `true`. The job at hand is finished then, and no other is begun. Also ends when the
    /// queue is closed and empty.
    pub async fn run(mut self, shutdown: watch::Receiver<bool>) {
        loop {
            if *shutdown.borrow() {
                return;
            }
            let Some(job) = self.queue.recv().await else {
                return;
            };
            self.handler.handle(job).await;
        }
    }
}
