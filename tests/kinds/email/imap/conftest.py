from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make.dovecot import Dovecot, User, dovecot
from tests.make.mailbox import Reading, mailboxes


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


@pytest.fixture
def user(mail_server: Dovecot) -> User:
    return mail_server.user()


@pytest.fixture
async def reading(db: Database, tmp_path: Path) -> AsyncIterator[Reading]:
    async with mailboxes(db, tmp_path) as made:
        yield made
