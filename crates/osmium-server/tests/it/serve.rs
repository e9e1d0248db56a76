//! Services, from their start to the signal that ends them.

use crate::osmium::{osmium, run};
use crate::service::Service;
use tempfile::tempdir;

#[test]
fn a_server_by_itself_serves_until_it_is_told_to_end() {
    let folder = tempdir().expect("a folder");
    for signal in ["TERM", "INT"] {
        let mut server = Service::by_itself(folder.path());
        server.until_ready();
        assert_eq!(server.get("/healthz"), (200, "ok\n".to_owned()));
        let (status, metrics) = server.get("/metrics");
        assert!(
            status == 200 && metrics.contains("osmium_messages_sent_total"),
            "{metrics}"
        );
        assert!(folder.path().join("osmium-data/osmium.db").exists());
        assert_eq!(server.end(signal), Some(0));
    }
}

#[test]
fn a_folder_has_one_server() {
    let folder = tempdir().expect("a folder");
    let mut server = Service::by_itself(folder.path());
    let second = run(
        &mut osmium(folder.path(), &["--listen", "127.0.0.1:0", "--log", "off"]),
        "",
    );
    let expected = "osmium: another osmium serves from the folder osmium-data\n";
    assert_eq!((second.code, second.errors.as_str()), (Some(1), expected));
    assert_eq!(server.end("TERM"), Some(0));
}

#[test]
fn an_operator_may_work_beside_a_server() {
    let folder = tempdir().expect("a folder");
    let mut server = Service::by_itself(folder.path());
    server.until_ready();
    let create = [
        "admin",
        "user",
        "create",
        "--name",
        "Ada",
        "--email",
        "ada@example.org",
    ];
    let create = [&create[..], &["--password-stdin"]].concat();
    assert_eq!(
        run(&mut osmium(folder.path(), &create), "correct horse").code,
        Some(0)
    );
    assert_eq!(server.end("TERM"), Some(0));
}

#[test]
fn an_address_in_use_is_named() {
    let (folder, other) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let server = Service::by_itself(folder.path());
    let arguments = ["--listen", &server.address, "--log", "off"];
    let second = run(&mut osmium(other.path(), &arguments), "");
    assert_eq!(second.code, Some(1));
    let expected = format!("osmium: cannot listen on {}: ", server.address);
    assert!(second.errors.starts_with(&expected), "{}", second.errors);
}

#[test]
fn services_of_a_deployment_are_up_but_not_ready_while_nothing_answers_them() {
    let folder = tempdir().expect("a folder");
    for command in ["gateway", "fanout"] {
        let mut process = osmium(folder.path(), &[command]);
        // Nobody listens on port 1.
        process.env(
            "OSMIUM_DATABASE_URL",
            "postgres://osmium@127.0.0.1:1/osmium",
        );
        process.env("OSMIUM_REDIS_URL", "redis://127.0.0.1:1");
        let mut service = Service::start(&mut process);
        assert_eq!(service.get("/healthz").0, 200);
        assert_eq!(service.get("/readyz").0, 503);
        assert_eq!(service.end("TERM"), Some(0));
    }
}
