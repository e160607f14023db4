/// Where the words of a run of Han letters end, in bytes.
pub(crate) fn cuts(run: &str) -> Vec<usize> {
    run.char_indices().skip(1).map(|(offset, _)| offset).collect()
}
