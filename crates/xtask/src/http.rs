//! A static file server for one's own machine: GET and HEAD, one thread a connection, nothing cached. It is written here
//! rather than taken from a crate so that these commands start with nothing downloaded.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The most that a request's line and headers may take, in bytes.
const LONGEST_REQUEST: u64 = 16 * 1024;
/// How long a silent connection is kept.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers every connection to `listener` with the files below `root`, for ever.
pub fn answer(listener: &TcpListener, root: &Path) {
    let root: Arc<Path> = Arc::from(root);
    for stream in listener.incoming().flatten() {
        let root = Arc::clone(&root);
        thread::spawn(move || {
            // A browser that closes early is no concern of ours.
            let _ = converse(&stream, &root);
        });
    }
}

fn converse(stream: &TcpStream, root: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(LONGEST_REQUEST));
    let mut first = String::new();
    reader.read_line(&mut first)?;
    // The headers change nothing, but a connection closed with bytes unread is reset before the answer arrives.
    let mut header = String::new();
    while reader.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
        header.clear();
    }
    let mut words = first.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let response = match method {
        "GET" | "HEAD" => respond(root, target),
        _ => Response::text("405 Method Not Allowed", "Only GET and HEAD."),
    };
    response.write(stream, method != "HEAD")
}

/// What is sent back.
struct Response {
    status: &'static str,
    kind: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

impl Response {
    fn text(status: &'static str, text: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", location: None, body: format!("{text}\n").into_bytes() }
    }

    fn write(&self, mut stream: &TcpStream, with_body: bool) -> io::Result<()> {
        let location = self.location.as_ref().map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{location}Cache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n",
            self.status,
            self.kind,
            self.body.len(),
        );
        stream.write_all(head.as_bytes())?;
        if with_body {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

fn respond(root: &Path, target: &str) -> Response {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(file) = resolve(root, path) else {
        return Response::text("404 Not Found", "There is no such page.");
    };
    if file.is_dir() {
        if !path.ends_with('/') {
            let last = path.rsplit('/').next().unwrap_or_default();
            // Relative, so that it can never lead to another host.
            return Response {
                location: Some(format!("./{last}/")),
                ..Response::text("301 Moved Permanently", "Moved.")
            };
        }
        return send(&file.join("index.html"));
    }
    send(&file)
}

fn send(file: &Path) -> Response {
    match fs::read(file) {
        Ok(body) => Response { status: "200 OK", kind: content_type(file), location: None, body },
        Err(_) => Response::text("404 Not Found", "There is no such page."),
    }
}

/// The file or folder below `root` that a request's path names; `None` where it names none, or one outside.
fn resolve(root: &Path, path: &str) -> Option<PathBuf> {
    let decoded = percent_decoded(path)?;
    let mut file = root.to_path_buf();
    for part in decoded.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." || part.contains(['\\', '\0', ':']) {
            return None;
        }
        file.push(part);
    }
    // A symbolic link may lead outside as well.
    let real = file.canonicalize().ok()?;
    real.starts_with(root.canonicalize().ok()?).then_some(real)
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The media type by file name. Browsers refuse scripts and wasm that come under another one.
fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    /// A site with one page, one script, one wasm file, and a secret beside it.
    fn site(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-http-{name}-{}", std::process::id()));
        let root = folder.join("site");
        for (file, text) in [
            ("site/index.html", "home"),
            ("site/course/index.html", "course"),
            ("site/a b.js", "1"),
            ("site/downhill.wasm", "2"),
            ("secret.txt", "secret"),
        ] {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn ask(root: &Path, request: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let root = root.to_path_buf();
        thread::spawn(move || answer(&listener, &root));
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(root: &Path, path: &str) -> String {
        ask(root, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))
    }

    #[test]
    fn a_folder_is_answered_with_its_index() {
        let root = site("index");
        assert!(get(&root, "/").ends_with("\r\n\r\nhome"));
        assert!(get(&root, "/course/?q=1").ends_with("\r\n\r\ncourse"));
        assert!(get(&root, "/course").contains("Location: ./course/\r\n"));
    }

    #[test]
    fn scripts_and_wasm_come_under_the_types_that_browsers_demand_and_are_not_cached() {
        let root = site("types");
        assert!(get(&root, "/a%20b.js").contains("Content-Type: text/javascript"));
        let wasm = get(&root, "/downhill.wasm");
        assert!(wasm.contains("Content-Type: application/wasm\r\n") && wasm.contains("Cache-Control: no-store\r\n"));
    }

    #[test]
    fn nothing_outside_the_site_is_sent() {
        let root = site("traversal");
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/course/../../secret.txt",
            "/..\\secret.txt",
            "//etc/passwd",
            "/%00",
            "/%zz",
        ] {
            let answer = get(&root, path);
            assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_outside_is_not_followed() {
        let root = site("link");
        let _ = std::os::unix::fs::symlink(root.join("../secret.txt"), root.join("link.txt"));
        assert!(get(&root, "/link.txt").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn head_has_no_body_and_other_methods_are_refused() {
        let root = site("methods");
        assert!(ask(&root, "HEAD / HTTP/1.1\r\n\r\n").ends_with("\r\n\r\n"));
        assert!(ask(&root, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
        assert!(ask(&root, "\r\n\r\n").starts_with("HTTP/1.1 405"));
    }
}
