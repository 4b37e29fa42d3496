"""No mail of a mailbox is lost, and none is doubled, when `kanal up` is killed again and again while it is fetched."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import psycopg
import pytest

from kanal.cli.bench.running import Running, temporary_folder
from kanal.kit.postgres import EmbeddedPostgres
from tests.make.dovecot import User, dovecot, mail_of

pytestmark = [pytest.mark.slow, pytest.mark.system, pytest.mark.timeout(900)]

MAILS, KILLS = 2_000, 5
PATIENCE = 240.0


def test_every_mail_of_a_mailbox_is_one_ticket_over_five_kills_and_the_ledger_balances() -> None:
    with dovecot() as server, temporary_folder() as folder:
        user = server.user()
        kanal = Running(folder)
        try:
            kanal.start()
            connect(kanal, user)
            with psycopg.connect(EmbeddedPostgres(kanal.folder / "data").url, autocommit=True) as database:
                wait_for(database, "select count(*) >= 1 from ledger_folders where swept_at is not null")
            with coming(user):
                stored = killed(kanal)
            assert sum(0 < count < MAILS for count in stored) >= 2, f"{stored}: it was killed at other times"
            with psycopg.connect(EmbeddedPostgres(kanal.folder / "data").url, autocommit=True) as database:
                wait_for(database, f"select count(*) = {MAILS} from ledger where state = 'stored'")
                wait_for(database, "select not exists (select from raw_events where state in ('waiting', 'failed'))")
                assert tickets(database) == Counter(subject(number) for number in range(MAILS))
                assert unexplained(database) == []
        finally:
            kanal.close()


def connect(kanal: Running, user: User) -> None:
    settings = {"method": "imap", "address": user.name, "imap": user.imap()}
    headers = {"authorization": f"Bearer {kanal.token('desk', 'admin@localhost')}"}
    with httpx2.Client(base_url=f"{kanal.url}/api/v1", headers=headers, timeout=30) as api:
        wanted = {"kind": "email", "name": "Support", "settings": settings, "accepted": True}
        answer = api.post("/channels", json=wanted)
        assert answer.is_success, answer.text


@contextmanager
def coming(user: User) -> Iterator[None]:
    """Mail after mail, each from a customer of their own."""

    def deliver() -> None:
        for number in range(MAILS):
            user.deliver(mail_of(subject(number), sender=f"kund-{number}@kund.example"))
            time.sleep(0.01)

    customers = threading.Thread(target=deliver)
    customers.start()
    try:
        yield
    finally:
        customers.join()


def killed(kanal: Running) -> list[int]:
    """At moments that nobody chose, in the midst of fetching; how much was stored each time."""
    chance, stored = random.Random(), []
    for kill in range(KILLS):
        least = MAILS * kill // (KILLS + 1) + chance.randrange(MAILS // (KILLS + 2))
        with psycopg.connect(EmbeddedPostgres(kanal.folder / "data").url, autocommit=True) as database:
            wait_for(database, f"select count(*) > {least} from ledger where state = 'stored'")
            time.sleep(chance.uniform(0, 0.1))
            [count] = database.execute("select count(*) from ledger where state = 'stored'").fetchone() or (0,)
        kanal.kill()
        stored.append(count)
        kanal.start()
    return stored


def subject(number: int) -> str:
    return f"Where is order {number:05}?"


def wait_for(database: psycopg.Connection[Any], question: str) -> None:
    end = time.monotonic() + PATIENCE
    while database.execute(question.encode()).fetchone() != (True,):
        assert time.monotonic() < end, question
        time.sleep(0.2)


def tickets(database: psycopg.Connection[Any]) -> Counter[str]:
    return Counter(each for (each,) in database.execute("select subject from tickets"))


def unexplained(database: psycopg.Connection[Any]) -> list[Any]:
    return database.execute(
        """
        select l.folder, l.key, l.state, r.state from ledger l
        left join raw_events r on r.account_id = l.account_id and r.id = l.raw_event_id
        where l.gone_at is null and (l.state in ('wanted', 'failed') or (l.state = 'stored' and r.state is null))
        """
    ).fetchall()
