//! What a community must be, and what is told when one changes.

use crate::context::Tx;
use crate::error::{Error, Result};
use crate::texts::fits;
use osmium_model::{Community, CommunityId, Event, Limits, Listing, Topic, name};

/// A community's name as it is kept.
pub(crate) fn check_name(limits: &Limits, text: &str) -> Result<String> {
    let max = limits.community_name_length;
    let invalid = || Error::invalid(format!("A community's name has 1 to {max} characters"));
    name::trimmed(text, max).ok_or_else(invalid)
}

/// What a community says of itself in public, as it is kept.
pub(crate) fn check_listing(limits: &Limits, said: Listing) -> Result<Listing> {
    let categories = said
        .categories
        .iter()
        .map(|category| name::trimmed(category, limits.channel_name_length))
        .collect::<Option<Vec<_>>>()
        .filter(|categories| categories.len() <= limits.listing_categories);
    match categories {
        Some(categories)
            if fits(&said.short_description, limits.listing_line_length)
                && fits(&said.long_description, limits.listing_page_length) =>
        {
            Ok(Listing { categories, ..said })
        }
        _ => Err(Error::invalid("The listing is too long or not text")),
    }
}

/// The row of a community that the transaction holds and the caller is a member of.
pub(crate) async fn row(tx: &mut Tx, id: CommunityId) -> Result<Community> {
    let found = tx.find_community(id).await?;
    found.ok_or_else(|| Error::not_found("community"))
}

/// Records that a community, its roles or what every member may do change with this transaction. Roles have no update of
/// their own on the wire: this one says to every member that they are to be read again. Tells the epoch.
pub(crate) fn record_community_changed(tx: &mut Tx, community: Community) -> u64 {
    let topic = Topic::Community(community.id);
    let epoch = tx.raise_epoch(topic);
    tx.record(topic, Event::CommunityChanged { community, epoch });
    epoch
}
