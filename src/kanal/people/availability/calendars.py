"""Public holidays of a country ("SE") or of one of its regions ("DE-BY"), from the library `holidays`: 12 MB of memory,
and 9 more once a country is asked for."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import lru_cache

import holidays
import msgspec
from holidays.registry import COUNTRIES

from kanal.kit.hours import NO_HOLIDAYS, Holidays
from kanal.people.availability.errors import AvailabilityInvalid

SMALL_WORDS = frozenset({"and", "of", "the"})
YEARS = range(1970, 2100)
CLASSES = {codes[1]: codes[0] for codes in COUNTRIES.values()}
"""The library's class by the country's code."""


class Region(msgspec.Struct, frozen=True):
    """`code` as it stands in a member's country, "DE-BY"."""

    code: str
    name: str


class Country(msgspec.Struct, frozen=True):
    code: str
    name: str
    subdivisions: list[Region]


class Holiday(msgspec.Struct, frozen=True):
    date: date
    name: str


class Calendar:
    """The days of a country on which nobody is expected; `day in calendar`."""

    def __init__(self, country: str) -> None:
        self.country = country

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _days(self.country, day.year)


@lru_cache(maxsize=512)
def of(country: str) -> Holidays:
    """Empty for nobody's country and for one that is not known."""
    return Calendar(country) if is_known(country) else NO_HOLIDAYS


async def ready() -> None:
    """To be awaited before a country is asked for: the library reads the rules of all of them the first time, which
    takes a third of a second, and done here nothing else waits for it."""
    if not _regions.cache_info().currsize:
        await asyncio.to_thread(_regions)


def check(country: str, field: str) -> None:
    """Raises AvailabilityInvalid unless it is empty, a country, or a region of one."""
    if not country or is_known(country):
        return
    code, _, _ = country.partition("-")
    if code in _regions():
        known = ", ".join(f"{code}-{region}" for region in _regions()[code][:8]) or "none"
        raise AvailabilityInvalid(field, f"No region {country[:20]!r} is known; those of {code} are {known}.")
    raise AvailabilityInvalid(
        field, f"No holidays are known of {country[:20]!r}; use a country's two letters, such as SE."
    )


def is_known(country: str) -> bool:
    code, dash, region = country.partition("-")
    return code in _regions() and (not dash or region in _regions()[code])


@lru_cache(maxsize=1)
def countries() -> list[Country]:
    """All there are, with their regions, by code."""
    names = {codes[1]: _words(module) for module, codes in COUNTRIES.items()}
    return [
        Country(code, names.get(code, code), _named_regions(code, regions))
        for code, regions in sorted(_regions().items())
    ]


def of_year(country: str, year: int, language: str) -> list[Holiday]:
    """In order, with their names in that language where the calendar has it, else in the country's own."""
    if year not in YEARS:
        raise AvailabilityInvalid("year", f"Choose a year from {YEARS.start} to {YEARS.stop - 1}.")
    days = _calendar(country, year, _language(country, language))
    return [Holiday(day, days[day]) for day in sorted(days)]


@lru_cache(maxsize=1)
def _regions() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=1024)
def _days(country: str, year: int) -> frozenset[date]:
    return frozenset(_calendar(country, year)) if year in YEARS else NO_HOLIDAYS


def _calendar(country: str, year: int, language: str | None = None) -> holidays.HolidayBase:
    code, _, region = country.partition("-")
    return holidays.country_holidays(code, subdiv=region or None, years=year, expand=False, language=language)


def _language(country: str, wanted: str) -> str | None:
    """The calendar's name of a language: "en" may be "en_US" there."""
    known = getattr(holidays, CLASSES[country.partition("-")[0]]).supported_languages
    return next((each for each in known if each == wanted or each.startswith(f"{wanted}_")), None)


def _named_regions(code: str, regions: list[str]) -> list[Region]:
    aliases = getattr(holidays, CLASSES[code]).subdivisions_aliases
    names = {region: name for name, region in aliases.items()}
    return [Region(f"{code}-{region}", names.get(region, region)) for region in regions]


def _words(module: str) -> str:
    """The library's `trinidad_and_tobago` as people write it; screens name countries in the reader's language."""
    return " ".join(word if word in SMALL_WORDS else word.capitalize() for word in module.split("_"))
