"""People who fill in a form of the running desk, each from an address of their own."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from kanal.cli.bench.running import Running
from tests.make.running import Program

FIELDS: list[dict[str, Any]] = [
    {"name": "name", "type": "text", "label": "Your name", "property": "contact.name"},
    {"name": "email", "type": "email", "label": "Email", "required": True, "property": "contact.email"},
    {"name": "subject", "type": "text", "label": "Subject", "required": True, "property": "ticket.subject"},
    {"name": "campaign", "type": "text", "label": "Campaign", "hidden": True, "default": "spring"},
]
ADDRESSES = (f"198.{a}.{b}.7" for a, b in itertools.product(range(256), repeat=2))
"""Each in a network of its own, so that nobody seems to be too many."""


class Visitors:
    """A form of the demo's account, and people who fill it in."""

    def __init__(self, kanal: Running, program: Program, name: str, fields: list[dict[str, Any]] | None = None) -> None:
        self.kanal, self.program, self.name = kanal, program, name
        form = program.post("/forms", name=name, fields=fields or FIELDS)
        self.id, self.key = str(form["id"]), str(form["key"])
        self.page = f"/a/demo/forms/{self.id}/submissions"

    def connect(self) -> str:
        """To a channel, from then on; its id."""
        made = self.program.post("/channels", kind="form", name=f"{self.name} channel", settings={"form": self.id})
        return str(made["id"])

    def send(self, subject: str, name: str = "Eva Ek", email: str = "eva@kund.example", **more: Any) -> str:
        """The submission's id."""
        answer = httpx2.post(
            f"{self.kanal.url}/f/{self.key}",
            json={"name": name, "email": email, "subject": subject, **more},
            headers={"x-forwarded-for": next(ADDRESSES)},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@contextmanager
def desk_with_visitors() -> Iterator[Running]:
    """The demo's desk, which believes what is said of where a visitor is."""
    folder = Path(tempfile.mkdtemp(prefix="kanal-browser-"))
    folder.chmod(0o711)
    with Running(folder, demo=True, KANAL_TRUSTED_PROXIES="127.0.0.0/8") as running:
        yield running
    shutil.rmtree(folder, ignore_errors=True)
