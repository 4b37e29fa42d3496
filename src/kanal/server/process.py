"""One process of Kanal, put together: `serve` has the doors (HTTP, SMTP), `work` the drain, the dispatcher, notices,
mails to members, the queue and housekeeping; `kanal up` has both. Holds no state of its own, so any number may run
against one database."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from litestar import Litestar

from kanal.api.http.app import build
from kanal.api.http.idempotency import write_events
from kanal.api.visitor import door
from kanal.automation.consumer import Automator
from kanal.bulk.asking import TOPIC as BULK
from kanal.bulk.jobs import Bulk
from kanal.channelkit.contract import Runner
from kanal.delivery.dispatch import Dispatcher
from kanal.delivery.models import Carriers
from kanal.delivery.proving import Prover
from kanal.forms.submissions.counting import Counter
from kanal.forms.submissions.jobs import HandIn
from kanal.inboxes.health import CHANNELS
from kanal.inboxes.proofs import TOPIC as PROVE
from kanal.intake.drain import Drain
from kanal.intake.spam.rspamd import Rspamd
from kanal.kit.crypto import load_keyring
from kanal.kit.db import Database
from kanal.kit.settings import Settings
from kanal.kit.storage import Storage
from kanal.notifications.actions import DIGESTS
from kanal.notifications.consumer import Notifier
from kanal.notifications.digester import digester
from kanal.notifications.mailer import Mailer
from kanal.people.availability.jobs import timekeeper
from kanal.realtime.hub import Hub
from kanal.routing.queue import Queue
from kanal.routing.simulation.jobs import Simulator
from kanal.server import housekeeping
from kanal.server.addresses import follow_mail_domain
from kanal.server.desk import BoundDesk
from kanal.server.handlers import DOORS, HANDLERS, WS_HANDLERS
from kanal.server.http import HttpServer, PortTaken
from kanal.server.installed import installed
from kanal.tickets.jobs import sleepers

log = structlog.get_logger()


class Process:
    """`run` until `stop`; a part that fails takes the process down with its reason, for a supervisor to see."""

    def __init__(self, settings: Settings, database_url: str, *, serve: bool, work: bool) -> None:
        self.settings = settings
        self.serves, self.works = serve, work
        self.keyring = load_keyring(settings.secret_keys, settings.data_dir)
        self.db = Database(database_url, write_events)
        self.storage = Storage(settings.storage_url or str(settings.data_dir / "files"))
        self.kinds = installed(settings)
        self.carriers = Carriers(self.kinds, self.keyring, settings.mail_domain)
        self.hub = Hub(self.db)
        self.desk = BoundDesk(self.db, self.storage, self.keyring, settings.mail_domain)
        self.door = door.make(self.db, self.storage, self.keyring, settings)
        self.acceptor = self.door.acceptor
        self.counter = Counter(self.db)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self, ready: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """`ready` is awaited when everything listens."""
        await self.db.open()
        try:
            await follow_mail_domain(self.db, self.kinds, self.keyring, self.settings.mail_domain)
            async with asyncio.TaskGroup() as group:
                for topic in (CHANNELS, "sweep"):
                    self.hub.on(topic, self.desk.channels_changed)
                background = [group.create_task(self.hub.run(), name="hub")]
                await self.hub.listening.wait()
                runners = await self._start_runners()
                dispatcher = self._start_work(group, background)
                http = await self._start_http(group, background)
                gc.collect()
                gc.freeze()
                if ready is not None:
                    await ready()
                await self._stopping.wait()
                await self._wind_down(runners, http, dispatcher, background)
        finally:
            await self.desk.close()
            await self.db.close()

    async def _start_runners(self) -> list[Runner]:
        wanted = {where for where, here in (("serve", self.serves), ("worker", self.works)) if here}
        runners = [r for kind in self.kinds.values() for r in kind.runners(self.desk) if r.where in wanted]
        for runner in runners:
            try:
                await runner.start()
            except OSError as trouble:
                raise PortTaken(
                    f"{runner.name} cannot start: {trouble}. Set its address to another host:port"
                ) from None
        return runners

    def _start_work(
        self, group: asyncio.TaskGroup, background: list[asyncio.Task[None]]
    ) -> tuple[Dispatcher, asyncio.Task[None]] | None:
        if not self.works:
            return None
        rspamd = Rspamd(self.settings.rspamd) if self.settings.rspamd else None
        drain = Drain(self.db, self.carriers, self.storage, rspamd)
        dispatcher = Dispatcher(self.db, self.carriers, self.storage)
        notifier = Notifier(self.db)
        automator = Automator(self.db, self.carriers)
        clock = timekeeper(self.db)
        snoozed = sleepers(self.db)
        simulator = Simulator(self.db)
        queue = Queue(self.db)
        bulk = Bulk(self.db)
        hand_in = HandIn(self.db, self.storage)
        prover = Prover(self.db, self.carriers)
        digests = digester(self.db)
        mailer = Mailer(self.db, self.storage, self.keyring, self.settings)
        self.hub.on("raw:", drain.wake)
        self.hub.on("deliver", lambda _: dispatcher.wake())
        self.hub.on("events:", notifier.wake)
        self.hub.on("events:", automator.wake)
        self.hub.on("events:", queue.wake)
        self.hub.on("queue", queue.wake)
        self.hub.on("mails", mailer.wake)
        self.hub.on(DIGESTS, digests.wake)
        self.hub.on(PROVE, prover.wake)
        self.hub.on("availability", clock.wake)
        self.hub.on("snoozed", snoozed.wake)
        self.hub.on("simulate", simulator.wake)
        self.hub.on(BULK, bulk.wake)
        self.hub.on("forms", hand_in.wake)
        woken = (drain, notifier, automator, clock, snoozed, queue, mailer, digests, prover, simulator)
        for wake in (*(each.wake for each in woken), bulk.wake, hand_in.wake, lambda _: dispatcher.wake()):
            self.hub.on("sweep", wake)
        background += [
            group.create_task(drain.run(), name="drain"),
            group.create_task(notifier.run(), name="notifier"),
            group.create_task(automator.run(), name="automation"),
            group.create_task(queue.run(), name="queue"),
            group.create_task(mailer.run(), name="mailer"),
            group.create_task(digests.run(), name="digests"),
            group.create_task(prover.run(), name="proofs"),
            group.create_task(clock.run(), name="availability"),
            group.create_task(snoozed.run(), name="snoozed"),
            group.create_task(simulator.run(), name="simulator"),
            group.create_task(bulk.run(), name="bulk"),
            group.create_task(hand_in.run(), name="hand_in"),
            group.create_task(housekeeping.run(self.db, self.storage), name="housekeeping"),
        ]
        return dispatcher, group.create_task(dispatcher.run(), name="dispatcher")

    async def _start_http(
        self, group: asyncio.TaskGroup, background: list[asyncio.Task[None]]
    ) -> tuple[HttpServer, asyncio.Task[None]] | None:
        if not self.serves:
            return None
        background.append(group.create_task(self.counter.run(), name="counter"))
        server = HttpServer(self.app(), self.settings.http)
        task = group.create_task(server.run_here(), name="http")
        await server.listening.wait()
        return server, task

    def app(self) -> Litestar:
        return build(
            HANDLERS,
            WS_HANDLERS,
            {
                "db": self.db,
                "keyring": self.keyring,
                "settings": self.settings,
                "storage": self.storage,
                "kinds": self.kinds,
                "carriers": self.carriers,
                "hub": self.hub,
                "door": self.door,
                "counter": self.counter,
            },
            self.settings,
            doors=DOORS,
        )

    async def _wind_down(
        self,
        runners: list[Runner],
        http: tuple[HttpServer, asyncio.Task[None]] | None,
        dispatcher: tuple[Dispatcher, asyncio.Task[None]] | None,
        background: list[asyncio.Task[None]],
    ) -> None:
        """The doors first, then what is under way; what is left over is found again at the next start."""
        log.info("process.stopping")
        for runner in runners:
            await runner.stop()
        if http:
            http[0].stop()
            await http[1]
        await self.acceptor.stop()
        if dispatcher:
            dispatcher[0].stop()
            await dispatcher[1]
        for task in background:
            task.cancel()
        await asyncio.wait(background)
        await self.counter.flush()
