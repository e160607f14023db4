use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use chancery_kernels::Weights;

use crate::ModelError;

const MAGIC: &[u8] = b"CHANMODL";
/// 1 had no rounded matrices, and one set of heads; no program reads it any more.
const VERSION: u32 = 2;
/// Weights in a 4-bit block, and the bytes that hold them: a half-precision scale and 16 pairs.
pub(crate) const BLOCK: usize = 32;
pub(crate) const BLOCK_BYTES: usize = 18;

/// A model file: named tensors and texts. `models/README.md` describes the form.
pub(crate) struct ModelFile<'a> {
    data: &'a [u8],
    entries: BTreeMap<&'a str, Entry>,
}

struct Entry {
    kind: Kind,
    shape: Vec<usize>,
    bytes: Range<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Float32,
    Float16,
    Blocks,
    Text,
    /// A scale for each row, then a byte for each weight.
    Rounded,
}

impl<'a> ModelFile<'a> {
    /// Reads the directory; the data stay where they are.
    pub(crate) fn open(data: &'a [u8]) -> Result<Self, ModelError> {
        let mut at = Reader { data, at: 0 };
        if at.take(MAGIC.len())? != MAGIC {
            return Err(ModelError::Header);
        }
        let version = at.u32()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let mut entries = BTreeMap::new();
        for _ in 0..at.u32()? {
            let length = at.u8()?;
            let name = std::str::from_utf8(at.take(length.into())?).map_err(|_| ModelError::Header)?;
            let kind = match at.u8()? {
                0 => Kind::Float32,
                1 => Kind::Float16,
                2 => Kind::Blocks,
                3 => Kind::Text,
                4 => Kind::Rounded,
                _ => return Err(ModelError::Shape(name.to_owned())),
            };
            let dimensions = at.u8()?;
            let shape = (0..dimensions).map(|_| at.size()).collect::<Result<Vec<_>, _>>()?;
            let (start, size) = (at.u64()?, at.u64()?);
            let end = start.checked_add(size).filter(|end| *end <= data.len());
            let end = end.ok_or_else(|| ModelError::Shape(name.to_owned()))?;
            let weights = shape
                .iter()
                .try_fold(1usize, |product, side| product.checked_mul(*side))
                .unwrap_or(usize::MAX);
            let expected = match kind {
                Kind::Float32 => weights.checked_mul(4),
                Kind::Float16 => weights.checked_mul(2),
                Kind::Blocks => (weights / BLOCK).checked_mul(BLOCK_BYTES),
                Kind::Text => Some(weights),
                Kind::Rounded => shape.first().and_then(|rows| rows.checked_mul(4)?.checked_add(weights)),
            };
            if expected != Some(size) {
                return Err(ModelError::Shape(name.to_owned()));
            }
            entries.insert(name, Entry { kind, shape, bytes: start..end });
        }
        Ok(Self { data, entries })
    }

    fn entry(&self, name: &str) -> Result<(&Entry, &'a [u8]), ModelError> {
        let entry = self.entries.get(name).ok_or_else(|| ModelError::Missing(name.to_owned()))?;
        Ok((entry, self.data.get(entry.bytes.clone()).unwrap_or_default()))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'a str, ModelError> {
        let (entry, data) = self.entry(name)?;
        let text = (entry.kind == Kind::Text).then(|| std::str::from_utf8(data).ok()).flatten();
        text.ok_or_else(|| ModelError::Shape(name.to_owned()))
    }

    /// A value of the text `settings`, whose lines are `name value`.
    pub(crate) fn setting<T: FromStr>(&self, name: &str) -> Result<T, ModelError> {
        let mut settings = self.text("settings")?.lines().filter_map(|line| line.split_once(' '));
        let value = settings.find(|(key, _)| *key == name).and_then(|(_, value)| value.parse().ok());
        value.ok_or_else(|| ModelError::Missing(name.to_owned()))
    }

    /// The labels of a head, one a line.
    pub(crate) fn labels<T: FromStr>(&self, name: &str) -> Result<Vec<T>, ModelError> {
        let labels = self.text(name)?.lines().map(str::parse);
        labels.collect::<Result<_, _>>().map_err(|_| ModelError::Shape(name.to_owned()))
    }

