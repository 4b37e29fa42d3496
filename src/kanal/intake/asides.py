"""What goes no further down the line: second copies, our own messages that came back, and members' mail, which
becomes a comment."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.conversations import queries as reading
from kanal.intake.models import ChannelRow, Fate, Item
from kanal.intake.placing import candidates_by_token
from kanal.kit.crypto import Keyring
from kanal.kit.db import Transaction
from kanal.tickets import actions as tickets


async def set_duplicates_aside(tx: Transaction, channel: ChannelRow, wave: list[Item]) -> tuple[list[Fate], list[Item]]:
    """A second copy of a message is recognised by its id, sender, date and body together; a message of ours that came
    back by its id, which nobody else can know."""
    heard = await reading.heard_before(tx, channel.id, [(i.said.external_id, i.said.digest) for i in wave])
    sent = await reading.known_messages(tx, channel.id, [i.said.external_id for i in wave])
    fates, fresh = [], []
    for item in wave:
        copy = heard.get((item.said.external_id, item.said.digest))
        if copy is not None:
            fates.append(Fate(raw_id=item.raw_id, state="duplicate", reason="the same message again", message_id=copy))
        elif any(known.ours for known in sent.get(item.said.external_id, [])):
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason="our own message came back"))
        else:
            fresh.append(item)
    return fates, fresh


async def set_comments_aside(
    tx: Transaction, keyring: Keyring, channel: ChannelRow, wave: list[Item]
) -> tuple[list[Fate], list[Item]]:
    """Mail from a member's own proved address with a valid token is an internal comment (K19)."""
    by_token = await candidates_by_token(tx, keyring, channel, wave)
    authors = await _members_by_handle(tx, [item for item in wave if item.raw_id in by_token])
    fates, others = [], []
    for item in wave:
        author = authors.get((item.handle.kind, item.handle.key))
        ticket = by_token[item.raw_id].ticket_id if item.raw_id in by_token else None
        if author is None or ticket is None:
            others.append(item)
        elif item.said.trust == "fail":
            reason = "it claims to be from a member, but did not pass authentication"
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason=reason, ticket_id=ticket))
        elif not item.human:
            fates.append(Fate(raw_id=item.raw_id, state="quarantined", reason="automatic mail from a member"))
        else:
            said = item.said
            await tickets.comment(tx, ticket, author=author, text=said.text, html=said.html, raw_event=item.raw_id)
            fates.append(Fate(raw_id=item.raw_id, state="comment", ticket_id=ticket))
    return fates, others


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
