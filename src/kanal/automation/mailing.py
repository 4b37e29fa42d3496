"""The mails of rules: to the contact or another address as automatic messages in the ticket's conversation, to members
by their outbox. Nothing is said to a machine or a list, and not much to one address: two desks that answer each other
by rules stop."""

from __future__ import annotations

from uuid import UUID

from kanal.automation.checking import member_of
from kanal.automation.facts import Subject
from kanal.automation.models import SendMail
from kanal.channelkit.messages import Confirmation, Handle, Party
from kanal.conversations import queries as conversations
from kanal.conversations.models import Conversation
from kanal.delivery import automatic, tokens
from kanal.delivery.automatic import Wanted
from kanal.delivery.models import Carriers
from kanal.kit import mail as addresses
from kanal.kit.db import Transaction
from kanal.people import outbox

LONGEST_SUBJECT = 300
SUBJECT = "Re: {{ticket.subject}}"
NOT_SAID = {
    "no_way_out": "nothing can be sent to them by this channel",
    "too_many": "they got several automatic messages within the hour",
    "our_own_address": "the address is one of ours",
}
NOBODY_HAS_IT = "nobody has the ticket"
NO_CONVERSATION = "there is no conversation to say it in"
NO_CONTACT = "the conversation has no contact who can be written to"
NO_PERSON = "what came last was written by no person"


async def mail(tx: Transaction, carriers: Carriers, ticket: Subject, key: str, action: SendMail) -> str:
    """Promise it; returns why not, or ""."""
    said = _worded(ticket, action)
    if action.to == "assignee":
        return await _to_member(tx, ticket, key, ticket.assignee_id, said) if ticket.assignee_id else NOBODY_HAS_IT
    if member := member_of(action.to):
        return await _to_member(tx, ticket, key, member, said)
    return await _in_conversation(tx, carriers, ticket, action.to, said)


async def _to_member(tx: Transaction, ticket: Subject, key: str, member: UUID, said: Confirmation) -> str:
    words = {"subject": said.subject, "text": said.text}
    await outbox.put(tx, member, "automation", once=f"automation/{key}", ticket_id=ticket.id, words=words)
    return ""


async def _in_conversation(tx: Transaction, carriers: Carriers, ticket: Subject, to: str, said: Confirmation) -> str:
    conversation = next(iter(await conversations.of_ticket(tx, ticket.id)), None)
    if conversation is None:
        return NO_CONVERSATION
    if to == "contact" and await _last_was_automatic(tx, ticket):
        return NO_PERSON
    party = await _contact(tx, conversation) if to == "contact" else _at(to)
    if party is None:
        return NO_CONTACT
    thread = await conversations.thread(tx, conversation.id)
    wanted = Wanted(
        conversation_id=conversation.id,
        ticket_id=ticket.id,
        contact_id=conversation.contact_id,
        to=party,
        confirmation=said,
        in_reply_to=thread.in_reply_to,
        references=tuple(thread.references),
    )
    refused = await automatic.say(tx, carriers, conversation.channel_id, [wanted])
    return NOT_SAID[refused[0][1]] if refused else ""


async def _last_was_automatic(tx: Transaction, ticket: Subject) -> bool:
    """What no person wrote gets no automatic answer, however the rule was set off (RFC 3834)."""
    if ticket.last_in is None:
        return False
    return bool(await tx.value("select automatic is not null from messages where id = %s", (ticket.last_in,)))


async def _contact(tx: Transaction, conversation: Conversation) -> Party | None:
    people = [each for each in await conversations.participants(tx, conversation.id) if each.role == "contact"]
    handles = [Handle(kind=each.space, key=each.key, address=each.address) for each in people]
    return Party(handle=handles[0], name=people[0].name, also=handles[1:]) if people else None


def _at(address: str) -> Party:
    return Party(handle=Handle(kind="email", key=addresses.normalise(address), address=address))


def _worded(ticket: Subject, action: SendMail) -> Confirmation:
    values = {
        "ticket.number": str(ticket.number),
        "ticket.subject": ticket.subject,
        "contact.name": ticket.contact_name,
        "contact.first_name": tokens.first_name(ticket.contact_name),
        "assignee.name": ticket.assignee_name or "",
    }
    subject = " ".join(tokens.filled(action.subject or SUBJECT, values).split())[:LONGEST_SUBJECT]
    text = tokens.filled(action.text.strip(), values)
    return Confirmation(subject=subject, text=f"{text}\n", html=tokens.as_html(text))
