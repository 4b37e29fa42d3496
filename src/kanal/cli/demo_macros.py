"""The demo's texts and macros, which everybody has, and a view that is shared."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from kanal.kit.db import Transaction
from kanal.macros import actions as macros
from kanal.macros.models import MacroPriority, MacroStatus, MacroTags, NewMacro
from kanal.macros.rules import Powers
from kanal.views.saved import actions as views
from kanal.views.saved.models import NewView, Who

PARCEL = """
<p>Hello {{contact.first_name|there}},</p>
<p>your parcel is on its way. It takes two to four working days, and the carrier writes to you on the day before.</p>
"""
RETURN = """
<p>Hello {{contact.first_name|there}},</p>
<p>you are welcome to send it back within 30 days. Use the label in the box, and write {{ticket.number}} on it.</p>
"""
SOLVED = "<p>Good to hear, {{contact.first_name|and thank you}}! Write again whenever something is wrong.</p>"
TEXTS = (
    NewMacro(name="Where the parcel is", shortcut="parcel", body_html=PARCEL, shared_with="everyone"),
    NewMacro(
        name="Return accepted",
        shortcut="return",
        body_html=RETURN,
        actions=[MacroTags(add=["return"]), MacroPriority(priority="low")],
        shared_with="everyone",
    ),
    NewMacro(
        name="Solved",
        shortcut="solved",
        body_html=SOLVED,
        actions=[MacroStatus(status="closed")],
        shared_with="everyone",
    ),
)
RETURNS = NewView(
    name="Returns",
    filter={
        "all": [
            {"field": "ticket.state", "operator": "is", "value": "active"},
            {"field": "ticket.subject", "operator": "contains", "value": "return"},
        ]
    },
    shared_with="everyone",
)


async def set_up(tx: Transaction, members: Mapping[str, UUID]) -> None:
    alva = members["Alva"]
    for text in TEXTS:
        await macros.create(tx, text, Powers(member=alva, manages=True, leads=True, teams=frozenset()))
    await views.create(tx, RETURNS, Who(member=alva, may_manage=True, may_restore=True))
