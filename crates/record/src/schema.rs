use rusqlite::Connection;

/// Says in the file's header that it is a record of this program: `Chcy`.
pub(crate) const APPLICATION: i64 = 0x4368_6379;

/// Each step takes a record from the schema of its index to the next.
const STEPS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The schema that this version writes.
pub(crate) const VERSION: i64 = STEPS.len().cast_signed() as i64;

/// Brings a record up to [`VERSION`], in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? >= VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited for the lock.
    let done = usize::try_from(version(&transaction)?).unwrap_or(0);
    for step in STEPS.get(done..).unwrap_or_default() {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}
