//! The judge of the bus.

use async_trait::async_trait;
use command_bus::*;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::Barrier;
use tokio::time::timeout;

struct Greet {
    name: String,
}

impl Command for Greet {
    type Output = String;
}

/// Greets with a word of its own.
struct Greeter(&'static str);

#[async_trait]
impl Handler<Greet> for Greeter {
    async fn handle(&self, command: Greet) -> Result<String, AppError> {
        Ok(format!("{} {}", self.0, command.name))
    }
}

fn greet(name: &str) -> Greet {
    Greet { name: name.into() }
}

struct Count(Vec<u32>);

impl Command for Count {
    type Output = usize;
}

struct Counter;

#[async_trait]
impl Handler<Count> for Counter {
    async fn handle(&self, command: Count) -> Result<usize, AppError> {
        Ok(command.0.len())
    }
}

/// Removes users; for two commands, and it remembers which.
#[derive(Clone, Default)]
struct Remover(Arc<Mutex<Vec<String>>>);

struct DeleteUser(u64);

impl Command for DeleteUser {
    type Output = ();
}

struct ArchiveUser(u64);

impl Command for ArchiveUser {
    type Output = ();
}

#[async_trait]
impl Handler<DeleteUser> for Remover {
    async fn handle(&self, command: DeleteUser) -> Result<(), AppError> {
        self.0.lock().unwrap().push(format!("delete {}", command.0));
        Ok(())
    }
}

#[async_trait]
impl Handler<ArchiveUser> for Remover {
    async fn handle(&self, command: ArchiveUser) -> Result<(), AppError> {
        self.0
            .lock()
            .unwrap()
            .push(format!("archive {}", command.0));
        Ok(())
    }
}

mod orders {
    pub struct Cancel;

    impl command_bus::Command for Cancel {
        type Output = &'static str;
    }
}

mod flights {
    pub struct Cancel;

    impl command_bus::Command for Cancel {
        type Output = &'static str;
    }
}

struct Says(&'static str);

#[async_trait]
impl Handler<orders::Cancel> for Says {
    async fn handle(&self, _: orders::Cancel) -> Result<&'static str, AppError> {
        Ok(self.0)
    }
}

#[async_trait]
impl Handler<flights::Cancel> for Says {
    async fn handle(&self, _: flights::Cancel) -> Result<&'static str, AppError> {
        Ok(self.0)
    }
}

/// A bus with these handlers.
macro_rules! bus {
    ($($command:ty => $handler:expr),* $(,)?) => {{
        #[allow(unused_mut)] // without handlers
        let mut bus = CommandBus::new();
        $(
            bus.register::<$command>($handler)
                .expect("a command that nobody handles yet can be registered");
        )*
        bus
    }};
}

/// An error of the bus that is not the handler's, in words.
fn told<T>(result: Result<T, BusError>) -> T {
    result.unwrap_or_else(|error| panic!("expected an answer, got the error: {error}"))
}

// Step 1: one command, one handler

#[tokio::test]
async fn a_command_reaches_its_handler() {
    let bus = bus! { Greet => Greeter("Hello") };
    assert_eq!(
        told(bus.dispatch(greet("Ada")).await),
        "Hello Ada",
        "what the handler makes of the command"
    );
    assert_eq!(
        told(bus.dispatch(greet("Bob")).await),
        "Hello Bob",
        "a second command to the same handler"
    );
}

#[tokio::test]
async fn every_command_has_an_answer_of_its_own_type() {
    let bus = bus! { Greet => Greeter("Hello"), Count => Counter };
    let words: String = told(bus.dispatch(greet("Ada")).await);
    let number: usize = told(bus.dispatch(Count(vec![1, 2, 3])).await);
    assert_eq!(
        (words.as_str(), number),
        ("Hello Ada", 3),
        "answers of two handlers on one bus"
    );
}

// Step 2: nobody handles it

#[tokio::test]
async fn an_unknown_command_is_an_error_that_names_it() {
    let bus = bus! { Greet => Greeter("Hello") };
    let error = bus.dispatch(ArchiveUser(1)).await.err();
    assert_eq!(
        error,
        Some(BusError::NoHandler {
            command: std::any::type_name::<ArchiveUser>()
        }),
        "`ArchiveUser` on a bus that has a handler for `Greet` only"
    );
    let empty = bus! {};
    assert!(
        matches!(
            empty.dispatch(greet("Ada")).await,
            Err(BusError::NoHandler { .. })
        ),
        "expected `NoHandler` from a bus without handlers"
    );
}

#[test]
fn the_bus_can_be_asked_before() {
    let bus = bus! { Greet => Greeter("Hello") };
    assert!(bus.handles::<Greet>(), "somebody handles `Greet`");
    assert!(!bus.handles::<Count>(), "nobody handles `Count`");
    assert!(
        !bus! {}.handles::<Greet>(),
        "nobody handles anything on a bus without handlers"
    );
}

// Step 3: told apart

