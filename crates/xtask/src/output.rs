//! Lines for the person at the terminal. Unlike `println!`, a closed pipe (`cargo xtask test | head`) is no reason to panic.

/// Prints one line to standard output.
macro_rules! say {
    ($($part:tt)*) => {{
        use std::io::Write as _;
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, $($part)*);
        let _ = out.flush();
    }};
}

/// Prints the one line that says why a command stops, to standard error.
macro_rules! complain {
    ($($part:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr().lock(), $($part)*);
    }};
}
