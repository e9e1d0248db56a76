//! Where files are to be kept.

use super::url::redacted;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;
use std::path::PathBuf;
use url::Url;

/// A folder, or a bucket of an S3-compatible store. Shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum MediaUrl {
    /// A folder, relative to the working directory unless it begins with a slash.
    Folder(PathBuf),
    /// `s3://KEY:SECRET@HOST/BUCKET`.
    Bucket(Url),
}

impl MediaUrl {
    fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return (!path.is_empty()).then(|| Self::Folder(path.into()));
        }
        let url = Url::parse(text).ok().filter(|url| url.scheme() == "s3")?;
        let has_bucket = !url.path().trim_matches('/').is_empty();
        (url.has_host() && has_bucket).then_some(Self::Bucket(url))
    }

    fn shown(&self) -> String {
        match self {
            Self::Folder(path) => format!("file:{}", path.display()),
            Self::Bucket(url) => redacted(url),
        }
    }
}

impl<'de> Deserialize<'de> for MediaUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?)
            .ok_or_else(|| D::Error::custom("neither file:PATH nor s3://KEY:SECRET@HOST/BUCKET"))
    }
}

impl Serialize for MediaUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.shown())
    }
}

impl fmt::Debug for MediaUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}
