"""One value of a custom property: what is right for its type and limits, in the one form in which it is kept as JSON.
A function a type; each raises ValueError with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import phonenumbers

from kanal.kit import mail
from kanal.kit.text import storable_text
from kanal.properties.models import Catalogue, Property

T = TypeVar("T")
LONGEST: dict[str, int] = {"text": 1_000, "long_text": 20_000, "url": 2_000, "email": mail.MAX_ADDRESS, "phone": 50}
LARGEST = 10**15
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def checked(catalogue: Catalogue, wanted: Property, value: Any) -> Any:
    """The value as it is kept; "", [] and None are None: empty. Raises ValueError."""
    if isinstance(value, str) and not value.strip():
        value = None
    if value is None or value == []:
        if wanted.limits.required:
            raise ValueError("this has to be filled in")
        return None
    return _OF_TYPE[wanted.type](catalogue, wanted, value)


def _text(_: Catalogue, wanted: Property, value: Any) -> str:
    return _long_enough(wanted, " ".join("".join(c if c.isprintable() else " " for c in _string(value)).split()))


def _long_text(_: Catalogue, wanted: Property, value: Any) -> str:
    return _long_enough(wanted, _string(value).replace("\r\n", "\n").strip())


def _number(_: Catalogue, wanted: Property, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise ValueError("write a number")
    number: int | float = int(value) if float(value).is_integer() else value
    places = wanted.limits.decimals
    if places is not None and round(number, places) != number:
        raise ValueError("write a whole number" if places == 0 else f"write at most {places} decimals")
    return _within(wanted, number, float(number), float)


def _boolean(_: Catalogue, __: Property, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false")
    return value


def _select(_: Catalogue, wanted: Property, value: Any) -> str:
    choices = [option.value for option in wanted.options if not option.archived]
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"choose one of {', '.join(choices)}" if choices else "there is nothing to choose from yet")
    return value


def _multi_select(catalogue: Catalogue, wanted: Property, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise ValueError("write a list of choices")
    chosen = {_select(catalogue, wanted, each) for each in value}
    return [option.value for option in wanted.options if option.value in chosen]


def _date(_: Catalogue, wanted: Property, value: Any) -> str:
    try:
        day = date.fromisoformat(_string(value).strip())
    except ValueError:
        raise ValueError("write a date, such as 2026-05-31") from None
    return _within(wanted, day.isoformat(), day, lambda limit: date.fromisoformat(str(limit)[:10]))


def _datetime(_: Catalogue, wanted: Property, value: Any) -> str:
    try:
        moment = datetime.fromisoformat(_string(value).strip().upper())
        if moment.tzinfo is None:
            raise ValueError
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("write date, time and zone, such as 2026-05-31T14:30:00+02:00") from None
    return _within(wanted, moment.isoformat().replace("+00:00", "Z"), moment, as_moment)


def _url(_: Catalogue, wanted: Property, value: Any) -> str:
    given = _string(value).strip()
    given = given if _SCHEME.match(given) else f"https://{given}"
    try:
        parts = urlsplit(given)
        right = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "." in str(parts.hostname)
    except ValueError:
        right = False
    if not right or not given.isprintable() or " " in given:
        raise ValueError("write a web address, such as https://shop.example/orders/12")
    return _long_enough(wanted, given)


def _email(_: Catalogue, wanted: Property, value: Any) -> str:
    given = _string(value).strip()
    if not mail.normalise(given):
        raise ValueError("write an email address, such as eva@shop.example")
    return _long_enough(wanted, given)


def _phone(_: Catalogue, wanted: Property, value: Any) -> str:
    """In the international form, +46 8 123 456 78."""
    region = wanted.limits.region
    try:
        number = phonenumbers.parse(_string(value)[: LONGEST["phone"]], region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        how = "write a phone number" if region else "write a phone number with its country, such as +46 8 123 456 78"
        raise ValueError(how)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _member(catalogue: Catalogue, _: Property, value: Any) -> str:
    try:
        member = UUID(_string(value))
    except ValueError:
        raise ValueError("write a member's id") from None
    if member not in catalogue.members:
        raise ValueError("there is no such active member")
    return str(member)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("write text")
    return storable_text(value)


def _long_enough(wanted: Property, text: str) -> str:
    limits, longest = wanted.limits, LONGEST[wanted.type]
    most = min(limits.max_length or longest, longest)
    if len(text) > most:
        raise ValueError(f"write at most {most} characters")
    if limits.min_length and len(text) < limits.min_length:
        raise ValueError(f"write at least {limits.min_length} characters")
    return text


def _within(wanted: Property, kept: T, value: Any, read: Callable[[Any], Any]) -> T:
    low, high = wanted.limits.min, wanted.limits.max
    if low is not None and value < read(low):
        raise ValueError(f"the lowest is {low}")
    if high is not None and value > read(high):
        raise ValueError(f"the highest is {high}")
    return kept


def as_moment(limit: Any) -> datetime:
    moment = datetime.fromisoformat(str(limit))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_OF_TYPE: dict[str, Callable[[Catalogue, Property, Any], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "boolean": _boolean,
    "select": _select,
    "multi_select": _multi_select,
    "date": _date,
    "datetime": _datetime,
    "url": _url,
    "email": _email,
    "phone": _phone,
    "member": _member,
}
