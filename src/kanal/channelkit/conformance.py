"""What every kind must hold, checked against the kind itself. A kind's tests call `faults` with captured payloads and
expect none; the messages say what is wrong and where the contract says so."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kanal.channelkit.contract import Channel, Kind
from kanal.channelkit.errors import InvalidSettings
from kanal.channelkit.messages import Inbound, Proof, Raw, Receipt, Refused, Said

RICH = {"bold", "italic", "underline", "list", "link", "quote", "code", "image"}
RECEIPTS = {"delivered", "read", "failed", "bounced"}


def faults(kind: Kind, *, settings: Mapping[str, Any], payloads: Sequence[Raw], channel: Channel) -> list[str]:
    """Everything in which the kind breaks the contract; `settings` are ones that a person would give, `payloads` what
    its doors really received."""
    return [
        *_capabilities(kind),
        *_settings(kind, settings, channel.mail_domain),
        *_parsing(kind, payloads),
        *_garbage(kind, payloads),
        *_names(kind, channel),
    ]


def _capabilities(kind: Kind) -> Iterator[str]:
    can = kind.capabilities
    if not kind.name.isidentifier() or not kind.title or not kind.description:
        yield "name must be an identifier, and title and description say what it is"
    if can.rich_text - RICH:
        yield f"rich_text knows no {', '.join(sorted(can.rich_text - RICH))}"
    if can.receipts - RECEIPTS:
        yield f"receipts knows no {', '.join(sorted(can.receipts - RECEIPTS))}"
    if list(can.windows) != sorted(can.windows, key=lambda window: window.lasts):
        yield "windows stand from narrow to wide"
    if can.templates and not can.windows:
        yield "templates are for outside a reply window, and there is none"
    if can.replies and not can.reaches:
        yield "it carries answers, but reaches no handle kind"
    if can.starts and not can.replies:
        yield "it cannot start a conversation that it cannot answer in"
    if can.one_shot and can.threading != "none":
        yield "one_shot opens a conversation each time, so threading is none"
    if not can.replies and (can.windows or can.live or can.several_recipients):
        yield "it carries no answers, so it has no reply windows, recipients or other side that waits"
    if can.inline_images and "image" not in can.rich_text:
        yield "inline images need the mark image in rich_text"


def _settings(kind: Kind, settings: Mapping[str, Any], mail_domain: str) -> Iterator[str]:
    complete = kind.check(settings, mail_domain)
    if kind.check(complete, mail_domain) != complete:
        yield "check must leave settings alone that it completed before"
    fields = {field.name for method in kind.methods for field in method.form}
    for method in kind.methods:
        for field in method.form:
            if field.required and field.type != "switch":
                yield from _missing(kind, settings, field.name, fields, mail_domain)
    for type_ in ("form", "channel"):
        if len({field.name for method in kind.methods for field in method.form if field.type == type_}) > 1:
            yield f"one setting at most is of the type {type_}"
    if any(secret not in fields for secret in kind.secret_fields):
        yield "every secret field stands in a form"


def _missing(
    kind: Kind, settings: Mapping[str, Any], name: str, fields: Iterable[str], mail_domain: str
) -> Iterator[str]:
    if name not in settings:
        return
    try:
        kind.check({key: value for key, value in settings.items() if key != name}, mail_domain)
    except InvalidSettings as refusal:
        if refusal.field not in fields:
            yield f"check names {refusal.field}, which is no field of its form"
    else:
        yield f"check takes settings without the required {name}"


def _parsing(kind: Kind, payloads: Sequence[Raw]) -> Iterator[str]:
    if not payloads:
        yield "captured payloads are needed to show what it reads"
    pickle.loads(pickle.dumps(kind))  # noqa: S301 - our own object; parsing happens in another process
    for raw in payloads:
        first, second = kind.parse(raw), kind.parse(raw)
        if first != second:
            yield "parse is pure: the same bytes give the same result, so that a replay changes nothing"
        for inbound in first:
            yield from _inbound(kind, inbound)


def _inbound(kind: Kind, inbound: Inbound) -> Iterator[str]:
    if isinstance(inbound, Refused):
        if not inbound.why:
            yield "a refusal says why"
        return
    if isinstance(inbound, Proof):
        if not inbound.tokens:
            yield "a proof carries the token that it proves"
        return
    if isinstance(inbound, Receipt):
        if not inbound.external_ids and not inbound.tokens:
            yield "a receipt says of which message it speaks"
        return
    if not inbound.digest:
        yield "a message has a digest, by which a second copy is recognised"
    if not inbound.sender.handle.key or not inbound.sender.handle.kind:
        yield "a sender has a handle with kind and normalised key"
    if kind.capabilities.threading == "thread_key" and not inbound.evidence.thread_key:
        yield "it threads by the provider's key, and the message has none"
    yield from _files(kind, inbound)
    if inbound.confirmation is not None and not inbound.confirmation.text:
        yield "a confirmation has words in plain text, which every kind can carry"
    if inbound.confirmation is not None and inbound.answer_at is None and not kind.capabilities.replies:
        yield "it wants a message confirmed, and does not say where"


def _files(kind: Kind, said: Said) -> Iterator[str]:
    for file in said.attachments:
        if sum(map(bool, (file.data, file.fetch, file.blob))) > 1:
            yield "an attachment has its bytes, or says where they are, in one way"
        if file.fetch and not kind.capabilities.fetches:
            yield "an attachment is to be fetched, but it does not say that it fetches"


def _garbage(kind: Kind, payloads: Sequence[Raw]) -> Iterator[str]:
    """Whatever the bytes, `unreadable` answers with something a person can look at."""
    chance = random.Random(7)  # noqa: S311 - no secret
    for raw in payloads:
        for body in (b"", chance.randbytes(500), raw.body[: len(raw.body) // 2], b"\x00" * 100):
            broken = Raw(body=body, received_at=raw.received_at, door=raw.door)
            shown = kind.unreadable(broken, "it is broken")
            if not isinstance(shown, Said) or not shown.raw_only or not shown.digest:
                yield "unreadable gives a message with raw_only and a digest"


def _names(kind: Kind, channel: Channel) -> Iterator[str]:
    first, second = kind.name_message(channel), kind.name_message(channel)
    if first and (first == second or len(first) < 24):
        yield "ids of our messages cannot be guessed: long, and another each time"
