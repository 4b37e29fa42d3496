"""Whether anything is lost or doubled when `kanal up` is killed in the midst of work: mails come over many connections,
replies leave, SIGKILL strikes, and afterwards every mail and every reply is counted."""

from __future__ import annotations

import contextlib
import os
import queue
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import psycopg

from kanal.cli.bench import outside
from kanal.cli.bench.outside import Catcher
from kanal.cli.bench.running import Running
from kanal.kit.postgres import EmbeddedPostgres

ADDRESS = "support@crash.example"
PATIENCE = 300.0
"""Seconds without any mail being taken after which it is given up."""
SETTLING = 150.0
"""Seconds for what was put off to be taken up again, once all is sent."""


class Plan(msgspec.Struct, kw_only=True, frozen=True):
    mails: int
    connections: int
    kills: int
    replies: int


class Outcome(msgspec.Struct, kw_only=True):
    """What was counted. Everything from `lost` to `wrongly_sent` has to be empty."""

    accepted: int
    kills: int
    repeated: int
    """Mails that had to be sent again since the connection broke before 250."""
    seconds: float
    restarts: list[float]
    lost: list[str]
    doubled: list[str]
    lost_in_api: list[str]
    doubled_in_api: list[str]
    unsettled: int
    replies: int
    promises_broken: int
    """Replies answered with 202 of which nothing is known any more."""
    arrived: int
    arrived_twice: list[str]
    wrongly_sent: list[str]
    """Replies called sent that are not in the mailbox."""
    missing: dict[str, int]
    """States of the replies that are not in the mailbox."""
    left_over: int
    """Processes that were still there after those that started them were killed."""

    @property
    def faults(self) -> list[str]:
        wrong = {
            "mails lost": self.lost,
            "mails doubled": self.doubled,
            "mails lost, by the API": self.lost_in_api,
            "mails doubled, by the API": self.doubled_in_api,
            "mails not settled": self.unsettled,
            "replies promised and gone": self.promises_broken,
            "replies that arrived twice": self.arrived_twice,
            "replies called sent that did not arrive": self.wrongly_sent,
            "states a missing reply must not have": set(self.missing) - {"queued", "unknown"},
            "processes left over": self.left_over,
        }
        return [f"{what}: {which}" for what, which in wrong.items() if which]


def run(folder: Path, plan: Plan) -> Outcome:
    with Catcher(thinks=0.4) as catcher:
        kanal = Running(folder, KANAL_SMTP_OUT=catcher.url)
        try:
            kanal.start()
            storm = _Storm(kanal, catcher, plan)
            with storm.api:
                return storm.run()
        finally:
            kanal.close()


