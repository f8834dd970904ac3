//! Empty: building it builds every dependency of the set ahead of the first exercise.
