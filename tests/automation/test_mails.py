"""What rules say: automatic messages in the ticket's conversation, and mails to members."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.automation import mailing
from kanal.delivery.automatic import TO_ONE_ADDRESS
from tests.make.automating import Automating

THANKS = {"do": "mail", "to": "contact", "text": "Thank you, {{contact.first_name}}: {{ticket.subject}}"}


async def test_eml_24_the_contact_is_mailed_in_the_tickets_conversation(desk: Automating) -> None:
    await desk.rule("created", THANKS)
    await desk.writes()
    [mail] = await desk.said_automatically()
    [first] = await desk.rows("select external_id, conversation_id from messages where direction = 'in'")
    assert (mail["body_text"], mail["subject"]) == ("Thank you, Eva: Lamp\n", "Re: Lamp")
    assert (mail["conversation_id"], mail["in_reply_to"]) == (first["conversation_id"], first["external_id"])
    assert [(to["address"], mail["automatic"]) for to in mail["recipients"]] == [("eva@kund.example", "auto_reply")]
    assert await desk.now("last_direction") == "in"


async def test_a_mail_of_a_rule_is_no_agents_answer(desk: Automating) -> None:
    await desk.rule("created", THANKS)
    await desk.rule("agent_answered", {"do": "tag", "name": "Answered"})
    await desk.writes()
    assert await desk.tags() == []


@pytest.mark.parametrize("automatic", ["machine", "list"])
async def test_protocols_1_4_machines_and_lists_are_sent_nothing(desk: Automating, automatic: Any) -> None:
    await desk.rule("created", THANKS, {"do": "tag", "name": "Machine"})
    await desk.writes(automatic=automatic)
    assert await desk.said_automatically() == []
    [run] = await desk.runs()
    assert [(did.changed, did.why) for did in run.did] == [(False, mailing.NO_PERSON), (True, "")]


async def test_an_address_is_mailed_only_so_often(desk: Automating) -> None:
    await desk.rule("customer_answered", THANKS)
    await desk.writes()
    for _ in range(TO_ONE_ADDRESS.most + 2):
        await desk.answers()
    assert len(await desk.said_automatically()) == TO_ONE_ADDRESS.most
    assert (await desk.runs())[0].did[0].why == mailing.NOT_SAID["too_many"]


async def test_another_address_is_mailed_and_never_one_of_ours(desk: Automating) -> None:
    await desk.rule(
        "created",
        {"do": "mail", "to": "repairs@partner.example", "text": "One for you"},
        {"do": "mail", "to": "support@a.example", "text": "Look"},
    )
    await desk.writes()
    [mail] = await desk.said_automatically()
    assert mail["recipients"][0]["address"] == "repairs@partner.example"
    assert (await desk.runs())[0].did[1].why == mailing.NOT_SAID["our_own_address"]


async def test_whoever_has_the_ticket_is_mailed_with_its_link(desk: Automating) -> None:
    await desk.rule(
        "created",
        {"do": "assign", "member": str(desk.ann)},
        {"do": "mail", "to": "assignee", "subject": "#{{ticket.number}}", "text": "For {{assignee.name}}"},
    )
    await desk.writes()
    [row] = await desk.rows("select member_id, kind, words, ticket_id from member_mails where kind = 'automation'")
    assert (row["member_id"], row["ticket_id"]) == (desk.ann, desk.ticket)
    assert row["words"] == {"subject": "#1", "text": "For Ann Agent\n"}


async def test_a_ticket_of_nobody_has_no_assignee_to_mail(desk: Automating) -> None:
    await desk.rule("created", {"do": "mail", "to": "assignee", "text": "Look"})
    await desk.writes()
    assert (await desk.runs())[0].did[0].why == mailing.NOBODY_HAS_IT


async def test_the_timeline_tells_of_a_mail_that_a_rule_sent(desk: Automating) -> None:
    await desk.rule("created", {"do": "mail", "to": str(desk.ann), "text": "Look"}, name="Tell Ann")
    await desk.writes()
    async with await desk.site.program("chief", "super_admin") as chief:
        items = (await chief.get(f"/api/v1/tickets/{desk.ticket}/timeline")).json()["items"]
    [told] = [item for item in items if item.get("name") == "automation.ran"]
    assert (told["rule"]["name"], told["data"]["mailed"], told["data"]["outcome"]) == ("Tell Ann", 1, "done")
