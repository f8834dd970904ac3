use async_trait::async_trait;
use chrono::{DateTime, Utc};
use command::*;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

// The world around a command: an in-memory repository, an event publisher and a
// cheap hasher. All three write down, in one common log, what they were asked.

#[derive(Default)]
struct World {
    log: Mutex<Vec<String>>,
    users: Mutex<Vec<User>>,
    published: Mutex<Vec<(String, Value)>>,
    save_fails_with: Option<AppError>,
    publish_fails_with: Option<AppError>,
    hash_fails_with: Option<AppError>,
    renames_on_save: bool,
}

impl World {
    fn with_users(users: &[User]) -> Self {
        Self {
            users: Mutex::new(users.to_vec()),
            ..Self::default()
        }
    }

    fn note(&self, what: String) {
        self.log.lock().unwrap().push(what);
    }

    fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// What was asked of `who`: "save", "publish", "find_by_email" …
    fn calls(&self, who: &str) -> usize {
        let log = self.log();
        log.iter()
            .filter(|line| line.split(' ').next() == Some(who))
            .count()
    }

    fn stored(&self) -> Vec<User> {
        self.users.lock().unwrap().clone()
    }

    fn published(&self) -> Vec<(String, Value)> {
        self.published.lock().unwrap().clone()
    }
}

#[async_trait]
impl UserRepository for World {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        self.note(format!("find_by_id {id}"));
        Ok(self.stored().into_iter().find(|user| user.id == id))
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        self.note(format!("find_by_email {email}"));
        Ok(self.stored().into_iter().find(|user| user.email == email))
    }

    async fn save(&self, user: &User) -> Result<User, AppError> {
        self.note("save".to_string());
        if let Some(error) = &self.save_fails_with {
            return Err(error.clone());
        }
        let mut stored = user.clone();
        if self.renames_on_save {
            stored.id = Uuid::from_u128(0xdb);
            stored.name = stored.name.trim().to_string();
        }
        self.users.lock().unwrap().push(stored.clone());
        Ok(stored)
    }

    async fn update(&self, user: &User) -> Result<User, AppError> {
        self.note("update".to_string());
        let mut users = self.users.lock().unwrap();
        match users.iter_mut().find(|stored| stored.id == user.id) {
            Some(stored) => *stored = user.clone(),
            None => return Err(AppError::Internal("updated a missing user".to_string())),
        }
        Ok(user.clone())
    }
}

#[async_trait]
impl EventPublisher for World {
    async fn publish(&self, event: &str, payload: Value) -> Result<String, AppError> {
        self.note(format!("publish {event}"));
        if let Some(error) = &self.publish_fails_with {
            return Err(error.clone());
        }
        self.published
            .lock()
            .unwrap()
            .push((event.to_string(), payload));
        Ok("event-id".to_string())
    }
}

impl PasswordHasher for World {
    fn hash(&self, password: &str) -> Result<String, AppError> {
        self.note("hash".to_string());
        match &self.hash_fails_with {
            Some(error) => Err(error.clone()),
            None => Ok(hash_of(password)),
        }
    }
}

/// No hash to be proud of, but every password has another one.
fn hash_of(password: &str) -> String {
    format!("hash-{}", password.chars().rev().collect::<String>())
}

fn request(name: &str, email: &str, password: &str) -> CreateUserRequest {
    CreateUserRequest {
        name: name.to_string(),
        email: email.to_string(),
        password: password.to_string(),
    }
}

fn ada() -> CreateUserRequest {
    request("Ada", "ada@example.com", "Password123")
}

async fn create(world: &Arc<World>, dto: CreateUserRequest) -> Result<User, AppError> {
    CreateUserCommand {
        dto,
        repo: world.clone(),
        events: world.clone(),
        hasher: world.clone(),
    }
    .execute()
    .await
}

fn long_ago() -> DateTime<Utc> {
    DateTime::from_timestamp(1_500_000_000, 0).unwrap()
}

fn stored_user(id: u128, name: &str, email: &str) -> User {
    User {
        id: Uuid::from_u128(id),
        name: name.to_string(),
        email: email.to_string(),
        password_hash: "old-hash".to_string(),
        sync_status: SyncStatus::Pending,
        created_at: long_ago(),
        updated_at: long_ago(),
    }
}

#[track_caller]
fn assert_refused(result: &Result<User, AppError>, what: &str) {
    assert!(
        matches!(result, Err(AppError::ValidationFailed(_))),
        "{what}: expected Err(ValidationFailed), got {result:?}"
    );
}

#[track_caller]
fn assert_conflict(result: &Result<User, AppError>, what: &str) {
    assert!(
        matches!(result, Err(AppError::Conflict(_))),
        "{what}: expected Err(Conflict), got {result:?}"
    );
}

