"""What a channel's settings name in the desk: a form that it carries, a channel that answers for it. A kind says by
the types of its fields that it has such settings; that what they name is there, only the desk knows. Used by
channels.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Kind, referring
from kanal.channelkit.errors import InvalidSettings
from kanal.delivery import answering
from kanal.delivery.models import Carriers
from kanal.forms.definitions import queries as forms
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.kit.db import NotFound, Transaction

NO_WAY = "cannot be answered yet: connect an email address"
NO_FIELD = "cannot be answered: the form has no email field"
NOT_A_SENDER = "That is no channel that can write to people; choose an email address."


class AnsweringOut(msgspec.Struct):
    id: UUID
    name: str


class AnswersOut(msgspec.Struct):
    """How what comes in by a channel that carries no answers itself is answered."""

    channel: AnsweringOut | None
    chosen: bool
    """By whoever set up the channel; else the desk chose."""
    obstacle: str
    """Why it cannot be answered yet, or at all; "" when it can."""


async def check(
    tx: Transaction, carriers: Carriers, kind: Kind, given: Mapping[str, Any], channel: UUID | None = None
) -> None:
    """Raises InvalidSettings where the settings name what is not there or cannot do it; `channel` is the one that they
    are for, None when it is new."""
    form, answer_by = referring(kind, "form"), referring(kind, "channel")
    if form is None and answer_by is None:
        return
    settings = kind.check(given, carriers.mail_domain)
    if form and (why := await forms.reference_problem(tx, UUID(settings[form]), channel)):
        raise InvalidSettings(form, why)
    if answer_by and settings[answer_by] and not await can_answer(tx, carriers, UUID(settings[answer_by])):
        raise InvalidSettings(answer_by, NOT_A_SENDER)


async def can_answer(tx: Transaction, carriers: Carriers, wanted: UUID) -> bool:
    """Whether this is a connected channel that may write first."""
    try:
        row = await channels.channel(tx, wanted)
    except NotFound:
        return False
    kind = carriers.kinds.get(row.kind)
    return row.deleted_at is None and kind is not None and kind.capabilities.starts


async def answers(tx: Transaction, carriers: Carriers, rows: Iterable[ChannelRow]) -> dict[UUID, AnswersOut]:
    """By channel; those that answer by themselves are left out."""
    silent = [(row, kind) for row in rows if (kind := carriers.kinds.get(row.kind)) and not kind.capabilities.replies]
    if not silent:
        return {}
    desk = await answering.desk(tx, carriers)
    carried = {row.id: form for row, kind in silent if (form := _form(row, kind))}
    answerable = await forms.answerable(tx, list(carried.values()))
    return {
        row.id: _answers(desk.answering(row, kind), row.id not in carried or carried[row.id] in answerable)
        for row, kind in silent
    }


def _form(row: ChannelRow, kind: Kind) -> UUID | None:
    setting = referring(kind, "form")
    return UUID(row.settings[setting]) if setting and row.settings.get(setting) else None


def _answers(found: Sequence[answering.Answering], answerable: bool) -> AnswersOut:
    best = next(iter(found), None)
    if best is None or not answerable:
        return AnswersOut(channel=None, chosen=False, obstacle=NO_WAY if answerable else NO_FIELD)
    return AnswersOut(
        channel=AnsweringOut(id=best.channel.id, name=best.channel.name),
        chosen=best.chosen,
        obstacle=best.kind.obstacle(best.channel.settings),
    )
