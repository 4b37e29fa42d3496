"""No submission that was thanked for is lost, and none is doubled, when `kanal up` is killed in the midst of them."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import psycopg
import pytest

from kanal.cli.bench.running import Running, temporary_folder
from kanal.kit.postgres import EmbeddedPostgres

pytestmark = [pytest.mark.slow, pytest.mark.system]

SUBMISSIONS, VISITORS, KILLS = 2_000, 8, 3
PATIENCE = 120.0


def test_every_submission_that_was_thanked_for_is_one_ticket_over_three_kills() -> None:
    with temporary_folder() as folder:
        kanal = Running(folder, KANAL_TRUSTED_PROXIES="127.0.0.1/32")
        try:
            kanal.start()
            form = connected_form(kanal)
            thanked = submit_through_kills(kanal, form["key"])
            with psycopg.connect(EmbeddedPostgres(kanal.folder / "data").url, autocommit=True) as database:
                wait_until_settled(database)
                assert len(thanked) == SUBMISSIONS
                assert stored(database) == Counter(thanked)
                assert tickets(database) == Counter(subject(number) for number in range(SUBMISSIONS))
        finally:
            kanal.close()


def connected_form(kanal: Running) -> Any:
    token = kanal.token("desk", "admin@localhost")
    with httpx2.Client(base_url=f"{kanal.url}/api/v1", headers={"authorization": f"Bearer {token}"}) as api:
        form = api.post("/forms", json={"name": "Contact us"}).raise_for_status().json()
        wanted = {"kind": "form", "name": "Contact us", "settings": {"form": form["id"]}}
        api.post("/channels", json=wanted).raise_for_status()
    return form


def submit_through_kills(kanal: Running, key: str) -> list[str]:
    """The id that each was thanked with; what broke off is sent again, as a page does, under the same token."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(SUBMISSIONS):
        waiting.put(number)
    thanked: dict[int, str] = {}
    over = threading.Event()

    def visitor() -> None:
        with httpx2.Client(base_url=kanal.url, timeout=30) as browser:
            while not over.is_set():
                try:
                    number = waiting.get(timeout=0.1)
                except queue.Empty:
                    continue
                try:
                    answer = browser.post(f"/f/{key}", json=filled_in(number), headers=network(number))
                except httpx2.HTTPError:
                    waiting.put(number)
                    time.sleep(0.05)
                    continue
                if answer.status_code == 503:
                    waiting.put(number)
                    continue
                assert answer.status_code == 201, answer.text
                thanked[number] = answer.json()["id"]

    with ThreadPoolExecutor(VISITORS) as threads:
        visitors = [threads.submit(visitor) for _ in range(VISITORS)]
        try:
            for kill in range(KILLS):
                wait_for(thanked, SUBMISSIONS * (kill + 1) // (KILLS + 1))
                kanal.kill()
                kanal.start()
            wait_for(thanked, SUBMISSIONS)
        finally:
            over.set()
        for each in visitors:
            each.result()
    return list(thanked.values())


def filled_in(number: int) -> dict[str, str]:
    return {
        "email": f"kund-{number}@firma.example",
        "subject": subject(number),
        "description": "It was due yesterday.",
        "_submission": f"visitor-{number:05}",
    }


def subject(number: int) -> str:
    return f"Where is order {number:05}?"


def network(number: int) -> dict[str, str]:
    """Each from a network of its own, since many from one would be kept aside."""
    return {"x-forwarded-for": f"11.{number // 256}.{number % 256}.1"}


def wait_for(thanked: dict[int, str], count: int) -> None:
    seen, since = len(thanked), time.monotonic()
    while len(thanked) < count:
        time.sleep(0.01)
        if len(thanked) > seen:
            seen, since = len(thanked), time.monotonic()
        assert time.monotonic() - since < PATIENCE, f"only {seen} were thanked for"


def wait_until_settled(database: psycopg.Connection[Any]) -> None:
    end = time.monotonic() + PATIENCE
    while database.execute("select 1 from raw_events where state in ('waiting', 'failed')").fetchone():
        assert time.monotonic() < end, "some submissions never became tickets"
        time.sleep(0.2)


def stored(database: psycopg.Connection[Any]) -> Counter[str]:
    return Counter(id_ for (id_,) in database.execute("select id::text from form_submissions where caught = ''"))


def tickets(database: psycopg.Connection[Any]) -> Counter[str]:
    return Counter(each for (each,) in database.execute("select subject from tickets"))
