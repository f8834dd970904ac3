use result_ext::error::{AppError, DbError};
use result_ext::result_ext::{FoundExt, ResultExt};
use result_ext::users::{User, UserRepository, display_name, ensure_exists, manager_of};
use std::cell::RefCell;
use std::fmt;

fn not_found(text: &str) -> AppError {
    AppError::NotFound(text.into())
}

fn internal(text: &str) -> AppError {
    AppError::Internal(text.into())
}

fn is_internal<T: fmt::Debug>(answer: Result<T, AppError>, what: &str) -> String {
    match answer {
        Err(AppError::Internal(text)) => text,
        other => panic!("{what} is AppError::Internal, but it was {other:?}"),
    }
}

fn is_not_found<T: fmt::Debug>(answer: Result<T, AppError>, what: &str) -> String {
    match answer {
        Err(AppError::NotFound(text)) => text,
        other => panic!("{what} is AppError::NotFound, but it was {other:?}"),
    }
}

/// Ada (1), managed by Grace (2), who has no manager, and Edsger (3), whose manager 99 is missing.
/// It notes who was asked for, and breaks at the id in `broken`.
#[derive(Default)]
struct Table {
    broken: Option<u32>,
    asked: RefCell<Vec<u32>>,
}

impl UserRepository for Table {
    fn find_by_id(&self, id: u32) -> Result<Option<User>, DbError> {
        self.asked.borrow_mut().push(id);
        if self.broken == Some(id) {
            return Err(DbError("connection lost".into()));
        }
        let user = |name: &str, manager| {
            Some(User {
                id,
                name: name.into(),
                manager,
            })
        };
        Ok(match id {
            1 => user("Ada", Some(2)),
            2 => user("Grace", None),
            3 => user("Edsger", Some(99)),
            _ => None,
        })
    }
}

fn broken(id: u32) -> Table {
    Table {
        broken: Some(id),
        ..Table::default()
    }
}

// Step 1: nothing there

#[test]
fn some_is_ok() {
    assert_eq!(Some(7).not_found("No seven"), Ok(7), "Some(7).not_found(…)");
    assert_eq!(
        Some(7).or_internal("No seven"),
        Ok(7),
        "Some(7).or_internal(…)"
    );
}

#[test]
fn none_is_not_found_with_the_message() {
    let answer = None::<u32>.not_found("No seven");
    assert_eq!(
        answer,
        Err(not_found("No seven")),
        "None.not_found(\"No seven\")"
    );
}

#[test]
fn none_can_be_internal_with_the_message() {
    let answer = None::<u32>.or_internal("No seven");
    assert_eq!(
        answer,
        Err(internal("No seven")),
        "None.or_internal(\"No seven\")"
    );
}

#[test]
fn an_option_may_hold_anything() {
    struct NeitherCloneNorDebug(Box<dyn Fn() -> u32>);
    let value = Some(NeitherCloneNorDebug(Box::new(|| 7)));
    let Ok(value) = value.not_found("No seven") else {
        panic!("Some is Ok, whatever is in it")
    };
    assert_eq!((value.0)(), 7, "the value is handed on as it is");
}

// Step 2: something broke

#[test]
fn ok_stays_ok() {
    let answer: Result<u32, DbError> = Ok(7);
    assert_eq!(
        answer.clone().not_found("No seven"),
        Ok(7),
        "Ok(7).not_found(…)"
    );
    assert_eq!(
        answer.or_internal("No seven"),
        Ok(7),
        "Ok(7).or_internal(…)"
    );
}

#[test]
fn an_error_is_internal_with_message_and_cause() {
    let answer: Result<u32, DbError> = Err(DbError("connection lost".into()));
    assert_eq!(
        answer.or_internal("Could not count"),
        Err(internal("Could not count: connection lost")),
        "or_internal joins message and cause with a colon"
    );
}

#[test]
fn an_error_is_not_found_with_the_message_alone() {
    let answer: Result<u32, DbError> = Err(DbError("no row in table users".into()));
    assert_eq!(
        answer.not_found("User not found"),
        Err(not_found("User not found")),
        "not_found tells the caller nothing about the cause"
    );
}

#[test]
fn any_error_that_can_be_shown_will_do() {
    let text: Result<u32, &str> = Err("too hot");
    assert_eq!(
        text.or_internal("CPU"),
        Err(internal("CPU: too hot")),
        "an error that is a &str"
    );
    let number = "seven".parse::<u32>();
    assert_eq!(
        number.or_internal("Number"),
        Err(internal("Number: invalid digit found in string")),
        "an error of the standard library"
    );
    let own: Result<u32, AppError> = Err(not_found("user 7"));
    assert_eq!(
        own.or_internal("Report"),
        Err(internal("Report: Not found: user 7")),
        "an AppError that is packed in once more"
    );
}

