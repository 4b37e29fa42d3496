"""The contract between a kind and the desk. A kind carries messages and knows nothing of tickets; the desk asks what a
kind *can* do and never which kind it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

import msgspec

from kanal.channelkit.channel import Channel as Channel
from kanal.channelkit.desk import Desk
from kanal.channelkit.ledger import Folder
from kanal.channelkit.messages import Handle, Inbound, Outbound, Raw, Sent
from kanal.channelkit.requests import HttpDoor

Threading = Literal["references", "thread_key", "participants", "none"]
FieldType = Literal["text", "html", "email", "password", "number", "select", "switch", "textarea", "form", "channel"]
"""Of what the admin fills in. `form` is the id of one of the account's forms that no channel carries yet, `channel`
that of a channel that carries the answers, or "" for the desk's choice; the desk checks both, not the kind."""


class Window(msgspec.Struct, kw_only=True, frozen=True):
    """Until `lasts` after the customer's last message, `who` may answer. Windows stand from narrow to wide."""

    lasts: timedelta
    who: Literal["anyone", "human"] = "anyone"


class Limits(msgspec.Struct, kw_only=True, frozen=True):
    """What one outgoing message may hold; bytes."""

    text: int = 1_000_000
    files: int = 50
    file: int = 25_000_000
    total: int = 25_000_000
    content_types: frozenset[str] = frozenset()
    """Empty: any."""


class Capabilities(msgspec.Struct, kw_only=True, frozen=True):
    """What a kind can do. The composer, the desk and routing read this."""

    replies: bool = True
    """It carries answers itself. Otherwise answers go where `Said.answer_at` says, by a kind that reaches it."""
    starts: bool = False
    """We may write first."""
    one_shot: bool = False
    """Each message opens a conversation; nothing is ever appended by this kind."""
    threading: Threading = "participants"
    reaches: frozenset[str] = frozenset()
    """Handle kinds that it can write to."""
    subject: bool = False
    rich_text: frozenset[str] = frozenset()
    """Marks it can carry: bold, italic, underline, list, link, quote, code, image. Empty: plain text only."""
    several_recipients: bool = False
    inline_images: bool = False
    work: Literal["calling", "messaging", "email"] = "email"
    """The sort of work that its tickets are, for members with a limit for each."""
    live: bool = False
    """Both sides are there at once: typing is carried, messages are short."""
    receipts: frozenset[str] = frozenset()
    """Of delivered, read, failed, bounced."""
    windows: tuple[Window, ...] = ()
    """Empty: one may always answer."""
    templates: bool = False
    """Outside every window an approved template may be sent."""
    fetches: bool = False
    """Attachments may arrive as a reference and are fetched by `Kind.fetch`."""
    forwards: bool = False
    """Its messages may be handed on by somebody for whoever wrote them, and we may hand on one of ours."""
    acknowledges: bool = False
    """Whoever writes can be told at once that it has arrived."""
    fetched: bool = False
    """Messages may be fetched from a server, whose every message is then explained by the ledger."""
    filtered: bool = False
    """Its raw events are internet mail, of which a mail filter can say whether it is spam."""
    looks_up: bool = False
    """`Kind.look_up` can tell whether a message of unknown fate was taken."""
    limits: Limits = Limits()


class FormField(msgspec.Struct, kw_only=True, frozen=True):
    """One field of the form that the admin fills in; drawn by the app from this alone."""

    name: str
    """Path in the settings, e.g. `smtp.host`."""
    label: str
    type: FieldType = "text"
    required: bool = False
    help: str = ""
    placeholder: str = ""
    options: tuple[str, ...] = ()


class Method(msgspec.Struct, kw_only=True, frozen=True):
    """One way to connect a channel of the kind."""

    key: str
    name: str
    description: str
    form: tuple[FormField, ...]
    signs_in: bool = False
    """The desk reads by itself, with a sign-in that is tried before anything is connected."""


class Tried(msgspec.Struct, kw_only=True):
    """What a provider answered when the settings were tried out."""

    said: dict[str, str]
    """By part, such as `imap` and `smtp`."""
    folders: list[Folder] = []


class Discovered(msgspec.Struct, kw_only=True):
    """How the mailbox of an address is reached, as far as could be found out."""

    method: str
    """Key of the method that fits."""
    settings: dict[str, Any] = {}
    provider: str = ""
    """Of the provider that hosts it, as people know it; "" when that is not known."""
    source: Literal["preset", "autoconfig", "dns", "guess", "none"] = "none"
    note: str = ""
    """What this provider asks for besides, such as a password for apps."""


