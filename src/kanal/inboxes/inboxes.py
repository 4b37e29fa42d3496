"""The inboxes of an account: the one help desk, and any number of conversations inboxes beside it (K2). Where a channel
lives is chosen when it is connected."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import rules
from kanal.inboxes.errors import InboxInUse, InvalidChannel
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.kit.ids import new_id


async def home(tx: Transaction, wanted: UUID | None) -> UUID:
    """Where a new channel lives: in the help desk, unless another inbox is named. Held, so that it is not deleted
    meanwhile. Raises InvalidChannel."""
    found: UUID | None = await tx.value(
        "select id from inboxes where case when %(id)s::uuid is null then kind = 'help_desk' else id = %(id)s end "
        "for key share",
        {"id": wanted},
    )
    if found is None:
        raise InvalidChannel("inbox", "There is no such inbox.")
    return found


async def create(tx: Transaction, name: str, actor: UUID | None) -> UUID:
    """A conversations inbox. Raises InvalidChannel."""
    inbox = new_id()
    wanted = await _free(tx, name, None)
    row = {"id": inbox, "kind": "conversations", "name": wanted, "created_at": clock.now()}
    await tx.insert("inboxes", [row])
    _tell(tx, inbox, "created", actor)
    return inbox


async def rename(tx: Transaction, inbox: UUID, name: str, actor: UUID | None) -> None:
    """Raises NotFound, also for the help desk, and InvalidChannel."""
    await _conversations_inbox(tx, inbox)
    await tx.run("update inboxes set name = %s where id = %s", (await _free(tx, name, inbox), inbox))
    _tell(tx, inbox, "renamed", actor)


async def delete(tx: Transaction, inbox: UUID, actor: UUID | None) -> None:
    """Only an empty one: raises InboxInUse where a channel lives in it or conversations stand in it."""
    await _conversations_inbox(tx, inbox)
    channels = await tx.values(
        "select name from channels where inbox_id = %s and deleted_at is null order by name", (inbox,)
    )
    conversations = bool(await tx.value("select true from conversations where inbox_id = %s limit 1", (inbox,)))
    if channels or conversations:
        raise InboxInUse(channels, conversations=conversations)
    # Channels that were deleted before anything came by them.
    await tx.run(
        "update channels set inbox_id = (select id from inboxes where kind = 'help_desk') where inbox_id = %s", (inbox,)
    )
    await tx.run("delete from inboxes where id = %s", (inbox,))
    _tell(tx, inbox, "deleted", actor)


class _Inbox(msgspec.Struct):
    id: UUID
    kind: str


async def _conversations_inbox(tx: Transaction, inbox: UUID) -> None:
    found = await tx.maybe(_Inbox, "select id, kind from inboxes where id = %s for update", (inbox,))
    if found is None or found.kind != "conversations":
        raise NotFound("inbox")


async def _free(tx: Transaction, name: str, own: UUID | None) -> str:
    wanted = rules.checked_name(name)
    # One at a time: two people may give the same name at once.
    await tx.lock(f"inboxes/{tx.account}")
    if await tx.value(
        "select true from inboxes where name = %s and kind = 'conversations' and id is distinct from %s", (wanted, own)
    ):
        raise InvalidChannel("name", "Another inbox has that name.")
    return wanted


def _tell(tx: Transaction, inbox: UUID, what: str, actor: UUID | None) -> None:
    events.emit(tx, Event(name="inbox.changed", actor_id=actor, data={"inbox_id": str(inbox), "what": what}))
