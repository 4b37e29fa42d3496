"""What goes no further down the line: second copies, our own messages that came back, and members' mail, which
becomes a comment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.conversations import apart, rules
from kanal.conversations import queries as reading
from kanal.conversations.models import Candidate
from kanal.intake.appending import comment_files
from kanal.intake.models import ChannelRow, Fate, Item
from kanal.intake.placing import candidates_by_token
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.mail import normalise
from kanal.people import queries as people
from kanal.tickets import actions as tickets
from kanal.tickets import queries as ticket_rows

MAIL = "email"
"""The space of the addresses that members sign in with."""


async def set_duplicates_aside(tx: Transaction, channel: ChannelRow, wave: list[Item]) -> tuple[list[Fate], list[Item]]:
    """A second copy of a message is recognised by its id, sender, date and body together; a message of ours that came
    back by its id, which nobody else can know. What we sent is looked at by outgoing.py."""
    heard = await reading.heard_before(tx, channel.id, [(i.said.external_id, i.said.digest) for i in wave])
    sent = await reading.known_messages(tx, channel.id, [i.said.external_id for i in wave])
    fates, fresh = [], []
    for item in wave:
        copy = heard.get((item.said.external_id, item.said.digest))
        if copy is not None:
            fates.append(Fate(raw_id=item.raw_id, state="duplicate", reason="the same message again", message_id=copy))
        elif not item.said.outgoing and any(known.ours for known in sent.get(item.said.external_id, [])):
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason="our own message came back"))
        else:
            fresh.append(item)
    return fates, fresh


async def set_comments_aside(
    tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]
) -> tuple[list[Fate], list[Item]]:
    """Mail from a member's own address with a valid token is an internal comment (K19): with the token of the
    conversation from an address they proved, or from the one they sign in with, to which we sent a token of theirs."""
    by_token = await candidates_by_token(tx, keyring, channel, wave)
    authors = await _members_by_handle(tx, [item for item in wave if item.raw_id in by_token])
    answers = await _answers_of_members(tx, keyring, wave)
    fates, others = [], []
    for item in wave:
        answer = answers.get(item.raw_id)
        if answer is not None:
            fates.append(await _answered(tx, item, answer))
            continue
        author = authors.get((item.handle.kind, item.handle.key))
        about = _about(by_token[item.raw_id]) if item.raw_id in by_token else None
        if author is None or about is None:
            others.append(item)
        else:
            fates.append(await _commented(tx, item, author, about))
    return fates, others


class _About(msgspec.Struct, kw_only=True):
    """What a comment is on: a ticket, else a conversation of a conversations inbox."""

    ticket: UUID | None = None
    conversation: UUID | None = None


def _about(found: Candidate) -> _About | None:
    if found.apart:
        return _About(ticket=found.ticket_id, conversation=found.id)
    return _About(ticket=found.ticket_id) if found.ticket_id else None


async def _commented(tx: Transaction, item: Item, author: UUID, about: _About) -> Fate:
    if item.said.trust == "fail":
        reason = "it claims to be from a member, but did not pass authentication"
        return Fate(raw_id=item.raw_id, state="quarantined", reason=reason, ticket_id=about.ticket)
    if not item.human:
        return Fate(raw_id=item.raw_id, state="quarantined", reason="automatic mail from a member")
    if about.ticket is not None:
        # What a colleague writes to a deleted ticket is not to be forgotten with it.
        await tickets.restore(tx, [about.ticket], author, why="comment")
    comment = await _comment(tx, item, author, about)
    await tx.insert("attachments", comment_files(item, comment))
    return Fate(raw_id=item.raw_id, state="comment", ticket_id=about.ticket)


async def _comment(tx: Transaction, item: Item, author: UUID, about: _About) -> UUID:
    text, html, raw = item.said.text, item.said.html, item.raw_id
    if about.conversation is not None:
        return await apart.comment(tx, about.conversation, author=author, text=text, html=html, raw_event=raw)
    assert about.ticket is not None, "a comment is on one of the two"
    return await tickets.comment(tx, about.ticket, author=author, text=text, html=html, raw_event=raw)


class _Answer(msgspec.Struct, kw_only=True):
    """An answer to a mail that we sent to a member: theirs alone to give."""

    member: UUID
    keys: set[str]
    """The address that they sign in with, and those that they proved."""
    is_active: bool
    about: _About


async def _answered(tx: Transaction, item: Item, answer: _Answer) -> Fate:
    """From anybody else it is kept aside: it was never meant for the customer, so it opens no ticket and makes no
    contact; a person who looks at it sees whose it was."""
    if answer.is_active and item.handle.kind == MAIL and item.handle.key in answer.keys:
        return await _commented(tx, item, answer.member, answer.about)
    reason = "it answers a mail to a member, but does not come from an address of theirs"
    return Fate(raw_id=item.raw_id, state="quarantined", reason=reason, ticket_id=answer.about.ticket)


async def _answers_of_members(tx: Transaction, keyring: Keyring, wave: list[Item]) -> dict[UUID, _Answer]:
    """By raw event. Costs nothing as long as no address looks like one of ours for members."""
    likely = {item.raw_id: [t for t in item.said.evidence.tokens if rules.looks_like_member_token(t)] for item in wave}
    if not any(likely.values()):
        return {}
    members = {member.id: member for member in await people.members(tx)}
    proved = {
        raw: found
        for raw, tokens in likely.items()
        if (found := next((f for t in tokens if (f := rules.read_member_token(keyring, t, members))), None))
    }
    # A member is asked to answer at whichever of our addresses takes mail; the token says all else.
    known = await _named(tx, {named for named, _ in proved.values()}, max(item.received_at for item in wave))
    own = await _own_addresses(tx, {member for _, member in proved.values()})
    return {
        raw: _Answer(
            member=member,
            keys={normalise(members[member].email), *own[member]},
            is_active=members[member].active,
            about=known[named],
        )
        for raw, (named, member) in proved.items()
        if named in known
    }


async def _named(tx: Transaction, wanted: Collection[UUID], now: datetime) -> dict[UUID, _About]:
    """What tokens for members name: conversations, and tickets that have none."""
    found = await reading.candidates(tx, None, wanted, now)
    known = {id_: about for id_, each in found.items() if (about := _about(each))}
    alone = await tx.values("select id from tickets where id = any(%s)", ([id_ for id_ in wanted if id_ not in known],))
    return known | {id_: _About(ticket=(await ticket_rows.whole_of(tx, id_)).id) for id_ in alone}


async def _own_addresses(tx: Transaction, members: Collection[UUID]) -> dict[UUID, list[str]]:
    """Those that members proved to be theirs."""
    rows = await tx.dicts(
        """
        select member_id, key from addresses
        where account_id = %s and space = %s and member_id = any(%s) and proved_at is not null
        """,
        (tx.account, MAIL, list(members)),
    )
    found: dict[UUID, list[str]] = {member: [] for member in members}
    for row in rows:
        found[row["member_id"]].append(row["key"])
    return found


async def _members_by_handle(tx: Transaction, items: list[Item]) -> dict[tuple[str, str], UUID]:
    if not items:
        return {}

    class Row(msgspec.Struct):
        space: str
        key: str
        member_id: UUID

    rows = await tx.all(
        Row,
        """
        select a.space, a.key, a.member_id
        from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join addresses a on a.space = wanted.space and a.key = wanted.key
        join members m on m.id = a.member_id and m.deactivated_at is null
        where a.account_id = %s and a.proved_at is not null
        """,
        ([i.handle.kind for i in items], [i.handle.key for i in items], tx.account),
    )
    return {(row.space, row.key): row.member_id for row in rows}
