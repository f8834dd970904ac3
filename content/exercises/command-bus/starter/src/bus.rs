//! The bus: it knows which handler belongs to which command.

use crate::command::{BusError, Command, Handler};

#[derive(Default)]
pub struct CommandBus {}

impl CommandBus {
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on `handler` is who does `C`. A command has one handler.
    pub fn register<C: Command>(
        &mut self,
        handler: impl Handler<C> + 'static,
    ) -> Result<(), BusError> {
        let _ = handler;
        todo!("keep the handler")
    }

    /// Whether somebody does `C`.
    pub fn handles<C: Command>(&self) -> bool {
        todo!("look for the handler")
    }

    /// Hands `command` to its handler, and out what the handler answers.
    pub async fn dispatch<C: Command>(&self, command: C) -> Result<C::Output, BusError> {
        let _ = command;
        todo!("find the handler, and let it handle the command")
    }
}
