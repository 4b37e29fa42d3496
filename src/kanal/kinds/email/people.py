"""Who wrote a mail and to whom, and whether it is we; also behind a group or a relay that put its own address in the
place of the writer's (K20). parse.py asks here."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from kanal.channelkit.messages import Door, Field, Handle, Party, Recipient
from kanal.kinds.email.addresses import MAX_ADDRESSES, Mailbox, mailboxes, party
from kanal.kinds.email.headers import Headers
from kanal.kinds.email.trust import trust
from kanal.kit.freemail import is_shared
from kanal.kit.mail import domain_of, normalise, split_plus, takes_no_answers

MISSING = "missing.invalid"
"""The domain of what a mail should have had and we had to make up."""
_VIA = re.compile(r"(.{1,150}?) via [^\s].{0,150}$")


class Writer(NamedTuple):
    """Who wrote, and what is to be known about it."""

    party: Party
    reply_to: str = ""
    """Answers would go to this other address."""
    hidden_behind: str = ""
    """The address that a group or relay put in the place of the writer's."""
    in_from: str = ""
    """The address in From; whoever stands behind it, anybody can have written there."""


def writer(headers: Headers, door: Door) -> Writer:
    """From; but who stands behind it where From is ourselves, a group of ours or takes no answers, as groups and
    contact forms write it."""
    named = mailboxes(", ".join(headers.all("from")[:5]), limit=5)
    found = _chosen(named, headers)
    if found is None:
        return Writer(_from_elsewhere(headers, door))
    if door.outgoing:
        return Writer(party(found), in_from=found.key)
    if is_ours(found.key, door) or _is_our_group(headers, door, found):
        customer = _behind(headers, door, found) or _answers_to(headers, door)
        return Writer(party(_named(customer, found) if customer else found), in_from=found.key)
    if takes_no_answers(found.key):
        return Writer(party(_answers_to(headers, door) or found), in_from=found.key)
    answers = _answers_to(headers, door)
    reply_to = answers.key if answers is not None and answers.key != found.key else ""
    hidden_behind = found.key if _is_relayed(headers, door, found) else ""
    return Writer(party(found), reply_to, hidden_behind, in_from=found.key)


def recipients(headers: Headers) -> list[Recipient]:
    fields: tuple[Field, ...] = ("to", "cc", "bcc")
    out: dict[str, Recipient] = {}
    for name in fields:
        for found in mailboxes(", ".join(headers.all(name)[:20])):
            out.setdefault(found.key, Recipient(field=name, party=party(found)))
    return list(out.values())[:MAX_ADDRESSES]


def is_ours(key: str, door: Door) -> bool:
    return key in door.account_addresses or split_plus(key)[0] in door.account_addresses


def own_group(headers: Headers, door: Door) -> bool:
    """A team address that is a group: every customer's mail carries the group's list headers."""
    posts = headers.get("list-post").replace("mailto:", "")
    if any(is_ours(found.key, door) for found in mailboxes(posts, limit=3)):
        return True
    listed = headers.get("list-id").strip("<> ").rpartition("<")[2].lower()
    if not listed:
        return False
    own = (each.replace("@", ".", 1) for each in door.account_addresses)
    return listed in own or any(listed.endswith(f".{domain}") for domain in _our_domains(door))


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


def _our_domains(door: Door) -> set[str]:
    """Those that are ours alone."""
    return {domain for each in door.account_addresses if not is_shared(domain := domain_of(each))}


def _is_our_group(headers: Headers, door: Door, found: Mailbox) -> bool:
    """Whether what hides the writer is one of ours: its list headers say so, or the door proved its domain."""
    if not _is_relayed(headers, door, found):
        return False
    proved = domain_of(found.key) in _our_domains(door) and trust(door, found.key) == "pass"
    return proved or own_group(headers, door)


def _is_relayed(headers: Headers, door: Door, found: Mailbox) -> bool:
    """Somebody else's address stands in From: it says "via", or the writer's own is kept in another place."""
    behind = _behind(headers, door, found)
    return (behind is not None and behind.key != found.key) or _VIA.match(found.name) is not None


def _behind(headers: Headers, door: Door, found: Mailbox) -> Mailbox | None:
    for name in ("x-original-from", "x-original-sender"):
        for each in mailboxes(headers.get(name), limit=1):
            if each.key != found.key and not is_ours(each.key, door):
                return each
    return None


def _named(customer: Mailbox, found: Mailbox) -> Mailbox:
    """`'Eva Ek' via Support` names her where her address stands alone."""
    via = _VIA.match(found.name)
    return customer if customer.name or via is None else customer._replace(name=via[1].strip(" '\""))


def _answers_to(headers: Headers, door: Door) -> Mailbox | None:
    for found in mailboxes(headers.get("reply-to"), limit=5):
        if not is_ours(found.key, door) and not takes_no_answers(found.key) and "." in domain_of(found.key):
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
