//! How the text and the output share the screen.

use super::{keys, opened, plain, play};
use crate::app::Code;
use crate::app::model::Model;
use crate::app::screen::playground::layout::Layout;

#[test]
fn the_text_and_the_output_can_each_have_the_whole_screen() {
    for width in [80, 200] {
        let mut model = opened();
        model.size = (width, 24);
        let parts = |model: &Model| {
            let layout = Layout::of(model.size, play(model));
            (layout.editor.height, layout.panel.height)
        };
        let before = parts(&model);
        plain(&mut model, Code::F(12));
        assert_eq!(parts(&model), (24 - 2 - 2, 0));
        plain(&mut model, Code::Esc);
        assert_eq!(parts(&model), before, "what is led to is seen");
        keys(&mut model, "z");
        assert_eq!(parts(&model), (0, 24 - 2 - 2));
        plain(&mut model, Code::Esc);
        assert_eq!(parts(&model), before, "Esc gives it back before it leaves");
        keys(&mut model, "zz");
        assert_eq!(parts(&model), before);
    }
}
