"""Why somebody was chosen and each of the others was not: made of the board of a decision and of what had been given
out since the board was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.routing import text
from kanal.routing.models import Board, CandidateOut, Entry, Reason, ReasonOut
from kanal.routing.pool import Since
from kanal.routing.snapshot import MOST_UNOPENED


class Chosen(msgspec.Struct, kw_only=True):
    """What was decided, as far as it explains the candidates."""

    member: UUID | None
    at: datetime
    since: Since
    owner: Entry | None = None


def candidates(board: Board | None, chosen: Chosen, names: Mapping[UUID, str]) -> list[CandidateOut]:
    """Whoever was chosen first, then by how near the others came to it."""
    entries = list(board.entries) if board else []
    found = [_candidate(entry, board, chosen, names) for entry in entries if board]
    owner = chosen.owner
    if owner and not any(entry.member == owner.member for entry in entries):
        found.append(_owner(owner, chosen, names))
    return sorted(found, key=_nearness)


def _candidate(entry: Entry, board: Board, chosen: Chosen, names: Mapping[UUID, str]) -> CandidateOut:
    return _out(entry.member, chosen, entry.reasons or [_reason(entry, board, chosen)], names)


def _owner(entry: Entry, chosen: Chosen, names: Mapping[UUID, str]) -> CandidateOut:
    reasons = entry.reasons or [Reason(code="owner", open=entry.open)]
    return _out(entry.member, chosen, reasons, names)


def _out(member: UUID, chosen: Chosen, reasons: list[Reason], names: Mapping[UUID, str]) -> CandidateOut:
    return CandidateOut(
        member=member,
        name=names.get(member, ""),
        chosen=member == chosen.member,
        reasons=[ReasonOut(**msgspec.structs.asdict(each) | {"text": text.reason(each)}) for each in reasons],
    )


def _reason(entry: Entry, board: Board, chosen: Chosen) -> Reason:
    """Of one who could have had it."""
    open_ = entry.open + _more(entry, chosen)
    if entry.member == chosen.member:
        return Reason(code="chosen", open=open_)
    if full := _fullness(entry, board, chosen):
        return full
    last = chosen.at if _more(entry, chosen) else entry.last
    if board.distribution == "round_robin":
        return Reason(code="not_their_turn", since=last)
    theirs = next((each for each in board.entries if each.member == chosen.member), None)
    than = theirs.open + _more(theirs, chosen) if theirs else 0
    if open_ > than:
        return Reason(code="has_more_open", open=open_, than=than)
    return Reason(code="had_one_later", since=last, open=open_)


def _fullness(entry: Entry, board: Board, chosen: Chosen) -> Reason | None:
    """As `Snapshot.fullness` saw it then."""
    total, of_work = chosen.since.get(str(entry.member), (0, 0))
    if entry.limit is not None and entry.open + total >= entry.limit:
        return Reason(code="full", open=entry.open + total, limit=entry.limit)
    if entry.work_limit is not None and entry.of_work + of_work >= entry.work_limit:
        return Reason(code="full", open=entry.of_work + of_work, limit=entry.work_limit, work=board.work)
    unlimited = entry.limit is None and entry.work_limit is None
    if board.limits_unopened and unlimited and entry.unopened + total >= MOST_UNOPENED:
        return Reason(code="unopened", open=entry.unopened + total)
    return None


def _more(entry: Entry, chosen: Chosen) -> int:
    return chosen.since.get(str(entry.member), (0, 0))[0]


_NEARNESS = ("chosen", "owner", "had_one_later", "not_their_turn", "has_more_open", "unopened", "full", "away")


def _nearness(candidate: CandidateOut) -> tuple[bool, int, int, str]:
    codes = [reason.code for reason in candidate.reasons]
    rank = _NEARNESS.index(codes[0]) if codes and codes[0] in _NEARNESS else len(_NEARNESS)
    return (not candidate.chosen, len(codes), rank, candidate.name.casefold())
