//! A quiz in which something was wrong, asked again.

use super::*;

/// Three questions, of which the first and the last were answered wrongly.
fn missed() -> (Model, Pack) {
    let mut pack = asks();
    let third = Question {
        name: "question 3".into(),
        text: "three".into(),
        ..pack.exercises[0].questions[1].clone()
    };
    pack.exercises[0].questions.push(third);
    let mut model = fixture::model(vec![pack.clone()], (80, 24));
    open(&mut model, "layers");
    keys(&mut model, "2");
    for answer in ["2", "1"] {
        plain(&mut model, Code::Enter);
        keys(&mut model, answer);
    }
    (model, pack)
}

fn question(model: &Model) -> Option<usize> {
    bench(model).quiz.as_ref().map(|quiz| quiz.question)
}

#[test]
fn what_is_answered_but_not_rightly_is_not_said_to_be_a_pass() {
    let (mut model, _) = missed();
    let total = |model: &Model| shown(model).into_iter().find(|line| line.contains(" of 3 right"));
    assert_eq!(
        total(&model).as_deref(),
        Some("1 of 3 right; a pass takes all 3.   x asks again what was wrong")
    );
    keys(&mut model, "x1");
    plain(&mut model, Code::Enter);
    keys(&mut model, "2");
    assert_eq!(total(&model).as_deref(), Some("3 of 3 right."));
    assert_eq!(model.record.state("small", "layers"), State::Passed);
}

#[test]
fn only_what_was_wrong_is_asked_again_also_after_a_restart() {
    let (mut model, pack) = missed();
    assert_eq!(update::hints(&model)[0].title, "ask the wrong ones again");
    plain(&mut model, Code::Enter);
    assert_eq!((answers(&model), question(&model)), (vec![None, Some(1), None], Some(0)));
    let mut model = again(&model, pack);
    assert_eq!(answers(&model), [None, Some(1), None]);
    keys(&mut model, "1");
    plain(&mut model, Code::Enter);
    assert_eq!(question(&model), Some(2), "the second is answered");
    keys(&mut model, "x");
    assert_eq!(
        (answers(&model), question(&model)),
        (vec![None; 3], Some(0)),
        "asked before the end, all is asked"
    );
}

#[test]
fn the_wrong_answers_are_brought_back_too() {
    let (mut model, _) = missed();
    let before = answers(&model);
    keys(&mut model, "xu");
    assert_eq!(answers(&model), before);
}
