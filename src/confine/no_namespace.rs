//! Only Linux has namespaces of processes; elsewhere nobody is granted one.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

/// The argument that makes this program the first process of a namespace, which it cannot be here.
pub(super) const FIRST: &str = "--first";

pub(super) fn be_first(_: impl Iterator<Item = OsString>) -> ExitCode {
    ExitCode::FAILURE
}

/// The right to make a namespace.
#[derive(Debug)]
pub(super) enum Grant {}

impl Grant {
    pub(super) fn take(_: Option<u64>) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// A namespace in which this thread's next children live.
#[derive(Debug)]
pub(super) enum Namespace {}

impl Namespace {
    pub(super) fn make(grant: &Grant) -> io::Result<Self> {
        match *grant {}
    }
}

#[cfg(unix)]
impl Namespace {
    pub(super) fn begin(&mut self) -> io::Result<()> {
        match *self {}
    }

    pub(super) fn first(&self) -> rustix::process::Pid {
        match *self {}
    }

    pub(super) fn wait(self) {
        match self {}
    }
}
