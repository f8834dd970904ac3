//! The same work on many files at once: nothing that a pack's files are read for depends on another file.

use std::num::NonZero;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// More threads than these would take longer to start than a pack takes to read.
const MOST: usize = 8;

/// To ask for this takes Linux a dozen system calls, since it reads what control groups allow.
static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get).min(MOST));

/// What `work` makes of each item, in their order. Whoever is done takes the next item, for some take far longer than others;
/// the calling thread works too.
pub(super) fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            made.push((at, work(item)));
        }
        made
    };
    let helpers = items.len().min(*CORES).saturating_sub(1);
    let mut made = thread::scope(|scope| {
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(take)).collect();
        let mut made = take();
        for helper in helpers {
            made.extend(helper.join().expect("a pack is read without a panic"));
        }
        made
    });
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_their_items() {
        let items: Vec<u64> = (0..500).collect();
        // The first items take longest, so that later ones are done before them.
        let work = |item: &u64| (0..(500 - item) * 100).fold(*item, |sum, n| sum.wrapping_add(n * 2)) & 1;
        let expected: Vec<u64> = items.iter().map(|item| item & 1).collect();
        assert_eq!(on_all_cores(&items, work), expected);
        assert_eq!(on_all_cores(&[] as &[u64], work), [] as [u64; 0]);
    }
}
