use std::io::{self, BufWriter, StdoutLock, Write};

/// Standard output, buffered.
pub(crate) fn standard() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Prints a text that ends with a line end.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = standard();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints lines.
pub(crate) fn print_lines(lines: impl IntoIterator<Item = String>) -> io::Result<()> {
    let mut out = standard();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}
