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

/// At which looks its own are counted in any case: twice a second.
const NOW_AND_THEN: u32 = 50;

/// Starts a thread that watches the tree which it is told of. Must be called before this process makes a namespace.
pub(super) fn start(most: u64) -> io::Result<Sender<Killer>> {
    let (sender, receiver) = mpsc::channel::<Killer>();
    thread::Builder::new().spawn(move || receiver.recv().map(|killer| watch(&killer, most)))?;
    Ok(sender)
}

fn watch(killer: &Killer, most: u64) {
    let Some(mut least) = tasks::running() else { return };
    for look in 1_u32.. {
        thread::sleep(LOOK);
        let Some(now) = tasks::running().filter(|_| killer.is_needed()) else { return };
        least = least.min(now);
        // That there are many more in all is seen at once; to count one's own takes long, and they must not multiply meanwhile.
        let grows = now - least > most / 2;
        if grows {
            killer.signal(Signal::STOP);
        }
        // While as many of others end, nothing is seen of those that begin.
        if (grows || look % NOW_AND_THEN == 0) && count(killer) > most {
            killer.kill_crowd();
            return;
        }
        if grows {
            killer.signal(Signal::CONT);
            least = now;
        }
    }
}

/// How many processes the tree has.
fn count(killer: &Killer) -> u64 {
    // In a namespace of its own nothing else is shown.
    let all = if killer.has_namespace() { orphans::shown() } else { orphans::descendants() };
    all.len() as u64
}