#[tokio::test]
async fn commands_of_the_same_shape_are_told_apart() {
    let remover = Remover::default();
    let bus = bus! { DeleteUser => remover.clone(), ArchiveUser => remover.clone() };
    told(bus.dispatch(ArchiveUser(1)).await);
    told(bus.dispatch(DeleteUser(2)).await);
    assert_eq!(
        *remover.0.lock().unwrap(),
        ["archive 1", "delete 2"],
        "what was done, by one handler of two commands"
    );
}

#[tokio::test]
async fn commands_of_the_same_name_are_told_apart() {
    let bus = bus! {
        orders::Cancel => Says("an order"),
        flights::Cancel => Says("a flight"),
    };
    assert_eq!(
        (
            told(bus.dispatch(orders::Cancel).await),
            told(bus.dispatch(flights::Cancel).await)
        ),
        ("an order", "a flight"),
        "two commands named `Cancel`, of two modules"
    );
}

// Step 4: one handler

#[tokio::test]
async fn a_second_handler_is_refused() {
    let mut bus = bus! { Greet => Greeter("Hello") };
    assert_eq!(
        bus.register::<Greet>(Greeter("Goodbye")),
        Err(BusError::AlreadyHandled {
            command: std::any::type_name::<Greet>()
        }),
        "another handler for a command that has one"
    );
    assert_eq!(
        bus.register::<Count>(Counter),
        Ok(()),
        "a handler for a command that has none, after that"
    );
}

#[tokio::test]
async fn the_first_handler_stays() {
    let mut bus = bus! { Greet => Greeter("Hello") };
    let _ = bus.register::<Greet>(Greeter("Goodbye"));
    assert_eq!(
        told(bus.dispatch(greet("Ada")).await),
        "Hello Ada",
        "the answer after a second handler was offered"
    );
}

// Step 5: the handler's own words

struct Fails(AppError);

#[async_trait]
impl Handler<Greet> for Fails {
    async fn handle(&self, _: Greet) -> Result<String, AppError> {
        Err(self.0.clone())
    }
}

#[tokio::test]
async fn a_handlers_error_comes_out_as_it_is() {
    for error in [
        AppError::NotFound("user 7".into()),
        AppError::Conflict("Email already exists".into()),
    ] {
        let bus = bus! { Greet => Fails(error.clone()) };
        assert_eq!(
            bus.dispatch(greet("Ada")).await,
            Err(BusError::Failed(error)),
            "what the handler said, and nothing else"
        );
    }
}

#[tokio::test]
async fn a_failed_command_is_no_unknown_one() {
    let bus = bus! { Greet => Fails(AppError::NotFound("Ada".into())) };
    let first = bus.dispatch(greet("Ada")).await;
    assert!(first.is_err(), "the handler fails");
    assert!(
        bus.handles::<Greet>(),
        "the handler is still there after it has failed"
    );
}

// Step 6: from many tasks

/// Answers when as many are waiting as there are to be.
struct Meets(Arc<Barrier>);

#[async_trait]
impl Handler<Greet> for Meets {
    async fn handle(&self, command: Greet) -> Result<String, AppError> {
        self.0.wait().await;
        Ok(command.name)
    }
}

#[async_trait]
impl Handler<Count> for Meets {
    async fn handle(&self, command: Count) -> Result<usize, AppError> {
        self.0.wait().await;
        Ok(command.0.len())
    }
}

#[tokio::test]
async fn a_dispatch_can_be_spawned() {
    let bus = Arc::new(bus! { Greet => Greeter("Hello") });
    let on_another_task = {
        let bus = Arc::clone(&bus);
        tokio::spawn(async move { bus.dispatch(greet("Ada")).await })
    };
    let answer = on_another_task
        .await
        .expect("expected the task to end without a panic");
    assert_eq!(
        told(answer),
        "Hello Ada",
        "what came back from another task"
    );
}

#[tokio::test(start_paused = true)]
async fn commands_run_at_the_same_time() {
    let together = Arc::new(Barrier::new(2));
    let bus = bus! { Greet => Meets(together.clone()), Count => Meets(together) };
    let both = async { tokio::join!(bus.dispatch(greet("Ada")), bus.dispatch(Count(vec![1]))) };
    let Ok((name, number)) = timeout(Duration::from_secs(60), both).await else {
        panic!("expected two commands to be handled at once, but one waits for the other");
    };
    assert_eq!(
        (told(name).as_str(), told(number)),
        ("Ada", 1),
        "two handlers that wait for each other"
    );
}

#[tokio::test(start_paused = true)]
async fn one_handler_may_do_two_commands_at_once() {
    let bus = bus! { Greet => Meets(Arc::new(Barrier::new(2))) };
    let both = async { tokio::join!(bus.dispatch(greet("Ada")), bus.dispatch(greet("Bob"))) };
    let Ok((one, other)) = timeout(Duration::from_secs(60), both).await else {
        panic!("expected one handler to do two commands at once, but one waits for the other");
    };
    assert_eq!(
        (told(one).as_str(), told(other).as_str()),
        ("Ada", "Bob"),
        "two commands of one type"
    );
}
