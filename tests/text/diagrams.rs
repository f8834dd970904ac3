//! Boxes and lines drawn with characters close: where one goes on, the next takes it up.

use patterns_tui::text::width::graphemes;

use crate::assert_none;
use crate::documents;

/// What takes up a line that comes from above, from the right, from below, from the left.
const ABOVE: &str = "│├┤┼┬╭╮┌┐║╔╗╠╣╦╬╵┃";
const BELOW: &str = "│├┤┼┴╰╯└┘║╚╝╠╣╩╬╷┃";
const RIGHT: &str = "─┤┼┬┴╮╯┐┘═╗╝╣╦╩╬╴━";
const LEFT: &str = "─├┼┬┴╭╰┌└═╔╚╠╦╩╬╶━";
/// The heads of arrows.
const HEADS: &str = "▲▼▶◀►◄→←↑↓v^<>";

#[test]
fn every_diagram_closes() {
    let all =
        documents::chapters().into_iter().chain(documents::of_repository()).chain(documents::of_exercises());
    let mut complaints = Vec::new();
    for document in all {
        for block in document.code_blocks().iter().filter(|block| !block.info.starts_with("rust")) {
            for (row, column, what) in open_ends(&block.text) {
                let place = format!("{}:{}:{}", document.file.display(), block.line + row, column + 1);
                complaints.push(format!("{place}: `{what}` leads nowhere"));
            }
        }
    }
    assert_none(&complaints);
}

/// The corners and lines of a text that nothing takes up: row, column, character.
fn open_ends(text: &str) -> Vec<(usize, usize, char)> {
    let grid: Vec<Vec<char>> = text.lines().map(cells).collect();
    let is_ascii_diagram = text.contains("+--") || text.contains("--+");
    let mut found = Vec::new();
    for (row, line) in grid.iter().enumerate() {
        for (column, own) in line.iter().enumerate() {
            let around = Around { grid: &grid, row, column };
            let closed = match own {
                '+' if is_ascii_diagram => around.ascii_corner(),
                '|' if is_ascii_diagram => around.ascii_upright(),
                _ => around.joined(*own),
            };
            if !closed {
                found.push((row, column, *own));
            }
        }
    }
    found
}

/// One character for each column; a wide one is followed by a space.
fn cells(line: &str) -> Vec<char> {
    let cell = |(grapheme, width): (&str, usize)| {
        let first = grapheme.chars().next().unwrap_or(' ');
        std::iter::once(first).chain(std::iter::repeat_n(' ', width.saturating_sub(1))).collect::<Vec<_>>()
    };
    graphemes(line).flat_map(cell).collect()
}

struct Around<'g> {
    grid: &'g [Vec<char>],
    row: usize,
    column: usize,
}

impl Around<'_> {
    fn at(&self, down: isize, right: isize) -> char {
        let row = self.row.checked_add_signed(down).and_then(|row| self.grid.get(row));
        let column = self.column.checked_add_signed(right);
        row.zip(column).and_then(|(row, column)| row.get(column)).copied().unwrap_or(' ')
    }

    /// Whether every arm of a box-drawing character is taken up; a line may also begin and end at a word.
    fn joined(&self, own: char) -> bool {
        let goes = |set: &str| set.contains(own);
        let corner = !"│─║═┃━".contains(own);
        let down = !goes(ABOVE) || self.ends_at(self.at(1, 0), BELOW, corner);
        let up = !goes(BELOW) || self.ends_at(self.at(-1, 0), ABOVE, corner);
        let right = !goes(LEFT) || self.ends_at(self.at(0, 1), RIGHT, false);
        let left = !goes(RIGHT) || self.ends_at(self.at(0, -1), LEFT, false);
        match own {
            // A line on its own may stop; one of its ends is joined to something.
            '│' | '║' | '┃' => up || down,
            '─' | '═' | '━' => left || right,
            _ => up && down && left && right,
        }
    }

    /// Whether a neighbour takes a line up: it goes on there, or ends in the head of an arrow or, for what is no corner, at a word.
    fn ends_at(&self, neighbour: char, set: &str, strict: bool) -> bool {
        set.contains(neighbour)
            || HEADS.contains(neighbour)
            || (!strict && neighbour != ' ')
            || (!strict && self.titled(neighbour))
    }

    /// Whether white space in a border stands before a title within it.
    fn titled(&self, neighbour: char) -> bool {
        neighbour == ' ' && (self.at(0, 2) != ' ' || self.at(0, -2) != ' ')
    }

    fn ascii_corner(&self) -> bool {
        let joins = |c: char| "-+=<>".contains(c);
        let beside = joins(self.at(0, 1)) || joins(self.at(0, -1));
        let upright = |c: char| "|+v^V".contains(c);
        !beside || upright(self.at(1, 0)) || upright(self.at(-1, 0)) || self.is_tick()
    }

    /// Whether nothing near could be joined: then it is a mark on an axis.
    fn is_tick(&self) -> bool {
        let row = |by: isize| self.row.checked_add_signed(by).and_then(|row| self.grid.get(row));
        ![row(-1), row(1)].into_iter().flatten().flatten().any(|c| "|+".contains(*c))
    }

    fn ascii_upright(&self) -> bool {
        let goes_on = |c: char| "|+v^V-".contains(c) || c.is_alphanumeric();
        goes_on(self.at(1, 0)) || goes_on(self.at(-1, 0))
    }
}

#[test]
fn a_border_that_is_off_by_one_is_noticed() {
    assert_eq!(open_ends("┌──┐\n│a │\n└──┘\n"), []);
    assert_eq!(open_ends("┌─ title ─┐\n│         │\n└────┬────┘\n     ▼\n"), []);
    assert!(!open_ends("┌──┐\n│a  │\n└──┘\n").is_empty());
    assert_eq!(open_ends("+--+\n|a |\n+--+\n"), []);
    assert!(!open_ends("+--+\n|a  |\n+--+\n").is_empty());
    assert_eq!(open_ends("+--+--+\n0  1  2\n"), []);
    assert_eq!(open_ends("let add = |a| a + 1;\n"), []);
}
