//! The judge of the builder. A method that a builder does not have would stop these
//! tests from compiling, so for every type there is a method of the same name that
//! is taken only where the builder has none of its own.

use builder_typestate::*;

/// What the stand-ins answer.
#[derive(Debug, Clone, PartialEq)]
struct NoSuchMethod;

#[allow(dead_code)] // with a builder that is right, most of them are not needed
trait StandIn: Sized {
    fn host(self, _: &str) -> NoSuchMethod {
        NoSuchMethod
    }

    fn http_port(self, _: u16) -> NoSuchMethod {
        NoSuchMethod
    }

    fn grpc_port(self, _: u16) -> NoSuchMethod {
        NoSuchMethod
    }

    fn max_connections(self, _: u32) -> NoSuchMethod {
        NoSuchMethod
    }

    fn with_tls(self) -> NoSuchMethod {
        NoSuchMethod
    }

    fn without_metrics(self) -> NoSuchMethod {
        NoSuchMethod
    }

    fn build(self) -> NoSuchMethod {
        NoSuchMethod
    }
}

impl<T> StandIn for T {}

/// Whether a method of the builder's own was called.
fn is_there<T: 'static>(_: fn() -> T) -> bool {
    std::any::TypeId::of::<T>() != std::any::TypeId::of::<NoSuchMethod>()
}

/// Fails if the expression compiles without a stand-in.
macro_rules! must_not_compile {
    ($expression:expr, $why:literal) => {
        assert!(
            !is_there(|| $expression),
            "`{}` compiles, and must not: {}",
            stringify!($expression),
            $why
        )
    };
}

/// Fails if the expression needs a stand-in.
macro_rules! must_compile {
    ($expression:expr) => {
        assert!(
            is_there(|| $expression),
            "`{}` must compile, and does not",
            stringify!($expression)
        )
    };
}

fn defaults_on(host: &str, http_port: u16) -> ServerConfig {
    ServerConfig {
        host: host.to_string(),
        http_port,
        grpc_port: 9090,
        max_connections: 100,
        tls_enabled: false,
        metrics_enabled: true,
    }
}

/// What `build` made, if there was a `build`.
#[track_caller]
fn config(built: impl std::any::Any) -> ServerConfig {
    let built: Box<dyn std::any::Any> = Box::new(built);
    match built.downcast::<ServerConfig>() {
        Ok(config) => *config,
        Err(_) => panic!("a builder with a host and a port must have `build`, and has not"),
    }
}

// Step 1: no host, no build

#[test]
fn without_a_host_there_is_no_build() {
    must_not_compile!(
        ServerConfigBuilder::new().build(),
        "neither host nor port were given"
    );
    must_not_compile!(
        ServerConfigBuilder::new().http_port(3000).build(),
        "no host was given"
    );
    must_not_compile!(
        ServerConfigBuilder::default().http_port(3000).build(),
        "no host was given"
    );
}

#[test]
fn with_host_and_port_there_is_one() {
    must_compile!(
        ServerConfigBuilder::new()
            .host("localhost")
            .http_port(3000)
            .build()
    );
    assert_eq!(
        config(
            ServerConfigBuilder::new()
                .host("localhost")
                .http_port(3000)
                .build()
        ),
        defaults_on("localhost", 3000),
        "host and port as they were given, all else by default"
    );
}

// Step 2: no port, no build

#[test]
fn without_a_port_there_is_no_build() {
    must_not_compile!(
        ServerConfigBuilder::new().host("localhost").build(),
        "no port was given"
    );
}

#[test]
fn the_port_may_come_first() {
    must_compile!(
        ServerConfigBuilder::new()
            .http_port(3000)
            .host("localhost")
            .build()
    );
    assert_eq!(
        config(
            ServerConfigBuilder::new()
                .http_port(3000)
                .host("localhost")
                .build()
        ),
        defaults_on("localhost", 3000),
        "the port first, then the host"
    );
}

#[test]
fn the_grpc_port_is_not_the_http_port() {
    must_not_compile!(
        ServerConfigBuilder::new()
            .host("localhost")
            .grpc_port(3000)
            .build(),
        "the port for gRPC is another one"
    );
}

// Step 3: wherever it is called

#[test]
fn an_optional_setting_outlives_the_required_ones() {
    let expected = ServerConfig {
        grpc_port: 50051,
        max_connections: 7,
        tls_enabled: true,
        metrics_enabled: false,
        ..defaults_on("localhost", 3000)
    };
    assert_eq!(
        config(
            ServerConfigBuilder::new()
                .grpc_port(50051)
                .max_connections(7)
                .with_tls()
                .without_metrics()
                .host("localhost")
                .http_port(3000)
                .build()
        ),
        expected,
        "all optional settings before host and port"
    );
    assert_eq!(
        config(
            ServerConfigBuilder::new()
                .with_tls()
                .http_port(3000)
                .grpc_port(50051)
                .max_connections(7)
                .host("localhost")
                .without_metrics()
                .build()
        ),
        expected,
        "optional settings before, between and after"
    );
}

#[test]
fn an_optional_setting_is_no_required_one() {
    must_not_compile!(
        ServerConfigBuilder::new()
            .with_tls()
            .without_metrics()
            .max_connections(7)
            .build(),
        "neither host nor port were given"
    );
}

// Step 4: once

#[test]
fn a_host_is_given_once() {
    must_compile!(ServerConfigBuilder::new().host("a"));
    must_not_compile!(
        ServerConfigBuilder::new().host("a").host("b"),
        "the builder has a host"
    );
    must_not_compile!(
        ServerConfigBuilder::new().host("a").http_port(1).host("b"),
        "the builder has a host"
    );
}

#[test]
fn a_port_is_given_once() {
    must_compile!(ServerConfigBuilder::new().http_port(1));
    must_not_compile!(
        ServerConfigBuilder::new().http_port(1).http_port(2),
        "the builder has a port"
    );
    must_not_compile!(
        ServerConfigBuilder::new()
            .http_port(1)
            .host("a")
            .http_port(2),
        "the builder has a port"
    );
}

#[test]
fn an_optional_setting_may_be_given_again() {
    let built = config(
        ServerConfigBuilder::new()
            .grpc_port(1)
            .grpc_port(2)
            .max_connections(7)
            .host("localhost")
            .http_port(3000)
            .grpc_port(3)
            .max_connections(8)
            .build(),
    );
    assert_eq!(built.grpc_port, 3, "the last `grpc_port` wins");
    assert_eq!(built.max_connections, 8, "the last `max_connections` wins");
}

// Step 5: where the compiler cannot know

#[test]
fn an_environment_that_says_all_makes_a_server() {
    assert_eq!(
        from_environment(Some("10.0.0.1"), Some(8000)),
        Ok(defaults_on("10.0.0.1", 8000)),
        "HOST and PORT are set"
    );
}

#[test]
fn an_environment_that_says_too_little_is_an_error() {
    assert_eq!(
        from_environment(None, Some(8000)),
        Err(Missing::Host),
        "HOST is not set"
    );
    assert_eq!(
        from_environment(Some("10.0.0.1"), None),
        Err(Missing::HttpPort),
        "PORT is not set"
    );
    assert_eq!(
        from_environment(None, None),
        Err(Missing::Host),
        "neither is set; the host is named first"
    );
}
