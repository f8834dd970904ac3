//! The record as JSON: `{"version": 1, …}`, with whatever else a file holds, or says of an exercise, kept.

use serde_json::{Map, Value};

use crate::progress::record::Record;

/// The version of the format that this program writes.
pub(super) const VERSION: u64 = 1;

/// A record and the fields around it that this version does not know.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Stored {
    pub(super) record: Record,
    unknown: Map<String, Value>,
}

/// Why bytes are no record.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Of this later version.
    Newer(u64),
    /// Not what any version writes, for this reason.
    Broken(String),
}

/// Reads a record.
pub(super) fn parse(bytes: &[u8]) -> Result<Stored, Unreadable> {
    let broken = |error: serde_json::Error| Unreadable::Broken(error.to_string());
    let mut fields: Map<String, Value> = serde_json::from_slice(bytes).map_err(broken)?;
    match fields.remove("version").and_then(|version| version.as_u64()) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(Unreadable::Newer(version)),
        _ => return Err(Unreadable::Broken("it says no version".to_owned())),
    }
    let record = serde_json::from_value(Value::Object(fields.clone())).map_err(broken)?;
    Ok(Stored { record, unknown: fields })
}

/// Writes a record for people and programs to read.
pub(super) fn render(stored: &Stored) -> String {
    let mut fields = stored.unknown.clone();
    fields.insert("version".to_owned(), VERSION.into());
    if let Ok(Value::Object(known)) = serde_json::to_value(&stored.record) {
        fields.extend(known);
    }
    format!("{:#}\n", Value::Object(fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut stored = Stored::default();
        stored.record.exercise_mut("p", "x").hints.insert(2, 1);
        let read = parse(render(&stored).as_bytes()).unwrap();
        assert_eq!(read.record, stored.record);
    }

    #[test]
    fn fields_of_others_survive() {
        let text = br#"{"version": 1, "theme": {"a": [1]}, "read": {"p": ["c#s"]}, "exercises": {"p": {"x": {"hints": {"2": 1}, "stars": 5}}}}"#;
        let stored = parse(text).unwrap();
        assert!(stored.record.read["p"].contains("c#s"));
        assert_eq!(stored.record.exercise("p", "x").unwrap().hints, [(2, 1)].into());
        let again: Value = serde_json::from_str(&render(&stored)).unwrap();
        assert_eq!(again["theme"]["a"][0], 1);
        assert_eq!(again["exercises"]["p"]["x"]["stars"], 5, "what is known of an exercise, too");
    }

    #[test]
    fn what_is_no_record_is_told_apart() {
        assert_eq!(parse(br#"{"version": 2}"#), Err(Unreadable::Newer(2)));
        for bytes in [&b""[..], b"{}", b"[]", b"\xff", br#"{"version":"1"}"#, br#"{"version":1,"read":3}"#] {
            assert!(matches!(parse(bytes), Err(Unreadable::Broken(_))), "{bytes:?}");
        }
    }
}
