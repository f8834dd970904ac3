//! Tests of the watch, with real notifications.

use std::fs;

use super::*;
use crate::sandbox::testing::pack;
use crate::settings::Home;

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn others_changes_are_told_and_our_own_are_not() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let exercise = &pack.exercises[0];
    sandbox.open(&pack, exercise).unwrap();
    let (tell, told) = mpsc::channel();
    let watch = sandbox.watch(&pack, exercise, move |news| tell.send(news).unwrap()).unwrap();

    sandbox.clone().write(&pack, exercise, "src/lib.rs", "ours").unwrap();
    let file = sandbox.crate_dir(&pack, exercise).join("src/lib.rs");
    fs::write(&file, "theirs").unwrap();
    let news = told.recv_timeout(PATIENCE).unwrap();
    assert_eq!(news, BTreeMap::from([("src/lib.rs".to_owned(), "theirs".to_owned())]));

    fs::write(&file, vec![b'x'; 9 << 20]).unwrap();
    assert_eq!(told.recv_timeout(3 * QUIET), Err(RecvTimeoutError::Timeout), "no person wrote that");

    // As many editors save: a new file takes the old one's place.
    let beside = file.with_extension("swp");
    fs::write(&beside, "by renaming").unwrap();
    fs::rename(&beside, &file).unwrap();
    assert_eq!(told.recv_timeout(PATIENCE).unwrap()["src/lib.rs"], "by renaming");

    drop(watch);
    assert_eq!(told.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected), "the thread has ended");
}

#[test]
fn polling_sees_changes_too() {
    let dir = tempfile::tempdir().unwrap();
    let (signal, signals) = mpsc::channel();
    let watcher = polling(dir.path(), &signal, Duration::from_millis(20)).unwrap();
    fs::write(dir.path().join("a.rs"), "new").unwrap();
    signals.recv_timeout(PATIENCE).unwrap();
    drop(watcher);
}

#[test]
fn a_directory_that_is_not_there_cannot_be_watched() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    assert!(matches!(sandbox.watch(&pack, &pack.exercises[0], |_| {}), Err(SandboxError::Watch { .. })));
}

#[test]
fn a_crate_that_is_deleted_and_placed_again_is_still_watched() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let exercise = &pack.exercises[0];
    sandbox.open(&pack, exercise).unwrap();
    let (tell, told) = mpsc::channel();
    let _watch = sandbox.watch(&pack, exercise, move |news| tell.send(news).unwrap()).unwrap();
    let dir = sandbox.crate_dir(&pack, exercise);
    // By whichever way it goes.
    let away = dir.with_file_name("away");
    let goes: [&dyn Fn(); 2] = [&|| fs::remove_dir_all(&dir).unwrap(), &|| fs::rename(&dir, &away).unwrap()];
    for goes in goes {
        goes();
        sandbox.open(&pack, exercise).unwrap();
        for text in ["theirs", "theirs again", "and again"] {
            fs::write(dir.join("src/lib.rs"), text).unwrap();
            while told.recv_timeout(PATIENCE).unwrap()["src/lib.rs"] != text {}
        }
    }
}
