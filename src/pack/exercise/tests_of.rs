//! The functions that a test file defines, found without compiling it.

use std::ops::Range;

/// A function in a test file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    /// Whether an attribute such as `#[test]` or `#[tokio::test]` stands before it.
    pub(super) is_test: bool,
    /// Where the name stands.
    pub(super) bytes: Range<usize>,
}

/// Every function of a file. What a macro defines is not seen unless its call is written as a function.
pub(super) fn functions(text: &str) -> Vec<Function<'_>> {
    let mut functions = Vec::new();
    let mut is_test = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut code = line.trim_start();
        loop {
            while code.starts_with("#[") {
                let Some((attribute, rest)) = code.split_once(']') else { break };
                is_test |= is_test_attribute(attribute);
                code = rest.trim_start();
            }
            // An attribute that goes on on the next line.
            is_test |= is_test_attribute(code);
            let Some(name) = function_name(code) else { break };
            let at = start + (name.as_ptr() as usize - line.as_ptr() as usize);
            functions.push(Function { name, is_test, bytes: at..at + name.len() });
            is_test = false;
            let Some(next) = next_on_the_line(code) else { break };
            code = next;
        }
        start += line.len();
    }
    functions
}

/// What follows a function on its line from the next attribute on, where no comment begins before that.
fn next_on_the_line(code: &str) -> Option<&str> {
    let at = code.find("#[")?;
    (!code[..at].contains("//")).then(|| &code[at..])
}

fn is_test_attribute(code: &str) -> bool {
    let Some(path) = code.strip_prefix("#[") else { return false };
    let path = path.split(['(', ']', ' ', '\n']).next().unwrap_or_default();
    path == "test" || path.ends_with("::test")
}

/// The name of the function that this line of code defines.
fn function_name(code: &str) -> Option<&str> {
    // Most lines define none, and of a pack's tests there are tens of thousands.
    if !code.starts_with(['f', 'p', 'c', 'a', 'u']) {
        return None;
    }
    let mut code = code;
    for word in ["pub ", "pub(crate) ", "pub(super) ", "const ", "async ", "unsafe "] {
        code = code.strip_prefix(word).unwrap_or(code).trim_start();
    }
    let name = code.strip_prefix("fn ")?.trim_start();
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    (end > 0).then(|| &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_from_other_functions() {
        let text = "fn help() {}\n#[test]\nfn one() {}\n\n#[tokio::test(\n  flavor = \"x\"\n)]\nasync fn two() {}\n\
                    mod m {\n    #[test] #[ignore] fn three() {}\n}\n#[cfg(test)]\npub async fn four() {}\n\
                    // fn five() {}\n#[test]\n#[should_panic(expected = \"]\")]\nfn six() {}\n";
        let found: Vec<_> = functions(text).into_iter().map(|f| (f.name, f.is_test)).collect();
        let expected =
            [("help", false), ("one", true), ("two", true), ("three", true), ("four", false), ("six", true)];
        assert_eq!(found, expected);
    }

    #[test]
    fn several_tests_stand_on_one_line() {
        let text = "#[test] fn one() { f(&[1]) } #[test] #[ignore] fn two() {} // #[test] fn three() {}\nfn four() {}\n";
        let found: Vec<_> = functions(text).into_iter().map(|f| (f.name, f.is_test)).collect();
        assert_eq!(found, [("one", true), ("two", true), ("four", false)]);
    }

    #[test]
    fn a_function_knows_where_its_name_stands() {
        let text = "é\n  #[test] fn über() {}";
        let functions = functions(text);
        assert_eq!(&text[functions[0].bytes.clone()], "über");
    }
}
