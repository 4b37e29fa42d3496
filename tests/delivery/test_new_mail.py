"""Writing first: a mail from a chosen channel to a contact or a new address makes a ticket; its answer comes back."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from msgspec import UNSET

from kanal.channelkit.messages import Door, Raw, Said
from kanal.delivery import new_mail
from kanal.delivery.errors import InvalidReply, NoWayOut
from kanal.delivery.models import NewMail
from kanal.delivery.new_mail import Opened
from kanal.kit import clock
from kanal.people import actions as people
from kanal.people.models import TeamMember
from kanal.tickets.models import NewTicket
from tests.make import channels
from tests.make.desk import Desk
from tests.make.smtp import HeldServer


async def _write(desk: Desk, **asked: Any) -> Opened:
    how = {name: asked.pop(name) for name in ("channel", "assignee", "status", "subject") if name in asked}
    wanted: dict[str, Any] = {"author_id": desk.agent, "to": ["li@kund.example"], "text": "Hello Li"} | asked
    new = NewTicket(subject=how.get("subject", "Your order"), source="hand", at=clock.now(), actor_id=desk.agent)
    async with desk.db.transaction(desk.account) as tx:
        return await new_mail.write(
            tx,
            desk.carriers,
            NewMail(**wanted),
            new,
            channel=how.get("channel"),
            status=how.get("status", False),
            assignee=how.get("assignee", UNSET),
        )


async def test_eml_19_a_mail_to_a_new_address_makes_a_ticket_and_a_contact(desk: Desk, server: HeldServer) -> None:
    async with desk.sending():
        opened = await _write(desk)
        await desk.becomes(opened.message_id, "sent")
    [mail] = server.taken
    assert (mail["To"], mail["Subject"], mail["In-Reply-To"]) == ("li@kund.example", "Your order", None)
    row = await desk.row(
        """
        select t.source, t.assignee_id, t.channel_id, t.waiting_since, t.last_direction, s.key, h.key as contact
        from tickets t join statuses s on s.id = t.status_id join handles h on h.contact_id = t.contact_id
        where t.id = %s
        """,
        (opened.ticket_id,),
    )
    assert row == {
        "source": "hand",
        "assignee_id": desk.agent,
        "channel_id": desk.channel,
        "waiting_since": None,
        "last_direction": "out",
        "key": "waiting_on_contact",
        "contact": "li@kund.example",
    }


async def test_eml_19_the_answer_to_a_mail_of_ours_comes_into_its_ticket(desk: Desk, server: HeldServer) -> None:
    async with desk.sending():
        opened = await _write(desk)
        await desk.becomes(opened.message_id, "sent")
    answer = EmailMessage(policy=default)
    answer["From"], answer["Subject"], answer["To"] = (
        "Li <li@kund.example>",
        "SV: Your order",
        server.taken[0]["Reply-To"],
    )
    answer.set_content("Thank you, Ann")
    reply_to = server.taken[0]["Reply-To"].addresses[0].addr_spec
    raw = Raw(body=answer.as_bytes(), received_at=clock.now(), door=Door(rcpt_to=[reply_to]))
    [said] = desk.kinds["email"].parse(raw)
    assert isinstance(said, Said)
    [fate] = await desk.hear(said)
    assert (fate.state, fate.ticket_id) == ("reply", opened.ticket_id)


async def test_gen_11_a_mail_to_a_known_contact_makes_a_ticket_of_theirs(desk: Desk, server: HeldServer) -> None:
    async with desk.sending():
        opened = await _write(desk, to=["Eva@kund.example"])
        await desk.becomes(opened.message_id, "sent")
    assert server.taken[0]["To"] == "Eva Ek <Eva@kund.example>"
    same = await desk.row("select count(distinct contact_id) as contacts, count(*) as tickets from tickets")
    assert same == {"contacts": 1, "tickets": 2}


async def test_all_who_are_written_to_openly_take_part(desk: Desk) -> None:
    await _write(desk, to=["li@kund.example", "bo@kund.example"], cc=["mo@kund.example"], bcc=["boss@a.example"])
    rows = await desk.rows(
        "select p.key, p.role from participants p join conversations c on c.id = p.conversation_id "
        "join tickets t on t.id = c.ticket_id where t.subject = 'Your order' order by p.key"
    )
    assert {row["key"]: row["role"] for row in rows} == {
        "bo@kund.example": "cc",
        "li@kund.example": "contact",
        "mo@kund.example": "cc",
    }


async def test_eml_25_it_leaves_by_the_channel_of_the_authors_team_unless_one_is_chosen(desk: Desk) -> None:
    sales = await channels.email_channel(desk.db, desk.account, "sales@a.example", name="Sales")
    async with desk.db.transaction(desk.account) as tx:
        team = await people.create_team(tx, "Sellers", [TeamMember(id=desk.agent, is_main=True)])
        await people.change_team(tx, team.id, sends_by=sales, actor=None)
    by_team, chosen = await _write(desk), await _write(desk, channel=desk.channel)
    rows = await desk.rows("select id, channel_id from messages where direction = 'out'")
    assert {row["id"]: row["channel_id"] for row in rows} == {
        by_team.message_id: sales,
        chosen.message_id: desk.channel,
    }


async def test_somebody_else_or_nobody_can_have_the_ticket(desk: Desk) -> None:
    await _write(desk, assignee=None, subject="Nobody's")
    row = await desk.row("select assignee_id from tickets where subject = %s", ("Nobody's",))
    assert row == {"assignee_id": None}


async def test_a_ticket_without_a_subject_is_called_by_its_first_words(desk: Desk) -> None:
    opened = await _write(desk, subject="", text="Your lamp is ready\nCome by")
    row = await desk.row("select subject from tickets where id = %s", (opened.ticket_id,))
    assert row == {"subject": "Your lamp is ready Come by"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"to": []}, "to"),
        ({"to": [], "cc": ["li@kund.example"]}, "to"),
        ({"to": ["nobody"]}, "to"),
        ({"to": ["support@a.example"]}, "to"),
        ({"text": " "}, "text"),
    ],
)
async def test_what_cannot_be_sent_makes_no_ticket(desk: Desk, asked: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidReply) as refused:
        await _write(desk, **asked)
    assert refused.value.field == field
    assert len(await desk.rows("select id from tickets")) == 1


async def test_without_a_channel_that_writes_first_nothing_is_begun(desk: Desk) -> None:
    await desk.change_channel(active=False)
    with pytest.raises(NoWayOut):
        await _write(desk)


async def test_undo_leaves_the_words_as_a_draft_in_the_new_ticket(desk: Desk) -> None:
    opened = await _write(desk, undoable=True)
    await desk.cancel(opened.message_id)
    draft = await desk.row("select mode, html from drafts where ticket_id = %s", (opened.ticket_id,))
    assert draft == {"mode": "reply", "html": "<div>Hello Li</div>"}
    again = await desk.reply("Hello again", ticket_id=opened.ticket_id)
    row = await desk.row("select subject, recipients from messages where id = %s", (again.message_id,))
    assert (row["subject"], row["recipients"][0]["address"]) == ("Your order", "li@kund.example")
