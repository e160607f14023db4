//! The encoder's arithmetic: matrix products over 8-bit weights, attention, norms.
//!
//! Each function is compiled once for every set of instructions that is of use, and the best one that the
//! [`Processor`] has is called. All give the same numbers to the last bit: the products are sums of whole
//! numbers, and what is done in floating point is done in the same order, with the same products fused. What is computed for
//! a row depends on that row (in attention: on its sequence) alone.
//!
//! This is the only crate with `unsafe` code: calls of functions that need instructions which were looked for,
//! and loads of whole registers.

#![expect(
    clippy::inline_always,
    reason = "what is compiled for some instructions must stand in one function"
)]

mod arithmetic;
mod attention;
mod elements;
mod processor;
mod product;
mod quantised;
mod weights;

pub use arithmetic::{each_with_each, highest, softmax};
pub use attention::Attention;
pub use elements::{Norm, add_share, gelu};
pub use processor::Processor;
pub use product::Then;
pub use quantised::Quantised;
pub use weights::Weights;
