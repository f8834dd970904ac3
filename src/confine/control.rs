//! The control pipe: what the program that started a supervisor tells it, through its standard input.
//!
//! Its end means "kill everything": that is what a closed pipe says, and also what it says when the program that
//! held it died. With `--stdin`, frames before the end carry standard input for the child.

use std::io::{self, Read, Write};
use std::sync::mpsc;
use std::thread;

/// The largest frame that is accepted; a longer one is cut into several by [`frame`].
const LARGEST: usize = 1 << 20;

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
/// A thread of its own writes to the child: one that does not read its input must not keep the end of the pipe from
/// being seen.
pub(super) fn attend(mut pipe: impl Read, child: Option<impl Write + Send + 'static>) {
    let sender = child.map(write_apart);
    while let Ok(Some(bytes)) = read_frame(&mut pipe) {
        if let Some(sender) = &sender {
            // The child may have closed its input, which is its right.
            let _ = sender.send(bytes);
        }
    }
}

fn write_apart(mut child: impl Write + Send + 'static) -> mpsc::Sender<Vec<u8>> {
    let (sender, receiver) = mpsc::channel::<Vec<u8>>();
    thread::spawn(move || {
        for bytes in receiver {
            if bytes.is_empty() || child.write_all(&bytes).and_then(|()| child.flush()).is_err() {
                return;
            }
        }
    });
    sender
}

fn read_frame(pipe: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
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
}
