"""Pictures from elsewhere: fetched by us when a reader asks, never from our own network, only if they are pictures."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from kanal.kit.db import Database
from tests.kit.test_http import answer, serve
from tests.make.said import said
from tests.make.site import Site

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path, KANAL_FETCH_ALLOW="127.0.0.1").open()


async def _shows(site: Site, *addresses: str) -> str:
    """A mail with these pictures; the path of the first."""
    words = "".join(f'<img data-remote-src="{each}">' for each in addresses)
    [fate] = await site.hear(said("Look", html=words))
    return f"/api/v1/messages/{fate.message_id}/remote-image"


async def test_a_picture_is_fetched_once_and_kept(site: Site, agent: httpx2.AsyncClient) -> None:
    async with serve({"/a.png?x=1&y=2": [answer(PNG, b"Content-Type: text/html\r\n")]}) as url:
        path = await _shows(site, f"{url}a.png?x=1&amp;y=2")
        first = await agent.get(path)
    again = await agent.get(path)
    assert (first.status_code, first.content, first.headers["content-type"]) == (200, PNG, "image/png")
    assert again.content == PNG
    assert first.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert "set-cookie" not in first.headers


async def test_each_picture_has_its_place(site: Site, agent: httpx2.AsyncClient) -> None:
    async with serve({"/a": [answer(PNG)], "/b": [answer(b"GIF89a")]}) as url:
        path = await _shows(site, f"{url}a", f"{url}b")
        assert (await agent.get(path, params={"n": "1"})).content == b"GIF89a"
        assert (await agent.get(path, params={"n": "2"})).status_code == 404


@pytest.mark.parametrize(
    ("content", "why"), [(b"<svg onload='alert(1)'/>", "no picture"), (PNG + b"\0" * 10_000_001, "larger than 10 MB")]
)
async def test_what_is_no_picture_or_too_large_is_not_shown(
    site: Site, agent: httpx2.AsyncClient, content: bytes, why: str
) -> None:
    async with serve({"/a": [answer(content, b"Content-Type: image/png\r\n")]}) as url:
        shown = await agent.get(await _shows(site, f"{url}a"))
    assert (shown.status_code, shown.json()["type"]) == (502, "/problems/picture-unavailable")
    assert why in shown.json()["detail"]


@pytest.mark.parametrize("address", ["http://10.0.0.1/a.png", "http://localhost/a.png", "https://[::1]/a.png"])
async def test_nobody_is_led_into_our_own_network(site: Site, agent: httpx2.AsyncClient, address: str) -> None:
    shown = await agent.get(await _shows(site, address))
    assert (shown.status_code, "public internet" in shown.json()["detail"]) == (502, True)
