-- Roles, overrides, bans, settings and public listings of communities; what a user's devices share.

-- `default_notif_prefs`: what "default" means to members. `deleted`: only messages that are still to be deleted are left.
ALTER TABLE communities
    ADD COLUMN default_notif_prefs SMALLINT NOT NULL DEFAULT 1,
    ADD COLUMN deleted BOOLEAN NOT NULL DEFAULT FALSE;

-- `synced`: the channel has the overrides of its category.
ALTER TABLE channels ADD COLUMN synced BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE channels SET synced = TRUE WHERE parent_id IS NOT NULL;

-- Deleted communities, of which messages are left.
CREATE INDEX communities_deleted_idx ON communities (community_id) WHERE deleted;

-- The roles of communities.
CREATE TABLE roles (
    role_id BIGINT NOT NULL,
    community_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    permissions BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    color BIGINT NOT NULL,
    separated BOOLEAN NOT NULL,
    public BOOLEAN NOT NULL,
    CONSTRAINT roles_pkey PRIMARY KEY (role_id),
    CONSTRAINT roles_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities ON DELETE CASCADE
);

-- A community's roles.
CREATE INDEX roles_community_id_idx ON roles (community_id);

-- Which member holds which role.
CREATE TABLE member_roles (
    community_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    role_id BIGINT NOT NULL,
    CONSTRAINT member_roles_pkey PRIMARY KEY (community_id, user_id, role_id),
    CONSTRAINT member_roles_member_fkey FOREIGN KEY (community_id, user_id) REFERENCES members ON DELETE CASCADE,
    CONSTRAINT member_roles_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles ON DELETE CASCADE
);

-- The holders of a role.
CREATE INDEX member_roles_role_id_idx ON member_roles (role_id);

-- What channels change for the holders of a role; `role_id` 0 is everyone.
CREATE TABLE overrides (
    channel_id BIGINT NOT NULL,
    role_id BIGINT NOT NULL,
    allow BIGINT NOT NULL,
    deny BIGINT NOT NULL,
    CONSTRAINT overrides_pkey PRIMARY KEY (channel_id, role_id),
    CONSTRAINT overrides_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels ON DELETE CASCADE
);

-- The overrides for a role, which end with it.
CREATE INDEX overrides_role_id_idx ON overrides (role_id);

-- Who may not be a member. `until`: when it ends by itself.
CREATE TABLE bans (
    community_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    until BIGINT,
    reason TEXT,
    banned_at BIGINT NOT NULL,
    CONSTRAINT bans_pkey PRIMARY KEY (community_id, user_id),
    CONSTRAINT bans_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities ON DELETE CASCADE
);

-- A community's bans, the latest first.
CREATE INDEX bans_banned_at_idx ON bans (community_id, banned_at DESC);

-- What communities say of themselves in the public directory. `invite_code`: into it, while it is listed.
-- `categories`: a JSON array.
CREATE TABLE listings (
    community_id BIGINT NOT NULL,
    invite_code TEXT,
    short_description TEXT NOT NULL,
    long_description TEXT NOT NULL,
    categories TEXT NOT NULL,
    CONSTRAINT listings_pkey PRIMARY KEY (community_id),
    CONSTRAINT listings_invite_code_key UNIQUE (invite_code),
    CONSTRAINT listings_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities ON DELETE CASCADE
);

-- The directory, by id.
CREATE INDEX listings_listed_idx ON listings (community_id) WHERE invite_code IS NOT NULL;

-- What an author wrote lately.
CREATE INDEX messages_author_id_idx ON messages (author_id, message_id);

-- The chats of deleted channels. Their messages are deleted by and by, then they.
CREATE TABLE abandoned (
    chat_id BIGINT NOT NULL,
    CONSTRAINT abandoned_pkey PRIMARY KEY (chat_id),
    CONSTRAINT abandoned_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats ON DELETE CASCADE
);

-- What a user's devices share. `community_order`: a JSON array.
CREATE TABLE settings (
    user_id BIGINT NOT NULL,
    community_order TEXT,
    emails BOOLEAN NOT NULL,
    communication_emails BOOLEAN,
    announcement_emails BOOLEAN,
    CONSTRAINT settings_pkey PRIMARY KEY (user_id),
    CONSTRAINT settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
);
