"""The mail that a channel's address is asked to send back to us: whoever can make it come here owns the address.
Written for proving.py, recognised for parse.py, verified by the desk."""

from __future__ import annotations

import re
import secrets
from email.message import EmailMessage
from email.policy import SMTP

from kanal.kinds.email.headers import Headers
from kanal.kit import clock

HEADER = "X-Kanal-Proof"
SUBJECT = "This address is being connected to Kanal"
_TOKEN = re.compile(r"proof-[a-z2-7]{16,64}")
_IN_SUBJECT = re.compile(rf"\A(?:\w{{1,5}}:\s*){{0,3}}{SUBJECT} \[(proof-[a-z2-7]{{16,64}})\]\Z", re.IGNORECASE)
TEXT = """\
Kanal sent this mail to {address} to see whether mail to that address reaches it.

Nothing needs to be done: as soon as it has come in by the forward or been read from the mailbox, the address is
connected. It may be deleted.
"""


def write(address: str, sender: str, token: str, our_name: str) -> bytes:
    """With CRLF line ends; `address` as people type it."""
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = clock.now()
    mail["From"] = f"Kanal <{sender}>"
    mail["To"] = address
    mail["Subject"] = f"{SUBJECT} [{token}]"
    mail["Message-ID"] = f"<{token}.{secrets.token_hex(6)}@{our_name}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail[HEADER] = token
    mail.set_content(TEXT.format(address=address))
    return mail.as_bytes()


def tokens(headers: Headers) -> list[str]:
    """Candidates in a mail that is such a mail. Its header may be lost and its id be another after a rule of the mail
    host handed it on; then its subject tells. An answer to it, or a mail about it, is none."""
    named = [headers.get(HEADER.lower()), headers.get("message-id").strip("<> ").partition(".")[0]]
    found = [token for token in named if _TOKEN.fullmatch(token)]
    subject = _IN_SUBJECT.match(headers.text("subject").strip())
    return list(dict.fromkeys([*found, *([subject[1].lower()] if subject else [])]))
