//! Package `friends`.

mod change_relationship;
mod get_relationships;
mod model;
mod sync_friends;
mod writing;

use osmium_proto::types::{RelationshipStatus, User};
use osmium_proto::updates::{UpdateUser, UpdateUserRelationship};
use osmium_testkit::Person;

/// What someone becomes to a person, as that person is told of it next: with the user.
async fn told(person: &mut Person) -> (User, RelationshipStatus) {
    let user: UpdateUser = person.expect().await;
    let relationship: UpdateUserRelationship = person.expect().await;
    let relationship = relationship.relationship.unwrap_or_default();
    let shown = user.user.unwrap_or_default();
    assert_eq!(relationship.user_id, user.user_id);
    assert_eq!(shown.id, user.user_id);
    (shown, relationship.status())
}
