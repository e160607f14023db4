//! Web archives.

use std::io::{self, BufRead, Read};

use chancery_core::{Document, Staged};
use flate2::bufread::{MultiGzDecoder, ZlibDecoder};

use crate::record::Stated;
use crate::unpack::Stream;
use crate::{ReadError, clipping, encoding, page};

/// The pages of a web archive, in its order.
pub(crate) struct Pages<'a> {
    stream: Stream<'a>,
}

/// A page as an archive stored it.
pub(crate) struct StoredPage {
    url: Option<String>,
    bytes: Vec<u8>,
    is_html: bool,
}

/// A record of an archive.
enum Record {
    End,
    /// A page, or why it could not be taken.
    Page(Result<StoredPage, ReadError>),
    /// What is no page.
    Other,
}

/// The longest line of a record's head.
const LONGEST_HEAD_LINE: u64 = 64 << 10;

impl StoredPage {
    pub(crate) fn read(&self, name: &str) -> Result<Staged<Document>, ReadError> {
        let (text, notices) = encoding::decode(&self.bytes, self.is_html);
        let stated = Stated { url: self.url.clone(), ..Stated::default() };
        if text.trim().is_empty() {
            return Err(ReadError::NoText);
        }
        Ok(if self.is_html {
            page::read(name, &text, notices, &stated)
        } else {
            clipping::read(name, &text, notices, &stated)
        })
    }
}

impl<'a> Pages<'a> {
    pub(crate) fn new(stream: Stream<'a>) -> Self {
        Self { stream }
    }

    /// Returns the next page, or why a page could not be taken; what is not a page is passed over.
    pub(crate) fn next_page(&mut self, limit: usize) -> Option<io::Result<Result<StoredPage, ReadError>>> {
        loop {
            match self.next_record(limit) {
                Ok(Record::End) => return None,
                Ok(Record::Page(page)) => return Some(Ok(page)),
                Ok(Record::Other) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn next_record(&mut self, limit: usize) -> io::Result<Record> {
        let first = loop {
            match self.line()? {
                None => return Ok(Record::End),
                Some(line) if line.trim().is_empty() => {}
                Some(line) => break line,
            }
        };
        if !first.starts_with("WARC/") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a record of the web archive does not begin where the last one ends",
            ));
        }
        let (mut length, mut kind, mut url, mut form) = (0u64, String::new(), None, String::new());
        while let Some(line) = self.line()? {
            if line.trim().is_empty() {
                break;
            }
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "warc-type" => kind = value.to_ascii_lowercase(),
                "warc-target-uri" => url = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-type" => form = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
        let mut body = self.stream.by_ref().take(length);
        if !wanted || length > limit as u64 {
            io::copy(&mut body, &mut io::sink())?;
            return Ok(if wanted { Record::Page(Err(ReadError::TooLong { limit })) } else { Record::Other });
        }
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < length {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the web archive ends within a record"));
        }
        if form.starts_with("application/http") {
            let Some((head, content)) = split_head(&bytes) else { return Ok(Record::Other) };
            let head = String::from_utf8_lossy(head).to_ascii_lowercase();
            let field = |key: &str| {
                head.lines()
                    .find_map(|line| {
                        line.strip_prefix(key)?.strip_prefix(':').map(|value| value.trim().to_owned())
                    })
                    .unwrap_or_default()
            };
            let status = head.split(' ').nth(1).unwrap_or_default();
            form = field("content-type");
            if !status.starts_with('2') || !is_text(&form) {
                return Ok(Record::Other);
            }
            let content = if field("transfer-encoding").contains("chunked") {
                unchunk(content)
            } else {
                content.to_vec()
            };
            bytes = match unwrap(content, &field("content-encoding"), limit) {
                Ok(bytes) => bytes,
                Err(reason) => return Ok(Record::Page(Err(reason))),
            };
        }
        if !is_text(&form) || bytes.trim_ascii().is_empty() {
            return Ok(Record::Other);
        }
        Ok(Record::Page(Ok(StoredPage { url, bytes, is_html: !form.starts_with("text/plain") })))
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        self.stream.by_ref().take(LONGEST_HEAD_LINE).read_until(b'\n', &mut bytes)?;
        Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

fn is_text(form: &str) -> bool {
    form.starts_with("text/html") || form.starts_with("application/xhtml") || form.starts_with("text/plain")
}

fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((bytes.get(..at)?, bytes.get(at + 4..)?))
}

/// Joins the chunks of a body that was sent in pieces; one that was already joined is returned as it is.
fn unchunk(bytes: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = rest
            .get(..end)
            .and_then(|line| std::str::from_utf8(line).ok())
            .and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let Some(size) = size else { return bytes.to_vec() };
        if size == 0 {
            return joined;
        }
        let start = end + 2;
        let Some(chunk) = start.checked_add(size).and_then(|end| rest.get(start..end)) else { break };
        joined.extend_from_slice(chunk);
        rest = rest.get(start + size + 2..).unwrap_or_default();
    }
    joined
}

fn unwrap(bytes: Vec<u8>, encoding: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
    let mut unpacked = Vec::new();
    let most = limit as u64 + 1;
    let outcome = if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut unpacked)
    } else if encoding.contains("deflate") && bytes.first() == Some(&0x78) {
        ZlibDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut unpacked)
    } else {
        return Ok(bytes);
    };
    match outcome {
        Ok(length) if length > limit => Err(ReadError::TooLong { limit }),
        // What could be unpacked of a page that was cut is still to be read.
        Err(_) if unpacked.is_empty() => {
            Err(ReadError::Damaged { form: "gzip", why: "a page inside".to_owned() })
        }
        _ => Ok(unpacked),
    }
}
