"""Writing views: making, changing, deleting and taking back, and how each member wants theirs to stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.conditions import ConditionInvalid
from kanal.kit.db import Transaction, document
from kanal.kit.ids import new_id
from kanal.views.filters import checking
from kanal.views.filters.desk import Desk
from kanal.views.filters.desk import desk as desk_of
from kanal.views.saved import defaults, queries, rules
from kanal.views.saved.errors import InvalidView, ViewChanged, ViewNotYours
from kanal.views.saved.models import NewView, Own, OwnChange, Saved, SharedWith, View, ViewChange, Who

MOST_VIEWS = 200
"""Of one member."""
KEPT = timedelta(days=30)
"""For so long a deleted one can be taken back."""


async def create(tx: Transaction, new: NewView, who: Who) -> View:
    """Raises InvalidView."""
    desk = await desk_of(tx)
    name = rules.name_of(new.name)
    columns = defaults.COLUMNS if new.columns is None else new.columns
    rules.check_columns(columns, desk)
    _check_filter(new.filter, desk)
    await _check_sharing(tx, new.shared_with, new.teams, who)
    if await tx.value("select count(*) from saved_views where owner_id = %s", (who.member,)) >= MOST_VIEWS:
        raise InvalidView("name", f"one can have {MOST_VIEWS} views; delete one first")
    now, id_ = clock.now(), new_id()
    row = {
        "id": id_,
        "name": name,
        "owner_id": who.member,
        "filter": new.filter,
        "columns": columns,
        "sort": new.sort,
        "layout": new.layout,
        "shared_with": new.shared_with,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    await tx.insert("saved_views", [row])
    await _share(tx, id_, new.shared_with, new.teams)
    _tell(tx, id_, who)
    return await queries.one(tx, who, str(id_))


async def change(tx: Transaction, key: str, wanted: ViewChange, who: Who) -> View:
    """Raises InvalidView, ViewChanged and ViewNotYours."""
    was = await _editable(tx, key, who)
    if wanted.version is not UNSET and wanted.version != was.version:
        raise ViewChanged(was.version)
    desk = await desk_of(tx)
    given: dict[str, Any] = {
        name: value
        for name, value in msgspec.structs.asdict(wanted).items()
        if value is not UNSET and name != "version"
    }
    if "name" in given:
        given["name"] = rules.name_of(given["name"])
    if "columns" in given:
        rules.check_columns(given["columns"], desk)
    if "filter" in given:
        _check_filter(given["filter"], desk)
    becomes = msgspec.structs.replace(was, **given)
    if (becomes.shared_with, sorted(becomes.teams)) != (was.shared_with, sorted(was.teams)):
        await _check_sharing(tx, becomes.shared_with, becomes.teams, who)
    if becomes != was:
        await _save(tx, becomes)
        await _share(tx, was.id, becomes.shared_with, becomes.teams)
        _tell(tx, was.id, who)
    return await queries.one(tx, who, key)


async def delete(tx: Transaction, key: str, who: Who) -> None:
    """It can be taken back for a while; what was deleted long ago goes on the way."""
    was = await _editable(tx, key, who)
    now = clock.now()
    await tx.run("delete from saved_views where deleted_at < %s", (now - KEPT,))
    await tx.run("update saved_views set deleted_at = %s where id = %s", (now, was.id))
    _tell(tx, was.id, who)


async def restore(tx: Transaction, key: str, who: Who) -> View:
    """Take back that it was deleted."""
    was = await _editable(tx, key, who, deleted=True)
    await tx.run("update saved_views set deleted_at = null where id = %s", (was.id,))
    _tell(tx, was.id, who)
    return await queries.one(tx, who, key)


async def order(tx: Transaction, keys: Sequence[str], hidden: Sequence[str], who: Who) -> None:
    """Let the member's views stand so; those that are not named stay behind, and are shown."""
    known = {view.key for view in await queries.listed(tx, who)}
    for field, given in (("order", keys), ("hidden", hidden)):
        for number, key in enumerate(given):
            if key not in known:
                raise InvalidView(f"{field}.{number}", "there is no such view; take it out")
            if key in given[:number]:
                raise InvalidView(f"{field}.{number}", "it stands here already; take one of them out")
    await tx.run("update member_views set position = null, hidden = false where member_id = %s", (who.member,))
    named = [*keys, *(key for key in hidden if key not in keys)]
    positions = {key: number for number, key in enumerate(keys)}
    await tx.run(
        """
        insert into member_views (account_id, member_id, view_key, position, hidden)
        select %(account)s, %(member)s, n.key, n.position, n.hidden
        from unnest(%(keys)s::text[], %(positions)s::int[], %(hidden)s::boolean[]) as n (key, position, hidden)
        on conflict (account_id, member_id, view_key) do update
        set position = excluded.position, hidden = excluded.hidden
        """,
        {
            "account": tx.account,
            "member": who.member,
            "keys": named,
            "positions": [positions.get(key) for key in named],
            "hidden": [key in hidden for key in named],
        },
    )
    _tell(tx, None, who)


