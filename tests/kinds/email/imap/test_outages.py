"""What breaks is waited for and told, and nothing that came meanwhile is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from kanal.channelkit.contract import Channel
from kanal.kinds.email.imap.line import Pace
from kanal.kit import clock
from kanal.server.desk import UNREADABLE, BoundDesk
from tests.make import channels
from tests.make.dovecot import PASSWORD, User, dovecot
from tests.make.imap_peer import Peer, peer, willing
from tests.make.mailbox import QUICK, Reading, eventually


async def test_a_host_that_goes_down_is_told_and_when_it_is_back_everything_comes(reading: Reading) -> None:
    with dovecot() as server:
        user = server.user()
        ref = await reading.connect(user)
        async with reading.running():
            await eventually(reading.swept, {"INBOX", "Skickat"})
            server.stop()
            await eventually(lambda: says(reading, ref, "does not answer"), True)
            user.deliver()
            server.start()
            await eventually(reading.stored, 1)
            await eventually(lambda: says(reading, ref, "does not answer"), False)
    assert await reading.authorized(ref)


async def test_an_outage_of_three_days_loses_nothing(
    reading: Reading, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = await reading.connect(user)
    async with reading.running():
        user.deliver()
        await eventually(reading.stored, 1)
    for _ in range(30):
        user.deliver()
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    async with reading.running():
        await eventually(reading.stored, 31)
    assert await reading.become(ref) == ["ticket"] * 31
    assert await reading.unexplained() == []


async def test_a_refused_password_is_told_once_and_a_new_one_is_tried_at_once(reading: Reading, user: User) -> None:
    ref = await reading.connect(user, password="wrong")
    async with reading.running():
        await eventually(lambda: reading.authorized(ref), False)
        assert "refuses this user name or password" in (await reading.health(ref))[1]
        user.deliver()
        await reading.change(ref, password=PASSWORD)
        await eventually(reading.stored, 1)
        await eventually(lambda: reading.authorized(ref), True)
    assert user.server.log().count(f"user=<{user.name}>, method=PLAIN") >= 2


async def test_a_refused_password_is_not_tried_again_and_again(reading: Reading, user: User) -> None:
    ref = await reading.connect(user, password="wrong")
    async with reading.running(Pace(refused=60, first=0.01, longest=0.01)):
        await eventually(lambda: reading.authorized(ref), False)
        for _ in range(3):
            reading.desk.channels_changed()
        await eventually(lambda: attempts(user), 2)
    assert await attempts(user) == 2  # one for each connection


async def test_a_folder_that_is_gone_is_told_and_the_others_are_read(reading: Reading, user: User) -> None:
    ref = await reading.connect(user, folders=["INBOX", "Nowhere"])
    async with reading.running():
        await eventually(lambda: says(reading, ref, "The folder “Nowhere” cannot be opened"), True)
        user.deliver()
        await eventually(reading.stored, 1)
        with user.program() as program:
            program.create("Nowhere")
        await eventually(lambda: says(reading, ref, "Nowhere"), False)


async def test_a_full_mailbox_is_told_and_still_read(reading: Reading) -> None:
    with dovecot(quota="1K") as server:
        user = server.user()
        for _ in range(6):
            user.deliver()
        ref = await reading.connect(user, history_from="2020-01-01")
        async with reading.running():
            await eventually(lambda: says(reading, ref, "The mailbox is full"), True)
            await eventually(reading.stored, 6)


async def test_a_server_that_offers_idle_and_refuses_it_is_asked_again_on_the_same_connection(
    reading: Reading, user: User
) -> None:
    def answers(line: str) -> str:
        if "EXAMINE" in line:
            return "* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x\r\n{tag} OK done\r\n"
        return "{tag} BAD not here\r\n" if "IDLE" in line else willing(line)

    async with peer(answers) as server:
        await reading.connect(user, host=server.host, port=server.port)
        async with reading.running():
            await eventually(lambda: heard(server, "EXAMINE", times=3), True)
    assert sum("IDLE" in line for line in server.heard) == 1


async def test_one_mailbox_that_fails_never_delays_another(reading: Reading, user: User) -> None:
    away = user.server.user()
    await reading.connect(away, host="10.255.255.1")  # nobody answers there, not even with a refusal
    await reading.connect(user)
    async with reading.running():
        await eventually(lambda: reading.swept(), {"INBOX", "Skickat"})
        user.deliver()
        await eventually(reading.stored, 1)


async def test_settings_that_are_not_understood_stop_no_other_mailbox(reading: Reading, user: User) -> None:
    broken = await reading.connect(user.server.user())
    await reading.run("update channels set settings = settings - 'address' where id = %s", (broken.channel_id,))
    await reading.connect(user)
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})


async def test_secrets_that_cannot_be_read_are_told_and_stop_no_other_mailbox(reading: Reading, user: User) -> None:
    broken = await reading.connect(user.server.user())
    await reading.run("update channels set secrets = 'of another key' where id = %s", (broken.channel_id,))
    await reading.connect(user)
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})
        assert await reading.health(broken) == ("attention", UNREADABLE)


async def test_a_fault_of_ours_does_not_keep_later_mailboxes_from_being_begun(reading: Reading, user: User) -> None:
    await reading.connect(user)
    reading.desk = faulty = FaultyOnce(reading)
    async with reading.running():
        await faulty.faulted.wait()
        reading.desk.channels_changed()
        await eventually(reading.swept, {"INBOX", "Skickat"})


async def test_a_mailbox_whose_task_has_ended_is_begun_anew(reading: Reading, user: User) -> None:
    await reading.connect(user)
    async with reading.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})
        [task] = [each for each in asyncio.all_tasks() if each.get_name() == "mailbox"]
        task.cancel()
        await asyncio.wait([task])
        reading.desk.channels_changed()
        user.deliver()
        await eventually(reading.stored, 1)


class FaultyOnce(BoundDesk):
    """A desk that a fault of ours keeps from answering the first time."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.db, reading.storage, channels.KEYRING, channels.MAIL_DOMAIN)
        self.faulted = asyncio.Event()

    async def channels(self, kind: str) -> Sequence[Channel]:
        if not self.faulted.is_set():
            self.faulted.set()
            raise ValueError("a fault")
        return await super().channels(kind)


async def test_one_process_reads_a_mailbox_and_another_takes_over_when_it_ends(reading: Reading, user: User) -> None:
    await reading.connect(user)
    second = reading.another_process()
    async with second.running():
        await eventually(reading.swept, {"INBOX", "Skickat"})
        async with reading.running():
            user.deliver()
            await eventually(reading.stored, 1)
            await second.desk.close()  # as if it had died
            user.deliver()
            await eventually(reading.stored, 2)
    await second.close()


async def test_a_channel_that_is_deleted_is_read_no_more(reading: Reading, user: User) -> None:
    ref = await reading.connect(user)
    async with reading.running(QUICK):
        await eventually(reading.swept, {"INBOX", "Skickat"})
        await reading.delete(ref)
        await eventually(lambda: connected(user), False)


async def says(reading: Reading, ref: object, words: str) -> bool:
    return words in (await reading.health(ref))[1]  # type: ignore[arg-type]  # a channel's


async def attempts(user: User) -> int:
    return sum("auth failed" in line and f"user=<{user.name}>" in line for line in user.server.log().splitlines())


async def connected(user: User) -> bool:
    lines = [line for line in user.server.log().splitlines() if user.name in line]
    return sum("Login:" in line for line in lines) > sum("Disconnected" in line for line in lines)


async def heard(server: Peer, word: str, *, times: int = 1) -> bool:
    return sum(word in line for line in server.heard) >= times
