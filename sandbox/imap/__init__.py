"""A mail host that mailboxes can be read from: IMAP4rev1 with IDLE, UIDPLUS, MOVE, SPECIAL-USE and LITERAL+, over the
same mails that the pages show. `server` listens, `session` is one program that signed in."""
