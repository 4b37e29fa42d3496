"""Views that people save: own and shared ones, who may change them, and how each member wants theirs to stand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.kit.db import NotFound
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty, PropertyChange
from kanal.views import counts
from kanal.views.batches import found_in
from kanal.views.errors import InvalidQuestion
from kanal.views.questions import ask
from kanal.views.saved import actions, defaults, queries
from kanal.views.saved.errors import InvalidView, ViewChanged, ViewIsBroken, ViewNotYours
from kanal.views.saved.models import NewView, OwnChange, View, ViewChange, Who
from tests.make.tickets import fill, ticket
from tests.views.conftest import Desk

HIGH: dict[str, Any] = {"all": [{"field": "ticket.priority", "operator": "is", "value": "high"}]}


def _agent(desk: Desk, **more: bool) -> Who:
    return Who(member=desk.agent, may_manage=more.get("manages", False), may_restore=True)


def _admin(desk: Desk) -> Who:
    return Who(member=desk.admin, may_manage=True, may_restore=True)


async def _create(desk: Desk, who: Who, name: str = "Urgent", **more: Any) -> View:
    async with desk.db.transaction(desk.account) as tx:
        return await actions.create(tx, NewView(name=name, **{"filter": HIGH, **more}), who)


async def _change(desk: Desk, view: View, who: Who, **wanted: Any) -> View:
    async with desk.db.transaction(desk.account) as tx:
        return await actions.change(tx, view.key, ViewChange(**wanted), who)


async def _names(desk: Desk, who: Who) -> list[str]:
    async with desk.db.transaction(desk.account) as tx:
        return [view.name for view in await queries.listed(tx, who) if not view.is_default]


async def test_a_saved_view_lists_and_counts_what_it_asks(desk: Desk) -> None:
    await ticket(desk.db, desk.account, "high", priority="high")
    await ticket(desk.db, desk.account, "normal")
    view = await _create(desk, _agent(desk), " My   urgent ones ", sort="created_at")
    assert (view.name, view.columns, view.may_edit, view.version) == ("My urgent ones", defaults.COLUMNS, True, 1)
    assert [each.subject for each in await desk.list(view=view.key)] == ["high"]
    async with desk.db.transaction(desk.account) as tx:
        found = await counts.of_views(tx, _agent(desk))
    assert (found[view.key].n, found["open"].n) == (1, 2)


async def test_who_is_shared_with_sees_it_and_nobody_else(desk: Desk) -> None:
    team, other = await desk.team("Lamps", desk.agent), await desk.team("Desks")
    await _create(desk, _admin(desk), "own")
    await _create(desk, _admin(desk), "all", shared_with="everyone")
    await _create(desk, _admin(desk), "lamps", shared_with="teams", teams=[team])
    await _create(desk, _admin(desk), "desks", shared_with="teams", teams=[other])
    assert await _names(desk, _agent(desk)) == ["all", "lamps"]
    assert await _names(desk, _admin(desk)) == ["own", "all", "lamps", "desks"]


async def test_its_owner_and_who_manages_the_desk_may_change_a_shared_one(desk: Desk) -> None:
    team = await desk.team("Lamps", desk.agent)
    mine = await _create(desk, _agent(desk), shared_with="teams", teams=[team])
    assert (await _change(desk, mine, _admin(desk), name="Better")).name == "Better"
    theirs = await _create(desk, _admin(desk), shared_with="everyone")
    with pytest.raises(ViewNotYours):
        await _change(desk, theirs, _agent(desk), name="x")
    own = await _create(desk, _agent(desk))
    with pytest.raises(NotFound):
        await _change(desk, own, _admin(desk), name="x")


async def test_who_changed_it_from_an_older_version_overwrites_nothing(desk: Desk) -> None:
    view = await _create(desk, _admin(desk), shared_with="everyone")
    await _change(desk, view, _admin(desk), sort="created_at", version=1)
    with pytest.raises(ViewChanged) as changed:
        await _change(desk, view, _admin(desk), sort="-priority", version=1)
    assert changed.value.version == 2


async def test_a_deleted_one_can_be_taken_back(desk: Desk) -> None:
    view = await _create(desk, _agent(desk))
    async with desk.db.transaction(desk.account) as tx:
        await actions.delete(tx, view.key, _agent(desk))
    assert await _names(desk, _agent(desk)) == []
    async with desk.db.transaction(desk.account) as tx:
        with pytest.raises(InvalidQuestion):
            await ask(tx, desk.agent, view=view.key)
        with pytest.raises(NotFound):
            await actions.restore(tx, view.key, _admin(desk))
    async with desk.db.transaction(desk.account) as tx:
        assert (await actions.restore(tx, view.key, _agent(desk))).name == "Urgent"


async def test_views_stand_as_each_member_wants(desk: Desk) -> None:
    view = await _create(desk, _agent(desk))
    async with desk.db.transaction(desk.account) as tx:
        await actions.order(tx, [view.key, "mine"], ["spam", "mine"], _agent(desk))
        mine = await queries.listed(tx, _agent(desk))
        theirs = await queries.listed(tx, _admin(desk))
    assert [each.key for each in mine][:3] == [view.key, "mine", "unassigned"]
    assert {each.key for each in mine if each.hidden} == {"spam", "mine"}
    assert [each.key for each in theirs] == list(defaults.KEYS)


async def test_a_member_looks_at_a_view_in_their_own_way(desk: Desk) -> None:
    view = await _create(desk, _admin(desk), shared_with="everyone")
    async with desk.db.transaction(desk.account) as tx:
        own = await actions.look(tx, view.key, OwnChange(layout="board", columns=["number"]), _agent(desk))
        assert (own.layout, own.columns, own.sort) == ("board", ["number"], view.sort)
        assert (await queries.one(tx, _admin(desk), view.key)).layout == "split"
        back = await actions.look(tx, view.key, OwnChange(layout=None, columns=None), _agent(desk))
        assert (back.layout, back.own) == ("split", None)
        assert (await actions.look(tx, "open", OwnChange(sort="-priority"), _agent(desk))).sort == "-priority"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"filter": {"all": [{"field": "ticket.priority", "operator": "is", "value": "max"}]}}, "filter.all.0.value"),
        ({"columns": []}, "columns"),
        ({"columns": ["number", "colour"]}, "columns.1"),
        ({"columns": ["number", "number"]}, "columns.1"),
        ({"shared_with": "everyone"}, "shared_with"),
        ({"shared_with": "teams"}, "teams"),
        ({"shared_with": "teams", "teams": [UUID(int=7)]}, "teams.0"),
    ],
)
async def test_what_is_wrong_with_a_view_is_named(desk: Desk, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidView) as wrong:
        await _create(desk, _agent(desk), **given)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("keys", "hidden", "field"), [(["x"], [], "order.0"), (["open", "open"], [], "order.1"), ([], ["x"], "hidden.0")]
)
async def test_an_order_names_views_that_there_are(desk: Desk, keys: list[str], hidden: list[str], field: str) -> None:
    async with desk.db.transaction(desk.account) as tx:
        with pytest.raises(InvalidView) as wrong:
            await actions.order(tx, keys, hidden, _agent(desk))
    assert wrong.value.field == field


async def test_a_view_on_an_archived_property_says_so_and_lists_nothing(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        colour = await properties.create(tx, NewProperty(object="ticket", label="Colour", type="text"), desk.admin)
    asked = {"field": "ticket.colour", "operator": "is", "value": "red"}
    view = await _create(desk, _agent(desk), filter={"any": [{"not": asked}]}, columns=["number", "ticket.colour"])
    async with desk.db.transaction(desk.account) as tx:
        assert colour.id
        await properties.change(tx, colour.id, PropertyChange(archived=True), desk.admin)
        shown = await queries.one(tx, _agent(desk), view.key)
        assert [problem.field for problem in shown.problems] == ["filter.any.0.not.field"]
        assert shown.columns == ["number"]
        with pytest.raises(ViewIsBroken) as broken:
            await ask(tx, desk.agent, view=view.key)
        assert broken.value.problems == shown.problems
        assert view.key not in await counts.of_views(tx, _agent(desk))
        await properties.change(tx, colour.id, PropertyChange(archived=False), desk.admin)
        assert (await queries.one(tx, _agent(desk), view.key)).problems == []


async def test_a_count_that_would_take_too_long_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "LOOKED", 20)
    fill(desk.url, desk.account, 60, priority="case when g % 2 = 0 then 'high' else 'low' end")
    async with desk.db.transaction(desk.account) as tx:
        count = await counts.of_question(tx, desk.agent, await ask(tx, desk.agent, filter=HIGH))
        nothing = {"field": "ticket.number", "operator": "less", "value": 11}
        few = {"all": [{"field": "ticket.assignee", "operator": "is", "value": "me"}, nothing]}
        known = await counts.of_question(tx, desk.agent, await ask(tx, desk.agent, filter=few))
    assert (count.unknown, count.n <= 30) == (True, True)
    assert (known.n, known.unknown is True) == (0, False)


@pytest.mark.parametrize("sort", ["-last_message_at", "waiting_since", "-priority"])
async def test_the_tickets_of_a_list_come_in_batches(desk: Desk, sort: str) -> None:
    fill(desk.url, desk.account, 50, priority="(array['low', 'high'])[1 + g % 2]", waiting_since="now()")
    async with desk.db.transaction(desk.account) as tx:
        question = await ask(tx, desk.agent, view="open", sort=sort)
        found = [batch async for batch in found_in(tx, desk.agent, question, most=30, size=7)]
        every = await tx.values("select id from tickets where is_active")
        whole = [one.id async for batch in found_in(tx, desk.agent, question, most=1_000, size=7) for one in batch]
    assert [len(batch) for batch in found] == [7, 7, 7, 7, 2]
    assert sorted(whole) == sorted(every)
    assert whole[:30] == [one.id for batch in found for one in batch]
