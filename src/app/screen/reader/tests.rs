//! The reader by keys and mouse: these keys, this state, these effects.
