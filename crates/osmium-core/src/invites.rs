//! Invites: which are good, and what they are made for.

use crate::context::Context;
use crate::error::{Error, Result};
use osmium_model::{Invite, InviteCode, Timestamp, Username};
use osmium_ports::Reader;

/// An invite, whether or not it can still be used.
pub(crate) async fn invite(reader: &mut dyn Reader, code: &str) -> Result<Invite> {
    let not_found = || Error::not_found("invite");
    let code = InviteCode::parse(code).ok_or_else(not_found)?;
    reader.find_invite(&code).await?.ok_or_else(not_found)
}

/// The invite that a text leads to: by its code, or by the handle of a community that is listed in public. What could be
/// a code is no handle, so that nobody gets the guests of an invite that is gone by taking its code for a handle.
pub(crate) async fn invite_or_listing(reader: &mut dyn Reader, text: &str) -> Result<Invite> {
    if InviteCode::parse(text).is_some() {
        return invite(reader, text).await;
    }
    let not_found = || Error::not_found("invite");
    let handle = Username::parse(text).ok_or_else(not_found)?;
    let listed = reader.find_listed(&handle).await?.ok_or_else(not_found)?;
    let found = reader.find_invite(&listed.invite).await?;
    found.ok_or_else(not_found)
}

/// Requires that an invite can be used now.
pub(crate) fn check_live(invite: &Invite, now: Timestamp) -> Result<()> {
    if invite.is_live(now) {
        Ok(())
    } else {
        Err(Error::expired("This invite has expired"))
    }
}

/// A code that nobody has.
pub(crate) fn new_code(cx: &Context) -> Result<InviteCode> {
    InviteCode::from_random(&cx.core.ports.random.bytes::<64>()).ok_or_else(Error::unavailable)
}
