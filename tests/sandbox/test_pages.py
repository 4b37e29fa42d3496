"""The pages that a person plays the customer on."""

import re

from tests.sandbox.world import SUPPORT, answer, world

EVA = "eva@kund.example"


async def test_first_page_explains_and_offers_to_write() -> None:
    async with world() as it:
        page = await it.http.get("/")
        assert "the outside world" in page.text
        assert f"Write to {SUPPORT} as eva@kund.example" in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert not re.search(r'(src|href)="(https?:)?//', page.text)


async def test_writing_by_form_ends_on_the_mail_and_its_outcome() -> None:
    async with world() as it:
        form = {
            "from": f"Eva <{EVA}>",
            "to": f'"Öberg, Å" <{SUPPORT}>, leo@kund.example',
            "text": "Hej\r\nhopp",
            "html": "on",
        }
        files = {"attachments": ("bild.png", b"\x89PNG", "image/png")}
        written = await it.http.post("/write", data=form, files=files)
        page = await it.http.get(written.headers["location"])
        assert written.status_code == 303
        assert "Taken by Kanal" in page.text
        [sent] = await it.sent(EVA)
        assert (sent["text"], sent["attachments"][0]["name"]) == ("Hej\nhopp\n", "bild.png")
        assert len(await it.inbox("leo@kund.example")) == 1


async def test_form_with_a_fault_keeps_what_was_written() -> None:
    async with world() as it:
        answered = await it.http.post("/write", data={"from": "nobody", "to": SUPPORT, "text": "Lång text"})
        assert answered.status_code == 422
        assert "is no mail address" in answered.text
        assert "Lång text" in answered.text
        assert 'aria-invalid="true"' in answered.text


async def test_reply_by_form_and_behaviour_by_form() -> None:
    async with world() as it:
        await it.from_kanal(EVA)
        [mail] = await it.inbox(EVA)
        assert f"to Sara &lt;{SUPPORT}&gt;" in (await it.http.get(f"/mails/{mail['id']}/reply")).text
        await it.http.post(f"/mails/{mail['id']}/reply", data={"text": "Tack", "quote": "on"})
        assert it.door.taken[0].rcpt_to == [SUPPORT]
        await it.http.post("/mailbox/behaviour", data={"address": EVA, "kind": "refuse"})
        [box] = (await it.http.get("/api/mailboxes")).json()["items"]
        assert box["behaviour"]["kind"] == "refuse"


async def test_mail_of_a_villain_stays_text_on_the_page_and_scriptless_in_the_frame() -> None:
    async with world() as it:
        message = answer(EVA, subject="<script>alert(1)</script>")
        message.add_alternative("<script>alert(2)</script><p>Hej</p>", subtype="html")
        await it.from_kanal(EVA, message=message)
        [mail] = await it.inbox(EVA)
        page = await it.http.get(f"/mails/{mail['id']}")
        frame = await it.http.get(f"/mails/{mail['id']}/html")
        assert "<script>alert" not in page.text
        rules = frame.headers["content-security-policy"]
        assert "default-src 'none'" in rules
        assert "script-src" not in rules
        assert "allow-scripts" not in rules


async def test_attached_page_is_never_shown_in_the_browser() -> None:
    async with world() as it:
        message = answer(EVA)
        message.add_attachment(b"<script>alert(1)</script>", "text", "html", filename="../../x.html")
        await it.from_kanal(EVA, message=message)
        [mail] = await it.inbox(EVA)
        [file] = mail["attachments"]
        fetched = await it.http.get(file["url"])
        assert file["name"] == "x.html"
        assert fetched.headers["content-type"] == "application/octet-stream"
        assert "sandbox" in fetched.headers["content-security-policy"]
        assert (await it.http.get(f"/mails/{mail['id']}/images/0")).status_code == 404


async def test_page_of_another_origin_cannot_write_mail() -> None:
    async with world() as it:
        mail = {"from_": EVA, "to": [SUPPORT]}
        refused = await it.http.post("/api/mails", json=mail, headers={"Origin": "https://evil.example"})
        assert refused.status_code == 403
        assert (await it.http.post("/api/mails", json=mail, headers={"Origin": it.sandbox.url})).status_code == 201


async def test_version_grows_with_every_change() -> None:
    async with world() as it:
        before = (await it.http.get("/version")).json()["version"]
        await it.from_kanal(EVA)
        assert (await it.http.get("/version")).json()["version"] > before


async def test_what_is_not_there_is_a_problem_for_programs_and_a_page_for_people() -> None:
    async with world() as it:
        problem = await it.http.get("/api/mails/none/raw")
        assert (problem.status_code, problem.json()["type"]) == (404, "/problems/not-found")
        page = await it.http.get("/mails/none")
        assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
