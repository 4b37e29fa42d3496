"""Photos of members: what is taken, who may set them, and how they are served."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.make import people
from tests.make.people import field
from tests.make.site import Site

PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 40
GIF = b"GIF89a" + b"g" * 40


@pytest.fixture
async def ann(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "ann") as client:
        yield client


async def put(client: httpx2.AsyncClient, site: Site, photo: bytes, name: str = "ann") -> httpx2.Response:
    headers = {"content-type": "image/png"}
    return await client.put(f"members/{site.members[name]}/photo", content=photo, headers=headers)


async def get(client: httpx2.AsyncClient, url: str) -> httpx2.Response:
    return await client.get(url.removeprefix("/api/v1/"))


async def test_photo_is_shown_wherever_the_person_is(site: Site, ann: httpx2.AsyncClient) -> None:
    shown = (await put(ann, site, PNG)).json()
    assert shown["photo_url"].startswith(f"/api/v1/members/{site.members['ann']}/photo?version=")
    assert (await ann.get("me")).json()["photo_url"] == shown["photo_url"]
    assert (await ann.get("members")).json()["items"][0]["photo_url"] == shown["photo_url"]


async def test_photo_is_served_as_what_it_is_and_cannot_script(site: Site, ann: httpx2.AsyncClient) -> None:
    url = (await put(ann, site, GIF)).json()["photo_url"]
    answer = await get(ann, url)
    assert (answer.content, answer.headers["content-type"]) == (GIF, "image/gif")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_address_changes_with_the_photo_so_that_browsers_may_keep_it(site: Site, ann: httpx2.AsyncClient) -> None:
    first = (await put(ann, site, PNG)).json()["photo_url"]
    second = (await put(ann, site, GIF)).json()["photo_url"]
    assert first != second
    assert "immutable" in (await get(ann, second)).headers["cache-control"]
    assert "no-cache" in (await get(ann, first)).headers["cache-control"]


async def test_form_with_a_file_does_too(site: Site, ann: httpx2.AsyncClient) -> None:
    path = f"members/{site.members['ann']}/photo"
    answer = await ann.put(path, files={"file": ("me.png", PNG, "image/png")})
    assert (await get(ann, answer.json()["photo_url"])).content == PNG
    assert field(await ann.put(path, files={"photo": ("me.png", PNG, "image/png")})) == "file"


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"GIF9", PNG + b"x" * (5 * 1024 * 1024)],
)
async def test_what_is_no_photo_is_refused(site: Site, ann: httpx2.AsyncClient, content: bytes) -> None:
    assert field(await put(ann, site, content)) == "photo"
    assert (await ann.get("me")).json()["photo_url"] is None


async def test_far_too_large_a_body_is_not_even_read(site: Site, ann: httpx2.AsyncClient) -> None:
    assert (await put(ann, site, PNG + b"x" * (6 * 1024 * 1024))).status_code == 413


async def test_photos_of_others_take_manage_members(site: Site, ann: httpx2.AsyncClient) -> None:
    await site.member("bob")
    assert (await put(ann, site, PNG, "bob")).status_code == 403
    async with people.caller(site, "cia", "super_admin") as chief:
        assert (await put(chief, site, PNG, "bob")).status_code == 200
        assert (await chief.delete(f"members/{site.members['bob']}/photo")).status_code == 204
        assert (await chief.get(f"members/{site.members['bob']}/photo")).status_code == 404


async def test_bytes_of_the_photo_before_are_deleted_unless_shared(site: Site, ann: httpx2.AsyncClient) -> None:
    await site.member("bob")
    async with people.caller(site, "bob") as bob:
        await put(ann, site, PNG)
        await put(bob, site, PNG, "bob")
    async with site.db.transaction(site.account) as tx:
        digest = await tx.value("select photo from members where id = %s", (site.members["ann"],))
    await put(ann, site, GIF)
    assert await site.storage.exists(digest)
    async with people.caller(site, "bob") as bob:
        await bob.delete(f"members/{site.members['bob']}/photo")
    assert not await site.storage.exists(digest)
