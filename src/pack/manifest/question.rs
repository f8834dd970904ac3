//! What a manifest says of the questions of a quiz.

use std::collections::BTreeSet;

use toml::Spanned;

use crate::pack::fields::Fields;
use crate::pack::model::{Ask, Question};
use crate::pack::shared_text::SharedText;
use crate::pack::slug::is_error_code;
use crate::pack::suggest::suggest;

/// Reads one `[[question]]`; `None` if anything that it needs is missing or wrong.
pub(super) fn question(fields: &mut Fields<'_>) -> Option<Question> {
    let ask = fields.choice("ask", &ASKS);
    let text = fields.required("text", "Does it compile?");
    let code = fields.string("code");
    let options = fields.strings("options");
    let written = fields.required("answer", "no");
    let error = error(fields);
    let prints = fields.string("prints");
    let explain = fields.required("explain", "The value was moved.");
    let ask = ask?;
    if ask != Ask::Choice && code.is_none() {
        fields.error(fields.span(), "`code` is missing: this kind of question is about a program");
    }
    let options = options_of(ask, options, fields);
    let answer = answer(ask, &options, &written?, fields)?;
    let fails = ask == Ask::Compiles && answer == NO;
    if fails && error.is_none() {
        let help = Some("error = \"E0382\": checked with the compiler".to_owned());
        fields.error_with_help(fields.span(), "`error` is missing: what the compiler says", help);
    }
    if let Some(code) = error.as_ref().filter(|_| ask == Ask::Prints || (ask == Ask::Compiles && !fails)) {
        fields.error(code.span(), "`error` contradicts the answer, by which the code compiles");
    }
    if let Some(prints) = prints.as_ref().filter(|_| ask != Ask::Choice || code.is_none() || error.is_some())
    {
        fields
            .error(prints.span(), "`prints` proves a choice about a program that compiles, and nothing else");
    }
    let prints = match ask {
        Ask::Prints => options.get(answer).cloned(),
        Ask::Compiles | Ask::Choice => prints.map(Spanned::into_inner),
    };
    Some(Question {
        name: String::new(),
        ask,
        text: text?.into_inner(),
        code: code.map(|code| SharedText::from(code.into_inner())),
        options,
        answer,
        error: error.map(Spanned::into_inner),
        prints: prints.map(|prints| prints.trim().to_owned()),
        explain: explain?.into_inner(),
    })
}

fn error(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let code = fields.string("error")?;
    if !is_error_code(code.get_ref()) {
        fields.error(code.span(), format!("`{}` is no error code such as E0038", code.get_ref()));
    }
    Some(code)
}

fn options_of(ask: Ask, written: Vec<Spanned<String>>, fields: &mut Fields<'_>) -> Vec<String> {
    if ask == Ask::Compiles {
        if let Some(first) = written.first() {
            fields.error(first.span(), "whether code compiles is answered with yes or no, without `options`");
        }
        return YES_AND_NO.map(ToOwned::to_owned).to_vec();
    }
    if written.len() < 2 {
        fields.error(fields.span(), "`options` must offer at least two answers");
    }
    let mut seen = BTreeSet::new();
    for option in &written {
        if !seen.insert(option.get_ref()) {
            fields.error(option.span(), "this option is there twice");
        }
    }
    written.into_iter().map(Spanned::into_inner).collect()
}

/// The place of the right answer among the options.
fn answer(ask: Ask, options: &[String], written: &Spanned<String>, fields: &mut Fields<'_>) -> Option<usize> {
    let text = written.get_ref();
    let found = match ask {
        Ask::Choice => text.parse::<usize>().ok().filter(|n| (1..=options.len()).contains(n)).map(|n| n - 1),
        Ask::Compiles | Ask::Prints => options.iter().position(|option| option == text),
    };
    if found.is_none() {
        let known: Vec<&str> = options.iter().map(String::as_str).collect();
        let help = match ask {
            Ask::Choice => format!("write the number of the option, from \"1\" to \"{}\"", options.len()),
            Ask::Compiles => suggest(text, &known),
            Ask::Prints => "the answer is what the program prints, and one of the `options`".to_owned(),
        };
        fields.error_with_help(written.span(), "the answer is none of the options", Some(help));
    }
    found
}

const ASKS: [(&str, Ask); 3] =
    [("compiles", Ask::Compiles), ("prints", Ask::Prints), ("choice", Ask::Choice)];
const YES_AND_NO: [&str; 2] = ["yes", "no"];
/// The place of "no".
const NO: usize = 1;
