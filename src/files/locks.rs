//! File systems that keep no locks.

use std::io;

/// Some network file systems know no locks, or have nobody to keep them; two programs at once are rare enough to go on.
pub fn knows_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    let has_no_keeper = error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error());
    #[cfg(not(unix))]
    let has_no_keeper = false;
    has_no_keeper || error.kind() == io::ErrorKind::Unsupported
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn a_file_system_without_locks_is_told_from_a_file_that_cannot_be_locked() {
        for (errno, knows_none) in [(Errno::NOLCK, true), (Errno::OPNOTSUPP, true), (Errno::BADF, false)] {
            assert_eq!(knows_no_locks(&errno.into()), knows_none, "{errno}");
        }
    }
}
