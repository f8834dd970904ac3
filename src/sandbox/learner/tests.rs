//! Tests of the learner.
