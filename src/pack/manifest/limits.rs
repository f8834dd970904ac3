//! What a manifest says of the limits of a test.

use std::time::Duration;

use toml::Spanned;

use crate::pack::fields::Fields;
use crate::pack::model::{Limits, Network};

/// Reads `limits`; what is not given or wrong is as by default.
pub(super) fn read_limits(fields: &mut Fields<'_>) -> Limits {
    fields.table("limits", limits).unwrap_or_default()
}

fn limits(fields: &mut Fields<'_>) -> Limits {
    let default = Limits::default();
    let seconds = fields.number("test-seconds", 1..=600);
    let output = fields.number("output-kib", 1..=1024);
    let memory = fields.number("memory-mib", 16..=16_384);
    let network = fields.optional_choice("network", &NETWORKS);
    Limits {
        test: seconds.map_or(default.test, |seconds| Duration::from_secs(u64::from(seconds.into_inner()))),
        output_kib: output.map_or(default.output_kib, Spanned::into_inner),
        memory_mib: memory.map_or(default.memory_mib, Spanned::into_inner),
        network: network.unwrap_or(default.network),
    }
}

const NETWORKS: [(&str, Network); 2] = [("none", Network::None), ("loopback", Network::Loopback)];
