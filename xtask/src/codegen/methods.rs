//! The method table: what `ClientMessage` can call, and which member of `RPCResult` answers it.
//!
//! The first line of a request's comment says what answers it (`auth.signIn -> auth.Authorization`,
//! or `-> ()`); everything else follows from the descriptors, and is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};
use prost_types::{DescriptorProto, FieldDescriptorProto};

use super::protos::{PREFIX, Proto};

/// What stands between a method and its reply in the comment of a request.
pub(crate) const REPLY_ARROW: &str = " -> ";

/// One method of the protocol.
#[derive(Debug, PartialEq)]
pub(crate) struct Method {
    /// `messages.setMessagePin`.
    name: String,
    /// The tag in `ClientMessage`.
    number: i32,
    /// The member of `ClientMessage`: `messages_set_message_pin`.
    member: String,
    /// `messages.SetMessagePin`.
    request: String,
    /// Absent for a method that returns nothing.
    reply: Option<Reply>,
}

/// A member of `RPCResult`.
#[derive(Clone, Debug, PartialEq)]
struct Reply {
    /// `sent_message`.
    member: String,
    /// `messages.SentMessage`.
    message: String,
}

/// The members of a oneof, and whether one of them is boxed.
const CALL: &str = "core.ClientMessage.message";
const RESULT: &str = "core.RPCResult.result";

/// The methods that the `.proto` files declare, by number.
pub(crate) fn read(protos: &[Proto]) -> Result<Vec<Method>> {
    let core = protos.iter().find(|proto| proto.package == "core");
    let core = core.context("there is no core.proto")?;
    let replies = replies(core.message("RPCResult")?)?;
    let comments = comments(protos);
    let mut methods: Vec<Method> = members(core.message("ClientMessage")?)
        .map(|member| method(member, &comments, &replies).with_context(|| member.name().to_owned()))
        .collect::<Result<_>>()?;
    methods.sort_by_key(|method| method.number);
    check_complete(&methods, &comments, &replies)?;
    Ok(methods)
}

/// The members of a message's oneof.
fn members(message: &DescriptorProto) -> impl Iterator<Item = &FieldDescriptorProto> {
    let fields = message.field.iter();
    fields.filter(|field| field.oneof_index.is_some() && !field.proto3_optional())
}

/// The members of `RPCResult`, by their type.
fn replies(result: &DescriptorProto) -> Result<BTreeMap<String, Reply>> {
    let mut replies = BTreeMap::new();
    for member in members(result) {
        let message = type_name(member)?.to_owned();
        let reply = Reply {
            member: member.name().to_owned(),
            message: message.clone(),
        };
        let other = replies.insert(message, reply);
        ensure!(
            other.is_none(),
            "two members of RPCResult are {}",
            type_name(member)?
        );
    }
    Ok(replies)
}

/// The first line of the comment of each message: `auth.SignIn` to its line.
fn comments(protos: &[Proto]) -> BTreeMap<String, String> {
    let messages = protos.iter().flat_map(|proto| {
        proto.messages().map(move |(message, comment)| {
            let line = comment.lines().next().unwrap_or_default().trim();
            (
                format!("{}.{}", proto.package, message.name()),
                line.to_owned(),
            )
        })
    });
    messages.collect()
}

fn method(
    member: &FieldDescriptorProto,
    comments: &BTreeMap<String, String>,
    replies: &BTreeMap<String, Reply>,
) -> Result<Method> {
    let request = type_name(member)?;
    let (package, message) = request
        .split_once('.')
        .context("the request has no package")?;
    let name = format!("{package}.{}", lower_camel(message));
    let expected = format!("{package}_{}", snake(message));
    ensure!(
        member.name() == expected,
        "this calls {request} and should be {expected}"
    );
    let comment = comments.get(request).map_or("", String::as_str);
    Ok(Method {
        reply: reply(comment, &name, replies)?,
        name,
        number: member.number(),
        member: member.name().to_owned(),
        request: request.to_owned(),
    })
}

/// What a comment says that the method answers.
fn reply(comment: &str, name: &str, replies: &BTreeMap<String, Reply>) -> Result<Option<Reply>> {
    match comment.split_once(REPLY_ARROW) {
        Some((method, "()")) if method == name => Ok(None),
        Some((method, message)) if method == name => {
            let reply = replies.get(message);
            let reply = reply.with_context(|| format!("no member of RPCResult is {message}"))?;
            Ok(Some(reply.clone()))
        }
        _ => bail!("the comment of the request should begin with `{name}{REPLY_ARROW}…`"),
    }
}