// Step 1: refuse what makes no sense

#[tokio::test]
async fn a_blank_name_is_refused() {
    for name in ["", "   "] {
        let result = create(
            &Arc::new(World::default()),
            request(name, "ada@example.com", "Password123"),
        )
        .await;
        assert_refused(&result, &format!("the name is {name:?}"));
    }
}

#[tokio::test]
async fn an_email_needs_something_on_both_sides_of_an_at() {
    for email in ["", "ada", "@", "ada@", "@example.com"] {
        let result = create(
            &Arc::new(World::default()),
            request("Ada", email, "Password123"),
        )
        .await;
        assert_refused(&result, &format!("the email is {email:?}"));
    }
}

#[tokio::test]
async fn a_password_of_seven_characters_is_refused() {
    for password in ["", "Passwor", "Pässwör"] {
        let result = create(
            &Arc::new(World::default()),
            request("Ada", "ada@example.com", password),
        )
        .await;
        assert_refused(
            &result,
            &format!(
                "the password {password:?} has {} characters",
                password.chars().count()
            ),
        );
    }
}

#[tokio::test]
async fn a_refused_request_touches_nothing() {
    let world = Arc::new(World::default());
    let result = create(&world, request("Ada", "ada@example.com", "short")).await;
    assert_refused(&result, "the password is \"short\"");
    assert_eq!(
        world.log(),
        Vec::<String>::new(),
        "a request that makes no sense needs no lookup, no hash, no save and no event"
    );
}

// Step 2: one email, one user

#[tokio::test]
async fn a_taken_email_is_a_conflict() {
    let world = Arc::new(World::with_users(&[stored_user(
        1,
        "Someone",
        "ada@example.com",
    )]));
    let result = create(&world, ada()).await;
    assert_conflict(&result, "ada@example.com is somebody else's");
}

#[tokio::test]
async fn the_email_of_the_request_is_looked_up() {
    let world = Arc::new(World::with_users(&[stored_user(
        1,
        "Someone",
        "Ada@Example.com",
    )]));
    let _ = create(&world, request("Ada", "Ada@Example.com", "Password123")).await;
    assert_eq!(
        world.log().first().map(String::as_str),
        Some("find_by_email Ada@Example.com"),
        "the first thing asked of the world, after validation"
    );
}

#[tokio::test]
async fn a_conflict_leaves_no_trace() {
    let world = Arc::new(World::with_users(&[stored_user(
        1,
        "Someone",
        "ada@example.com",
    )]));
    assert_conflict(
        &create(&world, ada()).await,
        "ada@example.com is somebody else's",
    );
    for call in ["hash", "save", "publish"] {
        assert_eq!(
            world.calls(call),
            0,
            "after a conflict there is nothing to {call}"
        );
    }
}

// Step 3: hash and save

#[tokio::test]
async fn the_saved_user_is_the_requested_one() {
    let world = Arc::new(World::default());
    let before = Utc::now();
    create(&world, request("Ada", "Ada@Example.com", "Password123"))
        .await
        .expect("a sound request for a free email succeeds");
    let after = Utc::now();

    let stored = world.stored();
    assert_eq!(stored.len(), 1, "one request saves one user");
    assert_eq!(stored[0].name, "Ada", "name of the saved user");
    assert_eq!(
        stored[0].email, "Ada@Example.com",
        "email of the saved user"
    );
    assert_eq!(
        stored[0].sync_status,
        SyncStatus::Synced,
        "a user created here is in sync"
    );
    assert!(
        (before..=after).contains(&stored[0].created_at),
        "created_at is the time of the command"
    );
    assert!(
        (before..=after).contains(&stored[0].updated_at),
        "updated_at is the time of the command"
    );
}

#[tokio::test]
async fn eight_characters_are_a_password() {
    let result = create(
        &Arc::new(World::default()),
        request("Ada", "a@b", "Pässwörd"),
    )
    .await;
    assert!(
        result.is_ok(),
        "\"Pässwörd\" has eight characters and \"a@b\" both its sides: got {result:?}"
    );
}

#[tokio::test]
async fn only_the_hash_of_the_password_is_saved() {
    let world = Arc::new(World::default());
    create(&world, ada())
        .await
        .expect("a sound request for a free email succeeds");
    assert_eq!(
        world.stored()[0].password_hash,
        hash_of("Password123"),
        "password_hash is what the hasher made of \"Password123\""
    );
}

