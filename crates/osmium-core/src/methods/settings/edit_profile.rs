//! `settings.editProfile -> ()`: changes the caller's name, handle and looks. What is absent stays.

use crate::accounts::{check_name, parse_username};
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::method::{Access, Cost, Method};
use crate::texts::fits;
use osmium_model::{EmojiId, Event, Limits, Profile, Topic, User, UserId};
use osmium_proto::settings::EditProfile;

/// How often it begins anew.
const ATTEMPTS: usize = 3;
/// 24 bits of colour.
const RGB: u32 = 0xff_ffff;
/// Two colours.
const TWO_RGB: u64 = 0xffff_ffff_ffff;

impl Method for EditProfile {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::HEAVY;

    async fn call(self, cx: &Context) -> Result<()> {
        let own = cx.actor()?.user_id;
        let (mut tx, watching) = hold_watching(cx, own).await?;
        let user = tx.find_user(own).await?.ok_or_else(Error::signed_out)?;
        let profile = tx.find_profile(own).await?.unwrap_or_default();
        let changed = self.user(cx.limits(), user.clone())?;
        let page = self.profile(cx.limits(), profile.clone())?;
        if page != profile {
            tx.update_profile(own, &page).await?;
        }
        if changed != user {
            tx.update_user(&changed).await?;
        }
        // The page has no update of its own: whoever shows it fetches it anew when the user changes.
        if changed != user || page != profile {
            let change = cx.new_id()?;
            for topic in watching {
                let user = changed.clone();
                tx.record(topic, Event::UserChanged { user, change });
            }
        }
        tx.commit().await
    }
}

/// A transaction that holds the topics of all who know the user. Who they are is known for sure only once the user's own
/// topic is held: if others have come to know them meanwhile, it begins anew.
async fn hold_watching(cx: &Context, own: UserId) -> Result<(Tx, Vec<Topic>)> {
    let direct_chats = cx.limits().watched_direct_chats;
    let mut watching = cx.read().await?.watching_topics(own, direct_chats).await?;
    for _ in 0..ATTEMPTS {
        let mut tx = cx.begin(&watching).await?;
        watching = tx.watching_topics(own, direct_chats).await?;
        if watching.iter().all(|topic| tx.holds(*topic)) {
            return Ok((tx, watching));
        }
    }
    Err(Error::unavailable())
}

trait Edit {
    /// What everyone sees, after the edit.
    fn user(&self, limits: &Limits, user: User) -> Result<User>;
    /// The page, after the edit.
    fn profile(&self, limits: &Limits, profile: Profile) -> Result<Profile>;
}

impl Edit for EditProfile {
    fn user(&self, limits: &Limits, mut user: User) -> Result<User> {
        if let Some(name) = &self.name {
            user.name = check_name(limits, name)?;
        }
        if let Some(username) = &self.username {
            user.username = parse_username(username)?;
        }
        if let Some(icon) = self.icon {
            user.icon = (icon != 0).then_some(EmojiId(icon));
        }
        if let Some(color) = self.color {
            user.color = Some(color).filter(|color| *color <= RGB);
            user.color
                .ok_or_else(|| Error::invalid("A color has 24 bits"))?;
        }
        Ok(user)
    }

    fn profile(&self, limits: &Limits, mut profile: Profile) -> Result<Profile> {
        if let Some(bio) = &self.bio {
            if !fits(bio, limits.bio_length) {
                return Err(Error::invalid(format!(
                    "A bio has at most {} characters",
                    limits.bio_length
                )));
            }
            profile.bio.clone_from(bio);
        }
        if let Some(colors) = self.theme_color {
            if colors > TWO_RGB {
                return Err(Error::invalid("A theme has two colors of 24 bits"));
            }
            profile.theme_color = Some(colors);
        }
        profile.show_banner_in_voice = self.show_banner_in_voice.or(profile.show_banner_in_voice);
        Ok(profile)
    }
}
