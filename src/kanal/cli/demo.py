"""The demo: a lamp maker's support desk, filled through the real way in. Customers write, their mail comes by SMTP or
is read by IMAP, and they fill in a form; the drain makes tickets, agents answer through the same actions as the API."""

from __future__ import annotations

import asyncio
from uuid import UUID

import msgspec

from kanal.accounts import actions as accounts
from kanal.cli import demo_desk, demo_forms, demo_macros, demo_mailboxes, demo_office
from kanal.delivery import send
from kanal.delivery.models import Reply
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import NewChannel
from kanal.kit.db import Transaction
from kanal.people import actions as people
from kanal.people import passwords
from kanal.people.models import Role
from kanal.server.process import Process
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from sandbox.app import Sandbox
from sandbox.demo import write_demo_mails
from sandbox.demo.visitors import fill_in_forms

SLUG = "demo"
ADDRESS = "support@demo.example"
PASSWORD = "kanal-demo"  # noqa: S105 - of the demo account alone, which is for trying out on one's own machine
PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("admin@demo.example", "Alva Admin", "super_admin"),
    ("ana@demo.example", "Ana Berg", "agent"),
    ("bo@demo.example", "Bo Lind", "agent"),
    ("cilla@demo.example", "Cilla Ek", "agent"),
    ("vera@demo.example", "Vera Viewer", "viewer"),
)


SETTLED = "select count(*) from raw_events where state not in ('waiting', 'failed', 'receipt')"
"""What people wrote; the mails by which addresses are proved are receipts."""


class NotFilled(Exception):
    """The mails of the demo did not become tickets in time."""


async def fill(process: Process, sandbox: Sandbox) -> bool:
    """Make the demo account with its mail; False when it is there already."""
    async with process.db.transaction(None) as tx:
        if await tx.value("select true from accounts where slug = %s", (SLUG,)):
            return False
        account = (await accounts.create(tx, SLUG, "Ljus & Form")).id
    async with process.db.transaction(account) as tx:
        members = await _people(tx)
        support = await demo_desk.set_up(tx, process, members)
        answers = await _connect(tx, process)
        await demo_mailboxes.connect(tx, process, sandbox, members["Alva"])
        await demo_forms.set_up(tx, process, answers, support)
        await demo_office.set_up(tx, process)
        await demo_macros.set_up(tx, members)
    sent = await write_demo_mails(sandbox, ADDRESS, demo_desk.ORDERS, demo_mailboxes.RETURNS, demo_office.ADDRESS)
    await _wait_for(process, account, len(sent))
    await _work(process, account, members, support)
    await demo_office.work(process, account, members)
    filled = await fill_in_forms(f"{_here(process)}/f/{await demo_forms.key(process, account)}")
    await demo_forms.fill_feedback(process, account)
    await _wait_for(process, account, len(sent) + filled)
    return True


async def contact_form(process: Process) -> str:
    """Address of the form that the demo's shop shows; "" where it was deleted."""
    async with process.db.transaction(None) as tx:
        account = await tx.value("select id from accounts where slug = %s", (SLUG,))
    key = await demo_forms.key(process, account)
    return f"{process.settings.public_url}/f/{key}" if key else ""


def _here(process: Process) -> str:
    """Where this machine itself reaches us, whatever stands in front."""
    listens = process.settings.http
    return f"http://127.0.0.1:{listens.port}" if listens.host in ("0.0.0.0", "::") else f"http://{listens}"


async def _people(tx: Transaction) -> dict[str, UUID]:
    """The members by first name."""
    password = await passwords.make(PASSWORD)
    members = {}
    for email, name, role in PEOPLE:
        user = await people.add_user(tx, email, name, password_hash=password)
        members[name.split()[0]] = (await people.add_member(tx, user, role, role != "viewer")).id
    return members


async def _connect(tx: Transaction, process: Process) -> UUID:
    signature = "<p>{{agent.first_name}}<br>Ljus &amp; Form, Växjö</p>"
    return await inboxes.connect(
        tx,
        process.kinds["email"],
        NewChannel(
            name="Support",
            settings={
                "method": "forwarding",
                "address": ADDRESS,
                "from_name": {"mode": "agent_company", "company": "Ljus & Form"},
                "signature_html": signature,
            },
        ),
        keyring=process.keyring,
        mail_domain=process.settings.mail_domain,
        actor=None,
    )


async def _wait_for(process: Process, account: int, mails: int) -> None:
    for _ in range(600):
        async with process.db.transaction(account) as tx:
            settled = await tx.value(SETTLED)
        if settled >= mails:
            return
        await asyncio.sleep(0.1)
    raise NotFilled(f"only {settled} of {mails} messages were taken in within a minute")


class _Ticket(msgspec.Struct):
    id: UUID
    number: int


async def _work(process: Process, account: int, members: dict[str, UUID], support: UUID) -> None:
    """What a morning leaves behind: some have been taken, some answered, one is closed."""
    async with process.db.transaction(account) as tx:
        found = await tx.all(
            _Ticket,
            """
            select t.id, t.number from tickets t join channels c on c.id = t.channel_id
            where c.name = 'Support' order by t.number
            """,
        )
    for position, ticket in enumerate(found):
        async with process.db.transaction(account) as tx:
            await _work_on(tx, process, ticket, position, members, support)


async def _work_on(
    tx: Transaction, process: Process, ticket: _Ticket, position: int, members: dict[str, UUID], support: UUID
) -> None:
    alva, ana, bo = members["Alva"], members["Ana"], members["Bo"]
    match position % 8:
        case 1:
            await tickets.change(tx, ticket.id, TicketChange(assignee_id=ana, team_id=support), ana)
        case 2:
            await tickets.change(tx, ticket.id, TicketChange(assignee_id=alva), alva)
        case 3:
            text = "Thank you for writing. I have looked at it and will come back to you tomorrow with an answer."
            await send.reply(tx, process.carriers, Reply(ticket_id=ticket.id, author_id=ana, text=text))
        case 5:
            await tickets.change(tx, ticket.id, TicketChange(team_id=support), alva)
        case 6:
            change = TicketChange(assignee_id=bo, priority="high")
            await tickets.change(tx, ticket.id, change, bo)
            text = "I called the warehouse; they are looking for the parcel."
            await tickets.comment(tx, ticket.id, author=bo, text=text, html="")
        case 7 if position > 8:
            await tickets.change(tx, ticket.id, TicketChange(status_key="closed", assignee_id=bo), bo)
