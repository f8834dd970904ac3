//! The settings of a server. A host and a port for HTTP have to be given, and the
//! compiler sees to it.

mod config;

pub use config::*;

/// A required setting that was not given yet.
#[derive(Debug, Clone, Copy)]
pub struct Unset;

/// Starts from the defaults and takes one setting at a time. The parameters say
/// which of the required settings it has.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ServerConfigBuilder<Host = Unset, Port = Unset> {
    host: Host,
    http_port: Port,
    optional: Optional,
}

#[derive(Debug, Clone)]
struct Optional {
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
            host: Unset,
            http_port: Unset,
            optional: Optional {
                grpc_port: 9090,
                max_connections: 100,
                tls_enabled: false,
                metrics_enabled: true,
            },
        }
    }
}

impl<Port> ServerConfigBuilder<Unset, Port> {
    pub fn host(self, host: &str) -> ServerConfigBuilder<String, Port> {
        ServerConfigBuilder {
            host: host.to_string(),
            http_port: self.http_port,
            optional: self.optional,
        }
    }
}

impl<Host> ServerConfigBuilder<Host, Unset> {
    pub fn http_port(self, port: u16) -> ServerConfigBuilder<Host, u16> {
        ServerConfigBuilder {
            host: self.host,
            http_port: port,
            optional: self.optional,
        }
    }
}

impl<Host, Port> ServerConfigBuilder<Host, Port> {
    pub fn grpc_port(mut self, port: u16) -> Self {
        self.optional.grpc_port = port;
        self
    }

    pub fn max_connections(mut self, max: u32) -> Self {
        if self.optional.max_connections == 100 {
            self.optional.max_connections = max;
        }
        self
    }

    pub fn with_tls(mut self) -> Self {
        self.optional.tls_enabled = true;
        self
    }

    pub fn without_metrics(mut self) -> Self {
        self.optional.metrics_enabled = false;
        self
    }
}

impl ServerConfigBuilder<String, u16> {
    pub fn build(self) -> ServerConfig {
        ServerConfig {
            host: self.host,
            http_port: self.http_port,
            grpc_port: self.optional.grpc_port,
            max_connections: self.optional.max_connections,
            tls_enabled: self.optional.tls_enabled,
            metrics_enabled: self.optional.metrics_enabled,
        }
    }
}

/// A configuration from what the environment says; the rest stays at its default.
pub fn from_environment(
    host: Option<&str>,
    http_port: Option<u16>,
) -> Result<ServerConfig, Missing> {
    let host = host.ok_or(Missing::Host)?;
    let http_port = http_port.ok_or(Missing::HttpPort)?;
    let builder = ServerConfigBuilder::new().host(host).http_port(http_port);
    Ok(builder.build())
}
