//! Statuses and activities.

use osmium_model::{Activity, ActivityKind, Availability, Status, Timestamp, UserId};
use osmium_proto::types::{UserStatus, user_status};
use osmium_proto::updates::UpdateUserStatus;

/// A status as the wire writes it.
pub fn status(status: &Status) -> UserStatus {
    UserStatus {
        status: Some(status.availability as i32),
        activities: status.activities.iter().map(activity).collect(),
    }
}

/// An update of a user's status; without one, the user is offline, and the update has none either.
pub fn status_update(user: UserId, status: Option<&Status>) -> UpdateUserStatus {
    UpdateUserStatus {
        user_id: user.0,
        status: status.map(self::status),
    }
}

fn activity(activity: &Activity) -> user_status::Activity {
    user_status::Activity {
        title: activity.title.clone(),
        r#type: activity.kind as i32,
        start_time: activity.started_at.millis(),
        end_time: activity.ends_at.map(Timestamp::millis),
        state: activity.state.clone(),
    }
}

/// What a client says of itself; none if a number is unknown.
pub fn parse_status(availability: i32, activities: Vec<user_status::Activity>) -> Option<Status> {
    Some(Status {
        availability: Availability::from_number(availability)?,
        activities: activities
            .into_iter()
            .map(parse_activity)
            .collect::<Option<_>>()?,
    })
}

fn parse_activity(activity: user_status::Activity) -> Option<Activity> {
    Some(Activity {
        title: activity.title,
        kind: ActivityKind::from_number(activity.r#type)?,
        started_at: Timestamp::from_client(activity.start_time),
        ends_at: activity.end_time.map(Timestamp::from_client),
        state: activity.state,
    })
}
