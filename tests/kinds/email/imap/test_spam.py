"""The lists decide what Kanal makes of a mail; in the mailbox itself nothing is moved, marked or deleted for it."""

from __future__ import annotations

from kanal.contacts.senders import actions as senders
from kanal.contacts.senders.models import NewSenderRule
from tests.make.dovecot import User, mail_of
from tests.make.mailbox import Reading, eventually


async def test_eml_41_the_deny_list_does_not_touch_the_mailbox(reading: Reading, user: User) -> None:
    ref = await reading.connect(user)
    async with reading.db.transaction(reading.account) as tx:
        await senders.put(tx, NewSenderRule(verdict="deny", entry="shop.example"), None)
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})
        user.deliver(mail_of("Buy", sender="ads@shop.example"))
        user.deliver(mail_of("Lamp"))
        await eventually(reading.stored, 2)
    assert sorted(await reading.become(ref)) == ["spam", "ticket"]
    assert sorted(user.subjects()) == ["Buy", "Lamp"]
    assert not any("\\Seen" in flags or "\\Deleted" in flags for flags in user.flags())
    assert await reading.unexplained() == []
