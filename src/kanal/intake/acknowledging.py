"""Which messages of a batch may be acknowledged: a person wrote them and opened a ticket; `delivery.acknowledging`
decides the rest."""

from __future__ import annotations

from collections.abc import Sequence

from kanal.delivery.acknowledging import Opened
from kanal.intake.models import Item
from kanal.intake.placing import Placed


def opened(placed: Sequence[Placed]) -> list[Opened]:
    """What its kind confirms by itself, as a form does, is not told twice; what is only taken over is over."""
    return [
        Opened(
            conversation_id=each.conversation_id,
            ticket_id=each.ticket_id,
            contact_id=each.item.contact_id,
            sender=each.item.said.sender,
            external_id=each.item.said.external_id,
            references=tuple(each.item.said.evidence.references),
            addressed=_addressed(each.item),
            handed_on=each.item.claim is not None and each.item.claim.state == "applied",
            forged=each.item.said.trust == "fail",
        )
        for each in placed
        if each.is_new
        and each.ticket_id
        and each.item.human
        and each.item.said.confirmation is None
        and not each.item.said.outgoing
        and not each.item.door.history
    ]


def _addressed(item: Item) -> bool:
    """Whether one of our addresses stands in To or Cc (RFC 3834)."""
    ours = {*item.door.account_addresses, *item.door.rcpt_to}
    named = {each.party.handle.key for each in item.said.recipients if each.field in ("to", "cc")}
    return not ours.isdisjoint(named) or not ours.isdisjoint(map(_without_detail, named))


def _without_detail(key: str) -> str:
    """`support+shop@a.example` is `support@a.example`."""
    local, at, domain = key.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
