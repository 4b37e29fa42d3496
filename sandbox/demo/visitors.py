"""What visitors of the lamp maker's site type into its contact form; sent as a browser sends it, through the real
door."""

import httpx2

from sandbox.demo.files import lamp_png, receipt_pdf
from sandbox.errors import NotDelivered

PAGE = "https://shop.ljusochform.example/contact"
BROKEN = {
    "name": "Linnea Hall",
    "email": "linnea@post.example",
    "reason": "damaged",
    "order_number": "20533",
    "subject": "The shade of Norrsken came cracked",
    "description": "I unpacked the lamp this morning and there is a crack right through the shade. The carton looked "
    "fine. Can you send a new shade, or do I have to return the whole lamp?",
}
DELIVERY = {
    "name": "Oskar Berggren",
    "email": "oskar@home.example",
    "reason": "delivery",
    "order_number": "20541",
    "subject": "May I change the address?",
    "description": "I move on Friday and the parcel is announced for Monday. Could it go to Storgatan 4 in Kalmar?",
}
INVOICE = {
    "name": "Frida Nyström",
    "email": "frida@studio-nord.example",
    "company_customer": "on",
    "reason": "invoice",
    "order_number": "20498",
    "subject": "Invoice with our reference",
    "description": "Please put PO-7741 on the invoice; our bookkeeping sends it back otherwise.",
    "campaign": "autumn-letter",
}
QUESTION = {
    "name": "Jussi Korhonen",
    "email": "jussi@talo.example",
    "reason": "other",
    "subject": "Do you ship to Finland?",
    "description": "I would like two Norrsken for our summer house near Turku.",
}
PROGRAM = {
    "name": "SEO Team",
    "email": "offers@rank-higher.example",
    "reason": "other",
    "subject": "Your site on page one",
    "description": "We noticed your website is not ranking. Reply for a free audit.",
    "_website": "https://rank-higher.example",
}
"""Fills in what people do not see."""


async def fill_in_forms(address: str) -> int:
    """How many were sent to the form at `address`; raises NotDelivered with the words of a form that takes none."""
    files = [
        ("files", ("shade.png", lamp_png(broken=True), "image/png")),
        ("files", ("receipt.pdf", receipt_pdf(["Ljus & Form", "Order 20533", "Norrsken 2 490 kr"]), "application/pdf")),
    ]
    async with httpx2.AsyncClient() as browser:
        await _send(browser, address, BROKEN, files)
        for filled in (DELIVERY, INVOICE, QUESTION, PROGRAM):
            await _send(browser, address, filled)
    return 5


async def _send(
    browser: httpx2.AsyncClient,
    address: str,
    filled: dict[str, str],
    files: list[tuple[str, tuple[str, bytes, str]]] | None = None,
) -> None:
    answer = await browser.post(address, data=filled, files=files, headers={"referer": PAGE})
    if answer.status_code != httpx2.codes.SEE_OTHER:
        raise NotDelivered(f"{answer.status_code}: {answer.text[:500]}")
