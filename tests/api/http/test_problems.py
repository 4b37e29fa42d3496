"""Every error is a problem document that names the field, whatever went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import httpx2
import msgspec
import psycopg
import pytest
from litestar import Litestar, get, post

from kanal.api.http.given import FromQuery, JSONBody, Limit
from kanal.api.http.problem import Invalid
from kanal.kit.db import Database
from tests.make import web


class Server(msgspec.Struct, forbid_unknown_fields=True):
    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 25


class Thing(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    smtp: Server | None = None


@post("/things", exclude_from_auth=True)
async def make_thing(data: JSONBody[Thing]) -> str:
    if data.name == "taken":
        raise Invalid("name", "somebody has it")
    return data.name


@get("/things", exclude_from_auth=True)
async def list_things(limit: Limit = 50, broken: FromQuery[str | None] = None) -> int:
    if broken == "deadlock":
        raise psycopg.errors.DeadlockDetected("ann@example.com")
    if broken:
        raise RuntimeError("ann@example.com")
    return limit


@pytest.fixture
def app(db: Database, tmp_path: Path) -> Litestar:
    return web.app(db, web.settings(tmp_path), [make_thing, list_things])


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["status"] == answer.status_code
    assert document["title"]
    return document


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": 5}, "name"),
        ({"name": "x", "colour": "red"}, "colour"),
        ({"name": "x", "smtp": {}}, "smtp.host"),
        ({"name": "x", "smtp": {"host": "x", "port": 0}}, "smtp.port"),
        ({"name": "x", "smtp": {"host": "x", "prot": 1}}, "smtp.prot"),
        ({"name": "taken"}, "name"),
        ([], "body"),
        (None, "body"),
    ],
)
async def test_wrong_body_names_the_field(browser: httpx2.AsyncClient, body: object, field: str) -> None:
    document = _problem(await browser.post("/api/v1/things", json=body))
    assert (document["type"], document["status"]) == ("/problems/invalid", 422)
    assert [error["field"] for error in document["errors"]] == [field]
    assert document["errors"][0]["message"]


async def test_body_that_is_no_json_is_named(browser: httpx2.AsyncClient) -> None:
    document = _problem(
        await browser.post("/api/v1/things", content=b'{"name": ', headers={"content-type": "application/json"})
    )
    assert (document["type"], document["errors"][0]["field"]) == ("/problems/invalid", "body")


@pytest.mark.parametrize("limit", ["0", "201", "many"])
async def test_wrong_parameter_is_named(browser: httpx2.AsyncClient, limit: str) -> None:
    document = _problem(await browser.get("/api/v1/things", params={"limit": limit}))
    assert [error["field"] for error in document["errors"]] == ["limit"]


async def test_unknown_address_and_method_are_problems(browser: httpx2.AsyncClient) -> None:
    assert _problem(await browser.get("/api/v1/nothing"))["type"] == "/problems/not-found"
    assert _problem(await browser.get("/nothing/at/all"))["type"] == "/problems/not-found"
    wrong = await browser.delete("/api/v1/things")
    assert _problem(wrong)["type"] == "/problems/method-not-allowed"
    assert {"GET", "POST"} <= set(wrong.headers["allow"].split(", "))


async def test_too_large_body_is_refused(browser: httpx2.AsyncClient) -> None:
    document = _problem(await browser.post("/api/v1/things", json={"name": "x" * 10_000_001}))
    assert (document["type"], document["status"]) == ("/problems/too-large", 413)


async def test_crash_tells_nothing_but_its_number(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/api/v1/things", params={"broken": "yes"})
    assert _problem(answer)["type"] == "/problems/internal"
    assert "ann@" not in answer.text
    assert answer.headers["x-request-id"]


async def test_whoever_was_in_the_way_of_another_is_told_to_try_again(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/api/v1/things", params={"broken": "deadlock"})
    assert (_problem(answer)["type"], answer.status_code) == ("/problems/not-ready", 503)
    assert answer.headers["retry-after"] == "1"
    assert "ann" not in answer.text
