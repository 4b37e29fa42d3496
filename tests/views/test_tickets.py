"""Lists of tickets: filters, pages, counts, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.kit import clock
from kanal.kit.ids import new_id
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from kanal.views import counts, tickets
from kanal.views.errors import InvalidQuestion
from kanal.views.orders import Place
from kanal.views.questions import Question, ask
from kanal.views.visible import viewer
from tests.make.said import said
from tests.make.tickets import fill, plan, ticket
from tests.views.conftest import Desk


async def test_a_mail_is_described_whole(desk: Desk) -> None:
    await desk.hear(said("It does not light up", "Eva@kund.example", name="Eva Ek"))
    [shown] = await desk.list()
    assert (shown.number, shown.subject, shown.status.key, shown.snippet) == (1, "Lamp", "new", "It does not light up")
    assert shown.contact is not None
    assert (shown.contact.name, shown.contact.email) == ("Eva Ek", "Eva@kund.example")
    assert shown.channel is not None
    assert (shown.channel.kind, shown.channel.name, shown.channel.deleted) == ("email", "Support", False)
    assert shown.unread
    assert (shown.last_direction, shown.assignee, shown.team) == ("in", None, None)


async def test_a_ticket_by_hand_has_neither_contact_nor_channel(desk: Desk) -> None:
    await ticket(desk.db, desk.account, "Order paper")
    [shown] = await desk.list()
    assert (shown.contact, shown.channel, shown.last_direction, shown.unread) == (None, None, None, False)


async def test_filters_find_what_they_name(desk: Desk) -> None:
    team = await desk.team("Lamps", desk.agent)
    [mine, closed, _] = [await ticket(desk.db, desk.account, name) for name in ("mine", "closed", "free")]
    async with desk.db.transaction(desk.account) as tx:
        await actions.change(tx, mine, TicketChange(assignee_id=desk.agent, team_id=team), None)
        await actions.change(tx, closed, TicketChange(status_key="closed"), None)
    expected: dict[str, tuple[dict[str, Any], set[str]]] = {
        "open": ({"status": ["open"]}, {"mine", "free"}),
        "by key": ({"status": ["closed"]}, {"closed"}),
        "both": ({"status": ["open", "closed"]}, {"mine", "closed", "free"}),
        "several": ({"status": ["new", "closed"]}, {"mine", "closed", "free"}),
        "mine": ({"assignee": "me"}, {"mine"}),
        "member": ({"assignee": str(desk.admin)}, set()),
        "nobody's": ({"assignee": "none", "status": ["open"]}, {"free"}),
        "team": ({"team": [str(team)]}, {"mine"}),
        "my teams": ({"team": ["mine"]}, {"mine"}),
        "channel": ({"channel": desk.channel}, set()),
        "failed": ({"failed": True}, set()),
    }
    found = {name: {t.subject for t in await desk.list(**question)} for name, (question, _) in expected.items()}
    assert found == {name: subjects for name, (_, subjects) in expected.items()}


@pytest.mark.parametrize("sort", ["-last_message_at", "last_message_at", "-created_at", "created_at"])
async def test_pages_leave_none_out_and_show_none_twice(desk: Desk, sort: str) -> None:
    fill(desk.url, desk.account, 60, last_message_at="timestamptz '2026-01-01' + (g / 7) * interval '1 minute'")
    seen: list[int] = []
    after = None
    async with desk.db.transaction(desk.account) as tx:
        question = await ask(tx, desk.agent, sort=sort)
        while after is not None or not seen:
            page = await tickets.page(tx, desk.agent, question, after=after, limit=7)
            seen += [item.number for item in page.items]
            after = page.next
    assert sorted(seen) == list(range(1, 61))


async def test_a_cursor_is_good_only_for_the_question_it_came_from(desk: Desk) -> None:
    fill(desk.url, desk.account, 3)
    async with desk.db.transaction(desk.account) as tx:
        first = await tickets.page(tx, desk.agent, await ask(tx, desk.agent), limit=1)
        other = await ask(tx, desk.agent, status=["open"])
        for wrong_one in (first.next, "rubbish", "é", "e30"):
            with pytest.raises(InvalidQuestion) as wrong:
                await tickets.page(tx, desk.agent, other, after=wrong_one)
            assert wrong.value.field == "after"


@pytest.mark.parametrize(
    ("field", "given"), [("status", ["nonsense"]), ("assignee", "nobody"), ("team", ["x"]), ("sort", "colour")]
)
async def test_a_wrong_parameter_is_named(desk: Desk, field: str, given: Any) -> None:
    async with desk.db.transaction(desk.account) as tx:
        with pytest.raises(InvalidQuestion) as wrong:
            await ask(tx, desk.agent, **{field: given})
    assert wrong.value.field == field


async def test_counts_stop_at_the_cap(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "CAP", 40)
    fill(desk.url, desk.account, 60, assignee_id=f"case when g <= 2 then '{desk.agent}'::uuid end")
    async with desk.db.transaction(desk.account) as tx:
        found = await counts.counts(tx, desk.agent)
    shown = {key: (count.n, count.capped) for key, count in found.items() if count.n}
    assert shown == {
        "open": (40, True),
        "mine": (2, False),
        "unassigned": (40, True),
        "closed": (15, False),
    }


@pytest.mark.parametrize("kept", [False, True])
async def test_each_list_walks_its_index_under_row_level_security(desk: Desk, kept: bool) -> None:
    team, other = await desk.team("A", desk.agent), await desk.team("B")
    fill(
        desk.url,
        desk.account,
        6000,
        assignee_id=f"case when g % 10 = 0 then '{desk.agent}'::uuid when g % 3 = 0 then '{desk.admin}'::uuid end",
        team_id=f"case when g % 5 = 0 then '{team}'::uuid when g % 7 = 0 then '{other}'::uuid end",
        channel_id=f"case when g % 4 = 0 then '{desk.channel}'::uuid end",
        has_failed_reply="g % 100 = 0",
    )
    async with desk.db.transaction(desk.account) as tx:
        questions = [await ask(tx, desk.agent, **asked) for asked in ASKED]
        who = await viewer(tx, desk.agent)
    start = Place(clock.now(), new_id())
    for question in questions:
        for place in (None, start):
            sql, params = tickets.statement(who, question, place, 51)
            found = await plan(desk.db, desk.account, sql, params, kept=kept)
            assert found.returned > 0, question
            assert found.rows_read <= 10 * found.returned, (question, found)
            assert all("Seq Scan" not in scan for scan in found.scans), (question, found)


ASKED: list[dict[str, Any]] = [
    {},
    {"status": ["open"]},
    {"status": ["closed"]},
    {"status": ["new"]},
    {"status": ["new", "waiting_on_us"]},
    {"status": ["open"], "assignee": "me"},
    {"status": ["new"], "assignee": "me"},
    {"assignee": "me"},
    {"status": ["open"], "assignee": "none"},
    {"status": ["open"], "team": ["mine"]},
    {"status": ["open"], "failed": True},
    {"sort": "-created_at"},
]


async def test_a_question_of_all_statuses_is_no_filter(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        keys = await tx.values("select key from statuses")
        assert await ask(tx, desk.agent, status=keys) == Question()
        assert await ask(tx, desk.agent, status=["closed"]) == Question(state="closed")
        assert await ask(tx, desk.agent, status=["open"]) == Question(state="active")
