//! What was answered to the questions of a quiz: kept under what was asked, so that no answer ever counts for another question.

use crate::pack::{Exercise, Question};
use crate::progress::record::ExerciseRecord;

/// How far a quiz is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Questions that were answered.
    pub answered: usize,
    /// Those that were answered rightly.
    pub right: usize,
    /// All of its questions.
    pub all: usize,
}

impl ExerciseRecord {
    /// The option that a question was answered with, from 0.
    pub fn answer_to(&self, question: &Question) -> Option<usize> {
        let answer = self.answers.get(&question_key(question)).copied();
        answer.filter(|option| *option < question.options.len())
    }

    /// How far a quiz is.
    pub fn tally(&self, quiz: &Exercise) -> Tally {
        let mut tally = Tally { all: quiz.questions.len(), ..Tally::default() };
        for question in &quiz.questions {
            let answer = self.answer_to(question);
            tally.answered += usize::from(answer.is_some());
            tally.right += usize::from(answer == Some(question.answer));
        }
        tally
    }
}

/// What an answer is kept under: a hash of all that the learner saw when answering, and of nothing else. Where the question
/// stands, and which answer its pack holds to be right, may change.
pub fn question_key(question: &Question) -> String {
    let code = question.code.as_deref().unwrap_or_default();
    let options = question.options.iter().map(String::as_str);
    let mut hash = FNV_OFFSET;
    for text in [question.text.as_str(), code].into_iter().chain(options) {
        // A byte that no UTF-8 holds parts the texts.
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
        }
    }
    format!("{hash:016x}")
}

/// FNV-1a: the same in every version of this program, which the standard library's hash does not promise.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::pack::{Ask, Kind};

    fn question(text: &str, options: &[&str]) -> Question {
        Question {
            name: "question 1".into(),
            ask: Ask::Choice,
            text: text.into(),
            code: None,
            options: options.iter().map(ToString::to_string).collect(),
            answer: 0,
            error: None,
            prints: None,
            explain: String::new(),
        }
    }

    fn answered(question: &Question, option: usize) -> ExerciseRecord {
        let mut known = ExerciseRecord::default();
        known.answers.insert(question_key(question), option);
        known
    }

    #[test]
    fn a_key_stays_what_it_is() {
        assert_eq!(question_key(&question("Which?", &["this", "that"])), "fba0e5d8f4df1524");
    }

    #[test]
    fn an_answer_counts_for_what_was_asked_and_for_nothing_else() {
        let asked = question("Which?", &["this", "that"]);
        let known = answered(&asked, 1);
        let moved =
            Question { name: "question 7".into(), answer: 1, explain: "New.".into(), ..asked.clone() };
        assert_eq!(known.answer_to(&moved), Some(1), "it is the same question");
        let others = [
            question("Which one?", &["this", "that"]),
            question("Which?", &["that", "this"]),
            question("Which?", &["this", "that", "neither"]),
            question("Which?", &["thisthat"]),
            Question { code: Some("fn main() {}".into()), ..asked },
        ];
        assert!(others.iter().all(|other| known.answer_to(other).is_none()));
        assert_eq!(others.iter().map(question_key).collect::<HashSet<_>>().len(), others.len());
    }

    #[test]
    fn an_option_that_is_not_there_is_no_answer() {
        let asked = question("Which?", &["this", "that"]);
        assert_eq!(answered(&asked, 2).answer_to(&asked), None);
    }

    #[test]
    fn a_tally_counts_what_is_right_by_the_pack_of_now() {
        let (one, two) = (question("One?", &["a", "b"]), question("Two?", &["a", "b"]));
        let known = answered(&one, 1);
        let mut quiz = crate::pack::builtin().unwrap().exercises.remove(0);
        (quiz.kind, quiz.questions) = (Kind::Quiz, vec![one, two]);
        assert_eq!(known.tally(&quiz), Tally { answered: 1, right: 0, all: 2 });
        quiz.questions[0].answer = 1;
        assert_eq!(known.tally(&quiz), Tally { answered: 1, right: 1, all: 2 });
    }
}
