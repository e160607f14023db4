#![expect(unsafe_code, reason = "tiles are loaded, multiplied and stored by name")]

use std::arch::asm;

use super::{PANEL, Step, Sums, Then, finish};
use crate::quantised::{Line, TILE_ROWS};
use crate::{Quantised, Weights};

/// Rows side by side: two tiles of them times two tiles of weights fill four tiles with sums, of eight that there are.
const ROWS: usize = 2 * TILE_ROWS;
/// Outputs of a tile of weights, a fourth of a step.
const TILE_OUTPUTS: usize = 16;
/// How far one step, of which a row of a tile of weights is a part, is from the next.
const BETWEEN_STEPS: usize = size_of::<Step>();
/// How far one row of sums is from the next.
const BETWEEN_SUMS: usize = size_of::<Sums>();
/// The steps that one tile of weights has, for as many bytes as a line has.
const TILE_STEPS: usize = Line::BYTES / 4;

/// The shapes of the tiles, as the processor takes them: all of them sixteen rows of 64 bytes.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    bytes: [u16; 16],
    rows: [u8; 16],
}

static SHAPES: Shapes = {
    let (mut bytes, mut rows) = ([0; 16], [0; 16]);
    let mut tile = 0;
    while tile < 8 {
        bytes[tile] = 64;
        rows[tile] = 16;
        tile += 1;
    }
    Shapes { palette: 1, start: 0, reserved: [0; 14], bytes, rows }
};

#[repr(C, align(64))]
struct TileSums([Sums; ROWS]);

/// Goes panel by panel as `multiply_body` does. Where a tile has more rows than there are, they are multiplied too, and left.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(super) fn multiply_amx(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
    let count = rows.rows.len();
    let lines = rows.lines_of_row();
    let mut sums = TileSums([[0; PANEL]; ROWS]);
    // SAFETY: the shapes are such as the processor takes, and live as long as the program.
    unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const SHAPES, options(nostack, preserves_flags, readonly)) };
    for (panel, (steps, columns)) in weights.panels().zip(&weights.columns).enumerate() {
        let start = panel * PANEL;
        let width = PANEL.min(weights.outputs - start);
        for first in (0..count).step_by(ROWS) {
            let there = ROWS.min(count - first);
            let after = first + there.next_multiple_of(TILE_ROWS);
            let bytes = &rows.lines[first * lines..after * lines];
            for output in (0..width).step_by(2 * TILE_OUTPUTS) {
                if there > TILE_ROWS {
                    two_by_two(steps, output, bytes, &mut sums);
                } else {
                    one_by_two(steps, output, bytes, &mut sums);
                }
            }
            for (row, sums) in (first..first + there).zip(&sums.0) {
                let place = row * weights.outputs + start;
                finish(sums, rows.rows[row], columns, then, &mut out[place..place + width]);
            }
        }
    }
    // SAFETY: nothing else uses tiles.
    unsafe { asm!("tilerelease", options(nostack, preserves_flags, nomem)) };
}

/// # Panics
///
/// Where the rows have not as many bytes as the panel has steps, four by four, or the panel has no 32 outputs from there on.
#[inline(always)]
fn check(panel: &[Step], output: usize, lines: &[Line], rows: usize) {
    assert!(!panel.is_empty() && panel.len().is_multiple_of(TILE_STEPS), "steps");
    assert_eq!(lines.len() * TILE_STEPS, rows * panel.len(), "rows");
    assert!(output + 2 * TILE_OUTPUTS <= PANEL, "outputs");
}

/// The sums of two tiles of rows with 32 outputs of a panel.
#[inline(always)]
fn two_by_two(panel: &[Step], output: usize, rows: &[Line], sums: &mut TileSums) {
    check(panel, output, rows, ROWS);
    let between_rows = panel.len() * 4;
    // SAFETY: `check` has seen that the last rows, weights and sums are there.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            "tileloadd tmm6, [{weights} + {between_steps}]",
            "tileloadd tmm4, [{rows} + {between_rows}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{weights} + {between_steps} + 64]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{others} + {between_rows}]",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {rows}, 64",
            "add {others}, 64",
            "add {weights}, 4096",
            "dec {left}",
            "jnz 2b",
            "tilestored [{sums} + {between_sums}], tmm0",
            "tilestored [{sums} + {between_sums} + 64], tmm1",
            "tilestored [{sums} + {between_sums} + 4096], tmm2",
            "tilestored [{sums} + {between_sums} + 4160], tmm3",
            weights = inout(reg) panel.as_ptr().cast::<u8>().add(output * 4) => _,
            rows = inout(reg) rows.as_ptr() => _,
            others = inout(reg) rows.as_ptr().cast::<u8>().add(TILE_ROWS * between_rows) => _,
            left = inout(reg) panel.len() / TILE_STEPS => _,
            sums = in(reg) sums.0.as_mut_ptr().cast::<i32>().add(output),
            between_steps = in(reg) BETWEEN_STEPS,
            between_rows = in(reg) between_rows,
            between_sums = in(reg) BETWEEN_SUMS,
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}

/// The sums of one tile of rows with 32 outputs of a panel.
#[inline(always)]
fn one_by_two(panel: &[Step], output: usize, rows: &[Line], sums: &mut TileSums) {
    check(panel, output, rows, TILE_ROWS);
    let between_rows = panel.len() * 4;
    // SAFETY: as above.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "2:",
            "tileloadd tmm4, [{rows} + {between_rows}]",
            "tileloadd tmm6, [{weights} + {between_steps}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{weights} + {between_steps} + 64]",
            "tdpbusd tmm1, tmm4, tmm7",
            "add {rows}, 64",
            "add {weights}, 4096",
            "dec {left}",
            "jnz 2b",
            "tilestored [{sums} + {between_sums}], tmm0",
            "tilestored [{sums} + {between_sums} + 64], tmm1",
            weights = inout(reg) panel.as_ptr().cast::<u8>().add(output * 4) => _,
            rows = inout(reg) rows.as_ptr() => _,
            left = inout(reg) panel.len() / TILE_STEPS => _,
            sums = in(reg) sums.0.as_mut_ptr().cast::<i32>().add(output),
            between_steps = in(reg) BETWEEN_STEPS,
            between_rows = in(reg) between_rows,
            between_sums = in(reg) BETWEEN_SUMS,
            out("tmm0") _, out("tmm1") _, out("tmm4") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}
