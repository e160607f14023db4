//! Every processor's numbers are those of the plain one, to the last bit, and a row's depend on it alone.

use chancery_kernels::{Attention, Norm, Processor, Quantised, Then, Weights, each_with_each, gelu};
use proptest::prelude::*;

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// Numbers as they occur, among them outliers, and rows and weights that are all zero.
fn numbers(count: usize) -> impl Strategy<Value = Vec<f32>> {
    let number = prop_oneof![8 => -2.0f32..2.0, 1 => -40.0f32..40.0, 1 => Just(0.0)];
    prop_oneof![9 => prop::collection::vec(number, count), 1 => Just(vec![0.0; count])]
}

prop_compose! {
    fn shape()(rows in 1usize..20, inputs in 1usize..90, outputs in 1usize..150) -> (usize, usize, usize) {
        (rows, inputs, outputs)
    }
}

type Product = (usize, usize, Vec<f32>, Vec<f32>, Vec<f32>);

fn product() -> impl Strategy<Value = Product> {
    shape().prop_flat_map(|(rows, inputs, outputs)| {
        let parts = (numbers(rows * inputs), numbers(inputs * outputs), numbers(outputs));
        parts.prop_map(move |(rows, weights, bias)| (inputs, outputs, rows, weights, bias))
    })
}

fn multiplied(processor: Processor, then: Then, product: &Product) -> Vec<f32> {
    let (inputs, outputs, rows, weights, bias) = product;
    let weights = Weights::round(weights, bias, *inputs).expect("shapes that fit");
    let mut rounded = Quantised::default();
    rounded.fill(processor, rows, *inputs);
    let mut out = vec![0.5; rows.len() / inputs * outputs];
    weights.apply(processor, &rounded, then, &mut out);
    out
}

