use std::collections::HashMap;

/// A text table of `world/`: rows of tab-separated cells, under a comment that names the columns.
pub(super) struct Table {
    path: String,
    columns: HashMap<&'static str, usize>,
    rows: Vec<(usize, &'static str)>,
    /// Where rows stand that a user's file added, by their lines here.
    origins: HashMap<usize, &'static str>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    line: usize,
    text: &'static str,
}

impl Table {
    /// Reads `world/PATH.tsv`; a table that does not exist has no rows.
    pub(super) fn read(path: &str) -> Self {
        Self::parse(path, chancery_tables::world(path).unwrap_or_default())
    }

    fn parse(path: &str, text: &'static str) -> Self {
        let mut table = Self {
            path: path.to_owned(),
            columns: HashMap::new(),
            rows: Vec::new(),
            origins: HashMap::new(),
        };
        for (line, row) in (1..).zip(text.lines()) {
            if let Some(columns) = row.strip_prefix("# columns:") {
                table.columns =
                    columns.trim().split('\t').zip(0..).map(|(name, at)| (name.trim(), at)).collect();
            } else if let Some(origin) = row.strip_prefix(chancery_tables::ORIGIN) {
                table.origins.insert(line + 1, origin);
            } else if !row.starts_with('#') && !row.trim().is_empty() {
                table.rows.push((line, row));
            }
        }
        table
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|&(line, text)| Row { table: self, line, text })
    }
}

impl Row<'_> {
    /// The cell of a column; empty where the row or the table lacks it.
    pub(super) fn cell(self, column: &str) -> &'static str {
        let Some(&at) = self.table.columns.get(column) else { return "" };
        self.text.split('\t').nth(at).unwrap_or_default().trim()
    }

    /// The cell of a column, `None` where it is empty.
    pub(super) fn filled(self, column: &str) -> Option<&'static str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    /// The parts of a cell between bars.
    pub(super) fn parts(self, column: &str) -> impl Iterator<Item = &'static str> {
        self.cell(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// The longest name in any of its cells.
    pub(super) fn longest(self) -> Option<&'static str> {
        self.text.split(['\t', '|']).max_by_key(|cell| cell.len())
    }

    /// Where the row stands, for complaints about it.
    pub(super) fn place(self) -> String {
        match self.table.origins.get(&self.line) {
            Some(origin) => (*origin).to_owned(),
            None => format!("world/{}.tsv:{}", self.table.path, self.line),
        }
    }
}
