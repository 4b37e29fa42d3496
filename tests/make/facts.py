"""What filters ask of a ticket, read from plain rows, for `conditions.holds`: the other witness beside the SQL."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kanal.kit.conditions import Facts
from kanal.kit.db import Transaction


async def facts_of_all(tx: Transaction, keys: dict[str, list[str]]) -> dict[UUID, Facts]:
    """By ticket; `keys` are the custom properties by object."""
    tables = ("tickets", "contacts", "handles", "conversations", "messages", "channels", "statuses", "tags")
    rows = {table: await tx.dicts(f"select * from {table}") for table in tables}
    joined = {t: await tx.dicts(f"select * from {t}") for t in ("ticket_tags", "ticket_followers", "mentions")}
    by_id = {table: {row["id"]: row for row in found} for table, found in rows.items()}
    return {ticket["id"]: Facts(_of(ticket, rows, by_id, joined, keys)) for ticket in rows["tickets"]}


def _of(ticket: Any, rows: Any, by_id: Any, joined: Any, keys: dict[str, list[str]]) -> dict[str, Any]:
    contact = by_id["contacts"].get(ticket["contact_id"])
    channel = by_id["channels"].get(ticket["channel_id"])
    email = _email(contact, rows["handles"])
    return {
        **{f"ticket.{key}": ticket["custom"].get(key) for key in keys["ticket"]},
        **{f"contact.{key}": contact["custom"].get(key) if contact else None for key in keys["contact"]},
        **{
            f"ticket.{name}": ticket[name]
            for name in (
                *("number", "subject", "priority", "source", "last_direction", "has_failed_reply", "created_at"),
                *("last_message_at", "waiting_since", "snoozed_until", "closed_at"),
            )
        },
        **{f"ticket.{name}": ticket[f"{name}_id"] for name in ("pipeline", "team", "assignee", "channel")},
        "ticket.state": "closed" if not ticket["is_open"] else "snoozed" if ticket["snoozed_until"] else "active",
        "ticket.status": by_id["statuses"][ticket["status_id"]]["key"],
        "ticket.tags": [by_id["tags"][r["tag_id"]]["name"] for r in _beside(joined, "ticket_tags", ticket)],
        "ticket.followers": [r["member_id"] for r in _beside(joined, "ticket_followers", ticket)],
        "ticket.mentions": [r["member_id"] for r in _beside(joined, "mentions", ticket)],
        "contact.name": contact and contact["name"],
        "contact.email": email,
        "contact.email_domain": email and email.rpartition("@")[2],
        "contact.owner": contact and contact["owner_id"],
        "contact.is_new": contact
        and not any(t["contact_id"] == contact["id"] and t["number"] < ticket["number"] for t in rows["tickets"]),
        "contact.created_at": contact and contact["created_at"],
        **_of_conversation(ticket, rows, by_id),
        "channel.kind": channel and channel["kind"],
        "channel.name": channel and channel["name"],
    }


def _beside(joined: Any, table: str, ticket: Any) -> list[Any]:
    return [row for row in joined[table] if row["ticket_id"] == ticket["id"]]


def _email(contact: Any, handles: Any) -> str | None:
    own = [h for h in handles if contact and h["contact_id"] == contact["id"] and h["space"] == "email"]
    first = min(own, key=lambda h: (h["created_at"], h["id"]), default=None)
    return first["address"] if first else None


def _of_conversation(ticket: Any, rows: Any, by_id: Any) -> dict[str, Any]:
    """The one last written in."""
    own = [v for v in rows["conversations"] if v["ticket_id"] == ticket["id"]]
    last = max(own, key=lambda v: (v["last_message_at"], v["id"]), default=None)
    said = [m for m in rows["messages"] if last and m["conversation_id"] == last["id"]]
    message = max(said, key=lambda m: (m["created_at"], m["id"]), default=None)
    return {
        "conversation.state": last and last["state"],
        "conversation.kind": last and by_id["channels"][last["channel_id"]]["kind"],
        "conversation.last_direction": message and message["direction"],
        "conversation.subject": last and last["subject"],
    }
