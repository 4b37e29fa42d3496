"""What goes no further down the line: second copies, our own messages that came back, and members' mail, which
becomes a comment."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.conversations import queries as reading
from kanal.conversations import rules
from kanal.intake.appending import comment_files
from kanal.intake.models import ChannelRow, Fate, Item
from kanal.intake.placing import candidates_by_token
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.kit.mail import normalise
from kanal.people import queries as people
from kanal.tickets import actions as tickets

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
        ticket = by_token[item.raw_id].ticket_id if item.raw_id in by_token else None
        if author is None or ticket is None:
            others.append(item)
        else:
            fates.append(await _commented(tx, item, author, ticket))
    return fates, others


async def _commented(tx: Transaction, item: Item, author: UUID, ticket: UUID) -> Fate:
    if item.said.trust == "fail":
        reason = "it claims to be from a member, but did not pass authentication"
        return Fate(raw_id=item.raw_id, state="quarantined", reason=reason, ticket_id=ticket)
    if not item.human:
        return Fate(raw_id=item.raw_id, state="quarantined", reason="automatic mail from a member")
    said = item.said
    # What a colleague writes to a deleted ticket is not to be forgotten with it.
    await tickets.restore(tx, [ticket], author, why="comment")
    comment = await tickets.comment(tx, ticket, author=author, text=said.text, html=said.html, raw_event=item.raw_id)
    await tx.insert("attachments", comment_files(item, comment))
    return Fate(raw_id=item.raw_id, state="comment", ticket_id=ticket)


class _Answer(msgspec.Struct, kw_only=True):
    """An answer to a mail that we sent to a member: theirs alone to give."""

    member: UUID
    key: str
    """Of the address that they sign in with."""
    is_active: bool
    ticket: UUID


async def _answered(tx: Transaction, item: Item, answer: _Answer) -> Fate:
    """From anybody else it is kept aside: it was never meant for the customer, so it opens no ticket and makes no
    contact; a person who looks at it sees whose it was."""
    if answer.is_active and item.handle.kind == MAIL and item.handle.key == answer.key:
        return await _commented(tx, item, answer.member, answer.ticket)
    reason = "it answers a mail to a member, but does not come from the address that they sign in with"
    return Fate(raw_id=item.raw_id, state="quarantined", reason=reason, ticket_id=answer.ticket)


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
    now = max(item.received_at for item in wave)
    # A member is asked to answer at whichever of our addresses takes mail; the token says all else.
    known = await reading.candidates(tx, None, {conversation for conversation, _ in proved.values()}, now)
    return {
        raw: _Answer(
            member=member, key=normalise(members[member].email), is_active=members[member].active, ticket=ticket
        )
        for raw, (conversation, member) in proved.items()
        if conversation in known and (ticket := known[conversation].ticket_id)
    }


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
