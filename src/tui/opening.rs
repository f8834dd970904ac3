//! The app as it is opened: what the settings, the environment and the learner's record say of it.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::app::Model;
use crate::pack::Pack;
use crate::progress::Store;
use crate::settings::{Settings, ThemeChoice};
use crate::tui::perform::keeper;

/// The model with which the app begins.
pub fn model(settings: &Settings, packs: Vec<Arc<Pack>>) -> Model {
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    let epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let store = Store::open(settings.home.progress());
    let loaded = store.load();
    let mut notice = keeper::notice_of(&loaded);
    let mut record = loaded.unwrap_or_default().record;
    for pack in &packs {
        // Stored at once: it would not be taken over what is soon known under the new ids.
        if record.carry_over(pack) {
            notice = notice.or(keeper::notice_of(&store.carry_over(pack)));
        }
    }
    let mut model = Model::new(packs, record, size, epoch);
    model.notice = notice;
    model.look.chosen = settings.theme != ThemeChoice::Auto;
    model.look.light = match settings.theme {
        ThemeChoice::Auto => hinted_light(std::env::var("COLORFGBG").ok().as_deref()),
        ThemeChoice::Dark => false,
        ThemeChoice::Light => true,
    };
    model.look.ascii = settings.ascii;
    model
}

/// What some terminals say of their colours in `COLORFGBG`: foreground, then background, by number.
fn hinted_light(colours: Option<&str>) -> bool {
    let background = colours.and_then(|colours| colours.rsplit(';').next()?.parse::<u8>().ok());
    matches!(background, Some(7 | 9..=15))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{hinted_light, model};
    use crate::progress::{State, Store};
    use crate::settings::{ColorChoice, Home, Settings, ThemeChoice};

    #[test]
    fn what_was_done_under_a_former_name_is_stored_under_the_new_one() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::new(directory.path());
        let mut pack = crate::pack::builtin().unwrap();
        pack.exercises[0].renamed_from = vec!["former".to_owned()];
        let known =
            format!(r#"{{"version": 1, "exercises": {{"{}": {{"former": {{"passed": 7}}}}}}}}"#, pack.id);
        std::fs::write(home.progress(), known).unwrap();
        let (id, now) = (pack.id.clone(), pack.exercises[0].id.clone());
        let settings = Settings {
            home: home.clone(),
            color: ColorChoice::Never,
            plain: false,
            ascii: false,
            theme: ThemeChoice::Dark,
            supervisor: "unused".into(),
        };
        model(&settings, vec![Arc::new(pack)]);
        assert_eq!(Store::open(home.progress()).load().unwrap().record.state(&id, &now), State::Passed);
    }

    #[test]
    fn the_background_hint_is_its_last_number() {
        assert!(hinted_light(Some("0;15")));
        assert!(hinted_light(Some("0;default;7")));
        assert!(!hinted_light(Some("15;0")));
        assert!(!hinted_light(Some("nonsense")));
        assert!(!hinted_light(None));
    }
}
