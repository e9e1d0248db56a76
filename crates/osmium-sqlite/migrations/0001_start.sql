-- Ids, times (milliseconds since 1970) and permission bits are signed 64-bit integers; truths are 0 and 1.

-- The streams of events: every user, group and community.
CREATE TABLE topics (
    topic_id INTEGER NOT NULL CONSTRAINT topics_pkey PRIMARY KEY,
    kind INTEGER NOT NULL CONSTRAINT topics_kind_check CHECK (kind BETWEEN 1 AND 3), -- 1 user, 2 group, 3 community
    seq INTEGER NOT NULL, -- the number of the latest event
    epoch INTEGER NOT NULL -- of a community: grows when its rules or who holds what in it change
) STRICT;

-- The log: what happened in each topic, for as long as it is kept.
CREATE TABLE events (
    topic_id INTEGER NOT NULL CONSTRAINT events_topic_id_fkey REFERENCES topics (topic_id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    partition INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, -- by the database's clock
    body BLOB NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (topic_id, seq)
) STRICT, WITHOUT ROWID;

-- What some partitions got lately, for the fan-out; what is old, for pruning.
CREATE INDEX events_partition_recorded_at_idx ON events (partition, recorded_at, topic_id, seq);

-- Up to when all events of a partition are known to be published.
CREATE TABLE checkpoints (
    partition INTEGER NOT NULL CONSTRAINT checkpoints_pkey PRIMARY KEY,
    published_to INTEGER NOT NULL
) STRICT;

-- The worker numbers of snowflakes, and who makes ids under which.
CREATE TABLE workers (
    worker INTEGER NOT NULL CONSTRAINT workers_pkey PRIMARY KEY,
    holder TEXT NULL,
    expires_at INTEGER NOT NULL,
    used_to INTEGER NOT NULL -- the time of the latest id that is known of
) STRICT;

WITH RECURSIVE numbers (worker) AS (SELECT 0 UNION ALL SELECT worker + 1 FROM numbers WHERE worker < 1023)
INSERT INTO workers (worker, holder, expires_at, used_to)
SELECT worker, NULL, 0, 0
FROM numbers;

-- What everyone sees of a user.
CREATE TABLE users (
    user_id INTEGER NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
    name TEXT NOT NULL,
    username TEXT NULL CONSTRAINT users_username_key UNIQUE,
    bot INTEGER NOT NULL CONSTRAINT users_bot_check CHECK (bot IN (0, 1)),
    icon INTEGER NULL,
    color INTEGER NULL
) STRICT;

-- What a user's page shows besides.
CREATE TABLE profiles (
    user_id INTEGER NOT NULL
        CONSTRAINT profiles_pkey PRIMARY KEY
        CONSTRAINT profiles_user_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    bio TEXT NOT NULL,
    theme_color INTEGER NULL,
    show_banner_in_voice INTEGER NULL
        CONSTRAINT profiles_show_banner_in_voice_check CHECK (show_banner_in_voice IN (0, 1))
) STRICT;

-- What only a user and the operator know.
CREATE TABLE accounts (
    user_id INTEGER NOT NULL
        CONSTRAINT accounts_pkey PRIMARY KEY
        CONSTRAINT accounts_user_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    email TEXT NULL CONSTRAINT accounts_email_key UNIQUE, -- in lower case
    password_hash TEXT NULL,
    disabled INTEGER NOT NULL CONSTRAINT accounts_disabled_check CHECK (disabled IN (0, 1))
) STRICT;

-- Sign-ins that can be authorized again with their token.
CREATE TABLE logins (
    login_id INTEGER NOT NULL CONSTRAINT logins_pkey PRIMARY KEY,
    user_id INTEGER NOT NULL CONSTRAINT logins_user_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    client_id INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    device_kind TEXT NOT NULL,
    device_version TEXT NOT NULL,
    app_version TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_active INTEGER NOT NULL
) STRICT;

-- The logins of a user, the one used last first.
CREATE INDEX logins_user_id_last_active_idx ON logins (user_id, last_active DESC);

-- Applications: the names that logins are listed under.
CREATE TABLE apps (
    client_id INTEGER NOT NULL CONSTRAINT apps_pkey PRIMARY KEY,
    name TEXT NOT NULL,
    owner_id INTEGER NOT NULL,
    bot_id INTEGER NOT NULL
) STRICT;

-- Communities.
CREATE TABLE communities (
    community_id INTEGER NOT NULL CONSTRAINT communities_pkey PRIMARY KEY,
    name TEXT NOT NULL,
    username TEXT NULL CONSTRAINT communities_username_key UNIQUE,
    owner_id INTEGER NOT NULL,
    default_permissions INTEGER NOT NULL,
    system_channel_id INTEGER NULL,
    join_messages INTEGER NOT NULL CONSTRAINT communities_join_messages_check CHECK (join_messages IN (0, 1))
) STRICT;

-- Who is a member of which community.
CREATE TABLE members (
    community_id INTEGER NOT NULL
        CONSTRAINT members_community_id_fkey REFERENCES communities (community_id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    nickname TEXT NULL,
    joined_id INTEGER NOT NULL, -- made when they joined: messages with lower ids count as read
    notif_prefs INTEGER NOT NULL,
    CONSTRAINT members_pkey PRIMARY KEY (community_id, user_id)
) STRICT, WITHOUT ROWID;

-- The communities of a user, by when they joined.
CREATE INDEX members_user_id_joined_id_idx ON members (user_id, joined_id);

-- The channels of communities.
CREATE TABLE channels (
    channel_id INTEGER NOT NULL CONSTRAINT channels_pkey PRIMARY KEY,
    community_id INTEGER NOT NULL
        CONSTRAINT channels_community_id_fkey REFERENCES communities (community_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL, -- as the wire numbers them
    position INTEGER NOT NULL,
    parent_id INTEGER NULL,
    explicit INTEGER NOT NULL CONSTRAINT channels_explicit_check CHECK (explicit IN (0, 1)),
    highlighted_id INTEGER NULL,
    description TEXT NULL,
    slowmode_seconds INTEGER NOT NULL,
    preferred_region TEXT NULL
) STRICT;

-- The channels of a community in their order.
CREATE INDEX channels_community_id_position_idx ON channels (community_id, position, channel_id);

-- Conversations and their counters. A channel's chat has the channel's id; categories have none.
CREATE TABLE chats (
    chat_id INTEGER NOT NULL CONSTRAINT chats_pkey PRIMARY KEY,
    kind INTEGER NOT NULL CONSTRAINT chats_kind_check CHECK (kind BETWEEN 1 AND 4), -- 1 channel, 2 direct, 3 group, 4 saved
    community_id INTEGER NULL -- of a channel
        CONSTRAINT chats_community_id_fkey REFERENCES communities (community_id) ON DELETE CASCADE,
    user_a INTEGER NULL, -- of direct chats, the lower id; of saved messages, both are their owner
    user_b INTEGER NULL,
    last_ordinal INTEGER NOT NULL, -- how many messages there ever were
    last_message_id INTEGER NULL, -- the latest that is still there
    highest_id INTEGER NOT NULL, -- the greatest id that a message ever had
    CONSTRAINT chats_direct_key UNIQUE (user_a, user_b)
) STRICT;

-- The chats of a user's communities, to count what is unread.
CREATE INDEX chats_community_id_idx ON chats (community_id) WHERE community_id IS NOT NULL;

-- In whose list of chats a direct chat, saved messages or a group stands, and where.
CREATE TABLE participants (
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL CONSTRAINT participants_chat_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE,
    sort_id INTEGER NOT NULL, -- the id of the latest message, or the chat's if there is none
    notif_prefs INTEGER NOT NULL,
    CONSTRAINT participants_pkey PRIMARY KEY (user_id, chat_id)
) STRICT, WITHOUT ROWID;

-- A page of a user's chats, the newest first.
CREATE INDEX participants_user_id_sort_id_idx ON participants (user_id, sort_id DESC);

-- Whose lists a new message moves its chat in.
CREATE INDEX participants_chat_id_idx ON participants (chat_id);

-- How far users have read, where that is not where they joined.
CREATE TABLE reads (
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL CONSTRAINT reads_chat_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    message_id INTEGER NULL,
    CONSTRAINT reads_pkey PRIMARY KEY (user_id, chat_id)
) STRICT, WITHOUT ROWID;

-- The positions that go when a chat does.
CREATE INDEX reads_chat_id_idx ON reads (chat_id);

-- Messages. Within a chat, ordinals grow with ids.
CREATE TABLE messages (
    chat_id INTEGER NOT NULL CONSTRAINT messages_chat_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    kind INTEGER NOT NULL, -- as the wire numbers them
    text TEXT NOT NULL,
    extras BLOB NULL, -- entities and reply as MessagePack; none for a plain message
    edited_at INTEGER NULL,
    pinned INTEGER NOT NULL CONSTRAINT messages_pinned_check CHECK (pinned IN (0, 1)),
    CONSTRAINT messages_pkey PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;

-- The ordinals of messages that are gone: they are not unread.
CREATE TABLE deletions (
    chat_id INTEGER NOT NULL CONSTRAINT deletions_chat_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    CONSTRAINT deletions_pkey PRIMARY KEY (chat_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What clients called the messages they sent lately, so that a repeated send is known.
CREATE TABLE sends (
    author_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    client_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    CONSTRAINT sends_pkey PRIMARY KEY (author_id, chat_id, client_id)
) STRICT, WITHOUT ROWID;

-- What is old, for pruning.
CREATE INDEX sends_sent_at_idx ON sends (sent_at);

-- Invites.
CREATE TABLE invites (
    code TEXT NOT NULL CONSTRAINT invites_pkey PRIMARY KEY,
    creator_id INTEGER NOT NULL,
    target_kind INTEGER NOT NULL
        CONSTRAINT invites_target_kind_check CHECK (target_kind BETWEEN 1 AND 3), -- 1 community, 2 group, 3 user
    target_id INTEGER NOT NULL,
    expires_at INTEGER NULL,
    max_uses INTEGER NULL,
    uses INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The invites of a target, the newest first.
CREATE INDEX invites_target_id_created_at_idx ON invites (target_kind, target_id, created_at DESC);
