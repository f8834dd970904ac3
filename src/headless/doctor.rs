//! `doctor`: what works on this machine and what does not.

use serde_json::{Value, json};

use crate::failure::{EXIT_OK, EXIT_UNJUDGED, Failure};
use crate::headless::command::Format;
use crate::headless::console::Console;
use crate::headless::findings::{Finding, State, examine};
use crate::headless::session::Session;
use crate::text::wrap::wrap;
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
    let mut head = vec![
        Span::new(format!("{} ", console.mark(mark, twin)), role),
        Span::plain(format!("{:<width$}", finding.name, width = INDENT - 2)),
    ];
    let details = finding.detail.lines().enumerate();
    let details = details.map(|(at, line)| (line, if at == 0 { Role::Text } else { Role::Muted }));
    let cells = console.columns().saturating_sub(INDENT).max(20);
    for (text, role) in details.chain(finding.advice.as_deref().map(|advice| (advice, Role::Muted))) {
        for line in wrap(&[Span::new(sanitise(text), role)], cells) {
            head.extend(line.spans);
            console.line(&Line::from(std::mem::replace(&mut head, vec![Span::plain(" ".repeat(INDENT))])));
        }
    }
}

/// The columns before what was found.
const INDENT: usize = 19;

fn value(finding: &Finding) -> Value {
    let state = match finding.state {
        State::Works => "works",
        State::Limited => "limited",
        State::Broken => "broken",
    };
    let Finding { name, detail, advice, .. } = finding;
    json!({ "name": name, "state": state, "detail": detail, "advice": advice })
}
