"""All that somebody needs who is about to write, in one answer: by which channel, to whom, who is left out and why,
what stands below, what fits. It asks the same functions as `send`, so nothing is said here that is not done."""

from __future__ import annotations

from collections.abc import Awaitable, Collection
from uuid import UUID

from kanal.channelkit.contract import Kind, answerable_until
from kanal.delivery import answered, forwarding, putting, quoting, rules, sending_channels
from kanal.delivery.answered import Answered
from kanal.delivery.composer_models import (
    Bounds,
    ChannelName,
    Code,
    Composer,
    HandedFile,
    Mailbox,
    NewMailForm,
    SendingChannel,
    Warned,
)
from kanal.delivery.errors import InvalidReply, NoWayOut
from kanal.delivery.models import Carriers
from kanal.delivery.prospect import way_back, way_out
from kanal.delivery.quoting import Quote
from kanal.delivery.sending_channels import Sending
from kanal.delivery.ways import Asked, WayOut
from kanal.inboxes.models import ChannelRow
from kanal.kit.db import Transaction
from kanal.kit.mail import takes_no_answers
from kanal.people import queries as people


async def of_answer(
    tx: Transaction,
    carriers: Carriers,
    ticket: UUID,
    asked: Asked,
    hidden_channels: Collection[UUID] = (),
) -> Composer:
    return await _of_answer(tx, carriers, asked, hidden_channels, way_out(tx, carriers, ticket, hidden_channels, asked))


async def of_answer_apart(
    tx: Transaction,
    carriers: Carriers,
    conversation: UUID,
    asked: Asked,
    hidden_channels: Collection[UUID] = (),
) -> Composer:
    """In a conversation of a conversations inbox."""
    way = way_back(tx, carriers, conversation, hidden_channels, asked)
    return await _of_answer(tx, carriers, asked, hidden_channels, way)


async def _of_answer(
    tx: Transaction, carriers: Carriers, asked: Asked, hidden: Collection[UUID], found: Awaitable[WayOut]
) -> Composer:
    channels = await _channels(tx, carriers, asked.author, hidden)
    try:
        way = await found
    except NoWayOut as error:
        return _impossible(error.why, channels)
    form = await _form(tx, way, asked, channels)
    if way.about is not None and way.kind.capabilities.forwards:
        quote = quoting.of_answer(way.about, await putting.reader(tx, _author(asked)))
        _lay_below(form, quote, quotes=quoting.by_channel(way.channel, way.kind))
    return form


async def of_forward(
    tx: Transaction,
    carriers: Carriers,
    asked: Asked,
    hidden_channels: Collection[UUID] = (),
) -> Composer:
    """For the message that `asked.answers` names."""
    if asked.answers is None:
        raise InvalidReply("message", "Name the message that is to be handed on.")
    about = await answered.message(tx, asked.answers)
    channels = await _channels(tx, carriers, asked.author, hidden_channels)
    try:
        way = await forwarding.way(tx, carriers, about, asked, hidden_channels)
    except NoWayOut as error:
        return _impossible(error.why, channels)
    quote = quoting.of_forward(about, await putting.reader(tx, _author(asked)))
    form = await _form(tx, way, asked, channels)
    _lay_below(form, quote, quotes=True)
    form.subject = rules.forward_subject(about.subject) if way.kind.capabilities.subject else ""
    form.to, form.cc, form.left_out, form.new_people = [], [], [], []
    form.warnings = [each for each in form.warnings if each.channel is not None]
    form.attachments = [
        HandedFile(
            id=file.id,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            shown=forwarding.shows(quote.html, file),
        )
        for file in await forwarding.files_of(tx, about.id)
    ]
    return form


async def of_new_mail(
    tx: Transaction, carriers: Carriers, author: UUID, hidden_channels: Collection[UUID] = ()
) -> NewMailForm:
    channels = await _channels(tx, carriers, author, hidden_channels)
    default = await sending_channels.by_team(tx, author)
    known = [each.id for each in channels]
    return NewMailForm(channel=default if default in known else next(iter(known), None), channels=channels)


