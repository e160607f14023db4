use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::table::{Cells, Column, Table};

impl Table {
    /// The table as a Parquet file: counts as 64-bit integers, figures as doubles, words as UTF-8; null where a cell is
    /// empty.
    pub fn parquet(&self) -> io::Result<Vec<u8>> {
        let fields = self.columns.iter().map(field).collect::<Result<_, ParquetError>>()?;
        let schema = Type::group_type_builder("chancery").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("chancery ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .build();
        let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        let mut group = file.next_row_group()?;
        for (index, column) in self.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            let cells = self
                .rows
                .iter()
                .map(|row| row.get(index).map(String::as_str).filter(|cell| !cell.is_empty()));
            match column.holds {
                Cells::Counts => {
                    let (counts, known) = present(cells.map(|cell| cell?.parse::<i64>().ok()));
                    writer.typed::<Int64Type>().write_batch(&counts, Some(&known), None)?;
                }
                Cells::Figures => {
                    let (figures, known) = present(cells.map(|cell| cell?.parse::<f64>().ok()));
                    writer.typed::<DoubleType>().write_batch(&figures, Some(&known), None)?;
                }
                Cells::Words => {
                    let (words, known) = present(cells.map(|cell| cell.map(ByteArray::from)));
                    writer.typed::<ByteArrayType>().write_batch(&words, Some(&known), None)?;
                }
            }
            writer.close()?;
        }
        group.close()?;
        Ok(file.into_inner()?)
    }
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.holds {
        Cells::Counts => (PhysicalType::INT64, None),
        Cells::Figures => (PhysicalType::DOUBLE, None),
        Cells::Words => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

/// The cells that there are, and for each row 1 where it has one and 0 where it has none.
fn present<T>(cells: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut known) = (Vec::new(), Vec::new());
    for cell in cells {
        known.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    (values, known)
}
