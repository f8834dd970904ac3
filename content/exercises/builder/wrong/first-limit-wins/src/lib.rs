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

impl Default for ServerConfigBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ServerConfigBuilder {
    pub fn new() -> Self {
        Self {
            config: ServerConfig {
                host: "0.0.0.0".to_string(),
                http_port: 8080,
                grpc_port: 9090,
                max_connections: 100,
                tls_enabled: false,
                metrics_enabled: true,
            },
        }
    }

    /// Whatever was set, as it was set.
    pub fn build(self) -> ServerConfig {
        self.config
    }

    pub fn host(mut self, host: &str) -> Self {
        self.config.host = host.to_string();
        self
    }

    pub fn http_port(mut self, port: u16) -> Self {
        self.config.http_port = port;
        self
    }

    pub fn grpc_port(mut self, port: u16) -> Self {
        self.config.grpc_port = port;
        self
    }

    pub fn max_connections(mut self, max: u32) -> Self {
        if self.config.max_connections == 100 {
            self.config.max_connections = max;
        }
        self
    }

    pub fn with_tls(mut self) -> Self {
        self.config.tls_enabled = true;
        self
    }

    pub fn without_metrics(mut self) -> Self {
        self.config.metrics_enabled = false;
        self
    }

    /// Like `build`, but only if a server could run on it.
    pub fn try_build(self) -> Result<ServerConfig, ConfigError> {
        let config = self.build();
        if config.host.trim().is_empty() {
            return Err(ConfigError::EmptyHost);
        }
        for (setting, port) in [
            ("http_port", config.http_port),
            ("grpc_port", config.grpc_port),
        ] {
            if port == 0 {
                return Err(ConfigError::ZeroPort { setting });
            }
        }
        if config.http_port == config.grpc_port {
            return Err(ConfigError::PortClash {
                port: config.http_port,
            });
        }
        if config.max_connections == 0 {
            return Err(ConfigError::NoConnections);
        }
        Ok(config)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyHost => write!(f, "host must not be empty"),
            Self::ZeroPort { setting } => write!(f, "{setting} must not be 0"),
            Self::PortClash { port } => {
                write!(f, "http_port and grpc_port must differ, both are {port}")
            }
            Self::NoConnections => write!(f, "max_connections must be at least 1"),
        }
    }
}

impl Error for ConfigError {}
