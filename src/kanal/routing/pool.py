"""Those who can have a ticket, in the order of their turns. Choosing costs nothing per candidate: the next stands at
the top of a heap, and what changed about the others is noticed when they come up."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from kanal.routing.models import Board, Entry
from kanal.tickets.models import Work

Key = tuple[Any, ...]
Since = dict[str, tuple[int, int]]
"""By member: how many more they have than the board says, in all and of the board's sort of work."""
CANNOT_HAVE_ANY = frozenset({"deactivated", "not_joined", "no_seat", "may_not_answer"})


class Choice(msgspec.Struct, kw_only=True):
    """Who is next, or why nobody is."""

    member: UUID | None
    why: str
    team: UUID | None = None
    """The target team through which the member is a candidate."""
    board: Board
    since: Since


class Pool:
    """Made by `Snapshot.pool`, which also tells it what was given to whom. `key` orders the members as they stand,
    `full` tells who has enough to do."""

    def __init__(
        self, board: Board, key: Callable[[UUID], Key], full: Callable[[UUID], bool], *, asks_skills: bool
    ) -> None:
        self.board = board
        self._key, self._full = key, full
        self._able = {entry.member: entry for entry in board.entries if not entry.reasons}
        self._nobody = "all_full" if self._able else _nobody(board.entries, asks_skills)
        self._since: Since = {}
        self._current = {member: key(member) for member in self._able}
        self._heap = [(at, member) for member, at in self._current.items()]
        heapq.heapify(self._heap)

    def choose(self) -> Choice:
        """Whose turn it is; `Snapshot.give` has to follow before the next is asked for."""
        member = self._next()
        return Choice(
            member=member,
            why="chosen" if member else self._nobody,
            team=self._able[member].team if member else None,
            board=self.board,
            since=dict(self._since),
        )

    def gave(self, member: UUID, work: Work, count: int = 1) -> None:
        """They were given a ticket, or, with -1, one no longer counts."""
        if member not in self._able:
            return
        total, of_work = self._since.get(str(member), (0, 0))
        self._since[str(member)] = (total + count, of_work + (count if work == self.board.work else 0))
        if count < 0:
            key = self._current[member] = self._key(member)
            heapq.heappush(self._heap, (key, member))

    def _next(self) -> UUID | None:
        while self._heap:
            key, member = self._heap[0]
            if self._current.get(member) != key:
                heapq.heappop(self._heap)  # they stand elsewhere in it, or are full
                continue
            now = self._key(member)
            if now != key:
                self._current[member] = now
                heapq.heapreplace(self._heap, (now, member))
            elif self._full(member):
                heapq.heappop(self._heap)
                del self._current[member]  # until something is taken from them
            else:
                return member
        return None


def _nobody(entries: Sequence[Entry], asks_skills: bool) -> str:
    """The nearest that any came to it: what would have to change."""
    left = [{reason.code for reason in entry.reasons} for entry in entries]
    if not left:
        return "no_candidates"
    left = [codes for codes in left if "extra_member" not in codes]
    if not left:
        return "only_extra_members"
    left = [codes for codes in left if not codes & CANNOT_HAVE_ANY]
    if not left:
        return "nobody_has_a_seat"
    left = [codes for codes in left if "does_not_see_channel" not in codes]
    if not left:
        return "nobody_sees_channel"
    skilled = [codes for codes in left if "lacks_skills" not in codes]
    others_are_there = any("away" not in codes for codes in left)
    if asks_skills and (not skilled or others_are_there):
        return "nobody_with_skills"
    return "nobody_available"
