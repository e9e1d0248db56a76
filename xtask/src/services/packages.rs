//! Finds the programs that the services need, and installs them where that is ours to do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::shell;

/// A Debian package, and the programs that we run from it.
#[derive(Debug)]
pub(crate) struct Package {
    name: &'static str,
    programs: &'static [&'static str],
}

/// The PostgreSQL server.
pub(crate) const POSTGRES: Package = Package {
    name: "postgresql",
    programs: &["initdb", "postgres"],
};
/// The Redis server.
pub(crate) const REDIS: Package = Package {
    name: "redis-server",
    programs: &["redis-server"],
};
/// The load balancer that a cluster is tested behind.
pub(crate) const HAPROXY: Package = Package {
    name: "haproxy",
    programs: &["haproxy"],
};

/// Where Debian keeps the programs of each PostgreSQL version, off the `PATH`.
const POSTGRES_VERSIONS: &str = "/usr/lib/postgresql";

impl Package {
    /// The first folder that holds all programs of this package.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let has_all =
            |folder: &PathBuf| self.programs.iter().all(|name| folder.join(name).is_file());
        folders().into_iter().find(has_all)
    }

    /// The path of one of its programs.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf> {
        let folder = self
            .folder()
            .with_context(|| format!("{name} was not found"))?;
        Ok(folder.join(name))
    }
}

/// Makes sure that all packages are there: root on Debian installs what is missing, others are told how to.
pub(crate) fn require(packages: &[&Package]) -> Result<()> {
    let missing = missing(packages);
    if missing.is_empty() {
        return Ok(());
    }
    if !can_install() {
        bail!(advice(&missing));
    }
    install(&missing)?;
    match self::missing(packages).as_slice() {
        [] => Ok(()),
        still => bail!(
            "still not found after the installation: {}",
            still.join(", ")
        ),
    }
}

fn missing(packages: &[&Package]) -> Vec<&'static str> {
    packages
        .iter()
        .filter(|package| package.folder().is_none())
        .map(|package| package.name)
        .collect()
}

fn can_install() -> bool {
    shell::is_root() && Path::new("/usr/bin/apt-get").is_file()
}

fn install(names: &[&str]) -> Result<()> {
    println!("installing with apt-get: {}", names.join(", "));
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command
            .arg("-qq")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null());
        command
    };
    shell::succeed(apt_get().arg("update"))?;
    shell::succeed(
        apt_get()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(names),
    )
}

fn advice(missing: &[&str]) -> String {
    let names = missing.join(" ");
    format!(
        "not found on this machine: {}\n\
         on Debian and Ubuntu: sudo apt-get install {names}\n\
         on macOS: brew install postgresql redis haproxy\n\
         without them, on SQLite and in process alone: cargo xtask test --fast",
        missing.join(", ")
    )
}

/// The `PATH`, the folders of administrators' programs, and the PostgreSQL versions, newest first.
fn folders() -> Vec<PathBuf> {
    let path = shell::var("PATH").unwrap_or_default();
    let versions = std::fs::read_dir(POSTGRES_VERSIONS)
        .into_iter()
        .flatten()
        .flatten();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .chain(
            newest_first(versions.map(|entry| entry.path()).collect())
                .map(|version| version.join("bin")),
        )
        .collect()
}

fn newest_first(mut versions: Vec<PathBuf>) -> impl Iterator<Item = PathBuf> {
    let number = |path: &PathBuf| {
        path.file_name()
            .and_then(|name| name.to_str()?.parse::<u32>().ok())
    };
    versions.sort_by_key(number);
    versions.into_iter().rev()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_as_a_number() {
        let versions = ["/pg/9", "/pg/17", "/pg/README", "/pg/15"]
            .map(PathBuf::from)
            .to_vec();
        let sorted: Vec<_> = newest_first(versions).collect();
        assert_eq!(
            sorted,
            ["/pg/17", "/pg/15", "/pg/9", "/pg/README"].map(PathBuf::from)
        );
    }

    #[test]
    fn the_advice_names_packages_and_the_way_without_them() {
        let advice = advice(&["postgresql", "haproxy"]);
        assert!(advice.contains("apt-get install postgresql haproxy"));
        assert!(advice.contains("--fast"));
    }

    #[test]
    fn a_package_without_its_programs_is_missing() {
        let package = Package {
            name: "nothing",
            programs: &["no-such-program-here"],
        };
        assert_eq!(missing(&[&package]), ["nothing"]);
    }
}
