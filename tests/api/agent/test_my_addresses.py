"""A member's own addresses: a code is mailed there, and what is proved is theirs alone in the whole installation."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kanal.channelkit.contract import Claim
from kanal.inboxes import claims
from kanal.inboxes.errors import AddressInUse
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.people import jobs
from tests.make import accounts, channels
from tests.make.mail_server import MailServer, mail_server
from tests.make.site import Site

MINE = "ann.home@kund.example"


class Ann:
    def __init__(self, site: Site, client: httpx2.AsyncClient, server: MailServer) -> None:
        self.site, self.client, self.server = site, client, server

    async def ask(self, address: str = MINE) -> httpx2.Response:
        return await self.client.post("/api/v1/me/addresses", json={"address": address})

    async def type_in(self, code: str, address: str = MINE) -> httpx2.Response:
        return await self.client.post(f"/api/v1/me/addresses/{address}/proof", json={"code": code})

    async def prove(self, address: str = MINE) -> httpx2.Response:
        assert (await self.ask(address)).status_code == 202
        return await self.type_in(self.code(), address)

    def code(self) -> str:
        content = self.server.mails[-1].content
        assert isinstance(content, bytes)
        found = re.search(r"\b\d{6}\b", str(message_from_bytes(content, policy=default)["subject"]))
        assert found
        return found[0]

    async def addresses(self) -> list[dict[str, Any]]:
        answer = await self.client.get("/api/v1/me/addresses")
        return list(answer.json()["items"])


@pytest.fixture
async def ann(db: Database, tmp_path: Path) -> AsyncIterator[Ann]:
    async with mail_server() as server:
        site = await Site(db, tmp_path, KANAL_SMTP_OUT=f"smtp://127.0.0.1:{server.port}").open()
        async with await site.program() as client:
            yield Ann(site, client, server)


async def test_an_address_is_proved_by_the_code_that_was_mailed_there(ann: Ann) -> None:
    assert (await ann.ask("Ann.Home@kund.example ")).status_code == 202
    assert ann.server.mails[-1].rcpt_tos == ["Ann.Home@kund.example"]
    [waiting] = await ann.addresses()
    assert waiting["proved_at"] is None
    assert waiting["expires_at"] is not None
    proved = await ann.type_in(f"{ann.code()[:3]} {ann.code()[3:]}")
    assert proved.status_code == 200, proved.text
    [mine] = await ann.addresses()
    assert (mine["address"], mine["expires_at"]) == (MINE, None)
    assert mine["proved_at"]


async def test_a_wrong_code_can_be_tried_five_times(ann: Ann) -> None:
    await ann.ask()
    right = ann.code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    said = [(await ann.type_in(wrong)).json()["errors"][0] for _ in range(5)]
    assert {each["field"] for each in said} == {"code"}
    assert "4 times" in said[0]["message"]
    assert "too often" in said[4]["message"]
    assert (await ann.type_in(right)).status_code == 422
    assert (await ann.prove()).status_code == 200


async def test_a_code_is_good_for_fifteen_minutes(ann: Ann, monkeypatch: pytest.MonkeyPatch) -> None:
    await ann.ask()
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = await ann.type_in(ann.code())
    assert (answer.status_code, "no longer good" in answer.text) == (422, True)


async def test_five_codes_an_hour_are_mailed(ann: Ann) -> None:
    answers = [(await ann.ask(f"ann{number}@kund.example")).status_code for number in range(6)]
    assert answers == [202] * 5 + [429]


async def test_eml_3_a_channels_address_is_nobodys_own_and_the_channel_is_named_to_its_people(ann: Ann) -> None:
    answer = await ann.ask("support@a.example")
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"] == "address"
    assert "in use on this installation" in error["message"]
    assert "Support" in error["message"]


async def test_k1_of_another_account_only_that_it_is_in_use_is_told(ann: Ann) -> None:
    other = await accounts.account(ann.site.db, "b")
    await channels.email_channel(ann.site.db, other, "secret@b.example", name="Hush")
    await _prove_all(ann.site.db)
    answer = await ann.ask("secret@b.example")
    assert (answer.status_code, "Hush" in answer.text) == (422, False)


async def test_eml_3_no_channel_can_claim_a_proved_own_address(ann: Ann) -> None:
    await ann.prove()
    with pytest.raises(AddressInUse):
        async with ann.site.db.transaction(ann.site.account) as tx:
            await claims.claim(tx, ann.site.channel, [Claim(space="email", key=MINE, proved=True)])


async def test_k1_what_another_account_never_proved_gives_way_to_who_can_prove_it(ann: Ann) -> None:
    other = await accounts.account(ann.site.db, "b")
    channel = await channels.email_channel(ann.site.db, other, MINE)
    async with ann.site.db.transaction(None) as tx:
        await tx.run("update addresses set proved_at = null where channel_id = %s", (channel,))
    assert (await ann.prove()).status_code == 200
    async with ann.site.db.transaction(other) as tx:
        assert await tx.value("select health from channels where id = %s", (channel,)) == "attention"


async def test_what_is_taken_away_is_free_again(ann: Ann) -> None:
    await ann.prove()
    assert (await ann.client.delete(f"/api/v1/me/addresses/{MINE}")).status_code == 204
    assert await ann.addresses() == []
    assert (await ann.client.delete(f"/api/v1/me/addresses/{MINE}")).status_code == 404
    assert (await ann.prove()).status_code == 200


async def test_an_address_that_the_mail_server_refuses_is_told_at_once(ann: Ann) -> None:
    ann.server.to_recipient[MINE] = "550 no such user"
    answer = await ann.ask()
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "address")
    assert await ann.addresses() == []


async def test_without_a_mail_server_it_says_so(db: Database, tmp_path: Path) -> None:
    site = await Site(db, tmp_path).open()
    async with await site.program() as client:
        answer = await client.post("/api/v1/me/addresses", json={"address": MINE})
    assert (answer.status_code, "KANAL_SMTP_OUT" in answer.text) == (422, True)


async def test_old_codes_are_forgotten(ann: Ann, monkeypatch: pytest.MonkeyPatch) -> None:
    await ann.ask()
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    await jobs.forget_expired(ann.site.db)
    assert await ann.addresses() == []


async def test_k21_no_event_names_the_address(ann: Ann) -> None:
    await ann.prove()
    async with ann.site.db.transaction(ann.site.account) as tx:
        told = await tx.values("select data::text from events where name = 'member.changed'")
    assert len(told) == 1
    assert "kund" not in told[0]


async def _prove_all(db: Database) -> None:
    async with db.transaction(None) as tx:
        await tx.run("update addresses set proved_at = now()")
