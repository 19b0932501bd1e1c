-- Where a plugin's commands can be given, and in which rooms its bot, a member there, may listen.

ALTER TABLE plugins ADD COLUMN presence INTEGER NOT NULL DEFAULT 0;   -- 0: everywhere, 1: where a room's owner added it
ALTER TABLE members ADD COLUMN hears INTEGER NOT NULL DEFAULT 0;      -- of a bot: what people write there comes to its plugin
CREATE INDEX members_hearing ON members (room) WHERE hears = 1;
