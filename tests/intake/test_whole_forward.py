"""A mail that a member hands on, from its bytes at the door to the ticket of whoever wrote it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.messages import Door
from kanal.delivery.models import Carriers
from kanal.intake import receive
from kanal.intake.drain import Drain
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from tests.kinds.email.clients.cases import BO, EVA, forward
from tests.kinds.email.clients.languages import SV
from tests.kinds.email.clients.programs import PROGRAMS
from tests.make import accounts, channels

PROVED = {"dmarc": "pass", "from_domain": "firma.example"}


@pytest.mark.parametrize("program", ["gmail", "apple-mail", "outlook-classic"])
async def test_eml_22_a_members_forward_becomes_the_ticket_of_its_original_sender(
    db: Database, tmp_path: Path, program: str
) -> None:
    account = await accounts.account(db)
    await accounts.member(db, account, BO.address)
    channel = await channels.email_channel(db, account, "support@firma.example")
    mail = forward(next(each for each in PROGRAMS if each.name == program), SV, "html").mail
    door = Door(mail_from=BO.address, rcpt_to=["support@firma.example"], client="192.0.2.1", auth=PROVED)
    storage = Storage(str(tmp_path))
    await receive.store(db, storage, [Arrival(channel=ChannelRef(account, channel), body=mail, door=door)])
    row = await _ticket(db, storage, account, channel)
    assert (row["name"], row["key"], row["subject"]) == (EVA.name, EVA.address, SV.subject)
    assert row["snippet"].startswith("Tack, det hjälpte.")
    assert "vår lampa är trasig" in row["body_html"]
    assert EVA.address not in row["body_html"]


async def _ticket(db: Database, storage: Storage, account: int, channel: Any) -> dict[str, Any]:
    drain = Drain(db, Carriers({"email": channels.email_kind()}, channels.KEYRING, channels.MAIL_DOMAIN), storage)
    while await drain.drain_once(account, channel):
        pass
    drain.parser.close()
    async with db.transaction(account) as tx:
        (row,) = await tx.dicts(
            """
            select c.name, h.key, t.subject, t.snippet, m.body_html
            from tickets t join contacts c on c.id = t.contact_id join handles h on h.contact_id = c.id
            join conversations v on v.ticket_id = t.id join messages m on m.conversation_id = v.id
            """
        )
    return row
