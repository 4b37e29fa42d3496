"""A WhatsApp number: a person is a user id beside a phone number that may be missing, media come by reference, receipts
in any order, and after a day only templates go out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kanal.channelkit.contract import Capabilities, Window
from kanal.channelkit.messages import Attachment, Handle, Inbound, Party, Receipt, Said
from tests.channelkit.kinds.base import SmallKind, digest


class WhatsAppKind(SmallKind):
    name = "whatsapp"
    title = "WhatsApp"
    space = "whatsapp"
    capabilities = Capabilities(
        threading="participants",
        reaches=frozenset({"whatsapp", "phone"}),
        starts=True,
        work="messaging",
        receipts=frozenset({"delivered", "read", "failed"}),
        windows=(Window(lasts=timedelta(hours=24)),),
        templates=True,
        fetches=True,
        looks_up=False,
    )

    def read(self, thing: dict[str, Any]) -> Inbound:
        if "status" in thing:
            return Receipt(state=thing["status"], external_ids=[thing["id"]])
        user = Handle(kind="whatsapp", key=thing["user"], address=thing["user"])
        phone = thing.get("phone")
        also = [Handle(kind="phone", key=phone, address=phone)] if phone else []
        media = thing.get("media")
        return Said(
            external_id=thing["id"],
            digest=digest(thing),
            sender=Party(handle=user, name=thing.get("name", ""), also=also),
            text=thing.get("text", ""),
            attachments=[Attachment(name="photo.jpg", content_type="image/jpeg", fetch=media)] if media else [],
        )
