//! Packs of stickers and custom emoji. Every community has an emoji pack under its own id.
//!
//! Made by `cargo xtask codegen` from `proto/stickers.proto`. Do not edit.

/// `stickers.getSavedStickers -> stickers.SavedStickers`
///
/// Lists the packs that the caller can use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetSavedStickers {
    /// Unix milliseconds; only packs that changed after it.
    #[prost(fixed64, optional, tag = "1")]
    pub since: ::core::option::Option<u64>,
}
/// Answers stickers.getSavedStickers.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct SavedStickers {
    #[prost(message, repeated, tag = "1")]
    pub saved_packs: ::prost::alloc::vec::Vec<StickerPack>,
}
/// `stickers.getStickerPack -> stickers.StickerPack`
///
/// Shows a pack. A community without emoji has an empty one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetStickerPack {
    #[prost(message, optional, tag = "1")]
    pub pack: ::core::option::Option<super::refs::StickerPackRef>,
}
/// A pack of stickers or emoji.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct StickerPack {
    /// snowflake: StickerPack
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(enumeration = "sticker_pack::Type", tag = "2")]
    pub r#type: i32,
    #[prost(string, tag = "3")]
    pub name: ::prost::alloc::string::String,
    #[prost(message, repeated, tag = "4")]
    pub stickers: ::prost::alloc::vec::Vec<super::media::File>,
}
/// Nested message and enum types in `StickerPack`.
pub mod sticker_pack {
    /// What is in a pack.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        ::prost::Enumeration
    )]
    #[repr(i32)]
    pub enum Type {
        Unknown = 0,
        Sticker = 1,
        Emoji = 2,
    }
    impl Type {
        /// String value of the enum field names used in the ProtoBuf definition.
        ///
        /// The values are not transformed in any way and thus are considered stable
        /// (if the ProtoBuf definition does not change) and safe for programmatic use.
        pub fn as_str_name(&self) -> &'static str {
            match self {
                Self::Unknown => "UNKNOWN",
                Self::Sticker => "STICKER",
                Self::Emoji => "EMOJI",
            }
        }
        /// Creates an enum from field names used in the ProtoBuf definition.
        pub fn from_str_name(value: &str) -> ::core::option::Option<Self> {
            match value {
                "UNKNOWN" => Some(Self::Unknown),
                "STICKER" => Some(Self::Sticker),
                "EMOJI" => Some(Self::Emoji),
                _ => None,
            }
        }
    }
}
/// `stickers.getStickerFiles -> media.Files`
///
/// Shows stickers or emoji by their ids.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetStickerFiles {
    /// snowflake: Sticker
    #[prost(fixed64, repeated, tag = "1")]
    pub sticker_ids: ::prost::alloc::vec::Vec<u64>,
}
/// `stickers.addStickerToPack -> ()`
///
/// Adds an upload to a pack, with MetadataCustomEmoji.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct AddStickerToPack {
    #[prost(message, optional, tag = "1")]
    pub pack: ::core::option::Option<super::refs::StickerPackRef>,
    #[prost(message, optional, tag = "2")]
    pub sticker: ::core::option::Option<super::media::MediaRefUploadedFile>,
}
/// `stickers.removeStickerFromPack -> ()`
///
/// Takes a sticker or emoji out of a pack.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RemoveStickerFromPack {
    #[prost(message, optional, tag = "1")]
    pub pack: ::core::option::Option<super::refs::StickerPackRef>,
    /// snowflake: Sticker
    #[prost(fixed64, tag = "2")]
    pub sticker_id: u64,
}