async def look(tx: Transaction, key: str, wanted: OwnChange, who: Who) -> View:
    """How this member looks at a view."""
    was = (await queries.one(tx, who, key)).own or Own()
    given = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not UNSET}
    if given.get("columns") is not None:
        rules.check_columns(given["columns"], await desk_of(tx))
    becomes = msgspec.structs.replace(was, **given)
    await tx.run(
        """
        insert into member_views (account_id, member_id, view_key, own) values (%s, %s, %s, %s::jsonb)
        on conflict (account_id, member_id, view_key) do update set own = excluded.own
        """,
        (tx.account, who.member, key, document(becomes) if rules.is_own(becomes) else None),
    )
    _tell(tx, None, who)
    return await queries.one(tx, who, key)


async def _editable(tx: Transaction, key: str, who: Who, *, deleted: bool = False) -> Saved:
    """Held until the end of the transaction."""
    found = await queries.saved_one(tx, key, who.member, deleted=deleted)
    if not queries.may_edit(found, who):
        raise ViewNotYours
    await tx.run("select from saved_views where id = %s for no key update", (found.id,))
    return await queries.saved_one(tx, key, who.member, deleted=deleted)


def _check_filter(tree: Any, desk: Desk) -> None:
    try:
        checking.check(tree, desk)
    except ConditionInvalid as wrong:
        raise InvalidView(wrong.field, wrong.message) from None


async def _check_sharing(tx: Transaction, shared_with: SharedWith, teams: Sequence[UUID], who: Who) -> None:
    """With one's own teams whoever likes, with everyone and other teams whoever manages the desk."""
    if shared_with == "everyone" and not who.may_manage:
        raise InvalidView("shared_with", "sharing with everyone needs the permission manage_desk; share it with teams")
    if shared_with != "teams":
        return
    if not teams:
        raise InvalidView("teams", "choose the teams")
    known: list[UUID] = await tx.values(
        """
        select t.id from teams t
        where %(all)s or exists (select from team_members m where m.team_id = t.id and m.member_id = %(member)s)
        """,
        {"all": who.may_manage, "member": who.member},
    )
    for number, team in enumerate(teams):
        if team not in known:
            raise InvalidView(f"teams.{number}", "there is no such team of yours; choose another one")


async def _save(tx: Transaction, becomes: Saved) -> None:
    await tx.run(
        """
        update saved_views set name = %s, filter = %s::jsonb, columns = %s, sort = %s, layout = %s, shared_with = %s,
          version = version + 1, updated_at = %s
        where id = %s
        """,
        (
            *(becomes.name, document(becomes.filter), becomes.columns, becomes.sort, becomes.layout),
            *(becomes.shared_with, clock.now(), becomes.id),
        ),
    )


async def _share(tx: Transaction, view: UUID, shared_with: SharedWith, teams: Sequence[UUID]) -> None:
    await tx.run("delete from view_teams where view_id = %s", (view,))
    if shared_with == "teams":
        await tx.insert("view_teams", [{"view_id": view, "team_id": team} for team in dict.fromkeys(teams)])


def _tell(tx: Transaction, view: UUID | None, who: Who) -> None:
    data = {"view_id": str(view)} if view else {"member_id": str(who.member)}
    events.emit(tx, Event(name="view.changed", actor_id=who.member, data=data))
