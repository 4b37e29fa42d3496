"""What the terms of a query are in this account: conditions on tickets `t` and on hits `{e}`, as SQL, and a tsquery."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, LiteralString, get_args
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets.models import Priority
from kanal.views.search.models import Asked, Hint, State, Term
from kanal.views.visible import Viewer

STATES: dict[State, LiteralString] = {
    "open": "t.is_open",
    "closed": "not t.is_open",
    "unassigned": "t.assignee_id is null",
    "mine": "t.assignee_id = %(viewer)s",
    "snoozed": "t.snoozed_until is not null",
    "spam": "t.spam_at is not null",
    "failed": "t.has_failed_reply",
    "deleted": "t.deleted_at is not null",
}
HIDDEN: frozenset[str] = frozenset({"spam", "deleted"})
"""States of tickets that are found only when they are asked for."""
HAS_FILE: LiteralString = """
  ({e}.what = 'attachment' or exists (
    select from attachments f where not f.inline and (f.message_id = {e}.id or f.comment_id = {e}.id)))
"""
TICKET_HAS_FILE: LiteralString = (
    "exists (select from search_entries f where f.ticket_id = t.id and f.what = 'attachment')"
)


SAYS_SO: LiteralString = "select from search_entries n where n.ticket_id = t.id and n.words @@ {words}"


class Meaning(msgspec.Struct, kw_only=True):
    """SQL of our own, with parameters for everything that was typed."""

    words: LiteralString | None = None
    """A tsquery of all that must be there; None: no words were asked for."""
    phrases: list[LiteralString] = []
    """tsqueries that need the places of words, to be asked of few entries."""
    of_ticket: list[LiteralString] = []
    of_hit: list[LiteralString] = []
    """With `{e}` for the entry."""
    of_ticket_alone: list[LiteralString] = []
    """What `of_hit` says, of a ticket, where no words were asked for."""
    shown: LiteralString | None = None
    """In the place of what stands in lists: spam, deleted tickets."""
    before: datetime | None = None
    params: dict[str, Any] = {}
    hints: list[Hint] = []

    @property
    def narrows(self) -> bool:
        """Whether not all that holds the words is found."""
        return bool(self.phrases or self.of_ticket or self.of_hit or self.shown)


class _Names(msgspec.Struct):
    id: UUID
    name: str


async def understand(tx: Transaction, who: Viewer, asked: Asked) -> Meaning:
    meaning = Meaning(hints=list(asked.hints), params={"viewer": who.member})
    wanted: list[LiteralString] = []
    for at, term in enumerate(asked.terms):
        if term.operator in (None, "from", "to"):
            words = _text(meaning, term, f"w{at}")
            if term.excluded:
                meaning.of_ticket.append(f"not exists ({SAYS_SO.format(words=words)})")
            else:
                wanted.append(words)
        else:
            await _filter(tx, who, meaning, term, f"v{at}")
    if wanted:
        meaning.words = " && ".join(wanted)
    meaning.params["languages"] = await languages(tx)
    return meaning


async def languages(tx: Transaction) -> list[str]:
    found: list[str] = await tx.value("select search_languages from accounts where id = %s", (tx.account,))
    return found


def _text(meaning: Meaning, term: Term, name: LiteralString) -> LiteralString:
    """A tsquery."""
    meaning.params[name] = term.text[:400]
    if term.operator is not None:
        meaning.params[f"{name}m"] = f"{term.operator[0]}:"
        return f"search_marked_query(%({name}m)s, %({name})s)"
    phrase: LiteralString = f"phraseto_tsquery('simple', search_text(%({name})s))"
    if term.excluded and (term.phrase or _is_several(term.text)):
        return phrase
    if not term.excluded and _is_several(term.text):
        meaning.phrases.append(phrase)
    if term.phrase:
        return f"plainto_tsquery('simple', search_text(%({name})s))"
    meaning.params[f"{name}s"] = term.unfinished and not term.excluded and _is_long(term.text)
    return f"search_query(%(languages)s, %({name})s, %({name}s)s)"


def _is_several(text: str) -> bool:
    """An address, a file's name and the like are several words, one after the other."""
    return len(re.findall(r"[^\W_]+", text)) > 1


def _is_long(text: str) -> bool:
    """Long enough that few other words begin so."""
    return len(text) >= 3


async def _filter(tx: Transaction, who: Viewer, meaning: Meaning, term: Term, name: LiteralString) -> None:
    match term.operator:
        case "before" | "after":
            _date(meaning, term, name)
        case "has":
            _has(meaning, term)
        case "is":
            _is(meaning, term)
        case "priority":
            levels = get_args(Priority)
            _value(meaning, term, name, "t.priority", [p for p in levels if p == term.text.casefold()], levels)
        case _:
            await _named(tx, who, meaning, term, name)


def _value(
    meaning: Meaning, term: Term, name: LiteralString, column: LiteralString, found: list[Any], known: Any = ()
) -> None:
    if not found:
        meaning.hints.append(_unknown(term, list(known)))
        return
    meaning.params[name] = found
    condition: LiteralString = f"coalesce({column} = any(%({name})s), false)"
    meaning.of_ticket.append(f"not {condition}" if term.excluded else condition)


