//! The list of a channel's members, in the sections that clients show.

use crate::user;
use osmium_model::{RoleId, Status, User};
use osmium_proto::updates::member_list_entry::Entry;
use osmium_proto::updates::member_list_entry_divider::Inner;
use osmium_proto::updates::{MemberListEntry, MemberListEntryDivider, MemberListEntryUser};

/// Whom a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Those who are online and hold a role that is shown on its own.
    Role(RoleId),
    /// Everyone else who is online.
    Online,
    /// Those who are not.
    Offline,
}

/// The head of a section with so many members.
pub fn divider(section: Section, members: usize) -> MemberListEntry {
    let inner = match section {
        Section::Role(role) => Inner::RoleId(role.0),
        Section::Online => Inner::Online(true),
        Section::Offline => Inner::Online(false),
    };
    MemberListEntry {
        entry: Some(Entry::Divider(MemberListEntryDivider {
            inner: Some(inner),
            member_count: u32::try_from(members).unwrap_or(u32::MAX),
        })),
    }
}

/// A member. `status` is what others may know: none is offline.
pub fn member(
    person: &User,
    nickname: Option<&String>,
    status: Option<&Status>,
) -> MemberListEntry {
    MemberListEntry {
        entry: Some(Entry::User(MemberListEntryUser {
            user: Some(user::user(person, status)),
            nickname: nickname.cloned(),
        })),
    }
}
