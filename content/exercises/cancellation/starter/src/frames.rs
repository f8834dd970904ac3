//! Jobs from a connection: two bytes with the length, the higher one first, and then as many bytes.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

// Step 4

pub struct Frames<R> {
    source: R,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    pub fn new(source: R) -> Self {
        Self { source }
    }

    /// The next frame; `None` when the source has ended after a whole one. Cancel-safe: who drops this future has lost
    /// nothing, and the next call goes on.
    pub async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let length = match self.source.read_u16().await {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            length => length?,
        };
        let mut frame = vec![0; length.into()];
        self.source.read_exact(&mut frame).await?;
        Ok(Some(frame))
    }
}