#[tokio::test]
async fn every_user_gets_an_id_of_its_own() {
    let world = Arc::new(World::default());
    let first = create(&world, ada())
        .await
        .expect("a sound request for a free email succeeds");
    let second = create(&world, request("Bob", "bob@example.com", "Password123"))
        .await
        .expect("another sound request for another email succeeds");
    assert_ne!(first.id, second.id, "two users have two ids");
}

#[tokio::test]
async fn the_caller_gets_what_was_stored() {
    let world = Arc::new(World {
        renames_on_save: true,
        ..World::default()
    });
    let user = create(&world, request(" Ada ", "ada@example.com", "Password123"))
        .await
        .expect("a sound request for a free email succeeds");
    assert_eq!(
        Some(&user),
        world.stored().first(),
        "this repository gives ids itself and trims names: the caller gets its version"
    );
}

#[tokio::test]
async fn a_failing_hash_saves_nothing() {
    let error = AppError::Internal("no randomness".to_string());
    let world = Arc::new(World {
        hash_fails_with: Some(error.clone()),
        ..World::default()
    });
    assert_eq!(
        create(&world, ada()).await,
        Err(error),
        "the hasher's error is passed on"
    );
    assert_eq!(world.calls("save"), 0, "no user without a password hash");
}

// Step 4: tell the others

#[tokio::test]
async fn user_created_is_published_once() {
    let world = Arc::new(World::default());
    create(&world, ada())
        .await
        .expect("a sound request for a free email succeeds");
    let names: Vec<String> = world
        .published()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        ["user.created"],
        "one new user is one event with this name"
    );
}

#[tokio::test]
async fn the_event_carries_the_stored_id() {
    let world = Arc::new(World {
        renames_on_save: true,
        ..World::default()
    });
    create(&world, ada())
        .await
        .expect("a sound request for a free email succeeds");
    assert_eq!(
        world.published().first().map(|(_, payload)| payload),
        Some(&json!({ "userId": Uuid::from_u128(0xdb).to_string() })),
        "the payload names the user by the id that the repository stored"
    );
}

#[tokio::test]
async fn saving_comes_before_publishing() {
    let world = Arc::new(World::default());
    create(&world, ada())
        .await
        .expect("a sound request for a free email succeeds");
    assert_eq!(
        world.log(),
        [
            "find_by_email ada@example.com",
            "hash",
            "save",
            "publish user.created",
        ],
        "an event is about something that has happened"
    );
}

#[tokio::test]
async fn nothing_is_published_when_saving_fails() {
    // Between the lookup and the save somebody else took the email; the
    // database's unique constraint says so.
    let error = AppError::Conflict("users.email is unique".to_string());
    let world = Arc::new(World {
        save_fails_with: Some(error.clone()),
        ..World::default()
    });
    assert_eq!(
        create(&world, ada()).await,
        Err(error),
        "the repository's error is passed on"
    );
    assert_eq!(world.calls("save"), 1, "the save was tried once");
    assert_eq!(world.calls("publish"), 0, "no user, no event");
}

#[tokio::test]
async fn a_failing_publisher_is_reported() {
    let error = AppError::Internal("the broker is down".to_string());
    let world = Arc::new(World {
        publish_fails_with: Some(error.clone()),
        ..World::default()
    });
    assert_eq!(
        create(&world, ada()).await,
        Err(error),
        "the publisher's error is passed on: the caller must know that nobody was told"
    );
}

// Step 5: update

fn ada_and_bob() -> Arc<World> {
    Arc::new(World::with_users(&[
        stored_user(1, "Ada", "ada@example.com"),
        stored_user(2, "Bob", "bob@example.com"),
    ]))
}

async fn update(
    world: &Arc<World>,
    id: u128,
    name: Option<&str>,
    email: Option<&str>,
) -> Result<User, AppError> {
    UpdateUserCommand {
        user_id: Uuid::from_u128(id),
        dto: UpdateUserRequest {
            name: name.map(str::to_string),
            email: email.map(str::to_string),
        },
        repo: world.clone(),
    }
    .execute()
    .await
}

/// The stored user, but for `updated_at`, which every test would have to guess.
fn stored_ada(world: &World) -> User {
    User {
        updated_at: long_ago(),
        ..world.stored()[0].clone()
    }
}

#[tokio::test]
async fn a_new_name_changes_the_name_only() {
    for sync_status in [SyncStatus::Pending, SyncStatus::Synced] {
        let ada = User {
            sync_status,
            ..stored_user(1, "Ada", "ada@example.com")
        };
        let world = Arc::new(World::with_users(std::slice::from_ref(&ada)));
        update(&world, 1, Some("Ada Lovelace"), None)
            .await
            .expect("a change of Ada, who exists, succeeds");
        assert_eq!(
            stored_ada(&world),
            User {
                name: "Ada Lovelace".to_string(),
                ..ada
            },
            "only the name was sent"
        );
    }
}

