"""Pure decisions on sender rules: what an entry is, and which of several that fit a sender counts."""

from __future__ import annotations

from collections.abc import Collection

from kanal.contacts.senders.errors import InvalidSender
from kanal.contacts.senders.models import MAIL, SenderKey, SenderRule
from kanal.kit.mail import domain_of, normalise
from kanal.kit.text import storable_text

LONGEST_NOTE = 200


def entry_of(typed: str, space: str = MAIL) -> str:
    """The form in which an entry is kept and compared. `@shop.example` and `*@shop.example` mean the domain."""
    text = storable_text(typed).strip()
    entry = _in_mail(text.removeprefix("mailto:")) if space == MAIL else text
    if not entry:
        what = f"write an address (name@shop.example) or a domain (shop.example), not “{text[:80]}”"
        raise InvalidSender("entry", what)
    return entry


def _in_mail(text: str) -> str:
    local, _, domain = text.rpartition("@")
    if local not in ("", "*"):
        return normalise(text)
    host = domain_of(normalise(f"x@{domain.removeprefix('*.')}"))
    return host if "." in host and not host.startswith("[") else ""


def note_of(typed: str) -> str:
    note = " ".join(storable_text(typed).split())
    if len(note) > LONGEST_NOTE:
        raise InvalidSender("note", f"at most {LONGEST_NOTE} characters are possible")
    return note


def entries_for(sender: SenderKey) -> list[str]:
    """All entries that would be about this sender, the one that counts most first: the address, then its domain, then
    the domains above that."""
    space, key = sender
    if space != MAIL:
        return [key]
    labels = domain_of(key).split(".")
    return [key, *(".".join(labels[place:]) for place in range(len(labels) - 1))]


def deciding(sender: SenderKey, found: Collection[SenderRule]) -> SenderRule | None:
    """The rule that counts for a sender: an address beats a domain, a longer domain beats a shorter one."""
    by_entry = {rule.entry: rule for rule in found if rule.space == sender[0]}
    return next((by_entry[entry] for entry in entries_for(sender) if entry in by_entry), None)
