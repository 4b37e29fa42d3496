"""A channel that needs somebody: who hears of it, how often, and that it is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from kanal.inboxes import health
from tests.make import accounts, web
from tests.make.mailing import Mailing, mailing
from tests.make.noticing import Desk


@pytest.fixture
async def ana(desk: Desk) -> UUID:
    """Who may manage channels."""
    return await accounts.member(desk.db, desk.account, "ana@example.com", "admin", name="Ana")


@pytest.fixture
async def mails(desk: Desk, tmp_path: Path) -> AsyncIterator[Mailing]:
    async with mailing(desk, tmp_path) as mails:
        yield mails


async def test_eml_33_whoever_manages_channels_hears_once_that_one_is_broken_and_once_that_it_works(
    desk: Desk, ana: UUID
) -> None:
    for why in ("The password is wrong.", "The password is still wrong."):
        await _refused(desk, why)
        await desk.consume()
    assert await _told(desk, ana) == ["broken"]
    assert await desk.kinds(desk.ann) == []
    await _granted(desk)
    await desk.consume()
    assert await _told(desk, ana) == ["works", "broken"]
    [newest, _] = await desk.notices(ana)
    assert (newest.ticket, newest.channel and newest.channel.id) == (None, desk.channel)


async def test_the_next_outage_is_told_again(desk: Desk, ana: UUID) -> None:
    for _ in range(2):
        await _refused(desk, "The password is wrong.")
        await desk.consume()
        await _granted(desk)
        await desk.consume()
    assert await _told(desk, ana) == ["works", "broken"] * 2


async def test_an_outage_that_was_over_before_anybody_heard_of_it_is_not_told(desk: Desk, ana: UUID) -> None:
    await _refused(desk, "The password is wrong.")
    await _granted(desk)
    assert await desk.kinds(ana) == []


async def test_somebody_who_may_not_see_the_channel_hears_nothing(desk: Desk, ana: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
        await tx.run("update roles set sees = 'channels' where key = 'admin'")
    await _refused(desk, "The password is wrong.")
    assert await desk.kinds(ana) == []


async def test_a_channel_that_is_off_disturbs_nobody(desk: Desk, ana: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update channels set active = false")
    await _refused(desk, "The password is wrong.")
    assert await desk.kinds(ana) == []


async def test_the_mail_leaves_by_the_installations_server_and_says_what_to_do(
    desk: Desk, ana: UUID, mails: Mailing
) -> None:
    await _refused(desk, "The password is wrong. Type the new one.")
    await desk.consume()
    [mail] = await mails.send()
    assert (mail["To"], mail["Subject"]) == ("ana@example.com", "Support needs somebody")
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert "The password is wrong. Type the new one." in text
    assert f"{web.PUBLIC_URL}/a/a/settings/channels/{desk.channel}" in text
    await _granted(desk)
    await desk.consume()
    assert [each["Subject"] for each in await mails.send()][1:] == ["Support works again"]


async def test_a_mail_about_an_outage_that_is_over_by_now_does_not_leave(desk: Desk, ana: UUID, mails: Mailing) -> None:
    await _refused(desk, "The password is wrong.")
    await desk.consume()
    await _granted(desk)
    await desk.consume()
    assert [each["Subject"] for each in await mails.send()] == ["Support works again"]


async def _refused(desk: Desk, why: str) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await health.authorize(tx, desk.channel, False, why)


async def _granted(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await health.authorize(tx, desk.channel, True)


async def _told(desk: Desk, member: UUID) -> list[str]:
    return [notice.why for notice in await desk.notices(member) if notice.kind == "channel_attention"]
