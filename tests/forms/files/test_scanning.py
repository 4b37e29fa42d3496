"""A virus scanner beside the door: what it finds is told, and while it is away nothing is taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kanal.forms.files import ScannerAway, looked_at, scanning
from kanal.kit.settings import InvalidSetting, Settings
from sandbox.clamd import EICAR, Clamd
from tests.make import web


@pytest.fixture
async def clamd() -> AsyncIterator[Clamd]:
    made = Clamd()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settings(tmp_path: Path, clamd: Clamd) -> Settings:
    return web.settings(tmp_path, KANAL_CLAMD=f"127.0.0.1:{clamd.port}")


def file(folder: Path, content: bytes) -> Path:
    path = folder / "upload"
    path.write_bytes(content)
    return path


async def test_nothing_is_found_in_a_harmless_file(tmp_path: Path, settings: Settings) -> None:
    looked = await looked_at(file(tmp_path, b"Hello"), "a.txt", settings)
    assert (looked.content_type, looked.group, looked.virus) == ("text/plain", "document", "")


async def test_what_is_found_is_named_however_large_the_file(tmp_path: Path, settings: Settings) -> None:
    large = b"x" * (3 * scanning.CHUNK) + EICAR
    looked = await looked_at(file(tmp_path, large), "a.txt", settings)
    assert looked.virus == "Eicar-Signature"


async def test_without_a_scanner_nobody_is_asked(tmp_path: Path) -> None:
    looked = await looked_at(file(tmp_path, EICAR), "a.txt", web.settings(tmp_path))
    assert looked.virus == ""


async def test_a_scanner_that_is_away_is_not_left_out(tmp_path: Path, clamd: Clamd, settings: Settings) -> None:
    await clamd.stop()
    with pytest.raises(ScannerAway):
        await looked_at(file(tmp_path, b"Hello"), "a.txt", settings)


async def test_a_scanner_that_says_nothing_is_away(
    tmp_path: Path, clamd: Clamd, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    clamd.mute = True
    with pytest.raises(ScannerAway):
        await looked_at(file(tmp_path, b"Hello"), "a.txt", settings)


async def test_a_file_that_is_too_large_for_it_is_not_taken_unseen(
    tmp_path: Path, clamd: Clamd, settings: Settings
) -> None:
    clamd.most = 100
    with pytest.raises(ScannerAway):
        await looked_at(file(tmp_path, b"x" * 2_000_000), "a.txt", settings)


async def test_a_socket_of_this_machine_does_too(tmp_path: Path) -> None:
    with pytest.raises(ScannerAway):
        await scanning.scan(file(tmp_path, b"Hello"), str(tmp_path / "no.socket"))


def test_the_setting_is_a_socket_or_an_address(tmp_path: Path) -> None:
    assert web.settings(tmp_path, KANAL_CLAMD="unix:/run/clamd.ctl").clamd == "/run/clamd.ctl"
    with pytest.raises(InvalidSetting, match=r"127\.0\.0\.1:3310"):
        web.settings(tmp_path, KANAL_CLAMD="clamd")
