//! Finding Chromium and its driver, which come from the system and are never downloaded by a tool of ours.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::process::{first_line, program, run};
use crate::project::Project;

/// A browser and the program that lets tests drive it.
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// Its chromedriver, of the same version.
    pub driver: PathBuf,
    /// A second engine to compare with, where there is one.
    pub firefox: Option<PathBuf>,
}

const CHROME_NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROME_PLACES: [&str; 6] = [
    "/usr/bin",
    "/usr/lib/chromium",
    "/usr/local/bin",
    "/snap/bin",
    "/Applications/Chromium.app/Contents/MacOS",
    "/Applications/Google Chrome.app/Contents/MacOS",
];
const FIREFOX_NAMES: [&str; 2] = ["firefox", "firefox-esr"];
const FIREFOX_PLACES: [&str; 4] =
    ["/usr/bin", "/usr/local/bin", "/snap/bin", "/Applications/Firefox.app/Contents/MacOS"];
const MAC_NAMES: [&str; 2] = ["Chromium", "Google Chrome"];
const DRIVER_PLACES: [&str; 5] =
    ["/usr/bin", "/usr/lib/chromium", "/usr/lib/chromium-browser", "/usr/local/bin", "/opt/homebrew/bin"];

/// Finds Chromium and its driver, installing them where that is possible without asking: as root on Debian and its kin.
pub fn find_or_install(project: &Project) -> Result<Browser> {
    if let Ok(browser) = find() {
        return Ok(browser);
    }
    if may_install(project) {
        apt(project, "Chromium and its driver", &["chromium", "chromium-driver"])?;
    }
    find()
}

/// The same with Firefox, which is left out, saying so, where it neither is nor can be installed.
pub fn find_or_install_all(project: &Project) -> Result<Browser> {
    let browser = find_or_install(project)?;
    if browser.firefox.is_some() {
        return Ok(browser);
    }
    if may_install(project) {
        // Debian's package is firefox-esr; a failure is told and leaves one test out, which is told too.
        if let Err(failure) = apt(project, "Firefox", &["firefox-esr"]) {
            complain!("{failure}");
        }
    }
    let browser = find()?;
    if browser.firefox.is_none() {
        say!("Firefox was not found: one test is skipped. Install it, or set FIREFOX to its path.");
    }
    Ok(browser)
}

fn may_install(project: &Project) -> bool {
    is_root(project) && Path::new("/usr/bin/apt-get").exists()
}

fn apt(project: &Project, what: &str, packages: &[&str]) -> Result<()> {
    say!("Installing {what} with apt-get, once; usually about a minute");
    let apt = |arguments: &[&str]| {
        let mut command = program(project, "apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run(project, &format!("installing {what} with apt-get"), "apt-get", &mut command).map(drop)
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

fn find() -> Result<Browser> {
    let chrome = named_by_variable("CHROME")?.or_else(|| {
        on_path(&CHROME_NAMES)
            .or_else(|| in_places(&CHROME_PLACES, &CHROME_NAMES))
            .or_else(|| in_places(&CHROME_PLACES, &MAC_NAMES))
    });
    let driver = named_by_variable("CHROMEDRIVER")?
        .or_else(|| on_path(&["chromedriver"]).or_else(|| in_places(&DRIVER_PLACES, &["chromedriver"])));
    let firefox = named_by_variable("FIREFOX")?
        .or_else(|| on_path(&FIREFOX_NAMES).or_else(|| in_places(&FIREFOX_PLACES, &FIREFOX_NAMES)));
    match (chrome, driver) {
        (Some(chrome), Some(driver)) => Ok(Browser { chrome, driver, firefox }),
        (None, _) => Err(missing("Chromium", "CHROME")),
        (_, None) => Err(missing("Chromium's driver (chromedriver)", "CHROMEDRIVER")),
    }
}

fn named_by_variable(variable: &str) -> Result<Option<PathBuf>> {
    let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) else { return Ok(None) };
    let path = PathBuf::from(path);
    if path.is_file() {
        return Ok(Some(path));
    }
    Err(Failure::new(format!("{variable} names {}, which is not there.", path.display())))
}

fn missing(what: &str, variable: &str) -> Failure {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let command = install_command(std::env::consts::OS, &release);
    Failure::new(format!(
        "{what} was not found. Install it with: {command} (or set {variable} to its path), then run this again."
    ))
}

/// The one command that installs both on this system.
fn install_command(system: &str, os_release: &str) -> &'static str {
    let kin = |name: &str| {
        let lines =
            os_release.lines().filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")));
        lines.flat_map(|line| line.trim_matches('"').split(' ')).any(|word| word == name)
    };
    match system {
        "macos" => "brew install --cask chromium chromedriver",
        "windows" => "winget install Google.Chrome Chromium.ChromeDriver",
        _ if kin("fedora") => "sudo dnf install -y chromium chromedriver",
        _ if kin("arch") => "sudo pacman -S --noconfirm chromium",
        _ if kin("alpine") => "sudo apk add chromium chromium-chromedriver",
        _ if kin("opensuse") || kin("suse") => "sudo zypper install -y chromium chromedriver",
        _ => "sudo apt-get install -y chromium chromium-driver",
    }
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find_map(|folder| in_folder(&folder, names))
}

fn in_places(places: &[&str], names: &[&str]) -> Option<PathBuf> {
    places.iter().find_map(|place| in_folder(Path::new(place), names))
}

fn in_folder(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    names.iter().map(|name| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))).find(|file| file.is_file())
}

fn is_root(project: &Project) -> bool {
    cfg!(unix) && first_line(program(project, "id").arg("-u")).as_deref() == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_to_run_is_that_of_the_system() {
        assert_eq!(install_command("linux", "ID=debian\n"), "sudo apt-get install -y chromium chromium-driver");
        assert_eq!(
            install_command("linux", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            "sudo dnf install -y chromium chromedriver"
        );
        assert_eq!(install_command("macos", ""), "brew install --cask chromium chromedriver");
    }

    #[test]
    fn a_missing_browser_is_told_in_one_line_with_the_one_command() {
        let told = missing("Chromium", "CHROME").to_string();
        assert_eq!(told.lines().count(), 1);
        assert!(told.contains("install"), "{told}");
    }
}
