use builder::*;

fn defaults() -> ServerConfig {
    ServerConfig {
        host: "0.0.0.0".to_string(),
        http_port: 8080,
        grpc_port: 9090,
        max_connections: 100,
        tls_enabled: false,
        metrics_enabled: true,
    }
}

// Step 1: the defaults

#[test]
fn a_new_builder_builds_the_defaults() {
    let config = ServerConfigBuilder::new().build();
    assert_eq!(config.host, "0.0.0.0", "host by default");
    assert_eq!(config.http_port, 8080, "http_port by default");
    assert_eq!(config.grpc_port, 9090, "grpc_port by default");
    assert_eq!(config.max_connections, 100, "max_connections by default");
    assert!(!config.tls_enabled, "TLS is off by default");
    assert!(config.metrics_enabled, "metrics are on by default");
}

#[test]
fn the_default_builder_is_the_new_one() {
    assert_eq!(
        ServerConfigBuilder::default().build(),
        ServerConfigBuilder::new().build(),
        "`default()` and `new()` start from the same settings"
    );
}

// Step 2: one setting at a time. Every test compares the whole configuration,
// because a setter that changes its neighbour is wrong too.

#[test]
fn host_sets_the_host_and_nothing_else() {
    assert_eq!(
        ServerConfigBuilder::new().host("127.0.0.1").build(),
        ServerConfig {
            host: "127.0.0.1".to_string(),
            ..defaults()
        },
        "the defaults, on host 127.0.0.1"
    );
    assert_eq!(
        ServerConfigBuilder::new().host(" DB-1 ").build().host,
        " DB-1 ",
        "the host as it was given: a setter does not judge"
    );
}

#[test]
fn http_port_sets_the_http_port_and_nothing_else() {
    assert_eq!(
        ServerConfigBuilder::new().http_port(3000).build(),
        ServerConfig {
            http_port: 3000,
            ..defaults()
        },
        "the defaults, with HTTP on 3000"
    );
}

#[test]
fn grpc_port_sets_the_grpc_port_and_nothing_else() {
    assert_eq!(
        ServerConfigBuilder::new().grpc_port(50051).build(),
        ServerConfig {
            grpc_port: 50051,
            ..defaults()
        },
        "the defaults, with gRPC on 50051"
    );
}

#[test]
fn max_connections_sets_the_limit_and_nothing_else() {
    assert_eq!(
        ServerConfigBuilder::new().max_connections(7).build(),
        ServerConfig {
            max_connections: 7,
            ..defaults()
        },
        "the defaults, with at most 7 connections"
    );
}

#[test]
fn the_last_call_wins() {
    assert_eq!(
        ServerConfigBuilder::new()
            .host("first")
            .host("last")
            .http_port(3000)
            .http_port(4000)
            .grpc_port(5000)
            .grpc_port(6000)
            .max_connections(7)
            .max_connections(8)
            .build(),
        ServerConfig {
            host: "last".to_string(),
            http_port: 4000,
            grpc_port: 6000,
            max_connections: 8,
            ..defaults()
        },
        "each of the four was called twice"
    );
}

// Step 3: the switches

#[test]
fn with_tls_switches_tls_on_and_nothing_else() {
    assert_eq!(
        ServerConfigBuilder::new().with_tls().build(),
        ServerConfig {
            tls_enabled: true,
            ..defaults()
        },
        "the defaults, with TLS"
    );
}

#[test]
fn without_metrics_switches_metrics_off_and_nothing_else() {
    assert_eq!(
        ServerConfigBuilder::new().without_metrics().build(),
        ServerConfig {
            metrics_enabled: false,
            ..defaults()
        },
        "the defaults, without metrics"
    );
}

#[test]
fn a_switch_is_no_toggle() {
    let config = ServerConfigBuilder::new()
        .with_tls()
        .without_metrics()
        .with_tls()
        .without_metrics()
        .build();
    assert!(config.tls_enabled, "`with_tls` twice is still with TLS");
    assert!(
        !config.metrics_enabled,
        "`without_metrics` twice is still without metrics"
    );
}

#[test]
fn settings_add_up_in_any_order() {
    let expected = ServerConfig {
        host: "127.0.0.1".to_string(),
        http_port: 3000,
        grpc_port: 50051,
        max_connections: 7,
        tls_enabled: true,
        metrics_enabled: false,
    };
    assert_eq!(
        ServerConfigBuilder::new()
            .host("127.0.0.1")
            .http_port(3000)
            .grpc_port(50051)
            .max_connections(7)
            .with_tls()
            .without_metrics()
            .build(),
        expected,
        "all six settings, from host to metrics"
    );
    assert_eq!(
        ServerConfigBuilder::new()
            .without_metrics()
            .with_tls()
            .max_connections(7)
            .grpc_port(50051)
            .http_port(3000)
            .host("127.0.0.1")
            .build(),
        expected,
        "all six settings, from metrics to host"
    );
}

// Step 4: settings that make no server

