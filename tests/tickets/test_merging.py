"""Two tickets become one and two again (WS-8, K12)."""

from __future__ import annotations

import asyncio
import random
from uuid import UUID

import pytest

from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.tickets import actions
from kanal.tickets.errors import Unfit
from kanal.tickets.models import NewTicket
from kanal.tickets.tags import actions as tags
from tests.make import accounts
from tests.make.meanwhile import meanwhile
from tests.make.merging import Office, office, picture
from tests.make.said import hear, said


async def test_ws_8_what_was_said_and_remarked_goes_over_and_the_primary_keeps_its_values(db: Database) -> None:
    desk = await office(db)
    first = await desk.wrote("The lamp is broken", subject="Lamp")
    second = await desk.wrote("And the cable", "bo@kund.example", subject="Cable")
    await desk.change(first, priority="high")
    await desk.merge(second, first)
    messages = await desk.rows(
        "select m.body_text from messages m join conversations c on c.id = m.conversation_id where c.ticket_id = %s"
        " order by m.created_at",
        first,
    )
    assert [row["body_text"] for row in messages] == ["The lamp is broken", "And the cable"]
    stays = await desk.ticket(first)
    assert (stays["subject"], stays["priority"], stays["is_open"]) == ("Lamp", "high", True)
    gone = await desk.ticket(second)
    assert (gone["merged_into"], gone["listed"], gone["is_open"]) == (first, False, False)


async def test_ws_8_what_either_customer_answers_lands_in_the_primary(db: Database) -> None:
    desk = await office(db)
    first = await desk.wrote("The lamp is broken", subject="Lamp")
    second = await desk.wrote("And the cable", "bo@kund.example", subject="Cable")
    tokens = [await desk.token(first), await desk.token(second)]
    await desk.merge(second, first)
    assert await desk.wrote("Any news?", "eva@kund.example", token=tokens[0]) == first
    assert await desk.wrote("Hello?", "bo@kund.example", token=tokens[1]) == first


async def test_ws_8_the_merged_ticket_is_as_old_as_the_older_of_the_two(db: Database) -> None:
    desk = await office(db)
    older, newer = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.merge(older, newer)
    assert (await desk.ticket(newer))["created_at"] == (await desk.ticket(older))["created_at"]


async def test_a_customer_who_waits_is_not_forgotten_in_a_ticket_that_is_closed(db: Database) -> None:
    desk = await office(db)
    done, asked = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.answered(done)
    await desk.change(done, status_key="closed")
    merge = await desk.merge(asked, done)
    whole = await desk.ticket(done)
    assert (whole["status"], whole["is_open"]) == ("waiting_on_us", True)
    assert whole["waiting_since"] == (await desk.ticket(asked))["created_at"]
    await desk.unmerge(merge)
    assert ((await desk.ticket(done))["status"], (await desk.ticket(asked))["status"]) == ("closed", "new")


