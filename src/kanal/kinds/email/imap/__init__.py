"""Mailboxes read by IMAP: every message that a server lists is fetched once and handed to the desk with the place where
it lies. It begins in mailbox.py; wire.py and grammar.py speak the protocol (RFC 3501, 9051)."""
