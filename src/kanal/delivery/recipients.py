"""To whom a reply goes: those who take part, unless its author says otherwise; new people only when named (K19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from kanal.channelkit.messages import Field
from kanal.delivery.errors import InvalidReply
from kanal.delivery.models import Addressee, Answer
from kanal.delivery.ways import WayOut
from kanal.kit import mail

MOST = 100


def of_reply(asked: Answer, way: WayOut) -> list[Addressee]:
    """The recipients, each once, in the field that names them first. Words never name one (K14)."""
    named = _of_fields(asked, way)
    return _each_once([*named, *_let_in(asked.include_new_people, way)])


def of_fields(asked: Fields, way: WayOut) -> list[Addressee]:
    """The same of a message that answers nobody: only who is named gets it."""
    return _each_once(_of_fields(asked, way))


class Fields(Protocol):
    """Addresses as somebody gave them; None where the way decides."""

    @property
    def to(self) -> list[str] | None: ...
    @property
    def cc(self) -> list[str] | None: ...
    @property
    def bcc(self) -> list[str] | None: ...


def _of_fields(asked: Fields, way: WayOut) -> list[Addressee]:
    fields: tuple[tuple[Field, list[str] | None], ...] = (("to", asked.to), ("cc", asked.cc), ("bcc", asked.bcc))
    return [each for field, given in fields for each in _of_field(field, given, way)]


def _each_once(wanted: list[Addressee]) -> list[Addressee]:
    chosen: dict[tuple[str, str], Addressee] = {}
    for each in wanted:
        chosen.setdefault((each.space, each.key), each)
    if not chosen:
        raise InvalidReply("to", "Name somebody to write to.")
    if len(chosen) > MOST:
        raise InvalidReply("to", f"At most {MOST} people can be written to at once.")
    return list(chosen.values())


def _of_field(field: Field, given: Sequence[str] | None, way: WayOut) -> Iterable[Addressee]:
    if given is None:
        return [each for each in way.people if each.field == field]
    if not way.kind.capabilities.several_recipients:
        raise InvalidReply(field, "This channel writes to the contact alone.")
    return [_named(field, text, way) for text in given]


def _named(field: Field, text: str, way: WayOut) -> Addressee:
    """Whoever is typed in; a person of the conversation keeps their name."""
    key = mail.normalise(text)
    if not key:
        raise InvalidReply(field, f"{text[:100]!r} is not an email address.")
    if key in way.own_keys:
        raise InvalidReply(field, f"{text[:100]} is the channel's own address.")
    known = next((each for each in [*way.people, *way.new_people] if each.key == key), None)
    return Addressee(field=field, space="email", key=key, address=text.strip(), name=known.name if known else "")


def _let_in(addresses: list[str], way: WayOut) -> list[Addressee]:
    by_name = {name: each for each in way.new_people for name in (each.key, each.address)}
    found = [by_name.get(mail.normalise(address) or address) for address in addresses]
    if None in found:
        raise InvalidReply("include_new_people", "Only people who wrote in this conversation can be ticked.")
    return [each for each in found if each]
