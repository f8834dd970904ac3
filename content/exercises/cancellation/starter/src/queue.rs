//! Jobs that wait, and jobs that are done.

use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::Notify;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: u32,
}

/// A queue in memory. A job that has been taken is nowhere but with the one who took it.
#[derive(Default)]
pub struct Queue {
    waiting: Mutex<VecDeque<Job>>,
    done: Mutex<Vec<u32>>,
    arrived: Notify,
}

impl Queue {
    /// Puts a job at the end.
    pub fn push(&self, job: Job) {
        self.waiting
            .lock()
            .expect("nobody panics with it")
            .push_back(job);
        self.arrived.notify_one();
    }

    /// Puts a job that was taken and not done back to the front.
    pub fn put_back(&self, job: Job) {
        self.waiting
            .lock()
            .expect("nobody panics with it")
            .push_front(job);
        self.arrived.notify_one();
    }

    /// The first job; waits for one if there is none. Cancel-safe: who drops this future has not taken a job.
    pub async fn take(&self) -> Job {
        loop {
            let arrived = self.arrived.notified();
            if let Some(job) = self
                .waiting
                .lock()
                .expect("nobody panics with it")
                .pop_front()
            {
                return job;
            }
            arrived.await;
        }
    }

    /// Notes that a job is done. It must not be in the queue any more, or ever again.
    pub fn mark_done(&self, job: &Job) {
        self.done
            .lock()
            .expect("nobody panics with it")
            .push(job.id);
    }

    /// The ids of the jobs that wait, in order.
    pub fn waiting(&self) -> Vec<u32> {
        let waiting = self.waiting.lock().expect("nobody panics with it");
        waiting.iter().map(|job| job.id).collect()
    }

    /// The ids of the jobs that are done, in the order in which they were done.
    pub fn done(&self) -> Vec<u32> {
        self.done.lock().expect("nobody panics with it").clone()
    }
}
