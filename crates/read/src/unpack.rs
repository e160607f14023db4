//! Takes gzip and zstd wrappings off a stream, within limits.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::ReadError;

/// A stream that stages of reading pass on to one another.
pub(crate) type Stream<'a> = Box<dyn BufRead + 'a>;

/// How many wrappings are taken off one inside the other.
const LAYERS: usize = 3;
/// Text packs to a tenth, dull tables to a fiftieth; what unpacks to more than this is made to hurt.
const MOST_TIMES: u64 = 400;
/// What may unpack to anything, however small it was.
const ALWAYS_ALLOWED: u64 = 64 << 20;

/// Returns the first bytes of a stream, and the stream as it was.
pub(crate) fn peek(mut stream: Stream<'_>, length: usize) -> io::Result<(Vec<u8>, Stream<'_>)> {
    let mut head = Vec::new();
    stream.by_ref().take(length as u64).read_to_end(&mut head)?;
    let whole = Cursor::new(head.clone()).chain(stream);
    Ok((head, Box::new(whole)))
}

/// Returns the stream that lies inside gzip or zstd wrappings; other streams are returned as they are.
pub(crate) fn unpack(mut stream: Stream<'_>) -> Result<Stream<'_>, ReadError> {
    for _ in 0..LAYERS {
        let (head, whole) = peek(stream, 4)?;
        stream = if head.starts_with(&[0x1f, 0x8b]) {
            let source = Counted { inner: whole, bytes: std::rc::Rc::default() };
            let bytes = source.bytes.clone();
            let unpacked = MultiGzDecoder::new(source);
            Box::new(BufReader::new(Guarded { inner: unpacked, packed: bytes, unpacked: 0, form: "gzip" }))
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let source = Counted { inner: whole, bytes: std::rc::Rc::default() };
            let bytes = source.bytes.clone();
            let unpacked = StreamingDecoder::new(source)
                .map_err(|error| ReadError::Damaged { form: "zstd", why: error.to_string() })?;
            Box::new(BufReader::new(Guarded { inner: unpacked, packed: bytes, unpacked: 0, form: "zstd" }))
        } else {
            return Ok(whole);
        };
    }
    Ok(stream)
}

/// Turns an error of a stream into the reason to tell.
pub(crate) fn reason(error: io::Error) -> ReadError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<PackError>()) {
        Some(PackError::Bomb) => ReadError::Bomb { times: MOST_TIMES },
        Some(PackError::Damaged { form, why }) => ReadError::Damaged { form, why: why.clone() },
        None => ReadError::Io(error),
    }
}

#[derive(Debug, thiserror::Error)]
enum PackError {
    #[error("unpacks without end")]
    Bomb,
    #[error("damaged {form} data: {why}")]
    Damaged { form: &'static str, why: String },
}

/// Counts the bytes that are taken from a stream.
struct Counted<'a> {
    inner: Stream<'a>,
    bytes: std::rc::Rc<std::cell::Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + count as u64);
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.set(self.bytes.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Stops a stream that unpacks to far more than went in, and says in what form an error lay.
struct Guarded<R> {
    inner: R,
    packed: std::rc::Rc<std::cell::Cell<u64>>,
    unpacked: u64,
    form: &'static str,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(|error| {
            let why = match error.kind() {
                io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
                _ => error.to_string(),
            };
            io::Error::other(PackError::Damaged { form: self.form, why })
        })?;
        self.unpacked += count as u64;
        if self.unpacked > ALWAYS_ALLOWED && self.unpacked / MOST_TIMES > self.packed.get() {
            return Err(io::Error::other(PackError::Bomb));
        }
        Ok(count)
    }
}
