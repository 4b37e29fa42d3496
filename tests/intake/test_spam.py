"""What is spam on the way in, what people say is, and how either is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Handle
from kanal.contacts.senders import actions as senders
from kanal.contacts.senders.models import NewSenderRule, Verdict
from kanal.conversations import rules
from kanal.intake.spam import filters, marking
from kanal.intake.spam.models import FiltersChange
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.views import tickets as ticket_lists
from kanal.views.questions import Question
from tests.make import accounts, channels
from tests.make.said import KEYRING, hear, said

EVA = Handle(kind="email", key="eva@kund.example", address="eva@kund.example")


class Place:
    """One account with one mailbox."""

    def __init__(self, db: Database, account: int, channel: UUID, agent: UUID) -> None:
        self.db, self.account, self.channel, self.agent = db, account, channel, agent

    async def do(self, what: Any, *args: Any, **more: Any) -> Any:
        async with self.db.transaction(self.account) as tx:
            return await what(tx, *args, **more)

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)

    async def hear(self, *things: Any, **how: Any) -> list[Any]:
        return await hear(self.db, self.account, self.channel, *things, **how)

    async def put(self, verdict: Verdict, entry: str) -> None:
        await self.do(senders.put, NewSenderRule(verdict=verdict, entry=entry), self.agent)

    async def switch(self, **filters_on: bool) -> None:
        await self.do(filters.change, FiltersChange(**filters_on), self.agent)

    async def fate(self, *things: Any, **how: Any) -> str:
        (fate,) = await self.hear(*(things or (said(),)), **how)
        return f"{fate.state}: {fate.reason}" if fate.reason else str(fate.state)

    async def listed(self) -> list[str]:
        async with self.db.transaction(self.account) as tx:
            page = await ticket_lists.page(tx, self.agent, Question())
        return [ticket.subject for ticket in page.items]

    async def conversation(self) -> UUID:
        """The newest."""
        rows = await self.rows("select id from conversations order by created_at desc, id desc limit 1")
        return UUID(str(rows[0]["id"]))

    async def token(self) -> str:
        return rules.reply_token(KEYRING, await self.conversation())

    async def mark(self, **how: Any) -> None:
        await self.do(marking.mark, await self.conversation(), self.agent, **how)

    async def unmark(self) -> UUID | None:
        back: marking.BroughtBack = await self.do(marking.unmark, await self.conversation(), self.agent)
        return back.ticket_id


@pytest.fixture
async def place(db: Database) -> Place:
    account = await accounts.account(db)
    agent = await accounts.member(db, account, "ann@a.example")
    return Place(db, account, await channels.email_channel(db, account), agent)


async def test_eml_40_who_is_on_the_deny_list_makes_no_ticket_and_no_contact(place: Place) -> None:
    await place.put("deny", "kund.example")
    assert await place.fate() == "spam: the sender is on the deny list"
    assert await place.rows("select 1 from tickets") == []
    assert await place.rows("select 1 from contacts") == []
    [row] = await place.rows("select spam_why, spam_by, spam_at is not null as spam from conversations")
    assert row == {"spam_why": "denied", "spam_by": None, "spam": True}


async def test_eml_40_who_is_on_the_allow_list_is_never_spam(place: Place) -> None:
    await place.put("deny", "kund.example")
    await place.put("allow", "eva@kund.example")
    assert await place.fate(said(bulk="newsletter", spam="GTUBE")) == "ticket"


async def test_who_only_claims_to_be_on_the_allow_list_is_judged_as_all(place: Place) -> None:
    await place.put("allow", "eva@kund.example")
    assert await place.fate(said(spam="GTUBE", trust="fail")) == "spam: the mail filter says so: GTUBE"


async def test_eml_40_what_a_denied_sender_adds_to_a_thread_does_not_appear_in_it(place: Place) -> None:
    await place.hear(said(external_id="a@x"))
    await place.put("deny", "eva@kund.example")
    assert (await place.fate(said("more", in_reply_to="a@x"))).startswith("spam")
    [ticket] = await place.rows("select version, snippet from tickets")
    assert ticket == {"version": 1, "snippet": "The lamp is broken"}


async def test_eml_42_a_contact_is_spared_except_for_automatic_answers(place: Place) -> None:
    await place.hear(said("A question"))
    assert await place.fate(said("News", bulk="newsletter")) == "ticket"
    assert await place.fate(said("Points", spam="score 9")) == "ticket"
    assert (await place.fate(said("Away", automatic="auto_reply"))).startswith("spam: an automatic answer")


async def test_whoever_we_know_from_spam_alone_is_not_spared(place: Place) -> None:
    await place.hear(said("Buy"))
    await place.mark()
    assert (await place.fate(said("Buy more", bulk="newsletter"))).startswith("spam")


async def test_eml_42_mail_of_the_address_to_itself_is_spam(place: Place) -> None:
    own = (await place.rows("select key from addresses order by proved_at limit 1"))[0]["key"]
    assert (await place.fate(said("Me", own))).startswith("spam: it comes from the address")
    assert (await place.fate(said("Me again", "other@kund.example", loop=True))).startswith("spam")


async def test_eml_42_mail_of_a_blocked_sender_is_spam(place: Place) -> None:
    await place.do(senders.block, EVA, place.agent)
    assert await place.fate() == "spam: the sender is blocked"


@pytest.mark.parametrize(
    ("marks", "on_by_default", "switch"),
    [
        ({"automatic": "auto_reply"}, True, "automatic"),
        ({"bulk": "newsletter"}, True, "marketing"),
        ({"bulk": "unsubscribe"}, False, "unsubscribe"),
        ({"sender": "info@kund.example"}, False, "role_based"),
    ],
)
async def test_eml_43_each_filter_is_a_switch(
    place: Place, marks: dict[str, Any], on_by_default: bool, switch: str
) -> None:
    (first,) = await place.hear(said("One", **{"sender": "a@kund.example"} | marks))
    assert (first.state == "spam") is on_by_default
    await place.do(_forget_contacts)
    await place.switch(**{switch: not on_by_default})
    (second,) = await place.hear(said("Two", **{"sender": "b@kund.example"} | marks))
    assert (second.state == "spam") is not on_by_default


async def _forget_contacts(tx: Any) -> None:
    await tx.run("delete from handles")


async def test_eml_44_role_based_senders_are_ordinary_customers_by_default(place: Place) -> None:
    for name in ("info", "sales", "support", "finance"):
        assert await place.fate(said("Hello", f"{name}@kund.example")) == "ticket"


async def test_an_automatic_answer_to_ours_is_no_spam(place: Place) -> None:
    await place.hear(said())
    assert await place.fate(said("Away", token=await place.token(), automatic="auto_reply")) == "reply"


async def test_what_a_machine_writes_by_itself_is_no_automatic_answer(place: Place) -> None:
    assert await place.fate(said("Disk full", automatic="machine")) == "ticket"


async def test_old_mail_is_judged_by_the_lists_alone(place: Place) -> None:
    old = said("News", bulk="newsletter")
    assert await place.fate(old, history=True) == "ticket"
    await place.put("deny", "kund.example")
    assert (await place.fate(said("Old news"), history=True)).startswith("spam")


async def test_eml_46_what_is_no_spam_becomes_a_ticket_of_when_it_came(place: Place) -> None:
    came = clock.now() - timedelta(days=3)
    await place.hear(said(bulk="newsletter"), at=came)
    ticket = await place.unmark()
    [row] = await place.rows(
        """select t.id, t.created_at, t.is_open, t.subject, t.source, c.name, h.key
           from tickets t join contacts c on c.id = t.contact_id join handles h on h.contact_id = c.id"""
    )
    assert row == {
        "id": ticket,
        "created_at": came,
        "is_open": True,
        "subject": "Lamp",
        "source": "message",
        "name": "Eva Ek",
        "key": "eva@kund.example",
    }
    [raw] = await place.rows("select state, ticket_id from raw_events")
    assert raw == {"state": "ticket", "ticket_id": ticket}
    [decision] = await place.rows("select cause, why from routing_decisions")
    assert decision == {"cause": "arrival", "why": "assign_none"}


async def test_old_mail_that_was_taken_for_spam_becomes_a_closed_ticket_of_its_time(place: Place) -> None:
    came = clock.now() - timedelta(days=300)
    await place.put("deny", "kund.example")
    await place.hear(said(), at=came, history=True)
    await place.unmark()
    [row] = await place.rows(
        """select t.source, t.is_open, t.closed_at, t.waiting_since, c.state
           from tickets t join conversations c on c.ticket_id = t.id"""
    )
    assert row == {"source": "import", "is_open": False, "closed_at": came, "waiting_since": None, "state": "closed"}


async def test_taking_it_back_twice_makes_one_ticket(place: Place) -> None:
    await place.hear(said(bulk="newsletter"))
    assert await place.unmark() == await place.unmark()
    assert len(await place.listed()) == 1


async def test_eml_47_a_ticket_with_nothing_but_spam_is_in_no_list_and_comes_back_as_it_was(place: Place) -> None:
    (fate,) = await place.hear(said())
    await place.do(_assign, fate.ticket_id, place.agent)
    [before] = await place.rows("select status_id, assignee_id, is_open, waiting_since, version from tickets")
    await place.mark()
    assert await place.listed() == []
    assert await place.rows("select 1 from work_spans where to_at is null") == []
    assert await place.unmark() == fate.ticket_id
    assert await place.listed() == ["Lamp"]
    assert await place.rows("select status_id, assignee_id, is_open, waiting_since, version from tickets") == [before]
    assert len(await place.rows("select 1 from work_spans where to_at is null")) == 1


async def _assign(tx: Any, ticket: UUID, member: UUID) -> None:
    await tx.run("update tickets set assignee_id = %s where id = %s", (member, ticket))
    await tx.run(
        """insert into work_spans (account_id, ticket_id, member_id, work, ticket_created_at, from_at)
           values (%s, %s, %s, 'email', now(), now())""",
        (tx.account, ticket, member),
    )


async def test_k11_spam_deletes_neither_contact_nor_message(place: Place) -> None:
    await place.hear(said())
    await place.mark(block=True)
    assert len(await place.rows("select 1 from contacts")) == 1
    assert len(await place.rows("select 1 from messages")) == 1


async def test_eml_48_a_block_makes_later_mail_spam_and_taking_it_back_ends_that(place: Place) -> None:
    await place.hear(said())
    first = await place.conversation()
    await place.mark(block=True)
    assert await place.fate(said("again")) == "spam: the sender is blocked"
    await place.do(marking.unmark, first, place.agent)
    assert await place.fate(said("once more")) == "ticket"


async def test_eml_36_a_genuine_answer_pulls_its_thread_out_of_spam(place: Place) -> None:
    (fate,) = await place.hear(said(external_id="a@x"))
    token = await place.token()
    await place.mark()
    (answer,) = await place.hear(said("It is me, Eva", token=token))
    assert (answer.state, answer.ticket_id) == ("reply", fate.ticket_id)
    assert await place.listed() == ["Lamp"]
    [ticket] = await place.rows("select snippet, is_open, spam_at from tickets")
    assert ticket == {"snippet": "It is me, Eva", "is_open": True, "spam_at": None}


async def test_eml_36_what_no_person_wrote_or_nothing_proves_pulls_nothing_out(place: Place) -> None:
    await place.hear(said(external_id="a@x"))
    token = await place.token()
    await place.mark()
    assert (await place.fate(said("Away", token=token, automatic="auto_reply"))).startswith("spam")
    assert await place.fate(said("Buy", in_reply_to="a@x")) == "spam: it goes on in a conversation that is spam"
    assert await place.listed() == []


async def test_what_was_written_meanwhile_is_on_the_ticket_that_comes_back(place: Place) -> None:
    await place.hear(said(external_id="a@x"))
    await place.mark()
    await place.hear(said("Still waiting", in_reply_to="a@x"))
    await place.unmark()
    [ticket] = await place.rows("select snippet, version from tickets")
    assert ticket == {"snippet": "Still waiting", "version": 2}


async def test_eml_45_conversations_of_an_inbox_without_tickets_come_back_without_one(place: Place) -> None:
    await place.do(_out_of_the_desk)
    await place.hear(said(bulk="newsletter"))
    assert await place.unmark() is None
    assert await place.rows("select 1 from conversations where spam_at is not null") == []


async def _out_of_the_desk(tx: Any) -> None:
    await tx.run("update inboxes set kind = 'conversations'")


async def test_where_threads_go_on_by_themselves_going_on_proves_nothing(place: Place) -> None:
    await place.hear(said("Buy", thread_key="t1"), threading="thread_key")
    await place.mark()
    assert (await place.fate(said("Buy more", thread_key="t1"), threading="thread_key")).startswith("spam")
