//! Logistic regression over named grounds, fitted by Newton's method with a penalty on the weights' squares.

use std::collections::BTreeMap;

/// One value that was judged: what it rests on, and whether it is right.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) grounds: Vec<String>,
    pub(crate) right: bool,
}

/// What every ground adds to the log odds, a ground with a figure (`encoder=-2.4`) as often as the figure says; `start` is
/// what they begin with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights(pub(crate) BTreeMap<String, f64>);

/// How strongly weights are drawn to nothing; `start` and the grounds that say which set an example is of are not.
const PENALTY: f64 = 6.0;
const UNPENALISED: f64 = 1e-3;
const STEPS: usize = 30;
/// A ground of fewer examples is not fitted.
const FEWEST: usize = 8;

impl Weights {
    /// Fits the weights of all grounds that at least eight examples share.
    pub(crate) fn fit(examples: &[Example]) -> Self {
        let mut counts = BTreeMap::<&str, usize>::new();
        for ground in examples.iter().flat_map(|example| &example.grounds) {
            *counts.entry(name_and_figure(ground).0).or_default() += 1;
        }
        let names: Vec<&str> = std::iter::once("start")
            .chain(counts.into_iter().filter(|(_, count)| *count >= FEWEST).map(|(name, _)| name))
            .collect();
        let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let rows: Vec<Row> = examples
            .iter()
            .map(|example| {
                let known = example.grounds.iter().filter_map(|ground| {
                    let (name, figure) = name_and_figure(ground);
                    Some((*place.get(name)?, figure))
                });
                Row {
                    grounds: std::iter::once((0, 1.0)).chain(known).collect(),
                    right: f64::from(u8::from(example.right)),
                }
            })
            .collect();
        let penalties: Vec<f64> = names
            .iter()
            .map(|name| if *name == "start" || is_of_set(name) { UNPENALISED } else { PENALTY })
            .collect();
        let mut weights = vec![0.0; names.len()];
        for _ in 0..STEPS {
            let step = newton_step(&rows, &weights, &penalties);
            for (weight, change) in weights.iter_mut().zip(&step) {
                // Small steps keep the method from running away where examples are all right.
                *weight += change.clamp(-1.0, 1.0);
            }
            if step.iter().all(|change| change.abs() < 1e-6) {
                break;
            }
        }
        Self(names.into_iter().map(str::to_owned).zip(weights).collect())
    }

    /// How likely a value on these grounds is right.
    pub(crate) fn confidence(&self, grounds: &[String]) -> f64 {
        let weight = |ground: &str| {
            let (name, figure) = name_and_figure(ground);
            self.0.get(name).copied().unwrap_or_default() * figure
        };
        sigmoid(weight("start") + grounds.iter().map(|ground| weight(ground)).sum::<f64>())
    }
}

/// A ground's name, and how often it counts.
fn name_and_figure(ground: &str) -> (&str, f64) {
    ground.split_once('=').map_or((ground, 1.0), |(name, figure)| (name, figure.parse().unwrap_or_default()))
}

/// An example as the places of its grounds among the weights, each with how often it counts, and 1 where it is right.
struct Row {
    grounds: Vec<(usize, f64)>,
    right: f64,
}

/// Whether a ground says which set an example is of, and nothing of the coding.
pub(crate) fn is_of_set(ground: &str) -> bool {
    ground.starts_with("set.")
}

fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The step of Newton's method: the gradient of the penalised likelihood over its curvature.
fn newton_step(rows: &[Row], weights: &[f64], penalties: &[f64]) -> Vec<f64> {
    let size = weights.len();
    let mut gradient: Vec<f64> =
        weights.iter().zip(penalties).map(|(weight, penalty)| -weight * penalty).collect();
    let mut curvature = vec![vec![0.0; size]; size];
    for (at, penalty) in penalties.iter().enumerate() {
        curvature[at][at] = *penalty;
    }
    for Row { grounds, right } in rows {
        let likely = sigmoid(grounds.iter().map(|&(at, figure)| weights[at] * figure).sum());
        for &(a, of_a) in grounds {
            gradient[a] += (right - likely) * of_a;
            for &(b, of_b) in grounds {
                curvature[a][b] += likely * (1.0 - likely) * of_a * of_b;
            }
        }
    }
    solve(curvature, gradient)
}

/// Solves a system of equations whose matrix is symmetric and positive, by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut values: Vec<f64>) -> Vec<f64> {
    let size = values.len();
    for pivot in 0..size {
        let line = matrix[pivot].clone();
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / line[pivot];
            for (cell, above) in matrix[row].iter_mut().zip(&line).skip(pivot) {
                *cell -= factor * above;
            }
            values[row] -= factor * values[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 =
            matrix[row].iter().zip(&values).skip(row + 1).map(|(cell, value)| cell * value).sum();
        values[row] = (values[row] - known) / matrix[row][row];
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_right_examples_are_fitted() {
        let of = |ground: &str, right: usize, all: usize| {
            (0..all)
                .map(|at| Example { grounds: vec![ground.to_owned()], right: at < right })
                .collect::<Vec<_>>()
        };
        let weights = Weights::fit(&[of("a", 900, 1000), of("b", 400, 1000)].concat());
        assert!((weights.confidence(&["a".to_owned()]) - 0.9).abs() < 0.01);
        assert!((weights.confidence(&["b".to_owned()]) - 0.4).abs() < 0.01);
    }

    #[test]
    fn equations_are_solved() {
        let solution = solve(vec![vec![4.0, 2.0], vec![2.0, 3.0]], vec![10.0, 8.0]);
        assert!((solution[0] - 1.75).abs() < 1e-9 && (solution[1] - 1.5).abs() < 1e-9);
    }
}