/// Fails if a comment declares a method that cannot be called, or a result answers nothing.
fn check_complete(
    methods: &[Method],
    comments: &BTreeMap<String, String>,
    replies: &BTreeMap<String, Reply>,
) -> Result<()> {
    let requests: BTreeSet<&str> = methods
        .iter()
        .map(|method| method.request.as_str())
        .collect();
    for (message, comment) in comments {
        let callable = requests.contains(message.as_str()) || !comment.contains(REPLY_ARROW);
        ensure!(callable, "ClientMessage cannot call {message}");
    }
    let answers = methods.iter().filter_map(|method| method.reply.as_ref());
    let answers: BTreeSet<&str> = answers.map(|reply| reply.message.as_str()).collect();
    for reply in replies.values().filter(|reply| reply.member != "error") {
        let used = answers.contains(reply.message.as_str());
        ensure!(used, "no method answers RPCResult.{}", reply.member);
    }
    Ok(())
}

/// The type of a field without [`PREFIX`]: `auth.SignIn`.
fn type_name(field: &FieldDescriptorProto) -> Result<&str> {
    let name = field.type_name().trim_start_matches('.');
    name.strip_prefix(PREFIX)
        .with_context(|| format!("{} is not a message of ours", field.name()))
}

/// The Rust module with the table.
pub(crate) fn render(methods: &[Method], is_boxed: impl Fn(&str) -> bool) -> Result<String> {
    let mut text = String::from(HEAD);
    imports(&mut text, methods)?;
    table(&mut text, methods)?;
    calls(&mut text, methods, &is_boxed)?;
    results(&mut text, methods, &is_boxed)?;
    callback(&mut text, methods)?;
    Ok(text)
}

const HEAD: &str = "\
//! The method table.
//!
//! Made by `cargo xtask codegen` from `proto/`. Do not edit.

use crate::core::{client_message, rpc_result};
use crate::method::{Method, Reply, Request, UnexpectedResult};
";

fn imports(text: &mut String, methods: &[Method]) -> Result<()> {
    let requests = methods.iter().map(|method| &method.request);
    let replies = methods.iter().filter_map(|method| method.reply.as_ref());
    let messages = requests.chain(replies.map(|reply| &reply.message));
    let packages: BTreeSet<&str> = messages
        .filter_map(|message| message.split_once('.'))
        .map(|(package, _)| package)
        .collect();
    for package in packages {
        writeln!(text, "use crate::{package};")?;
    }
    Ok(())
}

fn table(text: &mut String, methods: &[Method]) -> Result<()> {
    text.push_str("\n/// All methods, by number.\npub const METHODS: &[Method] = &[\n");
    for Method {
        name,
        number,
        request,
        reply,
        ..
    } in methods
    {
        let reply = match reply {
            Some(reply) => format!("Some({:?})", reply.member),
            None => "None".to_owned(),
        };
        writeln!(text, "    Method {{")?;
        writeln!(text, "        name: {name:?},")?;
        writeln!(text, "        number: {number},")?;
        writeln!(text, "        request: \"{PREFIX}{request}\",")?;
        writeln!(text, "        reply: {reply},")?;
        writeln!(text, "    }},")?;
    }
    text.push_str("];\n");
    Ok(())
}

fn calls(text: &mut String, methods: &[Method], is_boxed: impl Fn(&str) -> bool) -> Result<()> {
    text.push_str("\nimpl client_message::Message {\n    /// The method that this calls.\n");
    text.push_str("    pub fn method(&self) -> &'static Method {\n        match self {\n");
    for Method {
        member, request, ..
    } in methods
    {
        let (variant, request) = (upper_camel(member), path(request));
        writeln!(text, "            Self::{variant}(_) => {request}::METHOD,")?;
    }
    text.push_str("        }\n    }\n}\n");
    for (index, method) in methods.iter().enumerate() {
        let boxed = is_boxed(&format!("{CALL}.{}", method.member));
        call(text, index, method, boxed)?;
    }
    Ok(())
}

fn call(text: &mut String, index: usize, method: &Method, boxed: bool) -> Result<()> {
    let request = path(&method.request);
    let variant = upper_camel(&method.member);
    let reply = method
        .reply
        .as_ref()
        .map_or("()".to_owned(), |reply| path(&reply.message));
    let value = if boxed {
        "Box::new(request)"
    } else {
        "request"
    };
    write!(
        text,
        "
impl Request for {request} {{
    type Reply = {reply};
    const METHOD: &'static Method = &METHODS[{index}];
}}

impl From<{request}> for client_message::Message {{
    fn from(request: {request}) -> Self {{
        Self::{variant}({value})
    }}
}}
"
    )?;
    Ok(())
}

