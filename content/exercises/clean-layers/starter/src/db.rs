//! A database of one table, `users`, that understands two statements. It stands in for a pool of connections.

use std::collections::BTreeMap;
use std::sync::Mutex;

pub const SELECT_BY_ID: &str = "SELECT id, name, email, password_hash FROM users WHERE id = $1";
pub const UPDATE_NAME: &str = "UPDATE users SET name = $1 WHERE id = $2";

/// The columns of a row by name; all of them are text.
pub type Row = BTreeMap<String, String>;

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct DbError(pub String);

#[derive(Default)]
pub struct Database {
    rows: Mutex<Vec<Row>>,
    log: Mutex<Vec<String>>,
}

impl Database {
    /// Puts a row into the table, as a migration or a test would.
    pub fn insert(&self, columns: [(&str, &str); 4]) {
        let row = columns.map(|(name, value)| (name.to_string(), value.to_string()));
        self.rows.lock().unwrap().push(row.into());
    }

    /// The statements run so far, with their parameters.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// The rows that a query finds.
    pub async fn fetch(&self, sql: &str, params: &[&str]) -> Result<Vec<Row>, DbError> {
        self.note(sql, params);
        match (sql, params) {
            (SELECT_BY_ID, [id]) => {
                let rows = self.rows.lock().unwrap();
                Ok(rows
                    .iter()
                    .filter(|row| row["id"] == *id)
                    .cloned()
                    .collect())
            }
            _ => Err(DbError(format!("syntax error in {sql:?} with {params:?}"))),
        }
    }

    /// How many rows a statement has changed.
    pub async fn execute(&self, sql: &str, params: &[&str]) -> Result<u64, DbError> {
        self.note(sql, params);
        match (sql, params) {
            (UPDATE_NAME, [name, id]) => {
                let mut changed = 0;
                let mut rows = self.rows.lock().unwrap();
                for row in rows.iter_mut().filter(|row| row["id"] == *id) {
                    row.insert("name".into(), name.to_string());
                    changed += 1;
                }
                Ok(changed)
            }
            _ => Err(DbError(format!("syntax error in {sql:?} with {params:?}"))),
        }
    }

    fn note(&self, sql: &str, params: &[&str]) {
        let verb = sql.split(' ').next().unwrap_or_default();
        self.log.lock().unwrap().push(format!("{verb} {params:?}"));
    }
}
