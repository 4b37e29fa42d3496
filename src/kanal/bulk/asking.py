"""Asking for a job, stopping it, and asking for one that takes it back. The row is its own job: `jobs` does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.bulk import queries, rules
from kanal.bulk.chosen import check_view, put_items
from kanal.bulk.errors import InvalidBulk, NotUndoable
from kanal.bulk.models import BulkAction, BulkAssign, BulkTags, BulkWhich, Name
from kanal.bulk.progress import tell
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.kit.ids import new_id
from kanal.macros import checking
from kanal.macros import queries as macros
from kanal.people import rules as people
from kanal.tickets import queries as tickets
from kanal.tickets.tags import rules as tags
from kanal.tickets.tags.errors import InvalidTag
from kanal.views import visible

TOPIC = "bulk"


async def ask(tx: Transaction, member: UUID, which: BulkWhich, action: BulkAction) -> UUID:
    """Raises InvalidBulk. What single tickets may be refused for is found out one by one."""
    wanted = await _checked(tx, member, action)
    job, chosen, view = new_id(), rules.chosen(which), None
    if which.view is not UNSET:
        await check_view(tx, member, which)
        view = which
    await _put(tx, job, member, wanted, view=view, total=len(chosen))
    await put_items(tx, job, chosen)
    return job


async def undo(tx: Transaction, wanted: UUID, member: UUID) -> UUID:
    """A job that takes back what this one changed and nobody changed since. Raises NotUndoable."""
    await tx.run("select from bulk_jobs where id = %s for update", (wanted,))
    job = await queries.job(tx, wanted)
    if not job.is_over:
        raise NotUndoable("It is still under way; stop it first.")
    if not job.can_undo:
        raise NotUndoable("There is nothing to take back, or it was taken back already.")
    back = new_id()
    await _put(tx, back, member, job.action, undoes=wanted, total=job.changed)
    await tx.run(
        """
        insert into bulk_items (account_id, job_id, position, ticket_id, was, became)
        select account_id, %s, position, ticket_id, was, became from bulk_items where job_id = %s and state = 'changed'
        """,
        (back, wanted),
    )
    return back


async def stop(tx: Transaction, wanted: UUID) -> None:
    """What it has changed stays, and can be taken back. One that is over is left as it is."""
    ended = await tx.run(
        "update bulk_jobs set state = 'stopped', ended_at = %s where id = %s and state in ('waiting', 'running')",
        (clock.now(), wanted),
    )
    if ended:
        await tell(tx, await queries.job(tx, wanted))


async def _put(
    tx: Transaction,
    job: UUID,
    member: UUID,
    action: dict[str, Any],
    *,
    total: int,
    view: BulkWhich | None = None,
    undoes: UUID | None = None,
) -> None:
    await tx.run(
        """
        insert into bulk_jobs (account_id, id, member_id, view, action, undoes, total, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            tx.account,
            job,
            member,
            document(view) if view else None,
            document(action),
            undoes,
            total,
            clock.now(),
        ),
    )
    tx.wake(TOPIC)


async def _checked(tx: Transaction, member: UUID, action: BulkAction) -> dict[str, Any]:
    """As it is kept: with ids, whoever asks; of a macro what it does now, however it is changed meanwhile."""
    name: Name = rules.name_of(action)
    if action.macro is not UNSET:
        return {"macro": await _macro(tx, member, action.macro.macro)}
    if action.merge is not UNSET:
        return {"merge": {"into": str(await _into(tx, member, action.merge.into))}}
    if action.snooze is not UNSET:
        _check_time(action.snooze.until)
    if action.assign is not UNSET:
        action.assign = await _assign(tx, member, action.assign)
    if action.status is not UNSET:
        await _check_status(tx, action.status.status)
    if action.tags is not UNSET:
        action.tags = _tags(action.tags)
    return {name: msgspec.to_builtins(getattr(action, name))}


async def _assign(tx: Transaction, member: UUID, given: BulkAssign) -> BulkAssign:
    if given.assignee is UNSET and given.team is UNSET:
        raise InvalidBulk("action.assign", "choose an assignee, a team, or both")
    if given.assignee == "me":
        given.assignee = str(member)
    if given.assignee:
        try:
            wanted = UUID(given.assignee)
        except ValueError:
            raise InvalidBulk("action.assign.assignee", "write a member's id, me, or null") from None
        if not await tickets.able(tx, [wanted]):
            raise InvalidBulk("action.assign.assignee", "there is no such active member who can have tickets")
    if given.team and not await tx.value("select true from teams where id = %s", (given.team,)):
        raise InvalidBulk("action.assign.team", "there is no such team")
    return given


async def _macro(tx: Transaction, member: UUID, wanted: UUID) -> dict[str, Any]:
    permissions, has_seat = await queries.members_permissions(tx, member)
    manages = people.may(permissions, has_seat, "manage_desk")
    try:
        macro = await macros.one(tx, wanted, member, all_shared=manages)
    except NotFound:
        raise InvalidBulk("action.macro.macro", "there is no such macro") from None
    if not macro.actions:
        message = "this is a snippet: it does nothing to tickets, and its text is not sent to many"
        raise InvalidBulk("action.macro.macro", message)
    if wrong := checking.of_actions(macro.actions, await checking.desk(tx)):
        raise InvalidBulk("action.macro.macro", f"mend the macro first: {wrong[0].message}")
    return {"macro": str(macro.id), "name": macro.name, "actions": msgspec.to_builtins(macro.actions)}


async def _into(tx: Transaction, member: UUID, given: int | str) -> UUID:
    found = await visible.named(tx, member, str(given))
    if found is None:
        raise InvalidBulk("action.merge.into", "there is no such ticket; write its number or its id")
    return found


def _check_time(until: datetime) -> None:
    if until.tzinfo is None:
        raise InvalidBulk("action.snooze.until", "write the time with its offset, as in 2026-03-02T08:00:00+01:00")
    if until <= clock.now():
        raise InvalidBulk("action.snooze.until", "choose a time that is still to come")


async def _check_status(tx: Transaction, wanted: str) -> None:
    known = [status for pipeline in (await tickets.pipelines(tx)).values() for status in pipeline.statuses]
    if not any(wanted in (status.key, str(status.id)) for status in known):
        raise InvalidBulk("action.status.status", "no pipeline has such a status")


def _tags(given: BulkTags) -> BulkTags:
    try:
        cleaned = BulkTags(
            add=[tags.name_of(name) for name in given.add], remove=[" ".join(n.split()) for n in given.remove]
        )
    except InvalidTag as error:
        raise InvalidBulk("action.tags.add", error.message) from error
    if not cleaned.add and not cleaned.remove:
        raise InvalidBulk("action.tags", "name tags to add or to remove")
    if {tags.key_of(name) for name in cleaned.add} & {tags.key_of(name) for name in cleaned.remove}:
        raise InvalidBulk("action.tags", "a tag cannot be added and removed at once")
    return cleaned
