"""What a worker leaves that dies between the steps: repeated while nothing was handed over, else unknown."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg

from kanal.channelkit.contract import Capabilities
from kanal.channelkit.messages import Outbound, Sent
from kanal.delivery import actions
from kanal.kinds.email.kind import EmailKind
from tests.make import channels
from tests.make.desk import Desk
from tests.make.smtp import HeldServer


@asynccontextmanager
async def worker(desk: Desk, server: HeldServer, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.delivery.worker", desk.db.url, str(folder), server.url
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_worker_killed_before_the_data_left_has_its_reply_sent_by_another(
    desk: Desk, server: HeldServer, tmp_path: Path
) -> None:
    server.holds = "recipient"
    queued = await desk.reply()
    async with worker(desk, server, tmp_path):
        async with asyncio.timeout(20):
            await server.reached.wait()
        assert (await desk.row("select state from deliveries")) == {"state": "sending"}
    server.holds = ""
    async with desk.sending():
        await desk.becomes(queued.message_id, "sent")
    assert len(server.taken) == 1


async def test_a_worker_killed_after_the_data_left_leaves_it_unknown_and_nobody_repeats_it(
    desk: Desk, server: HeldServer, tmp_path: Path
) -> None:
    server.holds = "end"
    queued = await desk.reply()
    async with worker(desk, server, tmp_path):
        await server.has_taken(1)
        assert (await desk.row("select state from deliveries")) == {"state": "data_sent"}
    async with desk.sending():
        shown = await desk.becomes(queued.message_id, "unknown")
    assert shown.can_retry
    assert shown.can_confirm
    assert len(server.taken) == 1
    assert await desk.row("select has_failed_reply from tickets") == {"has_failed_reply": True}


async def test_nobody_takes_over_from_a_worker_that_is_slow_but_alive(desk: Desk, server: HeldServer) -> None:
    server.holds = "recipient"
    queued = await desk.reply()
    async with desk.sending(), desk.sending():
        async with asyncio.timeout(30):
            await server.reached.wait()
        await asyncio.sleep(2.5)
        assert (await desk.delivery(queued.message_id)).state == "sending"
        server.go.set()
        await desk.becomes(queued.message_id, "sent")
    assert len(server.taken) == 1


async def test_a_worker_that_lost_its_claim_hands_nothing_over(desk: Desk, server: HeldServer) -> None:
    server.holds = "recipient"
    queued = await desk.reply()
    async with desk.sending():
        async with asyncio.timeout(30):
            await server.reached.wait()
        async with desk.db.transaction(desk.account) as tx:
            await tx.run("update deliveries set claimed_by = 'another:1:x/1'")
        server.go.set()
        await desk.becomes(queued.message_id, "sent")  # the other one is dead, so it is repeated
    assert len(server.taken) == 1


async def test_a_broken_claim_connection_is_made_anew_and_sending_goes_on(desk: Desk, server: HeldServer) -> None:
    async with desk.sending():
        await desk.becomes((await desk.reply("one")).message_id, "sent")
        with psycopg.connect(desk.db.url, autocommit=True) as admin:
            admin.execute(
                "select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database "
                "where d.datname = current_database() and l.locktype = 'advisory' and l.objsubid = 1"
            )
        await desk.becomes((await desk.reply("two")).message_id, "sent")
    assert len(server.taken) == 2


async def test_an_answer_that_never_comes_is_unknown_and_can_be_sent_again_under_the_same_id(
    desk: Desk, server: HeldServer
) -> None:
    server.hangs_up_at_data = True
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "unknown")
        server.hangs_up_at_data = False
        async with desk.db.transaction(desk.account) as tx:
            again = await actions.retry(tx, shown.id, desk.agent)
        assert again.state == "queued"
        await desk.becomes(queued.message_id, "sent")
    assert len(server.message_ids) == 2
    assert len(set(server.message_ids)) == 1
    assert await desk.row("select has_failed_reply from tickets") == {"has_failed_reply": False}


async def test_a_person_may_say_that_it_was_sent(desk: Desk, server: HeldServer) -> None:
    server.hangs_up_at_data = True
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "unknown")
    async with desk.db.transaction(desk.account) as tx:
        confirmed = await actions.confirm(tx, shown.id, desk.agent)
    assert (confirmed.state, confirmed.can_retry) == ("sent", False)
    assert await desk.row("select has_failed_reply from tickets") == {"has_failed_reply": False}


class Searchable(EmailKind):
    """Can be asked what became of a mail, as Gmail can."""

    capabilities = Capabilities(reaches=frozenset({"email"}), looks_up=True)
    knows: Sent | None = None

    async def look_up(self, out: Outbound, channel: object) -> Sent | None:
        return self.knows


async def test_a_provider_that_can_be_asked_settles_what_is_unknown(desk: Desk, server: HeldServer) -> None:
    kind = Searchable(mail_domain=channels.MAIL_DOMAIN, listen=("127.0.0.1", 0), default_out=server.url)
    desk.kinds["email"] = kind
    server.hangs_up_at_data = True
    async with desk.sending():
        kind.knows = Sent(said="found in Sent")
        queued = await desk.reply("one")
        await desk.becomes(queued.message_id, "sent")
        assert len(server.taken) == 1
        kind.knows = None
        second = await desk.reply("two")
        await server.has_taken(3)
        server.hangs_up_at_data = False
        await desk.becomes(second.message_id, "sent")


async def test_a_result_is_written_down_though_the_database_was_away(desk: Desk, server: HeldServer) -> None:
    server.holds = "end"
    async with desk.sending():
        queued = await desk.reply()
        await server.has_taken(1)
        with psycopg.connect(desk.db.url, autocommit=True) as admin:
            server.go.set()
            for _ in range(20):
                admin.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                    "and datname = current_database() and query not ilike 'listen%%'"
                )
                await asyncio.sleep(0.02)
        await desk.becomes(queued.message_id, "sent")
    assert len(server.taken) == 1
