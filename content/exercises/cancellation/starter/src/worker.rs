//! Does one job after the other.

use crate::queue::{Job, Queue};
use crate::token::Token;
use async_trait::async_trait;
use std::sync::Arc;

#[async_trait]
pub trait JobHandler: Send + Sync {
    async fn handle(&self, job: &Job);
}

// Steps 2 and 3

/// Does what is in the queue until `token` is cancelled. The job at hand is finished then, and no other is begun.
pub async fn run(queue: Arc<Queue>, handler: Arc<dyn JobHandler>, token: Token) {
    while !token.is_cancelled() {
        let job = queue.take().await;
        handler.handle(&job).await;
        queue.mark_done(&job);
    }
}
