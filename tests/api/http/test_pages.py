"""What a browser is handed besides the API: headers, the agent app, the API's description, health."""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from litestar import Litestar

from kanal.api.http import headers
from kanal.api.http.origin import own_origins
from kanal.api.http.web import handlers
from kanal.kit.db import Database
from tests.make import accounts, web


@pytest.mark.parametrize("path", ["/", "/api/docs", "/api/openapi.json", "/api/v1/me", "/nothing", "/health/live"])
async def test_every_answer_carries_the_security_headers(browser: httpx2.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy, "scripts fall back to default-src: ours, and none inline"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_no_https_is_demanded_where_there_is_none(tmp_path: Path) -> None:
    local = headers.security_headers(web.settings(tmp_path, KANAL_PUBLIC_URL="http://127.0.0.1:8000"))
    assert "strict-transport-security" not in local
    assert "ws://127.0.0.1:8000" in local["content-security-policy"]
    assert "upgrade-insecure-requests" not in local["content-security-policy"]


def test_own_origin_is_written_as_browsers_write_it() -> None:
    assert own_origins("https://desk.example.com:443") == {"https://desk.example.com"}
    assert own_origins("https://desk.example.com:8443") == {"https://desk.example.com:8443"}
    assert "http://localhost:8000" in own_origins("http://127.0.0.1:8000")


async def test_description_and_its_page_need_nothing_from_elsewhere(browser: httpx2.AsyncClient) -> None:
    document = (await browser.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    session = document["paths"]["/api/v1/session"]["post"]
    assert session["responses"]["default"]["content"]["application/problem+json"]
    page = await browser.get("/api/docs")
    loaded = [a for a in re.findall(r'(?:src|href)="([^"]+)"', page.text) if a != "data:,"]
    assert all(address.startswith("/api/") for address in loaded)
    for address in loaded:
        assert (await browser.get(address)).status_code == 200
    assert "<script>" not in page.text


async def test_missing_agent_app_says_how_to_build_it(db: Database, tmp_path: Path) -> None:
    app = Litestar(handlers(tmp_path), openapi_config=None)
    async with web.browser(app) as browser:
        answer = await browser.get("/a/demo/tickets")
    assert answer.status_code == 503
    assert "make run" in answer.text


@pytest.fixture
async def built(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in front of a built agent app."""
    (tmp_path / "web" / "assets").mkdir(parents=True)
    (tmp_path / "web" / "index.html").write_text("<html>the app")
    (tmp_path / "web" / "assets" / "index-1a2b.js").write_text("run()")
    (tmp_path / "secret.key").write_text("secret")
    app = Litestar(handlers(tmp_path / "web"), openapi_config=None)
    async with web.browser(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/signin", "/welcome", "/reset", "/a/demo", "/a/demo/tickets/17"])
async def test_one_page_stands_at_all_addresses_of_the_app(built: httpx2.AsyncClient, path: str) -> None:
    answer = await built.get(path)
    assert (answer.text, answer.headers["cache-control"]) == ("<html>the app", "no-cache")


async def test_assets_are_packed_and_kept_for_good(built: httpx2.AsyncClient) -> None:
    async with built.stream("GET", "/assets/index-1a2b.js") as answer:
        packed = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert gzip.decompress(packed) == b"run()"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/%2e%2e/%2e%2e/secret.key",
        "/assets/..%2f..%2fsecret.key",
        "/..%2fsecret.key",
        "/assets/%00",
        "/assets/",
        "/nothing.svg",
    ],
)
async def test_files_outside_the_app_are_not_served(built: httpx2.AsyncClient, path: str) -> None:
    assert (await built.get(path)).status_code == 404


async def test_health_tells_alive_from_ready(browser: httpx2.AsyncClient, db: Database) -> None:
    assert (await browser.get("/health/live")).json() == {"status": "ok"}
    assert (await browser.get("/health/ready")).json() == {"status": "ok"}


async def test_metrics_are_for_this_machine_and_admins(app: Litestar, db: Database) -> None:
    account = await accounts.account(db)
    token = await accounts.token(db, account, await accounts.member(db, account, role="admin"))
    async with (
        web.program(app) as stranger,
        web.program(app, ip="127.0.0.1") as local,
        web.program(app, token) as admin,
    ):
        assert (await stranger.get("/metrics")).status_code == 403
        assert (await local.get("/metrics", headers={"x-forwarded-for": "203.0.113.7"})).status_code == 403
        assert "kanal_http_request_seconds" in (await local.get("/metrics")).text
        assert (await admin.get("/metrics")).status_code == 200
