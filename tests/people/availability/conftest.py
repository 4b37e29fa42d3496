from __future__ import annotations

from uuid import UUID

import pytest

from kanal.kit.db import Database
from tests.make import accounts
from tests.make.availability import People


@pytest.fixture
async def people(db: Database) -> People:
    return People(db, await accounts.account(db))


@pytest.fixture
async def ann(people: People) -> UUID:
    return await accounts.member(people.db, people.account)


@pytest.fixture
async def bo(people: People) -> UUID:
    return await accounts.member(people.db, people.account, "bo@example.com", name="Bo Agent")
