"""Whose contact a submission belongs to. A stranger may type anybody's address: what they say of themselves fills what
is empty on the contact, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from kanal.contacts import actions as contacts
from kanal.contacts.models import Wanted
from kanal.forms.filling import sender, submitted
from kanal.forms.models import Definition, Value
from kanal.kit.db import Transaction

Given = tuple[Definition, Mapping[str, Value]]
"""A form and its answers."""


async def contacts_of(tx: Transaction, given: Sequence[Given]) -> list[UUID | None]:
    """For each its contact, found or made; None where no address was given."""
    parties = [sender(submitted(definition, answers, {})) for definition, answers in given]
    found = await contacts.resolve(tx, [party for party in parties if party is not None])
    senders = [found[party.handle.kind, party.handle.key] if party else None for party in parties]
    wanted: dict[UUID, Wanted] = {}
    for contact, each in zip(senders, given, strict=True):
        said = _said(each)
        if contact is not None and (said.name or said.custom):
            wanted.setdefault(contact, said)
    if wanted:
        await contacts.fill(tx, wanted)
    return senders


def _said(given: Given) -> Wanted:
    definition, answers = given
    said = {
        field.property.partition(".")[2]: answers[field.name]
        for field in definition.fields
        if field.property is not None and field.property.startswith("contact.") and field.name in answers
    }
    said.pop("email", None)
    return Wanted(name=str(said.pop("name", "")), custom=said)
