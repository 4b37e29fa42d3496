"""Files: named and typed by what they are, shown where they cannot script, and only to those who may see them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from kanal.delivery.files import LARGEST, safe_name, type_of
from tests.make.browser import signed_in
from tests.make.said import said
from tests.make.site import Site

FILES = "/api/v1/attachments"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SCRIPT = b"<script>alert(document.cookie)</script>"


async def _upload(client: httpx2.AsyncClient, name: str, content: bytes, claimed: str = "text/plain") -> dict[str, Any]:
    answer = await client.post(FILES, files={"file": (name, content, claimed)})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_a_file_comes_back_as_it_was_and_as_a_download(agent: httpx2.AsyncClient) -> None:
    made = await _upload(agent, "räksmörgås.txt", b"hello")
    assert (made["name"], made["content_type"], made["size"], made["is_image"]) == (
        "räksmörgås.txt",
        "text/plain",
        5,
        False,
    )
    answer = await agent.get(made["url"])
    assert answer.content == b"hello"
    assert answer.headers["content-type"] == "application/octet-stream"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="r_ksm_rg_s.txt"')
    assert quote("räksmörgås.txt") in disposition


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xhtml", "a.png", "a.pdf"])
async def test_what_could_script_never_opens_in_our_pages(agent: httpx2.AsyncClient, name: str) -> None:
    made = await _upload(agent, name, SCRIPT, "text/html")
    answer = await agent.get(made["url"], params={"inline": "1"})
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not made["is_image"]


async def test_a_raster_image_may_stand_in_a_page_when_asked(agent: httpx2.AsyncClient) -> None:
    made = await _upload(agent, "photo", PNG)
    assert (made["content_type"], made["is_image"]) == ("image/png", True)
    shown = await agent.get(made["url"], params={"inline": "1"})
    assert shown.headers["content-disposition"].startswith("inline;")
    assert shown.headers["content-type"] == "image/png"
    assert (await agent.get(made["url"])).headers["content-disposition"].startswith("attachment;")


async def test_an_image_in_a_page_names_its_account_in_the_address(site: Site) -> None:
    async with signed_in(site) as browser:
        made = await _upload(browser, "photo.png", PNG)
        del browser.headers["kanal-account"]
        assert (await browser.get(made["url"], params={"account": "a", "inline": "1"})).content == PNG
        assert (await browser.get(made["url"])).status_code == 422
        assert (await browser.get("/api/v1/tickets", params={"account": "a"})).status_code == 422


async def test_too_large_a_file_is_refused(agent: httpx2.AsyncClient) -> None:
    answer = await agent.post(FILES, files={"file": ("a.bin", b"\0" * (LARGEST + 1))})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert (await agent.post(FILES, files={"file": ("a.bin", b"\0" * LARGEST)})).status_code == 201


async def test_a_form_without_a_file_names_the_field(agent: httpx2.AsyncClient) -> None:
    for parts in ({"other": ("a", b"x")}, {"file": (None, b"text")}):
        answer = await agent.post(FILES, files=parts)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file"), parts
    assert (await agent.post(FILES, json={"file": "x"})).json()["type"] == "/problems/invalid"


async def test_an_unsent_file_is_its_uploaders_alone(site: Site, agent: httpx2.AsyncClient) -> None:
    made = await _upload(agent, "a.txt", b"x")
    async with await site.program("bo") as other:
        assert (await other.get(made["url"])).status_code == 404
        assert (await other.delete(made["url"])).status_code == 404
    assert (await agent.delete(made["url"])).status_code == 204
    assert (await agent.get(made["url"])).status_code == 404


async def test_k17_a_sent_file_is_seen_by_those_who_see_the_ticket(site: Site, agent: httpx2.AsyncClient) -> None:
    await site.hear(said())
    made = await _upload(agent, "a.txt", b"x")
    answer = await agent.post("/api/v1/tickets/1/replies", json={"text": "Hello", "attachments": [made["id"]]})
    assert answer.status_code == 202
    assert (await agent.delete(made["url"])).status_code == 409
    other = await Site(site.db, site.settings.data_dir / "other").open("b")
    async with await site.program("bo") as colleague, await other.program("zoe") as stranger:
        assert (await colleague.get(made["url"])).status_code == 200
        assert (await stranger.get(made["url"])).status_code == 404
        async with site.db.transaction(site.account) as tx:
            await tx.run("update channels set open_to = 'teams'")
        assert (await colleague.get(made["url"])).status_code == 404


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\r\nb\0.txt", "a b.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("..", "file"),
        ("", "file"),
        ('a"b<c>.txt', "a_b_c_.txt"),
        ("x" * 300 + ".jpeg", "x" * 145 + ".jpeg"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_types_are_what_the_bytes_are() -> None:
    assert type_of(b"RIFF....WEBPVP8 ", "a.txt") == "image/webp"
    assert type_of(b"<html>", "a.png") == "application/octet-stream"
    assert type_of(b"PK\x03\x04", "a.zip") == "application/zip"


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n"


async def test_a_pdf_stands_in_our_own_pages_and_can_carry_nothing_out(agent: httpx2.AsyncClient) -> None:
    made = await _upload(agent, "report.pdf", PDF)
    shown = await agent.get(made["url"], params={"inline": "1"})
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-disposition"].startswith("inline;")
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"
    policy = shown.headers["content-security-policy"]
    assert all(rule in policy for rule in ("frame-ancestors 'self'", "script-src 'none'", "form-action 'none'"))
    assert (await agent.get(made["url"])).headers["content-type"] == "application/octet-stream"


async def test_a_film_is_given_bit_by_bit(agent: httpx2.AsyncClient) -> None:
    made = await _upload(agent, "film.mp4", bytes(range(200)))
    assert made["content_type"] == "video/mp4"
    whole = await agent.get(made["url"], params={"inline": "1"})
    assert (whole.headers["content-type"], whole.headers["accept-ranges"]) == ("video/mp4", "bytes")
    assert whole.headers["content-security-policy"] == "sandbox; default-src 'none'"
    for asked, given, first in (("bytes=10-19", "bytes 10-19/200", 10), ("bytes=-5", "bytes 195-199/200", 195)):
        part = await agent.get(made["url"], params={"inline": "1"}, headers={"range": asked})
        assert (part.status_code, part.headers["content-range"], part.content[0]) == (206, given, first)
    for nonsense in ("bytes=300-", "bytes=9-2", "lines=1-2", "bytes=-"):
        answer = await agent.get(made["url"], params={"inline": "1"}, headers={"range": nonsense})
        assert (answer.status_code, len(answer.content)) == (200, 200)
