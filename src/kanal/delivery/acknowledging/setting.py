"""A channel's acknowledgement as it is stored and edited, and the words that come of it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kanal.channelkit.messages import Confirmation
from kanal.delivery import tokens
from kanal.delivery.acknowledging.texts import LANGUAGES, SUBJECT, Language

TOKENS = ("ticket.number", "ticket.subject", "contact.first_name", "answer_time")
LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 300
MOST_HOURS = 1_000
HOURS_OF_A_DAY = 24


class Acknowledgement(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    on: bool = False
    language: Language = "en"
    subject: str = ""
    """"": "Re: " and the subject of the ticket."""
    text: str = ""
    """Plain text with tokens; "": the language's own words."""
    expected_hours: int | None = None
    """Within how many hours an answer is promised; None: as soon as we can."""


class AcknowledgementShown(msgspec.Struct, kw_only=True):
    """What a customer gets."""

    subject: str
    text: str


class InvalidAcknowledgement(Exception):
    """`field` is the path of what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = f"acknowledgement.{field}" if field else "acknowledgement"
        self.message = message


def read(stored: object) -> Acknowledgement:
    """As it is stored; off where it cannot be read."""
    try:
        return msgspec.convert(stored, Acknowledgement)
    except msgspec.ValidationError:
        return Acknowledgement()


def checked(given: Mapping[str, Any]) -> Acknowledgement:
    """As somebody wrote it; raises InvalidAcknowledgement."""
    try:
        wanted = msgspec.convert(given, Acknowledgement)
    except msgspec.ValidationError as wrong:
        what, _, path = str(wrong).partition(" - at `$.")
        raise InvalidAcknowledgement(path.rstrip("`"), what) from None
    if wanted.expected_hours is not None and not 1 <= wanted.expected_hours <= MOST_HOURS:
        raise InvalidAcknowledgement("expected_hours", f"write a number from 1 to {MOST_HOURS}")
    _check_words("subject", wanted.subject, LONGEST_SUBJECT)
    _check_words("text", wanted.text, LONGEST_TEXT)
    wanted.subject = " ".join(wanted.subject.split())
    return wanted


def _check_words(field: str, words: str, longest: int) -> None:
    if len(words) > longest:
        raise InvalidAcknowledgement(field, f"write at most {longest} characters")
    if strange := tokens.unknown(words, TOKENS):
        known = ", ".join(f"{{{{{each}}}}}" for each in TOKENS)
        raise InvalidAcknowledgement(field, f"{{{{{strange[0][:60]}}}}} is not known; there are {known}")


def worded(wanted: Acknowledgement, *, number: int | str, subject: str, first_name: str) -> Confirmation:
    values = {
        "ticket.number": str(number),
        "ticket.subject": subject,
        "contact.first_name": first_name,
        "answer_time": _answer_time(wanted),
    }
    text = tokens.filled(wanted.text.strip() or LANGUAGES[wanted.language].text, values)
    about = tokens.filled(wanted.subject or SUBJECT, values)
    return Confirmation(
        subject=_once_re(" ".join(about.split()))[:LONGEST_SUBJECT], text=f"{text}\n", html=tokens.as_html(text)
    )


def preview(wanted: Acknowledgement) -> AcknowledgementShown:
    """What somebody gets who writes about something; numbers and names are made up."""
    words = LANGUAGES[wanted.language]
    said = worded(wanted, number=1234, subject=words.subject, first_name=words.sample)
    return AcknowledgementShown(subject=said.subject, text=said.text.rstrip())


def _answer_time(wanted: Acknowledgement) -> str:
    words, hours = LANGUAGES[wanted.language], wanted.expected_hours
    if hours is None:
        return words.soon
    if hours % HOURS_OF_A_DAY == 0:
        days = hours // HOURS_OF_A_DAY
        return words.day if days == 1 else words.days.format(n=days)
    return words.hour if hours == 1 else words.hours.format(n=hours)


def _once_re(subject: str) -> str:
    """A subject that was an answer already stays one answer."""
    return subject[4:] if subject.lower().startswith("re: re:") else subject