proptest! {
    #[test]
    fn products_are_the_plain_ones(product in product()) {
        for then in [Then::Put, Then::Gelu, Then::Add] {
            let plain = multiplied(Processor::PLAIN, then, &product);
            for processor in Processor::all() {
                let found = multiplied(processor, then, &product);
                prop_assert_eq!(bits(&found), bits(&plain), "{} {:?}", processor.name(), then);
            }
        }
    }

    #[test]
    fn products_are_close_to_the_exact_ones(product in product()) {
        let found = multiplied(Processor::detect(), Then::Put, &product);
        let (inputs, outputs, rows, weights, bias) = &product;
        for (row, found) in rows.chunks(*inputs).zip(found.chunks(*outputs)) {
            for ((weights, bias), found) in weights.chunks(*inputs).zip(bias).zip(found) {
                let exact: f32 = row.iter().zip(weights).map(|(x, weight)| x * weight).sum::<f32>() + bias;
                // Half a step for each number and each weight.
                let most = |numbers: &[f32]| numbers.iter().fold(0.0f32, |most, x| most.max(x.abs()));
                let sum = |numbers: &[f32]| numbers.iter().map(|x| x.abs()).sum::<f32>();
                let number_step = 2.0 * most(row) / 255.0;
                let weight_step = most(weights) / 127.0;
                let count = *inputs as f32;
                let allowed = number_step * (sum(weights) + count * weight_step) + weight_step * sum(row);
                prop_assert!((found - exact).abs() <= allowed + 1e-4, "{found} for {exact}, {allowed} allowed");
            }
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_neighbours(product in product()) {
        let together = multiplied(Processor::detect(), Then::Put, &product);
        let (inputs, outputs, rows, weights, bias) = product;
        for (row, together) in rows.chunks(inputs).zip(together.chunks(outputs)) {
            let alone = (inputs, outputs, row.to_vec(), weights.clone(), bias.clone());
            prop_assert_eq!(bits(&multiplied(Processor::detect(), Then::Put, &alone)), bits(together));
        }
    }

    #[test]
    fn attention_is_the_plain_one(rows in 1usize..40, seed in numbers(40 * 3 * 64)) {
        let attend = |processor| {
            let mut attention = Attention::new(64, 2).expect("two heads");
            let mut context = vec![0.0; rows * 64];
            // Two sequences, the first of one row.
            attention.apply(processor, 0..1, &seed, &mut context);
            attention.apply(processor, 1..rows, &seed, &mut context);
            context
        };
        let plain = attend(Processor::PLAIN);
        for processor in Processor::all() {
            prop_assert_eq!(bits(&attend(processor)), bits(&plain), "{}", processor.name());
        }
        let value = &seed[128..192];
        prop_assert_eq!(bits(&plain[..64]), bits(value), "a row alone sees itself");
    }

    #[test]
    fn norms_and_gelu_are_the_plain_ones(rows in numbers(7 * 33), weight in numbers(33), bias in numbers(33)) {
        let norm = Norm::new(weight, bias, 1e-12).expect("as many weights as biases");
        let both = |processor| {
            let mut rows = rows.clone();
            norm.apply(processor, &mut rows);
            gelu(processor, &mut rows);
            rows
        };
        let plain = both(Processor::PLAIN);
        for processor in Processor::all() {
            prop_assert_eq!(bits(&both(processor)), bits(&plain), "{}", processor.name());
        }
    }
}

#[test]
fn the_largest_sums_are_not_cut_off() {
    for pair in [[127, 1], [-127, -1], [64, 64], [-64, -64], [1, 127]] {
        let row: Vec<i8> = pair.iter().copied().cycle().take(1536).collect();
        let weights = Weights::new(&row, &[1.0], &[0.0], 1536).expect("pairs that fit");
        let mut rounded = Quantised::default();
        rounded.fill(Processor::PLAIN, &[1.0; 1536], 1536);
        for processor in Processor::all() {
            let mut out = [0.0];
            weights.apply(processor, &rounded, Then::Put, &mut out);
            let exact: i32 = row.iter().map(|weight| i32::from(*weight)).sum();
            assert!(
                (f64::from(out[0]) - f64::from(exact)).abs() < 0.01,
                "{} {pair:?}: {}",
                processor.name(),
                out[0]
            );
        }
    }
}

#[test]
fn sums_of_products_are_those_of_rows() {
    let (left, right) = ([1.0, 2.0, 3.0, -1.0, 0.5, 0.0], [1.0, 0.0, 2.0, 4.0, 1.0, 1.0]);
    for processor in Processor::all() {
        let mut out = [0.0; 4];
        each_with_each(processor, &left, &right, 3, &mut out);
        assert_eq!(bits(&out), bits(&[7.0, 9.0, -1.0, -3.5]), "{}", processor.name());
    }
}

#[test]
fn attention_is_the_weighted_mean_of_the_values() {
    // Three rows of one head: the first two have the same key, the third one far from all queries.
    let size = 32;
    let row = |query: f32, key: f32, value: f32| {
        [query, key, value].into_iter().flat_map(|number| std::iter::repeat_n(number, size))
    };
    let states: Vec<f32> =
        row(1.0, 2.0, 4.0).chain(row(1.0, 2.0, 6.0)).chain(row(1.0, -20.0, 900.0)).collect();
    let mut context = vec![0.0; 3 * size];
    let mut attention = Attention::new(size, 1).expect("one head");
    attention.apply(Processor::detect(), 0..3, &states, &mut context);
    assert!(context.iter().all(|number| (number - 5.0).abs() < 1e-5), "{context:?}");
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    assert!(Weights::round(&[1.0; 5], &[0.0; 2], 3).is_none());
    assert!(Weights::round(&[], &[], 3).is_none());
    assert!(Weights::new(&[1; 6], &[1.0], &[0.0; 2], 3).is_none());
    assert!(Weights::new(&[0, 100, 29, 0], &[1.0], &[0.0], 4).is_some());
    assert!(Weights::new(&[100, 29, 0, 0], &[1.0], &[0.0], 4).is_none());
    assert!(Weights::new(&[-128, 1, 0, 0], &[1.0], &[0.0], 4).is_none());
    assert!(Attention::new(60, 7).is_none());
    assert!(Attention::new(64, 0).is_none());
    assert!(Norm::new(vec![1.0], vec![], 1e-12).is_none());
}

#[test]
fn numbers_that_are_none_become_zero() {
    let mut rounded = Quantised::default();
    let weights = Weights::round(&[1.0, 1.0, 1.0], &[7.0], 3).expect("shapes that fit");
    for odd in [f32::NAN, f32::INFINITY] {
        rounded.fill(Processor::detect(), &[1.0, odd, -1.0], 3);
        let mut out = [0.0];
        weights.apply(Processor::detect(), &rounded, Then::Put, &mut out);
        assert!(out[0].is_finite(), "{out:?}");
    }
}
