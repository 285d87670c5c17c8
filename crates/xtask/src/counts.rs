//! Reading the closing lines of test runners.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// How many tests ended which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Ran and held.
    pub passed: u64,
    /// Ran and did not hold, or could not be run.
    pub failed: u64,
    /// Were left out, and said so.
    pub skipped: u64,
}

impl Counts {
    /// One check that either holds or does not.
    pub fn check(holds: bool) -> Self {
        Self { passed: u64::from(holds), failed: u64::from(!holds), skipped: 0 }
    }

    /// The counts of a runner that ended with `success`. One that failed without a failed test, or ran none, counts as one failure.
    pub fn of_runner(read: Option<Self>, success: bool) -> Self {
        let counts = read.unwrap_or_default();
        if counts.passed + counts.failed == 0 || (!success && counts.failed == 0) {
            return counts + Self::check(false);
        }
        counts
    }

    /// Sums the `test result:` lines that cargo and wasm-bindgen's runner close each test binary with.
    pub fn from_cargo(output: &str) -> Option<Self> {
        let mut results = output.lines().filter_map(|line| line.trim_start().strip_prefix("test result: ")).peekable();
        results.peek()?;
        results
            .map(|result| {
                let number = |what| number_before(result, what);
                Some(Self { passed: number("passed")?, failed: number("failed")?, skipped: number("ignored")? })
            })
            .sum()
    }

    /// Reads the summary of node's test runner, from its `spec` or its `tap` reporter.
    pub fn from_node(output: &str) -> Option<Self> {
        let number = |what: &str| {
            let lines = output.lines().filter_map(|line| line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")));
            let mut values =
                lines.filter_map(|line| line.strip_prefix(what)?.strip_prefix(' ')?.trim().parse::<u64>().ok());
            values.next_back()
        };
        Some(Self {
            passed: number("pass")?,
            failed: number("fail")? + number("cancelled")?,
            skipped: number("skipped")? + number("todo")?,
        })
    }

    /// Whether something ran and nothing failed.
    pub fn good(self) -> bool {
        self.passed > 0 && self.failed == 0
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

impl Add for Counts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

/// The number that stands before `what` in "ok. 3 passed; 0 failed; …".
fn number_before(text: &str, what: &str) -> Option<u64> {
    let mut words = text.split([' ', ';', '.']).filter(|word| !word.is_empty());
    let mut before = words.next()?;
    for word in words {
        if word == what {
            return before.parse().ok();
        }
        before = word;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn the_result_lines_of_all_test_binaries_are_summed() {
        let output = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(Counts::from_cargo(output), Some(counts(4, 2, 1)));
    }

    #[test]
    fn the_browser_runner_closes_with_the_same_line() {
        let output = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(Counts::from_cargo(output), Some(counts(2, 0, 0)));
    }

    #[test]
    fn both_reporters_of_node_are_read() {
        let spec = "✔ a (1ms)\nℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\nℹ duration_ms 60";
        assert_eq!(Counts::from_node(spec), Some(counts(2, 2, 1)));
        assert_eq!(Counts::from_node(&spec.replace('ℹ', "#")), Some(counts(2, 2, 1)));
    }

    #[test]
    fn a_summary_that_cannot_be_read_counts_as_a_failure() {
        assert_eq!(Counts::from_cargo("error: could not compile"), None);
        assert_eq!(Counts::from_cargo("test result: mended. many passed"), None);
        assert_eq!(Counts::from_node("ℹ pass 2"), None);
        assert_eq!(Counts::of_runner(None, true), counts(0, 1, 0));
    }

    #[test]
    fn a_runner_that_ran_nothing_or_broke_down_after_its_tests_counts_as_a_failure() {
        assert_eq!(Counts::of_runner(Some(counts(0, 0, 3)), true), counts(0, 1, 3));
        assert_eq!(Counts::of_runner(Some(counts(5, 0, 0)), false), counts(5, 1, 0));
        assert_eq!(Counts::of_runner(Some(counts(5, 2, 0)), false), counts(5, 2, 0));
        assert!(!Counts::default().good());
    }

    #[test]
    fn the_closing_line_has_the_form_that_other_programs_read() {
        assert_eq!(counts(12, 0, 0).to_string(), "12 passed, 0 failed");
        assert_eq!(counts(12, 1, 3).to_string(), "12 passed, 1 failed, 3 skipped");
    }
}
