"""Conversations of a conversations inbox: who has them, whether they are open, what members say of them among
themselves (K2). The conversation itself is locked for a change, as a ticket is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kanal.conversations.errors import InvalidConversation
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id

State = Literal["open", "closed"]


class Standing(msgspec.Struct, kw_only=True):
    """A conversation as it stands, locked."""

    id: UUID
    inbox_id: UUID
    channel_id: UUID
    contact_id: UUID | None
    ticket_id: UUID | None
    subject: str
    state: State
    assignee_id: UUID | None
    team_id: UUID | None
    version: int
    waiting_since: datetime | None
    last_direction: Literal["in", "out"] | None
    last_message_at: datetime
    snippet: str
    is_spam: bool


class Change(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to change; what is left out stays as it is, null empties the field."""

    state: State | UnsetType = UNSET
    assignee_id: UUID | UnsetType | None = UNSET
    team_id: UUID | UnsetType | None = UNSET


async def locked(tx: Transaction, wanted: UUID) -> Standing:
    """Raises NotFound where it lives in no conversations inbox."""
    found = await find_locked(tx, wanted)
    if found is None:
        raise NotFound("conversation")
    return found


async def find_locked(tx: Transaction, wanted: UUID) -> Standing | None:
    return await tx.maybe(
        Standing,
        """
        select id, inbox_id, channel_id, contact_id, ticket_id, subject, state, assignee_id, team_id, version,
               waiting_since, last_direction, last_message_at, snippet, spam_at is not null as is_spam
        from conversations where id = %s and apart for no key update
        """,
        (wanted,),
    )


async def change(tx: Transaction, wanted: UUID, to: Change, actor: UUID | None) -> Standing:
    """Returns it as it was. What is as it shall be already changes nothing. Raises NotFound, InvalidConversation."""
    was = await locked(tx, wanted)
    changed = {
        field: value
        for field, value in msgspec.structs.asdict(to).items()
        if value is not UNSET and value != getattr(was, field)
    }
    if not changed:
        return was
    await _check(tx, changed)
    now = clock.now()
    state = changed.get("state", was.state)
    await tx.run(
        """
        update conversations set state = %(state)s, assignee_id = %(assignee)s, team_id = %(team)s,
               closed_at = case when %(state)s = 'closed' then coalesce(closed_at, %(now)s) end,
               waiting_since = case when %(state)s = 'closed' then null else waiting_since end
        where id = %(id)s
        """,
        {
            "id": wanted,
            "state": state,
            "assignee": changed.get("assignee_id", was.assignee_id),
            "team": changed.get("team_id", was.team_id),
            "now": now,
        },
    )
    tell(tx, was, changed, actor)
    return was


def tell(tx: Transaction, was: Standing, changed: dict[str, Any], actor: UUID | None) -> None:
    """Fields with what they were and became."""
    data: dict[str, Any] = {"fields": sorted(changed), "inbox_id": str(was.inbox_id)}
    if "state" in changed:
        data["why"] = "closed" if changed["state"] == "closed" else "opened"
    elif "ticket_id" in changed:
        data["why"] = "ticket"
    for field, value in changed.items():
        before = getattr(was, field)
        data[f"from_{field}"] = before and str(before)
        data[field] = value and str(value)
    events.emit(
        tx,
        Event(
            name="conversation.changed",
            actor_id=actor,
            ticket_id=was.ticket_id,
            conversation_id=was.id,
            channel_id=was.channel_id,
            contact_id=was.contact_id,
            data=data,
        ),
    )


async def _check(tx: Transaction, changed: dict[str, Any]) -> None:
    assignee, team = changed.get("assignee_id"), changed.get("team_id")
    if assignee and not await tx.value(
        "select true from members where id = %s and deactivated_at is null and has_seat", (assignee,)
    ):
        raise InvalidConversation("assignee", "They have no seat here, so they cannot answer; choose somebody who has.")
    if team and not await tx.value("select true from teams where id = %s", (team,)):
        raise InvalidConversation("team", "There is no such team.")


async def answered(
    tx: Transaction,
    was: Standing,
    *,
    author: UUID | None,
    at: datetime,
    snippet: str,
    state: State | None,
    aside: bool = False,
) -> int:
    """Somebody answered: nobody waits any more, and it is theirs where it was nobody's. What is said `aside` goes to
    others than the customer, who waits on. That it was written in is noted already. Returns the version."""
    changed: dict[str, Any] = {}
    if was.assignee_id is None and author is not None and not aside:
        changed["assignee_id"] = author
    if state is not None and state != was.state:
        changed["state"] = state
    version = await tx.value(
        """
        update conversations set assignee_id = %(assignee)s, state = coalesce(%(state)s, state),
               waiting_since = case when %(aside)s then waiting_since end,
               last_direction = case when %(aside)s then %(direction)s else 'out' end,
               snippet = case when %(aside)s then snippet else %(snippet)s end,
               closed_at = case when coalesce(%(state)s, state) = 'closed' then coalesce(closed_at, %(at)s) end
        where id = %(id)s returning version
        """,
        {
            "id": was.id,
            "assignee": changed.get("assignee_id", was.assignee_id),
            "direction": was.last_direction,
            "snippet": snippet,
            "state": state,
            "at": at,
            "aside": aside,
        },
    )
    if changed:
        tell(tx, was, changed, author)
    return int(version)


async def comment(
    tx: Transaction,
    wanted: UUID,
    *,
    author: UUID | None,
    text: str,
    html: str,
    attachments: Sequence[UUID] = (),
    mentions: Sequence[UUID] = (),
    raw_event: UUID | None = None,
) -> UUID:
    """Say something that the customer never sees; with files that its author uploaded before."""
    was = await locked(tx, wanted)
    comment_id, now = new_id(), clock.now()
    row = {
        "id": comment_id,
        "conversation_id": wanted,
        "ticket_id": was.ticket_id,
        "author_id": author,
        "body_text": text,
        "body_html": html,
        "raw_event_id": raw_event,
        "created_at": now,
    }
    await tx.insert("comments", [row])
    bound = await tx.run(
        """
        update attachments set comment_id = %s
        where id = any(%s) and uploader_id = %s and message_id is null and comment_id is null
        """,
        (comment_id, list(attachments), author),
    )
    if bound != len(set(attachments)):
        raise InvalidConversation("attachments", "One of the files is not there or was sent already; upload it again.")
    await tx.run("update conversations set version = version + 1 where id = %s", (wanted,))
    data: dict[str, Any] = {"comment_id": str(comment_id)}
    if mentions:
        data["mentions"] = [str(member) for member in mentions]
    events.emit(
        tx,
        Event(
            name="comment.added",
            actor_id=author,
            ticket_id=was.ticket_id,
            conversation_id=wanted,
            channel_id=was.channel_id,
            data=data,
        ),
    )
    return comment_id


async def mark_read(tx: Transaction, member: UUID, wanted: UUID) -> None:
    """The member has seen it as it stands."""
    await tx.run(
        """
        insert into conversation_reads (account_id, conversation_id, member_id, version, read_at)
        select account_id, id, %(member)s, version, %(now)s from conversations where id = %(id)s
        on conflict (account_id, conversation_id, member_id) do update
        set version = excluded.version, read_at = excluded.read_at
        """,
        {"id": wanted, "member": member, "now": clock.now()},
    )


async def failed_reply(tx: Transaction, wanted: UUID, failed: bool) -> None:
    """Mark that an answer did not reach the customer, or that none is missing any more."""
    await tx.run(
        "update conversations set has_failed_reply = %s where id = %s and has_failed_reply <> %s",
        (failed, wanted, failed),
    )
