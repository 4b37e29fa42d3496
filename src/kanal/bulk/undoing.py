"""Taking back what a job changed on a batch of tickets: each stands as it stood, unless somebody changed since what
would be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.bulk import doing, queries, rules
from kanal.bulk.doing import Refused
from kanal.bulk.models import Item, Outcome, Standing
from kanal.intake.spam import marking
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
    for each in back.values():
        for conversation in sorted(set(each.became.get("spam", [])) - set(each.was.get("spam", []))):
            await marking.unmark(tx, UUID(conversation), member)
    refused = await doing.change(tx, {id_: _change(each) for id_, each in back.items()}, member, by_rules=False)
    back = {id_: each for id_, each in back.items() if id_ not in refused}
    await tickets.stand_again(tx, [_stood(id_, each) for id_, each in back.items() if "status_id" in each.was])
    await _wait_again(tx, back, member)
    taggings = {id_: _tagging(each) for id_, each in back.items() if "tags" in each.was}
    await tags.change_many(tx, taggings, member)
    await reads.mark_back(tx, member, {id_: each.was["read"] for id_, each in back.items() if "read" in each.was})
    return refused


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
