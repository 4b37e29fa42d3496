"""The mailbox that the demo leaves for a stranger: found working, connected by IMAP, read and answered."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from typing import Any

import pytest

from kanal.cli.bench.running import Running
from kanal.cli.demo_mailboxes import PASSWORDS, RETURNS, STUDIO
from tests.make.running import Outside, Program, eventually, running

pytestmark = pytest.mark.slow
CUSTOMER = "nora@kund.example"


@pytest.fixture(scope="module")
def demo() -> Iterator[Running]:
    with running(demo=True) as kanal:
        yield kanal


@pytest.fixture(scope="module")
def program(demo: Running) -> Iterator[Program]:
    with Program(demo) as program:
        yield program


@pytest.fixture(scope="module")
def outside(demo: Running) -> Iterator[Outside]:
    with Outside(demo) as outside:
        yield outside


@pytest.fixture(scope="module")
def studio(demo: Running, program: Program) -> dict[str, Any]:
    """Connected as the wizard does it."""
    settings = settings_of(demo)
    found = program.post("/channels/discover", kind="email", address=STUDIO)["settings"]
    assert {part: found[part]["port"] for part in ("imap", "smtp")} == {"imap": demo.imap, "smtp": demo.catcher}
    tried = program.post("/channels/check", kind="email", settings=settings)
    assert {folder["name"] for folder in tried["folders"]} >= {"INBOX", "Sent"}
    made: dict[str, Any] = program.post("/channels", kind="email", name="Studio", settings=settings, accepted=True)
    return made


def settings_of(demo: Running) -> dict[str, Any]:
    sign_in = {"host": "127.0.0.1", "security": "none", "user": STUDIO, "password": PASSWORDS[STUDIO]}
    return {
        "method": "imap",
        "address": STUDIO,
        "imap": sign_in | {"port": demo.imap},
        "smtp": sign_in | {"port": demo.catcher},
    }


def in_folder(demo: Running, folder: str) -> list[str]:
    """Message-IDs, as another mail program sees them."""
    with imaplib.IMAP4("127.0.0.1", demo.imap, timeout=10) as client:
        client.login(STUDIO, PASSWORDS[STUDIO])
        client.select(folder, readonly=True)
        _, parts = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        return [part[1].decode().partition(":")[2].strip() for part in parts if isinstance(part, tuple)]


def test_eml_28_the_address_is_proved_by_a_mail_that_comes_back(program: Program, studio: dict[str, Any]) -> None:
    def proved() -> bool:
        return bool(program.get(f"/channels/{studio['id']}")["proof"] == "proved")

    assert eventually(proved)


@pytest.mark.parametrize("to", [RETURNS, STUDIO])
def test_k4_a_mail_is_a_ticket_by_itself(program: Program, outside: Outside, studio: dict[str, Any], to: str) -> None:
    outside.write(CUSTOMER, to, f"Came to {to}")
    assert eventually(lambda: program.ticket(f"Came to {to}"))


def test_eml_19_an_answer_leaves_once_its_copy_is_known_as_ours_and_the_ledger_balances(
    demo: Running, program: Program, outside: Outside, studio: dict[str, Any]
) -> None:
    outside.write(CUSTOMER, STUDIO, "Answer me")
    ticket = eventually(lambda: program.ticket("Answer me"))
    program.post(f"/tickets/{ticket['id']}/replies", text="We open at ten.")
    mail = eventually(lambda: next((m for m in outside.inbox(CUSTOMER) if "ten" in m["text"]), None))
    eventually(lambda: in_folder(demo, "Sent") == [mail["message_id"]])

    def balanced() -> dict[str, Any] | None:
        ledger = program.get(f"/channels/{studio['id']}/ledger")
        sent = next((each for each in ledger["folders"] if each["folder"] == "Sent"), {"explained": 0})
        return ledger if sent["explained"] == 1 and ledger["on_server"] == ledger["explained"] else None

    assert eventually(balanced, within=40)
    assert [message["direction"] for message in program.messages(ticket["id"])] == ["in", "out"]
    assert len([m for m in outside.inbox(CUSTOMER) if "ten" in m["text"]]) == 1


def test_eml_11_a_wrong_password_connects_nothing_and_is_named(demo: Running, program: Program) -> None:
    settings = settings_of(demo)
    settings["imap"]["password"] = "wrong"
    answer = program.http.post("/channels/check", json={"kind": "email", "settings": settings})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "imap.password")
    wanted = {"kind": "email", "name": "Wrong", "settings": settings, "accepted": True}
    answer = program.http.post("/channels", json=wanted)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "settings.imap.password")
    assert "Wrong" not in [channel["name"] for channel in program.get("/channels")["items"]]
