//! C ← A B in single precision, square and row by row, by three contestants on the same numbers. Called from JavaScript without
//! bindings: the matrices are made once, a call multiplies them so many times and returns an entry, so that nothing is optimised away.

use std::cell::RefCell;

use descent::matrix::{Into, Packed, View, multiply};

struct Work {
    n: usize,
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    room: Packed<f32>,
}

thread_local! {
    static WORK: RefCell<Option<Work>> = const { RefCell::new(None) };
}

/// Makes two matrices of `n` rows and columns.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(n: usize) {
    let numbers = |seed: usize| (0..n * n).map(|i| ((i * 7919 + seed) % 1013) as f32 / 1013.0 - 0.5).collect();
    let work = Work { n, a: numbers(1), b: numbers(500), c: vec![0.0; n * n], room: Packed::default() };
    WORK.with(|slot| *slot.borrow_mut() = Some(work));
}

fn each(times: usize, mut product: impl FnMut(&mut Work)) -> f32 {
    WORK.with(|slot| {
        let mut slot = slot.borrow_mut();
        let Some(work) = slot.as_mut() else { return f32::NAN };
        for _ in 0..times {
            product(work);
        }
        work.c[work.c.len() / 2]
    })
}

/// This project's product.
#[unsafe(no_mangle)]
pub extern "C" fn ours(times: usize) -> f32 {
    each(times, |work| {
        let Work { n, a, b, c, room } = work;
        multiply(View::new(a, *n, *n), View::new(b, *n, *n), c, Into::Overwrite, room);
    })
}

/// The crate matrixmultiply.
#[unsafe(no_mangle)]
pub extern "C" fn theirs_matrixmultiply(times: usize) -> f32 {
    each(times, |Work { n, a, b, c, .. }| {
        let stride = *n as isize;
        // SAFETY: the three are n by n, row by row, and C overlaps neither of the others.
        unsafe {
            matrixmultiply::sgemm(*n, *n, *n, 1.0, a.as_ptr(), stride, 1, b.as_ptr(), stride, 1, 0.0, c.as_mut_ptr(), stride, 1);
        }
    })
}

/// The crate gemm.
#[unsafe(no_mangle)]
pub extern "C" fn theirs_gemm(times: usize) -> f32 {
    each(times, |Work { n, a, b, c, .. }| {
        let stride = *n as isize;
        // SAFETY: the three are n by n, row by row, and C overlaps neither of the others.
        unsafe {
            gemm::gemm(
                *n, *n, *n, c.as_mut_ptr(), 1, stride, false, a.as_ptr(), 1, stride, b.as_ptr(), 1, stride, 0.0, 1.0, false,
                false, false, gemm::Parallelism::None,
            );
        }
    })
}
