//! Learner code that misbehaves: the right outcome, every other test judged, no process left.
