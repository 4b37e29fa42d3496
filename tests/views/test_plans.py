"""What default views cost among 20,000 tickets, asked as the application's role: no page and no count reads many more
rows than it answers with, whoever asks, at the beginning and deep inside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest

from kanal.people import actions as people
from kanal.people.models import Sees
from kanal.views import counts, tickets
from kanal.views.batches import found_in
from kanal.views.orders import SORTS, place_of
from kanal.views.questions import DEFAULTS, Question, ask
from kanal.views.visible import viewer
from tests.make import accounts, channels, roles
from tests.make.tickets import Plan, fill, plan
from tests.views.conftest import Desk

COUNT = 20_000
MEMBERS = 20
PAGE = 51
ROLES: list[Sees] = ["all", "channels", "teams", "own"]


@pytest.fixture
async def busy(desk: Desk) -> Desk:
    """Five teams of four; every tenth ticket is nobody's, every eighth of a channel that one team sees. The agent has
    as many as the others."""
    members = [
        desk.agent,
        *[await accounts.member(desk.db, desk.account, f"m{n}@example.com") for n in range(1, MEMBERS)],
    ]
    async with desk.db.transaction(desk.account) as tx:
        made = [await people.create_team(tx, f"Team {n}", members[n * 4 : n * 4 + 4]) for n in range(5)]
    hidden = await channels.email_channel(desk.db, desk.account, "boss@demo.example", name="Board")
    await desk.open_to(hidden, made[4].id)
    fill(
        desk.url,
        desk.account,
        COUNT,
        assignee_id=f"case when g % 10 > 0 then ({_array(members)})[1 + g / 7 % {MEMBERS}] end",
        team_id=f"case when g % 10 > 2 then ({_array([team.id for team in made])})[1 + g / 28 % 5] end",
        channel_id=f"case when g % 8 = 0 then '{hidden}'::uuid else '{desk.channel}'::uuid end",
        has_failed_reply="g % 53 = 0",
        waiting_since="case when g % 4 < 2 then timestamptz '2026-01-01 00:00Z' + g * interval '1 minute' end",
        snoozed_until="case when g % 40 = 1 then timestamptz '2027-01-01 00:00Z' + g * interval '1 minute' end",
        priority="(array['low', 'normal', 'high', 'urgent'])[1 + g % 4]",
    )
    with psycopg.connect(desk.url, autocommit=True) as connection:
        for statement in MORE:
            connection.execute(statement.format(member=desk.agent).encode())
        connection.execute("vacuum analyze tickets, ticket_followers, mentions, comments")
    return desk


def _array(ids: list[UUID]) -> str:
    return f"array[{', '.join(map(repr, map(str, ids)))}]::uuid[]"


MORE = (
    "update tickets set deleted_at = now(), is_open = false where number % 100 = 3",
    """
    insert into ticket_followers (account_id, ticket_id, member_id, created_at)
    select account_id, id, '{member}', now() from tickets where number % 89 = 0
    """,
    """
    insert into comments (account_id, id, ticket_id, author_id, body_text, body_html, created_at)
    select account_id, gen_random_uuid(), id, '{member}', 'x', '', now() from tickets where number % 97 = 0
    """,
    """
    insert into mentions (account_id, comment_id, member_id, ticket_id, at)
    select account_id, id, '{member}', ticket_id, now() from comments
    """,
)


@pytest.mark.parametrize("kept", [False, True])
async def test_a_page_of_each_default_view_reads_little_more_than_it_shows(busy: Desk, kept: bool) -> None:
    wrong = []
    for sees in ROLES:
        await roles.give(busy.db, busy.account, busy.agent, sees)
        for view in DEFAULTS:
            pages = await _pages(busy, {"view": view}, kept)
            wrong += [(sees, view, number, found) for number, found in enumerate(pages) if _reads_too_much(found)]
    assert not wrong, "\n".join(map(str, wrong))


async def test_each_sort_of_all_open_tickets_walks_an_index(busy: Desk) -> None:
    """What is one's own is read whole: 855 tickets."""
    wrong = []
    for sees in ROLES:
        await roles.give(busy.db, busy.account, busy.agent, sees)
        for sort in SORTS:
            pages = await _pages(busy, {"view": "open", "sort": sort}, kept=False)
            most = 1_000 if sees == "own" else 10 * PAGE
            wrong += [(sees, sort, number, found) for number, found in enumerate(pages) if found.rows_read > most]
    assert not wrong, "\n".join(map(str, wrong))


async def test_counts_read_no_more_than_they_count(busy: Desk) -> None:
    wrong = []
    for sees in ROLES:
        await roles.give(busy.db, busy.account, busy.agent, sees)
        async with busy.db.transaction(busy.account) as tx:
            who = await viewer(tx, busy.agent)
        for view in counts.WHICH:
            sql = f"select count(*) from ({counts.rows(who, view)} limit %(most)s) c"
            params = {**who.params, "most": counts.CAP + 1}
            async with busy.db.transaction(busy.account) as tx:
                n = await tx.value(sql, params)
            found = await plan(busy.db, busy.account, sql, params)
            if found.rows_read > 10 * max(n, PAGE):
                wrong.append((sees, view, n, found))
    assert not wrong, "\n".join(map(str, wrong))


async def _pages(busy: Desk, asked: dict[str, Any], kept: bool) -> list[Plan]:
    """The first one and one near the end."""
    async with busy.db.transaction(busy.account) as tx:
        question = await ask(tx, busy.agent, **asked)
        who = await viewer(tx, busy.agent)
        deep = await _deep(tx, busy.agent, question)
    found = []
    for place in (None, deep) if deep else (None,):
        sql, params = tickets.statement(who, question, place, PAGE)
        found.append(await plan(busy.db, busy.account, sql, params, kept=kept))
    assert found[0].returned or question.assignee is None, asked
    return found


async def _deep(tx: Any, member: UUID, question: Question) -> Any:
    """Nine tenths down."""
    ids = [one async for batch in found_in(tx, member, question, most=COUNT, size=COUNT) for one in batch]
    return place_of(ids[len(ids) * 9 // 10], question.sort) if len(ids) > PAGE else None


def _reads_too_much(found: Plan) -> bool:
    walks_all = any("Seq Scan" in scan for scan in found.scans)
    return walks_all or found.rows_read > 10 * max(found.returned, PAGE)