fn results(text: &mut String, methods: &[Method], is_boxed: impl Fn(&str) -> bool) -> Result<()> {
    let replies = methods.iter().filter_map(|method| method.reply.as_ref());
    let replies: BTreeMap<&str, &Reply> = replies
        .map(|reply| (reply.member.as_str(), reply))
        .collect();
    text.push_str("\nimpl rpc_result::Result {\n");
    text.push_str("    /// The name of the member that is set, as `RPCResult` spells it.\n");
    text.push_str("    pub fn member(&self) -> &'static str {\n        match self {\n");
    text.push_str("            Self::Error(_) => \"error\",\n");
    for member in replies.keys() {
        writeln!(
            text,
            "            Self::{}(_) => {member:?},",
            upper_camel(member)
        )?;
    }
    text.push_str("        }\n    }\n}\n");
    for reply in replies.values() {
        let boxed = is_boxed(&format!("{RESULT}.{}", reply.member));
        result(text, reply, boxed)?;
    }
    Ok(())
}

fn result(text: &mut String, Reply { member, message }: &Reply, boxed: bool) -> Result<()> {
    let (message, variant) = (path(message), upper_camel(member));
    let (into, from) = if boxed {
        ("Box::new(self)", "*reply")
    } else {
        ("self", "reply")
    };
    write!(
        text,
        "
impl Reply for {message} {{
    fn into_result(self) -> Option<rpc_result::Result> {{
        Some(rpc_result::Result::{variant}({into}))
    }}

    fn from_result(result: Option<rpc_result::Result>) -> Result<Self, UnexpectedResult> {{
        match result {{
            Some(rpc_result::Result::{variant}(reply)) => Ok({from}),
            other => Err(UnexpectedResult::new(Some({member:?}), other.as_ref())),
        }}
    }}
}}
"
    )?;
    Ok(())
}

/// The macro that tells other crates of every method.
fn callback(text: &mut String, methods: &[Method]) -> Result<()> {
    text.push_str(CALLBACK_HEAD);
    for Method {
        member, request, ..
    } in methods
    {
        let (variant, request) = (upper_camel(member), path(request));
        writeln!(text, "            {variant} => $crate::{request},")?;
    }
    text.push_str("        }\n    };\n}\n");
    Ok(())
}

const CALLBACK_HEAD: &str = "
/// Calls another macro with one row for each method, by number: the variant of
/// [`client_message::Message`](crate::core::client_message::Message), `=>`, the path of the request.
///
/// A server makes its dispatch from it, and cannot forget a method:
///
/// ```
/// use osmium_proto::core::client_message::Message;
/// use osmium_proto::{IntoRequest, Request};
///
/// fn handle<R: Request>(request: R) -> &'static str {
///     R::METHOD.name
/// }
///
/// macro_rules! dispatch {
///     ($($variant:ident => $request:path,)*) => {
///         fn dispatch(message: Message) -> &'static str {
///             match message {
///                 $(Message::$variant(request) => handle::<$request>(request.into_request()),)*
///             }
///         }
///     };
/// }
/// osmium_proto::for_each_method!(dispatch);
///
/// let message = osmium_proto::auth::GetSessions {}.into();
/// assert_eq!(dispatch(message), \"auth.getSessions\");
/// ```
#[macro_export]
macro_rules! for_each_method {
    ($callback:ident) => {
        $callback! {
";

/// `messages.SetMessagePin` as a Rust path.
fn path(message: &str) -> String {
    message.replace('.', "::")
}

/// `SetMessagePin` as `setMessagePin`.
fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// `SetMessagePin` as `set_message_pin`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `set_message_pin` as `SetMessagePin`.
fn upper_camel(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_three_ways() {
        assert_eq!(lower_camel("SetMessagePin"), "setMessagePin");
        assert_eq!(snake("SetMessagePin"), "set_message_pin");
        assert_eq!(upper_camel("set_message_pin"), "SetMessagePin");
        assert_eq!(path("messages.SetMessagePin"), "messages::SetMessagePin");
    }

    #[test]
    fn the_comment_says_what_answers() -> Result<()> {
        let sessions = Reply {
            member: "sessions".into(),
            message: "auth.Sessions".into(),
        };
        let replies = BTreeMap::from([("auth.Sessions".to_owned(), sessions.clone())]);
        let reply = |comment| reply(comment, "auth.getSessions", &replies);
        assert_eq!(reply("auth.getSessions -> ()")?, None);
        assert_eq!(reply("auth.getSessions -> auth.Sessions")?, Some(sessions));
        assert!(reply("auth.getSessions -> auth.Session").is_err());
        assert!(reply("auth.sessions -> ()").is_err());
        assert!(reply("Lists the logins of the caller.").is_err());
        Ok(())
    }
}
