//! A thread that does one thing after the other, and can be waited for.

use std::io;
use std::sync::mpsc;
use std::thread;

use tokio::sync::oneshot;

type Task = Box<dyn FnOnce() + Send>;

/// A thread that does what it is given, in order.
#[derive(Debug)]
pub struct Worker {
    tasks: mpsc::Sender<Task>,
}

impl Worker {
    /// Starts a thread of this name.
    pub fn start(name: &str) -> io::Result<Self> {
        let (tasks, given) = mpsc::channel::<Task>();
        thread::Builder::new().name(name.to_owned()).spawn(move || given.iter().for_each(|task| task()))?;
        Ok(Self { tasks })
    }

    /// Does this after all that was given before.
    pub fn give(&self, task: impl FnOnce() + Send + 'static) {
        // The thread ends only with this value, or in a panic, which ends the process.
        let _ = self.tasks.send(Box::new(task));
    }

    /// Resolves when all that was given before is done.
    pub fn idle(&self) -> impl Future<Output = ()> + 'static {
        let (done, waited) = oneshot::channel();
        self.give(move || {
            let _ = done.send(());
        });
        async move {
            let _ = waited.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::Worker;

    #[tokio::test]
    async fn what_is_given_is_done_in_order() {
        let worker = Worker::start("test").unwrap();
        let done = Arc::new(Mutex::new(Vec::new()));
        for number in 0..100 {
            let done = done.clone();
            worker.give(move || done.lock().unwrap().push(number));
        }
        worker.idle().await;
        assert_eq!(*done.lock().unwrap(), (0..100).collect::<Vec<_>>());
    }
}
