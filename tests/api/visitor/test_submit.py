"""POST /f/{key}, as browsers, scripts and programs send it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kanal.forms.models import Definition, Field
from kanal.kit.db import Database
from tests.make import web
from tests.make.forms import field, make_form
from tests.make.site import Site
from tests.make.submitting import EVA

SHOP = "https://shop.example"
PDF = b"%PDF-1.7 the invoice"


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    return await Site(db, tmp_path).open()


@pytest.fixture
async def visitor(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with web.program(site.app) as client:
        yield client


async def form(site: Site, *fields: Field, **options: Any) -> Definition:
    return await make_form(site.db, site.account, *fields, **options)


async def rows(site: Site, sql: Any) -> list[dict[str, Any]]:
    async with site.db.transaction(site.account) as tx:
        return await tx.dicts(sql)


async def stored(site: Site) -> list[dict[str, Any]]:
    return await rows(site, "select * from form_submissions order by received_at")


async def test_frm_5_json_is_answered_with_the_id(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    answer = await visitor.post(f"/f/{made.key}", json=EVA)
    [row] = await stored(site)
    assert answer.status_code == 201
    assert answer.json() == {"id": str(row["id"]), "thanks": {"text": None}, "redirect": None}
    assert (row["answers"], row["source"]) == (EVA, "api")


@pytest.mark.parametrize("how", ["data", "files"])
async def test_a_plain_page_leads_to_the_thanks(site: Site, visitor: httpx2.AsyncClient, how: str) -> None:
    made = await form(site)
    body: Any = {"data": EVA} if how == "data" else {"files": [(name, (None, text)) for name, text in EVA.items()]}
    answer = await visitor.post(f"/f/{made.key}", **body, headers={"origin": SHOP, "referer": f"{SHOP}/help"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/f/{made.key}/thanks")
    [row] = await stored(site)
    assert (row["answers"], row["source"], row["page"]) == (EVA, "plain", f"{SHOP}/help")
    assert (await visitor.get(answer.headers["location"])).status_code == 200


async def test_a_form_may_lead_elsewhere(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, after="redirect", redirect_url=f"{SHOP}/thanks")
    assert (await visitor.post(f"/f/{made.key}", data=EVA)).headers["location"] == f"{SHOP}/thanks"
    assert (await visitor.post(f"/f/{made.key}", json=EVA)).json()["redirect"] == f"{SHOP}/thanks"


async def test_wrong_fields_are_named(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    answer = await visitor.post(f"/f/{made.key}", json={"email": "eva", "subject": "The lamp"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [each["field"] for each in answer.json()["errors"]] == ["email", "description"]
    assert await stored(site) == []


async def test_a_page_comes_back_with_what_was_typed(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, language="sv")
    given = {**EVA, "email": "eva", "_submission": "t-0123456789"}
    answer = await visitor.post(f"/f/{made.key}", data=given)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    for text in ("It does not light.", 'value="eva"', "t-0123456789", "Skriv en e-postadress"):
        assert text in answer.text


async def test_an_unknown_field_is_kept_as_extra(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    await visitor.post(f"/f/{made.key}", data={**EVA, "basket": "17", "tags": ["a", "b"], "_website": "", "_page": ""})
    [row] = await stored(site)
    assert row["extra"] == {"basket": "17", "tags": ["a", "b"]}


async def test_a_second_copy_is_answered_as_the_first(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    answers = [await visitor.post(f"/f/{made.key}", json={**EVA, "_submission": "t1"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(await stored(site)) == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, "JSON"),
        ({"content": b"[1]", "headers": {"content-type": "application/json"}}, "JSON"),
        ({"content": b"<a/>", "headers": {"content-type": "text/xml"}}, "send the form as"),
        ({"content": b"--x", "headers": {"content-type": "multipart/form-data"}}, "boundary"),
        ({"content": b"nonsense", "headers": {"content-type": "multipart/form-data; boundary=x"}}, "parts"),
        (
            {
                "content": b'--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nEva',
                "headers": {"content-type": "multipart/form-data; boundary=x"},
            },
            "ends within",
        ),
        (
            {
                "content": b"--x\r\ncontent-disposition: form-data\r\n\r\nEva\r\n--x--",
                "headers": {"content-type": "multipart/form-data; boundary=x"},
            },
            "no name",
        ),
    ],
)
async def test_what_no_form_could_send_is_refused(
    site: Site, visitor: httpx2.AsyncClient, body: dict[str, Any], why: str
) -> None:
    made = await form(site)
    answer = await visitor.post(f"/f/{made.key}", **body)
    assert answer.status_code == 422
    assert why in answer.json()["errors"][0]["message"]


async def test_text_of_an_old_page_is_read(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, field("name"))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    await visitor.post(f"/f/{made.key}", content=b"name=%C5ke+Sj%F6", headers=headers)
    await visitor.post(f"/f/{made.key}", content=b"name=%C3%85ke", headers=headers)
    assert [row["answers"]["name"] for row in await stored(site)] == ["Åke Sjö", "Åke"]


async def test_files_are_stored_as_what_their_bytes_say(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, field("scan", "file", limits={"files": 2, "file_groups": ["document"]}))
    files = [("scan", (name, PDF, "image/png")) for name in ("C:\\a.pdf", "b.pdf")]
    answer = await visitor.post(f"/f/{made.key}", files=files, headers={"accept": "application/json"})
    assert answer.status_code == 201
    kept = await rows(site, "select name, content_type, size, blob from form_files order by position")
    assert [(row["name"], row["content_type"], row["size"]) for row in kept] == [
        (name, "application/pdf", len(PDF)) for name in ("a.pdf", "b.pdf")
    ]
    assert await site.storage.get(kept[0]["blob"]) == PDF


@pytest.mark.parametrize(
    ("files", "mend"),
    [
        ([("scan", ("a.html", b"<html>", "application/pdf"))], "a.html is not a kind of file"),
        ([("scan", ("a.pdf", PDF + b" " * 100, "application/pdf"))], "a.pdf is too large"),
        ([("scan", ("a.pdf", PDF, "application/pdf"))] * 2, "1 files at most"),
        ([("scan", (None, b"a.pdf"))], "Choose a file"),
    ],
)
async def test_files_that_the_field_does_not_take_are_named_beside_it(
    site: Site, visitor: httpx2.AsyncClient, files: Any, mend: str
) -> None:
    made = await form(site, field("scan", "file", limits={"file_bytes": 50, "file_groups": ["document"]}))
    answer = await visitor.post(f"/f/{made.key}", files=files, headers={"accept": "application/json"})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"] == "scan"
    assert mend in error["message"]


async def test_a_file_that_no_field_takes_is_not_kept_but_named(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    files: Any = [*((name, (None, text)) for name, text in EVA.items()), ("virus", ("a.exe", b"MZ", "image/png"))]
    await visitor.post(f"/f/{made.key}", files=files)
    [row] = await stored(site)
    assert row["extra"] == {"virus": "a.exe"}
    assert await rows(site, "select id from form_files") == []


class Endless:
    """A body of 100 MB, which counts how much of it was taken."""

    def __init__(self) -> None:
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(100):
            self.taken += 1_000_000
            yield b"x" * 1_000_000


@pytest.mark.parametrize("announced", [True, False])
async def test_100_mb_are_refused_early(site: Site, visitor: httpx2.AsyncClient, announced: bool) -> None:
    made = await form(site)
    body = Endless()
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    headers |= {"content-length": "100000000"} if announced else {}
    answer = await visitor.post(f"/f/{made.key}", content=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert body.taken <= (0 if announced else 2_000_000)


async def test_a_closed_form_says_so(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, closed=True, closed_text="We are on holiday.")
    page = await visitor.post(f"/f/{made.key}", data=EVA)
    problem = await visitor.post(f"/f/{made.key}", json=EVA)
    assert (page.status_code, problem.status_code, problem.json()["type"]) == (410, 410, "/problems/form-closed")
    assert "We are on holiday." in page.text
    assert "We are on holiday." in problem.text
    assert await stored(site) == []


async def test_a_form_that_is_not_there_says_so(site: Site, visitor: httpx2.AsyncClient) -> None:
    assert (await visitor.post("/f/nosuchform", data=EVA)).status_code == 404
    assert (await visitor.post("/f/nosuchform", json=EVA)).json()["type"] == "/problems/not-found"


async def test_a_deleted_form_says_so(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    await rows(site, "update forms set deleted_at = now() returning id")
    assert (await visitor.post(f"/f/{made.key}", data=EVA)).status_code == 410
    assert (await visitor.post(f"/f/{made.key}", json=EVA)).json()["type"] == "/problems/form-deleted"


async def test_another_site_is_refused_where_sites_are_listed(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site, origins=[SHOP])
    asked = {origin: await visitor.post(f"/f/{made.key}", json=EVA, headers={"origin": origin}) for origin in ORIGINS}
    assert {origin: answer.status_code for origin, answer in asked.items()} == ORIGINS
    assert asked[SHOP].headers["access-control-allow-origin"] == SHOP
    assert asked["https://evil.example"].json()["type"] == "/problems/origin-not-allowed"
    assert (await visitor.post(f"/f/{made.key}", json=EVA)).status_code == 201


ORIGINS = {SHOP: 201, web.PUBLIC_URL: 201, "https://evil.example": 403, "null": 403}


async def test_browsers_may_ask_beforehand(site: Site, visitor: httpx2.AsyncClient) -> None:
    headers = {"origin": SHOP, "access-control-request-method": "POST"}
    answer = await visitor.options("/f/anything", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "content-type"
    assert "access-control-allow-credentials" not in answer.headers


async def test_a_session_of_the_desk_is_of_no_account_here(site: Site) -> None:
    made = await form(site)
    async with web.program(site.app, "no token of ours") as somebody:
        assert (await somebody.post(f"/f/{made.key}", json=EVA)).status_code == 201


async def test_what_the_honeypot_catches_is_thanked_for_like_any_other(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    answer = await visitor.post(f"/f/{made.key}", json={**EVA, "_website": "https://pills.example"})
    assert answer.status_code == 201
    [row] = await stored(site)
    assert row["caught"]
    assert row["extra"] == {}


async def test_a_flood_is_refused_and_what_was_typed_kept(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    for _ in range(100):
        await visitor.post(f"/f/{made.key}", json=EVA)
    page, problem = await visitor.post(f"/f/{made.key}", data=EVA), await visitor.post(f"/f/{made.key}", json=EVA)
    assert (page.status_code, problem.status_code) == (429, 429)
    assert "It does not light." in page.text
    assert int(page.headers["retry-after"]) > 0
    assert problem.json()["type"] == "/problems/rate-limited"
    assert len(await stored(site)) == 100


async def test_where_it_came_from_is_kept_as_hashes_alone(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    await visitor.post(f"/f/{made.key}", json=EVA)
    [row] = await stored(site)
    assert (len(row["address_hash"]), len(row["network_hash"])) == (16, 16)


async def test_our_own_page_sets_the_visitors_cookie_when_it_is_sent(site: Site) -> None:
    made = await form(site)
    async with web.browser(site.app) as browser:
        await browser.get(f"/f/{made.key}")
        assert not browser.cookies
        for _ in range(2):
            await browser.post(f"/f/{made.key}", data=EVA)
        cookie = browser.cookies["kanal_visitor"]
    assert [row["visitor"] for row in await stored(site)] == [cookie, cookie]


async def test_another_sites_page_gets_no_cookie(site: Site, visitor: httpx2.AsyncClient) -> None:
    made = await form(site)
    given = {**EVA, "_visitor": "visitor-0123456789"}
    answer = await visitor.post(f"/f/{made.key}", json=given, headers={"origin": SHOP})
    assert "set-cookie" not in answer.headers
    assert [row["visitor"] for row in await stored(site)] == ["visitor-0123456789"]
