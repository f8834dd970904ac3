//! What ended a process from outside, in words.

/// The one of these signals that has another number on every system.
const SIGBUS: i32 = if cfg!(target_os = "linux") { 7 } else { 10 };

/// A signal, or on Windows an exception, in words.
pub fn signal_name(signal: i32) -> String {
    let name = match signal {
        ..0 => return exception_name(signal.cast_unsigned()),
        4 => "SIGILL: an illegal instruction",
        6 => "SIGABRT: it aborted",
        SIGBUS => "SIGBUS: memory that is not there",
        8 => "SIGFPE: an arithmetic error",
        9 => "SIGKILL",
        11 => "SIGSEGV: memory that it may not use",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU: too much processor time",
        25 => "SIGXFSZ: it wrote too large a file",
        _ => return format!("signal {signal}"),
    };
    name.to_owned()
}

/// An exception in words, by its code as Microsoft's list of `NTSTATUS` values has it.
fn exception_name(code: u32) -> String {
    let what = match code {
        0xC000_0005 => "memory that it may not use",
        0xC000_0017 => "no memory was left",
        0xC000_001D => "an illegal instruction",
        0xC000_0094 => "an arithmetic error",
        0xC000_00FD => "the stack overflowed",
        0xC000_0135 => "a DLL that it needs is not there",
        0xC000_013A => "Ctrl-C",
        // `STATUS_STACK_BUFFER_OVERRUN` by name, but what `abort` ends with.
        0xC000_0409 => "it aborted",
        _ => return format!("exception 0x{code:08X}"),
    };
    format!("exception 0x{code:08X}: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_signal_has_the_name_that_it_has_here() {
        assert!(signal_name(7).starts_with("SIGBUS"));
        assert_eq!(signal_name(10), "signal 10");
    }

    #[test]
    fn an_exception_is_told_as_windows_writes_it() {
        assert_eq!(signal_name(-1_073_740_791), "exception 0xC0000409: it aborted");
        assert_eq!(signal_name(0xC000_0142_u32.cast_signed()), "exception 0xC0000142");
    }
}
