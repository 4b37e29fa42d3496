"""The straight line from what was said to tickets, many messages at a time: duplicates → what we sent elsewhere →
members' comments → whose it is → spam → contacts → tickets → conversations → signals → messages → fates, and in the
end routing and confirmations. One transaction under the channel's lock, opened by intake/drain.py."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.channelkit.messages import Party
from kanal.contacts import actions as contacts
from kanal.conversations import actions as conversations
from kanal.conversations.models import Role
from kanal.delivery import scheduling
from kanal.delivery.acknowledging import acknowledge
from kanal.delivery.confirming import Wanted, confirm
from kanal.delivery.models import Carriers
from kanal.delivery.ours import is_ours
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake import history, waves
from kanal.intake.acknowledging import opened
from kanal.intake.appending import append
from kanal.intake.asides import set_comments_aside, set_duplicates_aside
from kanal.intake.history import Old
from kanal.intake.models import ChannelRow, Fate, Item, State
from kanal.intake.new_tickets import Opening, open_tickets
from kanal.intake.outgoing import set_outgoing_aside
from kanal.intake.placing import Placed, place
from kanal.intake.routing import route
from kanal.intake.setting import description, settle
from kanal.intake.signals import fill_signals
from kanal.intake.spam.judging import judge
from kanal.intake.whose import find_owners
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.mail import takes_no_answers
from kanal.routing.rules import parse
from kanal.tickets import actions as tickets
from kanal.tickets.models import Touch
from kanal.tickets.rules import snippet


async def ingest(tx: Transaction, carriers: Carriers, channel: ChannelRow, items: Sequence[Item]) -> list[Fate]:
    """Make contacts, conversations and tickets of what was said on one channel; returns each raw event's fate."""
    fates: list[Fate] = []
    placed: list[Placed] = []
    routing = parse(channel.routing)
    await settle(tx, channel, routing, items)
    for wave in waves.cut(items):
        aside, taken = await _ingest_wave(tx, carriers, channel, wave)
        fates += aside + [_fate(each) for each in taken]
        placed += taken
    # Nobody is disturbed by spam, or by what was over before the channel was connected.
    genuine = [each for each in placed if not each.spam and not each.item.door.history]
    await route(tx, channel, routing, genuine)
    await confirm(tx, carriers, channel.id, _to_confirm(genuine))
    # Whoever opened a ticket is told so, where the channel says it.
    await acknowledge(tx, carriers, channel.id, opened(genuine))
    return fates


async def _ingest_wave(
    tx: Transaction, carriers: Carriers, channel: ChannelRow, wave: list[Item]
) -> tuple[list[Fate], list[Placed]]:
    """What was set aside, and what went into conversations."""
    keyring = carriers.keyring
    fates, fresh = await set_duplicates_aside(tx, channel, wave)
    # What one of us sent in another program joins its thread here.
    more, fresh = await set_outgoing_aside(tx, keyring, channel, fresh)
    fates += more
    more, fresh = await set_comments_aside(tx, keyring, channel, fresh)
    fates += more
    if not fresh:
        return fates, []
    # What somebody handed on belongs to whoever wrote it, where the forwarder is believed.
    await find_owners(tx, carriers.mail_domain, channel, fresh)
    placed = await place(tx, keyring, channel, fresh)
    # Spam makes no contact and no ticket, and what is no spam may bring its thread back.
    await judge(tx, channel, placed)
    await _find_contacts(tx, placed)
    await _open_tickets(tx, channel, placed)
    await _open_conversations(tx, channel, placed)
    await _identify(tx, placed)
    # Before it is written down, whether its sender ever was before.
    await fill_signals(tx, [each.item for each in placed])
    await append(tx, channel, placed)
    await _touch_tickets(tx, placed)
    # What was written to leave later may not fit any more.
    await scheduling.hold(tx, _gone_on(placed), _gone_on_apart(placed))
    await history.follow(tx, _old(placed))
    _tell(tx, channel, placed)
    return fates, placed


def _gone_on(placed: list[Placed]) -> set[UUID]:
    """Tickets in which a person has just written again."""
    genuine = [each for each in placed if each.item.human and not each.is_new and not each.spam]
    return {each.ticket_id for each in genuine if each.ticket_id and not each.item.door.history}


def _gone_on_apart(placed: list[Placed]) -> set[UUID]:
    """The same of conversations that are no tickets."""
    genuine = [each for each in placed if each.item.human and not each.is_new and not each.spam]
    return {each.conversation_id for each in genuine if not each.ticket_id and not each.item.door.history}


def _old(placed: list[Placed]) -> list[Old]:
    return [
        Old(
            conversation_id=each.conversation_id,
            ticket_id=each.ticket_id,
            at=each.item.received_at,
            is_new=each.is_new,
        )
        for each in placed
        if each.item.door.history
    ]


async def _find_contacts(tx: Transaction, placed: list[Placed]) -> None:
    genuine = [each for each in placed if not each.spam]
    found = await contacts.resolve(tx, [each.item.said.sender for each in genuine])
    for each in genuine:
        each.item.contact_id = found.get(each.sender)


