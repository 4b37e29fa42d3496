"""What customers write, as it reaches Kanal's door, and what the door's answers become."""

import base64
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from sandbox.demo import write_demo_mails
from sandbox.errors import NotDelivered
from tests.sandbox.world import SUPPORT, answer, until, world

EVA = "eva@kund.example"


async def test_mail_reaches_the_door_with_envelope_and_headers() -> None:
    async with world() as it:
        sent = await it.write(cc=["Leo <leo@demo.example>"], subject="Trasig lampa – igen", text="Hej å ä ö")
        [taken] = it.door.taken
        assert (taken.mail_from, taken.rcpt_to) == (EVA, [SUPPORT, "leo@demo.example"])
        message = _read(taken.raw)
        assert (message["subject"], message.get_content()) == ("Trasig lampa – igen", "Hej å ä ö\n")
        assert str(message["from"]) == "Eva Lindqvist <eva@kund.example>"
        assert message["x-mailer"] == "Kanal sandbox"
        assert message["date"]
        assert message["message-id"] == sent["message_id"]
        assert (sent["state"], sent["answer"]) == ("delivered", "250 2.0.0 Stored")


async def test_attachments_html_and_inline_images_arrive() -> None:
    async with world() as it:
        file = {"name": "bild ö.png", "content_type": "image/png", "base64": base64.b64encode(b"\x89PNG").decode()}
        await it.write(html='<img src="cid:a@b">', attachments=[file, file | {"content_id": "a@b"}])
        message = _read(it.door.taken[0].raw)
        kinds = [part.get_content_type() for part in message.walk()]
        assert kinds == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "multipart/related",
            "text/html",
            "image/png",
            "image/png",
        ]
        [attached] = message.iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == ("bild ö.png", b"\x89PNG")


async def test_message_id_can_be_left_out_or_used_again_and_headers_can_be_added() -> None:
    async with world() as it:
        await it.write(message_id="", headers={"Auto-Submitted": "auto-replied", "X-Loop": "yes"})
        first = await it.write()
        await it.write(message_id=first["message_id"])
        none, one, again = (_read(taken.raw) for taken in it.door.taken)
        assert none["message-id"] is None
        assert none["auto-submitted"] == "auto-replied"
        assert one["message-id"] == again["message-id"]


async def test_long_message_ids_stay_whole() -> None:
    async with world() as it:
        long = f"<{'a' * 120}@demo.example>"
        await it.write(in_reply_to=long, references=[long, long])
        raw = it.door.taken[0].raw
        assert f"In-Reply-To: {long}\r\n".encode() in raw
        assert f"References: {long}\r\n {long}\r\n".encode() in raw


async def test_sending_again_sends_a_double() -> None:
    async with world() as it:
        sent = await it.write()
        await it.post(f"/api/mails/{sent['id']}/send-again")
        one, two = it.door.taken
        assert _without_trace(one.raw) == _without_trace(two.raw)


async def test_reply_goes_to_reply_to_with_the_ids_of_the_thread_and_a_quote() -> None:
    async with world() as it:
        message = answer(EVA, Reply_To="support+tok@demo.example", References="<first@kund.example>")
        await it.from_kanal(EVA, message=message)
        [mail] = await it.inbox(EVA)
        await it.post(f"/api/mails/{mail['id']}/reply", {"text": "Tack!"})
        reply = _read(it.door.taken[0].raw)
        assert it.door.taken[0].rcpt_to == ["support+tok@demo.example"]
        assert (reply["subject"], reply["in-reply-to"]) == ("Re: Hej", "<out-1@demo.example>")
        assert reply["references"].split() == ["<first@kund.example>", "<out-1@demo.example>"]
        text = reply.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has both bodies
        assert text.startswith("Tack!\n\nOn ")
        assert text.endswith(f"Sara <{SUPPORT}> wrote:\n\n> Hej Eva!\n")
        assert '<blockquote class="gmail_quote"' in reply.get_body(("html",)).get_content()  # type: ignore[union-attr]


async def test_reply_to_all_leaves_oneself_out_and_quotes_in_swedish() -> None:
    async with world() as it:
        message = answer(f"Eva L <{EVA}>", "leo@kund.example", Cc="sales@demo.example")
        await it.from_kanal(EVA, "leo@kund.example", message=message)
        [mail] = await it.inbox(EVA)
        await it.post(f"/api/mails/{mail['id']}/reply", {"text": "Ja", "all": True, "language": "sv", "html": False})
        reply = _read(it.door.taken[0].raw)
        assert str(reply["from"]) == f"Eva L <{EVA}>"
        assert str(reply["to"]) == f"Sara <{SUPPORT}>, leo@kund.example"
        assert str(reply["cc"]) == "sales@demo.example"
        assert f"skrev Sara <{SUPPORT}>:\n" in reply.get_content()
        assert len(await it.inbox("leo@kund.example")) == 2


