-- Roles, overrides, bans, settings and public listings of communities; what a user's devices share.

-- What "default" means to members.
ALTER TABLE communities ADD COLUMN default_notif_prefs INTEGER NOT NULL DEFAULT 1;

-- Only messages that are still to be deleted are left.
ALTER TABLE communities ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0
    CONSTRAINT communities_deleted_check CHECK (deleted IN (0, 1));

-- Whether a channel has the overrides of its category.
ALTER TABLE channels ADD COLUMN synced INTEGER NOT NULL DEFAULT 0
    CONSTRAINT channels_synced_check CHECK (synced IN (0, 1));
UPDATE channels SET synced = 1 WHERE parent_id IS NOT NULL;

-- Deleted communities, of which messages are left.
CREATE INDEX communities_deleted_idx ON communities (community_id) WHERE deleted = 1;

-- The roles of communities.
CREATE TABLE roles (
    role_id INTEGER NOT NULL CONSTRAINT roles_pkey PRIMARY KEY,
    community_id INTEGER NOT NULL
        CONSTRAINT roles_community_id_fkey REFERENCES communities (community_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    permissions INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    color INTEGER NOT NULL,
    separated INTEGER NOT NULL CONSTRAINT roles_separated_check CHECK (separated IN (0, 1)),
    public INTEGER NOT NULL CONSTRAINT roles_public_check CHECK (public IN (0, 1))
) STRICT;

-- A community's roles.
CREATE INDEX roles_community_id_idx ON roles (community_id);

-- Which member holds which role.
CREATE TABLE member_roles (
    community_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL
        CONSTRAINT member_roles_role_id_fkey REFERENCES roles (role_id) ON DELETE CASCADE,
    CONSTRAINT member_roles_pkey PRIMARY KEY (community_id, user_id, role_id),
    CONSTRAINT member_roles_member_fkey FOREIGN KEY (community_id, user_id)
        REFERENCES members (community_id, user_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The holders of a role.
CREATE INDEX member_roles_role_id_idx ON member_roles (role_id);

-- What channels change for the holders of a role.
CREATE TABLE overrides (
    channel_id INTEGER NOT NULL
        CONSTRAINT overrides_channel_id_fkey REFERENCES channels (channel_id) ON DELETE CASCADE,
    role_id INTEGER NOT NULL, -- 0 is everyone
    allow INTEGER NOT NULL,
    deny INTEGER NOT NULL,
    CONSTRAINT overrides_pkey PRIMARY KEY (channel_id, role_id)
) STRICT, WITHOUT ROWID;

-- The overrides for a role, which end with it.
CREATE INDEX overrides_role_id_idx ON overrides (role_id);

-- Who may not be a member.
CREATE TABLE bans (
    community_id INTEGER NOT NULL
        CONSTRAINT bans_community_id_fkey REFERENCES communities (community_id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    until INTEGER NULL, -- when it ends by itself
    reason TEXT NULL,
    banned_at INTEGER NOT NULL,
    CONSTRAINT bans_pkey PRIMARY KEY (community_id, user_id)
) STRICT, WITHOUT ROWID;

-- A community's bans, the latest first.
CREATE INDEX bans_banned_at_idx ON bans (community_id, banned_at DESC);

-- What communities say of themselves in the public directory.
CREATE TABLE listings (
    community_id INTEGER NOT NULL CONSTRAINT listings_pkey PRIMARY KEY
        CONSTRAINT listings_community_id_fkey REFERENCES communities (community_id) ON DELETE CASCADE,
    invite_code TEXT NULL CONSTRAINT listings_invite_code_key UNIQUE, -- into it, while it is listed
    short_description TEXT NOT NULL,
    long_description TEXT NOT NULL,
    categories TEXT NOT NULL -- a JSON array
) STRICT;

-- The directory, by id.
CREATE INDEX listings_listed_idx ON listings (community_id) WHERE invite_code IS NOT NULL;

-- What an author wrote lately.
CREATE INDEX messages_author_id_idx ON messages (author_id, message_id);

-- The chats of deleted channels. Their messages are deleted by and by, then they.
CREATE TABLE abandoned (
    chat_id INTEGER NOT NULL CONSTRAINT abandoned_pkey PRIMARY KEY
        CONSTRAINT abandoned_chat_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE
) STRICT;

-- What a user's devices share.
CREATE TABLE settings (
    user_id INTEGER NOT NULL CONSTRAINT settings_pkey PRIMARY KEY
        CONSTRAINT settings_user_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    community_order TEXT NULL, -- a JSON array
    emails INTEGER NOT NULL CONSTRAINT settings_emails_check CHECK (emails IN (0, 1)),
    communication_emails INTEGER NULL
        CONSTRAINT settings_communication_emails_check CHECK (communication_emails IN (0, 1)),
    announcement_emails INTEGER NULL
        CONSTRAINT settings_announcement_emails_check CHECK (announcement_emails IN (0, 1))
) STRICT;
