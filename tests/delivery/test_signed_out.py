"""A mail server that refuses the channel's password: nothing is lost, nothing tried in vain, people are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kanal.delivery import rules
from kanal.delivery.waking import wake_channel
from kanal.inboxes.health import WAY_OUT
from kanal.kit.db import Database
from tests.make import channels
from tests.make.desk import Desk
from tests.make.desk import desk as make_desk
from tests.make.mail_server import MailServer, mail_server


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server(password=b"right") as server:
        yield server


@pytest.fixture
async def desk(db: Database, tmp_path: Path, server: MailServer) -> Desk:
    return await make_desk(db, tmp_path, channels.email_kind(), smtp=_smtp(server, "wrong"))


async def test_a_refused_password_keeps_all_that_is_queued_until_another_one_is_taken(
    desk: Desk, server: MailServer
) -> None:
    async with desk.sending():
        first = await desk.reply("first")
        shown = await desk.becomes(first.message_id, "queued", with_reason=True)
        assert "refuses this user name or password" in str(shown.reason)
        assert await _channel(desk) == (False, "attention", WAY_OUT + str(shown.reason))
        second = await desk.reply("second")
        assert (await desk.becomes(second.message_id, "queued", with_reason=True)).reason == rules.NOT_AUTHORIZED
        await _type(desk, server, "right")
        for each in (first, second):
            await desk.becomes(each.message_id, "sent")
    assert len(server.mails) == 2
    assert (await _channel(desk))[:2] == (True, "waiting")
    told = await desk.rows("select data from events where name = 'channel.authorized' order by seq")
    assert [each["data"]["authorized"] for each in told] == [False, True]


async def test_what_the_installations_own_server_refuses_signs_no_channel_out(
    db: Database, tmp_path: Path, server: MailServer
) -> None:
    out = f"smtp://user:wrong@127.0.0.1:{server.port}"
    desk = await make_desk(db, tmp_path, channels.email_kind(default_out=out), slug="b")
    async with desk.sending():
        queued = await desk.reply()
        await desk.becomes(queued.message_id, "queued", with_reason=True)
    assert (await _channel(desk))[:2] == (True, "attention")


def _smtp(server: MailServer, password: str) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": server.port, "security": "none", "user": "u", "password": password}


async def _type(desk: Desk, server: MailServer, password: str) -> None:
    await desk.change_channel(settings={"smtp": _smtp(server, password)})
    async with desk.db.transaction(desk.account) as tx:
        await wake_channel(tx, desk.channel)


async def _channel(desk: Desk) -> tuple[bool, str, str]:
    row = await desk.row("select authorized, health, health_why from channels")
    return row["authorized"], row["health"], row["health_why"]