    /// The rows of a matrix of 4-bit blocks, packed, and how many weights a row has.
    pub(crate) fn blocks(&self, name: &str) -> Result<(&'a [u8], usize), ModelError> {
        let (entry, data) = self.entry(name)?;
        match (entry.kind, entry.shape.as_slice()) {
            (Kind::Blocks, [_, width]) if *width > 0 && width % BLOCK == 0 => Ok((data, *width)),
            _ => Err(ModelError::Shape(name.to_owned())),
        }
    }

    /// A tensor's numbers, row by row.
    pub(crate) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let (entry, data) = self.entry(name)?;
        if entry.shape != shape {
            return Err(ModelError::Shape(name.to_owned()));
        }
        match entry.kind {
            Kind::Float32 => {
                Ok(data.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
            }
            Kind::Float16 => {
                Ok(data.as_chunks::<2>().0.iter().map(|bytes| half(u16::from_le_bytes(*bytes))).collect())
            }
            Kind::Blocks | Kind::Text | Kind::Rounded => Err(ModelError::Shape(name.to_owned())),
        }
    }

    /// A linear map with its biases.
    pub(crate) fn linear(&self, name: &str, outputs: usize, inputs: usize) -> Result<Weights, ModelError> {
        self.weights(&format!("{name}.weight"), Some(&format!("{name}.bias")), outputs, inputs)
    }

    /// The weights of a linear map, a row an output, and its biases, or none.
    pub(crate) fn weights(
        &self,
        name: &str,
        bias: Option<&str>,
        outputs: usize,
        inputs: usize,
    ) -> Result<Weights, ModelError> {
        let bias = match bias {
            Some(bias) => self.numbers(bias, &[outputs])?,
            None => vec![0.0; outputs],
        };
        let (entry, data) = self.entry(name)?;
        if entry.kind != Kind::Rounded || entry.shape != [outputs, inputs] {
            return Err(ModelError::Shape(name.to_owned()));
        }
        let (scales, rows) = data.split_at_checked(4 * outputs).unwrap_or_default();
        let scales: Vec<f32> =
            scales.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let rows: Vec<i8> = rows.iter().map(|byte| byte.cast_signed()).collect();
        let weights = Weights::new(&rows, &scales, &bias, inputs);
        weights.ok_or_else(|| ModelError::Shape(name.to_owned()))
    }
}

/// Half precision to single.
pub(crate) fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let rest = u32::from(bits & 0x7fff) << 13;
    // Moving the exponent's bias by a product also sets right the numbers too small for a normal exponent.
    let value = f32::from_bits(rest) * f32::from_bits(0x7780_0000);
    let value = if bits & 0x7c00 == 0x7c00 { f32::from_bits(rest | 0x7f80_0000) } else { value };
    f32::from_bits(value.to_bits() | sign)
}

struct Reader<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, size: usize) -> Result<&'a [u8], ModelError> {
        let end = self.at.checked_add(size).ok_or(ModelError::Header)?;
        let taken = self.data.get(self.at..end).ok_or(ModelError::Header)?;
        self.at = end;
        Ok(taken)
    }

    fn u8(&mut self) -> Result<u8, ModelError> {
        self.take(1)?.first().copied().ok_or(ModelError::Header)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        let bytes = self.take(4)?.try_into().map_err(|_| ModelError::Header)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn size(&mut self) -> Result<usize, ModelError> {
        usize::try_from(self.u32()?).map_err(|_| ModelError::Header)
    }

    fn u64(&mut self) -> Result<usize, ModelError> {
        let bytes = self.take(8)?.try_into().map_err(|_| ModelError::Header)?;
        usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| ModelError::Header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read_exactly() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x0001, 5.960_464_5e-8),
            (0x7bff, 65504.0),
            (0x0000, 0.0),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(value), "{bits:04x}");
        }
    }

    #[test]
    fn a_file_that_is_not_a_model_is_refused() {
        assert!(ModelFile::open(b"").is_err());
        assert!(ModelFile::open(b"CHANMODL\x01\0\0\0\xff\0\0\0").is_err());
        assert!(ModelFile::open(b"CHANMODL\x02\0\0\0\0\0\0\0").is_ok());
        let newer = ModelFile::open(b"CHANMODL\x03\0\0\0\0\0\0\0");
        assert_eq!(
            newer.err().map(|error| error.to_string()).as_deref(),
            Some("the model's form is 3, and this program reads form 2")
        );
    }
}
