"""A step of the pipeline: which of the messages of a wave are spam. Those go into conversations of their own kind, make
no contact and no ticket, and nobody is told or answered; a genuine one pulls its thread out of spam."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.contacts.senders import queries as senders
from kanal.intake.models import ChannelRow
from kanal.intake.placing import Placed, apart
from kanal.intake.spam import queries, rules
from kanal.intake.spam.filters import filters
from kanal.intake.spam.marking import bring_back
from kanal.kit.db import Transaction


async def judge(tx: Transaction, channel: ChannelRow, placed: Sequence[Placed]) -> None:
    """Notes on each what it is, and finds the contacts of spam's senders: those who are known are not made anew."""
    listed = await senders.rule_of(tx, [each.sender for each in placed])
    switched = await filters(tx)
    own = await queries.own_addresses(tx, channel.id)
    judged = [
        (
            each,
            rules.judge(
                each.item.said,
                each.placement,
                listed.get(each.sender),
                switched,
                own=each.sender in own,
                history=each.item.door.history,
            ),
        )
        for each in placed
        if not each.item.door.believed
    ]
    familiar = await queries.familiar(tx, [each.sender for each, judgement in judged if judgement.spam])
    for each, judgement in judged:
        known = familiar.get(each.sender)
        if judgement.spam and not (judgement.spares_contacts and known and known.genuine):
            each.spam = judgement.spam
            each.item.contact_id = known.contact_id if known else None
            if judgement.apart:
                apart(each)
        elif judgement.pulls_out:
            await _pull_out(tx, each)


async def _pull_out(tx: Transaction, each: Placed) -> None:
    """What was a ticket is one again, what was none becomes one; the message then goes on in it."""
    each.ticket_id = await bring_back(tx, each.conversation_id, actor=None)
