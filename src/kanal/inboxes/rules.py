"""Pure decisions about channels: settings and their secrets apart and together, and when a claim has lapsed."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from kanal.channelkit.contract import Channel
from kanal.inboxes.errors import InvalidChannel
from kanal.inboxes.models import ChannelRow, Health, Holder, Replayed
from kanal.kit.crypto import Keyring

UNPROVED = timedelta(hours=72)
"""How long an address is kept for someone who has not shown that it is theirs."""
LONGEST_NAME = 200
WAITING_FOR_PROOF = "Waiting for the verification mail."
TRYING = "Signing in again with what was changed."
REPLAYABLE = frozenset({"failed", "quarantined", "held", "duplicate"})


def as_kind_sees(row: ChannelRow, keyring: Keyring, mail_domain: str) -> Channel:
    return Channel(
        account_id=row.account_id,
        id=row.id,
        name=row.name,
        settings=with_secrets(row.settings, row.secrets, keyring),
        active=row.active,
        mail_domain=mail_domain,
        connected_at=row.created_at,
    )


def with_secrets(settings: Mapping[str, Any], sealed: bytes | None, keyring: Keyring) -> dict[str, Any]:
    whole = copy.deepcopy(dict(settings))
    if sealed is not None:
        for path, value in msgspec.json.decode(keyring.decrypt(sealed), type=dict[str, str]).items():
            parent, name = _parent(whole, path)
            if parent is not None:
                parent[name] = value
    return whole


def sealed(
    settings: Mapping[str, Any], secret_fields: Sequence[str], keyring: Keyring
) -> tuple[dict[str, Any], bytes | None]:
    """The settings that anyone may see, `has_<name>` in the place of each secret, and the secrets encrypted."""
    open_part = copy.deepcopy(dict(settings))
    secrets: dict[str, str] = {}
    for path in secret_fields:
        parent, name = _parent(open_part, path)
        if parent is not None:
            secret = str(parent.pop(name, None) or "")
            parent[f"has_{name}"] = bool(secret)
            if secret:
                secrets[path] = secret
    return open_part, keyring.encrypt(msgspec.json.encode(secrets)) if secrets else None


def merged(old: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """JSON merge patch (RFC 7396): objects are merged, null removes, everything else replaces."""
    result = dict(old)
    for name, value in change.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            before = result.get(name)
            result[name] = merged(before if isinstance(before, dict) else {}, value)
        else:
            result[name] = value
    return result


def without_secrets_for_others(
    old: Mapping[str, Any], new: dict[str, Any], change: Mapping[str, Any], secret_fields: Sequence[str]
) -> dict[str, Any]:
    """A stored secret goes to the host it was typed for and no other: with a new `host` it has to be typed again."""
    for path in secret_fields:
        before, name = _parent(old, path)
        after, _ = _parent(new, path)
        typed, _ = _parent(change, path)
        moved = before is not None and after is not None and before.get("host") != after.get("host")
        if moved and after is not None and not (typed or {}).get(name):
            after.pop(name, None)
    return new


def _parent(settings: Mapping[str, Any], path: str) -> tuple[dict[str, Any] | None, str]:
    *steps, name = path.split(".")
    place: Any = settings
    for step in steps:
        place = place.get(step) if isinstance(place, dict) else None
    return (place if isinstance(place, dict) else None), name


def has_lapsed(holder: Holder, now: datetime) -> bool:
    return holder.proved_at is None and now - holder.claimed_at > UNPROVED


def not_replayable(event: Replayed) -> str:
    """Why doing it again would change nothing; "" when it may."""
    if event.deleted:
        return "its channel was deleted"
    if event.erased:
        return "what came in was deleted"
    if not event.active:
        return "its channel is off; switch it on first"
    if event.state == "waiting":
        return "it is waiting to be taken in already"
    if not replayable(event.state, placed=event.placed) and not event.raw_only:
        return "it was understood and taken in already"
    return ""


def replayable(state: str, *, placed: bool) -> bool:
    """Whether another fate is possible; `placed` says that it became a message, or is the copy of one."""
    return state in REPLAYABLE or (state == "outgoing" and not placed)


def for_reader(settings: Mapping[str, Any], *, manages: bool) -> dict[str, Any]:
    """Whoever does not manage channels has no use for the servers and user names beside a secret."""
    if manages:
        return dict(settings)
    return {name: value for name, value in settings.items() if not _guards_a_secret(value)}


def _guards_a_secret(value: Any) -> bool:
    return isinstance(value, dict) and any(name.startswith("has_") for name in value)


def at_rest(row: ChannelRow) -> tuple[Health, str]:
    """How it is when nothing is known to be wrong, and why."""
    if row.unproved:
        return "waiting", WAITING_FOR_PROOF
    return ("ok" if row.first_received_at else "waiting"), ""


def checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise InvalidChannel("name", f"Give it a name of at most {LONGEST_NAME} characters.")
    return plain
