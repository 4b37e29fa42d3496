"""An address is one thing in the whole installation, whatever else would connect it."""

from __future__ import annotations

import pytest

from kanal.channelkit.contract import Claim
from kanal.inboxes import claims, personal
from kanal.inboxes.errors import AddressInUse
from kanal.kit.db import Database
from tests.make import accounts, channels, forms

TEAM = "support@demo.example"


@pytest.mark.parametrize("where", ["the same account", "another account"])
async def test_eml_4_a_team_address_can_be_connected_to_nothing_else(db: Database, where: str) -> None:
    """Not by another kind of channel and not as somebody's own (a calendar's, say), even with a proof."""
    account = await accounts.account(db)
    await channels.email_channel(db, account, TEAM)
    async with db.transaction(account) as tx:
        await tx.run("update addresses set proved_at = now() where key = %s", (TEAM,))
    other = account if where == "the same account" else await accounts.account(db, "b")
    member = await accounts.member(db, other, "bo@b.example")
    form = await forms.connect_form(db, other, (await forms.make_form(db, other)).form_id)
    with pytest.raises(AddressInUse):
        async with db.transaction(other) as tx:
            await claims.claim(tx, form, [Claim(space="email", key=TEAM, proved=True)])
    with pytest.raises(AddressInUse):
        async with db.transaction(other) as tx:
            await personal.enter(tx, "email", TEAM, member)
