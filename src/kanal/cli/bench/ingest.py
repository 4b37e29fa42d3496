"""How fast what waits becomes tickets: small messages against the same rows written by inserts alone, real mail against
the parser's own speed. One worker, the embedded server, durable as in production."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from kanal.accounts import actions as accounts
from kanal.channelkit.contract import Capabilities, Channel, Claim, Discovered, HandedOver, Kind, Method, Runner, Tried
from kanal.channelkit.desk import Desk
from kanal.channelkit.errors import ActionRequired
from kanal.channelkit.messages import Door, Evidence, Handle, Inbound, Outbound, Party, Raw, Said, Sent
from kanal.channelkit.requests import HttpDoor
from kanal.cli.bench import outside
from kanal.cli.bench.row import Row, share
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import NewChannel
from kanal.intake.drain import Drain
from kanal.kit import clock
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database, document
from kanal.kit.ids import new_id
from kanal.kit.settings import Settings
from kanal.kit.storage import Storage
from kanal.server.installed import installed

SUPPORT = "support@bench.example"
KEYRING = Keyring(["a key for benchmarks"])
BATCH = 100
FIRST_SEQ = 1_000
"""Past the events of making the account."""


async def measure(url: str, settings: Settings, *, quick: bool) -> list[Row]:
    async with AsyncExitStack() as stack:
        db = Database(url, events.write)
        await db.open()
        stack.push_async_callback(db.close)
        email = installed(settings)["email"]
        bench = _Bench(db, Storage(str(settings.data_dir / "files")), {"email": email, "note": Note()})
        stack.callback(bench.drain.parser.close)
        small = await _small(bench, url, 2_000 if quick else 10_000)
        mail = await _mail(bench, email, 200 if quick else 1_000)
        return [small, mail]


async def _small(bench: _Bench, url: str, count: int) -> Row:
    account, channel = await bench.channel("small", Note(), {})
    await bench.use(account, channel, _notes(0, 1_000))
    await bench.store(account, channel, _notes(1_000, count))
    rate = await bench.drained(account, channel)
    alone = _inserts_alone(url, await bench.channel("alone", Note(), {}), count)
    return share("ingest of small messages, one worker, to committed ticket", rate, alone, 0.25, "messages/s")


def _notes(first: int, count: int) -> list[bytes]:
    numbers = range(first, first + count)
    return [b'{"from": "visitor-%d", "text": "Where is my order %d? It was due."}' % (n, n) for n in numbers]


async def _mail(bench: _Bench, email: Kind, count: int) -> Row:
    account, channel = await bench.channel("mail", email, {"method": "forwarding", "address": SUPPORT})
    await bench.drain.parser.parse(email, [])
    chance = random.Random(1)  # noqa: S311 - sizes of letters
    sizes = [int(1_000 * 100 ** chance.random()) for _ in range(count)]
    bodies = [outside.mail(n, SUPPORT, size=size, rich=True) for n, size in enumerate(sizes)]
    warm = len(bodies) // 5
    await bench.use(account, channel, bodies[:warm])
    alone = _parser_alone(email, bodies[warm:])
    await bench.store(account, channel, bodies[warm:])
    rate = await bench.drained(account, channel)
    return share("ingest of real mail (1-100 KB MIME), against the parser alone", rate, alone, 0.60, "mails/s")


class _Bench:
    def __init__(self, db: Database, storage: Storage, kinds: dict[str, Kind]) -> None:
        self.db = db
        self.drain = Drain(db, Carriers(kinds, KEYRING, "bench.localhost"), storage)

    async def channel(self, slug: str, kind: Kind, settings: Mapping[str, Any]) -> tuple[int, UUID]:
        """An account with one channel."""
        async with self.db.transaction(None) as tx:
            account = (await accounts.create(tx, slug, slug)).id
        new = NewChannel(name="Bench", settings=dict(settings))
        async with self.db.transaction(account) as tx:
            made = await inboxes.connect(tx, kind, new, keyring=KEYRING, mail_domain="bench.localhost", actor=None)
        return account, made

    async def use(self, account: int, channel: UUID, bodies: Sequence[bytes]) -> None:
        """Bring the account into the state of one that has been in use for a minute: until PostgreSQL's statistics
        know it, its plans walk the whole of it."""
        await self.store(account, channel, bodies)
        await self.drained(account, channel)
        with psycopg.connect(self.db.url, autocommit=True) as connection:
            connection.execute("vacuum analyze")

    async def store(self, account: int, channel: UUID, bodies: Sequence[bytes]) -> None:
        door = document(
            msgspec.to_builtins(Door(mail_from="kund@firma.example", rcpt_to=[SUPPORT], client="192.0.2.1"))
        )
        async with self.db.transaction(account) as tx:
            await tx.many(
                """
                insert into raw_events (account_id, id, channel_id, external_id, body, size, door, received_at)
                values (%s, %s, %s, %s, %s, %s, %s::jsonb, %s)
                """,
                [(account, new_id(), channel, str(new_id()), body, len(body), door, clock.now()) for body in bodies],
            )

    async def drained(self, account: int, channel: UUID) -> float:
        """Tickets a second, from the first raw row read to the last commit."""
        before = await self._tickets(account)
        began = time.perf_counter()
        while await self.drain.drain_once(account, channel):
            pass
        seconds = time.perf_counter() - began
        return (await self._tickets(account) - before) / seconds

    async def _tickets(self, account: int) -> int:
        async with self.db.transaction(account) as tx:
            return int(await tx.value("select count(*) from tickets"))


def _parser_alone(kind: Kind, bodies: Sequence[bytes]) -> float:
    now = clock.now()
    raws = [Raw(body=body, received_at=now, door=Door()) for body in bodies]
    began = time.perf_counter()
    for raw in raws:
        kind.parse(raw)
    return len(raws) / (time.perf_counter() - began)


# The same rows by inserts alone


def _inserts_alone(url: str, target: tuple[int, UUID], count: int) -> float:
    """Messages a second when the rows that a message leaves behind are merely inserted, a hundred messages a commit, on
    one connection; made before the clock starts."""
    account, channel = target
    with psycopg.connect(url) as connection:
        connection.execute("set role kanal_app")
        connection.execute("select set_config('app.account_id', %s, false)", (str(account),))
        known = _known(connection)
        batches = [_documents(account, channel, known, start) for start in range(0, count, BATCH)]
        connection.commit()
        began = time.perf_counter()
        for batch in batches:
            for table, rows in batch.items():
                connection.execute(
                    f"insert into {table} select * from json_populate_recordset(null::{table}, %s)".encode(),  # noqa: S608 - our own names
                    (rows,),
                )
            connection.commit()
        return len(batches) * BATCH / (time.perf_counter() - began)


def _known(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    [inbox] = connection.execute("select id from inboxes").fetchone() or [None]
    [pipeline, status] = connection.execute("select pipeline_id, id from statuses order by position").fetchone() or [
        None,
        None,
    ]
    return {"inbox": inbox, "pipeline": pipeline, "status": status}


def _documents(account: int, channel: UUID, known: dict[str, Any], start: int) -> dict[str, str]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for number in range(start, start + BATCH):
        for table, row in _one_message(channel, known, number):
            rows.setdefault(table, []).append({"account_id": account, **row})
    return {table: document(each) for table, each in rows.items()}


def _one_message(channel: UUID, known: dict[str, Any], number: int) -> list[tuple[str, dict[str, Any]]]:
    """Every column that has no default of its own is needed, since the rows are inserted whole."""
    now = clock.now()
    contact, conversation, ticket, message = (new_id() for _ in range(4))
    handle = {"space": "visitor", "key": f"visitor-{number}", "address": f"visitor-{number}"}
    text = f"Where is my order {number}? It was due."
    event = {"version": 1, "at": now, "channel_id": channel, "contact_id": contact, "ticket_id": ticket}
    return [
        ("contacts", {"id": contact, "name": handle["key"], "created_at": now, "updated_at": now}),
        ("handles", {"id": new_id(), "contact_id": contact, "created_at": now, **handle}),
        (
            "tickets",
            {
                **{"id": ticket, "number": number + 1, "subject": text, "description": "", "contact_id": contact},
                **{"pipeline_id": known["pipeline"], "status_id": known["status"], "is_open": True},
                **{"priority": "normal", "channel_id": channel, "source": "message", "version": 1, "snippet": text},
                **{"last_direction": "in", "has_failed_reply": False, "created_at": now, "updated_at": now},
                **{"last_message_at": now, "waiting_since": now},
            },
        ),
        (
            "conversations",
            {
                **{"id": conversation, "inbox_id": known["inbox"], "channel_id": channel, "ticket_id": ticket},
                **{"contact_id": contact, "thread_key": f"visitor-{number}", "subject": "", "subject_key": ""},
                **{"state": "open", "created_at": now, "last_message_at": now, "last_in_at": now},
            },
        ),
        (
            "participants",
            {"conversation_id": conversation, "name": "", "role": "contact", "joined_at": now, **handle},
        ),
        (
            "messages",
            {
                **{"id": message, "conversation_id": conversation, "channel_id": channel, "direction": "in"},
                **{"contact_id": contact, "space": "visitor", "from_key": handle["key"], "from_name": ""},
                **{"from_address": handle["key"], "recipients": [], "subject": "", "body_text": text},
                **{"body_html": "", "quoted_text": "", "quoted_html": "", "external_id": f"m-{number}"},
                **{"digest": f"d-{number}", "in_reply_to": "", "refs": [], "new_person": False, "raw_only": False},
                **{"trust": "none", "door_auth": {}, "remote_images": 0, "flags": [], "answers": [], "created_at": now},
            },
        ),
        *[
            ("events", {"seq": FIRST_SEQ + number * 3 + place, "name": name, "data": {"message_id": message}, **event})
            for place, name in enumerate(("contact.created", "ticket.created", "message.received"))
        ],
    ]


# A kind with nothing to parse


class NoSettings(msgspec.Struct):
    pass


class Note:
    """Says what stands in a line of JSON, so that what is left is the desk's own work."""

    name = "note"
    title = "Note"
    description = "The smallest message there is."
    capabilities = Capabilities(threading="thread_key")
    methods: tuple[Method, ...] = ()
    settings_type: type[msgspec.Struct] = NoSettings
    secret_fields: tuple[str, ...] = ()

    def check(self, settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
        return {}

    def claims(self, settings: Mapping[str, Any]) -> Sequence[Claim]:
        return []

    def preview(self, settings: Mapping[str, Any], author: str) -> dict[str, str]:
        return {}

    def parse(self, raw: Raw) -> list[Inbound]:
        note = msgspec.json.decode(raw.body)
        who, text = note["from"], note["text"]
        return [
            Said(
                external_id=f"{who} {text}",
                digest=text,
                sender=Party(handle=Handle(kind="visitor", key=who, address=who)),
                text=text,
                evidence=Evidence(thread_key=who),
            )
        ]

    def unreadable(self, raw: Raw, why: str) -> Inbound:
        nobody = Party(handle=Handle(kind="visitor", key="", address=""), known=False)
        return Said(digest=why, sender=nobody, text=why, raw_only=True)

    def name_message(self, channel: Channel) -> str:
        return ""

    async def send(self, out: Outbound, channel: Channel, handed_over: HandedOver) -> Sent:
        raise ActionRequired(self.obstacle({}))

    async def look_up(self, out: Outbound, channel: Channel) -> Sent | None:
        return None

    async def fetch(self, reference: str, channel: Channel) -> bytes:
        raise ActionRequired(self.obstacle({}))

    def obstacle(self, settings: Mapping[str, Any]) -> str:
        return "notes are not answered"

    async def try_out(self, settings: Mapping[str, Any]) -> Tried:
        return Tried(said={})

    async def discover(self, address: str) -> Discovered:
        return Discovered(method="")

    async def prove(self, channel: Channel, token: str) -> None:
        return None

    def doors(self, desk: Desk) -> Sequence[HttpDoor]:
        return []

    def runners(self, desk: Desk) -> Sequence[Runner]:
        return []
