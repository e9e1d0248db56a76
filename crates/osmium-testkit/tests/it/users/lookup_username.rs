//! `users.lookupUsername`.

use osmium_proto::settings::EditProfile;
use osmium_proto::users::LookupUsername;
use osmium_testkit::Server;
use osmium_testkit::contract::Checked;
use osmium_testkit::on_both_stores;

on_both_stores!(
    a_handle_leads_to_its_user,
    strangers_see_no_status,
    what_is_no_handle_is_not_found,
    it_needs_a_sign_in,
);

fn of(username: &str) -> LookupUsername {
    LookupUsername {
        username: username.to_owned(),
    }
}

fn handle(username: &str) -> EditProfile {
    EditProfile {
        username: Some(username.to_owned()),
        ..EditProfile::default()
    }
}

async fn a_handle_leads_to_its_user(server: Server) -> Checked {
    let [alice, bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    alice.call(handle("Ada.L_9")).await?;
    for typed in ["ada.l_9", "@ada.l_9", "ADA.L_9", "@Ada.L_9"] {
        let found = bob.call(of(typed)).await?.user.unwrap_or_default();
        assert_eq!(found.id, alice.user_id, "{typed}");
        assert_eq!(found.name, "Alice");
        assert_eq!(found.username.as_deref(), Some("ada.l_9"));
    }
    Ok(())
}

async fn strangers_see_no_status(server: Server) -> Checked {
    let [alice, bob] = [server.sign_up("Alice").await, server.sign_up("Bob").await];
    alice.call(handle("alice")).await?;
    let found = bob.call(of("alice")).await?.user.unwrap_or_default();
    assert_eq!(found.status, None);
    Ok(())
}

async fn what_is_no_handle_is_not_found(server: Server) -> Checked {
    let alice = server.sign_up("Alice").await;
    alice.call(handle("alice")).await?;
    for typed in [
        "", "@", "a", "alic", "alice ", "@@alice", "ali%", "a\0", "é",
    ] {
        assert_eq!(alice.refused(of(typed)).await, 404, "{typed:?}");
    }
    Ok(())
}

async fn it_needs_a_sign_in(server: Server) -> Checked {
    server.needs_sign_in(of("alice")).await;
    Ok(())
}
