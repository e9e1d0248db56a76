//! A PostgreSQL of our own in a temporary folder.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

use super::server::Server;
use super::{Options, POSTGRES, POSTGRES_URL, free_port, password, require};
use crate::shell;

/// The superuser of our PostgreSQL.
const USER: &str = "osmium";

/// For tests: nobody reads what they wrote after a power cut, so PostgreSQL need not wait for the disk. Nor need it clean
/// up behind them: dropping a database can wait for the sleeping launcher of autovacuum, up to its minute.
const FOR_TESTS: [&str; 5] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    // A test may end while one of its connections is being let in, and dropping its database waits for that.
    "authentication_timeout=5s",
];

/// Many tests run at once, each with its own pools.
const CONNECTIONS: &str = "max_connections=300";

/// A PostgreSQL. Dropping it stops it and removes its files, if we started it.
#[derive(Debug)]
pub(crate) struct Postgres {
    /// A superuser's URL.
    pub(crate) url: String,
    // Fields are dropped in order: the server stops before its folder goes.
    _server: Option<Server>,
    _folder: Option<TempDir>,
}

impl Postgres {
    /// The one that [`POSTGRES_URL`] names, else one of our own.
    pub(crate) fn given_or_start(options: Options) -> Result<Self> {
        match shell::var(POSTGRES_URL) {
            Some(url) => {
                println!("using the PostgreSQL that {POSTGRES_URL} names");
                Ok(Self {
                    url,
                    _server: None,
                    _folder: None,
                })
            }
            None => Self::start(options),
        }
    }

    fn start(options: Options) -> Result<Self> {
        require(&[&POSTGRES])?;
        let folder = TempDir::with_prefix("osmium-postgres-")?;
        let cluster = Cluster::create(folder.path())?;
        let port = free_port()?;
        let mut server = Server::start(
            "PostgreSQL",
            &mut cluster.serve(port, options)?,
            &folder.path().join("log"),
        )?;
        let url = format!(
            "postgres://{USER}:{}@127.0.0.1:{port}/postgres",
            cluster.password
        );
        let version = shell::block_on(server.ready(|| version(&url)))?;
        println!("started PostgreSQL {version} on 127.0.0.1:{port}");
        Ok(Self {
            url,
            _server: Some(server),
            _folder: Some(folder),
        })
    }
}

/// The files of a PostgreSQL, and whose they are.
struct Cluster {
    home: PathBuf,
    account: Option<Account>,
    password: String,
}

impl Cluster {
    /// Makes the files in a folder below `folder`, which only its owner may enter.
    fn create(folder: &Path) -> Result<Self> {
        let account = if shell::is_root() {
            Some(unprivileged()?)
        } else {
            None
        };
        let cluster = Self {
            home: folder.join("cluster"),
            account,
            password: password()?,
        };
        // The account must be able to pass through the outer folder.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o711))?;
        fs::create_dir(&cluster.home)?;
        fs::set_permissions(&cluster.home, fs::Permissions::from_mode(0o700))?;
        fs::write(cluster.password_file(), &cluster.password)?;
        if let Some(account) = cluster.account {
            chown(&cluster.home, Some(account.uid), Some(account.gid))?;
            chown(
                cluster.password_file(),
                Some(account.uid),
                Some(account.gid),
            )?;
        }
        cluster.fill()?;
        Ok(cluster)
    }

    fn fill(&self) -> Result<()> {
        let mut initdb = self.command("initdb")?;
        initdb.args([
            "--username",
            USER,
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
        ]);
        // The password in the clear costs no key derivation for each of the many connections, and never leaves loopback.
        initdb
            .args(["--auth", "password", "--pwfile"])
            .arg(self.password_file());
        shell::succeed(initdb.stdout(Stdio::null()))
    }

    fn serve(&self, port: u16, options: Options) -> Result<Command> {
        let mut postgres = self.command("postgres")?;
        postgres.args(["-p", &port.to_string()]);
        let durability: &[&str] = if options.durable { &[] } else { &FOR_TESTS };
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            CONNECTIONS,
        ]
        .iter()
        .chain(durability)
        {
            postgres.args(["-c", setting]);
        }
        Ok(postgres)
    }

    /// A program of PostgreSQL on these files, as their owner.
    fn command(&self, name: &str) -> Result<Command> {
        let mut command = Command::new(POSTGRES.program(name)?);
        command
            .arg("-D")
            .arg(self.home.join("data"))
            .current_dir(&self.home);
        if let Some(account) = self.account {
            command.uid(account.uid).gid(account.gid);
        }
        Ok(command)
    }

    fn password_file(&self) -> PathBuf {
        self.home.join("password")
    }
}

/// An account of this machine.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Account {
    uid: u32,
    gid: u32,
}

/// The account that runs PostgreSQL when we are root, which PostgreSQL refuses to be.
fn unprivileged() -> Result<Account> {
    let accounts = fs::read_to_string("/etc/passwd")?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| account(&accounts, name))
        .context("PostgreSQL does not run as root, and neither `postgres` nor `nobody` is an account here")
}

/// The account `name` in the lines of `/etc/passwd`.
fn account(accounts: &str, name: &str) -> Option<Account> {
    accounts.lines().find_map(|line| {
        let fields: Vec<_> = line.split(':').collect();
        match fields[..] {
            [found, _, uid, gid, ..] if found == name => Some(Account {
                uid: uid.parse().ok()?,
                gid: gid.parse().ok()?,
            }),
            _ => None,
        }
    })
}

async fn version(url: &str) -> Result<String> {
    let mut connection = PgConnection::connect(url).await?;
    let version: String = sqlx::query_scalar("SHOW server_version")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(version.split(' ').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNTS: &str =
        "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        assert_eq!(
            account(ACCOUNTS, "postgres"),
            Some(Account { uid: 101, gid: 104 })
        );
        assert_eq!(account(ACCOUNTS, "post"), None);
    }

    #[test]
    fn a_damaged_line_is_no_account() {
        assert_eq!(
            account("postgres:x:many:104:::\npostgres", "postgres"),
            None
        );
    }
}
