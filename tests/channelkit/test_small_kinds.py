"""The contract fits a form, a chat and a WhatsApp number: each conforms, and each goes through the one pipeline."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.conformance import faults
from kanal.channelkit.contract import Capabilities, Channel, Kind, answerable_until, reach
from kanal.channelkit.messages import Confirmation, Door, Handle, Inbound, Raw, Receipt, Said
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from tests.channelkit.kinds.chat import ChatKind
from tests.channelkit.kinds.form import FormKind
from tests.channelkit.kinds.whatsapp import WhatsAppKind
from tests.make import accounts, channels
from tests.make.said import hear

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
CHANNEL = Channel(account_id=1, id=new_id(), name="c", settings={"key": "k"}, active=True, mail_domain="desk.example")
SUBMISSION = {"visitor": "v1", "email": "Eva@kund.example", "name": "Eva", "order": "4711", "text": "Broken"}
HELLO = {"id": "1", "visitor": "cookie-1", "session": "s1", "text": "Hello?"}
PHOTO = {"id": "w1", "user": "SE.1", "media": "media-1", "text": ""}


def _raw(*things: dict[str, Any]) -> Raw:
    return Raw(body=json.dumps(things).encode(), received_at=NOW, door=Door())


def _read(kind: Kind, *things: dict[str, Any]) -> list[Said]:
    return [each for each in kind.parse(_raw(*things)) if isinstance(each, Said)]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [(FormKind(), SUBMISSION), (ChatKind(), HELLO), (WhatsAppKind(), PHOTO)],
    ids=lambda x: str(x)[:9],
)
def test_the_kind_conforms(kind: Kind, payload: dict[str, Any]) -> None:
    assert faults(kind, settings={"key": "k"}, payloads=[_raw(payload)], channel=CHANNEL) == []


class Guessable(ChatKind):
    def name_message(self, channel: Channel) -> str:
        return "message-1"


class Threadless(ChatKind):
    def read(self, thing: dict[str, Any]) -> Said:
        said = super().read(thing)
        assert isinstance(said, Said)
        said.evidence.thread_key = ""
        return said


class Boastful(FormKind):
    capabilities = Capabilities(replies=True, one_shot=True, threading="participants", templates=True)


class Unreachable(FormKind):
    def read(self, thing: dict[str, Any]) -> Inbound:
        said = super().read(thing)
        assert isinstance(said, Said)
        said.answer_at, said.confirmation = None, Confirmation(subject="", text="Thanks")
        return said


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (Guessable(), "cannot be guessed"),
        (Threadless(), "threads by the provider's key"),
        (Boastful(), "one_shot"),
        (Unreachable(), "does not say where"),
    ],
    ids=["guessable", "threadless", "boastful", "unreachable"],
)
def test_the_suite_finds_what_breaks_the_contract(kind: Kind, fault: str) -> None:
    payload = SUBMISSION if isinstance(kind, FormKind) else HELLO
    found = faults(kind, settings={"key": "k"}, payloads=[_raw(payload)], channel=CHANNEL)
    assert any(fault in each for each in found)


class Place:
    def __init__(self, db: Database, account: int, channel: UUID) -> None:
        self.db, self.account, self.channel = db, account, channel

    async def hear(self, kind: Kind, *things: dict[str, Any]) -> list[Any]:
        can = kind.capabilities
        said = _read(kind, *things)
        return await hear(self.db, self.account, self.channel, *said, threading=can.threading, one_shot=can.one_shot)

    async def values(self, sql: Any) -> list[Any]:
        async with self.db.transaction(self.account) as tx:
            return await tx.values(sql)


@pytest.fixture
async def place(db: Database) -> Place:
    account = await accounts.account(db)
    return Place(db, account, await channels.email_channel(db, account))


async def test_every_submission_of_a_form_is_a_ticket_answered_at_its_email(place: Place) -> None:
    again = SUBMISSION | {"text": "And another thing"}
    assert [fate.state for fate in await place.hear(FormKind(), SUBMISSION, again)] == ["ticket", "ticket"]
    assert await place.values("select distinct key from participants where space = 'email'") == ["eva@kund.example"]
    assert await place.values("select jsonb_array_length(answers) from messages") == [1, 1]


async def test_a_form_without_an_email_makes_a_ticket_without_a_contact(place: Place) -> None:
    await place.hear(FormKind(), {k: v for k, v in SUBMISSION.items() if k != "email"})
    assert await place.values("select contact_id from tickets") == [None]


async def test_cht_23_a_visitor_becomes_a_contact_when_they_say_who_they_are(place: Place) -> None:
    (first,) = await place.hear(ChatKind(), HELLO)
    assert await place.values("select id from contacts") == []
    (second,) = await place.hear(ChatKind(), HELLO | {"id": "2", "text": "I am Eva", "email": "eva@kund.example"})
    assert second.ticket_id == first.ticket_id
    (contact,) = await place.values("select id from contacts")
    assert await place.values("select contact_id from tickets") == [contact]
    assert await place.values("select contact_id from messages") == [contact, contact]


async def test_another_session_of_a_chat_is_another_ticket(place: Place) -> None:
    fates = await place.hear(ChatKind(), HELLO, HELLO | {"id": "2", "session": "s2"})
    assert [fate.state for fate in fates] == ["ticket", "ticket"]


async def test_a_phone_number_that_comes_later_joins_the_same_contact(place: Place) -> None:
    await place.hear(WhatsAppKind(), PHOTO)
    (fate,) = await place.hear(WhatsAppKind(), PHOTO | {"id": "w2", "phone": "+46701234567", "text": "me"})
    assert fate.state == "reply"
    assert len(await place.values("select id from contacts")) == 1
    assert await place.values("select space from handles order by space") == ["phone", "whatsapp"]


async def test_media_are_fetched_by_reference() -> None:
    (said,) = _read(WhatsAppKind(), PHOTO)
    (file,) = said.attachments
    assert await WhatsAppKind().fetch(file.fetch, CHANNEL) == b"bytes of media-1"


def test_receipts_name_the_message_they_speak_of_in_any_order() -> None:
    read, delivered = WhatsAppKind().parse(_raw({"status": "read", "id": "m"}, {"status": "delivered", "id": "m"}))
    assert isinstance(read, Receipt)
    assert isinstance(delivered, Receipt)
    assert (read.state, delivered.state) == ("read", "delivered")
    assert read.external_ids == delivered.external_ids == ["m"]


def test_a_reply_window_closes_a_day_after_the_customer_s_last_word() -> None:
    can = WhatsAppKind().capabilities
    assert answerable_until(can, NOW) == NOW + timedelta(hours=24)
    never_wrote = answerable_until(can, None)
    assert never_wrote is not None
    assert never_wrote.replace(tzinfo=UTC) < NOW
    assert answerable_until(ChatKind().capabilities, None) is None


def test_reach_takes_the_first_handle_that_the_kind_can_write_to() -> None:
    mail = Handle(kind="email", key="e", address="e")
    phone = Handle(kind="phone", key="+46", address="+46")
    assert reach(WhatsAppKind().capabilities, [mail, phone]) == phone
    assert reach(ChatKind().capabilities, [mail, phone]) is None
