//! The best tree over a sentence: greedy heads, repaired by Chu-Liu-Edmonds where they are no tree.

use ndarray::Array2;

const NEVER: f64 = -1e9;
/// Roots that are tried when the greedy heads are no tree.
const ROOTS: usize = 3;

/// Each word's head, `None` for the one root. `scores[word, 0]` is the score of the root, `scores[word, i + 1]`
/// that of word `i` as the head of `word`.
pub(crate) fn best_tree(scores: &Array2<f32>) -> Vec<Option<usize>> {
    let size = scores.nrows();
    if size == 1 {
        return vec![None];
    }
    // Shares of one, as logarithms, so that words count alike in the sum over a tree.
    let mut shares = scores.mapv(f64::from);
    for (word, mut row) in shares.rows_mut().into_iter().enumerate() {
        let most = row.iter().copied().fold(NEVER, f64::max);
        if let Some(own) = row.get_mut(word + 1) {
            *own = -1e4;
        }
        let total = row.iter().map(|score| (score - most).exp()).sum::<f64>().ln() + most;
        row.mapv_inplace(|score| score - total);
    }
    let greedy: Vec<usize> = shares.rows().into_iter().map(|row| highest64(row.iter().copied())).collect();
    if is_tree(&greedy) {
        return heads(&greedy);
    }
    let mut nodes = Array2::from_elem((size + 1, size + 1), NEVER);
    nodes.slice_mut(ndarray::s![1.., ..]).assign(&shares);
    let mut roots: Vec<usize> = (0..size).collect();
    roots.sort_by(|a, b| shares[[*b, 0]].total_cmp(&shares[[*a, 0]]));
    let mut best: Option<(f64, Vec<usize>)> = None;
    for root in roots.into_iter().take(ROOTS) {
        let mut nodes = nodes.clone();
        nodes.slice_mut(ndarray::s![1.., 0]).fill(NEVER / 10.0);
        nodes[[root + 1, 0]] = 1e6;
        let tree: Vec<usize> = spanning_tree(nodes).into_iter().skip(1).collect();
        let score = tree.iter().enumerate().map(|(word, head)| shares[[word, *head]]).sum();
        if is_tree(&tree) && best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, tree));
        }
    }
    heads(&best.map_or_else(|| chain(&greedy), |(_, tree)| tree))
}

fn heads(tree: &[usize]) -> Vec<Option<usize>> {
    tree.iter().map(|head| head.checked_sub(1)).collect()
}

/// All words under the likeliest root: what is left when no tree is found, which scores that are not numbers do.
fn chain(greedy: &[usize]) -> Vec<usize> {
    let root = greedy.iter().position(|head| *head == 0).unwrap_or(0);
    (0..greedy.len()).map(|word| if word == root { 0 } else { root + 1 }).collect()
}

/// Whether the heads (0 the root, `i + 1` word `i`) are a tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return false;
    }
    // 0 not seen, otherwise the number of the walk that came by.
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen.get(at) == Some(&0) {
            if let Some(place) = seen.get_mut(at) {
                *place = start;
            }
            at = heads.get(at - 1).copied().unwrap_or(0);
        }
        if at != 0 && seen.get(at) == Some(&start) {
            return false;
        }
    }
    true
}

/// Chu-Liu-Edmonds over nodes 0 (the root) to n; `scores[node, head]`. Returns each node's head.
///
/// Cycles are contracted one after another, so that the work is bounded by the cube of the words, of which a
/// sentence has at most some hundreds.
fn spanning_tree(mut scores: Array2<f64>) -> Vec<usize> {
    let size = scores.nrows();
    for node in 0..size {
        scores[[node, node]] = NEVER;
        scores[[0, node]] = NEVER;
    }
    let mut heads: Vec<usize> = scores.rows().into_iter().map(|row| highest64(row.iter().copied())).collect();
    if let Some(root) = heads.first_mut() {
        *root = 0;
    }
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let rest: Vec<usize> = (0..size).filter(|node| !cycle.contains(node)).collect();
    let inside = rest.len();
    let mut contracted = Array2::from_elem((inside + 1, inside + 1), NEVER);
    let mut head_in_cycle = vec![0; inside];
    let mut entered_at = vec![0; inside];
    for (i, node) in rest.iter().enumerate() {
        for (j, head) in rest.iter().enumerate() {
            contracted[[i, j]] = scores[[*node, *head]];
        }
        let best = highest64(cycle.iter().map(|head| scores[[*node, *head]]));
        contracted[[i, inside]] = scores[[*node, cycle[best]]];
        head_in_cycle[i] = cycle[best];
        let entering = |member: &usize| scores[[*member, *node]] - scores[[*member, heads[*member]]];
        let best = highest64(cycle.iter().map(entering));
        contracted[[inside, i]] = entering(&cycle[best]);
        entered_at[i] = cycle[best];
    }
    let outer = spanning_tree(contracted);
    for (i, node) in rest.iter().enumerate().skip(1) {
        heads[*node] = if outer[i] == inside { head_in_cycle[i] } else { rest[outer[i]] };
    }
    heads[entered_at[outer[inside]]] = rest[outer[inside]];
    heads
}

fn highest64(numbers: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (place, number) in numbers.enumerate() {
        if number > best.1 {
            best = (place, number);
        }
    }
    best.0
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        let mut path = Vec::new();
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            path.push(at);
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            return Some(path.into_iter().skip_while(|node| *node != at).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // Words 0 and 1 point at each other; word 0 may as well hang from the root.
        let scores = ndarray::arr2(&[[2.0, 0.0, 3.0], [0.0, 5.0, 0.0]]);
        assert_eq!(best_tree(&scores), [None, Some(0)]);
    }

    proptest! {
        #[test]
        fn any_scores_give_a_tree(numbers in prop::collection::vec(-9.0f32..9.0, 2..400)) {
            let mut size = 1;
            while (size + 1) * (size + 2) <= numbers.len() { size += 1; }
            let scores = Array2::from_shape_vec((size, size + 1), numbers[..size * (size + 1)].to_vec());
            let scores = scores.expect("as many numbers as the shape has");
            let heads: Vec<usize> = best_tree(&scores).iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            prop_assert!(is_tree(&heads));
        }
    }
}
