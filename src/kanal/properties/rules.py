"""Pure decisions on properties: values that somebody gives, and definitions that somebody makes or changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kanal.kit.conditions import FieldType, normalised
from kanal.properties import values
from kanal.properties.builtin import RESERVED
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue, Limits, Object, Option, Property, PropertyType

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
OPTION_VALUE = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
LONGEST_LABEL = 100
LONGEST_HELP = 500
MOST_OPTIONS = 200
MOST_PROPERTIES = 200
CHOICES: tuple[PropertyType, ...] = ("select", "multi_select")
LIMITS: dict[PropertyType, frozenset[str]] = {
    **dict.fromkeys(("text", "long_text"), frozenset({"required", "min_length", "max_length"})),
    "number": frozenset({"required", "min", "max", "decimals"}),
    **dict.fromkeys(("date", "datetime"), frozenset({"required", "min", "max"})),
    "phone": frozenset({"required", "region"}),
    "boolean": frozenset(),
    **dict.fromkeys(("select", "multi_select", "url", "email", "member"), frozenset({"required"})),
}
"""Which limits a type has."""


def checked(catalogue: Catalogue, object_: Object, given: Mapping[str, Any], prefix: str = "custom") -> dict[str, Any]:
    """Values of custom properties as they are kept, None where one is emptied; raises PropertyInvalid with every field
    that is wrong, named `<prefix>.<key>`."""
    kept: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for key, value in given.items():
        try:
            kept[key] = values.checked(catalogue, _fillable(catalogue, object_, key), value)
        except ValueError as error:
            wrong.append((f"{prefix}.{key[:100]}", str(error)))
    if wrong:
        raise PropertyInvalid(*wrong)
    return kept


def merged(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """All values after a change; what became empty is not kept."""
    return {key: value for key, value in {**before, **change}.items() if value is not None}


def field_of(each: Property) -> FieldType:
    """What a condition may ask of a property."""
    options = list(each.options) if each.type in CHOICES else None
    return FieldType(type=each.type, label=each.label, group=each.object, options=options)


# Definitions


def line(field: str, given: str, longest: int = LONGEST_LABEL) -> str:
    text = " ".join(given.split())
    if not text or not text.isprintable():
        raise PropertyInvalid((field, "write one line"))
    if len(text) > longest:
        raise PropertyInvalid((field, f"write at most {longest} characters"))
    return text


def label(given: str, others: Iterable[Property]) -> str:
    """The name of a property, which no other one that can be filled has."""
    text = line("label", given)
    if normalised(text) in {normalised(each.label) for each in others if not each.archived}:
        raise PropertyInvalid(("label", "another property is called the same"))
    return text


def help_text(given: str) -> str:
    return line("help", given, LONGEST_HELP) if given.strip() else ""


def key_for(given: str | None, label: str, taken: Collection[str]) -> str:
    """The key that was asked for, or one made of the label."""
    if given is None:
        return free(slug(label) or "property", {*taken, *RESERVED})
    if not KEY.fullmatch(given):
        raise PropertyInvalid(("key", "write lower case letters, digits and underscores, beginning with a letter"))
    if given in RESERVED:
        raise PropertyInvalid(("key", "this key is one of Kanal's own; choose another one"))
    if given in taken:
        raise PropertyInvalid(("key", "there is a property with this key already, perhaps an archived one"))
    return given


def slug(text: str) -> str:
    """A key from words: `Beställning nr` → `bestallning_nr`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:50].rstrip("_")


def free(wanted: str, taken: Collection[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found


def options_for(type_: PropertyType, given: Iterable[Option]) -> list[Option]:
    """Options as they are kept: labels one line each and different, values made where there are none."""
    options = list(given)
    if type_ not in CHOICES:
        if options:
            raise PropertyInvalid(("options", "only choices have options"))
        return []
    if not any(not option.archived for option in options):
        raise PropertyInvalid(("options", "add an option to choose"))
    if len(options) > MOST_OPTIONS:
        raise PropertyInvalid(("options", f"there may be {MOST_OPTIONS} options"))
    return _options(options)


def limits_for(type_: PropertyType, limits: Limits) -> Limits:
    for name in Limits.__struct_fields__:
        value = getattr(limits, name)
        if value is not None and value is not False and name not in LIMITS[type_]:
            raise PropertyInvalid((f"limits.{name}", f"a property of type {type_} has no such limit"))
    _check_bounds(type_, limits)
    _check_lengths(type_, limits)
    if limits.decimals is not None and not 0 <= limits.decimals <= 6:
        raise PropertyInvalid(("limits.decimals", "write a number from 0 to 6"))
    if limits.region is not None and not re.fullmatch(r"[A-Z]{2}", limits.region):
        raise PropertyInvalid(("limits.region", "write the country's two letters, such as SE"))
    return limits


def _fillable(catalogue: Catalogue, object_: Object, key: str) -> Property:
    found = catalogue.find(object_, key)
    if found is None:
        raise ValueError("there is no property with this key")
    if found.builtin:
        raise ValueError("this is not a custom property; change it by its own field")
    if found.archived:
        raise ValueError("the property is archived; restore it first")
    return found


def _options(options: list[Option]) -> list[Option]:
    kept: list[Option] = []
    taken = {option.value for option in options if option.value}
    for number, option in enumerate(options):
        label = line(f"options.{number}.label", option.label)
        value = option.value or free(slug(label) or "option", taken)
        taken.add(value)
        if not OPTION_VALUE.fullmatch(value):
            raise PropertyInvalid((f"options.{number}.value", "write lower case letters, digits, - and _"))
        if value in {other.value for other in kept}:
            raise PropertyInvalid((f"options.{number}.value", "another option has this value"))
        if normalised(label) in {normalised(other.label) for other in kept}:
            raise PropertyInvalid((f"options.{number}.label", "another option is called the same"))
        kept.append(Option(value=value, label=label, archived=option.archived))
    return kept


def _check_bounds(type_: PropertyType, limits: Limits) -> None:
    bounds: list[Any] = []
    for name in ("min", "max"):
        value = getattr(limits, name)
        try:
            bounds.append(value if value is None else _bound(type_, value))
        except ValueError:
            what = "number" if type_ == "number" else "date, such as 2026-05-31"
            raise PropertyInvalid((f"limits.{name}", f"write a {what}")) from None
    if None not in bounds and bounds[0] > bounds[1]:
        raise PropertyInvalid(("limits.max", "the highest is lower than the lowest"))


def _bound(type_: PropertyType, value: float | str) -> float:
    if type_ == "number":
        if isinstance(value, str) or not abs(value) <= values.LARGEST:
            raise ValueError
        return float(value)
    if type_ == "date":
        return float(date.fromisoformat(str(value)).toordinal())
    return values.as_moment(datetime.fromisoformat(str(value)).isoformat()).timestamp()


def _check_lengths(type_: PropertyType, limits: Limits) -> None:
    low, high = limits.min_length, limits.max_length
    for name, length in (("min_length", low), ("max_length", high)):
        if length is not None and not 0 < length <= values.LONGEST[type_]:
            raise PropertyInvalid((f"limits.{name}", f"write a number from 1 to {values.LONGEST[type_]}"))
    if low is not None and high is not None and low > high:
        raise PropertyInvalid(("limits.max_length", "the longest is shorter than the shortest"))
