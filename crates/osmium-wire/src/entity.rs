//! Entities: how ranges of a text look.

use osmium_model::{EmojiId, Entity, EntityKind};
use osmium_proto::types::MessageEntity;
use osmium_proto::types::message_entity::{
    CustomEmojiEntity, Entity as Wire, PreEntity, SpoilerEntity, TextUrlEntity, UserMentionEntity,
};

/// Reads what a client sent. Entities of kinds that we do not know are dropped.
pub fn parse(entities: Vec<MessageEntity>) -> Vec<Entity> {
    entities.into_iter().filter_map(parse_one).collect()
}

fn parse_one(entity: MessageEntity) -> Option<Entity> {
    let kind = match entity.entity? {
        Wire::Bold(_) => EntityKind::Bold,
        Wire::Italic(_) => EntityKind::Italic,
        Wire::Underline(_) => EntityKind::Underline,
        Wire::Strikethrough(_) => EntityKind::Strikethrough,
        Wire::Code(_) => EntityKind::Code,
        Wire::Url(_) => EntityKind::Url,
        Wire::Spoiler(SpoilerEntity {}) => EntityKind::Spoiler,
        Wire::Pre(pre) => EntityKind::Pre {
            language: pre.language,
        },
        Wire::TextUrl(link) => EntityKind::TextUrl(link.url),
        Wire::CustomEmoji(emoji) => EntityKind::CustomEmoji(EmojiId(emoji.emoji_id)),
        Wire::UserMention(UserMentionEntity {}) => EntityKind::UserMention,
        Wire::Username(_) => EntityKind::Username,
    };
    Some(Entity {
        start: entity.start_index,
        length: entity.length,
        kind,
    })
}

/// Entities as the wire writes them.
pub fn render(entities: &[Entity]) -> Vec<MessageEntity> {
    entities.iter().map(render_one).collect()
}

fn render_one(entity: &Entity) -> MessageEntity {
    let wire = match &entity.kind {
        EntityKind::Bold => Wire::Bold(true),
        EntityKind::Italic => Wire::Italic(true),
        EntityKind::Underline => Wire::Underline(true),
        EntityKind::Strikethrough => Wire::Strikethrough(true),
        EntityKind::Code => Wire::Code(true),
        EntityKind::Url => Wire::Url(true),
        EntityKind::Spoiler => Wire::Spoiler(SpoilerEntity {}),
        EntityKind::Pre { language } => Wire::Pre(PreEntity {
            language: language.clone(),
        }),
        EntityKind::TextUrl(url) => Wire::TextUrl(TextUrlEntity { url: url.clone() }),
        EntityKind::CustomEmoji(id) => Wire::CustomEmoji(CustomEmojiEntity { emoji_id: id.0 }),
        EntityKind::UserMention => Wire::UserMention(UserMentionEntity {}),
        EntityKind::Username => Wire::Username(true),
    };
    MessageEntity {
        start_index: entity.start,
        length: entity.length,
        entity: Some(wire),
    }
}