#[test]
fn an_error_is_shown_as_text_and_not_as_debug() {
    struct Shown;
    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("for people")
        }
    }
    let answer: Result<u32, Shown> = Err(Shown);
    assert_eq!(
        answer.or_internal("Text"),
        Err(internal("Text: for people")),
        "Display, not Debug"
    );
}

// Step 3: the trap

#[test]
fn a_missing_user_does_not_exist() {
    assert_eq!(
        ensure_exists(&Table::default(), 1),
        Ok(()),
        "ensure_exists of user 1, who is in the table"
    );
    let text = is_not_found(
        ensure_exists(&Table::default(), 50),
        "ensure_exists of user 50",
    );
    assert_eq!(text, "User not found", "the message for user 50");
}

#[test]
fn a_missing_user_has_no_name() {
    assert_eq!(
        display_name(&Table::default(), 1),
        Ok("Ada".into()),
        "the name of user 1"
    );
    let text = is_not_found(display_name(&Table::default(), 50), "the name of user 50");
    assert_eq!(text, "User not found", "the message for user 50");
}

#[test]
fn a_broken_table_is_not_a_missing_user() {
    let text = is_internal(
        ensure_exists(&broken(1), 1),
        "ensure_exists with a broken table",
    );
    assert!(
        text.contains("connection lost"),
        "the cause is kept, but the text was {text:?}"
    );
    let text = is_internal(display_name(&broken(1), 1), "a name from a broken table");
    assert!(
        text.contains("connection lost"),
        "the cause is kept, but the text was {text:?}"
    );
}

#[test]
fn each_question_is_asked_once() {
    let table = Table::default();
    ensure_exists(&table, 1).expect("ensure_exists of user 1, who is in the table, is Ok");
    assert_eq!(
        *table.asked.borrow(),
        [1],
        "the ids that ensure_exists asked for"
    );
    let table = Table::default();
    display_name(&table, 2).expect("display_name of user 2, who is in the table, is Ok");
    assert_eq!(
        *table.asked.borrow(),
        [2],
        "the ids that display_name asked for"
    );
}

// Step 4: both at once

#[test]
fn found_is_the_value() {
    let answer: Result<Option<u32>, DbError> = Ok(Some(7));
    assert_eq!(answer.found("number"), Ok(7), "Ok(Some(7)).found(…)");
}

#[test]
fn nothing_found_is_not_found() {
    let answer: Result<Option<u32>, DbError> = Ok(None);
    assert_eq!(
        answer.found("number"),
        Err(not_found("No number")),
        "Ok(None).found(\"number\")"
    );
}

#[test]
fn a_lookup_that_broke_is_internal() {
    let answer: Result<Option<u32>, DbError> = Err(DbError("connection lost".into()));
    assert_eq!(
        answer.found("number"),
        Err(internal("Could not look up number: connection lost")),
        "Err(connection lost).found(\"number\")"
    );
}

#[test]
fn a_manager_is_looked_up() {
    let table = Table::default();
    let manager = manager_of(&table, 1).expect("manager_of user 1, who has one, is Ok");
    assert_eq!(
        manager.map(|user| user.name).as_deref(),
        Some("Grace"),
        "the manager of Ada"
    );
    assert_eq!(*table.asked.borrow(), [1, 2], "the ids that were asked for");
}

#[test]
fn nobody_above_is_no_error() {
    assert_eq!(
        manager_of(&Table::default(), 2),
        Ok(None),
        "Grace has no manager"
    );
}

#[test]
fn a_manager_who_is_missing_is_our_mistake() {
    let text = is_internal(
        manager_of(&Table::default(), 3),
        "a manager who is not in the table",
    );
    assert_eq!(
        text, "The manager is not in the table",
        "the message for Edsger"
    );
    is_not_found(
        manager_of(&Table::default(), 50),
        "the manager of a user who does not exist",
    );
}

#[test]
fn a_table_that_breaks_on_the_way_up_is_internal() {
    for id in [1, 2] {
        let text = is_internal(
            manager_of(&broken(id), 1),
            "a table that breaks at one of two lookups",
        );
        assert!(
            text.contains("connection lost"),
            "the cause is kept, but the text was {text:?}"
        );
    }
}
