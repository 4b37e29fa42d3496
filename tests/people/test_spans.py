"""What routing asks of members is kept as it stood, whatever happened in whichever order."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.ids import new_id
from kanal.people import spans
from tests.make import accounts

Fact = tuple[str, str]
"""What, and its value."""
TEAMS = ("first", "second")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("seat"), st.booleans()),
        st.tuples(st.just("active"), st.booleans()),
        st.tuples(st.just("joined"), st.booleans()),
        st.tuples(st.sampled_from(TEAMS), st.sampled_from(["main", "extra", "none"])),
        st.tuples(st.just("capacity"), st.sampled_from([{}, {"total": 3}, {"calling": 1, "email": 9}])),
        st.tuples(st.just("skill"), st.booleans()),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=steps, again=st.booleans())
async def test_every_moment_reads_as_it_stood(db: Database, changes: list[tuple[str, Any]], again: bool) -> None:
    account = await accounts.account(db, f"a-{new_id().hex}")
    member = await accounts.member(db, account, f"{new_id().hex}@a.example")
    stood: list[tuple[datetime, set[Fact]]] = []
    ids = await _things(db, account)
    for what, value in [("seat", True), *changes]:
        async with db.transaction(account) as tx:
            await _change(tx, member, ids, what, value)
            await spans.follow(tx, [member])
            if again:
                await spans.follow(tx, [member])
            stood.append((clock.now(), await _as_it_is(tx, member)))
    async with db.transaction(account) as tx:
        assert [await _at(tx, member, moment) for moment, _ in stood] == [facts for _, facts in stood]


async def test_following_twice_changes_nothing(db: Database) -> None:
    account = await accounts.account(db)
    member = await accounts.member(db, account)
    async with db.transaction(account) as tx:
        await spans.follow(tx, [member])
        once = await tx.dicts("select * from member_spans")
        await spans.follow(tx, [member, member])
        assert await tx.dicts("select * from member_spans") == once
        assert [(row["what"], row["to_at"]) for row in once] == [("seat", None)]


async def test_change_that_is_taken_back_at_once_leaves_one_span(db: Database, monkeypatch: Any) -> None:
    account = await accounts.account(db)
    member = await accounts.member(db, account)
    moment = clock.now() + timedelta(seconds=1)
    async with db.transaction(account) as tx:
        await spans.follow(tx, [member])
        monkeypatch.setattr(clock, "now", lambda: moment)
        for seat in (False, True, False, True):
            await tx.run("update members set has_seat = %s", (seat,))
            await spans.follow(tx, [member])
        assert await tx.values("select to_at from member_spans where what = 'seat'") == [None]


async def test_others_are_left_alone(db: Database) -> None:
    account = await accounts.account(db)
    ann = await accounts.member(db, account)
    bob = await accounts.member(db, account, "bob@example.com")
    async with db.transaction(account) as tx:
        await spans.follow(tx, [ann, bob])
        await tx.run("update members set has_seat = false")
        await spans.follow(tx, [ann])
        assert await tx.values("select member_id from member_spans where to_at is null") == [bob]


async def _things(db: Database, account: int) -> dict[str, UUID]:
    """Two teams and a skill."""
    ids = {name: new_id() for name in (*TEAMS, "skill")}
    now = clock.now()
    async with db.transaction(account) as tx:
        await tx.insert("teams", [{"id": ids[name], "name": name, "created_at": now} for name in TEAMS])
        category = new_id()
        await tx.insert("skill_categories", [{"id": category, "name": "x", "position": 0, "created_at": now}])
        skill = {"id": ids["skill"], "category_id": category, "name": "x", "name_key": "x", "created_at": now}
        await tx.insert("skills", [skill])
    return ids


async def _change(tx: Transaction, member: UUID, ids: dict[str, UUID], what: str, value: Any) -> None:
    if what == "seat":
        await tx.run("update members set has_seat = %s", (value,))
    elif what in ("active", "joined"):
        moment = clock.now()
        column = "deactivated_at" if what == "active" else "joined_at"
        given = moment if (what == "joined") == value else None
        await tx.run(f"update members set {column} = %s", (given,))
    elif what == "capacity":
        await tx.run("update members set capacity = %s", (json.dumps(value),))
    elif what == "skill":
        await tx.run("delete from member_skills")
        if value:
            await tx.insert("member_skills", [{"member_id": member, "skill_id": ids["skill"], "level": "main"}])
    else:
        await tx.run("delete from team_members where team_id = %s", (ids[what],))
        if value != "none":
            row = {"team_id": ids[what], "member_id": member, "is_main": value == "main"}
            await tx.insert("team_members", [row])


async def _as_it_is(tx: Transaction, member: UUID) -> set[Fact]:
    """Read from the tables themselves, in other words than those of `spans`."""
    (row,) = await tx.dicts("select has_seat, deactivated_at, joined_at, capacity::text as limits from members")
    facts: set[Fact] = set()
    if row["has_seat"] and row["joined_at"] and not row["deactivated_at"]:
        facts.add(("seat", ""))
    if row["limits"] != "{}":
        facts.add(("capacity", row["limits"]))
    facts |= {("team", str(team)) for team in await tx.values("select team_id from team_members where is_main")}
    return facts | {("skill", str(skill)) for skill in await tx.values("select skill_id from member_skills")}


async def _at(tx: Transaction, member: UUID, moment: datetime) -> set[Fact]:
    rows = await tx.dicts(
        """
        select what, value from member_spans
        where member_id = %(member)s and from_at <= %(at)s and (to_at is null or to_at > %(at)s)
        """,
        {"member": member, "at": moment},
    )
    facts = {(row["what"], row["value"]) for row in rows}
    assert len(facts) == len(rows), "spans overlap"
    return facts
