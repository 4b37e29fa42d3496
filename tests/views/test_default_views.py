"""The views that every account has: what stands in each, and that counts agree."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kanal.kit import clock
from kanal.people.models import Sees
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from kanal.views import tickets
from kanal.views.counts import counts
from kanal.views.errors import InvalidQuestion
from kanal.views.questions import ask
from kanal.views.saved import defaults
from tests.make import roles
from tests.make.tickets import ticket
from tests.views.conftest import Desk


@pytest.fixture
async def made(desk: Desk) -> dict[str, UUID]:
    """A ticket for each view; the team is the agent's."""
    team = await desk.team("Lamps", desk.agent)
    names = ("free", "mine", "team", "snoozed", "closed", "deleted", "followed", "mentioned", "waiting", "failed")
    ids = {name: await ticket(desk.db, desk.account, name) for name in names}
    now = clock.now()
    async with desk.db.transaction(desk.account) as tx:
        for name in set(names) - {"free"}:
            await actions.change(tx, ids[name], TicketChange(assignee_id=desk.admin), None)
        await actions.change(tx, ids["mine"], TicketChange(assignee_id=desk.agent), None)
        await actions.change(tx, ids["team"], TicketChange(team_id=team), None)
        await actions.change(tx, ids["closed"], TicketChange(status_key="closed"), None)
        await tx.run("update tickets set snoozed_until = %s where id = %s", (now + timedelta(days=1), ids["snoozed"]))
        await tx.run("update tickets set deleted_at = %s, is_open = false where id = %s", (now, ids["deleted"]))
        await tx.run("update tickets set waiting_since = null where id <> %s", (ids["waiting"],))
        await tx.run("update tickets set has_failed_reply = true where id = %s", (ids["failed"],))
        of_me = {"member_id": desk.agent, "ticket_id": ids["followed"], "created_at": now}
        await tx.insert("ticket_followers", [of_me])
        comment = await actions.comment(tx, ids["mentioned"], author=desk.admin, text="look at this", html="")
        named = {"comment_id": comment, "member_id": desk.agent, "ticket_id": ids["mentioned"], "at": now}
        await tx.insert("mentions", [named])
    return ids


OPEN = {"free", "mine", "team", "followed", "mentioned", "waiting", "failed"}
EXPECTED = {
    "unassigned": {"free"},
    "mine": {"mine"},
    "teams": {"team"},
    "open": OPEN,
    "mentions": {"mentioned"},
    "following": {"followed"},
    "waiting": {"waiting"},
    "failed": {"failed"},
    "snoozed": {"snoozed"},
    "closed": {"closed"},
    "deleted": {"deleted"},
}


async def test_ws_2_each_default_view_shows_what_it_names_and_counts_it(desk: Desk, made: dict[str, UUID]) -> None:
    shown = {key: {t.subject for t in await desk.list(view=key)} for key in EXPECTED}
    assert shown == EXPECTED
    async with desk.db.transaction(desk.account) as tx:
        counted = await counts(tx, desk.agent)
    assert {key: count.n for key, count in counted.items()} == {**{k: len(v) for k, v in EXPECTED.items()}, "spam": 0}
    assert set(counted) == set(defaults.KEYS)


async def test_a_view_is_narrowed_by_what_is_asked_beside_it(desk: Desk, made: dict[str, UUID]) -> None:
    assert {t.subject for t in await desk.list(view="open", status=["new"])} == OPEN
    assert await desk.list(view="open", status=["closed"]) == []
    assert await desk.list(view="mine", assignee=str(desk.admin)) == []
    assert [t.subject for t in await desk.list(view="open", assignee="none")] == ["free"]
    assert [t.subject for t in await desk.list(view="snoozed", status=["open"])] == ["snoozed"]
    [followed] = await desk.list(view="following")
    assert followed.following


@pytest.mark.parametrize("sees", ["all", "teams", "own"])
async def test_which_of_some_tickets_are_in_a_view_is_asked_by_their_ids(
    desk: Desk, made: dict[str, UUID], sees: Sees
) -> None:
    await roles.give(desk.db, desk.account, desk.agent, sees)
    some = [str(made[name]) for name in ("mine", "closed")]
    async with desk.db.transaction(desk.account) as tx:
        question = await ask(tx, desk.agent, view="open", among=some)
        found = await tickets.page(tx, desk.agent, question)
        with pytest.raises(InvalidQuestion):
            await ask(tx, desk.agent, view="open", among=["7"])
    assert [each.subject for each in found.items] == ["mine"]


async def test_views_that_are_sorted_by_themselves_keep_to_it(desk: Desk, made: dict[str, UUID]) -> None:
    earlier = await ticket(desk.db, desk.account, "earlier")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update tickets set waiting_since = '2026-01-01 00:00Z' where id = %s", (earlier,))
    assert [t.subject for t in await desk.list(view="waiting")] == ["earlier", "waiting"]
    whole = [t.subject for t in await desk.list(view="open", sort="waiting_since")]
    assert whole[:2] == ["earlier", "waiting"]
    assert set(whole) == {*OPEN, "earlier"}


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("view", {"view": "nonsense"}),
        ("view", {"view": "spam"}),
        ("sort", {"view": "open", "sort": "-deleted_at"}),
        ("sort", {"view": "closed", "sort": "snoozed_until"}),
    ],
)
async def test_a_view_that_is_none_and_a_sort_that_it_lacks_are_named(
    desk: Desk, field: str, asked: dict[str, str]
) -> None:
    async with desk.db.transaction(desk.account) as tx:
        with pytest.raises(InvalidQuestion) as wrong:
            await ask(tx, desk.agent, **asked)  # type: ignore[arg-type]  # one of them is a sort
    assert wrong.value.field == field


@pytest.mark.parametrize("view", sorted(EXPECTED))
async def test_pages_of_a_view_leave_none_out(desk: Desk, made: dict[str, UUID], view: str) -> None:
    seen: list[str] = []
    after = None
    async with desk.db.transaction(desk.account) as tx:
        question = await ask(tx, desk.agent, view=view)
        while after is not None or not seen:
            page = await tickets.page(tx, desk.agent, question, after=after, limit=1)
            seen += [item.subject for item in page.items]
            after = page.next
    assert sorted(seen) == sorted(EXPECTED[view])
