//! The control pipe: what the program that started a supervisor tells it, through its standard input.
//!
//! Its end means "kill everything": that is what a closed pipe says, and also what it says when the program that
//! held it died. Frames before the end carry what the supervisor is to start, with `--later`, and standard input for the child, with
//! `--stdin`.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The largest frame that is accepted; a longer one is cut into several by [`frame`].
const LARGEST: usize = 1 << 20;

/// How much input may wait for a child to read it before no more is taken from the pipe. Where the system does not tell that a pipe
/// was closed before it is empty, as on Windows, to wait could be to wait for ever: rather the memory fills.
const MOST: usize = if cfg!(unix) { 1 << 20 } else { usize::MAX / 2 };

/// How often it is looked whether the child has read, or the pipe was closed.
const LOOK: Duration = Duration::from_millis(20);

/// Input for the child as frames; an empty text gives the frame that ends the input.
pub fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut frames = Vec::with_capacity(bytes.len() + 4);
    if bytes.is_empty() {
        frames.extend_from_slice(&0_u32.to_le_bytes());
    }
    for piece in bytes.chunks(LARGEST) {
        frames.extend_from_slice(&(piece.len() as u32).to_le_bytes());
        frames.extend_from_slice(piece);
    }
    frames
}

/// Reads the control pipe until it ends; hands what frames carry to `child`, and returns.
///
/// A child that does not read its input must not keep the end of the pipe from being seen: a thread of its own writes to it, and
/// where too much waits for that, `is_closed` tells of the end that stands behind the frames which are not taken yet.
pub(super) fn attend(
    mut pipe: impl Read,
    is_closed: impl Fn() -> bool,
    child: Option<impl Write + Send + 'static>,
) {
    let writer = child.map(Writer::start);
    while let Ok(Some(bytes)) = read_frame(&mut pipe) {
        if let Some(writer) = &writer
            && !writer.take(bytes, &is_closed)
        {
            return;
        }
    }
}

/// Whether nobody can write to a pipe any more, though there may be something left to read.
#[cfg(unix)]
pub(super) fn is_closed(pipe: &impl std::os::fd::AsFd) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut pipes = [PollFd::new(pipe, PollFlags::HUP)];
    let looked = poll(&mut pipes, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }));
    looked.is_ok() && pipes[0].revents().contains(PollFlags::HUP)
}

/// Windows tells that of an empty pipe only.
#[cfg(not(unix))]
pub(super) fn is_closed<P>(_pipe: &P) -> bool {
    false
}

/// Writes to the child as fast as it reads.
struct Writer {
    sender: mpsc::Sender<Vec<u8>>,
    /// How many bytes were taken and not written yet.
    backlog: Arc<AtomicUsize>,
    thread: JoinHandle<()>,
}

impl Writer {
    fn start(mut child: impl Write + Send + 'static) -> Self {
        let (sender, receiver) = mpsc::channel::<Vec<u8>>();
        let backlog = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&backlog);
        let thread = thread::spawn(move || {
            for bytes in receiver {
                if bytes.is_empty() || child.write_all(&bytes).and_then(|()| child.flush()).is_err() {
                    return;
                }
                left.fetch_sub(bytes.len(), Ordering::Relaxed);
            }
        });
        Self { sender, backlog, thread }
    }

    /// Takes more once there is room for it; `false` if the pipe was closed before there was.
    fn take(&self, bytes: Vec<u8>, is_closed: &impl Fn() -> bool) -> bool {
        while self.backlog.load(Ordering::Relaxed) > MOST && !self.thread.is_finished() {
            if is_closed() {
                return false;
            }
            thread::sleep(LOOK);
        }
        self.backlog.fetch_add(bytes.len(), Ordering::Relaxed);
        // The child may have closed its input, which is its right.
        let _ = self.sender.send(bytes);
        true
    }
}

pub(super) fn read_frame(pipe: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match pipe.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > LARGEST {
        return Ok(None);
    }
    let mut bytes = vec![0; length];
    pipe.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut pipe = bytes;
        std::iter::from_fn(|| read_frame(&mut pipe).ok().flatten()).collect()
    }

    #[test]
    fn frames_are_read_back() {
        let mut sent = frame(b"one");
        sent.extend(frame(&vec![b'x'; LARGEST + 1]));
        sent.extend(frame(b""));
        let read = read_all(&sent);
        let lengths: Vec<_> = read.iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, LARGEST, 1, 0]);
        assert_eq!(read[0], b"one");
    }

    #[test]
    fn a_broken_frame_ends_the_pipe() {
        assert!(read_all(&[1, 0]).is_empty());
        assert!(read_all(&[9, 0, 0, 0, 1]).is_empty());
        assert!(read_all(&[0xff; 8]).is_empty());
    }

    #[cfg(unix)]
    mod waiting {
        use std::cell::Cell;

        use super::*;

        /// A pipe that carries one frame again and again, and counts what was read of it.
        struct Endless<'a> {
            frame: Vec<u8>,
            read: &'a Cell<usize>,
        }

        impl Read for Endless<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let at = self.read.get() % self.frame.len();
                let piece = (&self.frame[at..]).read(buffer)?;
                self.read.set(self.read.get() + piece);
                Ok(piece)
            }
        }

        /// A child that reads nothing until it ends.
        struct Deaf(mpsc::Receiver<()>);

        impl Write for Deaf {
            fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                Err(io::ErrorKind::BrokenPipe.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }

        #[test]
        fn no_more_is_taken_than_a_child_reads_and_the_end_is_seen_all_the_same() {
            let (_end, ended) = mpsc::channel();
            let (read, looks) = (Cell::new(0), Cell::new(0));
            let is_closed = || {
                looks.set(looks.get() + 1);
                looks.get() == 3
            };
            attend(Endless { frame: frame(&vec![b'x'; 1 << 16]), read: &read }, is_closed, Some(Deaf(ended)));
            assert!((MOST..MOST + 3 * LARGEST).contains(&read.get()), "{}", read.get());
        }

        #[test]
        fn a_pipe_is_seen_to_be_closed_before_it_is_empty() {
            let (reader, mut writer) = io::pipe().unwrap();
            writer.write_all(b"left").unwrap();
            assert!(!is_closed(&reader));
            drop(writer);
            assert!(is_closed(&reader));
        }
    }
}
