"""K1: an address is proved by a mail of ours that comes in by the channel that claims it; EML-28."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.messages import Door
from kanal.delivery.models import Carriers
from kanal.delivery.proving import Prover
from kanal.inboxes import proofs
from kanal.intake.drain import Drain
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.server.desk import BoundDesk
from tests.make import accounts, channels
from tests.make.mail_server import MailServer, mail_server

ADDRESS = "support@demo.example"


class Claim:
    """A channel that says its address is its own, on an installation that can send mail."""

    def __init__(self, db: Database, folder: Path, server: MailServer, ref: ChannelRef) -> None:
        self.db, self.ref, self.server = db, ref, server
        kinds: dict[str, Any] = {"email": channels.email_kind(default_out=f"smtp://127.0.0.1:{server.port}")}
        carriers = Carriers(kinds, channels.KEYRING, channels.MAIL_DOMAIN)
        storage = Storage(str(folder))
        self.desk = BoundDesk(db, storage, channels.KEYRING, channels.MAIL_DOMAIN)
        self.drain, self.prover = Drain(db, carriers, storage), Prover(db, carriers)

    async def arrive(self, body: bytes, channel: UUID | None = None, *, outgoing: bool = False) -> None:
        ref = ChannelRef(account_id=self.ref.account_id, channel_id=channel or self.ref.channel_id)
        door = Door(rcpt_to=[ADDRESS], outgoing=outgoing)
        await self.desk.receive([Arrival(channel=ref, body=body, door=door)])
        while await self.drain.drain_once(ref.account_id, ref.channel_id):
            pass

    async def verification(self) -> bytes:
        """The mail as it left."""
        await self.prover.run_once()
        content = self.server.mails[-1].original_content
        assert content is not None
        return content

    async def row(self) -> dict[str, Any]:
        async with self.db.transaction(self.ref.account_id) as tx:
            [row] = await tx.dicts(
                """
                select c.health, c.health_why, c.prove_at, c.last_in_at, a.proved_at
                from channels c join addresses a on a.channel_id = c.id and a.key = %s where c.id = %s
                """,
                (ADDRESS, self.ref.channel_id),
            )
        return row

    async def fates(self) -> list[tuple[str, str]]:
        async with self.db.transaction(self.ref.account_id) as tx:
            rows = await tx.dicts("select state, reason from raw_events order by received_at, id")
        return [(row["state"], row["reason"]) for row in rows]


@pytest.fixture
async def claim(db: Database, tmp_path: Path) -> AsyncIterator[Claim]:
    account = await accounts.account(db)
    ref = ChannelRef(account_id=account, channel_id=await channels.email_channel(db, account, ADDRESS))
    async with mail_server() as server:
        claim = Claim(db, tmp_path, server, ref)
        yield claim
        claim.drain.parser.close()


async def test_k1_the_verification_mail_that_comes_round_proves_the_address(claim: Claim) -> None:
    mail = await claim.verification()
    before = await claim.row()
    assert (before["proved_at"], before["health"], before["prove_at"]) == (None, "waiting", None)
    assert before["health_why"] == "Waiting for the verification mail."
    await claim.arrive(mail)
    assert await claim.fates() == [("receipt", "it proves that mail to the address comes here")]
    after = await claim.row()
    assert after["proved_at"] is not None
    assert (after["health"], after["health_why"]) == ("ok", "")
    async with claim.db.transaction(claim.ref.account_id) as tx:
        assert await tx.value("select count(*) from events where name = 'address.proved'") == 1
        assert await tx.value("select count(*) from tickets") == 0


async def test_k1_the_token_of_another_channel_proves_nothing(claim: Claim, db: Database) -> None:
    mail = await claim.verification()
    other = await channels.email_channel(db, claim.ref.account_id, "sales@demo.example", name="Sales")
    await claim.arrive(mail, other)
    assert [state for state, _ in await claim.fates()] == ["quarantined"]
    assert (await claim.row())["proved_at"] is None


async def test_k1_the_verification_mail_among_what_was_sent_proves_nothing(claim: Claim) -> None:
    """A provider keeps there what left by the channel's own server, whoever it was for."""
    await claim.arrive(await claim.verification(), outgoing=True)
    assert await claim.fates() == [("outgoing", "it belongs to no conversation here")]
    row = await claim.row()
    assert (row["proved_at"], row["health"]) == (None, "waiting")


async def test_k1_where_we_can_ask_an_ordinary_mail_proves_nothing(claim: Claim) -> None:
    await claim.arrive(b"From: eva@kund.example\r\nTo: support@demo.example\r\nSubject: Lamp\r\n\r\nDark\r\n")
    row = await claim.row()
    assert (row["proved_at"], row["health"]) == (None, "waiting")
    assert row["last_in_at"] is not None


async def test_k1_where_no_mail_can_leave_the_first_that_is_forwarded_proves_the_address(
    db: Database, claim: Claim
) -> None:
    silent: dict[str, Any] = {"email": channels.email_kind()}
    claim.drain.carriers = Carriers(silent, channels.KEYRING, channels.MAIL_DOMAIN)
    await Prover(db, claim.drain.carriers).run_once()
    await claim.arrive(b"From: eva@kund.example\r\nTo: support@demo.example\r\nSubject: Lamp\r\n\r\nDark\r\n")
    row = await claim.row()
    assert row["proved_at"] is not None
    assert (row["health"], row["prove_at"]) == ("ok", None)


async def test_a_mail_that_cannot_leave_is_told_with_the_mend_and_tried_again(claim: Claim) -> None:
    claim.server.to_data = "451 4.3.0 Later"
    await claim.prover.run_once()
    row = await claim.row()
    assert row["health"] == "waiting"
    assert row["health_why"].startswith("The verification mail could not be sent:")
    assert row["prove_at"] is not None


async def test_a_mail_that_is_refused_needs_somebody(claim: Claim) -> None:
    claim.server.to_data = "550 5.7.1 No"
    await claim.prover.run_once()
    row = await claim.row()
    assert (row["health"], row["prove_at"]) == ("attention", None)


async def test_an_address_that_went_to_another_account_is_written_to_no_more(claim: Claim, db: Database) -> None:
    async with db.transaction(None) as tx:
        await tx.run("delete from addresses where key = %s", (ADDRESS,))
    await claim.prover.run_once()
    assert claim.server.mails == []


async def test_nobody_can_guess_a_token_and_each_address_has_its_own() -> None:
    keyring, channel, other = channels.KEYRING, UUID(int=1), UUID(int=2)
    tokens = {
        proofs.token(keyring, c, "email", key) for c in (channel, other) for key in ("a@b.example", "c@b.example")
    }
    assert len(tokens) == 4
    assert all(len(token) == len("proof-") + 24 for token in tokens)
