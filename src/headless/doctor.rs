//! `doctor`: what works on this machine and what does not.

use serde_json::{Value, json};

use crate::failure::{EXIT_OK, EXIT_UNJUDGED, Failure};
use crate::headless::command::Format;
use crate::headless::console::Console;
use crate::headless::findings::{Finding, State, examine};
use crate::headless::session::Session;
use crate::text::{Line, Role, Span, sanitise};

/// Looks at everything and tells; broken is what keeps every exercise from being judged.
pub(super) fn run(format: Format, session: &mut Session) -> Result<u8, Failure> {
    let findings = examine(session)?;
    let console = &mut session.console;
    match format {
        Format::Human => findings.iter().for_each(|finding| write(finding, console)),
        Format::Json => {
            let list: Vec<_> = findings.iter().map(value).collect();
            let text = json!({ "schema": 1, "type": "doctor", "findings": list });
            console.raw(&format!("{text:#}\n"));
        }
    }
    let broken = findings.iter().any(|finding| finding.state == State::Broken);
    Ok(if broken { EXIT_UNJUDGED } else { EXIT_OK })
}

fn write(finding: &Finding, console: &mut Console) {
    let (mark, twin, role) = match finding.state {
        State::Works => ("✓", "+", Role::Success),
        State::Limited => ("▲", "!", Role::Warning),
        State::Broken => ("✗", "x", Role::Failure),
    };
    let mut details = finding.detail.lines();
    console.line(&Line::from(vec![
        Span::new(format!("{} ", console.mark(mark, twin)), role),
        Span::plain(format!("{:<17}", finding.name)),
        Span::plain(sanitise(details.next().unwrap_or_default())),
    ]));
    for line in details.chain(finding.advice.as_deref()) {
        console.text(format!("{:19}{}", "", sanitise(line)), Role::Muted);
    }
}

fn value(finding: &Finding) -> Value {
    let state = match finding.state {
        State::Works => "works",
        State::Limited => "limited",
        State::Broken => "broken",
    };
    let Finding { name, detail, advice, .. } = finding;
    json!({ "name": name, "state": state, "detail": detail, "advice": advice })
}
