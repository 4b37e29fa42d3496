"""Whose a message is, decided afterwards: the people of its conversation follow."""

from __future__ import annotations

from uuid import UUID

from kanal.channelkit.messages import Party
from kanal.conversations.actions import Joining, join
from kanal.conversations.models import Role
from kanal.kit import clock
from kanal.kit.db import Transaction


async def change_sender(
    tx: Transaction, conversation: UUID, *, was: tuple[str, str], party: Party, contact: UUID | None
) -> None:
    """The message of `was` (space and key) is `party`'s, and has been written down so. With a `contact` the whole
    conversation is theirs, else they take part in it as a new person. Who wrote nothing else in it is out of it."""
    if contact is not None:
        await tx.run("update conversations set contact_id = %s where id = %s", (contact, conversation))
    await _leave(tx, conversation, was, to_copy=contact is not None)
    role: Role = "contact" if contact is not None else "new_person"
    await join(tx, [Joining(conversation_id=conversation, party=party, role=role, at=clock.now())])
    if contact is not None:
        await tx.run(
            "update participants set role = 'contact' where conversation_id = %s and space = %s and key = %s",
            (conversation, party.handle.kind, party.handle.key),
        )


async def _leave(tx: Transaction, conversation: UUID, who: tuple[str, str], *, to_copy: bool) -> None:
    gone = await tx.run(
        """
        delete from participants p where conversation_id = %s and space = %s and key = %s and not exists (
          select from messages m where m.conversation_id = p.conversation_id and m.direction = 'in'
            and m.space = p.space and m.from_key = p.key)
        """,
        (conversation, *who),
    )
    if to_copy and not gone:
        await tx.run(
            "update participants set role = 'cc' where conversation_id = %s and space = %s and key = %s",
            (conversation, *who),
        )
