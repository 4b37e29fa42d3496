"""Who wrote a mail and to whom, and whether it is we. parse.py asks here."""

from __future__ import annotations

import hashlib
import re

from kanal.channelkit.messages import Door, Field, Handle, Party, Recipient
from kanal.kinds.email.addresses import MAX_ADDRESSES, Mailbox, mailboxes, party
from kanal.kinds.email.headers import Headers
from kanal.kit.mail import domain_of, normalise, split_plus

MISSING = "missing.invalid"
"""The domain of what a mail should have had and we had to make up."""
_NO_REPLY = re.compile(
    r"(?:^|[-_.+])(?:no|not|do[-_.]?not|ne|non|inte|ingen)[-_.]?(?:reply|respond|responder|repondre|svara?)"
)


def sender(headers: Headers, door: Door) -> Party:
    """From; but the Reply-To where From is ourselves or takes no answers, as contact forms write it."""
    named = mailboxes(", ".join(headers.all("from")[:5]), limit=5)
    found = _chosen(named, headers)
    if found is None:
        return _from_elsewhere(headers, door)
    if is_ours(found.key, door) or is_no_reply(found.key):
        customer = _answers_to(headers, door)
        if customer is not None:
            return party(customer)
    return party(found)


def recipients(headers: Headers) -> list[Recipient]:
    fields: tuple[Field, ...] = ("to", "cc", "bcc")
    out: dict[str, Recipient] = {}
    for name in fields:
        for found in mailboxes(", ".join(headers.all(name)[:20])):
            out.setdefault(found.key, Recipient(field=name, party=party(found)))
    return list(out.values())[:MAX_ADDRESSES]


def is_ours(key: str, door: Door) -> bool:
    return key in door.account_addresses or split_plus(key)[0] in door.account_addresses


def is_no_reply(key: str) -> bool:
    return _NO_REPLY.search(key.rpartition("@")[0]) is not None


def wrote_to_itself(who: Party, to: list[Recipient], door: Door) -> bool:
    """The receiving channel's own address as the sender."""
    own = split_plus(who.handle.key)[0]
    receiving = {split_plus(normalise(each))[0] for each in door.rcpt_to}
    if own in receiving:
        return True
    return is_ours(own, door) and own in {split_plus(each.party.handle.key)[0] for each in to}


def _chosen(named: list[Mailbox], headers: Headers) -> Mailbox | None:
    """Of several authors the one who sent it."""
    if len(named) < 2:
        return named[0] if named else None
    sent_by = {each.key for each in mailboxes(headers.get("sender"), limit=1)}
    return next((each for each in named if each.key in sent_by), named[0])


def _answers_to(headers: Headers, door: Door) -> Mailbox | None:
    for found in mailboxes(headers.get("reply-to"), limit=5):
        if not is_ours(found.key, door) and not is_no_reply(found.key) and "." in domain_of(found.key):
            return found
    return None


def _from_elsewhere(headers: Headers, door: Door) -> Party:
    """No address in From: what else names one; at last a made-up one, that nobody is taken for anybody else."""
    name = headers.text("from").strip(" <>\"'")[:200]
    for value in (headers.get("reply-to"), headers.get("sender"), door.mail_from):
        for found in mailboxes(value, limit=1):
            return party(found._replace(name=found.name or name))
    mark = hashlib.sha256("\n".join(headers.all("from", "date", "message-id")).encode()).hexdigest()[:16]
    address = f"unknown-{mark}@{MISSING}"
    return Party(handle=Handle(kind="email", key=address, address=address), name=name, known=False)
