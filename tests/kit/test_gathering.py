"""Work that is done together."""

from __future__ import annotations

import asyncio

import pytest

from kanal.kit.gathering import Gatherer


class Rounds:
    """Doubles numbers; 13 breaks its round. Each round waits for `go`."""

    def __init__(self, *, splits: bool = True) -> None:
        self.rounds: list[list[int]] = []
        self.go = asyncio.Event()
        self.gatherer: Gatherer[str, int, int] = Gatherer(self._work, splits=lambda _: splits, most=3)

    async def _work(self, _: str, items: list[int]) -> list[int]:
        self.rounds.append(items)
        await self.go.wait()
        if 13 in items:
            raise ValueError("13")
        return [2 * item for item in items]

    def ask(self, *items: int) -> list[asyncio.Task[int]]:
        return [asyncio.create_task(self.gatherer.ask("a", item)) for item in items]


async def test_what_comes_meanwhile_makes_up_the_next_rounds() -> None:
    rounds = Rounds()
    first = rounds.ask(1)
    await asyncio.sleep(0.01)
    rest = rounds.ask(2, 3, 4, 5)
    rounds.go.set()
    assert await asyncio.gather(*first, *rest) == [2, 4, 6, 8, 10]
    assert rounds.rounds == [[1], [2, 3, 4], [5]]


async def test_one_that_cannot_be_done_costs_no_other() -> None:
    rounds = Rounds()
    rounds.go.set()
    answers = await asyncio.gather(*rounds.ask(1, 13, 2), return_exceptions=True)
    assert (answers[0], answers[2]) == (2, 4)
    assert isinstance(answers[1], ValueError)


async def test_where_it_is_so_for_all_nobody_tries_alone() -> None:
    rounds = Rounds(splits=False)
    rounds.go.set()
    answers = await asyncio.gather(*rounds.ask(1, 13), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ValueError, ValueError]
    assert rounds.rounds == [[1, 13]]


async def test_who_gave_up_waiting_is_left_out() -> None:
    rounds = Rounds()
    first = rounds.ask(1)
    await asyncio.sleep(0.01)
    second, third = rounds.ask(2, 3)
    await asyncio.sleep(0.01)
    second.cancel()
    rounds.go.set()
    assert (await first[0], await third) == (2, 6)
    assert rounds.rounds == [[1], [3]]


async def test_a_round_that_has_begun_is_brought_to_its_end() -> None:
    rounds = Rounds()
    [only] = rounds.ask(1)
    await asyncio.sleep(0.01)
    only.cancel()
    stopping = asyncio.create_task(rounds.gatherer.stop())
    await asyncio.sleep(0.01)
    assert not stopping.done()
    rounds.go.set()
    await stopping
    with pytest.raises(asyncio.CancelledError):
        await only


async def test_keys_do_not_wait_for_each_other() -> None:
    rounds = Rounds()
    waiting = rounds.ask(1)
    await asyncio.sleep(0.01)
    other = asyncio.create_task(rounds.gatherer.ask("b", 2))
    await asyncio.sleep(0.01)
    assert rounds.rounds == [[1], [2]]
    rounds.go.set()
    assert await asyncio.gather(*waiting, other) == [2, 4]
