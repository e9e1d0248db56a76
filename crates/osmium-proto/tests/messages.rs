//! The messages: what they weigh in memory, and what they make of what they do not know.

use bytes::Bytes;
use osmium_proto::core::{ClientMessage, RpcResult, ServerMessage};
use osmium_proto::{auth, media, updates};
use prost::Message;

#[test]
fn the_envelopes_are_small() {
    assert!(size_of::<ClientMessage>() <= 112);
    assert!(size_of::<RpcResult>() <= 136);
    assert!(size_of::<updates::Update>() <= 96);
    assert!(size_of::<ServerMessage>() <= 144);
}

#[test]
fn unknown_fields_are_skipped() -> Result<(), prost::DecodeError> {
    let mut bytes = auth::SignIn {
        email: "ann@example.org".to_owned(),
        ..Default::default()
    }
    .encode_to_vec();
    prost::encoding::string::encode(1000, &"from the future".to_owned(), &mut bytes);
    let request = auth::SignIn::decode(bytes.as_slice())?;
    assert_eq!(request.email, "ann@example.org");
    Ok(())
}

#[test]
fn an_unknown_method_is_a_message_without_one() -> Result<(), prost::DecodeError> {
    let mut bytes = ClientMessage {
        id: 5,
        message: None,
    }
    .encode_to_vec();
    prost::encoding::message::encode(1000, &auth::GetSessions {}, &mut bytes);
    let message = ClientMessage::decode(bytes.as_slice())?;
    assert_eq!(message.id, 5);
    assert_eq!(message.message, None);
    Ok(())
}

#[test]
fn bytes_share_the_memory_of_their_frame() -> Result<(), prost::DecodeError> {
    let part = media::FilePart {
        data: Bytes::from(vec![7; 1000]),
    };
    let frame = Bytes::from(part.encode_to_vec());
    let data = media::FilePart::decode(frame.clone())?.data;
    assert!(frame.as_ptr_range().contains(&data.as_ptr()));
    Ok(())
}
