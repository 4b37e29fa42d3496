"""The application with the routes about people, and one user who can sign in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from litestar import Litestar

from kanal.kit.db import Database
from kanal.people import links, passwords, queries
from tests.make import accounts, web

EMAIL, PASSWORD = "ann@example.com", "correct horse battery"


@pytest.fixture
def app(db: Database, tmp_path: Path) -> Litestar:
    return web.app(db, web.settings(tmp_path))


@pytest.fixture
async def browser(app: Litestar) -> AsyncIterator[httpx2.AsyncClient]:
    async with web.browser(app) as client:
        yield client


@pytest.fixture
async def ann(db: Database) -> int:
    """An agent of account `a` with a password; answers the account."""
    account = await accounts.account(db)
    await accounts.member(db, account, EMAIL, password_hash=await passwords.make(PASSWORD))
    return account


@pytest.fixture
async def signed_in(browser: httpx2.AsyncClient, ann: int) -> httpx2.AsyncClient:
    answer = await browser.post("/api/v1/session", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    browser.headers["kanal-account"] = "a"
    return browser


@pytest.fixture
async def reset_token(db: Database, ann: int) -> str:
    async with db.transaction(None) as tx:
        user = await queries.user_by_email(tx, EMAIL)
        assert user
        return await links.create(tx, user.id, "password_reset")
