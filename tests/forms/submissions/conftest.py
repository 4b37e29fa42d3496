"""A desk with a form, whose submissions are looked at by the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kanal.kit.db import Database
from tests.make.form_desk import FormDesk, form_desk
from tests.make.smtp import held_server


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> AsyncIterator[FormDesk]:
    async with held_server() as server, form_desk(db, tmp_path, server) as made:
        yield made
