"""What a reader is told of who says to have written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import idna
import pytest

from kanal.channelkit.messages import Invitation, Said, Signals
from kanal.intake.lookalikes import lookalikes
from kanal.kit.db import Database
from tests.make import accounts, channels
from tests.make.said import hear, said


class Place:
    def __init__(self, db: Database, account: int, channel: UUID) -> None:
        self.db, self.account, self.channel = db, account, channel

    async def signals(self, thing: Said) -> dict[str, Any]:
        (fate,) = await hear(self.db, self.account, self.channel, thing)
        async with self.db.transaction(self.account) as tx:
            return dict(await tx.value("select signals from messages where id = %s", (fate.message_id,)))

    async def answered(self) -> None:
        """Everybody who has written so far got an answer."""
        async with self.db.transaction(self.account) as tx:
            await tx.run("update conversations set last_out_at = now()")


@pytest.fixture
async def place(db: Database) -> Place:
    account = await accounts.account(db)
    return Place(db, account, await channels.email_channel(db, account))


async def test_first_message_of_somebody_says_so_and_the_second_does_not(place: Place) -> None:
    assert await place.signals(said()) == {"first_time": True}
    assert await place.signals(said("again")) == {}


async def test_domain_like_that_of_somebody_we_write_with_is_told(place: Place) -> None:
    await place.signals(said(sender="eva@kund.example"))
    await place.answered()
    assert (await place.signals(said(sender="x@kumd.example")))["looks_like"] == "kund.example"


async def test_somebody_who_only_wrote_to_us_is_nobody_we_write_with(place: Place) -> None:
    await place.signals(said(sender="eva@kund.example"))
    assert await place.signals(said(sender="x@kumd.example")) == {"first_time": True}


async def test_domain_that_we_know_too_is_like_no_other(place: Place) -> None:
    await place.signals(said(sender="eva@kund.example"))
    await place.signals(said(sender="bo@lund.example"))
    await place.answered()
    assert await place.signals(said(sender="cilla@lund.example")) == {"first_time": True}


async def test_domains_of_free_mail_are_not_compared(place: Place) -> None:
    await place.signals(said(sender="eva@gmail.com"))
    await place.signals(said(sender="eva@mail.example"))
    await place.answered()
    assert await place.signals(said(sender="eva@ymail.com")) == {"first_time": True}


async def test_what_the_parser_noticed_is_kept(place: Place) -> None:
    noticed = said(signals=Signals(reply_to="eva@other.example", hidden_behind="list@other.example"))
    assert await place.signals(noticed) == {
        "first_time": True,
        "reply_to": "eva@other.example",
        "hidden_behind": "list@other.example",
    }


async def test_invitation_and_wish_for_a_receipt_are_kept_with_the_message(place: Place) -> None:
    await place.signals(said(invitation=Invitation(method="request", uid="u1"), receipt_to="eva@kund.example"))
    async with place.db.transaction(place.account) as tx:
        (row,) = await tx.dicts("select invitation->>'uid' as uid, receipt_to, forwarded from messages")
    assert row == {"uid": "u1", "receipt_to": "eva@kund.example", "forwarded": None}


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("kumd.example", "kund.example"),
        ("kunnd.example", "kund.example"),
        ("kudn.example", "kund.example"),
        ("knd.example", "kund.example"),
        ("firma.co", "firma.com"),
        ("rnicro.example", "micro.example"),
        ("paypa1.example", "paypal.example"),
        ("g00gle.example", "google.example"),
        (idna.encode("kunđ.example").decode(), "kund.example"),
        (idna.encode("аррӏе.example").decode(), "apple.example"),
    ],
)
def test_domain_is_taken_for_another(seen: str, meant: str) -> None:
    assert meant in lookalikes(seen)


@pytest.mark.parametrize(("seen", "other"), [("kund.example", "lamp.example"), ("ab.se", "ac.se"), ("a.com", "a.com")])
def test_domain_is_simply_another(seen: str, other: str) -> None:
    assert other not in lookalikes(seen)


def test_number_of_names_stays_small_for_the_longest_domain() -> None:
    assert len(lookalikes("l1o0i" * 12 + ".example")) < 20_000