async def test_the_other_customer_takes_part_but_is_in_no_answer_unless_ticked(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.merge(second, first)
    people = await desk.rows(
        "select p.key, p.role from participants p join conversations c on c.id = p.conversation_id"
        " order by c.created_at, p.role, p.key"
    )
    assert [(row["key"], row["role"]) for row in people] == [
        ("eva@kund.example", "contact"),
        ("bo@kund.example", "new_person"),
        ("bo@kund.example", "contact"),
        ("eva@kund.example", "new_person"),
    ]


async def test_two_tickets_of_one_contact_introduce_nobody(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", subject="Cable")
    await desk.merge(second, first)
    assert await desk.rows("select key from participants where role = 'new_person'") == []


@pytest.mark.parametrize("seed", range(24))
async def test_k12_merging_and_undoing_it_leaves_everything_as_it_was(db: Database, seed: int) -> None:
    desk = await office(db)
    tickets = await _several(desk, random.Random(seed))
    before = await picture(desk)
    made = [await desk.merge(part, tickets[-1]) for part in tickets[:-1]]
    assert await picture(desk) != before
    for merge in reversed(made):
        await desk.unmerge(merge)
    assert await picture(desk) == before


async def _several(desk: Office, chance: random.Random) -> list[UUID]:
    """Two to four tickets of few customers, in whatever state."""
    bo = await accounts.member(desk.db, desk.account, "bo@a.example", name="Bo")
    made = []
    for n in range(chance.randint(2, 4)):
        sender = chance.choice(["eva@kund.example", "bo@kund.example", "cy@kund.example"])
        if chance.random() < 0.2:
            made.append(await _by_hand(desk, n))
        else:
            made.append(await desk.wrote(f"About {n}", sender, subject=f"Case {n}"))
        await _dress(desk, made[-1], chance, [desk.ann, bo])
    async with desk.db.transaction(desk.account) as tx:
        if chance.random() < 0.5:
            await actions.link(tx, made[0], made[-1], desk.ann)
        other = (await _by_hand(desk, 9)) if chance.random() < 0.5 else None
        if other is not None:
            await actions.link(tx, made[0], other, desk.ann)
    return made


async def _by_hand(desk: Office, n: int) -> UUID:
    async with desk.db.transaction(desk.account) as tx:
        return (await actions.create(tx, NewTicket(subject=f"By hand {n}", source="hand", at=clock.now()))).id


async def _dress(desk: Office, ticket: UUID, chance: random.Random, members: list[UUID]) -> None:
    def maybe() -> bool:
        return chance.random() < 0.5

    if maybe():
        await desk.answered(ticket, "We look")
    if maybe():
        await desk.change(ticket, assignee_id=chance.choice(members))
    if maybe():
        await desk.change(ticket, status_key=chance.choice(["closed", "waiting_on_contact", "waiting_on_us"]))
    async with desk.db.transaction(desk.account) as tx:
        if maybe():
            await actions.follow(tx, [ticket], chance.choice(members))
        for name in ("urgent", "blue"):
            if maybe():
                await tags.add(tx, ticket, name, desk.ann)
        if maybe():
            await actions.comment(tx, ticket, author=desk.ann, text="Note", html="<p>Note</p>")
        if maybe():
            row = {"ticket_id": ticket, "member_id": chance.choice(members), "mode": "reply", "html": "Hi"}
            await tx.insert("drafts", [row | {"recipients": {}, "attachments": [], "updated_at": clock.now()}])
        if maybe():
            notice = {"id": new_id(), "member_id": desk.ann, "kind": "assigned", "ticket_id": ticket}
            seq = chance.randint(1, 10**9)
            await tx.insert("notices", [notice | {"event_seq": seq, "created_at": clock.now()}])
    state = await desk.ticket(ticket)
    if state["is_open"] and maybe():
        await desk.snooze(ticket)


async def test_k12_what_was_said_since_goes_with_its_conversation(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.answered(second)
    await desk.change(second, status_key="closed")
    token = await desk.token(second)
    merge = await desk.merge(second, first)
    await desk.wrote("It broke again", "bo@kund.example", token=token)
    await desk.unmerge(merge)
    back, stays = await desk.ticket(second), await desk.ticket(first)
    assert (back["snippet"], back["status"], back["is_open"]) == ("It broke again", "waiting_on_us", True)
    assert (stays["snippet"], stays["waiting_since"]) == ("The lamp", stays["created_at"])
    assert await desk.wrote("Hello?", "bo@kund.example", token=token) == second


async def test_k12_what_was_changed_since_stays_changed(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    merge = await desk.merge(second, first)
    await desk.change(first, status_key="closed", priority="urgent")
    await desk.unmerge(merge)
    stays, back = await desk.ticket(first), await desk.ticket(second)
    assert (stays["status"], stays["priority"], back["status"], back["priority"]) == (
        "closed",
        "urgent",
        "new",
        "normal",
    )


async def test_k12_an_inner_merge_can_be_undone_while_the_outer_one_stands(db: Database) -> None:
    desk = await office(db)
    a, b, c = [await desk.wrote(f"Case {n}", f"{n}@kund.example") for n in "abc"]
    token = await desk.token(a)
    inner = await desk.merge(a, b)
    outer = await desk.merge(b, c)
    await desk.unmerge(inner)
    assert (await desk.ticket(a))["is_open"]
    assert await desk.wrote("Hello?", "a@kund.example", token=token) == a
    await desk.unmerge(outer)
    owner = "select ticket_id, count(*) as n from conversations group by 1"
    assert {row["ticket_id"]: row["n"] for row in await desk.rows(owner)} == {a: 1, b: 1, c: 1}


async def test_k12_undone_twice_it_changes_nothing(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    merge = await desk.merge(second, first)
    await desk.unmerge(merge)
    before = await picture(desk)
    await desk.unmerge(merge)
    assert await picture(desk) == before
    assert len(await desk.told("ticket.unmerged")) == 2


async def test_a_ticket_is_not_merged_into_itself(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    with pytest.raises(Unfit) as refused:
        await desk.merge(ticket, ticket)
    assert refused.value.field == "into"


@pytest.mark.parametrize("what", ["merged", "deleted", "spam"])
async def test_what_stands_in_no_list_is_not_merged(db: Database, what: str) -> None:
    desk = await office(db)
    one, two, three = [await desk.wrote(f"Case {n}", f"{n}@kund.example") for n in "abc"]
    async with db.transaction(desk.account) as tx:
        match what:
            case "merged":
                await actions.merge(tx, two, three, desk.ann)
            case "deleted":
                await actions.delete(tx, [two], desk.ann)
            case "spam":
                await actions.hide(tx, [two])
    for pair in ((one, two), (two, one)):
        with pytest.raises(Unfit) as refused:
            await desk.merge(*pair)
        assert refused.value.field == "into"


async def test_of_two_who_merge_both_ways_at_once_one_is_refused(db: Database) -> None:
    desk = await office(db)
    one, two = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    done = await asyncio.gather(desk.merge(one, two), desk.merge(two, one), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["UUID", "Unfit"]
    assert len(await desk.rows("select id from tickets where merged_into is not null")) == 1


async def test_what_a_customer_says_while_it_is_merged_is_in_the_ticket_that_stays(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.answered(first)
    token = await desk.token(second)
    answer = hear(db, desk.account, desk.channel, said("Hello?", "bo@kund.example", token=token))
    async with meanwhile(db, desk.account, answer) as merging:
        await actions.merge(merging.tx, second, first, desk.ann)
    whole = await desk.ticket(first)
    assert (whole["snippet"], whole["status"]) == ("Hello?", "waiting_on_us")
    assert [fate.ticket_id for fate in merging.came_of_it] == [first]
    assert (await desk.ticket(second))["is_open"] is False


async def test_a_merged_ticket_is_nobodys_work(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.change(second, assignee_id=desk.ann)
    assert await desk.rows("select ticket_id from work_spans where to_at is null") == [{"ticket_id": second}]
    await desk.merge(second, first)
    assert await desk.rows("select ticket_id from work_spans where to_at is null") == []


async def test_both_tickets_are_told_of(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    merge = await desk.merge(second, first)
    told = await desk.told("ticket.merged")
    assert [(each["ticket_id"], each["data"]) for each in told] == [
        (second, {"merge_id": str(merge), "into_id": str(first)}),
        (first, {"merge_id": str(merge), "merged_id": str(second)}),
    ]
