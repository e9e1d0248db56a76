-- The schema of the first release.
--
-- Ids, permission bits and unsigned numbers are BIGINT; times are BIGINT milliseconds since the epoch.
-- A child that makes no sense without its parent goes with it (ON DELETE CASCADE).

-- The database's clock, in milliseconds since the epoch.
CREATE FUNCTION now_ms() RETURNS BIGINT LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT;

-- The log ------------------------------------------------------------------------------------------------

-- How far each topic's log goes. Transactions lock the rows of the topics they write to, so this is also
-- what puts them in order. `kind`: 1 user, 2 group, 3 community. `seq`: the number of the latest event.
-- `epoch`: grows with every change of what decides who may do what.
-- (Every commit updates a row here; free space on its page lets it stay there, and its index untouched.)
CREATE TABLE topics (
    topic_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    seq BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    CONSTRAINT topics_pkey PRIMARY KEY (topic_id),
    CONSTRAINT topics_kind_check CHECK (kind BETWEEN 1 AND 3)
) WITH (fillfactor = 60);

-- What happened, by topic, numbered from 1 without gaps. `partition`: the topic's share, see `checkpoints`.
CREATE TABLE events (
    topic_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    partition SMALLINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (topic_id, seq)
);

-- What a partition got lately, from the index alone; and, partition by partition, what is old enough to prune.
CREATE INDEX events_partition_recorded_at_idx ON events (partition, recorded_at) INCLUDE (topic_id, seq);

-- Up to when all events of a partition are known to be published.
CREATE TABLE checkpoints (
    partition SMALLINT NOT NULL,
    published_to BIGINT NOT NULL,
    CONSTRAINT checkpoints_pkey PRIMARY KEY (partition)
);

-- The worker numbers that ids are made under, and who holds them until when. `used_to`: the time of the
-- latest id known to have been made.
CREATE TABLE workers (
    worker SMALLINT NOT NULL,
    holder TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_to BIGINT NOT NULL,
    CONSTRAINT workers_pkey PRIMARY KEY (worker)
);

INSERT INTO workers (worker, holder, expires_at, used_to)
SELECT worker, '', 0, 0 FROM generate_series(0, 1023) AS worker;

-- Users --------------------------------------------------------------------------------------------------

-- What everyone sees of a user.
CREATE TABLE users (
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    username TEXT,
    bot BOOLEAN NOT NULL,
    icon BIGINT,
    color BIGINT,
    CONSTRAINT users_pkey PRIMARY KEY (user_id),
    CONSTRAINT users_username_key UNIQUE (username)
);

-- What a user's page shows besides.
CREATE TABLE profiles (
    user_id BIGINT NOT NULL,
    bio TEXT NOT NULL,
    theme_color BIGINT,
    show_banner_in_voice BOOLEAN,
    CONSTRAINT profiles_pkey PRIMARY KEY (user_id),
    CONSTRAINT profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
);

-- What only the user and the operator know. `email` is in lower case.
CREATE TABLE accounts (
    user_id BIGINT NOT NULL,
    email TEXT,
    password_hash TEXT,
    disabled BOOLEAN NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (user_id),
    CONSTRAINT accounts_email_key UNIQUE (email),
    CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
);

-- Sign-ins that can be authorized again with their token.
CREATE TABLE logins (
    login_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    token_hash BYTEA NOT NULL,
    device_kind TEXT NOT NULL,
    device_version TEXT NOT NULL,
    app_version TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_active BIGINT NOT NULL,
    CONSTRAINT logins_pkey PRIMARY KEY (login_id),
    CONSTRAINT logins_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
);

-- A user's logins, the one used last first.
CREATE INDEX logins_user_id_idx ON logins (user_id, last_active DESC);

-- Applications: the names that logins are listed under.
CREATE TABLE apps (
    client_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    bot_id BIGINT NOT NULL,
    CONSTRAINT apps_pkey PRIMARY KEY (client_id)
);

-- Communities --------------------------------------------------------------------------------------------

-- Communities. Handles are a namespace of their own.
CREATE TABLE communities (
    community_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    username TEXT,
    owner_id BIGINT NOT NULL,
    default_permissions BIGINT NOT NULL,
    system_channel_id BIGINT,
    join_messages BOOLEAN NOT NULL,
    CONSTRAINT communities_pkey PRIMARY KEY (community_id),
    CONSTRAINT communities_username_key UNIQUE (username)
);

-- Who is a member of which community. `joined_id`: a snowflake made when they joined.
CREATE TABLE members (
    community_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    nickname TEXT,
    joined_id BIGINT NOT NULL,
    notif_prefs SMALLINT NOT NULL,
    CONSTRAINT members_pkey PRIMARY KEY (community_id, user_id),
    CONSTRAINT members_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities ON DELETE CASCADE
);

-- A user's communities, by when they joined.
CREATE INDEX members_user_id_idx ON members (user_id, joined_id);

