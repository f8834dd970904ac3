//! Tests of the manifests.

use super::*;

#[test]
fn no_exercise_has_the_name_of_a_member_of_ours() {
    assert!([WARM, PLAYGROUND].into_iter().all(crate::pack::is_reserved_id));
}
use crate::sandbox::testing::pack;

#[test]
fn a_member_names_its_targets_and_inherits_every_dependency() {
    let template = Template::find(&pack(), "service").unwrap();
    let tests = vec![("api".to_owned(), "tests/api.rs".to_owned())];
    let product = Product::Library { name: "user_api".into(), tests, loads: None };
    let text = template.member_manifest(&Member::new("user-api", "demo", "learner", product));
    let manifest: Table = text.parse().unwrap();
    assert_eq!(manifest["package"]["version"].as_str(), Some("0.0.0+demo.learner"));
    assert_eq!(manifest["package"]["build"].as_bool(), Some(false));
    assert_eq!(manifest["lib"]["name"].as_str(), Some("user_api"));
    assert_eq!(manifest["test"][0]["path"].as_str(), Some("tests/api.rs"));
    assert_eq!(manifest["dependencies"]["axum"]["workspace"].as_bool(), Some(true));
    assert_eq!(manifest["dependencies"].as_table().unwrap().len(), 21);
}

#[test]
fn a_member_that_loads_another_depends_on_it_too() {
    let template = Template::find(&pack(), "service").unwrap();
    let shared = Product::SharedLibrary { name: "api_linked".into() };
    let text = template.member_manifest(&Member::new("api_linked", "demo", "side", shared));
    let manifest: Table = text.parse().unwrap();
    assert_eq!(manifest["lib"]["crate-type"][0].as_str(), Some("dylib"));
    let loads = Some("api_linked".to_owned());
    let product = Product::Library { name: "api".into(), tests: Vec::new(), loads };
    let text = template.member_manifest(&Member::new("api_a", "demo", "side", product));
    let manifest: Table = text.parse().unwrap();
    assert_eq!(manifest["dependencies"]["api_linked"]["path"].as_str(), Some("../api_linked"));
    assert_eq!(manifest["dependencies"].as_table().unwrap().len(), 22);
}

#[test]
fn the_workspace_keeps_its_profile() {
    let template = Template::find(&pack(), "service").unwrap();
    let text = template.workspace_manifest(&[Member::warm()]).unwrap();
    let manifest: Table = text.parse().unwrap();
    assert_eq!(manifest["workspace"]["members"][0].as_str(), Some("warm"));
    assert_eq!(manifest["profile"]["dev"]["package"]["argon2"]["opt-level"].as_integer(), Some(3));
}

#[test]
fn a_set_that_nobody_brings_is_named() {
    let error = Template::find(&pack(), "grpc").unwrap_err();
    assert_eq!(error.to_string(), "there is no dependency set `grpc`");
}
