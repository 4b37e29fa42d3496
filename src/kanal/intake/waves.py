"""Cutting a batch into waves in which no two messages share a handle, an id or a thread, so that the set-based steps of
a wave never have to look at each other. Order is kept between messages that do share something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kanal.intake.models import Item


def cut(items: Sequence[Item]) -> list[list[Item]]:
    """Each message stands one wave after the last message that it shares something with."""
    waves: list[list[Item]] = []
    last_wave: dict[str, int] = {}
    for item in items:
        keys = set(_keys(item))
        position = max((last_wave[key] + 1 for key in keys if key in last_wave), default=0)
        if position == len(waves):
            waves.append([])
        waves[position].append(item)
        last_wave.update(dict.fromkeys(keys, position))
    return waves


def _keys(item: Item) -> Iterable[str]:
    said = item.said
    for handle in (said.sender.handle, *said.sender.also):
        yield f"handle {handle.kind} {handle.key}"
    for external_id in (said.external_id, *said.evidence.in_reply_to, *said.evidence.references):
        if external_id:
            yield f"id {external_id}"
    for token in said.evidence.tokens:
        yield f"token {token.lower()}"
    if said.evidence.thread_key:
        yield f"thread {said.evidence.thread_key}"
