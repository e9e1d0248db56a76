//! `discovery.getDiscoverableCommunities -> discovery.DiscoveryCommunities`: a page of the communities that are listed in public, by
//! id.

use crate::context::Context;
use crate::error::Result;
use crate::frame;
use crate::method::{Access, Cost, Method};
use osmium_model::CommunityId;
use osmium_proto::discovery::{DiscoveryCommunities, GetDiscoverableCommunities};
use osmium_wire::community;

impl Method for GetDiscoverableCommunities {
    const ACCESS: Access = Access::SignedIn;
    const COST: Cost = Cost::READ;

    async fn call(self, cx: &Context) -> Result<DiscoveryCommunities> {
        let limits = cx.limits();
        let limit = match self.limit {
            0 => limits.listings_default,
            limit => limit.min(limits.listings_max),
        };
        let after = CommunityId(self.after.unwrap_or(0));
        let listed = cx.read().await?.listed(after, limit).await?;
        let listings = listed
            .into_iter()
            .map(|found| community::listed(&found.community, found.listing, &found.invite));
        Ok(DiscoveryCommunities {
            listings: frame::first(listings),
        })
    }
}
