"""The real product as a process of its own, filled by its demo, and a real Chromium that looks at it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kanal.cli.bench.running import Running

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PASSWORD = "kanal-demo"
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="this machine has no Chromium (package chromium)"))


@pytest.fixture(scope="module")
def kanal() -> Iterator[Running]:
    """A desk for each file of tests, so that none finds what another left."""
    folder = Path(tempfile.mkdtemp(prefix="kanal-browser-"))
    folder.chmod(0o711)
    with Running(folder, demo=True) as running:
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For one module only: Playwright keeps an event loop running in its thread, in which no async test could run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def context(kanal: Running, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser in which Ana is signed in. What the page reports as an error fails the test."""
    opened = chromium.new_context(base_url=kanal.url, viewport={"width": 1440, "height": 900})
    sign_in(opened, kanal, "ana@demo.example")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    assert faults == []


def sign_in(context: BrowserContext, kanal: Running, email: str) -> None:
    answer = context.request.post(
        "/api/v1/session", data={"email": email, "password": PASSWORD}, headers={"origin": kanal.url}
    )
    assert answer.status == 201, answer.text()


@pytest.fixture
def outside(kanal: Running) -> Iterator[httpx2.Client]:
    """The customers' side: the sandbox's API."""
    with httpx2.Client(base_url=kanal.sandbox_url, timeout=20) as client:
        yield client
