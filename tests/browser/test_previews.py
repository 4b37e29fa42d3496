"""Files of a conversation are shown in place: pictures, PDF, sound, film and text; nothing in them is carried out."""

from __future__ import annotations

import smtplib
import struct
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kanal.cli.bench.running import Running
from tests.browser.test_the_loop import open_ticket

SUBJECT = "All sorts of files"
EVIL = "<script>window.top.evil = true</script><svg onload='window.top.evil = true'>"


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x20\x90\xa0" * 40 for _ in range(30))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wav() -> bytes:
    samples = bytes(8_000)
    form = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 8_000, 1, 8) + b"data"
    return b"RIFF" + struct.pack("<I", len(form) + 4 + len(samples)) + form + struct.pack("<I", len(samples)) + samples


def pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n"
    )


FILES = [
    ("photo.png", "image", "png", png()),
    ("invoice.pdf", "application", "pdf", pdf()),
    ("voice.wav", "audio", "wav", wav()),
    ("server.log", "text", "plain", (EVIL + "\nline two\n").encode()),
    ("page.html", "text", "html", EVIL.encode()),
]


@pytest.fixture
def ticket(kanal: Running, page: Page) -> Iterator[Page]:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "files@kund.example", "support@demo.example", SUBJECT
    message.set_content("Here they are.")
    for name, sort, kind, content in FILES:
        message.add_attachment(content, maintype=sort, subtype=kind, filename=name)
    page.goto("/a/demo/tickets")
    if page.get_by_role("link", name=SUBJECT).count() == 0:
        with smtplib.SMTP("127.0.0.1", kanal.smtp) as server:
            server.send_message(message)
    open_ticket(page, SUBJECT)
    yield page
    assert page.evaluate("window.evil") is None


def test_pictures_pdf_sound_and_text_are_gone_through_by_keyboard(ticket: Page) -> None:
    ticket.get_by_role("link", name="photo.png").first.click()
    dialog = ticket.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="photo.png")).to_have_js_property("naturalWidth", 40)
    ticket.keyboard.press("ArrowRight")
    expect(dialog.locator("iframe[title='invoice.pdf']")).to_be_visible()
    ticket.keyboard.press("ArrowRight")
    expect(dialog.locator("audio")).to_have_js_property("duration", 1)
    ticket.keyboard.press("ArrowRight")
    expect(dialog.locator("pre")).to_contain_text("line two")
    expect(dialog.locator("pre")).to_contain_text("<script>")
    expect(dialog.get_by_text("4 of 4")).to_be_visible()
    ticket.keyboard.press("ArrowLeft")
    expect(dialog.get_by_text("3 of 4")).to_be_visible()
    ticket.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(ticket.get_by_role("link", name="photo.png").first).to_be_focused()


def test_what_could_script_is_a_download(ticket: Page) -> None:
    link = ticket.get_by_role("link", name="page.html")
    assert link.get_attribute("download") == "page.html"
    answer: Any = ticket.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"
