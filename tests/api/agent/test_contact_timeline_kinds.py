"""Of what happened between a contact and us one may ask for one sort of things, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kanal.kit.db import Database
from tests.make.form_desk import FormDesk, form_desk
from tests.make.smtp import held_server
from tests.make.submitting import EVA


@pytest.fixture
async def desk(db: Database, tmp_path: Path) -> AsyncIterator[FormDesk]:
    async with held_server() as server, form_desk(db, tmp_path, server) as desk:
        form = await desk.form()
        await desk.submit(form)
        await desk.connect(form)
        await desk.submit(form, EVA | {"subject": "The other lamp"})
        yield desk


async def _timeline(desk: FormDesk, **query: Any) -> dict[str, Any]:
    [contact] = await desk.rows("select contact_id as id from handles where key = 'eva@kund.example'")
    answer = await desk.chief.get(f"contacts/{contact['id']}/timeline", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_only_the_sort_that_was_asked_for_is_told(desk: FormDesk) -> None:
    everything = [each["kind"] for each in (await _timeline(desk))["items"]]
    assert {"submission", "ticket", "contact"} <= set(everything)
    for kind in ("submission", "ticket", "contact"):
        asked = [each["kind"] for each in (await _timeline(desk, kind=kind))["items"]]
        assert asked == [each for each in everything if each == kind]


async def test_before_they_sent_anything_nobody_knew_them(desk: FormDesk) -> None:
    items = (await _timeline(desk))["items"]
    assert items[-1]["kind"] == "contact"


async def test_pages_of_one_sort_go_on_where_they_ended(desk: FormDesk) -> None:
    first = await _timeline(desk, kind="submission", limit=1)
    second = await _timeline(desk, kind="submission", limit=1, after=first["next"])
    subjects = [_subject(page["items"][0]) for page in (first, second)]
    assert subjects == ["The other lamp", "The lamp"]
    assert second["next"] is None


def _subject(item: dict[str, Any]) -> str:
    answers = item["submission"]["answers"]
    return str(next(each["value"] for each in answers if each["name"] == "subject"))
