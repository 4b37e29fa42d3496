"""Reading views, as a member sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.views.filters.desk import Desk
from kanal.views.filters.desk import desk as desk_of
from kanal.views.saved import defaults, rules
from kanal.views.saved.models import Own, Owner, Saved, View, Who

SAVED: LiteralString = """
  select w.id, w.name, w.filter, w.columns, w.sort, w.layout, w.shared_with, w.owner_id, u.name as owner_name,
         w.version, array(select vt.team_id from view_teams vt where vt.view_id = w.id order by vt.team_id) as teams
  from saved_views w
  left join members m on m.id = w.owner_id
  left join users u on u.id = m.user_id
"""
VISIBLE: LiteralString = """
  (w.owner_id = %(member)s or w.shared_with = 'everyone' or w.shared_with = 'teams' and (
     exists (select from view_teams vt join team_members tm on tm.team_id = vt.team_id
             where vt.view_id = w.id and tm.member_id = %(member)s)
     or exists (select from members me join roles r on r.key = me.role
                where me.id = %(member)s and 'manage_desk' = any(r.permissions))))
"""


class _Standing(msgspec.Struct, kw_only=True):
    view_key: str
    position: int | None
    hidden: bool
    own: Own | None


async def listed(tx: Transaction, who: Who) -> list[View]:
    """In the member's order; what they never placed stands behind, default views first."""
    saved = await tx.all(
        Saved,
        f"{SAVED} where w.deleted_at is null and {VISIBLE} order by w.created_at, w.id",
        {"member": who.member},
    )
    keys = [key for key in defaults.KEYS if who.may_restore or key not in defaults.RESTORERS_ONLY]
    desk = await desk_of(tx)
    views = [defaults.default(key) for key in keys] + [_shown(each, who, desk) for each in saved]
    standing = await _standing(tx, who.member)
    placed = [_placed(view, standing, desk) for view in views]
    return sorted(placed, key=lambda view: _position(view.key, standing))


async def one(tx: Transaction, who: Who, key: str) -> View:
    """Raises NotFound for one that the member does not have."""
    desk = await desk_of(tx)
    if key in defaults.KEYS and (who.may_restore or key not in defaults.RESTORERS_ONLY):
        return _placed(defaults.default(key), await _standing(tx, who.member), desk)
    view = _shown(await saved_one(tx, key, who.member), who, desk)
    return _placed(view, await _standing(tx, who.member), desk)


async def saved_one(tx: Transaction, key: str, member: UUID | None, *, deleted: bool = False) -> Saved:
    """A saved view that the member may look at: whoever manages the desk also at those of other teams. None is the
    installation itself."""
    try:
        id_ = UUID(key)
    except ValueError:
        raise NotFound("view") from None
    standing: LiteralString = "w.deleted_at is not null" if deleted else "w.deleted_at is null"
    seen: LiteralString = VISIBLE if member else "true"
    found = await tx.maybe(
        Saved,
        f"{SAVED} where w.id = %(id)s and {standing} and {seen}",
        {"id": id_, "member": member},
    )
    if found is None:
        raise NotFound("view")
    return found


async def _standing(tx: Transaction, member: UUID) -> dict[str, _Standing]:
    rows = await tx.dicts("select view_key, position, hidden, own from member_views where member_id = %s", (member,))
    return {row["view_key"]: msgspec.convert(row, _Standing) for row in rows}


def may_edit(saved: Saved, who: Who) -> bool:
    return saved.owner_id == who.member or (saved.shared_with != "me" and who.may_manage)


def _shown(saved: Saved, who: Who, desk: Desk) -> View:
    named = saved.owner_id is not None and saved.owner_name is not None
    return View(
        key=str(saved.id),
        name=saved.name,
        is_default=False,
        filter=saved.filter,
        columns=rules.columns_left(saved.columns, desk),
        sort=saved.sort,
        layout=saved.layout,
        shared_with=saved.shared_with,
        teams=saved.teams,
        owner=Owner(id=saved.owner_id, name=saved.owner_name) if named else None,  # type: ignore[arg-type]  # named
        may_edit=may_edit(saved, who),
        hidden=False,
        version=saved.version,
        own=None,
        problems=rules.problems(saved, desk),
    )


def _placed(view: View, standing: Mapping[str, _Standing], desk: Desk) -> View:
    """As the member wants it to stand."""
    place = standing.get(view.key)
    if place is None:
        return view
    view = msgspec.structs.replace(view, hidden=place.hidden)
    if place.own is None:
        return view
    return msgspec.structs.replace(
        view,
        columns=rules.columns_left(place.own.columns or [], desk) or view.columns,
        sort=place.own.sort or view.sort,
        layout=place.own.layout or view.layout,
        own=place.own,
    )


def _position(key: str, standing: Mapping[str, _Standing]) -> tuple[bool, int]:
    place = standing.get(key)
    return (True, 0) if place is None or place.position is None else (False, place.position)
