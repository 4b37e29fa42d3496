"""rspamd, asked over HTTP as it is spoken: what it marks is spam, and without its answer mail comes in all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from kanal.channelkit.messages import Door, Raw, Said
from kanal.intake.spam.rspamd import Rspamd
from sandbox.rspamd import GTUBE
from sandbox.rspamd import Rspamd as Played
from sandbox.rspamd import rspamd as router
from sandbox.web.server import HttpServer, application
from tests.make.said import said

MAIL = b"From: Eva <eva@kund.example>\r\nSubject: Lamp\r\n\r\n"
DOOR = Door(mail_from="eva@kund.example", rcpt_to=["support@a.example", "x@a.example"], client="203.0.113.9", helo="kd")


class Filter:
    def __init__(self, url: str, played: Played) -> None:
        self.played, self.client = played, Rspamd(url)

    async def looks(self, *bodies: bytes, **door: Any) -> list[str]:
        doors = DOOR if not door else Door(**door)
        mails = [Raw(body=MAIL + body, received_at=datetime.now(UTC), door=doors) for body in bodies]
        things: list[Said] = [said() for _ in bodies]
        await self.client.look(mails, [[each] for each in things])
        return [each.spam for each in things]


@pytest.fixture
async def rspamd() -> AsyncIterator[Filter]:
    played = Played()
    server = HttpServer(application([router], {"rspamd": played}))
    await server.start("127.0.0.1", 0)
    yield Filter(f"http://127.0.0.1:{server.port}/rspamd", played)
    await server.stop()


async def test_what_it_would_reject_or_mark_is_spam_in_its_own_words(rspamd: Filter) -> None:
    bodies = [b"Hello", b"X" + GTUBE, b"Y" + GTUBE, b"Z" + GTUBE, b"A" + GTUBE, b"Cheap watches"]
    assert await rspamd.looks(*bodies) == [
        "",
        *["rspamd, GTUBE"] * 3,
        "",
        "rspamd, BAYES_SPAM, SUBJ_ALL_CAPS",
    ]


async def test_it_is_told_what_the_door_knew(rspamd: Filter) -> None:
    await rspamd.looks(b"Hello")
    [asked] = rspamd.played.asked
    assert (asked["from"], asked["ip"], asked["helo"]) == ("eva@kund.example", "203.0.113.9", "kd")
    assert "support@a.example" in asked["rcpt"] or "x@a.example" in asked["rcpt"]


async def test_a_strange_envelope_does_not_break_the_request(rspamd: Filter) -> None:
    assert await rspamd.looks(b"Hello", mail_from="räv\r\nX: y@kund.example", helo="") == [""]


async def test_without_its_answer_mail_comes_in_and_it_is_left_alone_for_a_while(rspamd: Filter) -> None:
    rspamd.played.down = True
    assert await rspamd.looks(b"X" + GTUBE) == [""]
    rspamd.played.down = False
    assert await rspamd.looks(b"X" + GTUBE) == [""]
    assert rspamd.played.asked == []


async def test_an_address_where_nobody_listens_holds_nothing_up() -> None:
    nobody = Filter("http://127.0.0.1:9", Played())
    assert await nobody.looks(b"X" + GTUBE, b"Hello") == ["", ""]


@pytest.mark.parametrize("door", [{"outgoing": True}, {"history": True}, {"believed": True}])
async def test_old_mail_ours_and_what_a_person_let_in_is_not_asked_about(rspamd: Filter, door: dict[str, bool]) -> None:
    assert await rspamd.looks(b"X" + GTUBE, **door) == [""]
    assert rspamd.played.asked == []
