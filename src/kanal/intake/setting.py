"""What a message sets on the ticket that it opens: first what its sender chose, then what the channel sets on all of
its tickets, then what the form has where neither says anything. Used by pipeline.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kanal.channelkit.messages import Said
from kanal.intake.models import ChannelRow, Item
from kanal.kit.db import Transaction
from kanal.routing import actions
from kanal.routing.models import Routing

DESCRIPTION = "description"
"""Of a ticket; it is text and always fits."""


async def settle(tx: Transaction, channel: ChannelRow, routing: Routing, items: Sequence[Item]) -> None:
    """Note on each item what can be set."""
    layers = [_layers(item.said, routing) for item in items]
    for item, setting in zip(items, await actions.properties(tx, channel.id, layers), strict=True):
        item.setting = setting


def description(said: Said) -> str:
    """What the ticket is about, where the sender was asked for it."""
    found = said.properties.get(DESCRIPTION, said.property_defaults.get(DESCRIPTION))
    return found if isinstance(found, str) else ""


def _layers(said: Said, routing: Routing) -> list[Mapping[str, Any]]:
    own, defaults = _without_description(said.properties), _without_description(said.property_defaults)
    return [layer for layer in (own, routing.properties, defaults) if layer]


def _without_description(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in given.items() if key != DESCRIPTION}
