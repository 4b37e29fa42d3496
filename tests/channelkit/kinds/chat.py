"""A chat on a website: two-way and live, the other side a cookie without an address until they say who they are."""

from __future__ import annotations

from typing import Any

from kanal.channelkit.contract import Capabilities, Limits
from kanal.channelkit.messages import Evidence, Handle, Inbound, Party, Said
from tests.channelkit.kinds.base import SmallKind, digest


class ChatKind(SmallKind):
    name = "chat"
    title = "Chat"
    space = "chat"
    capabilities = Capabilities(
        threading="thread_key",
        reaches=frozenset({"visitor"}),
        work="messaging",
        live=True,
        receipts=frozenset({"delivered", "read"}),
        limits=Limits(text=4000),
    )

    def read(self, thing: dict[str, Any]) -> Inbound:
        cookie = Handle(kind="visitor", key=thing["visitor"], address=thing["visitor"])
        email = thing.get("email")
        also = [Handle(kind="email", key=email.lower(), address=email)] if email else []
        return Said(
            external_id=thing["id"],
            digest=digest(thing),
            sender=Party(handle=cookie, name=thing.get("name", ""), also=also, known=bool(email)),
            text=thing["text"],
            evidence=Evidence(thread_key=thing["session"]),
        )
