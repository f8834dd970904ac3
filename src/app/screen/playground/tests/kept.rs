//! What was kept of the playground's text: it is what runs.

use super::*;

/// The app started again, before the text that was kept is read.
fn again(model: &Model) -> Model {
    Model::new(model.packs.clone(), model.record.clone(), (100, 30), 2_000)
}

fn read(model: &mut Model, text: &str) -> Vec<Effect> {
    let read = FilesEvent::PlaygroundRead { pack: "small".into(), text: Some(text.into()) };
    update(model, Message::Files(read))
}

fn ran(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::StartPlay { code, .. } => Some(code.as_str()),
        _ => None,
    })
}

#[test]
fn after_a_restart_the_changed_copy_that_is_shown_is_what_runs() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    keys(&mut model, "// mine ");
    let mine = text(&model);
    let mut model = again(&model);
    assert_eq!(ran(&super::super::run(&mut model, &listing())), None, "nobody knows yet what stands there");
    assert_eq!(ran(&read(&mut model, &mine)), Some(mine.as_str()));
    assert_eq!(context(&model), Context::Playground);
}

#[test]
fn what_waits_to_be_read_is_run_when_it_is_asked_for_again_and_not_once_it_is_left() {
    let mut model = again(&opened());
    open(&mut model, None);
    assert_eq!(press(&mut model, &[Key::control('r')]), []);
    assert!(ran(&press(&mut model, &[Key::control('r')])).is_some(), "it may never be read");
    let mut model = again(&opened());
    open(&mut model, None);
    press(&mut model, &[Key::control('r'), Key::plain(Code::Esc), Key::plain(Code::Esc)]);
    assert_eq!(ran(&read(&mut model, "mine")), None);
}
