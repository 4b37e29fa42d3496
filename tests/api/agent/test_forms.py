"""Forms through the API: building, publishing, versions, copying and deleting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.make import people
from tests.make.forms import connect_form
from tests.make.people import field, kind
from tests.make.site import Site

FIXED = ("name", "type", "label", "required", "hidden", "default", "options", "property")


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "adam", "admin") as client:
        yield client


async def made(admin: httpx2.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await admin.post("forms", json={"name": "Contact us", **body})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_frm_3_a_new_form_sets_ticket_name_description_pipeline_and_status(admin: httpx2.AsyncClient) -> None:
    form = await made(admin)
    assert [(each["name"], each["type"], each["property"]) for each in form["fields"]] == [
        ("name", "text", "contact.name"),
        ("email", "email", "contact.email"),
        ("subject", "text", "ticket.subject"),
        ("description", "long_text", "ticket.description"),
        ("pipeline", "select", "ticket.pipeline"),
        ("status", "select", "ticket.status"),
    ]
    assert all(name in each for each in form["fields"] for name in FIXED)
    assert (form["problems"], form["answerable"], form["version"]) == ([], True, 1)
