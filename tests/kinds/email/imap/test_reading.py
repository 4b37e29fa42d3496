"""A real Dovecot is read: what is new comes at once, what is there already is left alone, nothing is marked."""

from __future__ import annotations

import msgspec
import pytest

from kanal.channelkit.ledger import BEFORE, MARKED, Entry
from kanal.inboxes.ledger import wanting
from tests.make.dovecot import PASSWORD, User, dovecot, mail_of
from tests.make.mailbox import QUICK, Reading, eventually


async def test_eml_2_mail_is_here_as_it_comes_because_the_server_says_so(reading: Reading, user: User) -> None:
    ref = await reading.connect(user)
    async with reading.running(msgspec.structs.replace(QUICK, without_idle=3_600.0)):
        await eventually(reading.swept, {"INBOX", "Skickat"})
        user.deliver(subject="Lamp")
        await eventually(reading.stored, 1)
        user.deliver(subject="Cable")
        await eventually(reading.stored, 2)
    assert await reading.become(ref) == ["ticket", "ticket"]


async def test_without_idle_the_mailbox_is_asked_again_and_again(reading: Reading) -> None:
    with dovecot(idle=False) as server:
        user = server.user()
        await reading.connect(user)
        async with reading.running():
            await eventually(reading.swept, {"INBOX", "Skickat"})
            user.deliver()
            await eventually(reading.stored, 1)


async def test_what_was_there_before_the_channel_was_connected_is_listed_and_not_fetched(
    reading: Reading, user: User
) -> None:
    user.fill(3)
    await reading.connect(user)
    async with reading.running():
        await eventually(reading.states, [("skipped", BEFORE)] * 3)
        user.deliver()
        await eventually(reading.states, [*[("skipped", BEFORE)] * 3, ("stored", "")])


async def test_mail_that_came_after_connecting_and_before_the_first_look_is_fetched(
    reading: Reading, user: User
) -> None:
    user.fill(1)
    await reading.connect(user)
    user.deliver()
    async with reading.running():
        await eventually(reading.states, [("skipped", BEFORE), ("stored", "")])


async def test_several_folders_are_read_and_those_that_nobody_chose_are_not(reading: Reading, user: User) -> None:
    with user.program() as program:
        program.create("Order")
        program.create('"F&APY-rfr&AOU-gningar"')  # Förfrågningar
        program.create("Private")
    await reading.connect(user, folders=["INBOX", "Order", "Förfrågningar"])
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Order", "Förfrågningar", "Skickat"})
        for folder in ("Order", "F&APY-rfr&AOU-gningar", "Private"):
            user.deliver(folder=folder)
        await eventually(reading.stored, 2)
    assert await reading.states("Order") == await reading.states("Förfrågningar") == [("stored", "")]


async def test_a_folder_that_is_taken_out_of_the_settings_leaves_the_ledger(reading: Reading, user: User) -> None:
    with user.program() as program:
        program.create("Order")
    ref = await reading.connect(user, folders=["INBOX", "Order"])
    async with reading.running():
        user.deliver(folder="Order")
        await eventually(lambda: reading.states("Order"), [("stored", "")])
        await eventually(reading.swept, {"INBOX", "Order", "Skickat"})
        await reading.change(ref, folders=["INBOX"])
        await eventually(reading.swept, {"INBOX", "Skickat"})
    assert await reading.states("Order") == []


async def test_nothing_is_marked_as_seen_and_nothing_seen_is_passed_over(reading: Reading, user: User) -> None:
    await reading.connect(user)
    user.deliver()
    with user.program() as program:
        program.select()
        program.store("1", "+FLAGS", "\\Seen")
    user.deliver()
    async with reading.running():
        await eventually(reading.stored, 2)
    first, second = user.flags()
    assert "\\Seen" in first
    assert "\\Seen" not in second


async def test_mail_that_another_program_marked_as_deleted_is_skipped_until_the_mark_is_taken_back(
    reading: Reading, user: User
) -> None:
    await reading.connect(user)
    user.deliver()
    with user.program() as program:
        program.select()
        program.store("1", "+FLAGS", "\\Deleted")
    async with reading.running(msgspec.structs.replace(QUICK, sweep=0.3, idle=0.3)):
        await eventually(reading.states, [("skipped", MARKED)])
        with user.program() as program:
            program.select()
            program.store("1", "-FLAGS", "\\Deleted")
        await eventually(reading.states, [("stored", "")])


async def test_mail_above_the_limit_is_skipped_with_its_reason_and_the_rest_comes(reading: Reading, user: User) -> None:
    await reading.connect(user)
    user.deliver(mail_of("Huge", text="x" * 70 + "\n" + "y" * 70 + "\n" * 1_100_000))
    user.deliver()
    async with reading.running():
        await eventually(
            reading.states,
            [("skipped", "it is larger than the 1 MB that this installation takes"), ("stored", "")],
        )


async def test_moved_and_deleted_mail_is_gone_from_the_ledger_and_makes_no_second_ticket(
    reading: Reading, user: User
) -> None:
    with user.program() as program:
        program.create("Order")
    ref = await reading.connect(user, folders=["INBOX", "Order"])
    async with reading.running():
        for subject in ("Moved", "Deleted", "Kept"):
            user.deliver(subject=subject)
        await eventually(reading.stored, 3)
        assert await reading.become(ref) == ["ticket"] * 3
        with user.program() as program:
            program.select()
            program._simple_command("MOVE", "1", "Order")
            program.store("1", "+FLAGS", "\\Deleted")
            program.expunge()
        await eventually(lambda: reading.states("Order"), [("stored", "")])
        await eventually(reading.states, [("stored", "")])
    assert sorted(await reading.tickets()) == ["Deleted", "Kept", "Moved"]
    assert await reading.become(ref) == ["ticket"] * 3
    assert await reading.unexplained() == []