async def _open_tickets(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    """Before their conversations, which are then written once and whole."""
    new = [each for each in placed if each.is_new and channel.makes_tickets and not each.spam]
    refs = await open_tickets(tx, channel, [_opening(each) for each in new])
    for each, ref in zip(new, refs, strict=True):
        each.ticket_id = ref.id


def _opening(each: Placed) -> Opening:
    said = each.item.said
    return Opening(
        conversation_id=each.conversation_id,
        contact_id=each.item.contact_id,
        subject=said.subject,
        text=said.text,
        at=each.item.received_at,
        human=each.item.human,
        history=each.item.door.history,
        setting=each.item.setting,
        description=description(said),
        linked_to=each.placement.linked_to,
        link_why=each.placement.why,
    )


async def _open_conversations(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    new = [each for each in placed if each.is_new]
    await conversations.open_many(
        tx,
        [
            conversations.NewConversation(
                id=each.conversation_id,
                inbox_id=channel.inbox_id,
                channel_id=channel.id,
                contact_id=each.item.contact_id,
                subject=each.item.said.subject,
                subject_key=each.item.said.evidence.subject_key,
                thread_key=each.item.said.evidence.thread_key,
                at=each.item.received_at,
                apart=not channel.makes_tickets,
                ticket_id=each.ticket_id,
                last_in_at=each.item.received_at,
                waiting=each.item.human and not each.item.door.history,
                snippet=snippet(each.item.said.text),
                spam_at=clock.now() if each.spam else None,
                spam_why=each.spam.kept() if each.spam else "",
            )
            for each in new
        ],
    )
    await conversations.join(tx, [joining for each in placed for joining in _joining(each)])


async def _identify(tx: Transaction, placed: list[Placed]) -> None:
    """Whoever was an unknown visitor until now, and says who they are (CHT-23)."""
    known: dict[UUID, UUID] = {}
    for each in placed:
        conversation, contact = each.placement.conversation, each.item.contact_id
        if conversation and conversation.contact_id is None and contact and not each.placement.joins:
            known[conversation.id] = contact
    await conversations.identify(tx, known)


def _joining(each: Placed) -> list[conversations.Joining]:
    """The sender comes in as the contact of a new conversation, or as a new person of one that goes on (K19); whom
    somebody in the conversation names beside us is in copy."""
    said = each.item.said
    at = each.item.received_at

    def joining(party: Party, role: Role) -> conversations.Joining:
        return conversations.Joining(conversation_id=each.conversation_id, party=party, role=role, at=at)

    copied = [joining(party, "cc") for party in _copied(each.item)] if each.item.human else []
    if each.placement.joins:
        return [joining(said.sender, "new_person")]
    if not each.is_new:
        return copied
    answer_at = [joining(said.answer_at, "contact")] if said.answer_at else []
    return [joining(said.sender, "contact"), *answer_at, *copied]


def _copied(item: Item) -> list[Party]:
    ours = {*item.door.account_addresses, *item.door.rcpt_to, item.handle.key}
    named = {r.party.handle.key: r.party for r in item.said.recipients if r.field in ("to", "cc")}
    return [party for key, party in named.items() if not is_ours(key, ours) and not takes_no_answers(key)]


async def _touch_tickets(tx: Transaction, placed: list[Placed]) -> None:
    touched = [
        (
            each,
            Touch(
                ticket_id=each.ticket_id,
                conversation_id=each.conversation_id,
                at=each.item.received_at,
                human=each.item.human,
                snippet=snippet(each.item.said.text),
            ),
        )
        for each in placed
        if each.ticket_id and not each.is_new and not each.spam and not each.item.door.history
    ]
    before = await tickets.touch_many(tx, [touch for _, touch in touched])
    for each, touch in touched:
        each.ticket_id = touch.ticket_id
    for each in placed:
        was = before.get(each.ticket_id) if each.ticket_id else None
        each.reopened = was is not None and not was.is_open


def _tell(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    for each in placed:
        if each.spam:
            _tell_spam(tx, channel, each)
            continue
        events.emit(
            tx,
            Event(
                name="message.received",
                ticket_id=each.ticket_id,
                conversation_id=each.conversation_id,
                channel_id=channel.id,
                contact_id=each.item.contact_id,
                data={
                    "message_id": str(each.item.message_id),
                    "raw_event_id": str(each.item.raw_id),
                    "human": each.item.human,
                    "first": each.is_new,
                }
                | history.mark(each.item),
            ),
        )


def _tell_spam(tx: Transaction, channel: ChannelRow, each: Placed) -> None:
    """Nobody is to be disturbed by it; the list of spam grows."""
    events.emit(
        tx,
        Event(
            name="conversation.spam_changed",
            ticket_id=each.ticket_id,
            conversation_id=each.conversation_id,
            channel_id=channel.id,
            contact_id=each.item.contact_id,
            data={"spam": True},
        ),
    )


def _to_confirm(placed: list[Placed]) -> list[Wanted]:
    """People who opened a conversation and are to be told so; what no person wrote is never answered by itself."""
    return [
        Wanted(
            conversation_id=each.conversation_id,
            ticket_id=each.ticket_id,
            contact_id=each.item.contact_id,
            to=each.item.said.answer_at or each.item.said.sender,
            confirmation=each.item.said.confirmation,
        )
        for each in placed
        if each.item.said.confirmation and each.item.human and each.is_new
    ]


def _fate(each: Placed) -> Fate:
    if each.spam:
        return Fate(raw_id=each.item.raw_id, state="spam", reason=each.spam.words(), message_id=each.item.message_id)
    began: State = "ticket" if each.ticket_id else "conversation"
    return Fate(
        raw_id=each.item.raw_id,
        state=began if each.is_new else "reply",
        ticket_id=each.ticket_id,
        message_id=each.item.message_id,
    )
