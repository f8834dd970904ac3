//! Tests of the stamp.
