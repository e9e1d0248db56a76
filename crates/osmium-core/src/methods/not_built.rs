//! The methods that a later release will have. This list may only shrink.

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
                Err(Error::not_offered(format!("{} is not built yet", Self::METHOD.name)))
            }
        })*)*
    };
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

    #[test]
    fn the_list_only_shrinks() {
        assert!(
            NOT_BUILT.len() <= AT_MOST,
            "{} methods are not built",
            NOT_BUILT.len()
        );
        assert_eq!(
            NOT_BUILT.len(),
            AT_MOST,
            "lower AT_MOST to {}",
            NOT_BUILT.len()
        );
        assert!(
            NOT_BUILT
                .iter()
                .all(|name| METHODS.iter().any(|method| method.name == *name))
        );
    }
}
