"""What carries an answer: the channel that its author chose, else the one by which the thread goes, else, where that
takes messages in only, one that reaches the person. `prospect` asks here."""

from __future__ import annotations

from datetime import datetime

from kanal.channelkit.contract import Kind, answerable_until, reach
from kanal.channelkit.messages import Handle
from kanal.conversations.models import Conversation, Participant
from kanal.delivery import rules, sending_channels
from kanal.delivery.answering import desk, reaching
from kanal.delivery.errors import InvalidReply, NoWayOut
from kanal.delivery.models import Carriers
from kanal.delivery.ways import Asking
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.kit import clock

CLOSED = "The time in which this channel lets you answer is over."
NO_ADDRESS = "They left no address at which they could be answered."
NOT_HERE = "No channel reaches this contact; connect one that does."


async def carrier(
    asking: Asking, conversation: Conversation, people: list[Participant]
) -> tuple[ChannelRow, Kind, ChannelRow | None]:
    """What carries the answer, and by which channel the thread has gone; None: by none that carries answers."""
    began = await channels.channel(asking.tx, conversation.channel_id)
    carried = asking.carriers.kinds.get(began.kind)
    is_silent = carried is not None and not carried.capabilities.replies
    thread = await _thread(asking, conversation, began)
    wanted = asking.asked.channel
    if wanted is not None and (is_silent or thread is None or wanted != thread.id):
        return (*await chosen(asking), thread)
    if carried is not None and is_silent:
        return (*await _elsewhere(asking, began, carried, people), thread)
    way = thread or began
    kind = _kind(asking.carriers, way)
    _check_window(kind, conversation.last_in_at)
    return way, kind, thread


async def _thread(asking: Asking, conversation: Conversation, began: ChannelRow) -> ChannelRow | None:
    found = await sending_channels.of_thread(asking.tx, conversation.id) or began
    found = began if found.id in asking.hidden else found
    kind = asking.carriers.kinds.get(found.kind)
    return None if kind is not None and not kind.capabilities.replies else found


async def chosen(asking: Asking) -> tuple[ChannelRow, Kind]:
    found = await sending_channels.find(asking.tx, asking.carriers, asking.hidden)
    for channel, kind in found:
        if channel.id == asking.asked.channel:
            return channel, kind
    raise InvalidReply("channel", "That is no channel by which you can write.")


async def _elsewhere(
    asking: Asking, channel: ChannelRow, carried: Kind, people: list[Participant]
) -> tuple[ChannelRow, Kind]:
    """A kind that only takes messages in (a form) is answered by one that reaches the person, also when its own channel
    is off or gone."""
    contacts = [Handle(kind=p.space, key=p.key, address=p.address) for p in people if p.role == "contact"]
    found = reaching((await desk(asking.tx, asking.carriers)).answering(channel, carried), contacts)
    if found is None:
        reachable = any(reach(each.capabilities, contacts) for each in asking.carriers.kinds.values())
        raise NoWayOut(NOT_HERE if reachable else NO_ADDRESS)
    answering, _ = found
    return answering.channel, answering.kind


def _kind(carriers: Carriers, channel: ChannelRow) -> Kind:
    if channel.deleted_at is not None:
        raise NoWayOut(rules.DELETED)
    kind = carriers.kinds.get(channel.kind)
    if kind is None:
        raise NoWayOut(rules.NO_KIND)
    return kind


def _check_window(kind: Kind, last_in: datetime | None) -> None:
    until = answerable_until(kind.capabilities, last_in)
    if until is not None and until < clock.now():
        raise NoWayOut(CLOSED)
