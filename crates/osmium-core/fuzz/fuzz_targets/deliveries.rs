//! What processes tell each other over the bus and through the log. Anything is read or passed over; what is read is
//! the same after another way, and its updates fit on the wire.
#![no_main]

use libfuzzer_sys::fuzz_target;
use osmium_model::event::Announcement;
use osmium_model::{Event, NotifPrefs, Permissions};
use osmium_wire::community::Standing;
use osmium_wire::{Delivery, Template, Value};

fuzz_target!(|bytes: &[u8]| {
    if let Some(event) = Event::decode(bytes) {
        assert_eq!(Event::decode(&event.encode()), Some(event));
    }
    let announcements = Announcement::decode(bytes);
    let again = Announcement::decode(&Announcement::encode(&announcements));
    assert_eq!(again, announcements);
    let deliveries = Delivery::decode(bytes);
    deliveries.iter().for_each(frame_all);
    let again = Delivery::decode(&Delivery::encode(&deliveries));
    assert_eq!(again, deliveries);
});

fn frame_all(delivery: &Delivery) {
    if let Delivery::Event { body, .. } | Delivery::Passing(body) = delivery {
        for update in &body.updates {
            frame(&update.template);
            update.newest.iter().for_each(frame);
        }
    }
}

fn frame(template: &Template) {
    let unread = Value::Unread {
        count: u32::MAX,
        client_id: Some(u64::MAX),
    };
    let standing = Value::Standing(Standing {
        owner: true,
        permissions: Permissions::all(),
        notif_prefs: NotifPrefs::Default,
    });
    for (id, value) in [(0, Value::Same), (1, unread), (u32::MAX, standing)] {
        // The size counts 8 bytes for each nest, and 16 beside.
        assert!(template.fill(id, value).to_bytes().len() <= template.size() + 64);
    }
}
