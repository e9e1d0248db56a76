//! The wire types: one Rust module a package, made by prost.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use prost_build::{Config, Module};
use prost_types::FileDescriptorProto;

use super::Files;
use super::methods::REPLY_ARROW;
use super::protos::{PREFIX, Proto};

/// The members of oneofs that are boxed, so that the envelopes stay small: a rare big member would
/// make every message as big as itself.
const BOXED: &[&str] = &[
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

/// The module that declares all others.
pub(crate) fn index(protos: &[Proto]) -> String {
    let mut text = String::from(
        "//! The modules that `cargo xtask codegen` makes from `proto/`: one a package, and the method\n\
         //! table. Do not edit.\n\n",
    );
    for proto in protos {
        let _ = writeln!(text, "pub mod {};", proto.package);
    }
    text.push_str("\npub mod methods;\n");
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
