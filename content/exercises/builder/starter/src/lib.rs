//! The settings of a server, and the way to put them together.

use std::error::Error;
use std::fmt;

/// What a server needs to know before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    pub host: String,
    pub http_port: u16,
    pub grpc_port: u16,
    pub max_connections: u32,
    pub tls_enabled: bool,
    pub metrics_enabled: bool,
}

/// Why settings make no server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// The host is empty or blank.
    EmptyHost,
    /// A port is 0; `setting` is `"http_port"` or `"grpc_port"`.
    ZeroPort { setting: &'static str },
    /// HTTP and gRPC ask for the same port.
    PortClash { port: u16 },
    /// Not a single connection is allowed.
    NoConnections,
}

/// Starts from the defaults and takes one setting at a time.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `build` or `try_build`"]
pub struct ServerConfigBuilder {
    config: ServerConfig,
}

// Step 1: the defaults

impl Default for ServerConfigBuilder {
    fn default() -> Self {
        todo!("the same as `new`")
    }
}

impl ServerConfigBuilder {
    // Step 1 goes on

    pub fn new() -> Self {
        todo!("the defaults")
    }

    /// Whatever was set, as it was set.
    pub fn build(self) -> ServerConfig {
        todo!("hand out {:?}", self.config)
    }

    // Step 2: one setting at a time

    pub fn host(self, host: &str) -> Self {
        todo!("set the host to {host:?}")
    }

    pub fn http_port(self, port: u16) -> Self {
        todo!("set the HTTP port to {port}")
    }

    pub fn grpc_port(self, port: u16) -> Self {
        todo!("set the gRPC port to {port}")
    }

    pub fn max_connections(self, max: u32) -> Self {
        todo!("allow {max} connections")
    }

    // Step 3: the switches

    pub fn with_tls(self) -> Self {
        todo!("switch TLS on")
    }

    pub fn without_metrics(self) -> Self {
        todo!("switch metrics off")
    }

    // Step 4: settings that make no server

    /// Like `build`, but only if a server could run on it.
    pub fn try_build(self) -> Result<ServerConfig, ConfigError> {
        Ok(self.build())
    }
}

// Step 5: an error that a person can act on

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid configuration")
    }
}

impl Error for ConfigError {}