def _unknown(term: Term, known: list[str]) -> Hint:
    message = f"There is no {term.operator} {term.text} here."
    if known:
        message += f" Write one of {', '.join(known[:8])}."
    written = f"{term.operator}:{term.text}"
    return Hint(term=written, problem="no-such-value", message=message)


def _is(meaning: Meaning, term: Term) -> None:
    state = next((known for known in STATES if known == term.text.casefold()), None)
    if state is None:
        meaning.hints.append(_unknown(term, list(STATES)))
    elif state in HIDDEN:
        if not term.excluded:
            meaning.shown = STATES[state] if state == "deleted" else f"{STATES[state]} and t.deleted_at is null"
    else:
        meaning.of_ticket.append(f"not ({STATES[state]})" if term.excluded else STATES[state])


def _has(meaning: Meaning, term: Term) -> None:
    if term.text.casefold() not in ("attachment", "attachments", "file"):
        meaning.hints.append(_unknown(term, ["attachment"]))
        return
    meaning.of_hit.append(f"not {HAS_FILE}" if term.excluded else HAS_FILE)
    meaning.of_ticket_alone.append(f"not {TICKET_HAS_FILE}" if term.excluded else TICKET_HAS_FILE)


def _date(meaning: Meaning, term: Term, name: LiteralString) -> None:
    """`before:` a day is what was said until it began, `after:` a day what was said from its end on."""
    day = day_of(term.text)
    if day is None:
        message = f"{term.text} is no date. Write {term.operator}:2026-03-24, today, yesterday or 30d."
        suggestion = f"{term.operator}:{clock.now().date()}"
        problem = Hint(
            term=f"{term.operator}:{term.text}", problem="not-a-date", suggestion=suggestion, message=message
        )
        meaning.hints.append(problem)
        return
    is_before = (term.operator == "before") is not term.excluded
    starts = day if term.operator == "before" else day + timedelta(days=1)
    at = datetime.combine(starts, time(), UTC)
    meaning.params[name] = at
    if is_before:
        meaning.before = min(meaning.before, at) if meaning.before else at
    sign: LiteralString = "<" if is_before else ">="
    meaning.of_hit.append(f"{{e}}.at {sign} %({name})s")
    meaning.of_ticket_alone.append(f"t.last_message_at {sign} %({name})s")


def day_of(text: str) -> date | None:
    """`2026-03-24`, `2026-03`, `2026`, `today`, `yesterday` or `30d`: so many days ago."""
    today = clock.now().date()
    ago = re.fullmatch(r"(\d{1,4})d", text)
    if ago:
        return today - timedelta(days=int(ago[1]))
    if text.casefold() in ("today", "yesterday"):
        return today - timedelta(days=text.casefold() == "yesterday")
    parts = re.fullmatch(r"([12]\d{3})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", text)
    try:
        return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)) if parts else None
    except ValueError:
        return None


async def _named(tx: Transaction, who: Viewer, meaning: Meaning, term: Term, name: LiteralString) -> None:
    """By name, or by what else it goes by, in any case."""
    wanted = term.text.casefold()
    sql, more, column = NAMED[str(term.operator)]
    if term.operator == "assignee" and wanted in ("me", "none"):
        state: State = "mine" if wanted == "me" else "unassigned"
        meaning.of_ticket.append(f"({STATES[state]}) is not true" if term.excluded else STATES[state])
        return None
    if term.operator == "team" and wanted == "mine":
        found = await tx.values("select team_id from team_members where member_id = %(viewer)s", meaning.params)
        return _value(meaning, term, name, column, found or [None])
    known = [each for each in await tx.all(_Names, sql) if each.id not in who.hidden]
    found = [each.id for each in known if wanted in (each.name.casefold(), *more(each))]
    if not found and term.operator in ("assignee", "channel", "team"):
        found = [each.id for each in known if wanted in each.name.casefold()]
    if term.operator == "tag" and found:
        meaning.params[name] = found
        condition: LiteralString = (
            f"exists (select from ticket_tags tt where tt.ticket_id = t.id and tt.tag_id = any(%({name})s))"
        )
        meaning.of_ticket.append(f"not {condition}" if term.excluded else condition)
        return None
    return _value(
        meaning, term, name, column, found, list(dict.fromkeys(each.name for each in known if "@" not in each.name))
    )


NAMED: dict[str, tuple[LiteralString, Callable[[_Names], list[str]], LiteralString]] = {
    "assignee": (
        """
        select m.id, unnest(array[u.name, u.email]) as name from members m join users u on u.id = m.user_id
        """,
        lambda one: [one.name.partition("@")[0].casefold()],
        "t.assignee_id",
    ),
    "team": ("select id, name from teams", lambda _: [], "t.team_id"),
    "channel": ("select id, unnest(array[name, kind]) as name from channels", lambda _: [], "t.channel_id"),
    "status": ("select id, unnest(array[name, key]) as name from statuses", lambda _: [], "t.status_id"),
    "tag": ("select id, unnest(array[name, key]) as name from tags", lambda _: [], "t.id"),
}
