"""From a submission to a message."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kanal.channelkit.messages import Said
from kanal.channelkit.submissions import Submission, SubmittedField
from kanal.kinds.form.kind import FormKind
from tests.kinds.form.payloads import PAYLOADS


def read(name: str) -> Said:
    [said] = FormKind().parse(PAYLOADS[name])
    assert isinstance(said, Said)
    return said


def changed(name: str, **fields: Any) -> Said:
    """The payload with some fields' attributes changed, by name."""
    sent = msgspec.json.decode(PAYLOADS[name].body, type=Submission)
    sent.fields = [msgspec.structs.replace(field, **fields.get(field.name, {})) for field in sent.fields]
    [said] = FormKind().parse(msgspec.structs.replace(PAYLOADS[name], body=msgspec.json.encode(sent)))
    assert isinstance(said, Said)
    return said


def test_frm_3_subject_description_pipeline_and_status_are_the_tickets() -> None:
    said = read("as_made")
    assert (said.subject, said.text) == ("The lamp is broken", "It does not light up.\nI tried two bulbs.")
    assert said.properties == {"description": said.text}
    assert said.property_defaults == {"pipeline": "01930000-0000-7000-8000-00000000aaaa", "status": "new"}


def test_frm_4_a_hidden_pipeline_counts_as_the_forms_default_whatever_is_claimed() -> None:
    said = changed("as_made", pipeline={"chosen": True})
    assert ("pipeline" in said.properties, "pipeline" in said.property_defaults) == (False, True)


def test_frm_14_the_sender_is_the_address_that_was_typed() -> None:
    said = read("as_made")
    assert (said.sender.handle.kind, said.sender.handle.key, said.sender.name) == (
        "email",
        "eva@kund.example",
        "Eva Ek",
    )
    assert said.sender.known
    assert said.answer_at == said.sender


def test_frm_12_without_an_address_nobody_can_be_answered() -> None:
    said = read("without_an_address")
    assert (said.sender.handle.kind, said.sender.known, said.answer_at) == ("submission", False, None)
    assert said.sender.name == "Eva Ek"


def test_k7_the_visitors_cookie_is_nowhere_in_the_message() -> None:
    said = read("as_made")
    assert b'"v-1"' in PAYLOADS["as_made"].body.replace(b" ", b"")
    assert b"v-1" not in msgspec.json.encode(said)


@pytest.mark.parametrize(
    ("address", "kind"), [("not an address", "submission"), ("", "submission"), (None, "submission")]
)
def test_what_is_no_address_is_none(address: str | None, kind: str) -> None:
    assert changed("as_made", email={"value": address}).sender.handle.kind == kind


def test_frm_13_a_form_without_ticket_fields_is_called_by_its_name_and_who_sent_it() -> None:
    said = read("a_form_of_old")
    assert said.subject == "Newsletter: Bo Berg"
    assert said.text == "Name: Bo Berg\nMail: bo@kund.example\nWish: More lamps"
    assert changed("a_form_of_old", who={"value": None}).subject == "Newsletter: bo@kund.example"
    assert changed("a_form_of_old", who={"value": None}, mail={"value": None}).subject == "Newsletter"


def test_answers_read_as_people_say_them_in_the_order_of_the_form() -> None:
    shown = [(answer.label, answer.value) for answer in read("every_type").answers[4:]]
    assert shown == [
        ("Phone", "+46701234567"),
        ("How many?", "2"),
        ("Bought on", "2026-05-31"),
        ("Kind", "Desk lamp"),
        ("How urgent?", "Very"),
        ("Rooms", "Kitchen, hall"),
        ("Has it happened before?", "No"),
        ("You may write to me", "Yes"),
        ("Photo", "lamp.png, receipt.pdf"),
        ("Campaign", "spring"),
    ]
    assert [answer.label for answer in read("every_type").answers if answer.hidden] == ["Campaign"]


def test_what_a_visitor_chose_sets_the_ticket_by_its_value() -> None:
    assert read("every_type").properties["priority"] == "high"
    assert changed("every_type", urgency={"chosen": False}).property_defaults == {"priority": "high"}


def test_files_stay_where_they_are() -> None:
    files = [(file.name, file.content_type, file.size, file.blob, file.data) for file in read("every_type").attachments]
    assert files == [
        ("lamp.png", "image/png", 812, "ab12", b""),
        ("receipt.pdf", "application/pdf", 90210, "cd34", b""),
    ]


def test_two_submissions_are_never_copies_and_one_always_is() -> None:
    assert len({read(name).digest for name in PAYLOADS}) == len(PAYLOADS)
    assert changed("as_made", subject={"value": "Other"}).digest == read("as_made").digest


def test_a_line_is_a_line() -> None:
    assert read("nothing_but_markup").subject == "<script>alert(1)</script> Bcc: all@kund.example"


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"id": 1}', b"null"])
def test_what_is_no_submission_is_shown_as_it_came(body: bytes) -> None:
    [said] = FormKind().parse(msgspec.structs.replace(PAYLOADS["as_made"], body=body))
    assert isinstance(said, Said)
    assert (said.raw_only, said.sender.known) == (True, False)


def test_a_field_without_an_answer_is_left_out() -> None:
    field = SubmittedField(name="x", type="text", label="X", value="  ")
    sent = msgspec.json.decode(PAYLOADS["empty"].body, type=Submission)
    sent.fields = [field]
    [said] = FormKind().parse(msgspec.structs.replace(PAYLOADS["empty"], body=msgspec.json.encode(sent)))
    assert isinstance(said, Said)
    assert (said.answers, said.text, said.subject) == ([], "", "Contact us")
