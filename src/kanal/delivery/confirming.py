"""Tells people at once that what they sent has arrived, where their kind asks for it: an automatic message in the new
conversation, so that an answer to it lands there. intake calls it with a whole batch; `automatic` makes the message."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.delivery import automatic
from kanal.delivery.automatic import Wanted
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit.db import Transaction

__all__ = ["Wanted", "confirm"]


async def confirm(tx: Transaction, carriers: Carriers, channel_id: UUID, wanted: Sequence[Wanted]) -> list[Wanted]:
    """Queue the confirmations of what came in by one channel; returns those that were. What cannot be confirmed is told
    on its ticket."""
    refused = await automatic.say(tx, carriers, channel_id, wanted)
    for each, why in refused:
        about = {field: getattr(each, field) for field in ("ticket_id", "conversation_id", "contact_id")}
        events.emit(tx, Event(name="message.not_confirmed", channel_id=channel_id, **about, data={"why": why}))
    missing = [each for each, _ in refused]
    return [each for each in wanted if each not in missing]
