//! Jobs from a connection: two bytes with the length, the higher one first, and then as many bytes.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

pub struct Frames<R> {
    source: R,
    /// What has been read and not yet been answered. It outlives the future of `next`.
    buffer: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    pub fn new(source: R) -> Self {
        let buffer = Vec::new();
        Self { source, buffer }
    }

    /// The next frame; `None` when the source has ended after a whole one. Cancel-safe: who drops this future has lost
    /// nothing, and the next call goes on.
    pub async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        while self.buffer.len() < 2 {
            let mut byte = [0];
            match self.source.read(&mut byte).await? {
                0 if self.buffer.is_empty() => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ => self.buffer.push(byte[0]),
            }
        }
        let length = u16::from_be_bytes([self.buffer[0], self.buffer[1]]);
        let mut frame = vec![0; length.into()];
        self.source.read_exact(&mut frame).await?;
        self.buffer.clear();
        let _ = self.cut();
        Ok(Some(frame))
    }

    /// Cuts the first frame off the buffer, if all of it is there.
    fn cut(&mut self) -> Option<Vec<u8>> {
        let (length, rest) = self.buffer.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let frame = rest.get(..length)?.to_vec();
        self.buffer.drain(..2 + length);
        Some(frame)
    }
}
