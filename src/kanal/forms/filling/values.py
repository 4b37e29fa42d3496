"""One answer: what is right for a field's type and limits, in the one form in which it is kept. A function a type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import phonenumbers

from kanal.forms.filling.models import GivenFile
from kanal.forms.models import Field, Language, Value
from kanal.kit import mail
from kanal.kit.text import storable_text

LONGEST = {"text": 1_000, "long_text": 20_000, "email": mail.MAX_ADDRESS, "phone": 50}
LARGEST = 10**15
FILE_BYTES = 10_000_000
"""Of each file, where the field says nothing."""
TICKED = frozenset({"on", "true", "1", "yes"})
NOT_TICKED = frozenset({"off", "false", "0", "no"})
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,16}(\.\d{0,16})?|\.\d{1,16})", re.ASCII)


class Wrong(Exception):
    """`why` is a key of texts.ERRORS, `more` what stands in the text."""

    def __init__(self, why: str, **more: Any) -> None:
        super().__init__(why)
        self.why = why
        self.more = more


def answered(field: Field, came: Sequence[Any], language: Language) -> Value:
    """The answer to a field that was displayed; None when there is none. Raises Wrong."""
    value = checked(field, came, language)
    if field.type in ("checkbox", "consent"):
        if field.required and value is not True:
            raise Wrong("tick")
        return bool(value)
    if field.required and value is None:
        raise Wrong("choose" if field.type in ("select", "multi_select") else "required")
    return value


def checked(field: Field, came: Sequence[Any], language: Language) -> Value:
    """What came, as it is kept; None when it is nothing. Raises Wrong."""
    filled = [each for each in came if each is not None and not (isinstance(each, str) and not each.strip())]
    if not filled:
        return None
    if field.type == "multi_select":
        return _several(field, filled)
    if field.type in ("checkbox", "consent"):
        return any(_ticked(each) for each in filled)
    if any(each != filled[0] for each in filled):
        raise Wrong("one")
    return _ONE[field.type](field, filled[0], language)


def default(field: Field, language: Language) -> Value:
    """The form's own value; its choices are not asked for, since those of a property may have changed since."""
    value = field.default
    try:
        if field.type in ("select", "multi_select", "checkbox", "consent", "file"):
            return value if value != [] and value != "" else None
        return checked(field, [value], language)
    except Wrong:
        return None


def files(field: Field, given: Sequence[GivenFile], came: Sequence[Any]) -> Value:
    """Their names. Browsers send an empty text where no file was chosen."""
    if any(each not in (None, "") for each in came):
        raise Wrong("file")
    if not given:
        if field.required:
            raise Wrong("file")
        return None
    limits = field.limits
    if len(given) > (limits.files or 1):
        raise Wrong("files", most=limits.files or 1)
    for file in given:
        if file.size > (limits.file_bytes or FILE_BYTES):
            raise Wrong("large", name=file.name, megabytes=megabytes(limits.file_bytes or FILE_BYTES))
        if limits.file_groups and file.group not in limits.file_groups:
            raise Wrong("group", name=file.name)
    return [file.name for file in given]


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.3g}"


# One type each


def _text(field: Field, value: Any, _: Language) -> Value:
    text = _string(value)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return _long_enough(field, " ".join(text.split()))


def _long_text(field: Field, value: Any, _: Language) -> Value:
    return _long_enough(field, _string(value).replace("\r\n", "\n").replace("\r", "\n").strip())


def _email(_: Field, value: Any, __: Language) -> str:
    address = _string(value).strip()
    if not mail.normalise(address) or "." not in mail.domain_of(address):
        raise Wrong("email")
    return address


def _phone(field: Field, value: Any, _: Language) -> str:
    """E.164."""
    region = field.limits.region
    try:
        number = phonenumbers.parse(_string(value)[: LONGEST["phone"]], region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Wrong("phone" if region else "phone_with_country")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _number(field: Field, value: Any, language: Language) -> int | float:
    number = _read_number(value, language)
    low, high = (limit if isinstance(limit, int | float) else None for limit in (field.limits.min, field.limits.max))
    if low is not None and number < low:
        raise Wrong("least", limit=shown_number(low, language))
    if high is not None and number > high:
        raise Wrong("most", limit=shown_number(high, language))
    return number


def _read_number(value: Any, language: Language) -> int | float:
    text = "".join(_string(value).split()).replace("\u2212", "-")
    if "," in text:
        text = text.replace(",", "") if _groups_thousands(text, language) else _with_point(text)
    if not _NUMBER.fullmatch(text) and not isinstance(value, float):
        raise Wrong("number")
    number = float(text)
    if not abs(number) <= LARGEST:
        raise Wrong("number")
    return int(number) if number.is_integer() else number


def _groups_thousands(text: str, language: Language) -> bool:
    return bool(_THOUSANDS.fullmatch(text)) and (language == "en" or "." in text or text.count(",") > 1)


def _with_point(text: str) -> str:
    """Of a number with a decimal comma, whose points group thousands."""
    whole, _, decimals = text.rpartition(",")
    return f"{whole.replace('.', '')}.{decimals}"


def shown_number(number: float, language: Language) -> str:
    text = f"{number:.15g}"
    return text.replace(".", ",") if language == "sv" else text


def _date(field: Field, value: Any, _: Language) -> str:
    try:
        day = date.fromisoformat(_string(value).strip()).isoformat()
    except ValueError:
        raise Wrong("date") from None
    if field.limits.min is not None and day < str(field.limits.min):
        raise Wrong("earliest", limit=field.limits.min)
    if field.limits.max is not None and day > str(field.limits.max):
        raise Wrong("latest", limit=field.limits.max)
    return day


def _select(field: Field, value: Any, _: Language) -> str:
    choice = _string(value)
    if choice not in field.options:
        raise Wrong("option")
    return choice


def _several(field: Field, came: Sequence[Any]) -> list[str]:
    """In the form's order, each once."""
    chosen = {_select(field, value, "en") for value in came}
    return [option for option in field.options if option in chosen]


def _ticked(value: Any) -> bool:
    word = str(value).lower() if isinstance(value, bool) else _string(value).strip().lower()
    if word not in TICKED and word not in NOT_TICKED:
        raise Wrong("ticked")
    return word in TICKED


def _string(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return str(value)
    if not isinstance(value, str):
        raise Wrong("text")
    return storable_text(value)


def _long_enough(field: Field, text: str) -> str | None:
    """None when nothing of it can be seen."""
    if not text:
        return None
    limits, longest = field.limits, LONGEST[field.type]
    most = min(limits.max_length or longest, longest)
    if len(text) > most:
        raise Wrong("long", most=most)
    if limits.min_length and len(text) < limits.min_length:
        raise Wrong("short", least=limits.min_length)
    return text


_ONE: dict[str, Callable[[Field, Any, Language], Value]] = {
    "text": _text,
    "long_text": _long_text,
    "email": _email,
    "phone": _phone,
    "number": _number,
    "date": _date,
    "select": _select,
}
