"""The wizard of team email as an admin walks it in a browser, and what they look at before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from kanal.cli.bench.running import Running
from tests.make.dovecot import PASSWORD, User
from tests.make.postfix import Postfix

CHANNELS = "/a/demo/settings/channels"


@contextmanager
def admin(kanal: Running, chromium: Browser) -> Iterator[Page]:
    """A browser in which the demo's admin is signed in."""
    context = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    who = {"email": "admin@demo.example", "password": "kanal-demo"}
    answer = context.request.post("/api/v1/session", data=who, headers={"origin": kanal.url})
    assert answer.status == 201, answer.text()
    yield context.new_page()
    context.close()


def step(page: Page, title: str) -> Locator:
    """The heading of the step that is shown."""
    heading = page.get_by_role("heading", name=title, level=2)
    expect(heading).to_be_visible()
    return heading


def go_on(page: Page, name: str = "Next") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def to_sign_in(page: Page) -> None:
    page.goto(f"{CHANNELS}/new/email/imap")
    go_on(page, "Continue")
    step(page, "Sign in to the mailbox")


def type_mailbox(page: Page, user: User, password: str = PASSWORD, *, mx: Postfix | None = None) -> None:
    """A mailbox at a host that nobody knows; its mail leaves by `mx`, else by the installation's server."""
    page.get_by_role("textbox", name="Email address").fill(user.name)
    page.get_by_role("textbox", name="Password").fill(password)
    # Nobody knows the host, so its servers are asked for.
    server = page.get_by_role("group", name="Incoming mail (IMAP)")
    server.get_by_role("textbox", name="Server").fill("127.0.0.1")
    server.get_by_role("textbox", name="Port").fill(str(user.server.tls_port))
    if mx is None:
        page.get_by_role("radio", name="By the server of this installation").check()
        return
    out = page.get_by_role("group", name="Outgoing mail (SMTP)")
    out.get_by_role("textbox", name="Server").fill("127.0.0.1")
    out.get_by_role("textbox", name="Port").fill(str(mx.tls_port))


def sign_in_to(page: Page, user: User, *, mx: Postfix | None = None) -> None:
    """Up to the folders, past certificates that nobody vouches for."""
    type_mailbox(page, user, mx=mx)
    go_on(page, "Sign in")
    for which in ("incoming", "outgoing") if mx else ("incoming",):
        expect(page.get_by_text(f"Nobody vouches for the {which} server")).to_be_visible()
        page.get_by_role("button", name="Trust this certificate").click()
    step(page, "Which mail becomes tickets?")


def connect(page: Page, user: User, name: str, *, mx: Postfix | None = None) -> str:
    """The whole wizard, nothing changed that it suggests; the id of the channel."""
    to_sign_in(page)
    sign_in_to(page, user, mx=mx)
    go_on(page)
    page.get_by_role("textbox", name="Name in Kanal").fill(name)
    go_on(page)
    go_on(page, "Connect & finish")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    found = re.search(r"/channels/([0-9a-f-]{36})", page.url)
    assert found is not None
    return found[1]


def stored(page: Page, channel: str) -> dict[str, Any]:
    """The channel as the API shows it to whoever is signed in."""
    answer = page.request.get(f"/api/v1/channels/{channel}", headers={"kanal-account": "demo"})
    assert answer.ok, answer.text()
    return dict(answer.json())
