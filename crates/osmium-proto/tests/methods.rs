//! The method table against the messages that it is about.

use std::collections::BTreeSet;
use std::fmt::Debug;

use osmium_proto::core::client_message::Message as Call;
use osmium_proto::core::{ClientMessage, RpcError, RpcResult, rpc_result};
use osmium_proto::{METHODS, Reply, Request, auth};
use prost::Message;

type TestResult = Result<(), Box<dyn std::error::Error>>;

#[test]
fn there_are_118_methods_with_numbers_and_names_of_their_own() {
    let numbers: Vec<u32> = METHODS.iter().map(|method| method.number).collect();
    let names: BTreeSet<&str> = METHODS.iter().map(|method| method.name).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next));
    assert_eq!(numbers.len(), 118);
    assert_eq!(names.len(), 118);
}

#[test]
fn every_request_is_a_row_of_the_table() -> TestResult {
    let mut seen = BTreeSet::new();
    macro_rules! check {
        ($($variant:ident => $request:path,)*) => {
            $(
                let call = Call::$variant(<$request>::default().into());
                assert_eq!(call.method(), <$request>::METHOD);
                let back = over_the_wire(call)?;
                assert!(matches!(back, Some(Call::$variant(_))));
                seen.insert(<$request>::METHOD.number);
            )*
        };
    }
    osmium_proto::for_each_method!(check);
    assert!(METHODS.iter().map(|method| method.number).eq(seen));
    Ok(())
}

/// The call as the other side reads it, after checking that the number is that of the method.
fn over_the_wire(call: Call) -> Result<Option<Call>, prost::DecodeError> {
    let number = call.method().number;
    let message = ClientMessage {
        id: 0,
        message: Some(call),
    };
    let bytes = message.encode_to_vec();
    let (key, _) = prost::encoding::decode_key(&mut bytes.as_slice())?;
    assert_eq!(key, number);
    Ok(ClientMessage::decode(bytes.as_slice())?.message)
}

#[test]
fn every_reply_is_told_from_all_others() -> TestResult {
    macro_rules! check {
        ($($variant:ident => $request:path,)*) => {
            $(check_reply::<$request>()?;)*
        };
    }
    osmium_proto::for_each_method!(check);
    Ok(())
}

fn check_reply<R>() -> TestResult
where
    R: Request,
    R::Reply: Default + Debug + PartialEq,
{
    let result = R::Reply::default().into_result();
    let member = result.as_ref().map(rpc_result::Result::member);
    assert_eq!(member, R::METHOD.reply, "{}", R::METHOD.name);
    let message = RpcResult {
        result,
        ..Default::default()
    };
    let message = RpcResult::decode(message.encode_to_vec().as_slice())?;
    assert_eq!(R::Reply::from_result(message.result)?, R::Reply::default());
    let error = rpc_result::Result::Error(RpcError::default());
    assert!(R::Reply::from_result(Some(error)).is_err());
    Ok(())
}

#[test]
fn a_wrong_reply_says_what_was_expected() {
    let nothing = auth::Sessions::from_result(None);
    let something = <()>::from_result(auth::Sessions::default().into_result());
    assert_eq!(
        nothing.map_err(|error| error.to_string()),
        Err("the result holds nothing, not sessions".to_owned())
    );
    assert_eq!(
        something.map_err(|error| error.to_string()),
        Err("the result holds sessions, not nothing".to_owned())
    );
}
