"""A member's browser and the API beside it, for tests of the lists that they work in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kanal.cli.bench.running import Running
from tests.browser.conftest import sign_in

NUMBERS = count(1)


class Workspace:
    """`page` shows the help desk of the demo as one of its members."""

    def __init__(self, kanal: Running, context: BrowserContext) -> None:
        self.kanal, self.context = kanal, context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"origin": self.kanal.url, "Kanal-Account": "demo"}
        answer = self.context.request.fetch(f"/api/v1{path}", method=method, data=data, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.text()}"
        return answer.json() if answer.text() else None

    def ticket(self, subject: str, **given: Any) -> dict[str, Any]:
        return dict(self.call("POST", "/tickets", {"subject": subject, **given}))

    def tickets(self, many: int, **given: Any) -> str:
        """As many that only this test has; what is in the subject of each."""
        word = f"Zx{next(NUMBERS)}q"
        for number in range(many):
            self.ticket(f"{word} {number + 1}", **given)
        return word

    def view(self, word: str, **given: Any) -> dict[str, Any]:
        """A view of the open tickets with a word in their subject."""
        open_ones = {"field": "ticket.state", "operator": "is", "value": "active"}
        subject = {"field": "ticket.subject", "operator": "contains", "value": word}
        body = {"name": f"Only {word}", "filter": {"all": [open_ones, subject]}} | given
        return dict(self.call("POST", "/views", body))

    def open(self, view: str) -> Page:
        self.page.goto(f"/a/demo/tickets?view={view}")
        return self.page

    def row(self, subject: str) -> Locator:
        """A ticket in the list, the table or on the board."""
        return self.page.locator("[data-ticket]").filter(has_text=subject)

    def in_rail(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("navigation", name="Main navigation").get_by_role("link", name=name)


@contextmanager
def workspace(kanal: Running, chromium: Browser, email: str, width: int = 1440) -> Iterator[Workspace]:
    """What the page reports as an error fails the test."""
    context = chromium.new_context(base_url=kanal.url, viewport={"width": width, "height": 900})
    sign_in(context, kanal, email)
    there = Workspace(kanal, context)
    faults: list[str] = []
    there.page.on("pageerror", lambda error: faults.append(str(error)))
    yield there
    context.close()
    assert faults == []


def stands_in(there: Workspace, subjects: list[str]) -> None:
    """The list shows exactly these, in this order."""
    expect(there.page.locator("[data-ticket]")).to_have_count(len(subjects))
    for number, subject in enumerate(subjects):
        expect(there.page.locator("[data-ticket]").nth(number)).to_contain_text(subject)
