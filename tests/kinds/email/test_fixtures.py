"""Every mail of the collection, by type of fault: what must come out of it stands beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kanal.channelkit.messages import Attachment, Handle, Receipt, Said
from kanal.kinds.email.parse import parse
from tests.kinds.email.mails import FIXTURES, expected, fixtures, raw


@pytest.mark.parametrize("path", fixtures(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_mail_says_what_stands_beside_it(path: Path) -> None:
    wanted = expected(path)
    found = parse(raw(path.read_bytes()))[0]
    said = found.report if isinstance(found, Receipt) else found
    assert isinstance(said, Said)
    values = seen(said) | (outcome(found) if isinstance(found, Receipt) else {"type": "said"})
    for name, value in wanted.items():
        check(name, value, values, said)


def check(name: str, value: Any, values: dict[str, Any], said: Said) -> None:
    if name == "attachments":
        if value is not None:
            assert [shown(each, like) for each, like in zip(said.attachments, value, strict=True)] == value
    elif name == "quoted_has":
        assert value in said.quoted_text
    elif name == "html_without":
        assert not [word for word in value if word in said.html]
    else:
        assert values[name] == value, name


def seen(said: Said) -> dict[str, Any]:
    evidence = said.evidence
    return {
        **{name: getattr(said, name) for name in said.__struct_fields__},
        **{name: getattr(evidence, name) for name in evidence.__struct_fields__},
        "sender": said.sender.handle.key,
        "sender_domain": said.sender.handle.key.partition("@")[2],
        "name": said.sender.name,
        "known": said.sender.known,
        "recipients": [each.party.handle.key for each in said.recipients],
        "external_id_domain": said.external_id.partition("@")[2],
        "claimed_at": said.claimed_at.isoformat() if said.claimed_at else None,
        "reply_to": said.signals.reply_to,
        "hidden_behind": said.signals.hidden_behind,
        **original(said),
    }


def original(said: Said) -> dict[str, Any]:
    """Who wrote what somebody handed on."""
    found = said.forwarded
    if found is None:
        return {"original": None}
    return {
        "original": found.sender.handle.key,
        "original_name": found.sender.name,
        "original_text": found.text,
        "original_html": found.html,
        "original_subject": found.subject,
        "note": found.note,
    }


def outcome(receipt: Receipt) -> dict[str, Any]:
    def key(handle: Handle | None) -> str | None:
        return handle.key if handle else None

    fields = {name: getattr(receipt, name) for name in ("state", "reason", "permanent", "external_ids", "tokens")}
    return {**fields, "recipient": key(receipt.recipient), "type": "receipt"}


def shown(found: Attachment, like: dict[str, Any]) -> dict[str, Any]:
    """Of the attachment what the expectation speaks of."""
    values = {
        "name": found.name,
        "content_type": found.content_type,
        "data": found.data.decode("utf-8", "replace"),
        "size": len(found.data),
        "inline": found.inline,
        "content_id": found.content_id,
    }
    return {name: values[name] for name in like}


def test_collection_is_large_and_each_mail_has_its_expectation() -> None:
    assert len(fixtures()) >= 60
    assert {path.stem for path in FIXTURES.glob("*/*.json")} == {path.stem for path in fixtures()}
