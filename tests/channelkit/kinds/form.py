"""A form: each submission stands for itself, and its answer goes elsewhere, to the address typed into it."""

from __future__ import annotations

from typing import Any

from kanal.channelkit.contract import Capabilities
from kanal.channelkit.messages import Answer, Handle, Inbound, Party, Said
from tests.channelkit.kinds.base import SmallKind, digest


class FormKind(SmallKind):
    name = "form"
    title = "Form"
    space = "form"
    capabilities = Capabilities(replies=False, one_shot=True, threading="none")

    def read(self, thing: dict[str, Any]) -> Inbound:
        email = thing.get("email")
        visitor = Handle(kind="visitor", key=thing["visitor"], address=thing["visitor"])
        at = Handle(kind="email", key=email.lower(), address=email) if email else None
        sender = Party(handle=at or visitor, name=thing.get("name", ""), known=at is not None)
        return Said(
            digest=digest(thing),
            sender=sender,
            answer_at=sender if at else None,
            text=thing["text"],
            subject=thing.get("subject", ""),
            answers=[Answer(label="Order", value=thing["order"]), Answer(label="campaign", value="x", hidden=True)],
            properties={"priority": "high"},
        )
