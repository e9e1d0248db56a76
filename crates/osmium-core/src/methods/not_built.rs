//! What a later release will have: methods, and parts of others. These lists may only shrink.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use osmium_proto::{Request, auth, billing, media, messages, oauth, settings, stickers, voice};

macro_rules! not_built {
    ($($access:ident { $($request:ty,)* })*) => {
        /// The names of the methods that answer "not built yet".
        pub const NOT_BUILT: &[&str] = &[$($(<$request as Request>::METHOD.name,)*)*];

        $($(impl Method for $request {
            const ACCESS: Access = Access::$access;
            const COST: Cost = Cost::FREE;

            async fn call(self, _: &Context) -> Result<Self::Reply> {
                Err(not_built(Self::METHOD.name))
            }
        })*)*
    };
}

/// What methods that are built lack.
const PARTS: &[(&str, &str)] = &[
    ("chats.editChat", "Setting a photo"),
    ("communities.editPhoto", "Setting a photo"),
    ("messages.editMessage", "Attaching media"),
    ("messages.sendMessage", "Attaching media"),
];

/// The answer to who asks a method for the part that it lacks.
pub(super) fn missing_part<R: Request>() -> Error {
    let lacks = |(method, _): &&(&str, &str)| *method == R::METHOD.name;
    let part = PARTS.iter().find(lacks).map(|(_, part)| *part);
    not_built(part.unwrap_or("This"))
}

fn not_built(what: &str) -> Error {
    Error::not_offered(format!("{what} is not built yet"))
}

not_built! {
    SignedOut {
        auth::BeginSignIn,
        auth::CompleteSignIn,
        auth::CreateEmailVerificationChallenge,
    }
    Initialized {
        auth::ResendEmailVerification,
        auth::ResetPassword,
        auth::VerifyEmail,
    }
    SignedIn {
        billing::CancelSubscription,
        billing::ClaimGift,
        billing::CreateGiftLink,
        billing::GetInventory,
        billing::GetProducts,
        billing::GetSubscription,
        billing::PurchaseCredit,
        billing::RedeemInventoryItem,
        billing::RequestPaymentLink,
        billing::RevokeGiftLink,
        media::DownloadFilePart,
        media::UploadFilePart,
        messages::GetEmbedPreview,
        oauth::Authorize,
        oauth::GetApp,
        settings::BeginMfaStepUp,
        settings::ChangeEmail,
        settings::ChangePassword,
        settings::CompleteMfaStepUp,
        settings::DeleteAccount,
        settings::EditProfileBanner,
        settings::EditProfilePhoto,
        settings::GetAccount,
        settings::GetMfaMethods,
        settings::GetRecoveryCodes,
        settings::RegenerateRecoveryCodes,
        settings::RegisterPushSubscription,
        settings::RequestTakeout,
        settings::SetupTotp,
        settings::SetupWebauthn,
        settings::UnregisterPushSubscription,
        stickers::AddStickerToPack,
        stickers::GetSavedStickers,
        stickers::GetStickerFiles,
        stickers::GetStickerPack,
        stickers::RemoveStickerFromPack,
        voice::DisconnectUser,
        voice::GetRoomStates,
        voice::RequestRoom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use osmium_proto::METHODS;

    /// How many were not built when this was written last. Lower it with every method that is built.
    const AT_MOST: usize = 45;
    /// The same, of parts.
    const PARTS_AT_MOST: usize = 4;

    #[test]
    fn the_lists_only_shrink() {
        for (what, count, most) in [
            ("AT_MOST", NOT_BUILT.len(), AT_MOST),
            ("PARTS_AT_MOST", PARTS.len(), PARTS_AT_MOST),
        ] {
            assert!(count <= most, "{count} are not built");
            assert_eq!(count, most, "lower {what} to {count}");
        }
    }

    #[test]
    fn all_of_them_are_methods() {
        let parts = PARTS.iter().map(|(method, _)| method);
        for name in NOT_BUILT.iter().chain(parts) {
            assert!(METHODS.iter().any(|method| method.name == *name), "{name}");
        }
    }
}
