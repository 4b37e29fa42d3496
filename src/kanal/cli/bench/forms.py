"""How many submissions of a form are taken in a second, each stored for good before its sender is thanked, and what an
agent who works meanwhile notices: `kanal up` over real HTTP, visitors and agent in processes of their own."""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import httpx2
import psycopg

from kanal.cli.bench import agent, lists, submitting
from kanal.cli.bench.row import Row, below, median, p95
from kanal.cli.bench.running import Running
from kanal.cli.bench.submitting import Load, Took
from kanal.kit.postgres import EmbeddedPostgres

LEAST = 500
CONNECTIONS = 32
TICKETS = 10_000
LIST_LIMIT = 15
"""Milliseconds, as without submissions."""


def measure(folder: Path, *, quick: bool) -> list[Row]:
    count = 2_000 if quick else 10_000
    with ExitStack() as stack:
        kanal = Running(folder, KANAL_TRUSTED_PROXIES="127.0.0.1/32", KANAL_LOG_LEVEL="WARNING")
        stack.callback(kanal.close)
        kanal.start()
        desk = stack.enter_context(_Desk(kanal))
        desk.fill()
        submitting.run(desk.load(400))
        desk.analyse()
        by_itself = _flat_out(desk, "form by itself", desk.load(count))
        alone = desk.lists_alone(3 if quick else 10)
        with desk.agent(pause=0.05) as times:
            took = submitting.run(desk.load(count, a_second=LEAST))
        return [
            by_itself,
            *_steady(took, count, times, alone),
            _flat_out(desk, "form that makes tickets", desk.load(count, connected=True)),
        ]


class _Desk:
    """Its admin, as a program."""

    def __init__(self, kanal: Running) -> None:
        self.kanal = kanal
        self.token = kanal.token("desk", "admin@localhost")
        headers = {"authorization": f"Bearer {self.token}"}
        self.http = httpx2.Client(base_url=f"{kanal.url}/api/v1", headers=headers, timeout=30)
        self.url = EmbeddedPostgres(kanal.folder / "data").url

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def fill(self) -> None:
        with psycopg.connect(self.url) as connection:
            [account] = connection.execute("select id from accounts").fetchone() or [0]
        lists.fill(self.url, account, TICKETS)

    def analyse(self) -> None:
        """As in an account that has been in use for a minute."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("vacuum analyze")

    def agent(self, pause: float) -> AbstractContextManager[list[float]]:
        return agent.reading(agent.Look(port=self.kanal.http, token=self.token, pause=pause))

    def lists_alone(self, seconds: float) -> list[float]:
        """One list after the other. The first ones do not count: until then every connection has to plan them."""
        with self.agent(pause=0.0) as times:
            time.sleep(seconds)
        return times[len(times) // 2 :]

    def load(self, submissions: int, *, a_second: float | None = None, connected: bool = False) -> Load:
        """On a form of its own."""
        form = self.post("/forms", {"name": "Contact us"})
        if connected:
            self.post("/channels", {"kind": "form", "name": "Contact us", "settings": {"form": form["id"]}})
        return Load(
            port=self.kanal.http,
            key=form["key"],
            submissions=submissions,
            connections=CONNECTIONS,
            a_second=a_second,
        )

    def post(self, path: str, body: Any) -> Any:
        answer = self.http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()


def _flat_out(desk: _Desk, what: str, load: Load) -> Row:
    before = _worked(desk.kanal.pid)
    took = submitting.run(load)
    each = (_worked(desk.kanal.pid) - before) * 1_000 / load.submissions
    rate = load.submissions / took.seconds
    return Row(
        what=f"submissions of a {what}, each stored before the thanks",
        measured=f"{rate:,.0f} / s",
        against=f"{CONNECTIONS} connections, p95 {p95(took.submissions):.0f} ms; we work {each:.2f} ms for each",
        limit=f"≥ {LEAST} / s",
        ok=rate >= LEAST,
    )


def _steady(took: Took, count: int, times: list[float], alone: list[float]) -> list[Row]:
    rate = count / took.seconds
    return [
        below(
            f"the list of {TICKETS:,} tickets meanwhile, at {rate:,.0f} submissions / s, p95",
            p95(times),
            LIST_LIMIT,
            "ms",
            f"median {median(times):.1f} ms; without any p95 {p95(alone):.1f} ms, median {median(alone):.1f} ms",
            1,
        ),
        below(
            "a submission at that rate, sent to thanked, p95",
            p95(took.submissions),
            None,
            "ms",
            f"median {median(took.submissions):.1f} ms",
        ),
    ]


def _worked(pid: int) -> float:
    """Seconds of processor time, without its children's."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