async def test_after_a_change_of_uidvalidity_all_is_listed_anew_and_nothing_is_a_second_ticket(
    reading: Reading, user: User
) -> None:
    user.fill(3)
    ref = await reading.connect(user)
    user.deliver(subject="Lamp")
    async with reading.running():
        await eventually(reading.stored, 1)
    assert await reading.become(ref) == ["ticket"]
    user.number_anew()
    user.deliver(subject="Cable")
    async with reading.running():
        await eventually(reading.stored, 2)
        await eventually(lambda: counts(reading), {"skipped": 3, "stored": 2, "gone": 4})
    await reading.become(ref)
    assert sorted(await reading.tickets()) == ["Cable", "Lamp"]
    assert await reading.unexplained() == []


async def test_another_mailbox_begins_anew_even_where_its_server_counts_alike(reading: Reading, user: User) -> None:
    other = user.server.user()
    for each in (user, other):
        each.number_as(7)
    ref = await reading.connect(user)
    user.deliver(subject="Lamp")
    async with reading.running():
        await eventually(reading.stored, 1)
        await eventually(reading.swept, {"INBOX", "Skickat"})
        other.fill(1)
        await reading.change(ref, user=other.name)
        await eventually(reading.states, [("skipped", BEFORE)])
        other.deliver(subject="Cable")
        await eventually(reading.states, [("skipped", BEFORE), ("stored", "")])
    assert await reading.become(ref) == ["ticket", "ticket"]
    assert sorted(await reading.tickets()) == ["Cable", "Lamp"]


async def test_a_mailbox_that_moved_to_another_host_is_compared_anew_and_makes_no_second_ticket(
    reading: Reading, user: User
) -> None:
    ref = await reading.connect(user)
    user.deliver(subject="Lamp")
    async with reading.running():
        await eventually(reading.stored, 1)
    await reading.become(ref)
    user.deliver(subject="Came there while the host before was still read")
    await reading.run("update ledger_folders set swept_at = now() + interval '1 minute'")
    await reading.change(ref, host="localhost", password=PASSWORD)
    async with reading.running():
        await eventually(reading.stored, 2)
    await reading.become(ref)
    assert len(await reading.tickets()) == 2


async def test_old_mail_is_imported_from_a_date_when_that_is_asked_for(reading: Reading, user: User) -> None:
    user.fill(2)
    ref = await reading.connect(user)
    async with reading.running():
        await eventually(reading.states, [("skipped", BEFORE)] * 2)
        await reading.change(ref, history_from="2020-01-01")
        await eventually(reading.stored, 2)
        await reading.change(ref, history_from=None)
    assert all(door["history"] for door in await reading.doors())


async def test_a_skipped_mail_that_somebody_asks_for_after_all_is_fetched_at_once(reading: Reading, user: User) -> None:
    ref = await reading.connect(user)
    user.deliver(mail_of("Huge", text="y" * 70 + "\n" * 1_100_000))
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})
        [row] = await reading.rows("select folder, key, state from ledger")
        assert row["state"] == "skipped"
        async with reading.db.transaction(reading.account) as tx:
            await wanting.replay(tx, ref.channel_id, Entry(folder=row["folder"], key=row["key"]), actor=None)
        reading.desk.channels_changed()
        await eventually(reading.stored, 1)
    assert await reading.become(ref) == ["ticket"]


async def test_the_folder_for_sent_mail_is_read_as_what_we_wrote(reading: Reading, user: User) -> None:
    await reading.connect(user)
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})
        with user.program() as program:
            program.append("Skickat", "\\Seen", "", mail_of("Re: Lamp", sender=user.name))
        await eventually(reading.stored, 1)
    [door] = await reading.doors()
    assert door["outgoing"] is True
    assert door["rcpt_to"] == [user.name]


async def test_a_folder_for_sent_mail_that_appears_later_is_read_from_then_on(reading: Reading) -> None:
    with dovecot(sent=False) as server:
        user = server.user()
        await reading.connect(user)
        async with reading.running(msgspec.structs.replace(QUICK, sweep=0.3)):
            await eventually(reading.swept, {"INBOX"})
            with user.program() as program:
                program.create("Sent")
                program.append("Sent", "\\Seen", "", mail_of("Re: Lamp", sender=user.name))
            await eventually(reading.stored, 1)
    assert [door["outgoing"] for door in await reading.doors()] == [True]


@pytest.mark.slow
async def test_a_mailbox_of_20_000_mails_balances_while_others_read_it_and_new_mail_comes(
    reading: Reading, user: User
) -> None:
    user.fill(20_000)
    ref = await reading.connect(user)
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"}, within=120)
        with user.program() as program:
            program.select()
            program.store("1:100", "+FLAGS", "\\Deleted")
            program.expunge()
            for _ in range(5):
                user.deliver()
            await eventually(reading.stored, 5)
    async with reading.running():
        await eventually(lambda: counts(reading), {"skipped": 19_900, "stored": 5, "gone": 100}, within=120)
    assert await reading.become(ref) == ["ticket"] * 5
    assert await reading.unexplained() == []
    [folder] = await reading.rows("select on_server from ledger_folders where folder = 'INBOX'")
    assert folder["on_server"] == 19_905


async def counts(reading: Reading) -> dict[str, int]:
    rows = await reading.rows(
        "select case when gone_at is null then state else 'gone' end as is, count(*) from ledger group by 1"
    )
    return {row["is"]: row["count"] for row in rows}
