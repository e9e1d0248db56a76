//! Files: uploading them in parts, naming them in messages and pictures, downloading them.
//!
//! An upload is a number of media.uploadFilePart calls under an upload id that the client makes up.
//! It becomes a file where it is used: an UploadedFileRef in a message, a profile photo, a sticker.
//!
//! Made by `cargo xtask codegen` from `proto/media.proto`. Do not edit.

/// `media.uploadFilePart -> ()`
///
/// Stores one part of an upload. A part that is sent again replaces the one before.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UploadFilePart {
    /// A random number, unique among the uploads of the caller.
    #[prost(uint64, tag = "1")]
    pub upload_id: u64,
    /// Counts from 0.
    #[prost(uint32, tag = "2")]
    pub part: u32,
    /// At most 1 MiB.
    #[prost(bytes = "bytes", tag = "3")]
    pub data: ::prost::bytes::Bytes,
}
/// `media.downloadFilePart -> media.FilePart`
///
/// Reads a piece of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct DownloadFilePart {
    #[prost(message, optional, tag = "1")]
    pub file_ref: ::core::option::Option<FileRef>,
    /// In bytes. At the end of the file the answer is empty, not an error.
    #[prost(uint64, tag = "2")]
    pub offset: u64,
    /// In bytes. The answer may be shorter (never over 512 KiB); ask again from where it ends.
    #[prost(uint32, tag = "3")]
    pub length: u32,
}
/// A piece of a file.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct FilePart {
    #[prost(bytes = "bytes", tag = "3")]
    pub data: ::prost::bytes::Bytes,
}
/// An upload whose parts are all there.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct UploadedFileRef {
    /// The upload_id.
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// The file's name.
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    /// Parts 0 to part_count - 1 make up the file.
    #[prost(uint32, tag = "3")]
    pub part_count: u32,
}
/// Names a file to download.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct FileRef {
    #[prost(oneof = "file_ref::Ref", tags = "1, 2")]
    pub r#ref: ::core::option::Option<file_ref::Ref>,
}
/// Nested message and enum types in `FileRef`.
pub mod file_ref {
    /// A file of a message, a sticker or an emoji.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MediaFileRef {
        /// snowflake: File
        #[prost(fixed64, tag = "1")]
        pub file_id: u64,
    }
    /// A photo or banner.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct ChatPhotoFileRef {
        /// snowflake: File
        #[prost(fixed64, tag = "1")]
        pub file_id: u64,
    }
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Ref {
        /// A file of a message, a sticker or an emoji. Readable by who can see the message.
        #[prost(message, tag = "1")]
        MediaFile(MediaFileRef),
        /// A photo or banner. Readable by everyone who is signed in.
        #[prost(message, tag = "2")]
        ChatPhoto(ChatPhotoFileRef),
    }
}
/// A stored file and what is known of it.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct File {
    /// snowflake: File
    #[prost(fixed64, tag = "1")]
    pub file_id: u64,
    /// Where it is stored, see Entrypoint.region.
    #[prost(uint32, tag = "2")]
    pub region: u32,
    /// In bytes.
    #[prost(uint64, tag = "3")]
    pub size: u64,
    /// What the content is, by the server's own look at it.
    #[prost(string, tag = "4")]
    pub mimetype: ::prost::alloc::string::String,
    #[prost(string, optional, tag = "5")]
    pub filename: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(message, optional, tag = "6")]
    pub metadata: ::core::option::Option<FileMetadata>,
}
/// What kind of file it is, and how to lay it out.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct FileMetadata {
    #[prost(oneof = "file_metadata::Metadata", tags = "1, 2, 3, 4, 5")]
    pub metadata: ::core::option::Option<file_metadata::Metadata>,
}
/// Nested message and enum types in `FileMetadata`.
pub mod file_metadata {
    /// A picture; width and height in pixels.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MetadataImage {
        #[prost(uint32, tag = "1")]
        pub width: u32,
        #[prost(uint32, tag = "2")]
        pub height: u32,
        /// A tiny picture to show until the file is there.
        #[prost(bytes = "bytes", optional, tag = "3")]
        pub preview: ::core::option::Option<::prost::bytes::Bytes>,
        #[prost(bool, tag = "4")]
        pub animated: bool,
    }
    /// A video; width and height in pixels.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MetadataVideo {
        #[prost(uint32, tag = "1")]
        pub width: u32,
        #[prost(uint32, tag = "2")]
        pub height: u32,
        /// In seconds.
        #[prost(uint32, tag = "3")]
        pub duration: u32,
    }
    /// A sound.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MetadataAudio {
        /// In seconds.
        #[prost(uint32, tag = "1")]
        pub duration: u32,
    }
    /// Any other file.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MetadataFile {}
    /// A custom emoji or sticker; width and height in pixels.
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
    pub struct MetadataCustomEmoji {
        #[prost(uint32, tag = "1")]
        pub width: u32,
        #[prost(uint32, tag = "2")]
        pub height: u32,
        /// Its name, or the Unicode emoji that it stands in for.
        #[prost(string, tag = "3")]
        pub emoji: ::prost::alloc::string::String,
        /// The pack that it belongs to.
        #[prost(message, optional, tag = "4")]
        pub pack: ::core::option::Option<super::super::refs::StickerPackRef>,
        #[prost(bool, tag = "5")]
        pub animated: bool,
    }
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Metadata {
        #[prost(message, tag = "1")]
        Image(MetadataImage),
        #[prost(message, tag = "2")]
        Video(MetadataVideo),
        #[prost(message, tag = "3")]
        Audio(MetadataAudio),
        /// To be shown as a download, whatever is in it.
        #[prost(message, tag = "4")]
        File(MetadataFile),
        #[prost(message, tag = "5")]
        CustomEmoji(MetadataCustomEmoji),
    }
}
/// Answers stickers.getStickerFiles.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Files {
    #[prost(message, repeated, tag = "1")]
    pub files: ::prost::alloc::vec::Vec<File>,
}
/// Something attached to a message.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MessageMedia {
    #[prost(oneof = "message_media::Media", tags = "1, 2")]
    pub media: ::core::option::Option<message_media::Media>,
}
/// Nested message and enum types in `MessageMedia`.
pub mod message_media {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Media {
        #[prost(message, tag = "1")]
        File(super::MediaFile),
        #[prost(message, tag = "2")]
        Embed(super::MediaEmbed),
    }
}
/// An attached file.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MediaFile {
    #[prost(message, optional, tag = "1")]
    pub file: ::core::option::Option<File>,
}
/// The preview of a web page.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MediaEmbed {
    #[prost(string, tag = "1")]
    pub url: ::prost::alloc::string::String,
    #[prost(string, optional, tag = "2")]
    pub title: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "3")]
    pub description: ::core::option::Option<::prost::alloc::string::String>,
    /// The page's picture.
    #[prost(message, optional, tag = "4")]
    pub file: ::core::option::Option<File>,
    /// How large the picture is meant to be shown: "small" or "large".
    #[prost(string, optional, tag = "5")]
    pub image_variant: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "6")]
    pub author_name: ::core::option::Option<::prost::alloc::string::String>,
    #[prost(string, optional, tag = "7")]
    pub website_name: ::core::option::Option<::prost::alloc::string::String>,
}
/// Something to attach to a message.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MediaRef {
    #[prost(oneof = "media_ref::Ref", tags = "1, 2")]
    pub r#ref: ::core::option::Option<media_ref::Ref>,
}
/// Nested message and enum types in `MediaRef`.
pub mod media_ref {
    #[derive(Clone, PartialEq, Eq, Hash, ::prost::Oneof)]
    pub enum Ref {
        #[prost(message, tag = "1")]
        Uploaded(super::MediaRefUploadedFile),
        /// Ask for the preview of this page.
        #[prost(message, tag = "2")]
        Embed(super::MediaRefEmbed),
    }
}
/// An upload to attach.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MediaRefUploadedFile {
    #[prost(message, optional, tag = "1")]
    pub file: ::core::option::Option<UploadedFileRef>,
    #[prost(string, optional, tag = "2")]
    pub filename: ::core::option::Option<::prost::alloc::string::String>,
    /// The client's guess; the server looks for itself.
    #[prost(string, tag = "3")]
    pub mimetype: ::prost::alloc::string::String,
    /// The client's guess too, except that MetadataFile is kept: show it as a download.
    #[prost(message, optional, tag = "4")]
    pub metadata: ::core::option::Option<FileMetadata>,
}
/// A page to preview.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct MediaRefEmbed {
    #[prost(string, tag = "1")]
    pub url: ::prost::alloc::string::String,
}
