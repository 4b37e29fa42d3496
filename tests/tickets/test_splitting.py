"""Messages of a ticket become one of their own (WS-9)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.kit.db import Database
from kanal.tickets.errors import TicketDeleted, Unfit
from tests.make.merging import Office, office


async def two_matters(db: Database) -> tuple[Office, UUID, list[dict[str, Any]]]:
    """A ticket in which Eva wrote of a lamp, and then of an invoice."""
    desk = await office(db)
    ticket = await desk.wrote("The lamp is broken", subject="Lamp", external_id="lamp@kund.example")
    token = await desk.token(ticket)
    await desk.wrote("And where is my invoice?", subject="Lamp", external_id="invoice@kund.example", token=token)
    return desk, ticket, await messages(desk)


async def messages(desk: Office) -> list[dict[str, Any]]:
    return await desk.rows(
        "select m.id, m.external_id, m.body_text, m.conversation_id, c.ticket_id from messages m"
        " join conversations c on c.id = m.conversation_id order by m.created_at"
    )


async def test_ws_9_chosen_messages_become_a_ticket_of_their_own(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    made = await desk.split(ticket, invoice["id"], subject="Invoice")
    assert [(row["body_text"], row["ticket_id"]) for row in await messages(desk)] == [
        ("The lamp is broken", ticket),
        ("And where is my invoice?", made),
    ]
    new, old = await desk.ticket(made), await desk.ticket(ticket)
    assert (new["subject"], new["snippet"], new["is_open"]) == ("Invoice", "And where is my invoice?", True)
    assert (old["snippet"], old["last_direction"]) == ("The lamp is broken", "in")
    assert new["waiting_since"] is not None


async def test_ws_9_the_two_are_linked_and_told_of(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    made = await desk.split(ticket, invoice["id"])
    assert await desk.rows("select ticket_id, other_id, why from ticket_links") == [
        {"ticket_id": made, "other_id": ticket, "why": "split"}
    ]
    [told] = await desk.told("ticket.split")
    assert (told["ticket_id"], told["data"]) == (ticket, {"other_id": str(made), "messages": 1})


async def test_ws_9_an_answer_to_a_moved_message_lands_in_the_new_ticket(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    made = await desk.split(ticket, invoice["id"])
    assert await desk.wrote("About that invoice", in_reply_to="invoice@kund.example") == made
    assert await desk.wrote("About that lamp", in_reply_to="lamp@kund.example") == ticket


async def test_ws_9_also_with_the_token_of_the_thread_in_which_it_was_written(db: Database) -> None:
    """The address at which the customer answers was made before the split."""
    desk, ticket, [_, invoice] = await two_matters(db)
    token = await desk.token(ticket)
    made = await desk.split(ticket, invoice["id"])
    assert await desk.wrote("Invoice?", token=token, in_reply_to="invoice@kund.example") == made
    assert await desk.wrote("Lamp?", token=token, in_reply_to="lamp@kund.example") == ticket
    assert await desk.wrote("Neither", token=token) == ticket


async def test_the_token_of_a_thread_leads_into_no_stranger_conversation(db: Database) -> None:
    desk, ticket, _ = await two_matters(db)
    other = await desk.wrote("My order", "bo@kund.example", external_id="order@kund.example")
    token = await desk.token(ticket)
    assert await desk.wrote("Mine", token=token, in_reply_to="order@kund.example") == ticket
    assert other != ticket


async def test_ws_9_merging_it_back_takes_it_back(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    made = await desk.split(ticket, invoice["id"])
    await desk.merge(made, ticket)
    assert {row["ticket_id"] for row in await messages(desk)} == {ticket}
    assert await desk.wrote("About that invoice", in_reply_to="invoice@kund.example") == ticket


async def test_of_a_closed_ticket_it_is_open(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    await desk.answered(ticket)
    await desk.change(ticket, status_key="closed")
    made = await desk.ticket(await desk.split(ticket, invoice["id"]))
    assert (made["is_open"], made["status"]) == (True, "waiting_on_us")
    assert (await desk.ticket(ticket))["is_open"] is False


async def test_it_has_the_assignee_priority_and_team_of_the_old_one(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    await desk.change(ticket, assignee_id=desk.ann, priority="high")
    made = await desk.split(ticket, invoice["id"])
    assert ((await desk.ticket(made))["assignee_id"], (await desk.ticket(made))["priority"]) == (desk.ann, "high")
    spans = await desk.rows("select ticket_id from work_spans where to_at is null")
    assert {row["ticket_id"] for row in spans} == {ticket, made}


async def test_a_whole_conversation_of_several_goes_as_it_is(db: Database) -> None:
    desk = await office(db)
    first, second = await desk.wrote("The lamp"), await desk.wrote("The cable", "bo@kund.example")
    await desk.merge(second, first)
    [_, cable] = await messages(desk)
    made = await desk.split(first, cable["id"])
    assert [row["ticket_id"] for row in await messages(desk)] == [first, made]
    assert len(await desk.rows("select id from conversations")) == 2


async def test_something_has_to_stay(db: Database) -> None:
    desk, ticket, both = await two_matters(db)
    for chosen in ([], [row["id"] for row in both]):
        with pytest.raises(Unfit) as refused:
            await desk.split(ticket, *chosen)
        assert refused.value.field == "messages"


async def test_messages_of_two_conversations_are_split_off_one_after_the_other(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    other = await desk.wrote("The cable", "bo@kund.example")
    await desk.merge(other, ticket)
    cable = (await messages(desk))[-1]
    with pytest.raises(Unfit, match="one conversation"):
        await desk.split(ticket, invoice["id"], cable["id"])


async def test_what_is_elsewhere_by_now_is_not_split_off(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    await desk.split(ticket, invoice["id"])
    with pytest.raises(Unfit, match="look again"):
        await desk.split(ticket, invoice["id"])
    await desk.delete(ticket)
    with pytest.raises(TicketDeleted):
        await desk.split(ticket, invoice["id"])


async def test_who_waits_for_whom_is_true_of_both(db: Database) -> None:
    desk, ticket, [_, invoice] = await two_matters(db)
    await desk.answered(ticket)
    assert (await desk.ticket(ticket))["status"] == "waiting_on_contact"
    made = await desk.ticket(await desk.split(ticket, invoice["id"]))
    assert (made["status"], made["waiting_since"] is None) == ("waiting_on_us", False)
