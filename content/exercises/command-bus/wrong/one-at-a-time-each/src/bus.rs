//! The bus: it knows which handler belongs to which command.

use crate::command::{BusError, Command, Handler};
use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

#[derive(Default)]
pub struct CommandBus {
    /// By the type of the command `C`; each is a `Box<dyn Handler<C>>`.
    handlers: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    turns: std::sync::Mutex<HashMap<TypeId, std::sync::Arc<tokio::sync::Mutex<()>>>>,
}

impl CommandBus {
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on `handler` is who does `C`. A command has one handler.
    pub fn register<C: Command>(
        &mut self,
        handler: impl Handler<C> + 'static,
    ) -> Result<(), BusError> {
        let command = type_name::<C>();
        match self.handlers.entry(TypeId::of::<C>()) {
            Entry::Occupied(_) => Err(BusError::AlreadyHandled { command }),
            Entry::Vacant(place) => {
                let handler: Box<dyn Handler<C>> = Box::new(handler);
                place.insert(Box::new(handler));
                Ok(())
            }
        }
    }

    /// Whether somebody does `C`.
    pub fn handles<C: Command>(&self) -> bool {
        self.handlers.contains_key(&TypeId::of::<C>())
    }

    /// Hands `command` to its handler, and out what the handler answers.
    pub async fn dispatch<C: Command>(&self, command: C) -> Result<C::Output, BusError> {
        let handler = self
            .handlers
            .get(&TypeId::of::<C>())
            .and_then(|handler| handler.downcast_ref::<Box<dyn Handler<C>>>())
            .ok_or(BusError::NoHandler {
                command: type_name::<C>(),
            })?;
        let turn = self
            .turns
            .lock()
            .unwrap()
            .entry(TypeId::of::<C>())
            .or_default()
            .clone();
        let _turn = turn.lock().await;
        Ok(handler.handle(command).await?)
    }
}
