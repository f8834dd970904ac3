//! From a chapter to its exercises.

use super::*;

#[test]
fn a_card_in_view_is_opened_where_the_section_at_the_top_has_no_exercise() {
    let mut model = reading((100, 40));
    press(&mut model, &[Key::char('o')]);
    assert_eq!(model.screen, Screen::Workbench);
}

#[test]
fn at_the_top_of_a_chapter_its_next_exercise_is_opened_and_at_the_end_its_last() {
    let opened = |model: &Model| model.workbench.as_ref().map(|bench| bench.key.exercise.clone());
    for key in ['g', 'G'] {
        let mut model = reading((100, 12));
        let mut pack = model.pack().as_ref().clone();
        pack.exercises.retain(|one| one.section.chapter != "service-layer" || one.id == "command");
        model.packs = vec![Arc::new(pack)];
        open(&mut model, "service-layer", None);
        press(&mut model, &[Key::char(key), Key::char('o')]);
        assert_eq!(opened(&model).as_deref(), Some("command"), "{key}");
    }
}
