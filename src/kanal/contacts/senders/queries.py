"""Reading the rules about senders, and what they say of somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from kanal.contacts.senders import rules
from kanal.contacts.senders.models import SenderKey, SenderRule, Verdict
from kanal.kit.db import Transaction


async def verdict_of(tx: Transaction, senders: Iterable[SenderKey]) -> dict[SenderKey, Verdict]:
    """What the lists say of each sender; who is on none is left out. An address beats a domain, a longer domain beats
    a shorter one."""
    return {sender: rule.verdict for sender, rule in (await rule_of(tx, senders)).items()}


async def rule_of(tx: Transaction, senders: Iterable[SenderKey]) -> dict[SenderKey, SenderRule]:
    """The rule that counts for each of these senders; who is on no list is left out."""
    asked = {sender: rules.entries_for(sender) for sender in senders}
    found = await _about(tx, [(space, entry) for (space, _), entries in asked.items() for entry in entries])
    if not found:
        return {}
    deciding = {sender: rules.deciding(sender, found) for sender in asked}
    return {sender: rule for sender, rule in deciding.items() if rule is not None}


async def _about(tx: Transaction, entries: Collection[tuple[str, str]]) -> list[SenderRule]:
    if not entries:
        return []
    return await tx.all(
        SenderRule,
        """
        select r.id, r.verdict, r.space, r.entry, r.why, r.note, r.created_by, r.created_at
        from (select distinct * from unnest(%s::text[], %s::text[])) as wanted (space, entry)
        join sender_rules r on r.space = wanted.space and r.entry = wanted.entry
        """,
        ([space for space, _ in entries], [entry for _, entry in entries]),
    )


async def sender_rule(tx: Transaction, wanted: UUID) -> SenderRule:
    return await tx.one(
        SenderRule,
        "select id, verdict, space, entry, why, note, created_by, created_at from sender_rules where id = %s",
        (wanted,),
    )


async def listed(
    tx: Transaction, *, verdict: Verdict | None, q: str, before: tuple[datetime, UUID] | None, limit: int
) -> list[SenderRule]:
    """The newest first; `q` is a part of the entry or its note, `before` where the page before ended."""
    at, id_ = before or (None, None)
    return await tx.all(
        SenderRule,
        """
        select id, verdict, space, entry, why, note, created_by, created_at from sender_rules
        where (%(verdict)s::text is null or verdict = %(verdict)s)
          and (strpos(entry, lower(%(q)s)) > 0 or strpos(lower(note), lower(%(q)s)) > 0)
          and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s, %(id)s))
        order by created_at desc, id desc limit %(limit)s
        """,
        {"verdict": verdict, "q": q.strip(), "at": at, "id": id_, "limit": limit},
    )
