"""What the desk learns of the kind: its settings, the addresses it claims, the preview."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.channelkit.conformance import faults
from kanal.channelkit.errors import InvalidSettings
from tests.kinds.email.mails import fixtures, raw
from tests.kinds.email.test_send import channel
from tests.make import channels

DOMAIN = channels.MAIL_DOMAIN


def check(**given: Any) -> dict[str, Any]:
    return channels.email_kind().check({"address": "support@demo.example", **given}, DOMAIN)


def test_forwarding_address_is_made_by_us_and_hard_to_guess() -> None:
    first, second = check(), check()
    local, _, domain = first["forwarding_address"].partition("@")
    assert (len(local), domain) == (12, DOMAIN)
    assert first["forwarding_address"] != second["forwarding_address"]


def test_forwarding_address_stays_when_settings_change_and_follows_the_mail_domain() -> None:
    made = check()
    again = channels.email_kind().check({**made, "from_name": {"company": "Ljus"}}, "mail.example")
    assert again["forwarding_address"] == made["forwarding_address"].replace(DOMAIN, "mail.example")


def test_forwarding_address_cannot_be_chosen() -> None:
    assert not check(forwarding_address=f"boss@{DOMAIN}")["forwarding_address"].startswith("boss")


def test_both_addresses_are_claimed_and_only_ours_is_proved() -> None:
    kind = channels.email_kind()
    made = check(address="Support@SMÖRGÅS.example")
    claims = {claim.key: claim.proved for claim in kind.claims(made)}
    assert claims == {"support@xn--smrgs-pra0j.example": False, made["forwarding_address"]: True}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"address": "no address"}, "address"),
        ({"address": "åsa@demo.example"}, "address"),
        ({"address": "a@b.se\r\nBcc: x@y.se"}, "address"),
        ({"address": 7}, "address"),
        ({"from_name": {"mode": "agent"}}, "from_name.mode"),
        ({"from_name": {"mode": "company"}}, "from_name.company"),
        ({"from_name": {"company": "Ljus\r\nBcc: x@y.se"}}, "from_name.company"),
        ({"signature_html": "{{agent.phone}}"}, "signature_html"),
        ({"smtp": {"port": 25}}, "smtp.host"),
        ({"smtp": {"host": "a b"}}, "smtp.host"),
        ({"smtp": {"host": "mx", "port": 70000}}, "smtp.port"),
        ({"smtp": {"host": "mx", "security": "ssl"}}, "smtp.security"),
        ({"smtp": {"host": "mx", "user": "u"}}, "smtp.password"),
    ],
)
def test_wrong_settings_name_their_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidSettings) as wrong:
        check(**given)
    assert wrong.value.field == field


def test_a_missing_address_is_named() -> None:
    with pytest.raises(InvalidSettings) as wrong:
        channels.email_kind().check({}, DOMAIN)
    assert wrong.value.field == "address"


def test_signature_is_made_harmless_and_keeps_tokens_and_pictures() -> None:
    given = '<b onclick="x()">{{agent.full_name}}</b><script>x</script><img src="https://demo.example/l.png">'
    stored = check(signature_html=given)["signature_html"]
    assert "script" not in stored
    assert "onclick" not in stored
    assert "<b>{{agent.full_name}}</b>" in stored
    assert 'src="https://demo.example/l.png"' in stored
    assert check(signature_html=stored)["signature_html"] == stored


def test_preview_works_before_the_form_is_finished() -> None:
    kind = channels.email_kind()
    assert kind.preview({}, "Ana Berg") == {"from": "Ana Berg", "signature_html": ""}
    wanted = {
        "address": "support@demo.example",
        "from_name": {"company": "Ljus & Form"},
        "signature_html": "{{agent.first_name}}",
    }
    shown = kind.preview(wanted, "Ana Berg")
    assert shown == {"from": "Ana Berg (Ljus & Form) <support@demo.example>", "signature_html": "Ana"}
    company = {**wanted, "from_name": {"mode": "company", "company": "Ljus & Form"}}
    assert kind.preview(company, "Ana")["from"] == "Ljus & Form <support@demo.example>"


def test_names_of_messages_cannot_be_guessed() -> None:
    kind = channels.email_kind()
    names = {kind.name_message(channel()) for _ in range(3)}
    assert len(names) == 3
    assert all(name.endswith("@demo.example") and len(name) > 50 for name in names)


def test_the_kind_keeps_the_contract() -> None:
    payloads = [raw(path.read_bytes()) for path in fixtures()[::5]]
    settings = {"address": "support@firma.example", "from_name": {"company": "Firma"}}
    assert faults(channels.email_kind(), settings=settings, payloads=payloads, channel=channel()) == []
