"""All that is wrong with a form, each with the path of the field and how to mend it: refused where somebody saves it,
told where it became wrong later."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec

from kanal.forms.definitions import rules
from kanal.forms.definitions.binding import PIPELINE, STATUS, Desk, Target
from kanal.forms.definitions.models import Draft
from kanal.forms.filling import texts, values
from kanal.forms.filling.values import Wrong
from kanal.forms.models import CHOICES, Field, FieldType, FormProblem, Language, Options
from kanal.kit import conditions
from kanal.kit.conditions import ConditionInvalid
from kanal.kit.conditions import FieldType as Asked
from kanal.tickets.queries import default_of

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
REGION = re.compile(r"[A-Z]{2}")
WRITTEN: tuple[FieldType, ...] = ("text", "long_text")
MOST_FIELDS = 100
MOST_OPTIONS = 200
MOST_ORIGINS = 50
MOST_BYTES = 500_000
LONGEST_NAME = 200
LONGEST_LABEL = 1_000
LONGEST_HELP = 1_000
LONGEST_PLACEHOLDER = 200
LONGEST_OPTION = 200
LONGEST_TEXTS = {
    "intro": 5_000,
    "submit_label": 100,
    "thanks": 5_000,
    "redirect_url": 2_000,
    "closed_text": 5_000,
    "confirmation_subject": 200,
    "confirmation_text": 5_000,
}
ASKED: dict[FieldType, conditions.Type] = {
    "text": "text",
    "long_text": "long_text",
    "email": "email",
    "phone": "phone",
    "number": "number",
    "date": "date",
    "select": "select",
    "multi_select": "multi_select",
    "checkbox": "boolean",
    "consent": "boolean",
}
"""How a condition asks about an answer; about files it does not."""


def problems(draft: Draft, desk: Desk) -> list[FormProblem]:
    """Of a form as `rules.settled` leaves it, in the order in which the form is read."""
    return [
        *name_problems(draft.name),
        *_numbers(draft),
        *(problem for at in range(len(draft.fields[:MOST_FIELDS])) for problem in _field(draft, at, desk)),
        *_begins(draft.fields, desk),
        *_options(draft.options),
    ]


def name_problems(name: str) -> list[FormProblem]:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return [_problem("name", f"give it a name of at most {LONGEST_NAME} characters")]
    return []


def _numbers(draft: Draft) -> Iterator[FormProblem]:
    if not any(not field.hidden for field in draft.fields):
        yield _problem("fields", "add a field that visitors fill in")
    elif len(draft.fields) > MOST_FIELDS:
        yield _problem("fields", f"a form may have {MOST_FIELDS} fields; take some out")
    elif len(msgspec.json.encode(draft)) > MOST_BYTES:
        yield _problem("fields", "all texts and choices together are too long; take some out")


def _field(draft: Draft, at: int, desk: Desk) -> Iterator[FormProblem]:
    fields, field, path = draft.fields, draft.fields[at], f"fields.{at}"
    yield from _name(fields, at)
    yield from _texts(field, path)
    yield from _hidden(field, path)
    yield from _choices(field, path)
    limits = list(_limits(field, path))
    yield from limits
    yield from _property(fields, at, desk)
    if not limits:
        yield from _default(field, path, draft.options.language)
    yield from _show_when(fields, at)


def _name(fields: Sequence[Field], at: int) -> Iterator[FormProblem]:
    path, name = f"fields.{at}.name", fields[at].name
    if not NAME.fullmatch(name):
        yield _problem(path, "write lower case letters, digits and _, beginning with a letter")
    elif name in {field.name for field in fields[:at]}:
        yield _problem(path, "an earlier field has this name; give it another one")


def _texts(field: Field, path: str) -> Iterator[FormProblem]:
    if not field.label or len(field.label) > LONGEST_LABEL:
        yield _problem(f"{path}.label", f"write what is asked, in at most {LONGEST_LABEL:,} characters")
    if len(field.help) > LONGEST_HELP:
        yield _problem(f"{path}.help", f"write at most {LONGEST_HELP:,} characters")
    if len(field.placeholder) > LONGEST_PLACEHOLDER:
        yield _problem(f"{path}.placeholder", f"write at most {LONGEST_PLACEHOLDER} characters")


def _hidden(field: Field, path: str) -> Iterator[FormProblem]:
    if not field.hidden:
        return
    if field.type in ("consent", "file"):
        what = "nobody can consent to what they do not see" if field.type == "consent" else "nobody could add a file"
        yield _problem(f"{path}.hidden", f"{what}; show the field")
    if field.required and field.default is None:
        yield _problem(f"{path}.default", "a hidden field that is required needs a default")
    if field.show_when is not None:
        yield _problem(f"{path}.show_when", "a hidden field is never shown; take the condition out")


def _choices(field: Field, path: str) -> Iterator[FormProblem]:
    if field.type not in CHOICES:
        if field.options:
            yield _problem(f"{path}.options", "only fields of which one chooses have choices; take them out")
        return
    if not field.options and not rules.begins_only(field):
        yield _problem(f"{path}.options", "add a choice")
    if len(field.options) > MOST_OPTIONS:
        yield _problem(f"{path}.options", f"there may be {MOST_OPTIONS} choices; take some out")
        return
    seen: set[str] = set()
    for number, option in enumerate(field.options):
        if not option or len(option) > LONGEST_OPTION or not option.isprintable():
            yield _problem(f"{path}.options.{number}", f"write one line of at most {LONGEST_OPTION} characters")
        elif conditions.normalised(option) in seen:
            yield _problem(f"{path}.options.{number}", "another choice is the same")
        seen.add(conditions.normalised(option))
        if len(field.labels.get(option, "")) > LONGEST_OPTION:
            yield _problem(f"{path}.labels.{option}", f"write at most {LONGEST_OPTION} characters")


# Limits


def _limits(field: Field, path: str) -> Iterator[FormProblem]:
    limits = field.limits
    for name in limits.__struct_fields__:
        if getattr(limits, name) not in (None, []) and name not in rules.LIMITS[field.type]:
            yield _problem(f"{path}.limits.{name}", f"a field of type {field.type} has no such limit; take it out")
            return
    if field.type in ("number", "date"):
        yield from _bounds(field, f"{path}.limits")
    if field.type in WRITTEN:
        yield from _lengths(field, f"{path}.limits")
    if limits.region is not None and not REGION.fullmatch(limits.region):
        yield _problem(f"{path}.limits.region", "write the country's two letters, such as SE")
    for name, value, most in (
        ("files", limits.files, rules.MOST_FILES),
        ("file_bytes", limits.file_bytes, rules.MOST_FILE_BYTES),
    ):
        if value is not None and not 0 < value <= most:
            yield _problem(f"{path}.limits.{name}", f"write a number from 1 to {most:,}")


def _bounds(field: Field, path: str) -> Iterator[FormProblem]:
    read: Callable[[Any], Any] = _number if field.type == "number" else _date
    bounds = {}
    for name in ("min", "max"):
        value = getattr(field.limits, name)
        try:
            bounds[name] = None if value is None else read(value)
        except ValueError:
            yield _problem(
                f"{path}.{name}", f"write a {field.type}, such as {'10' if read is _number else '2026-05-31'}"
            )
            return
    if bounds["min"] is not None and bounds["max"] is not None and bounds["min"] > bounds["max"]:
        yield _problem(f"{path}.max", "the highest is lower than the lowest")


def _lengths(field: Field, path: str) -> Iterator[FormProblem]:
    most, low, high = values.LONGEST[field.type], field.limits.min_length, field.limits.max_length
    for name, length in (("min_length", low), ("max_length", high)):
        if length is not None and not 0 < length <= most:
            yield _problem(f"{path}.{name}", f"write a number from 1 to {most:,}")
            return
    if low is not None and high is not None and low > high:
        yield _problem(f"{path}.max_length", "the longest is shorter than the shortest")


def _number(value: Any) -> float:
    if isinstance(value, str) or not abs(value) <= values.LARGEST:
        raise ValueError
    return float(value)


def _date(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError
    day = date.fromisoformat(value)
    if day.isoformat() != value:
        raise ValueError
    return day


# Properties


def _property(fields: Sequence[Field], at: int, desk: Desk) -> Iterator[FormProblem]:
    field, path = fields[at], f"fields.{at}"
    if field.property is None:
        return
    target = desk.targets.get(field.property)
    if target is None:
        yield _problem(f"{path}.property", "there is no such property that a form can set; choose another one")
        return
    if target.archived:
        yield _problem(f"{path}.property", "the property is archived; restore it, or choose another one")
    if not target.types:
        yield _problem(f"{path}.property", "no answer in a form can be kept in this property; choose another one")
    elif field.type not in target.types:
        yield _problem(f"{path}.type", f"the property it sets takes {' or '.join(target.types)}; choose that")
    if field.property in {other.property for other in fields[:at]}:
        yield _problem(f"{path}.property", "an earlier field sets this property already; choose another one")
    yield from _chosen_from(field, target, path)


def _chosen_from(field: Field, target: Target, path: str) -> Iterator[FormProblem]:
    if target.choices is None or field.type not in CHOICES:
        return
    known = {choice.value for choice in target.choices}
    for number, option in enumerate(field.options):
        if option not in known:
            yield _problem(f"{path}.options.{number}", "it is not one of the property's choices any more; take it out")


def _begins(fields: Sequence[Field], desk: Desk) -> Iterator[FormProblem]:
    """Where tickets begin, set by the form alone: an open status of the pipeline that it names."""
    places = {field.property: at for at, field in enumerate(fields[:MOST_FIELDS]) if rules.begins_only(field)}
    pipeline = default_of(desk.pipelines)
    if PIPELINE in places and (named := fields[places[PIPELINE]].default) is not None:
        found = next((each for each in desk.pipelines.values() if str(each.id) == named), None)
        if found is None:
            yield _problem(
                f"fields.{places[PIPELINE]}.default", "there is no such pipeline any more; choose another one"
            )
            return
        pipeline = found
    if STATUS in places and (key := fields[places[STATUS]].default) is not None:
        status = pipeline.status(key) if isinstance(key, str) else None
        if status is None or status.is_closed:
            message = f"{pipeline.name} has no such open status; choose another one"
            yield _problem(f"fields.{places[STATUS]}.default", message)


# What stands in a field, and when it is shown


def _default(field: Field, path: str, language: Language) -> Iterator[FormProblem]:
    if field.default is None or rules.begins_only(field):
        return
    if field.type == "file":
        yield _problem(f"{path}.default", "a file has to be chosen by the sender; leave the default empty")
    elif field.type == "consent" and field.default is not False:
        yield _problem(f"{path}.default", "consent has to be given by the sender; leave the default empty")
    else:
        try:
            rules.default(field, language)
        except Wrong as wrong:
            yield _problem(f"{path}.default", texts.error("en", wrong))


def _show_when(fields: Sequence[Field], at: int) -> Iterator[FormProblem]:
    field = fields[at]
    if field.show_when is None or field.hidden:
        return
    earlier = {each.name: _asked(each) for each in fields[:at] if each.type in ASKED}
    try:
        conditions.check(field.show_when, earlier, f"fields.{at}.show_when")
    except ConditionInvalid as wrong:
        later = {each.name for each in fields[at:]} & conditions.fields_of(field.show_when)
        too_early = later and wrong.field.endswith(".field")
        message = "only fields that stand before this one can be asked about" if too_early else wrong.message
        yield _problem(wrong.field, message)


def _asked(field: Field) -> Asked:
    options = [conditions.Option(value=option, label=option) for option in field.options]
    return Asked(type=ASKED[field.type], label=field.label, options=options if field.type in CHOICES else None)


# Options of the form


def _options(options: Options) -> Iterator[FormProblem]:
    for name, longest in LONGEST_TEXTS.items():
        if len(getattr(options, name)) > longest:
            yield _problem(f"options.{name}", f"write at most {longest:,} characters")
    if not COLOUR.fullmatch(options.look.accent):
        yield _problem("options.look.accent", "write a colour such as #3b5bdb")
    if options.after == "redirect" and not options.redirect_url:
        yield _problem(
            "options.redirect_url", "write where the sender goes after sending, such as https://shop.example"
        )
    elif options.redirect_url and not _is_page(options.redirect_url):
        yield _problem("options.redirect_url", "write a web address, such as https://shop.example/thanks")
    if options.closes_at is not None and options.closes_at.tzinfo is None:
        yield _problem("options.closes_at", "write date, time and zone, such as 2026-05-31T14:30:00+02:00")
    if len(options.origins) > MOST_ORIGINS:
        yield _problem("options.origins", f"there may be {MOST_ORIGINS} sites")
    for at, origin in enumerate(options.origins[:MOST_ORIGINS]):
        if not rules.origin(origin):
            yield _problem(f"options.origins.{at}", "write a site without a path, such as https://shop.example")


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        return right and parts.port != 0 and url.isprintable() and " " not in url and "\\" not in url
    except ValueError:
        return False


def _problem(field: str, message: str) -> FormProblem:
    return FormProblem(field=field, message=message)
