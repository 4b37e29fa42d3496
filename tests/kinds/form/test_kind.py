"""What the desk learns of the kind: that it conforms, what it claims, and which settings it takes."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.channelkit.conformance import faults
from kanal.channelkit.contract import Channel, referring
from kanal.channelkit.errors import InvalidSettings
from kanal.kinds.form.kind import FormKind
from kanal.kit.ids import new_id
from tests.kinds.form.payloads import PAYLOADS

FORM = str(new_id())
SETTINGS = {"method": "form", "form": FORM, "answer_by": ""}
KIND = FormKind()


def test_the_kind_conforms_with_everything_that_the_desk_handed_it() -> None:
    channel = Channel(
        account_id=1, id=new_id(), name="Contact", settings=SETTINGS, active=True, mail_domain="in.example"
    )
    assert faults(KIND, settings=SETTINGS, payloads=list(PAYLOADS.values()), channel=channel) == []


def test_k1_a_form_is_claimed_as_proved() -> None:
    [claim] = KIND.claims(SETTINGS)
    assert (claim.space, claim.key, claim.proved) == ("form", FORM, True)


def test_ids_are_kept_in_one_way_of_writing() -> None:
    assert KIND.check({"form": FORM.upper().replace("-", "")}, "in.example") == SETTINGS


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "form"),
        ({"form": ""}, "form"),
        ({"form": "contact"}, "form"),
        ({"form": 7}, "form"),
        ({"form": FORM, "answer_by": "support@demo.example"}, "answer_by"),
        ({"form": FORM, "method": "forwarding"}, "method"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        KIND.check(given, "in.example")
    assert refused.value.field == field


def test_the_desk_learns_from_the_form_fields_what_it_has_to_check() -> None:
    assert (referring(KIND, "form"), referring(KIND, "channel")) == ("form", "answer_by")
