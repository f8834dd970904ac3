//! What is known of an exercise follows it to a new id.

use crate::pack::Pack;
use crate::progress::record::Record;

impl Record {
    /// Moves what is known under former ids (`renamed-from`) to the ids of now; where both are known, nothing is moved.
    /// Says whether anything was.
    pub fn carry_over(&mut self, pack: &Pack) -> bool {
        let mut moved = false;
        for exercise in &pack.exercises {
            for former in &exercise.renamed_from {
                moved |= self.rename(&pack.id, former, &exercise.id);
            }
        }
        moved
    }

    fn rename(&mut self, pack: &str, former: &str, now: &str) -> bool {
        let places = self.last.iter_mut().chain(self.places.values_mut()).filter(|place| place.pack == pack);
        let open = places.filter_map(|place| place.exercise.as_mut()).find(|open| *open == former);
        let was_open = open.map(|open| now.clone_into(open)).is_some();
        let Some(records) = self.exercises.get_mut(pack) else { return was_open };
        if records.contains_key(now) {
            return was_open;
        }
        let Some(record) = records.remove(former) else { return was_open };
        records.insert(now.to_owned(), record);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::record::Place;

    fn known(ids: &[&str]) -> Record {
        let mut record = Record::default();
        for (started, id) in (1..).zip(ids) {
            record.exercise_mut("p", id).started = Some(started);
        }
        record
    }

    fn place(exercise: &str) -> Place {
        Place {
            pack: "p".into(),
            chapter: "c".into(),
            section: "s".into(),
            exercise: Some(exercise.into()),
            below: 0,
        }
    }

    #[test]
    fn a_record_follows_its_exercise() {
        let mut record = known(&["old"]);
        record.last = Some(place("old"));
        assert!(record.rename("p", "old", "new"));
        assert_eq!(record.exercise("p", "new").unwrap().started, Some(1));
        assert_eq!(record.exercise("p", "old"), None);
        assert_eq!(record.last.as_ref().unwrap().exercise.as_deref(), Some("new"));
        assert!(!record.rename("p", "old", "new"));
    }

    #[test]
    fn an_exercise_that_was_only_looked_at_is_found_again_too() {
        let mut record = Record { last: Some(place("old")), ..Record::default() };
        assert!(record.rename("p", "old", "new"), "it is to be written");
        assert_eq!(record.last, Some(place("new")));
        let places = [("p".to_owned(), place("old"))].into();
        let mut record = Record { places, ..Record::default() };
        assert!(record.rename("p", "old", "new"), "also where another pack was opened since");
        assert_eq!(record.place_in("p"), Some(&place("new")));
    }

    #[test]
    fn what_is_known_of_the_new_id_is_not_overwritten() {
        let mut record = known(&["new", "old"]);
        assert!(!record.rename("p", "old", "new"));
        assert_eq!(record, known(&["new", "old"]));
        assert!(!record.rename("other", "old", "new"));
    }
}
