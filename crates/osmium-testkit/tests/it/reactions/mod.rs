//! Package `reactions`.

mod add_reaction;
mod history;
mod remove_reaction;

use osmium_proto::reactions::reaction_emoji::Emoji;
use osmium_proto::reactions::{
    AddReaction, MessageReactionField, MessageReactions, ReactionEmoji, RemoveReaction,
};
use osmium_proto::refs::ChatRef;
use osmium_proto::updates::UpdateMessageReactions;
use osmium_testkit::Person;

/// An emoji as it is typed.
fn typed(text: &str) -> ReactionEmoji {
    let emoji = Some(Emoji::UnicodeEmoji(text.to_owned()));
    ReactionEmoji { emoji }
}

/// A custom emoji.
fn custom(id: u64) -> ReactionEmoji {
    let emoji = Some(Emoji::CustomEmoji(id));
    ReactionEmoji { emoji }
}

fn add(chat: ChatRef, message_id: u64, text: &str) -> AddReaction {
    AddReaction {
        chat_ref: Some(chat),
        message_id,
        emoji: Some(typed(text)),
    }
}

fn remove(chat: ChatRef, message_id: u64, text: &str) -> RemoveReaction {
    RemoveReaction {
        chat_ref: Some(chat),
        message_id,
        emoji: Some(typed(text)),
    }
}

/// An emoji under a message, as someone sees it who chose it, or did not.
fn field(text: &str, count: u32, me: bool, preview: &[&Person]) -> MessageReactionField {
    MessageReactionField {
        emoji: Some(typed(text)),
        count,
        me,
        preview_user_ids: preview.iter().map(|person| person.user_id).collect(),
    }
}

/// The next update, which has to tell of the reactions to this message of this chat; gives them.
async fn told(person: &mut Person, chat: ChatRef, message_id: u64) -> Vec<MessageReactionField> {
    let told: UpdateMessageReactions = person.expect().await;
    assert_eq!(told.chat_ref, Some(chat));
    let reactions = told.reactions.unwrap_or_default();
    assert_eq!(reactions.message_id, message_id);
    reactions.reaction_fields
}

/// The reactions to a message, as someone finds them among the newest of the chat.
async fn listed(person: &Person, chat: ChatRef, message_id: u64) -> Vec<MessageReactionField> {
    let page = person.history(chat).await.expect("they may see the chat");
    let of_message = |reactions: &MessageReactions| reactions.message_id == message_id;
    let found = page.reactions.into_iter().find(of_message);
    found.map_or_else(Vec::new, |reactions| reactions.reaction_fields)
}
