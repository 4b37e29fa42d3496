"""What in a mail says to which conversation it belongs: ids, tokens in addresses, the subject. The desk weighs it."""

from __future__ import annotations

import hashlib
import re

from kanal.channelkit.messages import Door, Evidence, Party
from kanal.kinds.email.addresses import mailboxes
from kanal.kinds.email.headers import Headers
from kanal.kinds.email.people import MISSING
from kanal.kinds.email.subjects import base_key
from kanal.kit.mail import split_plus

MAX_REFERENCES = 100
MAX_TOKENS = 50
MAX_ID = 500
_RECIPIENT_HEADERS = (
    "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "to", "cc", "bcc",
)  # fmt: skip
_TOKEN = re.compile(r"[a-z0-9._=-]{1,64}")
_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_JIRA = re.compile(r"(JIRA\.\d+\.\d+)\.[^@]*(@Atlassian\.JIRA)", re.IGNORECASE)


def gather(headers: Headers, door: Door, subject: str) -> Evidence:
    references = ids(" ".join(headers.all("references")))
    if len(references) > MAX_REFERENCES:  # the first one is the thread's root; of the others the latest say most
        references = [references[0], *references[1 - MAX_REFERENCES :]]
    return Evidence(
        tokens=tokens(headers, door),
        in_reply_to=ids(" ".join(headers.all("in-reply-to")))[:5],
        references=references,
        subject_key=base_key(subject),
    )


def tokens(headers: Headers, door: Door) -> list[str]:
    """What stands behind the plus of any address that it came to, what the door saw first."""
    named = (found.key for value in headers.all(*_RECIPIENT_HEADERS)[:50] for found in mailboxes(value))
    found = dict.fromkeys(split_plus(address)[1].lower() for address in [*door.rcpt_to, *named])
    return [token for token in found if _TOKEN.fullmatch(token)][:MAX_TOKENS]


def ids(value: str) -> list[str]:
    """Message ids in a header, however they are separated; without brackets, doubles left out."""
    found = [_tidy(each) for each in _BRACKETED.findall(value)]
    if not found:
        found = [_tidy(each) for each in value.split() if "@" in each.strip("@")]
    return list(dict.fromkeys(each for each in found if each))


def message_id(headers: Headers, who: Party, body: bytes) -> str:
    """The mail's own id; without one an artificial one, which a second copy of the same bytes gets too."""
    stated = headers.get("message-id")
    if stated:
        found = ids(stated) or [_tidy(stated.strip("<> "))]
        if found[0]:
            return found[0]
    mark = hashlib.sha256(who.handle.key.encode() + b"\0" + body).hexdigest()[:40]
    return f"{mark}@{MISSING}"


def _tidy(found: str) -> str:
    """Folds may stand inside an id. Jira's first mail of an issue has an id that its later ones shorten."""
    joined = "".join(found.split())
    if len(joined) > MAX_ID:
        return f"{hashlib.sha256(joined.encode()).hexdigest()[:40]}@{MISSING}"
    return _JIRA.sub(r"\1\2", joined)
