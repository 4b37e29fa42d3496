"""One submission of a form → what was said in it. Pure, and meant for a child process; the desk takes the result to
its pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from kanal.channelkit.messages import Answer, Attachment, Evidence, Handle, Inbound, Party, Raw, Said
from kanal.channelkit.submissions import Submission, SubmittedField
from kanal.kinds.form import confirmation, words
from kanal.kinds.form.words import Words
from kanal.kit.mail import normalise

EMAIL = "email"
SUBMISSION = "submission"
"""Handle kind of whoever gave no address: each submission is somebody else's."""
MAX_SUBJECT = 998
DESK_CHOOSES = ("pipeline", "status")
"""Ticket properties of which, while hidden, only the form's own default counts."""


def parse(raw: Raw) -> list[Inbound]:
    """Never raises: what is no submission is shown as its raw source."""
    try:
        sent = msgspec.json.decode(raw.body, type=Submission)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        return [unreadable(raw, type(fault).__name__)]
    return [_said(sent)]


def unreadable(raw: Raw, why: str) -> Said:
    digest = hashlib.sha256(raw.body).hexdigest()
    return Said(
        digest=digest,
        sender=Party(handle=Handle(kind=SUBMISSION, key=digest, address=""), known=False),
        text=f"This submission could not be read ({why[:200]}). Its raw source is kept.",
        raw_only=True,
    )


def _said(sent: Submission) -> Said:
    said = words.of(sent.language)
    who = _sender(sent)
    answers = _answers(sent, said)
    subject = _subject(sent, who)
    reachable = who.handle.kind == EMAIL
    return Said(
        digest=hashlib.sha256(f"form {sent.form_id} {sent.id}".encode()).hexdigest(),
        sender=who,
        subject=subject,
        text=_text(sent, answers),
        claimed_at=sent.submitted_at,
        evidence=Evidence(subject_key=subject.lower()),
        attachments=_files(sent),
        answers=answers,
        properties=_properties(sent, chosen=True),
        property_defaults=_properties(sent, chosen=False),
        confirmation=(
            confirmation.written(sent.confirmation, said, _asked_subject(sent) or _line(sent.form_name), answers)
            if sent.confirmation is not None and reachable
            else None
        ),
        answer_at=who if reachable else None,
    )


def _sender(sent: Submission) -> Party:
    """Whoever typed an address is taken for its owner as far as answers go; what the visitor's cookie says is not
    asked, since anybody may type anybody's address (K7)."""
    name = _line(_of(sent, "contact.name"))
    address = _address(sent)
    if address:
        return Party(handle=Handle(kind=EMAIL, key=normalise(address), address=address), name=name)
    return Party(handle=Handle(kind=SUBMISSION, key=str(sent.id), address=""), name=name, known=False)


def _address(sent: Submission) -> str:
    """Of the field that is bound to the contact's address, else of the first that takes one."""
    named = [field for field in sent.fields if field.property == "contact.email"]
    typed = [field for field in sent.fields if field.type == "email"]
    given = (field.value.strip() for field in (*named, *typed) if isinstance(field.value, str))
    return next((address for address in given if normalise(address)), "")


def _subject(sent: Submission, who: Party) -> str:
    """Forms that do not ask for one are told apart by who filled them in (FRM-13)."""
    name = _line(sent.form_name)
    by = who.name or who.handle.address
    return (_asked_subject(sent) or (f"{name}: {by}" if by else name))[:MAX_SUBJECT]


def _asked_subject(sent: Submission) -> str:
    return _line(_of(sent, "ticket.subject"))


def _text(sent: Submission, answers: Iterable[Answer]) -> str:
    description = _of(sent, "ticket.description").strip()
    return description or "\n".join(f"{answer.label}: {answer.value}" for answer in answers if not answer.hidden)


def _of(sent: Submission, property_: str) -> str:
    given = (field.value for field in sent.fields if field.property == property_)
    return next((value for value in given if isinstance(value, str)), "")


def _line(text: str) -> str:
    return " ".join(text.split())


def _answers(sent: Submission, said: Words) -> list[Answer]:
    shown = [(field, _shown(field, said)) for field in sent.fields]
    return [Answer(label=field.label, value=value, hidden=field.hidden) for field, value in shown if value]


def _shown(field: SubmittedField, said: Words) -> str:
    """An answer as people read it; "" where there is none."""
    if field.files:
        return ", ".join(file.name for file in field.files)
    match field.value:
        case True | False:
            return said.yes if field.value else said.no
        case list(choices):
            return ", ".join(field.labels.get(choice, choice) for choice in choices)
        case float(number) if number.is_integer():
            return str(int(number))
        case str(text):
            return field.labels.get(text, text).strip()
        case None:
            return ""
    return str(field.value)


def _files(sent: Submission) -> list[Attachment]:
    return [
        Attachment(name=file.name, content_type=file.content_type, blob=file.blob, size=file.size)
        for field in sent.fields
        if not field.hidden
        for file in field.files
    ]


def _properties(sent: Submission, *, chosen: bool) -> dict[str, Any]:
    """What the visitor chose to set on the ticket, or what the form sets by itself."""
    found: dict[str, Any] = {}
    for field in sent.fields:
        owner, _, key = (field.property or "").partition(".")
        by_visitor = field.chosen and not (field.hidden and key in DESK_CHOOSES)
        if owner == "ticket" and key != "subject" and field.value not in (None, "", []) and by_visitor is chosen:
            found[key] = field.value
    return found
