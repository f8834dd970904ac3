//! The command line: parsed, a front chosen, an exit code returned.
