//! Counts the processes of a tree, on Linux where the kernel does not limit them for each tree, and kills one that has too many.
//!
//! A crowd that wants the processor leaves little of it to whoever counts. So this looks often, and stops the child's group before it
//! counts: one call does that, however many they are, and what multiplies is in that group still, as a rule.

use std::io;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::orphans;
use super::tasks;
use super::tree::Killer;

/// How often it is looked: a processor starts some hundreds of processes in this time.
const LOOK: Duration = Duration::from_millis(10);

/// Starts a thread that watches the tree which it is told of. Must be called before this process makes a namespace.
pub(super) fn start(most: u64) -> io::Result<Sender<Killer>> {
    let (sender, receiver) = mpsc::channel::<Killer>();
    thread::Builder::new().spawn(move || receiver.recv().map(|killer| watch(&killer, most)))?;
    Ok(sender)
}

fn watch(killer: &Killer, most: u64) {
    let Some(mut least) = tasks::running() else { return };
    while killer.is_needed() {
        thread::sleep(LOOK);
        let Some(now) = tasks::running() else { return };
        least = least.min(now);
        // That there are many more in all is seen at once; to count one's own takes long, and they must not multiply meanwhile.
        if now - least > most / 2 {
            killer.signal(Signal::STOP);
            // In a namespace of its own nothing else is shown.
            let count =
                if killer.has_namespace() { orphans::shown().len() } else { orphans::descendants().len() };
            if count as u64 > most {
                killer.kill_crowd();
                return;
            }
            killer.signal(Signal::CONT);
            least = now;
        }
    }
}
