//! `cargo xtask serve`.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::thread;

use crate::build;
use crate::failure::{Failure, Result};
use crate::http;
use crate::project::Project;

const DEFAULT_PORT: u16 = 8080;

/// The port that the command's arguments ask for.
pub fn port(arguments: &[&str]) -> Result<u16> {
    let text = match arguments {
        [] => return Ok(DEFAULT_PORT),
        ["--port", text] => text,
        [one] if one.starts_with("--port=") => one.trim_start_matches("--port="),
        _ => return Err(Failure::new("`cargo xtask serve` takes nothing but `--port N`.")),
    };
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(Failure::new(format!("\"{text}\" is not a port: it must be a whole number from 1 to 65535."))),
    }
}

/// Builds the site and serves it on this machine alone.
pub fn serve(project: &Project, port: u16) -> Result<()> {
    // Asked before the build, so that nobody waits minutes for a refusal; let go of, so that nobody connects to a site
    // that is not there yet.
    drop(listen(port)?);
    build::build(project)?;
    let listeners = listen(port)?;
    let root = project.path("dist");
    say!("Downhill is at http://localhost:{port}/ (Ctrl+C stops it)");
    thread::scope(|scope| {
        for listener in &listeners {
            scope.spawn(|| http::answer(listener, &root));
        }
    });
    Ok(())
}

/// Listens on both loopback addresses, since "localhost" may mean either; the second only where the machine has it.
fn listen(port: u16) -> Result<Vec<TcpListener>> {
    let addresses = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    let mut listeners = Vec::new();
    for address in addresses {
        match TcpListener::bind((address, port)) {
            Ok(listener) => listeners.push(listener),
            Err(error) if address.is_ipv4() || error.kind() == io::ErrorKind::AddrInUse => {
                return Err(refused(port, &error));
            }
            Err(_) => {}
        }
    }
    Ok(listeners)
}

fn refused(port: u16, error: &io::Error) -> Failure {
    let other = if port < u16::MAX { port + 1 } else { DEFAULT_PORT };
    Failure::new(match error.kind() {
        io::ErrorKind::AddrInUse => format!("Port {port} is taken. Choose another: cargo xtask serve --port {other}"),
        io::ErrorKind::PermissionDenied => {
            format!("Port {port} is not open to you. Choose another: cargo xtask serve --port {DEFAULT_PORT}")
        }
        _ => format!("Port {port} cannot be used: {error}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_8080_unless_told() {
        assert_eq!(port(&[]), Ok(8080));
        assert_eq!(port(&["--port", "9000"]), Ok(9000));
        assert_eq!(port(&["--port=9000"]), Ok(9000));
    }

    #[test]
    fn what_is_no_port_is_refused() {
        for arguments in [&["--port", "0"][..], &["--port", "65536"], &["--port", "http"], &["--port"], &["9000"]] {
            assert!(port(arguments).is_err(), "{arguments:?}");
        }
    }

    #[test]
    fn a_port_that_is_taken_is_told_in_one_line_with_another_to_try() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let taken = holder.local_addr().unwrap().port();
        let told = listen(taken).err().map(|failure| failure.to_string()).unwrap_or_default();
        assert!(told.starts_with(&format!("Port {taken} is taken.")), "{told}");
        assert_eq!(told.lines().count(), 1);
    }
}
