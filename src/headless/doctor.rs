//! `doctor`: what works on this machine and what does not.

use serde_json::json;

use crate::failure::{EXIT_OK, EXIT_UNJUDGED};
use crate::headless::command::Format;
use crate::headless::session::Session;
use crate::text::{Line, Role, Span, sanitise};

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    name: &'static str,
    state: State,
    detail: String,
    advice: Option<String>,
}

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Works,
    Limited,
    Broken,
}

/// Looks at everything and tells.
pub(super) fn run(format: Format, session: &mut Session) -> u8 {
    let findings = vec![home(session)];
    match format {
        Format::Human => findings.iter().for_each(|finding| write(finding, session)),
        Format::Json => {
            let list: Vec<_> = findings.iter().map(value).collect();
            let text = json!({ "schema": 1, "type": "doctor", "findings": list });
            session.console.raw(&format!("{text:#}\n"));
        }
    }
    let broken = findings.iter().any(|finding| finding.state == State::Broken);
    if broken { EXIT_UNJUDGED } else { EXIT_OK }
}

fn write(finding: &Finding, session: &mut Session) {
    let console = &mut session.console;
    let (mark, twin, role) = match finding.state {
        State::Works => ("✓", "+", Role::Success),
        State::Limited => ("▲", "!", Role::Warning),
        State::Broken => ("✗", "x", Role::Failure),
    };
    console.line(&Line::from(vec![
        Span::new(format!("{} ", console.mark(mark, twin)), role),
        Span::plain(format!("{:<12}", finding.name)),
        Span::new(format!("  {}", sanitise(&finding.detail)), Role::Muted),
    ]));
    if let Some(advice) = &finding.advice {
        console.text(format!("    {}", sanitise(advice)), Role::Note);
    }
}

fn value(finding: &Finding) -> serde_json::Value {
    let state = match finding.state {
        State::Works => "works",
        State::Limited => "limited",
        State::Broken => "broken",
    };
    let Finding { name, detail, advice, .. } = finding;
    json!({ "name": name, "state": state, "detail": detail, "advice": advice })
}

fn home(session: &Session) -> Finding {
    let root = session.settings.home.root();
    let tried = std::fs::create_dir_all(root).and_then(|()| tempfile::tempfile_in(root));
    let (state, advice) = match &tried {
        Ok(_) => (State::Works, None),
        Err(e) => (State::Broken, Some(format!("it cannot be written ({e}); choose another with --home"))),
    };
    Finding { name: "home", state, detail: root.display().to_string(), advice }
}
