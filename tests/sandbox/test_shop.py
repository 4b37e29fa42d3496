"""The shop that brings a form from elsewhere."""

from __future__ import annotations

from tests.sandbox.world import world

FORM = "http://127.0.0.1:8000/f/abc"


async def test_the_contact_page_brings_the_form_by_its_script_tag() -> None:
    async with world() as outside:
        outside.sandbox.embed(FORM)
        page = await outside.http.get("/shop/contact")
    assert f'<script src="{FORM}.js" async></script>' in page.text
    assert "script-src http://127.0.0.1:8000;" in page.headers["content-security-policy"]


async def test_the_letter_sends_itself_to_the_form_without_a_script() -> None:
    async with world() as outside:
        outside.sandbox.embed(FORM)
        page = await outside.http.get("/shop/letter")
    assert f'<form method="post" action="{FORM}"' in page.text
    assert "<script" not in page.text


async def test_without_a_form_the_shop_says_so() -> None:
    async with world() as outside:
        pages = [await outside.http.get(path) for path in ("/shop", "/shop/contact", "/shop/letter")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert ["no form for this shop yet" in page.text for page in pages] == [False, True, True]
    assert "script-src 'none'" in pages[1].headers["content-security-policy"]
