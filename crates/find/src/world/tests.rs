use super::World;

#[test]
fn the_tables_are_sound() {
    let complaints = World::check().errors;
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