class _Storm:
    def __init__(self, kanal: Running, catcher: Catcher, plan: Plan) -> None:
        self.kanal, self.catcher, self.plan = kanal, catcher, plan
        self.waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.accepted: set[int] = set()
        self.repeated: set[int] = set()
        self.promised: set[str] = set()
        self.restarts: list[float] = []
        self.over = threading.Event()
        token = kanal.token("desk", "admin@localhost")
        self.api = httpx2.Client(
            base_url=f"{kanal.url}/api/v1", headers={"authorization": f"Bearer {token}"}, timeout=30
        )

    def run(self) -> Outcome:
        """Opens the channel, sends everything, counts."""
        self._connect_channel()
        for number in range(self.plan.mails):
            self.waiting.put(number)
        began = time.monotonic()
        with ThreadPoolExecutor(self.plan.connections + 1) as threads:
            customers = [threads.submit(self._customer) for _ in range(self.plan.connections)]
            agent = threads.submit(self._agent)
            try:
                for kill in range(self.plan.kills):
                    self._wait_for_mails(self.plan.mails * (kill + 1) // (self.plan.kills + 1))
                    self.kanal.kill()
                    self.restarts.append(self.kanal.start())
                self._wait_for_mails(self.plan.mails)
            finally:
                self.over.set()
            for each in (*customers, agent):
                each.result()
            seconds = time.monotonic() - began
            self._wait_until_settled()
            return self._count(seconds)

    def _connect_channel(self) -> None:
        settings = {"method": "forwarding", "address": ADDRESS}
        made = self.api.post("/channels", json={"kind": "email", "name": "Support", "settings": settings})
        made.raise_for_status()

    # The way in

    def _customer(self) -> None:
        """One connection: sends what waits; where it breaks, the mail waits again, as with a real host."""
        door: smtplib.SMTP | None = None
        while not self.over.is_set():
            try:
                number = self.waiting.get(timeout=0.1)
            except queue.Empty:
                continue
            try:
                door = door or smtplib.SMTP("127.0.0.1", self.kanal.smtp, timeout=30)
                door.sendmail(f"kund-{number}@firma.example", [ADDRESS], self._mail(number))
                self.accepted.add(number)
            except (OSError, smtplib.SMTPException):
                if door is not None:
                    self.repeated.add(number)
                    door.close()
                door = None
                self.waiting.put(number)
                time.sleep(0.05)
        if door is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                door.quit()

    def _mail(self, number: int) -> bytes:
        """One in seven answers an earlier one, one in twenty brings a picture."""
        answers = number // 2 if number % 7 == 6 else None
        return outside.mail(number, ADDRESS, size=20_000 if number % 20 == 0 else 700, answers=answers)

    def _wait_for_mails(self, count: int) -> None:
        seen, since = len(self.accepted), time.monotonic()
        while len(self.accepted) < count:
            time.sleep(0.01)
            if len(self.accepted) > seen:
                seen, since = len(self.accepted), time.monotonic()
            elif time.monotonic() - since > PATIENCE:
                raise TimeoutError(f"no mail was taken for {PATIENCE:.0f} s; {seen} of {self.plan.mails} so far")

    # The way out

    def _agent(self) -> None:
        """Answers tickets as they come; the newest first, each at most twice."""
        answered: Counter[str] = Counter()
        number = 0
        while number < self.plan.replies:
            over = self.over.is_set()
            for ticket in [each for each in self._newest() if answered[each] < 2][: self.plan.replies - number]:
                answered[ticket] += 1
                self._reply(ticket, number)
                number += 1
            if over:
                return
            time.sleep(0.05)

    def _newest(self) -> list[str]:
        with contextlib.suppress(httpx2.HTTPError):
            return [ticket["id"] for ticket in self.api.get("/tickets", params={"limit": 20}).json()["items"]]
        return []

    def _reply(self, ticket: str, number: int) -> None:
        """Sent again under the same key where the connection breaks; 409 says that it was carried out, or may be."""
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                answer = self.api.post(
                    f"/tickets/{ticket}/replies",
                    json={"text": f"Answer {number:06}"},
                    headers={"idempotency-key": f"answer-{number}"},
                )
                if answer.status_code == 202:
                    self.promised.add(answer.json()["id"])
                if answer.status_code in (202, 409):
                    return
                if answer.status_code < 500:
                    raise RuntimeError(f"a reply was refused: {answer.status_code} {answer.text}")
            time.sleep(0.1)

    # Counting

    def _wait_until_settled(self) -> None:
        end = time.monotonic() + SETTLING
        while time.monotonic() < end:
            with self._database() as database:
                left = database.execute(
                    """
                    select (select count(*) from raw_events where state in ('waiting', 'failed'))
                         + (select count(*) from deliveries where state in ('queued', 'sending', 'data_sent'))
                    """
                ).fetchone()
            if left == (0,):
                return
            time.sleep(0.5)

    def _count(self, seconds: float) -> Outcome:
        wanted = {outside.subject(number) for number in self.accepted}
        in_database, in_api = self._messages_in_database(), self._messages_in_api()
        sent, counts = self._sent(), self.catcher.counts
        missing = {id_: state for id_, external_id, state in sent if not counts[external_id]}
        with self._database() as database:
            [unsettled] = database.execute(
                "select count(*) from raw_events where state not in ('ticket', 'reply', 'duplicate')"
            ).fetchone() or [0]
        return Outcome(
            accepted=len(self.accepted),
            kills=len(self.restarts),
            repeated=len(self.repeated),
            seconds=seconds,
            restarts=self.restarts,
            lost=_sorted(wanted - set(in_database)),
            doubled=_sorted(each for each in in_database if in_database[each] != 1),
            lost_in_api=_sorted(wanted - set(in_api)),
            doubled_in_api=_sorted(each for each in in_api if in_api[each] != 1),
            unsettled=unsettled,
            replies=len(sent),
            promises_broken=len(self.promised - {id_ for id_, _, _ in sent}),
            arrived=len(counts),
            arrived_twice=_sorted(each for each in counts if counts[each] != 1),
            wrongly_sent=_sorted(id_ for id_, state in missing.items() if state == "sent"),
            missing=dict(Counter(missing.values())),
            left_over=len(_strangers(self.kanal)),
        )

    def _messages_in_database(self) -> Counter[str]:
        """Every message by its subject, once for each ticket that it stands in."""
        with self._database() as database:
            rows = database.execute(
                """
                select m.subject from messages m join conversations c on c.id = m.conversation_id
                left join tickets t on t.id = c.ticket_id
                where m.direction = 'in'
                """
            ).fetchall()
        return Counter(subject for (subject,) in rows)

    def _messages_in_api(self) -> Counter[str]:
        tickets = list(_walk(lambda after: self._get("/tickets", limit="200", **after)))
        with ThreadPoolExecutor(4) as threads:
            timelines = threads.map(lambda ticket: self._get(f"/tickets/{ticket['id']}/timeline"), tickets)
            items = [item for timeline in timelines for item in timeline["items"]]
        return Counter(item["subject"] for item in items if item["type"] == "message" and item["direction"] == "in")

    def _sent(self) -> list[tuple[str, str, str]]:
        """Id, Message-ID and state of each reply."""
        with self._database() as database:
            return database.execute(
                """
                select m.id::text, m.external_id, d.state
                from messages m join deliveries d on d.message_id = m.id where m.direction = 'out'
                """
            ).fetchall()

    def _get(self, path: str, **params: str) -> Any:
        answer = self.api.get(path, params=params)
        answer.raise_for_status()
        return answer.json()

    def _database(self) -> psycopg.Connection[tuple[Any, ...]]:
        """As its owner, past every policy: here nobody may hide anything."""
        return psycopg.connect(EmbeddedPostgres(self.kanal.folder / "data").url)


def _walk(page: Callable[[dict[str, str]], Any]) -> Any:
    after: dict[str, str] = {}
    while True:
        answer = page(after)
        yield from answer["items"]
        if not answer["next"]:
            return
        after = {"after": answer["next"]}


def _strangers(kanal: Running) -> list[int]:
    """Processes of this installation that no living `kanal up` started; they were left to the first process."""
    mine = f"KANAL_DATA_DIR={kanal.env['KANAL_DATA_DIR']}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if mine in (entry / "environ").read_bytes().split(b"\0") and parent not in (os.getpid(), kanal.pid):
                found.append(int(entry.name))
    return [pid for pid in found if not _descends(pid, kanal.pid)]


def _descends(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return True  # it has ended meanwhile
    return False


def _sorted(names: Any) -> list[str]:
    return sorted(names)[:20]
