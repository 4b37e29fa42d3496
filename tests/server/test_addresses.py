"""Generated addresses follow the mail domain of the installation."""

from __future__ import annotations

from kanal.inboxes import queries
from kanal.kit.db import Database
from kanal.server.addresses import follow_mail_domain
from tests.make import accounts, channels


async def test_forwarding_addresses_move_to_a_new_mail_domain_and_passwords_stay(db: Database) -> None:
    account = await accounts.account(db)
    smtp = {"host": "mx.demo.example", "user": "u", "password": "s3cret"}
    channel = await channels.email_channel(db, account, mail_domain="localhost", smtp=smtp)
    kinds = {"email": channels.email_kind()}
    await follow_mail_domain(db, kinds, channels.KEYRING, "desk.example")
    async with db.transaction(account) as tx:
        found = await queries.channel(tx, channel)
        claimed = await tx.values("select key from addresses order by key")
    ours = found.settings["forwarding_address"]
    assert ours.endswith("@desk.example")
    assert sorted(claimed) == sorted([ours, "support@demo.example"])
    assert found.settings["smtp"]["has_password"] is True


async def test_nothing_is_written_when_the_mail_domain_is_the_same(db: Database) -> None:
    account = await accounts.account(db)
    await channels.email_channel(db, account)
    async with db.transaction(account) as tx:
        before = await tx.values("select xmin::text from channels")
    await follow_mail_domain(db, {"email": channels.email_kind()}, channels.KEYRING, channels.MAIL_DOMAIN)
    async with db.transaction(account) as tx:
        assert await tx.values("select xmin::text from channels") == before
