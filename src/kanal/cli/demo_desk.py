"""What the demo's desk has beside its people: skills, hours, properties, a pipeline for returns, and a second channel
whose mail is routed by rules."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import NewChannel
from kanal.kit.db import Transaction
from kanal.people import actions as people
from kanal.people.models import Capacity, MemberChange, Team, TeamMember
from kanal.people.skills import actions as skills
from kanal.people.skills.models import Level
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty, Option
from kanal.routing.actions.editing import checked
from kanal.server.process import Process
from kanal.tickets.pipelines import actions as pipelines
from kanal.tickets.pipelines.models import NewPipeline, StatusIn

ORDERS = "orders@demo.example"
RETURNS = "Returns"
"""Of the pipeline."""
OFFICE_HOURS = {day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
REASONS = (("delivery", "Delivery"), ("damaged", "Damaged"), ("invoice", "Invoice"), ("other", "Something else"))


async def set_up(tx: Transaction, process: Process, members: Mapping[str, UUID]) -> UUID:
    """Everything but the Support channel; returns the team that works on it."""
    support = await people.create_team(tx, "Support", [members["Ana"], members["Bo"], members["Alva"]])
    extra = TeamMember(id=members["Ana"], is_main=False)
    orders = await people.create_team(tx, "Orders and invoices", [members["Bo"], members["Cilla"], extra])
    known = await _skills(tx, members)
    await _people(tx, members)
    await _properties(tx)
    await _returns(tx)
    await _orders(tx, process, orders, known)
    return support.id


async def _skills(tx: Transaction, members: Mapping[str, UUID]) -> dict[str, UUID]:
    languages = await skills.add_languages(tx, ["sv", "en", "de", "fi"], None)
    category = await skills.create_category(tx, "Products", None)
    products = await skills.add(tx, category.id, ["Lamps", "Electrical safety"], None)
    known = {skill.language or skill.name: skill.id for skill in [*languages, *products]}
    has: dict[str, list[tuple[str, Level]]] = {
        "Ana": [("sv", "main"), ("en", "secondary"), ("Lamps", "main")],
        "Bo": [("sv", "main"), ("de", "secondary"), ("Electrical safety", "main")],
        "Cilla": [("sv", "main"), ("en", "main"), ("fi", "secondary")],
    }
    for name, theirs in has.items():
        await skills.set_for(tx, members[name], [(known[skill], level) for skill, level in theirs])
    return known


async def _people(tx: Transaction, members: Mapping[str, UUID]) -> None:
    """Cilla keeps office hours; Ana and Bo are there until they say otherwise."""
    changes = {
        "Ana": MemberChange(title="Support", chat_name="Ana", capacity=Capacity(total=12)),
        "Bo": MemberChange(title="Support", capacity=Capacity(email=10, messaging=3)),
        "Cilla": MemberChange(
            title="Orders",
            working_hours=OFFICE_HOURS,
            timezone="Europe/Stockholm",
            country="SE",
            capacity=Capacity(total=8),
        ),
    }
    for name, change in changes.items():
        await people.change_member(tx, members[name], change, actor=None)


async def _properties(tx: Transaction) -> None:
    reasons = [Option(value=value, label=label) for value, label in REASONS]
    for new in (
        NewProperty(object="ticket", label="Reason", type="select", options=reasons),
        NewProperty(object="ticket", label="Order number", type="text", help="As on the invoice, for example 20481."),
        NewProperty(object="contact", label="Company customer", type="boolean"),
    ):
        await properties.create(tx, new, None)


async def _returns(tx: Transaction) -> None:
    statuses = [
        StatusIn(name="Announced", is_closed=False),
        StatusIn(name="Parcel is here", is_closed=False),
        StatusIn(name="Refunded", is_closed=True),
    ]
    await pipelines.create(tx, NewPipeline(name=RETURNS, statuses=statuses), None)


async def _orders(tx: Transaction, process: Process, team: Team, known: Mapping[str, UUID]) -> None:
    routing = {
        "properties": {"reason": "delivery"},
        "rules": [
            {
                "name": "Written in German",
                "when": {
                    "any": [
                        {"field": "message.subject", "operator": "contains", "value": "bestellung"},
                        {"field": "message.text", "operator": "contains", "value": "guten tag"},
                    ]
                },
                "require_skills": [str(known["de"])],
            },
            {
                "name": "Written in Finnish",
                "when": {"field": "message.text", "operator": "contains", "value": "terveisin"},
                "require_skills": [str(known["fi"])],
            },
            {
                "name": "Broken or unsafe",
                "when": {"field": "message.text", "operator": "contains", "value": "broken"},
                "require_skills": [str(known["Electrical safety"])],
            },
        ],
        "assign": "members",
        "to": {"teams": [str(team.id)]},
    }
    new = NewChannel(
        name="Orders",
        settings={
            "method": "forwarding",
            "address": ORDERS,
            "from_name": {"mode": "company", "company": "Ljus & Form"},
            "signature_html": "<p>Ljus &amp; Form, orders</p>",
        },
        routing=msgspec.to_builtins(await checked(tx, routing)),
    )
    await inboxes.connect(
        tx, process.kinds["email"], new, keyring=process.keyring, mail_domain=process.settings.mail_domain, actor=None
    )
