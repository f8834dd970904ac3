//! The settings of a server. A host and a port for HTTP have to be given, and this
//! builder finds out at run time when they were not.

mod config;

pub use config::*;

/// Starts from the defaults and takes one setting at a time.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ServerConfigBuilder {
    host: Option<String>,
    http_port: Option<u16>,
    grpc_port: u16,
    max_connections: u32,
    tls_enabled: bool,
    metrics_enabled: bool,
}

impl Default for ServerConfigBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ServerConfigBuilder {
    pub fn new() -> Self {
        Self {
            host: None,
            http_port: None,
            grpc_port: 9090,
            max_connections: 100,
            tls_enabled: false,
            metrics_enabled: true,
        }
    }

    pub fn host(mut self, host: &str) -> Self {
        self.host = Some(host.to_string());
        self
    }

    pub fn http_port(mut self, port: u16) -> Self {
        self.http_port = Some(port);
        self
    }

    pub fn grpc_port(mut self, port: u16) -> Self {
        self.grpc_port = port;
        self
    }

    pub fn max_connections(mut self, max: u32) -> Self {
        self.max_connections = max;
        self
    }

    pub fn with_tls(mut self) -> Self {
        self.tls_enabled = true;
        self
    }

    pub fn without_metrics(mut self) -> Self {
        self.metrics_enabled = false;
        self
    }

    pub fn build(self) -> ServerConfig {
        ServerConfig {
            host: self.host.expect("a host is needed"),
            http_port: self.http_port.expect("a port for HTTP is needed"),
            grpc_port: self.grpc_port,
            max_connections: self.max_connections,
            tls_enabled: self.tls_enabled,
            metrics_enabled: self.metrics_enabled,
        }
    }
}

// The last step: where the compiler cannot know

/// A configuration from what the environment says; the rest stays at its default.
pub fn from_environment(
    host: Option<&str>,
    http_port: Option<u16>,
) -> Result<ServerConfig, Missing> {
    todo!("a server on {host:?}, {http_port:?}")
}
