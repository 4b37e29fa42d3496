"""`kanal up` as a whole: how soon it is there, what it weighs, how long a mail takes to the screen and a reply to the
mailbox."""

from __future__ import annotations

import json
import smtplib
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
from websockets.sync.client import ClientConnection, connect

from kanal.cli.bench import outside
from kanal.cli.bench.outside import Catcher
from kanal.cli.bench.row import Row, below, median, p95
from kanal.cli.bench.running import Running
from kanal.kit import processes

SUPPORT = "support@bench.example"
PAUSE = 0.15
"""Seconds between two mails, so that each meets an idle desk."""
SETTLING = 8.0
"""Seconds after which a process that was started is called idle."""


def measure(folder: Path, *, quick: bool) -> list[Row]:
    with ExitStack() as stack:
        catcher = stack.enter_context(Catcher())
        kanal = Running(folder, KANAL_SMTP_OUT=catcher.url)
        stack.callback(kanal.close)
        starting = _starting(kanal)
        memory = _memory(kanal)
        desk = stack.enter_context(_Desk(kanal))
        sockets = _sockets(kanal, desk, 50 if quick else 200)
        to_screen = _to_screen(kanal, desk, 15 if quick else 60)
        to_mailbox = _to_mailbox(desk, catcher, 10 if quick else 40)
        return [*to_screen, *to_mailbox, *starting, *memory, sockets]


class _Desk:
    """A program that works at the desk."""

    def __init__(self, kanal: Running) -> None:
        self.token = kanal.token("desk", "admin@localhost")
        self.headers = {"authorization": f"Bearer {self.token}"}
        self.http = httpx2.Client(base_url=f"{kanal.url}/api/v1", headers=self.headers, timeout=30)
        self._live = f"ws://127.0.0.1:{kanal.http}/api/v1/live?account=desk"
        settings = {"method": "forwarding", "address": SUPPORT}
        self.post("/channels", {"kind": "email", "name": "Support", "settings": settings})

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def post(self, path: str, body: Any) -> Any:
        answer = self.http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def live(self) -> ClientConnection:
        """An open screen, which has said hello."""
        screen = connect(self._live, additional_headers=self.headers, max_size=None)
        screen.recv(timeout=10)
        return screen


# Starting


def _starting(kanal: Running) -> list[Row]:
    cold = kanal.start()
    kanal.stop()
    began = time.monotonic()
    kanal.launch()
    for _ in processes.tries(60):
        if _shows_a_page(kanal):
            break
    again = time.monotonic() - began
    kanal.wait_until_ready()
    return [
        below("start: empty folder to ready (database made, migrated)", cold, None, "s", digits=1),
        below("start: again, to the first page", again, 4, "s", digits=1),
    ]


def _shows_a_page(kanal: Running) -> bool:
    try:
        return httpx2.get(kanal.url, follow_redirects=True, timeout=2).status_code == 200
    except httpx2.HTTPError:
        return False


# Memory


def _memory(kanal: Running) -> list[Row]:
    time.sleep(SETTLING)
    resident, shared = _weight(kanal.pid, "Rss"), _weight(kanal.pid, "Pss")
    reading = sum(_weight(child, "Rss") for child in _children(kanal.pid) if "kanal.intake.child" in _command(child))
    return [
        below("memory: web and worker in one process, idle (RSS)", resident, 170, "MB", f"PSS {shared:.0f} MB"),
        below(
            "memory: the parsing child beside it (RSS)", reading, None, "MB", f"together {resident + reading:.0f} MB"
        ),
    ]


def _sockets(kanal: Running, desk: _Desk, count: int) -> Row:
    with ExitStack() as stack:
        stack.enter_context(desk.live())
        time.sleep(1)
        before = _weight(kanal.pid, "Rss")
        for _ in range(count):
            stack.enter_context(desk.live())
        time.sleep(2)
        each = (_weight(kanal.pid, "Rss") - before) * 1_000 / count
    return below("memory: each open live socket, idle", each, 30, "KB", f"{count} sockets")


def _weight(pid: int, measure: str) -> float:
    """Megabytes, as the kernel counts them."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{measure}:"):
            return int(line.split()[1]) * 1_024 / 1_000_000
    raise RuntimeError(f"the kernel does not tell {measure}")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _command(pid: int) -> str:
    process = processes.look_up(pid)
    return " ".join(process.command) if process else ""


# There and back


def _to_screen(kanal: Running, desk: _Desk, count: int) -> list[Row]:
    """From the moment a mail host begins to hand a mail over to the moment a screen hears of it."""
    times = []
    with desk.live() as screen, smtplib.SMTP("127.0.0.1", kanal.smtp) as door:
        for number in range(count + 3):
            began = time.monotonic()
            door.sendmail(f"kund-{number}@firma.example", [SUPPORT], outside.mail(number, SUPPORT))
            _hear(screen, "message.received")
            times.append((time.monotonic() - began) * 1_000)
            time.sleep(PAUSE)
    return _median_and_p95("a mail, handed over to on the screen", times[3:], 150)


def _hear(screen: ClientConnection, name: str) -> None:
    while True:
        heard = json.loads(screen.recv(timeout=20))
        if any(event["name"] == name for event in heard.get("items", [])):
            return


def _to_mailbox(desk: _Desk, catcher: Catcher, count: int) -> list[Row]:
    """From the call that sends a reply to its arrival at the next mail server."""
    tickets = desk.http.get("/tickets", params={"limit": count}).json()["items"]
    times = []
    for number, ticket in enumerate(tickets):
        began = time.monotonic()
        desk.post(f"/tickets/{ticket['id']}/replies", {"text": "We look into it and come back to you tomorrow."})
        if not catcher.wait_for(number + 1, 20):
            raise RuntimeError("a reply did not arrive within 20 s")
        times.append((max(at for each in catcher.arrivals.values() for at in each) - began) * 1_000)
        time.sleep(PAUSE)
    return _median_and_p95("a reply, sent to delivered", times, None)


def _median_and_p95(what: str, times: Sequence[float], most: float | None) -> list[Row]:
    return [below(f"{what}, p95", p95(times), most, "ms", f"median {median(times):.0f} ms")]
