//! The problems of a table that matter to two of its columns, by line.

use descent::table::{Gaps, Report, RowIssue};

/// How many problems of a table are named.
const NAMED: usize = 20;

/// The first problems by line, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    /// At most twenty.
    pub named: Vec<RowIssue>,
    /// All of them.
    pub count: usize,
}

impl Issues {
    /// What reading found, with the missing cells of the columns that are used. Missing cells elsewhere cost no row.
    pub(super) fn new(report: &Report, gaps: [&Gaps; 2]) -> Self {
        // Each list is sorted and longer than what is named, or whole: the first ones of all are among their first ones.
        let mut named: Vec<RowIssue> = report.issues.iter().take(NAMED).cloned().collect();
        let mut count = report.issue_count;
        for gaps in gaps {
            named.extend(gaps.named.iter().take(NAMED).cloned());
            count += gaps.count;
        }
        named.sort_by_key(|issue| issue.line);
        named.truncate(NAMED);
        Self { named, count }
    }
}
