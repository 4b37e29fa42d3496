"""The pages in a real browser: they renew themselves, run no script of a mail, and axe finds no serious fault."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright, expect

from tests.sandbox.world import World, answer, world

EVA = "eva@kund.example"
CHROMIUM = shutil.which("chromium")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed here")


async def test_new_mail_shows_by_itself_and_its_answer_reaches_kanal() -> None:
    async with world() as it, _browsing(it) as page:
        await page.goto(f"{it.sandbox.url}/mailbox?address={EVA}")
        await it.from_kanal(EVA, message=answer(EVA, subject="Om lampan"))
        await page.get_by_role("link", name="Om lampan").click()
        await page.get_by_role("link", name="Reply", exact=True).click()
        await page.get_by_label("Text", exact=True).fill("Tack så mycket!")
        await page.get_by_role("button", name="Send the reply").click()
        await expect(page.get_by_text("Taken by Kanal")).to_be_visible()
        assert len(it.door.taken) == 1


async def test_html_mail_is_shown_at_its_height_and_its_script_does_not_run() -> None:
    async with world() as it, _browsing(it) as page, _listening() as (tracker, visits):
        message = answer(EVA)
        message.add_alternative(
            '<p style="height: 900px">Hej</p><script>top.document.title = "taken over"</script>'
            f'<img src="http://127.0.0.1:{tracker}/x.png" onerror="top.document.title = 1">',
            subtype="html",
        )
        await it.from_kanal(EVA, message=message)
        [mail] = await it.inbox(EVA)
        await page.goto(f"{it.sandbox.url}/mails/{mail['id']}")
        await expect(page.frame_locator("iframe").get_by_text("Hej")).to_be_visible()
        assert await page.locator("iframe").evaluate("frame => frame.offsetHeight") > 900
        assert await page.title() == "Re: Hej · Sandbox"
        assert visits == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_no_serious_fault(scheme: str) -> None:
    async with world() as it, _browsing(it) as page:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        it.door.at_data = ["552 5.3.4 Too big"]
        sent = await it.write()
        await it.from_kanal(EVA)
        await it.behave(EVA, "out_of_office")
        await it.from_kanal(EVA, message=answer(EVA, Precedence="bulk"))
        paths = ["/", f"/mailbox?address={EVA}", f"/mails/{sent['id']}", f"/mails/{sent['id']}?show=headers"]
        for path in [*paths, f"/mails/{sent['id']}/reply", "/write", "/mails/none"]:
            await page.goto(it.sandbox.url + path)
            found = (await Axe().run(page)).response["violations"]
            assert [(each["id"], path) for each in found if each["impact"] in ("serious", "critical")] == []


@asynccontextmanager
async def _listening() -> AsyncIterator[tuple[int, list[str]]]:
    """A port at which nobody should ever knock, and who did."""
    visits: list[str] = []

    def knocked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.append(str(writer.get_extra_info("peername")))
        writer.close()

    async with await asyncio.start_server(knocked, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1], visits


@asynccontextmanager
async def _browsing(it: World) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        page = await browser.new_page(viewport={"width": 390, "height": 800})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        await browser.close()
        assert faults == []
