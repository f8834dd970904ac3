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
    let loaded = Store::open(settings.home.progress()).load();
    let notice = keeper::notice_of(&loaded);
    let mut record = loaded.unwrap_or_default().record;
    for pack in &packs {
        record.carry_over(pack);
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
    use super::hinted_light;

    #[test]
    fn the_background_hint_is_its_last_number() {
        assert!(hinted_light(Some("0;15")));
        assert!(hinted_light(Some("0;default;7")));
        assert!(!hinted_light(Some("15;0")));
        assert!(!hinted_light(Some("nonsense")));
        assert!(!hinted_light(None));
    }
}
