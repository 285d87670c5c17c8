//! Why a command stops, as one clear line.

use std::fmt;
use std::io;

/// The result of anything that may have to stop.
pub type Result<T> = std::result::Result<T, Failure>;

/// One line that says what is wrong and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure told by `line`, a whole sentence.
    pub fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }

    /// A failure that needs no further word.
    pub fn already_told() -> Self {
        Self(String::new())
    }

    /// Whether there is something left to say.
    pub fn is_told(&self) -> bool {
        self.0.is_empty()
    }

    /// A failed read or write of `what`.
    pub fn io(what: impl fmt::Display, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::disk_full(&what.to_string(), None),
            _ => Self(format!("Could not use {what}: {error}.")),
        }
    }

    /// A tool that ended badly, told by what its output says about the cause.
    pub fn tool(doing: &str, log: &str, log_name: &str) -> Self {
        match Cause::of(log) {
            Cause::Network => Self(format!(
                "No network: {doing} needs to download and could not. Connect, then run the same command again. (Log: {log_name})"
            )),
            Cause::DiskFull => Self::disk_full(doing, Some(log_name)),
            Cause::Unknown => Self(format!("Failed: {doing}. What went wrong is at the end of {log_name}.")),
        }
    }

    /// No room left while `doing`.
    pub fn disk_full(doing: &str, log_name: Option<&str>) -> Self {
        let log = log_name.map(|name| format!(" (Log: {name})")).unwrap_or_default();
        Self(format!("The disk is full: no room for {doing}. Free about 3 GB, then run the same command again.{log}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The causes worth telling apart: those that the person at the terminal can mend without reading a log.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Cause {
    /// Nothing can be reached.
    Network,
    /// No room left, on any of the file systems in use.
    DiskFull,
    /// Something only the log tells.
    Unknown,
}

impl Cause {
    /// Reads the cause off the output of cargo, rustup, npm or apt-get.
    pub fn of(log: &str) -> Self {
        // A full disk comes first: a download that cannot be stored is also reported as a failed download.
        const DISK: [&str; 4] = ["no space left on device", "enospc", "os error 28)", "disk quota exceeded"];
        const NETWORK: [&str; 18] = [
            "could not resolve host",
            "couldn't resolve host",
            "temporary failure resolving",
            "temporary failure in name resolution",
            "enotfound",
            "eai_again",
            "econnrefused",
            "econnreset",
            "etimedout",
            "enetunreach",
            "network is unreachable",
            "failed to connect to",
            "could not connect to server",
            "couldn't connect to server",
            "connection timed out",
            "spurious network error",
            "dns error",
            "failed to download from",
        ];
        let log = log.to_lowercase();
        let mentions = |signs: &[&str]| signs.iter().any(|sign| log.contains(sign));
        if mentions(&DISK) {
            Self::DiskFull
        } else if mentions(&NETWORK) {
            Self::Network
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreachable_host_is_told_as_no_network_whichever_tool_met_it() {
        for log in [
            "Caused by:\n  [6] Could not resolve hostname (Could not resolve host: index.example)",
            "npm error code ENOTFOUND\nnpm error network request to https://example failed",
            "npm error code EAI_AGAIN",
            "npm error code ECONNREFUSED",
            "W: Failed to fetch http://example  Temporary failure resolving 'example'",
            "error: could not download file: error sending request: dns error",
            "  [7] Couldn't connect to server (Failed to connect to 127.0.0.1 port 9)",
        ] {
            assert_eq!(Cause::of(log), Cause::Network, "{log}");
        }
    }

    #[test]
    fn a_full_disk_is_told_as_such_even_where_a_download_failed_for_it() {
        for log in [
            "error: failed to write `x`: No space left on device (os error 28)",
            "npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write",
            "failed to download from `https://example`\nCaused by: No space left on device (os error 28)",
        ] {
            assert_eq!(Cause::of(log), Cause::DiskFull, "{log}");
        }
    }

    #[test]
    fn a_compile_error_is_neither() {
        assert_eq!(Cause::of("error[E0308]: mismatched types"), Cause::Unknown);
        assert_eq!(Cause::of("error: os error 2"), Cause::Unknown);
    }

    #[test]
    fn every_failure_is_one_line() {
        let log = "npm error code ENOTFOUND\nnpm error stack:\n    at foo";
        let told = [
            Failure::tool("installing npm packages", log, ".tools/log/npm.log"),
            Failure::tool("installing npm packages", "ENOSPC", ".tools/log/npm.log"),
            Failure::tool("compiling", "error[E0308]", ".tools/log/cargo.log"),
            Failure::io("dist", &io::Error::from(io::ErrorKind::StorageFull)),
            Failure::io("dist", &io::Error::from(io::ErrorKind::PermissionDenied)),
        ];
        for failure in told {
            assert_eq!(failure.to_string().lines().count(), 1, "{failure}");
        }
    }

    #[test]
    fn the_log_is_named() {
        let failure = Failure::tool("installing npm packages", "ENOTFOUND", ".tools/log/npm.log");
        assert!(failure.to_string().contains(".tools/log/npm.log"));
    }
}
