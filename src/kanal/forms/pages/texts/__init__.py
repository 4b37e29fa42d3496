"""All words of a visitor's screen that the form itself does not say, in each language that a form can be in."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec

from kanal.forms.models import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Texts(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """`{name}` is where something is put in."""

    send: str
    sending: str
    required: str
    choose: str
    thanks_title: str
    thanks: str
    open_until: str
    closed_title: str
    closed: str
    missing_title: str
    missing: str
    gone_title: str
    gone: str
    too_large_title: str
    too_large: str
    too_many_title: str
    too_many: str
    not_here_title: str
    not_here: str
    busy_title: str
    busy: str
    problem_one: str
    problem_many: str
    problem_title: str
    files_again: str
    file_one: str
    files_many: str
    file_size: str
    file_size_each: str
    point: str
    any_type: str
    groups: dict[str, str]
    trap: str
    uploading: str
    offline: str
    captcha: str
    months: list[str]
    and_: str = msgspec.field(name="and")


def texts(language: Language) -> Texts:
    return _TEXTS[language]


def of_browser(accept_language: str) -> Language:
    """The first of our languages that the browser asks for."""
    wanted = sorted(accept_language.lower().split(","), key=_weight, reverse=True)
    for each in wanted:
        tag = each.partition(";")[0].strip().partition("-")[0]
        for known in LANGUAGES:
            if known == tag:
                return known
    return "en"


def _weight(part: str) -> float:
    try:
        return float(part.partition("q=")[2] or 1)
    except ValueError:
        return 0


_TEXTS: dict[Language, Texts] = {
    language: msgspec.json.decode((Path(__file__).parent / f"{language}.json").read_bytes(), type=Texts)
    for language in LANGUAGES
}
