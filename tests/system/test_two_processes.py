"""`kanal serve` and `kanal worker` beside each other, against a PostgreSQL of one's own: neither holds state."""

from __future__ import annotations

import httpx2
import pytest

from kanal.cli.bench.running import Running, temporary_folder
from kanal.kit.postgres import EmbeddedPostgres
from tests.make.running import Program, eventually, send

pytestmark = pytest.mark.slow
CHIEF = "chief@acme.example"
PASSWORD = "long enough 1"


def test_doors_and_workers_meet_in_the_database_and_workers_come_and_go() -> None:
    with temporary_folder() as folder, EmbeddedPostgres(folder / "postgres") as postgres:
        doors = Running(folder, what="serve", KANAL_DATABASE_URL=postgres.url, KANAL_SECRET_KEY="the same")
        worker = Running(folder, what="worker", KANAL_DATABASE_URL=postgres.url, KANAL_SECRET_KEY="the same")
        doors.command("account", "create", "acme")
        doors.command(
            "user", "create", "--account", "acme", "--email", CHIEF, "--role", "admin", "--password", PASSWORD
        )
        doors.launch()
        try:
            doors.wait_until_ready()
            with Program(doors, "acme", CHIEF) as program:
                _work_comes_in(doors, worker, program.http)
        finally:
            worker.close()
            doors.close()


def _work_comes_in(doors: Running, worker: Running, api: httpx2.Client) -> None:
    settings = {"method": "forwarding", "address": "help@acme.example"}
    api.post("/channels", json={"kind": "email", "name": "Help", "settings": settings}).raise_for_status()
    send(doors, "Before there is a worker", to="help@acme.example")
    assert api.get("/tickets").json()["items"] == []
    worker.launch()
    eventually(lambda: api.get("/tickets").json()["items"], within=30)
    assert worker.stop() == 0


def test_a_worker_without_a_database_of_its_own_says_what_is_missing() -> None:
    with temporary_folder() as folder:
        refused = Running(folder, what="worker").command("worker", check=False)
    assert refused.returncode == 1
    assert "KANAL_DATABASE_URL is not set" in refused.stderr
