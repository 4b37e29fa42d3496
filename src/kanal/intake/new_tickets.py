"""The ticket that a message opens, whether it came now or was taken for spam until now. Used by pipeline.py and
spam/opening.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.intake import history
from kanal.intake.models import ChannelRow
from kanal.kit.db import Transaction
from kanal.routing.setting import Settable
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket, TicketRef
from kanal.tickets.rules import called, snippet


class Opening(msgspec.Struct, kw_only=True):
    """The message, and what can be set on its ticket."""

    conversation_id: UUID
    contact_id: UUID | None
    subject: str
    text: str
    at: datetime
    human: bool
    history: bool
    """It is from before the channel was connected."""
    setting: Settable
    description: str = ""
    linked_to: UUID | None = None
    link_why: Literal["after_closed", "unproved_reference"] | None = None


async def open_tickets(tx: Transaction, channel: ChannelRow, by: Sequence[Opening]) -> list[TicketRef]:
    """One for each, in their order; what is from before is closed already."""
    return await tickets.open_many(tx, await history.closed(tx, [_new_ticket(channel, each) for each in by]))


def _new_ticket(channel: ChannelRow, by: Opening) -> NewTicket:
    setting = by.setting
    return NewTicket(
        subject=called(by.subject, by.text),
        source="import" if by.history else "message",
        description=by.description,
        at=by.at,
        snippet=snippet(by.text),
        contact_id=by.contact_id,
        channel_id=channel.id,
        pipeline_id=setting.pipeline_id,
        status_id=setting.status_id,
        priority=setting.priority,
        team_id=setting.team_id,
        custom=setting.custom,
        waiting=by.human,
        linked_to=by.linked_to,
        link_why=by.link_why,
        conversation_id=by.conversation_id,
    )
