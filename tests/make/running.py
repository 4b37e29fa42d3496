"""Kanal as people run it, `kanal up` in a process of its own, and those who deal with it: a program with a token, a
live socket, customers with mailboxes."""

from __future__ import annotations

import json
import shutil
import smtplib
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, Self, TypeVar

import httpx2
import psycopg
from websockets.sync.client import ClientConnection, connect

from kanal.cli.bench.running import Running, temporary_folder
from kanal.kit.postgres import EmbeddedPostgres

T = TypeVar("T")
SUPPORT = "support@demo.example"
ADMIN = "admin@demo.example"


@contextmanager
def running(*, demo: bool = False, **env: str) -> Iterator[Running]:
    """Started and ready; whatever happens, nothing of it is left."""
    with temporary_folder() as folder, Running(folder, demo=demo, **env) as kanal:
        yield kanal


def eventually(look: Callable[[], T | None], *, within: float = 30.0) -> T:
    """What `look` returns once that is something."""
    end = time.monotonic() + within
    while not (seen := look()):
        assert time.monotonic() < end, f"nothing within {within} s"
        time.sleep(0.02)
    return seen


def rows(kanal: Running, sql: str) -> list[tuple[Any, ...]]:
    """Straight from the database, past every policy."""
    with psycopg.connect(EmbeddedPostgres(kanal.folder / "data").url) as connection:
        return connection.execute(sql.encode()).fetchall()


class Program:
    """Calls the API as `user`, by a token made on the command line."""

    def __init__(self, kanal: Running, account: str = "demo", user: str = ADMIN) -> None:
        self.token = kanal.token(account, user)
        self.live_url = f"ws://127.0.0.1:{kanal.http}/api/v1/live?account={account}"
        self.http = httpx2.Client(base_url=f"{kanal.url}/api/v1", headers=self.headers, timeout=30)

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def get(self, path: str, **params: Any) -> Any:
        return _answer(self.http.get(path, params=params))

    def post(self, path: str, **body: Any) -> Any:
        return _answer(self.http.post(path, json=body))

    def ticket(self, subject: str) -> dict[str, Any] | None:
        items = self.get("/tickets", limit=200)["items"]
        return next((ticket for ticket in items if ticket["subject"] == subject), None)

    def messages(self, ticket: str) -> list[dict[str, Any]]:
        return [item for item in self.get(f"/tickets/{ticket}/timeline")["items"] if item["type"] == "message"]

    @contextmanager
    def live(self, cursor: int | None = None) -> Iterator[Live]:
        url = self.live_url + (f"&cursor={cursor}" if cursor is not None else "")
        with connect(url, additional_headers=self.headers) as socket:
            yield Live(socket)


class Live:
    """A live socket. `cursor` is how far it has heard."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.cursor = int(self.hear()["cursor"])

    def hear(self) -> dict[str, Any]:
        return dict(json.loads(self._socket.recv(timeout=30)))

    def events_until(self, name: str) -> list[dict[str, Any]]:
        """The events that come, up to the first of this name."""
        events: list[dict[str, Any]] = []
        while not any(event["name"] == name for event in events):
            heard = self.hear()
            events += heard.get("items", [])
            self.cursor = heard.get("cursor", self.cursor)
        return events


class Outside:
    """Customers' mailboxes in the sandbox."""

    def __init__(self, kanal: Running) -> None:
        self._http = httpx2.Client(base_url=f"{kanal.sandbox_url}/api", timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def inbox(self, address: str) -> list[dict[str, Any]]:
        return list(_answer(self._http.get(f"/mailboxes/{address}/mails"))["items"])

    def write(self, sender: str, to: str, subject: str) -> None:
        mail = {"from_": sender, "to": [to], "subject": subject, "text": "The lamp does not light any more."}
        _answer(self._http.post("/mails", json=mail))

    def answer(self, mail: dict[str, Any], text: str) -> None:
        assert _answer(self._http.post(f"/mails/{mail['id']}/reply", json={"text": text}))["state"] == "delivered"


def send(kanal: Running, subject: str, *, sender: str = "eva@kund.example", to: str = SUPPORT) -> None:
    """A mail from outside, by swaks where that is installed."""
    swaks = shutil.which("swaks")
    if swaks:
        server, text = f"127.0.0.1:{kanal.smtp}", "The lamp does not light any more."
        command = [swaks, "--server", server, "--from", sender, "--to", to]
        subprocess.run([*command, "--header", f"Subject: {subject}", "--body", text], check=True, capture_output=True)
        return
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter.set_content("The lamp does not light any more.")
    with smtplib.SMTP("127.0.0.1", kanal.smtp) as door:
        door.send_message(letter)


def _answer(response: httpx2.Response) -> Any:
    assert response.is_success, f"{response.status_code} {response.text}"
    return response.json() if response.content else None
