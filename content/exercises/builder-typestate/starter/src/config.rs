//! What a server needs to know before it starts. This file is given.

/// Made by the builder alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    pub host: String,
    pub http_port: u16,
    pub grpc_port: u16,
    pub max_connections: u32,
    pub tls_enabled: bool,
    pub metrics_enabled: bool,
}

/// What was not given, found out at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Host,
    HttpPort,
}