async def test_recipient_whom_kanal_does_not_know_lives_in_the_sandbox() -> None:
    async with world() as it:
        sent = await it.write(cc=["leo@annan.example"])
        assert [each["state"] for each in sent["recipients"]] == ["delivered", "local"]
        assert len(await it.inbox("leo@annan.example")) == 1


async def test_unknown_recipient_at_kanals_own_domain_fails_with_its_words() -> None:
    async with world() as it:
        it.door.not_for.add("typo@demo.example")
        sent = await it.write(to=["typo@demo.example"])
        assert (sent["state"], sent["answer"]) == ("failed", "550 5.1.1 No channel of ours")
        assert await it.inbox("typo@demo.example") == []


async def test_channel_elsewhere_is_kanals_once_it_took_mail() -> None:
    async with world() as it:
        it.door.also_for.add("hej@butik.example")
        assert (await it.write(to=["hej@butik.example"]))["state"] == "delivered"
        it.door.also_for.clear()
        assert (await it.write(to=["hej@butik.example"]))["state"] == "failed"


async def test_refused_mail_shows_the_words_and_can_be_tried_again() -> None:
    async with world() as it:
        it.door.at_data = ["552 5.3.4 Too big"]
        sent = await it.write()
        assert (sent["state"], sent["answer"]) == ("failed", "552 5.3.4 Too big")
        page = (await it.http.get(f"/mails/{sent['id']}")).text
        assert "552 5.3.4 Too big" in page
        assert "Try again" in page
        again = await it.post(f"/api/mails/{sent['id']}/try-again")
        assert again["state"] == "delivered"


async def test_temporary_refusal_is_tried_again_by_itself() -> None:
    async with world() as it:
        it.door.at_data = ["451 4.3.0 Not now"]
        sent = await it.write()
        assert (sent["state"], sent["recipients"][0]["answer"]) == ("waiting", "451 4.3.0 Not now")

        async def delivered() -> bool:
            outcome = await it.http.get(f"/api/mails/{sent['id']}/outcome")
            return bool(outcome.json()["state"] == "delivered")

        await until(delivered)
        assert len(it.door.taken) == 1


async def test_what_waited_is_carried_after_a_restart(tmp_path: Path) -> None:
    async with world(tmp_path, deliver_to="127.0.0.1:1") as it:
        sent = await it.write()
        assert sent["state"] == "waiting"
        assert "127.0.0.1:1 gave no answer" in sent["answer"]
    async with world(tmp_path) as it:
        assert len(await until(it.taken)) == 1
        assert [mail["id"] for mail in await it.sent(EVA)] == [sent["id"]]


async def test_null_return_path_bytes_are_sent_as_they_are() -> None:
    async with world() as it:
        await write_demo_mails(it.sandbox)
        assert len(it.door.taken) > 20
        assert [taken.mail_from for taken in it.door.taken].count("") == 1
        assert any(b"charset=iso-2022-jp" in taken.raw for taken in it.door.taken)
        assert any(_read(taken.raw)["subject"] is None for taken in it.door.taken)


async def test_demo_mails_raise_kanals_words() -> None:
    async with world() as it:
        it.door.at_data = ["451 4.3.0 Storage is full"]
        with pytest.raises(NotDelivered, match="Storage is full"):
            await write_demo_mails(it.sandbox)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from_": "nobody"}, "from_"),
        ({"to": []}, "to"),
        ({"to": ["a@b.example\r\nX: y"]}, "to"),
        ({"to": "eva@kund.example"}, "to"),
        ({"subject": "a\r\nBcc: x@y.example"}, "subject"),
        ({"headers": {"X-A": "a\nb"}}, "headers"),
        ({"headers": {"X A": "b"}}, "headers"),
        ({"attachments": [{"name": "a", "base64": "%"}]}, "attachments[0].base64"),
        ({"attachments": [{"name": "a", "base64": "", "content_type": "x"}]}, "attachments"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
async def test_wrong_field_is_named(wrong: dict[str, Any], field: str) -> None:
    async with world() as it:
        given = {"from_": EVA, "to": [SUPPORT]} | wrong
        response = await it.http.post("/api/mails", json=given)
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["errors"][0]["field"] == field
        assert it.door.taken == []


def _read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw.replace(b"\r\n", b"\n"), policy=email.policy.default)


def _without_trace(raw: bytes) -> bytes:
    return raw.partition(b"\r\nMIME-Version")[2]
