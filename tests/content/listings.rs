//! Listings: each compiles, fails or runs as it claims.

use patterns_tui::check::{Trial, TrialEnd};
use patterns_tui::pack::{Chapter, Claim, Listing};
use patterns_tui::sandbox::Snippet;
use std::collections::BTreeSet;
use tokio_util::sync::CancellationToken;

use crate::support::{ENGINE, PACK, assert_none, is_wanted};

#[tokio::test]
async fn every_listing_does_what_it_claims() {
    let mut complaints = Vec::new();
    for chapter in PACK.chapters.iter().filter(|chapter| is_wanted(&chapter.slug)) {
        let sets: BTreeSet<_> = checked(chapter).map(|listing| listing.set.as_str()).collect();
        for set in sets {
            complaints.extend(complaints_about(chapter, set).await);
        }
    }
    assert_none(&complaints);
}

async fn complaints_about(chapter: &Chapter, set: &str) -> Vec<String> {
    let listings: Vec<_> = checked(chapter).filter(|listing| listing.set == set).collect();
    let snippet =
        |listing: &&Listing| Snippet { code: listing.code.as_str().into(), is_program: listing.run };
    let snippets: Vec<_> = listings.iter().map(snippet).collect();
    let tried = ENGINE.try_snippets(&PACK, (set, &chapter.slug), &snippets, &CancellationToken::new()).await;
    let trials = match tried {
        Ok(trials) => trials,
        Err(obstacle) => return vec![format!("{}, {set}: {obstacle}", chapter.slug)],
    };
    let complaints = listings.iter().zip(&trials);
    let complaint = |(listing, trial): (&&Listing, &Trial)| complaint_about(listing, trial);
    complaints.filter_map(complaint).map(|complaint| format!("{}, {complaint}", chapter.slug)).collect()
}

fn complaint_about(listing: &Listing, trial: &Trial) -> Option<String> {
    let said: String = trial.diagnostics.iter().map(|diagnostic| diagnostic.rendered.as_str()).collect();
    let id = &listing.id;
    match (&listing.claim, &trial.end) {
        (Claim::Fails(code), _) => {
            (!trial.fails_with(code)).then(|| format!("{id} does not fail with {code}:\n{said}"))
        }
        (_, TrialEnd::DidNotCompile) => Some(format!("{id} does not compile:\n{said}")),
        (_, TrialEnd::Broke(output)) => Some(format!("{id} does not end well:\n{output}")),
        (_, TrialEnd::Compiled | TrialEnd::Printed(_)) => None,
    }
}

fn checked(chapter: &Chapter) -> impl Iterator<Item = &Listing> {
    chapter.listings.iter().filter(|listing| listing.claim != Claim::Nothing)
}
