//! What stands before some documents for the program that publishes them: keys and values in YAML between two lines of hyphens.

/// Parts a document into its front matter, empty where it has none, and its text.
pub(super) fn split(source: &str) -> (&str, &str) {
    let none = ("", source);
    let mut lines = source.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        let at = end;
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") && number > 0 {
            return (&source[first.len()..at], &source[end..]);
        }
        // A line of hyphens can also be a rule, and what follows it text like any other.
        if !may_be_yaml(line, number) {
            return none;
        }
    }
    none
}

/// The title that the front matter gives.
pub(super) fn title(front: &str) -> Option<String> {
    let value = front.lines().find_map(|line| line.strip_prefix("title:"))?.trim();
    let quoted = |mark: char| value.strip_prefix(mark)?.split_once(mark).map(|(title, _)| title);
    let title = quoted('"').or_else(|| quoted('\'')).unwrap_or_else(|| {
        // A comment ends a value that is not quoted.
        value.split(" #").next().unwrap_or(value)
    });
    // What goes on in the next lines is too rare to be worth a parser.
    let is_plain =
        |title: &&str| !title.is_empty() && !title.starts_with(['|', '>', '[', '{', '&', '*', '#']);
    Some(title.trim()).filter(is_plain).map(str::to_owned)
}

/// The first line is a key or a comment; what follows may also be what goes on from the line before.
fn may_be_yaml(line: &str, number: usize) -> bool {
    let line = line.trim_end();
    let goes_on = line.is_empty() || line.starts_with([' ', '\t', '-']);
    let is_key = line.split_once(':').is_some_and(|(key, value)| {
        let named = |c: char| c.is_alphanumeric() || "_-. \"'".contains(c);
        !key.is_empty() && key.chars().all(named) && (value.is_empty() || value.starts_with(' '))
    });
    is_key || line.starts_with('#') && number > 0 || goes_on && number > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_between_lines_of_hyphens_are_no_text() {
        let source = "---\ntitle: My Notes # draft\ntags:\n  - a\n- b\n# c\n\ndate: 2026-01-02\n---\n\n# A\n";
        let (front, text) = split(source);
        assert_eq!((title(front).as_deref(), text), (Some("My Notes"), "\n# A\n"));
        assert_eq!(split("---\na: b\n...\ntext"), ("a: b\n", "text"));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for source in [
            "---\n\ntext: a\n---\n",
            "---\nSome text.\n---\n",
            "---\na: b\n",
            "---\n---\n",
            "----\na: b\n---\n",
            "a: b\n---\n",
        ] {
            assert_eq!(split(source), ("", source));
        }
    }

    #[test]
    fn a_title_may_stand_in_quotes() {
        assert_eq!(title("a: b\ntitle: \"A: # b\" # c\n").as_deref(), Some("A: # b"));
        assert_eq!(title("title: 'It'\n").as_deref(), Some("It"));
        for none in ["a: b\n", "title:\n", "title: \"\"\n", "title: >\n  long\n", "subtitle: x\n"] {
            assert_eq!(title(none), None, "{none}");
        }
    }
}