-- The channels of communities.
CREATE TABLE channels (
    channel_id BIGINT NOT NULL,
    community_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind SMALLINT NOT NULL,
    position BIGINT NOT NULL,
    parent_id BIGINT,
    explicit BOOLEAN NOT NULL,
    highlighted_id BIGINT,
    description TEXT,
    slowmode_seconds BIGINT NOT NULL,
    preferred_region TEXT,
    CONSTRAINT channels_pkey PRIMARY KEY (channel_id),
    CONSTRAINT channels_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities ON DELETE CASCADE
);

-- A community's channels, as they are listed.
CREATE INDEX channels_community_id_idx ON channels (community_id, position, channel_id);

-- Chats --------------------------------------------------------------------------------------------------

-- Conversations and their counters. `kind`: 1 channel (its id is the channel's), 2 direct (user_a < user_b),
-- 3 group (its id is the group's), 4 saved messages (user_a = user_b). `last_ordinal`: how many messages were
-- ever sent. `last_message_id`: the latest that was not deleted. `highest_id`: the greatest id ever.
CREATE TABLE chats (
    chat_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    community_id BIGINT,
    user_a BIGINT,
    user_b BIGINT,
    last_ordinal BIGINT NOT NULL,
    last_message_id BIGINT,
    highest_id BIGINT NOT NULL,
    CONSTRAINT chats_pkey PRIMARY KEY (chat_id),
    CONSTRAINT chats_direct_key UNIQUE (user_a, user_b),
    CONSTRAINT chats_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities ON DELETE CASCADE,
    CONSTRAINT chats_kind_check CHECK (
        CASE kind
            WHEN 1 THEN community_id IS NOT NULL AND user_a IS NULL AND user_b IS NULL
            WHEN 2 THEN community_id IS NULL AND user_a < user_b
            WHEN 3 THEN community_id IS NULL AND user_a IS NULL AND user_b IS NULL
            WHEN 4 THEN community_id IS NULL AND user_a = user_b
        END IS TRUE
    )
) WITH (fillfactor = 80);

-- The chats of a community: its unread counts, and its end.
CREATE INDEX chats_community_id_idx ON chats (community_id) WHERE community_id IS NOT NULL;

-- The direct chats, saved messages and groups in a user's list. `sort_id`: the chat's latest message, or the
-- chat's own id if it has none.
CREATE TABLE participants (
    chat_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    sort_id BIGINT NOT NULL,
    notif_prefs SMALLINT NOT NULL,
    CONSTRAINT participants_pkey PRIMARY KEY (chat_id, user_id),
    CONSTRAINT participants_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats ON DELETE CASCADE
);

-- A user's list, the newest first.
CREATE INDEX participants_sort_idx ON participants (user_id, sort_id DESC);

-- How far readers have read. No row: from where they came in. (Updated with each message its author sends.)
CREATE TABLE reads (
    user_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    message_id BIGINT,
    CONSTRAINT reads_pkey PRIMARY KEY (user_id, chat_id),
    CONSTRAINT reads_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats ON DELETE CASCADE
) WITH (fillfactor = 80);

-- The positions of many readers of a chat, and the end of the chat.
CREATE INDEX reads_chat_id_idx ON reads (chat_id, user_id);

-- Messages. `ordinal`: the number in the chat, growing with the id. `extras`: what few have, as JSON.
CREATE TABLE messages (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    text TEXT NOT NULL,
    extras TEXT,
    edited_at BIGINT,
    pinned BOOLEAN NOT NULL,
    CONSTRAINT messages_pkey PRIMARY KEY (chat_id, message_id),
    CONSTRAINT messages_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats ON DELETE CASCADE
);

-- The ordinals of messages that are gone.
CREATE TABLE deletions (
    chat_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    CONSTRAINT deletions_pkey PRIMARY KEY (chat_id, ordinal),
    CONSTRAINT deletions_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats ON DELETE CASCADE
);

-- What makes a repeated send harmless: what authors' clients called the messages they sent lately. Rows outlive
-- their chat until they are pruned. `client_id` is an unsigned number, stored as the signed one of the same bits.
CREATE TABLE sends (
    author_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    CONSTRAINT sends_pkey PRIMARY KEY (author_id, chat_id, client_id)
);

-- What is old enough to prune.
CREATE INDEX sends_sent_at_idx ON sends (sent_at);

-- Invites ------------------------------------------------------------------------------------------------

-- Invites. `target_kind`: 1 community, 2 group, 3 user.
CREATE TABLE invites (
    code TEXT NOT NULL,
    creator_id BIGINT NOT NULL,
    target_kind SMALLINT NOT NULL,
    target_id BIGINT NOT NULL,
    expires_at BIGINT,
    max_uses BIGINT,
    uses BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT invites_pkey PRIMARY KEY (code),
    CONSTRAINT invites_target_kind_check CHECK (target_kind BETWEEN 1 AND 3)
);

-- A target's invites, the newest first.
CREATE INDEX invites_target_idx ON invites (target_kind, target_id, created_at DESC);