#[test]
fn sound_settings_are_built() {
    assert_eq!(
        ServerConfigBuilder::new().try_build(),
        Ok(defaults()),
        "the defaults are sound"
    );
    assert_eq!(
        ServerConfigBuilder::new()
            .host("localhost")
            .http_port(1)
            .grpc_port(2)
            .max_connections(1)
            .with_tls()
            .without_metrics()
            .try_build(),
        Ok(ServerConfig {
            host: "localhost".to_string(),
            http_port: 1,
            grpc_port: 2,
            max_connections: 1,
            tls_enabled: true,
            metrics_enabled: false,
        }),
        "ports 1 and 2 and a single connection are unusual, but sound"
    );
}

#[test]
fn an_empty_host_is_refused() {
    for host in ["", "   "] {
        assert_eq!(
            ServerConfigBuilder::new().host(host).try_build(),
            Err(ConfigError::EmptyHost),
            "the host is {host:?}"
        );
    }
}

#[test]
fn port_zero_is_refused_and_named() {
    assert_eq!(
        ServerConfigBuilder::new().http_port(0).try_build(),
        Err(ConfigError::ZeroPort {
            setting: "http_port"
        }),
        "HTTP on port 0"
    );
    assert_eq!(
        ServerConfigBuilder::new().grpc_port(0).try_build(),
        Err(ConfigError::ZeroPort {
            setting: "grpc_port"
        }),
        "gRPC on port 0"
    );
}

#[test]
fn equal_ports_are_refused() {
    assert_eq!(
        ServerConfigBuilder::new().grpc_port(8080).try_build(),
        Err(ConfigError::PortClash { port: 8080 }),
        "gRPC moved to 8080, where HTTP is by default"
    );
    assert_eq!(
        ServerConfigBuilder::new()
            .http_port(5000)
            .grpc_port(5000)
            .try_build(),
        Err(ConfigError::PortClash { port: 5000 }),
        "HTTP and gRPC both on 5000"
    );
}

#[test]
fn two_zero_ports_are_no_clash() {
    assert_eq!(
        ServerConfigBuilder::new()
            .http_port(0)
            .grpc_port(0)
            .try_build(),
        Err(ConfigError::ZeroPort {
            setting: "http_port"
        }),
        "both ports are 0: that they are equal is not what is wrong with them"
    );
}

#[test]
fn zero_connections_are_refused() {
    assert_eq!(
        ServerConfigBuilder::new().max_connections(0).try_build(),
        Err(ConfigError::NoConnections),
        "a server that lets nobody in"
    );
}

#[test]
fn of_several_faults_the_first_is_returned() {
    let every = ServerConfigBuilder::new()
        .host("")
        .http_port(0)
        .grpc_port(0)
        .max_connections(0);
    assert_eq!(
        every.clone().try_build(),
        Err(ConfigError::EmptyHost),
        "everything is wrong: the host is looked at first"
    );
    let ports = every.host("localhost");
    assert_eq!(
        ports.clone().try_build(),
        Err(ConfigError::ZeroPort {
            setting: "http_port"
        }),
        "the host is right now: the HTTP port is looked at next"
    );
    let grpc = ports.http_port(8080);
    assert_eq!(
        grpc.clone().try_build(),
        Err(ConfigError::ZeroPort {
            setting: "grpc_port"
        }),
        "the HTTP port is right as well: the gRPC port is looked at before the connections"
    );
    let clash = grpc.grpc_port(8080);
    assert_eq!(
        clash.clone().try_build(),
        Err(ConfigError::PortClash { port: 8080 }),
        "equal ports and no connections: the ports are looked at first"
    );
    assert_eq!(
        clash.grpc_port(9090).try_build(),
        Err(ConfigError::NoConnections),
        "no connections are left to complain of"
    );
}

#[test]
fn build_still_takes_everything() {
    assert_eq!(
        ServerConfigBuilder::new().http_port(0).build(),
        ServerConfig {
            http_port: 0,
            ..defaults()
        },
        "`build` does not judge: a test server may want port 0"
    );
}

// Step 5: an error that a person can act on

#[track_caller]
fn assert_names(error: ConfigError, words: &[&str]) {
    let text = error.to_string();
    for word in words {
        assert!(
            text.contains(word),
            "the message of {error:?} should name `{word}`, but says: {text}"
        );
    }
}

#[test]
fn messages_name_the_setting() {
    assert_names(ConfigError::EmptyHost, &["host"]);
    assert_names(
        ConfigError::ZeroPort {
            setting: "http_port",
        },
        &["http_port"],
    );
    assert_names(
        ConfigError::ZeroPort {
            setting: "grpc_port",
        },
        &["grpc_port"],
    );
    assert_names(ConfigError::NoConnections, &["max_connections"]);
}

#[test]
fn a_clash_names_both_settings_and_the_port() {
    assert_names(
        ConfigError::PortClash { port: 8443 },
        &["http_port", "grpc_port", "8443"],
    );
}