async def _channels(
    tx: Transaction, carriers: Carriers, author: UUID | None, hidden: Collection[UUID]
) -> list[SendingChannel]:
    name = (await people.member(tx, author)).name if author else ""
    return [_sending(each, name) for each in await sending_channels.find(tx, carriers, hidden)]


def _sending(sending: Sending, author: str) -> SendingChannel:
    channel, kind = sending
    return SendingChannel(
        id=channel.id,
        name=channel.name,
        kind=channel.kind,
        sender=_sender(channel, kind, author),
        obstacle=kind.obstacle(channel.settings),
        limits=_bounds(kind),
    )


def _sender(channel: ChannelRow, kind: Kind, author: str) -> Mailbox | None:
    """The kind's own words for who writes, "Ann (Lamps) <support@lamps.example>"."""
    shown = kind.preview(channel.settings, author).get("from", "")
    name, _, address = shown.rpartition(" <")
    return Mailbox(name=name, address=address.rstrip(">")) if shown else None


def _bounds(kind: Kind) -> Bounds:
    limits = kind.capabilities.limits
    return Bounds(text=limits.text, file=limits.file, total=limits.total, files=limits.files)


async def _form(tx: Transaction, way: WayOut, asked: Asked, channels: list[SendingChannel]) -> Composer:
    name = (await people.member(tx, asked.author)).name if asked.author else ""
    last_in = way.conversation.last_in_at if way.conversation else None
    return Composer(
        possible=True,
        reason="",
        answers=way.about.id if way.about else None,
        channel=_sending((way.channel, way.kind), name),
        channels=channels,
        to=[Mailbox(name=each.name, address=each.address) for each in way.people if each.field == "to"],
        cc=[Mailbox(name=each.name, address=each.address) for each in way.people if each.field == "cc"],
        left_out=way.left_out,
        new_people=[Mailbox(name=each.name, address=each.address) for each in way.new_people],
        subject=way.subject,
        quotes=False,
        quote_text="",
        quote_html="",
        attachments=[],
        warnings=await _warnings(tx, way, asked, channels),
        limits=_bounds(way.kind),
        answerable_until=answerable_until(way.kind.capabilities, last_in) if way.conversation else None,
    )


def _lay_below(form: Composer, quote: Quote, *, quotes: bool) -> None:
    form.quotes, form.quote_text, form.quote_html = quotes, quote.text, quote.html


async def _warnings(tx: Transaction, way: WayOut, asked: Asked, channels: list[SendingChannel]) -> list[Warned]:
    found = _of_people(way)
    thread = way.thread
    if thread is not None and thread.id != way.channel.id:
        found.append(Warned(code="other_channel", addresses=[], channel=ChannelName(id=thread.id, name=thread.name)))
    default = await sending_channels.by_team(tx, asked.author)
    teams = next((each for each in channels if each.id == default), None)
    if teams is not None and teams.id != way.channel.id:
        found.append(Warned(code="not_the_teams", addresses=[], channel=ChannelName(id=teams.id, name=teams.name)))
    return found


def _of_people(way: WayOut) -> list[Warned]:
    found = _of_sender(way.about) if way.about else []
    silent = [each.address for each in way.people if each.field == "to" and takes_no_answers(each.key)]
    if silent:
        found.append(Warned(code="no_reply", addresses=silent, channel=None))
    if way.new_people:
        found.append(Warned(code="new_people", addresses=[each.address for each in way.new_people], channel=None))
    return found


def _of_sender(about: Answered) -> list[Warned]:
    signals: tuple[tuple[Code, str], ...] = (("reply_to_differs", "reply_to"), ("hidden_sender", "hidden_behind"))
    told = [(code, about.signals.get(name)) for code, name in signals]
    return [Warned(code=code, addresses=[address], channel=None) for code, address in told if address]


def _author(asked: Asked) -> UUID:
    if asked.author is None:
        raise ValueError("a quote is written for somebody")
    return asked.author


def _impossible(why: str, channels: list[SendingChannel]) -> Composer:
    return Composer(
        possible=False,
        reason=why,
        answers=None,
        channel=None,
        channels=channels,
        to=[],
        cc=[],
        left_out=[],
        new_people=[],
        subject="",
        quotes=False,
        quote_text="",
        quote_html="",
        attachments=[],
        warnings=[],
        limits=None,
        answerable_until=None,
    )
