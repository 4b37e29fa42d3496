"""A browser in which an agent of the site is signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from kanal.people import passwords
from tests.make import accounts, web
from tests.make.site import Site

PASSWORD = "correct horse battery"


@asynccontextmanager
async def signed_in(site: Site, name: str = "bea", slug: str = "a") -> AsyncIterator[httpx2.AsyncClient]:
    email = f"{name}@browser.example"
    hashed = await passwords.make(PASSWORD)
    site.members[name] = await accounts.member(site.db, site.account, email, password_hash=hashed, name="Bea Browser")
    async with web.browser(site.app) as client:
        answer = await client.post("/api/v1/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        client.headers["kanal-account"] = slug
        yield client
