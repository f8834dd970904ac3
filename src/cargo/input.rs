//! What a process is given to read, taken only as fast as it reads.

use tokio::sync::mpsc;

/// Where the standard input of a process comes from.
#[derive(Debug, Default)]
pub enum Input {
    /// Nowhere, or all of it was given and its end told.
    #[default]
    Over,
    /// It is this, and then ends.
    Whole(Vec<u8>),
    /// A person types it, who does not fill the memory; the end of the channel ends it.
    Typed(mpsc::UnboundedReceiver<String>),
    /// It comes from elsewhere, and waits there as long as the channel is full; the end of the channel ends it.
    Piped(mpsc::Receiver<Vec<u8>>),
}

impl Input {
    /// The next piece; the empty one is the end, after which nothing comes. Nothing is lost if the future is dropped.
    pub(super) async fn next(&mut self) -> Vec<u8> {
        loop {
            let piece = match self {
                Self::Over => std::future::pending().await,
                Self::Whole(text) => Some(std::mem::take(text)).filter(|text| !text.is_empty()),
                Self::Typed(typed) => typed.recv().await.map(String::into_bytes),
                Self::Piped(piped) => piped.recv().await,
            };
            match piece {
                // It would pass for the end.
                Some(piece) if piece.is_empty() => {}
                Some(piece) => return piece,
                None => {
                    *self = Self::Over;
                    return Vec::new();
                }
            }
        }
    }
}

impl From<String> for Input {
    fn from(text: String) -> Self {
        Self::Whole(text.into_bytes())
    }
}

impl From<mpsc::UnboundedReceiver<String>> for Input {
    fn from(typed: mpsc::UnboundedReceiver<String>) -> Self {
        Self::Typed(typed)
    }
}

impl From<mpsc::Receiver<Vec<u8>>> for Input {
    fn from(piped: mpsc::Receiver<Vec<u8>>) -> Self {
        Self::Piped(piped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_text_is_given_once_and_then_ended_once() {
        let mut input = Input::from("text".to_owned());
        assert_eq!(input.next().await, b"text");
        assert_eq!(input.next().await, b"");
        assert!(matches!(input, Input::Over));
    }

    #[tokio::test]
    async fn a_piece_with_nothing_in_it_is_no_end() {
        let (sender, receiver) = mpsc::channel(3);
        for piece in ["one", "", "two"] {
            sender.try_send(piece.as_bytes().to_vec()).unwrap();
        }
        drop(sender);
        let mut input = Input::from(receiver);
        assert_eq!(input.next().await, b"one");
        assert_eq!(input.next().await, b"two");
        assert_eq!(input.next().await, b"");
    }
}
