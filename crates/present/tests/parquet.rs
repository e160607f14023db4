//! A Parquet file holds what its table holds.

use std::fs::File;

use chancery_present::{Cells, Column, Table, actor_table, event_table, position_table, statement_table};
use chancery_record::{Filter, Record, fixture};
use parquet::basic::Type;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

/// Writes a table to a file and reads it back: its columns, and its rows with an empty cell for a null.
fn there_and_back(table: &Table) -> (Vec<Column>, Vec<Vec<String>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.parquet");
    std::fs::write(&path, table.parquet().expect("a table can be written")).expect("a file");
    let reader = SerializedFileReader::new(File::open(&path).expect("the file")).expect("a Parquet file");
    let fields = reader.metadata().file_metadata().schema_descr().columns().iter();
    let holds = |kind: Type| match kind {
        Type::INT64 => Cells::Counts,
        Type::DOUBLE => Cells::Figures,
        _ => Cells::Words,
    };
    let read: Vec<_> = fields.map(|field| (field.name().to_owned(), holds(field.physical_type()))).collect();
    let known = table.columns.iter().filter(|column| read.contains(&(column.name.to_owned(), column.holds)));
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        row.get_column_iter()
            .map(|(_, field)| match field {
                Field::Null => String::new(),
                Field::Str(words) => words.clone(),
                Field::Long(count) => count.to_string(),
                Field::Double(figure) => format!("{figure:.2}"),
                other => format!("{other:?}"),
            })
            .collect()
    });
    (known.copied().collect(), rows.collect())
}

#[test]
fn every_table_reads_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::create(&folder.path().join("record.db")).expect("a record");
    let reading = fixture::reading(
        "reports/visit.txt",
        "sv",
        "2024-05-03",
        "Norland har lämnat sex helikoptrar till Sudmark.\nSudmark förnekade först, men bekräftade sedan, \"allt\".",
    )
    .actor("Norland", "NRL", "Norland", "NRL", None)
    .actor("Sudmark|.", "SDM", "Sudmark", "SDM", None)
    .event(
        chancery_core::EventType::Aid,
        "",
        &["NRL"],
        &["SDM"],
        "lämnat",
        chancery_core::DateRange::day("2024-05-02".parse().expect("a day")),
    )
    .statement("SDM", "allt")
    .change("SDM", "helikoptrar", "förnekade", "bekräftade", "Sudmark förnekade först, men bekräftade sedan")
    .done();
    record.put(&reading, "test").expect("it is put");
    record.settle().expect("it is judged");
    let documents = record.documents().expect("documents");
    let all = Filter::default();
    let tables = [
        event_table(&record.events(&all).expect("events"), &documents),
        actor_table(&record.actors(None).expect("actors")),
        statement_table(&record.statements(&all).expect("statements"), &documents),
        position_table(&record.positions(&all).expect("positions"), &documents),
    ];
    for table in tables {
        assert!(!table.rows.is_empty(), "{:?}", table.columns);
        assert_eq!(there_and_back(&table), (table.columns.clone(), table.rows.clone()));
        let empty = Table { rows: Vec::new(), ..table };
        assert_eq!(there_and_back(&empty), (empty.columns.clone(), Vec::new()));
    }
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let table = Table {
        columns: vec![Column { name: "id", holds: Cells::Words }],
        rows: vec![vec!["é; 中".to_owned()]],
    };
    assert_eq!(table.parquet().expect("bytes"), table.parquet().expect("bytes"));
}
