"""The demo's forms: one that is a channel, filled in through the real door, and one that only collects, with a month
behind it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from kanal.forms.definitions import actions as forms
from kanal.forms.definitions import queries
from kanal.forms.definitions.models import NewForm
from kanal.forms.filling import fill
from kanal.forms.models import Definition, Field, FieldLimits, Look, Options
from kanal.forms.spam.rules import FILLED_IN, OFTEN_FROM_ADDRESS
from kanal.forms.submissions.arriving import NewSubmission
from kanal.forms.submissions.models import Source
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import NewChannel
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.routing.actions.editing import checked
from kanal.server.process import Process

CONTACT = "Contact us"
FEEDBACK = "Newsletter or feedback"
ABOUT_ORDERS = {"field": "reason", "operator": "is_any_of", "value": ["delivery", "damaged", "invoice"]}
ACCENT = "#8c4a1f"
DAYS = 30


async def set_up(tx: Transaction, process: Process, answers: UUID, team: UUID) -> None:
    """Both forms; `answers` is the channel by which the connected one is answered, `team` gets its tickets."""
    contact = await forms.create(tx, NewForm(name=CONTACT, fields=_contact_fields(), options=_contact_options()), None)
    await _connect(tx, process, contact, answers, team)
    await forms.create(tx, NewForm(name=FEEDBACK, fields=_feedback_fields(), options=_feedback_options()), None)


async def key(process: Process, account: int) -> str:
    """Of the connected form; "" where it is no more."""
    async with process.db.transaction(account) as tx:
        found = await tx.value("select key from forms where name = %s and deleted_at is null", (CONTACT,))
    return str(found or "")


async def fill_feedback(process: Process, account: int) -> None:
    """A month of submissions, each stored as the door stores it, with the views and starts that led to them."""
    async with process.db.transaction(account) as tx:
        form = await tx.value("select id from forms where name = %s", (FEEDBACK,))
        version = (await queries.one(tx, form)).version
        definition = await queries.definition_of(tx, form, version)
    sent = list(_month(definition, clock.now()))
    for new in sent:
        await process.acceptor.accept(new)
    async with process.db.transaction(account) as tx:
        await _count_views(tx, definition.form_id, Counter(new.received_at.date() for new in sent))


def _contact_fields() -> list[Field]:
    return [
        Field(name="name", type="text", label="Your name", property="contact.name", width="half"),
        Field(name="email", type="email", label="Email", required=True, property="contact.email", width="half"),
        Field(
            name="reason",
            type="select",
            label="What is it about?",
            required=True,
            property="ticket.reason",
            labels={"delivery": "A delivery", "damaged": "Something is damaged", "invoice": "An invoice"},
        ),
        Field(
            name="order_number",
            type="text",
            label="Order number",
            property="ticket.order_number",
            help="As on the invoice, for example 20481.",
            placeholder="20481",
            width="half",
            show_when=ABOUT_ORDERS,
        ),
        Field(name="subject", type="text", label="Subject", required=True, property="ticket.subject"),
        Field(
            name="description",
            type="long_text",
            label="How can we help?",
            required=True,
            property="ticket.description",
        ),
        Field(
            name="files",
            type="file",
            label="Pictures of the damage, and the receipt",
            limits=FieldLimits(files=3, file_bytes=10_000_000, file_groups=["image", "document"]),
            show_when={"field": "reason", "operator": "is", "value": "damaged"},
        ),
        Field(
            name="company_customer",
            type="checkbox",
            label="I write for a company",
            property="contact.company_customer",
        ),
        Field(name="campaign", type="text", label="Campaign", hidden=True, default="site"),
        Field(name="pipeline", type="select", label="Pipeline", hidden=True, property="ticket.pipeline"),
        Field(name="status", type="select", label="Status", hidden=True, property="ticket.status"),
    ]


def _contact_options() -> Options:
    return Options(
        look=Look(accent=ACCENT, font="serif", corners="rounded"),
        intro="Write to us in English or Swedish. We answer on working days, usually within a few hours.",
        submit_label="Send",
        thanks="Thank you! We have your message and will answer by email.",
    )


async def _connect(tx: Transaction, process: Process, form: UUID, answers: UUID, team: UUID) -> None:
    routing = {
        "rules": [
            {
                "name": "Damaged goods first",
                "when": {"field": "ticket.reason", "operator": "is", "value": "damaged"},
                "to": {"teams": [str(team)]},
            }
        ],
        "assign": "members",
        "to": {"teams": [str(team)]},
    }
    new = NewChannel(
        name="Contact form",
        settings={"method": "form", "form": str(form), "answer_by": str(answers)},
        routing=msgspec.to_builtins(await checked(tx, routing)),
    )
    await inboxes.connect(
        tx, process.kinds["form"], new, keyring=process.keyring, mail_domain=process.settings.mail_domain, actor=None
    )


# What only collects

STARS = ("1", "2", "3", "4", "5")
RANGES = ("Ceiling lamps", "Table lamps", "Shades", "Bulbs")
WORDS = (
    ("The shade spreads the light beautifully over the table.", "5"),
    ("Nice lamp, but the cord could be longer.", "4"),
    ("Delivery took two weeks, the lamp itself is lovely.", "3"),
    ("The switch feels cheap for the price.", "2"),
    ("Bought two for the hall, and will buy a third.", "5"),
    ("Please bring back the brass version!", "4"),
    ("The bulb was broken when it came, you sent a new one at once.", "4"),
    ("The manual is only in Swedish.", "3"),
    ("", "5"),
    ("", "4"),
)
PEOPLE = (
    ("Astrid Falk", "astrid@post.example"),
    ("Nils Öberg", "nils@home.example"),
    ("Karin Sand", "karin.sand@mail.example"),
    ("Emil Ström", "emil@post.example"),
    ("Sofia Lund", "sofia@studio.example"),
    ("", "reader@letters.example"),
    ("Petra Vik", ""),
)


def _feedback_fields() -> list[Field]:
    return [
        Field(
            name="rating",
            type="select",
            label="How do you like your lamp?",
            required=True,
            options=list(STARS),
            labels={"1": "1, not at all", "5": "5, very much"},
        ),
        Field(name="ranges", type="multi_select", label="What interests you?", options=list(RANGES)),
        Field(name="words", type="long_text", label="What should we know?"),
        Field(name="name", type="text", label="Your name", property="contact.name", width="half"),
        Field(name="email", type="email", label="Email", property="contact.email", width="half"),
        Field(
            name="newsletter",
            type="consent",
            label="Send me the newsletter, four times a year",
            help="You can leave it at any time.",
        ),
    ]


def _feedback_options() -> Options:
    return Options(
        look=Look(accent=ACCENT, font="serif", corners="rounded"),
        intro="Two minutes that help us make better lamps.",
        thanks="Thank you, we read every word.",
    )


def _month(definition: Definition, now: datetime) -> Iterator[NewSubmission]:
    """More towards the end, few at weekends; the same every time."""
    dice = random.Random(20481)  # noqa: S311 - nothing hangs on it
    for ago in range(DAYS - 1, 0, -1):
        day = (now - timedelta(days=ago)).replace(hour=7, minute=0, second=0, microsecond=0)
        busy = 1 if day.weekday() >= 5 else 2 + (DAYS - ago) // 10
        for _ in range(dice.randint(busy - 1, busy + 1)):
            yield _submission(definition, dice, day + timedelta(minutes=dice.randint(0, 840)))
        if ago % 9 == 4:
            yield _program(definition, day + timedelta(hours=20), FILLED_IN if ago % 2 else OFTEN_FROM_ADDRESS)


def _submission(definition: Definition, dice: random.Random, at: datetime) -> NewSubmission:
    words, rating = dice.choice(WORDS)
    name, email = dice.choice(PEOPLE)
    given = {
        "rating": [rating],
        "ranges": dice.sample(RANGES, dice.randint(0, 2)),
        "words": [words],
        "name": [name],
        "email": [email],
        "newsletter": ["on"] if email and dice.random() < 0.6 else [],
    }
    sources: list[Source] = ["embed", "embed", "hosted"]
    return _filled(definition, given, at, dice.choice(sources))


def _program(definition: Definition, at: datetime, why: str) -> NewSubmission:
    given = {"rating": ["5"], "words": ["Cheap followers for your shop"], "email": ["win@followers.example"]}
    return _filled(definition, given, at, "plain", why)


def _filled(
    definition: Definition, given: dict[str, list[str]], at: datetime, source: Source, caught: str = ""
) -> NewSubmission:
    return NewSubmission(
        definition=definition,
        filled=fill(definition, {name: values for name, values in given.items() if any(values)}, {}),
        source=source,
        page="https://shop.ljusochform.example/feedback" if source == "embed" else "",
        caught=caught,
        received_at=at,
    )


async def _count_views(tx: Transaction, form: UUID, submissions: Counter[date]) -> None:
    """Most who see a form go on; of those who begin, most send it."""
    for day, sent in submissions.items():
        await tx.run(
            "update form_days set views = %s, starts = %s where form_id = %s and day = %s",
            (sent * 7 + day.day % 5 + 4, sent + day.day % 3 + 1, form, day),
        )
