"""What a browser with an empty cache loads before the list or a ticket stands: script as it crosses the wire."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in

LIST = 300_000
TICKET = 375_000
"""Opened by its address, a ticket brings the list that stands behind it."""


@pytest.mark.parametrize(("path", "most"), [("/a/demo/tickets", LIST), ("/a/demo/tickets/7", TICKET)])
def test_the_first_page_needs_little_script(kanal: Running, chromium: Browser, path: str, most: int) -> None:
    context = chromium.new_context(base_url=kanal.url)
    sign_in(context, kanal, "ana@demo.example")
    page = context.new_page()
    scripts: dict[str, Response] = {}
    page.on("response", lambda got: scripts.update({got.url: got}) if ".js" in got.url.split("?")[0] else None)
    page.goto(path)
    if most == TICKET:
        expect(page.get_by_role("region", name="Conversation").get_by_role("article").first).to_be_visible()
    else:
        expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    page.wait_for_load_state("load")
    sizes = {url.rpartition("/")[2]: len(gzip.compress(got.body(), 6)) for url, got in list(scripts.items())}
    context.close()
    assert sizes
    assert sum(sizes.values()) < most, "\n".join(
        f"{size} {name}" for name, size in sorted(sizes.items(), key=lambda each: -each[1])
    )
