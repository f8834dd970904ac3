//! The playground by its keys and by news of its program.
