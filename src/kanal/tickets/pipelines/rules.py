"""Pure decisions on pipelines: which statuses can stand together in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from kanal.accounts import rules as accounts
from kanal.kit.conditions import normalised
from kanal.kit.ids import new_id
from kanal.properties.rules import KEY, free, slug
from kanal.tickets.errors import InvalidPipeline
from kanal.tickets.models import Pipeline, Status
from kanal.tickets.pipelines.models import StatusIn

LONGEST_NAME = 60
MOST_STATUSES = 50
MOST_PIPELINES = 50
MOST_GRACE_DAYS = 3_650


def first_statuses(locale: str) -> list[StatusIn]:
    """Those that every account starts with (PIPE-1)."""
    words = accounts.words(locale)
    return [
        StatusIn(
            key=each.key,
            name=words[each.key],
            is_closed=each.closes,
            counts=each.counts,
            on_customer_message=each.on_customer_message,
            on_agent_reply=each.on_agent_reply,
        )
        for each in accounts.STATUSES
    ]


def name(given: str, field: str = "name") -> str:
    text = " ".join(given.split())
    if not text or not text.isprintable() or len(text) > LONGEST_NAME:
        raise InvalidPipeline(field, f"write one line of at most {LONGEST_NAME} characters")
    return text


def pipeline_name(given: str, others: Iterable[Pipeline]) -> str:
    """The name of a pipeline, which no other one has."""
    text = name(given)
    if normalised(text) in {normalised(each.name) for each in others}:
        raise InvalidPipeline("name", "another pipeline is called the same")
    return text


def grace_days(given: int) -> int:
    if not 0 <= given <= MOST_GRACE_DAYS:
        raise InvalidPipeline("grace_days", f"write a number of days from 0 to {MOST_GRACE_DAYS}")
    return given


def statuses(pipeline: Pipeline, given: Sequence[StatusIn]) -> list[Status]:
    """The statuses of a pipeline as they will be; raises InvalidPipeline."""
    if len(given) > MOST_STATUSES:
        raise InvalidPipeline("statuses", f"a pipeline may have {MOST_STATUSES} statuses")
    found: list[Status] = []
    for number, each in enumerate(given):
        found.append(_status(pipeline, each, number, found))
    for number, each in enumerate(given):
        found[number] = msgspec.structs.replace(
            found[number],
            on_customer_message=_turns_to(found, number, "on_customer_message", each.on_customer_message),
            on_agent_reply=_turns_to(found, number, "on_agent_reply", each.on_agent_reply),
        )
    _check_together(found)
    return found


def named(among: Sequence[Status], key_or_id: str) -> Status | None:
    return next((status for status in among if key_or_id in (status.key, str(status.id))), None)


def _status(pipeline: Pipeline, given: StatusIn, number: int, before: Sequence[Status]) -> Status:
    at = f"statuses.{number}"
    words = name(given.name, f"{at}.name")
    if normalised(words) in {normalised(other.name) for other in before}:
        raise InvalidPipeline(f"{at}.name", "another status is called the same")
    old = pipeline.by_id(given.id)
    if given.id is not None and old is None:
        raise InvalidPipeline(f"{at}.id", "the pipeline has no such status")
    if old is not None and old.id in {other.id for other in before}:
        raise InvalidPipeline(f"{at}.id", "the status stands in the list twice")
    return Status(
        id=old.id if old else new_id(),
        pipeline_id=pipeline.id,
        key=old.key if old else _key(pipeline, given, words, at, before),
        name=words,
        position=number,
        is_closed=given.is_closed,
        may_start=given.may_start,
        counts=given.counts and not given.is_closed,
    )


def _key(pipeline: Pipeline, given: StatusIn, words: str, at: str, before: Sequence[Status]) -> str:
    taken = {status.key for status in (*pipeline.statuses, *before)} | {"open"}
    if given.key is None:
        return free(slug(words) or "status", taken)
    if not KEY.fullmatch(given.key):
        raise InvalidPipeline(f"{at}.key", "write lower case letters, digits and underscores, beginning with a letter")
    if given.key in taken:
        raise InvalidPipeline(f"{at}.key", "this key is taken")
    return given.key


def _turns_to(among: Sequence[Status], number: int, what: str, given: str | None) -> UUID | None:
    if not given:
        return None
    at = f"statuses.{number}.{what}"
    found = named(among, given)
    if found is None:
        raise InvalidPipeline(at, "choose a status of this pipeline")
    if found.is_closed and what == "on_customer_message":
        raise InvalidPipeline(at, "a customer's message cannot close a ticket; choose an open status")
    return None if found.id == among[number].id else found.id


def _check_together(found: Sequence[Status]) -> None:
    if not any(status.may_start and not status.is_closed for status in found):
        raise InvalidPipeline("statuses", "let tickets begin in at least one open status")
    if not any(status.is_closed for status in found):
        raise InvalidPipeline("statuses", "at least one status has to close tickets")
