//! The wire types: one Rust module a package, made by prost.

use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use prost_build::{Config, Module};
use prost_types::FileDescriptorProto;

use super::Files;
use super::methods::REPLY_ARROW;
use super::protos::{PREFIX, Proto};

/// The members of the envelopes that are boxed: those over 96 bytes. Without, every message would be
/// as big as the biggest, some 700 bytes.
const BOXED: &[&str] = &[
    "core.ClientMessage.message.communities_edit_channel",
    "core.ClientMessage.message.communities_edit_settings",
    "core.ClientMessage.message.friends_sync_friends",
    "core.ClientMessage.message.chats_edit_chat",
    "core.ClientMessage.message.messages_edit_message",
    "core.ClientMessage.message.messages_send_message",
    "core.ClientMessage.message.oauth_authorize",
    "core.ClientMessage.message.settings_edit_profile",
    "core.ClientMessage.message.settings_setup_webauthn",
    "core.ClientMessage.message.stickers_add_sticker_to_pack",
    "core.RPCResult.result.authorization",
    "core.RPCResult.result.chat",
    "core.RPCResult.result.chats",
    "core.RPCResult.result.community_settings",
    "core.RPCResult.result.group",
    "core.RPCResult.result.invite_preview",
    "core.RPCResult.result.media_embed",
    "core.RPCResult.result.profile",
    "core.RPCResult.result.sign_in_result",
    "core.RPCResult.result.subscription",
    "core.RPCResult.result.user_details",
    "core.RPCResult.result.webauthn",
    "updates.Update.update.channel",
    "updates.Update.update.chat",
    "updates.Update.update.community",
    "updates.Update.update.community_member_created",
    "updates.Update.update.group",
    "updates.Update.update.message",
    "updates.Update.update.message_created",
    "updates.Update.update.room_participant",
    "updates.Update.update.user",
];

/// Whether a member of a oneof (`core.ClientMessage.message.auth_sign_up`) is boxed.
pub(crate) fn is_boxed(member: &str) -> bool {
    BOXED.contains(&member)
}

/// The modules with the types of each package.
pub(crate) fn generate(protos: &[Proto]) -> Result<Files> {
    let mut config = Config::new();
    config.bytes(["."]);
    for member in BOXED {
        // prost says nothing about a path that it does not know.
        ensure!(declares(protos, member), "there is no {member} to box");
        config.boxed(format!(".{PREFIX}{member}"));
    }
    let requests = protos
        .iter()
        .map(|proto| (module(proto), with_code_spans(proto.file.clone())))
        .collect();
    let code = config.generate(requests)?;
    protos
        .iter()
        .map(|proto| {
            let code = code.get(&module(proto)).map_or("", String::as_str);
            let text = render(proto, code).with_context(|| proto.package.clone())?;
            Ok((format!("{}.rs", proto.package), text))
        })
        .collect()
}

/// Whether there is a member of a oneof with this path.
fn declares(protos: &[Proto], member: &str) -> bool {
    let parts: Vec<&str> = member.split('.').collect();
    let [package, message, oneof, field] = parts[..] else {
        return false;
    };
    let proto = protos.iter().find(|proto| proto.package == package);
    let Some(message) = proto.and_then(|proto| proto.message(message).ok()) else {
        return false;
    };
    let field = message.field.iter().find(|it| it.name() == field);
    let index = field.and_then(|field| usize::try_from(field.oneof_index?).ok());
    index.is_some_and(|index| message.oneof_decl[index].name() == oneof)
}

/// The module that declares all others.
pub(crate) fn index(protos: &[Proto]) -> String {
    let mut text = String::from(
        "//! The modules that `cargo xtask codegen` makes from `proto/`: one a package, and the method\n\
         //! table. Do not edit.\n\n",
    );
    for proto in protos {
        let _ = writeln!(text, "pub mod {};", proto.package);
    }
    text.push_str("\npub(crate) mod methods;\n");
    text
}

fn module(proto: &Proto) -> Module {
    Module::from_protobuf_package_name(proto.file.package())
}

/// One module: its comment, and its code formatted.
fn render(proto: &Proto, code: &str) -> Result<String> {
    let mut text = String::new();
    for line in proto.comment().lines() {
        let _ = writeln!(text, "//!{line}");
    }
    let _ = writeln!(
        text,
        "//!\n//! Made by `cargo xtask codegen` from `proto/{}.proto`. Do not edit.\n",
        proto.package
    );
    text.push_str(&prettyplease::unparse(&syn::parse_file(code)?));
    Ok(text)
}

/// Makes the line of a comment that names a method stand by itself, as code.
fn with_code_spans(mut file: FileDescriptorProto) -> FileDescriptorProto {
    let info = file.source_code_info.iter_mut();
    for location in info.flat_map(|info| &mut info.location) {
        let Some(comment) = &mut location.leading_comments else {
            continue;
        };
        if let Some((method, rest)) = comment.split_once('\n')
            && method.contains(REPLY_ARROW)
        {
            *comment = format!(" `{}`\n\n{rest}", method.trim());
        }
    }
    file
}
