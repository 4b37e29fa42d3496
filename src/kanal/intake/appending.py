"""Messages and their files, written down many at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Said
from kanal.conversations import actions as conversations
from kanal.intake.models import ChannelRow, Item
from kanal.intake.placing import Placed
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.tickets.rules import snippet


async def append(tx: Transaction, channel: ChannelRow, placed: list[Placed]) -> None:
    for each in placed:
        each.item.message_id = new_id()
    await tx.insert("messages", [_message_row(channel, each) for each in placed])
    await tx.insert(
        "attachments", [row for each in placed for row in attachment_rows(each.item, each.item.received_at)]
    )
    await conversations.hear(
        tx,
        [
            conversations.Heard(
                conversation_id=each.conversation_id,
                at=each.item.received_at,
                direction="in",
                human=each.item.human and not each.item.door.history,
                snippet=snippet(each.item.said.text),
            )
            for each in placed
            if not each.is_new
        ],
    )


def _message_row(channel: ChannelRow, each: Placed) -> dict[str, Any]:
    item, said = each.item, each.item.said
    return {
        "id": item.message_id,
        "conversation_id": each.conversation_id,
        "channel_id": channel.id,
        "direction": "in",
        "contact_id": item.contact_id,
        "space": item.handle.kind,
        "from_key": item.handle.key,
        "from_address": item.handle.address,
        "from_name": said.sender.name,
        "recipients": [
            {"field": r.field, "name": r.party.name, "address": r.party.handle.address, "key": r.party.handle.key}
            for r in said.recipients
        ],
        "subject": said.subject,
        "body_text": said.text,
        "body_html": said.html,
        "quoted_text": said.quoted_text,
        "quoted_html": said.quoted_html,
        "external_id": said.external_id,
        "digest": said.digest,
        "in_reply_to": said.evidence.in_reply_to[0] if said.evidence.in_reply_to else "",
        "refs": said.evidence.references,
        "automatic": _automatic(said),
        "new_person": each.placement.joins,
        "raw_only": said.raw_only,
        "trust": said.trust,
        "door_auth": item.door.auth,
        "remote_images": said.remote_images,
        "flags": said.flags,
        "answers": _shown(said),
        "forwarded": msgspec.to_builtins(item.claim),
        "signals": msgspec.to_builtins(said.signals),
        "invitation": msgspec.to_builtins(said.invitation),
        "receipt_to": said.receipt_to,
        "raw_event_id": item.raw_id,
        "claimed_at": said.claimed_at,
        "created_at": item.received_at,
    }


def _shown(said: Said) -> list[dict[str, str]]:
    """What people in the desk read of a form; what was hidden from its visitors is not among it (FRM-8)."""
    return [{"label": answer.label, "value": answer.value} for answer in said.answers if not answer.hidden]


def _automatic(said: Said) -> str | None:
    return said.automatic or ("machine" if said.loop else None)


def attachment_rows(item: Item, at: datetime) -> list[dict[str, Any]]:
    return [{"message_id": item.message_id} | row for row in _files(item, at)]


def comment_files(item: Item, comment: UUID) -> list[dict[str, Any]]:
    """The files of a mail that became a comment."""
    return [{"comment_id": comment} | row for row in _files(item, item.received_at)]


def _files(item: Item, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "position": position,
            "blob": file.blob,
            "name": file.name,
            "content_type": file.content_type,
            "size": file.size,
            "inline": file.inline,
            "content_id": file.content_id,
            "created_at": at,
        }
        for position, file in enumerate(item.files)
    ]