#[tokio::test]
async fn a_new_email_changes_the_email_only() {
    for sync_status in [SyncStatus::Pending, SyncStatus::Synced] {
        let ada = User {
            sync_status,
            ..stored_user(1, "Ada", "ada@example.com")
        };
        let world = Arc::new(World::with_users(std::slice::from_ref(&ada)));
        update(&world, 1, None, Some("Ada@Lovelace.org"))
            .await
            .expect("a change of Ada, who exists, to an email that is free succeeds");
        assert_eq!(
            stored_ada(&world),
            User {
                email: "Ada@Lovelace.org".to_string(),
                ..ada
            },
            "only the email was sent"
        );
    }
}

#[tokio::test]
async fn an_update_moves_updated_at() {
    let world = ada_and_bob();
    let before = Utc::now();
    update(&world, 1, Some("Ada Lovelace"), None)
        .await
        .expect("a change of Ada, who exists, succeeds");
    let after = Utc::now();
    assert!(
        (before..=after).contains(&world.stored()[0].updated_at),
        "updated_at is the time of the command, not of the update before it"
    );
}

#[tokio::test]
async fn a_missing_user_is_not_found_and_not_updated() {
    let world = ada_and_bob();
    let result = update(&world, 3, Some("Nobody"), None).await;
    assert!(
        matches!(result, Err(AppError::NotFound(_))),
        "nobody has this id: expected Err(NotFound), got {result:?}"
    );
    assert_eq!(world.calls("update"), 0, "there is nobody to update");
    assert_eq!(world.calls("save"), 0, "an update creates nobody");
}

#[tokio::test]
async fn somebody_elses_email_is_a_conflict() {
    let world = ada_and_bob();
    let result = update(&world, 1, None, Some("bob@example.com")).await;
    assert_conflict(&result, "bob@example.com is Bob's");
    assert_eq!(world.calls("update"), 0, "a conflict changes nothing");
}

#[tokio::test]
async fn ones_own_email_is_no_conflict() {
    let world = ada_and_bob();
    let result = update(&world, 1, Some("Ada L."), Some("ada@example.com")).await;
    assert!(
        result.is_ok(),
        "Ada sends the email that she already has: got {result:?}"
    );
}

// Step 6: the bus

struct Answer;

#[async_trait]
impl Command<u32> for Answer {
    async fn execute(&self) -> Result<u32, AppError> {
        Ok(42)
    }
}

struct Counted {
    runs: Mutex<u32>,
}

#[async_trait]
impl Command<()> for Counted {
    async fn execute(&self) -> Result<(), AppError> {
        *self.runs.lock().unwrap() += 1;
        Err(AppError::Internal("always".to_string()))
    }
}

#[tokio::test]
async fn the_bus_hands_back_what_the_command_returns() {
    assert_eq!(
        CommandBus.dispatch(&Answer).await,
        Ok(42),
        "a command that returns 42"
    );
    let world = ada_and_bob();
    let command = UpdateUserCommand {
        user_id: Uuid::from_u128(1),
        dto: UpdateUserRequest {
            name: Some("Ada Lovelace".to_string()),
            email: None,
        },
        repo: world,
    };
    let user = CommandBus.dispatch(&command).await;
    assert_eq!(
        user.map(|user| user.name),
        Ok("Ada Lovelace".to_string()),
        "a command that returns a user"
    );
}

#[tokio::test]
async fn the_bus_runs_a_command_once() {
    let command = Counted {
        runs: Mutex::new(0),
    };
    assert_eq!(
        CommandBus.dispatch(&command).await,
        Err(AppError::Internal("always".to_string())),
        "the bus hands back the error as it is"
    );
    assert_eq!(
        *command.runs.lock().unwrap(),
        1,
        "the bus cannot know whether a failed command may run again"
    );
}

/// Says whether a value is `Send`, at run time: the inherent method exists for
/// `Send` values only, and where it does not, the trait's method is found.
struct Probe<T>(T);

impl<T: Send> Probe<T> {
    #[allow(dead_code)] // unused as long as `dispatch` is not Send
    fn is_send(&self) -> bool {
        true
    }
}

#[allow(dead_code)] // unused as soon as `dispatch` is Send
trait NotSend {
    fn is_send(&self) -> bool {
        false
    }
}

impl<T> NotSend for Probe<T> {}

#[test]
fn a_dispatch_may_move_between_threads() {
    assert!(
        Probe(CommandBus.dispatch(&Answer)).is_send(),
        "the future of `dispatch` is not Send, so no axum handler and no tokio::spawn \
         takes it: what must be true of a command that several threads may look at?"
    );
}
