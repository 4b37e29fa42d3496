"""How members stand is written as rows that follow each other, and told."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest

from kanal.kit import clock
from kanal.kit.db import Database, NotFound
from kanal.people.availability import queries
from kanal.people.availability.errors import AvailabilityInvalid
from tests.make import accounts
from tests.make.availability import ALWAYS, NEVER, People, soon
from tests.make.statements import counted


async def reasons(people: People, member: UUID) -> list[tuple[str, str]]:
    return [(row["state"], row["why"]) for row in await people.rows(member)]


async def test_without_hours_one_is_available_from_joining_on(people: People, ann: UUID) -> None:
    standing = await people.standing(ann)
    assert (standing.state, standing.why, standing.back_at) == ("available", "start", None)


async def test_route_28_hours_make_available_and_away(people: People, ann: UUID) -> None:
    await people.plan(ann, NEVER)
    await people.plan(ann, ALWAYS)
    assert await reasons(people, ann) == [("available", "start"), ("away", "hours"), ("available", "hours")]
    assert [told["state"] for told in await people.told(ann)] == ["away", "available"]


async def test_doing_it_twice_changes_nothing(people: People, ann: UUID) -> None:
    await people.plan(ann, NEVER)
    before = await people.rows(ann), await people.told(ann)
    await people.refresh(ann, ann)
    assert (await people.rows(ann), await people.told(ann)) == before


async def test_route_29_oneself_or_another_sets_it_by_hand(people: People, ann: UUID, bo: UUID) -> None:
    await people.set(ann, "away", bo)
    standing = await people.standing(ann)
    assert (standing.state, standing.why, standing.set_by, standing.back_at) == ("away", "hand", bo, None)
    await people.set(ann, "away", ann)
    assert (await people.standing(ann)).set_by == bo
    await people.set(ann, "available", ann)
    assert [told["state"] for told in await people.told(ann)] == ["away", "available"]


async def test_route_29_a_hand_holds_until_the_plan_changes(people: People, ann: UUID) -> None:
    await people.plan(ann, ALWAYS)
    period = await people.out(ann, 60, 120)
    await people.set(ann, "away", ann)
    await people.refresh(ann)
    standing = await people.standing(ann)
    assert (standing.why, standing.back_at) == ("hand", period.to_at)
    await people.pass_time(70)
    assert (await people.standing(ann)).why == "out_of_office"


async def test_nobody_who_left_is_set_available(people: People, ann: UUID) -> None:
    async with people.db.transaction(people.account) as tx:
        await tx.run("update members set deactivated_at = %s", (clock.now(),))
    await people.refresh(ann)
    with pytest.raises(AvailabilityInvalid, match="only an active member"):
        await people.set(ann, "available")
    assert (await people.standing(ann)).why == "deactivated"


async def test_a_member_of_another_account_is_not_there(people: People, db: Database) -> None:
    other = await accounts.member(db, await accounts.account(db, "b"), "eve@b.example")
    with pytest.raises(NotFound):
        await people.set(other, "away")
    async with db.transaction(people.account) as tx:
        assert await queries.standings(tx, [other, uuid4()]) == {}


# Out of office ----------------------------------------------------------------------------------------------------


async def test_route_30_away_at_the_begin_and_available_at_the_end(people: People, ann: UUID) -> None:
    period = await people.out(ann, 30, 90)
    assert (await people.rows(ann))[-1]["next_change_at"] == period.from_at
    await people.pass_time(45)
    assert ((await people.standing(ann)).why, (await people.standing(ann)).set_by) == ("out_of_office", ann)
    await people.refresh(ann)
    await people.pass_time(60)
    await people.refresh(ann)
    rows = await people.rows(ann)
    assert [(row["state"], row["why"]) for row in rows] == [
        ("available", "start"),
        ("away", "out_of_office"),
        ("available", "start"),
    ]
    assert (rows[1]["to_at"] - rows[1]["from_at"]).total_seconds() == pytest.approx(3600, abs=1)


async def test_a_period_that_runs_already_makes_away_at_once(people: People, ann: UUID) -> None:
    await people.set(ann, "away", ann)
    await people.set(ann, "available", ann)
    period = await people.out(ann, -60, 60)
    standing = await people.standing(ann)
    assert (standing.state, standing.why, standing.back_at) == ("away", "out_of_office", period.to_at)


@pytest.mark.parametrize("then", ["available", "away"])
async def test_route_30_ending_early_asks_how_they_are_then(people: People, ann: UUID, then: str) -> None:
    period = await people.out(ann, -60, 60)
    with pytest.raises(AvailabilityInvalid) as asked:
        await people.end(period.id)
    assert asked.value.field == "then"
    await people.end(period.id, then)
    assert (await people.standing(ann)).state == then
    with pytest.raises(NotFound):
        await people.end(period.id, then)


async def test_route_30_available_after_ending_early_also_outside_ones_hours(people: People, ann: UUID) -> None:
    await people.plan(ann, NEVER)
    period = await people.out(ann, -60, 60)
    await people.end(period.id, "available")
    assert ((await people.standing(ann)).state, (await people.standing(ann)).why) == ("available", "hand")


async def test_a_period_that_has_not_begun_is_taken_back(people: People, ann: UUID) -> None:
    period = await people.out(ann, 30, 60)
    await people.end(period.id)
    assert await reasons(people, ann) == [("available", "start")]
    assert (await people.rows(ann))[-1]["next_change_at"] is None


@pytest.mark.parametrize(
    ("from_", "to", "field", "mend"),
    [
        (60, 59.9, "to", "end after it begins"),
        (60, 30, "to", "end after it begins"),
        (-60, -30, "to", "still to come"),
        (0, 6 * 366 * 24 * 60, "to", "next five years"),
        (90, 200, "to", "overlaps the period"),
        (110, 120, "from", "overlaps the period"),
        (110, 200, "from", "overlaps the period"),
    ],
)
async def test_a_period_that_cannot_be_is_refused(
    people: People, ann: UUID, bo: UUID, from_: float, to: float, field: str, mend: str
) -> None:
    await people.out(ann, 100, 150)
    await people.out(bo, 0, 150)
    with pytest.raises(AvailabilityInvalid, match=mend) as refused:
        await people.out(ann, from_, to)
    assert refused.value.field == field


async def test_periods_may_touch(people: People, ann: UUID) -> None:
    first = await people.out(ann, 30, 60)
    async with people.db.transaction(people.account) as tx:
        assert [period.id for period in await queries.out_of_office(tx, ann)] == [first.id]
    await people.out(ann, 60.01, 90)


# Late, and many ---------------------------------------------------------------------------------------------------


async def test_standing_is_right_while_the_clock_is_late(people: People, ann: UUID) -> None:
    await people.out(ann, 30, 90)
    await people.pass_time(60)
    late = await people.standing(ann)
    await people.refresh(ann)
    assert late == await people.standing(ann)
    assert late.state == "away"


async def test_history_goes_on_to_now_while_the_clock_is_late(people: People, ann: UUID) -> None:
    await people.out(ann, 30, 90)
    await people.pass_time(200)

    async def history() -> list[Any]:
        async with people.db.transaction(people.account) as tx:
            return await queries.history(tx, ann, soon(-300), soon(0))

    late = await history()
    assert [(span.state, span.to_at is None) for span in late] == [
        ("available", False),
        ("away", False),
        ("available", True),
    ]
    await people.refresh(ann)
    assert await history() == late


async def test_history_leaves_out_what_lies_before_or_after(people: People, ann: UUID) -> None:
    await people.set(ann, "away")
    await people.pass_time(60)
    await people.set(ann, "available")
    await people.pass_time(60)
    async with people.db.transaction(people.account) as tx:
        [only] = await queries.history(tx, ann, soon(-110), soon(-70))
        assert only.state == "away"
        assert await queries.history(tx, ann, soon(-500), soon(-400)) == []


async def test_any_number_of_members_is_read_by_two_statements(people: People, ann: UUID, bo: UUID) -> None:
    await people.plan(ann, NEVER)
    await people.set(bo, "away")
    async with people.db.transaction(people.account) as tx:
        with counted(tx) as statements:
            assert len(await queries.standings(tx)) == 2
    assert len(statements) == 2


async def test_many_changes_at_once_leave_rows_that_follow_each_other(people: People, ann: UUID) -> None:
    await people.plan(ann, ALWAYS)
    changes = [people.set(ann, state) for state in ("away", "available") * 4]
    await asyncio.gather(*changes, *(people.refresh(ann) for _ in range(4)), people.out(ann, -5, 5))
    rows = await people.rows(ann)
    assert all(row["from_at"] < row["to_at"] == later["from_at"] for row, later in pairwise(rows))
    assert rows[-1]["to_at"] is None


async def test_k21_what_is_told_holds_ids_and_no_note(people: People, ann: UUID) -> None:
    await people.out(ann, -5, 5, "Operation on the knee")
    assert await people.told(ann) == [{"member_id": str(ann), "state": "away", "why": "out_of_office"}]
    assert await people.told(ann, "member.changed") == [{"member_id": str(ann), "fields": ["out_of_office"]}]
