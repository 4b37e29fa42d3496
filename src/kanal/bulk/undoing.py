"""Taking back what a job changed on a batch of tickets: each stands as it stood, unless somebody changed since what
would be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.bulk import doing, queries, rules
from kanal.bulk.doing import Refused
from kanal.bulk.models import Item, Outcome, Standing
from kanal.intake import coming_back
from kanal.intake.spam import marking
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.routing import actions as routing
from kanal.tickets import actions as tickets
from kanal.tickets.actions import Stood
from kanal.tickets.models import TicketChange
from kanal.tickets.tags import many as tags
from kanal.tickets.tags.many import Tagging
from kanal.views import reads


class Back(msgspec.Struct, kw_only=True):
    """One ticket: as it was and became by the job, of what the job changed, and as it stands now."""

    was: Mapping[str, Any]
    became: Mapping[str, Any]
    now: Standing


async def undo(tx: Transaction, items: Sequence[Item], member: UUID) -> dict[UUID, Outcome]:
    now = await queries.held(tx, [item.ticket_id for item in items], member, hidden_too=True)
    found: dict[UUID, Outcome] = {}
    back: dict[UUID, Back] = {}
    for item in items:
        standing = now.get(item.ticket_id)
        if standing is None:
            found[item.ticket_id] = Outcome(state="skipped", why="gone")
        elif touched := rules.touched_since(item.became or {}, standing):
            found[item.ticket_id] = Outcome(state="skipped", why="changed", detail=", ".join(touched))
        else:
            back[item.ticket_id] = Back(was=item.was or {}, became=item.became or {}, now=standing)
    refused = await _stand_again(tx, back, member)
    for ticket in back:
        found[ticket] = doing.outcome(refused[ticket]) if ticket in refused else Outcome(state="changed")
    return found


async def _stand_again(tx: Transaction, back: Mapping[UUID, Back], member: UUID) -> Refused:
    # What was merged stood for nothing else meanwhile; all that went over comes back with it.
    merged = [id_ for id_, each in back.items() if "merged_into" in each.was]
    await _unmerge(tx, merged, member)
    back = {id_: each for id_, each in back.items() if id_ not in merged}
    await _show_again(tx, back, member)
    refused = await doing.change(tx, {id_: _change(each) for id_, each in back.items()}, member, by_rules=False)
    back = {id_: each for id_, each in back.items() if id_ not in refused}
    await tickets.stand_again(tx, [_stood(id_, each) for id_, each in back.items() if "status_id" in each.was])
    await _wait_again(tx, back, member)
    await _sleep_again(tx, {id_: each for id_, each in back.items() if "snoozed_until" in each.was}, member)
    taggings = {id_: _tagging(each) for id_, each in back.items() if "tags" in each.was}
    await tags.change_many(tx, taggings, member)
    await tickets.unfollow(tx, [id_ for id_, each in back.items() if each.was.get("follows") is False], member)
    await reads.mark_back(tx, member, {id_: each.was["read"] for id_, each in back.items() if "read" in each.was})
    return refused


async def _unmerge(tx: Transaction, merged: Sequence[UUID], member: UUID) -> None:
    """The last one first: each merge found the other ticket as those before had left it."""
    merges = await tx.all(
        _Merge,
        """
        select id, ticket_id from ticket_merges where ticket_id = any(%s) and undone_at is null
        order by made_at desc, id desc
        """,
        (list(merged),),
    )
    for merge in merges:
        await tickets.unmerge(tx, merge.id, member)
        await coming_back.give_out(tx, merge.ticket_id)


class _Merge(msgspec.Struct, kw_only=True):
    id: UUID
    ticket_id: UUID


async def _show_again(tx: Transaction, back: Mapping[UUID, Back], member: UUID) -> None:
    for each in back.values():
        for conversation in sorted(set(each.became.get("spam", [])) - set(each.was.get("spam", []))):
            await marking.unmark(tx, UUID(conversation), member)
    deleted = {id_: each for id_, each in back.items() if "deleted_at" in each.was}
    await doing.bring_back(tx, [id_ for id_, each in deleted.items() if each.was["deleted_at"] is None], member)
    await doing.delete(tx, [id_ for id_, each in deleted.items() if each.was["deleted_at"] is not None], member)


async def _sleep_again(tx: Transaction, back: Mapping[UUID, Back], member: UUID) -> None:
    """Until when it was to rest, if that is still to come, for whoever had said so."""
    awake = [id_ for id_, each in back.items() if each.was["snoozed_until"] is None]
    await tickets.wake(tx, awake, member)
    for id_, each in back.items():
        until = each.was["snoozed_until"] and msgspec.convert(each.was["snoozed_until"], datetime)
        if until and until > clock.now():
            await tickets.snooze(tx, [id_], until, member)
            by = each.was.get("snoozed_by", each.now.snoozed_by)
            await tx.run("update tickets set snoozed_by = %s where id = %s", (by, id_))


def _change(each: Back) -> TicketChange:
    """Pipelines' rules do not hold for it; what came to be of a property by somebody else stays."""
    given: dict[str, Any] = {f: each.was[f] for f in TicketChange.__struct_fields__ if f in each.was and f != "custom"}
    was, became = (side.get("custom", {}) for side in (each.was, each.became))
    theirs = {key for key in {*was, *became} if was.get(key) != became.get(key) == each.now.custom.get(key)}
    return msgspec.convert(given | ({"custom": {key: was.get(key) for key in theirs}} if theirs else {}), TicketChange)


def _stood(ticket: UUID, each: Back) -> Stood:
    """If the customer wrote since, they wait since then."""
    was = each.was
    return msgspec.convert(
        {
            "id": ticket,
            "closed_at": was.get("closed_at", each.now.closed_at),
            "waiting_since": was.get("waiting_since", each.now.waiting_since),
            "conversations": was.get("conversations", {}),
        },
        Stood,
        strict=False,
    )


async def _wait_again(tx: Transaction, back: Mapping[UUID, Back], member: UUID) -> None:
    """What the job took from the queue by giving it to somebody."""
    for ticket, each in back.items():
        if "assignee_id" in each.was and each.was["assignee_id"] is None:
            await routing.undone(tx, ticket, member)


def _tagging(each: Back) -> Tagging:
    was, became = each.was["tags"], each.became["tags"]
    return Tagging(add=[tag for tag in was if tag not in became], remove=[tag for tag in became if tag not in was])
