"""What the kind itself says, in the form's language. Used by parse.py and confirmation.py."""

from __future__ import annotations

import msgspec


class Words(msgspec.Struct, kw_only=True, frozen=True):
    yes: str
    no: str
    received: str
    """Subject of a confirmation, with `{subject}`."""
    greeting: str
    you_wrote: str
    answer: str


_ENGLISH = Words(
    yes="Yes",
    no="No",
    received="We have received: {subject}",
    greeting="Thank you, your message has reached us. We will answer you by email.",
    you_wrote="This is what you sent:",
    answer="If you want to add something, just answer this email.",
)
_SWEDISH = Words(
    yes="Ja",
    no="Nej",
    received="Vi har tagit emot: {subject}",
    greeting="Tack, ditt meddelande har kommit fram. Vi svarar dig via e-post.",
    you_wrote="Det här skickade du:",
    answer="Vill du lägga till något? Svara på det här mejlet.",
)
_BY_LANGUAGE = {"en": _ENGLISH, "sv": _SWEDISH}


def of(language: str) -> Words:
    """English where the language is none of ours."""
    return _BY_LANGUAGE.get(language.partition("-")[0].lower(), _ENGLISH)