class Claim(msgspec.Struct, kw_only=True, frozen=True):
    """An address that a channel answers for; unique in the whole installation."""

    space: str
    key: str
    proved: bool


class Kind(Protocol):
    """Everything the desk knows about a kind. `server/installed.py` lists them."""

    name: str
    title: str
    description: str
    capabilities: Capabilities
    methods: tuple[Method, ...]
    settings_type: type[msgspec.Struct]
    secret_fields: tuple[str, ...]
    """Paths in the settings that are stored encrypted and never shown again."""

    def check(self, settings: Mapping[str, Any], mail_domain: str) -> dict[str, Any]:
        """Validate and complete settings given by a person; raises InvalidSettings that names the field."""

    def claims(self, settings: Mapping[str, Any]) -> Sequence[Claim]:
        """The addresses that a channel with these settings answers for."""

    def preview(self, settings: Mapping[str, Any], author: str) -> dict[str, str]:
        """What recipients will see of unfinished settings when `author` writes, by name of the part (`from`,
        `signature_html`); raises InvalidSettings."""

    def parse(self, raw: Raw) -> list[Inbound]:
        """Raw bytes → what was said. Pure; runs in a child process under limits; may raise anything."""

    def unreadable(self, raw: Raw, why: str) -> Inbound:
        """What to show when `parse` failed: never raises, reads as little as it can."""

    def name_message(self, channel: Channel) -> str:
        """A new id for an outgoing message that nobody can guess, or "" where the provider names messages."""

    async def send(self, out: Outbound, channel: Channel, handed_over: HandedOver) -> Sent:
        """Hand the message to the provider. Awaits `handed_over()` just before the step after which it cannot be known
        whether the provider took it. Raises one of channelkit.errors."""

    async def look_up(self, out: Outbound, channel: Channel) -> Sent | None:
        """What the provider knows of a message of unknown fate; None when it was surely not taken. Raises Unknown when
        it cannot tell. Only with `looks_up`."""

    async def fetch(self, reference: str, channel: Channel) -> bytes:
        """The bytes behind `Attachment.fetch`. Only with `fetches`."""

    def obstacle(self, settings: Mapping[str, Any]) -> str:
        """Why nothing can leave by a channel with these settings now, "" when it can. Said before anybody types;
        secrets need not be filled in."""

    async def try_out(self, settings: Mapping[str, Any]) -> Tried:
        """Connect with these settings and say what the provider answered; raises InvalidSettings or RetryLater."""

    async def discover(self, address: str) -> Discovered:
        """How a channel with this address is probably connected. Never raises."""

    async def prove(self, channel: Channel, token: str) -> None:
        """Send what comes back as a `Proof` with this token when messages to the channel's address reach us; does
        nothing where the provider vouches for the address. Raises one of channelkit.errors."""

    def doors(self, desk: Desk) -> Sequence[HttpDoor]:
        """HTTP doors of the kind."""

    def runners(self, desk: Desk) -> Sequence[Runner]:
        """Listeners and pollers of the kind."""


class HandedOver(Protocol):
    async def __call__(self) -> None: ...


class Runner(Protocol):
    """Something that runs as long as the process: a listener (in `kanal serve`) or a poller (in `kanal worker`)."""

    name: str
    where: Literal["serve", "worker"]

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def answerable_until(capabilities: Capabilities, last_in: datetime | None, *, human: bool = True) -> datetime | None:
    """When the last reply window that `human` may use closes; None when answers are always possible.

    A conversation in which the customer never wrote has no open window: the time returned lies in the past."""
    windows = [w for w in capabilities.windows if human or w.who == "anyone"]
    if not capabilities.windows:
        return None
    if last_in is None or not windows:
        return datetime.min.replace(tzinfo=(last_in.tzinfo if last_in else None))
    return last_in + max(w.lasts for w in windows)


def referring(kind: Kind, type_: FieldType) -> str | None:
    """The setting of this kind that holds the id of a form or of a channel; None: it has none."""
    return next((field.name for method in kind.methods for field in method.form if field.type == type_), None)


def reach(capabilities: Capabilities, handles: Sequence[Handle]) -> Handle | None:
    """The first of a person's handles that the kind can write to."""
    return next((h for h in handles if h.kind in capabilities.reaches), None)
