"""A step of the pipeline: what only the desk can know of a sender, before their message is written down: whether
anything came from them before, and whether their domain is easily taken for that of somebody we write with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from kanal.channelkit.messages import Signals
from kanal.contacts.senders.models import MAIL, SenderKey
from kanal.intake.lookalikes import lookalikes
from kanal.intake.models import Item
from kanal.kit.db import Transaction
from kanal.kit.freemail import is_shared
from kanal.kit.mail import domain_of

MOST_DOMAINS = 50
"""Of one wave, that are compared; each is looked up under some thousand names."""


async def fill_signals(tx: Transaction, wave: Sequence[Item]) -> None:
    items = [item for item in wave if item.said.sender.known and not item.door.history]
    strangers = await look_at(tx, {(item.handle.kind, item.handle.key) for item in items})
    for item in items:
        seen = strangers.get((item.handle.kind, item.handle.key))
        if seen is not None:
            item.said.signals = msgspec.structs.replace(item.said.signals, first_time=True, looks_like=seen.looks_like)


async def look_at(tx: Transaction, senders: Collection[SenderKey]) -> dict[SenderKey, Signals]:
    """What is to be known of each of these from whom nothing came before."""
    known = await _heard_before(tx, senders)
    strangers = [sender for sender in senders if sender not in known]
    alike = await _alike(tx, {domain_of(key) for space, key in strangers if space == MAIL})
    return {
        (space, key): Signals(first_time=True, looks_like=alike.get(domain_of(key), "") if space == MAIL else "")
        for space, key in strangers
    }


async def _heard_before(tx: Transaction, keys: Collection[SenderKey]) -> set[SenderKey]:
    if not keys:
        return set()

    class Row(msgspec.Struct):
        space: str
        key: str

    rows = await tx.all(
        Row,
        """
        select wanted.space, wanted.key from unnest(%s::text[], %s::text[]) as wanted (space, key)
        where exists (select from messages m
                      where m.space = wanted.space and m.from_key = wanted.key and m.direction = 'in')
        """,
        ([space for space, _ in keys], [key for _, key in keys]),
    )
    return {(row.space, row.key) for row in rows}


async def _alike(tx: Transaction, domains: Collection[str]) -> dict[str, str]:
    """The domain of somebody we write with that each of these is taken for; those left out are alike to none, or are
    known themselves."""
    asked = [domain for domain in sorted(domains) if domain and not is_shared(domain)][:MOST_DOMAINS]
    if not asked:
        return {}
    names = {domain: {domain, *lookalikes(domain)} for domain in asked}
    found = set(
        await tx.values(
            """
            with alike as materialized (
              select domain, contact_id from handles where domain = any(%s) and domain <> '')
            select distinct a.domain from alike a
            where exists (select from conversations c where c.contact_id = a.contact_id and c.last_out_at is not null)
            """,
            (sorted({name for each in names.values() for name in each}),),
        )
    )
    alike = {domain: min(names[domain] & found, default="") for domain in asked if domain not in found}
    return {domain: name for domain, name in alike.items() if name and not is_shared(name)}
