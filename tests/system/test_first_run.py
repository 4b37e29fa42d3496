"""The first hour with a Kanal of one's own: the link that is printed once, a backup, and its way back."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from kanal.cli.bench.running import Running
from tests.make.running import Program, running

pytestmark = pytest.mark.slow

PASSWORD = "a lamp of one's own 4711"


def test_the_first_link_sets_a_password_once_and_leads_in() -> None:
    with running() as kanal:
        token = _printed_link(kanal)
        with httpx2.Client(base_url=f"{kanal.url}/api/v1", headers={"origin": kanal.url}) as browser:
            link = browser.get(f"/one-time-links/{token}").json()
            assert link["purpose"] == "first_run"
            chosen = browser.post(f"/one-time-links/{token}", json={"password": PASSWORD, "name": "Alva"})
            assert (chosen.status_code, chosen.json()["accounts"][0]["slug"]) == (201, "desk")
            assert browser.get(f"/one-time-links/{token}").status_code == 404
            assert browser.post(f"/one-time-links/{token}", json={"password": PASSWORD}).status_code == 404
            browser.cookies.clear()
            again = browser.post("/session", json={"email": link["email"], "password": PASSWORD})
            assert again.status_code == 201
            assert browser.get("/session").json()["user"]["name"] == "Alva"
        kanal.stop()
        spoken = len(kanal.said())
        kanal.start()
        assert "/welcome#" not in kanal.said()[spoken:]


def test_a_backup_made_while_running_is_a_whole_installation_elsewhere() -> None:
    with running(demo=True) as kanal:
        backup = kanal.folder / "kanal.tar.gz"
        kanal.command("backup", str(backup))
        saved = _everything(kanal)
        with running() as other:
            other.stop()
            refused = other.command("restore", str(backup), check=False)
            assert refused.returncode == 1
            other.command("restore", "--force", str(backup))
            other.start()
            assert _everything(other) == saved
            assert _a_file(other) == _a_file(kanal)


def _printed_link(kanal: Running) -> str:
    [token] = re.findall(rf"{re.escape(kanal.url)}/welcome#(\S+)", kanal.said())
    return str(token)


def _everything(kanal: Running) -> object:
    with Program(kanal) as program:
        tickets = program.get("/tickets", limit=200)["items"]
        assert tickets
        return [(ticket["number"], ticket["subject"], program.messages(ticket["id"])) for ticket in tickets]


def _a_file(kanal: Running) -> bytes:
    files = [path for path in sorted(Path(kanal.folder, "data", "files").rglob("*")) if path.is_file()]
    assert files
    return files[0].read_bytes()
