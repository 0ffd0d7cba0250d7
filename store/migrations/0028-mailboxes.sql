-- How far each mailbox was read that is polled over IMAP. The server's numbers of mails are good for one validity; those
-- that were found and could not be taken wait here, so that none is passed over. One api process reads a mailbox at a
-- time: the row is its holder's until next_at, and whoever comes then goes on.

CREATE TABLE mailboxes (
	name          text PRIMARY KEY, -- user, server and folder
	validity      bigint NOT NULL DEFAULT 0, -- 0: never read
	last          bigint NOT NULL DEFAULT 0,
	waiting       bigint[] NOT NULL DEFAULT '{}',
	nothing_waits timestamptz NOT NULL DEFAULT clock_timestamp(), -- when all that had come in was taken
	holder        text NOT NULL,
	next_at       timestamptz NOT NULL, -- real time, the database's
	failures      integer NOT NULL DEFAULT 0, -- in a row
	failing_since timestamptz,
	CONSTRAINT what_fails_does_so_since CHECK ((failures > 0) = (failing_since IS NOT NULL))
);
