"""The neutral things that travel between a kind and the desk: what a door received, what was said in it, what became
of something we sent, and what is to be sent. A kind's `parse` makes them; intake/pipeline.py takes them from there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

Field = Literal["to", "cc", "bcc"]
Automatic = Literal["auto_reply", "machine", "list"]
Verdict = Literal["pass", "fail", "none"]


class Door(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What the door knew about a delivery, kept beside its bytes. Replay, loop detection and trust read this and not
    the headers. Empty fields are things that this kind's door cannot know."""

    mail_from: str = ""
    """Envelope sender; "" is the null return path of a bounce."""
    rcpt_to: list[str] = []
    """Envelope recipients that led to this channel."""
    client: str = ""
    helo: str = ""
    tls: str = ""
    """TLS version, "" without encryption."""
    auth: dict[str, str] = {}
    """Results computed at the door: spf, dkim, dmarc, arc, each a word of RFC 8601; `from_domain` that dmarc judged."""
    account_addresses: list[str] = []
    """Normalised addresses of this account's own channels of the kind, so that `parse` knows who "we" are."""
    suspicion: str = ""
    """Why the door does not believe that a person means it; the event goes to quarantine with these words."""
    believed: bool = False
    """A person looked at it and let it in all the same."""
    outgoing: bool = False
    """It was found among what this mailbox sent: one of us wrote it, in another program."""
    history: bool = False
    """It was there before the channel was connected: it is taken in quietly, as a matter that is over."""


class Raw(msgspec.Struct, kw_only=True):
    """The untouched bytes that one channel received once."""

    body: bytes
    received_at: datetime
    door: Door


class Handle(msgspec.Struct, kw_only=True, frozen=True):
    """One address of a person on one kind."""

    kind: str
    """`email`, `phone`, `visitor`, `page_scoped` …: the address space, shared by kinds that can reach it."""
    key: str
    """Normalised form, unique in its space: the same person's address always gives the same key."""
    address: str
    """As it is shown."""


class Party(msgspec.Struct, kw_only=True):
    """Who wrote, or who is written to."""

    handle: Handle
    name: str = ""
    also: list[Handle] = []
    """Further handles that the provider vouches for, e.g. a phone number beside a WhatsApp user id; may be missing."""
    known: bool = True
    """False while the person is only a visitor: no contact is made until they are identified."""


class Recipient(msgspec.Struct, kw_only=True):
    field: Field
    party: Party


class Attachment(msgspec.Struct, kw_only=True):
    """A file in a message: its bytes, where they lie already, or where the kind can fetch them later."""

    name: str
    content_type: str
    data: bytes = b""
    fetch: str = ""
    """Set instead of `data` when the bytes must be fetched from the provider; handed back to `kind.fetch`."""
    blob: str = ""
    """Set instead of `data` when the door has put the file in storage already: what storage calls it."""
    size: int = 0
    """Bytes of a file in storage."""
    inline: bool = False
    content_id: str = ""


class Evidence(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What says to which conversation a message belongs, strongest first."""

    tokens: list[str] = []
    """Candidates for a reply token, as found; the desk verifies them."""
    in_reply_to: list[str] = []
    references: list[str] = []
    """Oldest first."""
    thread_key: str = ""
    """The provider's own thread id: a chat session, a pair of numbers. Decides by itself where the kind threads so."""
    subject_key: str = ""
    """Subject without reply prefixes, lower case; a reference alone counts only where it is unchanged."""


class Forwarded(msgspec.Struct, kw_only=True):
    """Whose message somebody handed on, as far as their program wrote it down. A claim of whoever handed it on."""

    sender: Party
    sent: str = ""
    """When, in the words of the forwarding program."""
    subject: str = ""
    text: str = ""
    html: str = ""
    """What the original sender wrote."""
    note: str = ""
    """What the forwarder wrote above it."""


class Signals(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a reader should know about who says to have sent it; the desk adds what only it can know."""

    reply_to: str = ""
    """Answers would go to this address, which is not the sender's."""
    hidden_behind: str = ""
    """A group or relay put its own address in the place of the sender's, and nothing vouches for who it was."""
    first_time: bool = False
    """Nothing came from this address before."""
    looks_like: str = ""
    """The domain of a known contact that the sender's domain is easily taken for."""


class Invitation(msgspec.Struct, kw_only=True):
    """A meeting that the sender asks us to, moves or calls off (RFC 5546)."""

    method: Literal["request", "cancel", "reply"]
    uid: str
    sequence: int = 0
    summary: str = ""
    location: str = ""
    organizer: str = ""
    """Address."""
    attendee: str = ""
    """Which of our addresses was asked."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    timezone: str = ""
    repeats: bool = False
    source: str = ""
    """The calendar object, as it came."""
    answer: Literal["", "accepted", "tentative", "declined"] = ""


class Answer(msgspec.Struct, kw_only=True):
    """One answered field of a form, in the order shown."""

    label: str
    value: str
    hidden: bool = False


class Confirmation(msgspec.Struct, kw_only=True):
    """What the sender gets at once for what they said, by mail or whatever else reaches them."""

    subject: str
    text: str
    html: str = ""


class Said(msgspec.Struct, kw_only=True, tag="said"):
    """One thing that somebody said to us."""

    external_id: str = ""
    """The provider's id of the message, "" when it has none. Never trusted to be unique by itself."""
    digest: str
    """Hash over sender, claimed date and body: with `external_id` it recognises a second copy of the same message."""
    sender: Party
    recipients: list[Recipient] = []
    subject: str = ""
    text: str = ""
    """The new words in plain text."""
    html: str = ""
    """The new words as sanitised HTML, "" when there is only text."""
    quoted_text: str = ""
    quoted_html: str = ""
    """History that was quoted below, folded on display."""
    claimed_at: datetime | None = None
    """When the sender says it was written; the order of things goes by receipt."""
    evidence: Evidence = msgspec.field(default_factory=Evidence)
    attachments: list[Attachment] = []
    automatic: Automatic | None = None
    """Set for mail that no person wrote: it never reopens a ticket and never causes an answer."""
    loop: bool = False
    """It is our own message that came back."""
    answers: list[Answer] = []
    properties: dict[str, Any] = {}
    """Ticket properties that the sender chose, by key as in a channel's routing, and `description`: they go before
    those that the channel sets."""
    property_defaults: dict[str, Any] = {}
    """Ticket properties that hold where neither the sender nor the channel sets one."""
    confirmation: Confirmation | None = None
    """To send back once this is taken in; never for automatic messages."""
    answer_at: Party | None = None
    """Where an answer can go when the kind itself carries none (the email field of a form)."""
    trust: Verdict = "none"
    remote_images: int = 0
    flags: list[str] = []
    """`encrypted`, `signed`, `truncated`, `tnef`, `invitation`, `receipt` …; shown beside the message."""
    raw_only: bool = False
    """It could not be understood: the ticket shows the raw source."""
    outgoing: bool = False
    """One of us wrote it, in another program: it goes where it belongs as an outgoing message and is never sent."""
    own_message: UUID | None = None
    """Among what was sent: our message of which it says to be a copy, whatever id the provider gave it."""
    forwarded: Forwarded | None = None
    signals: Signals = msgspec.field(default_factory=Signals)
    invitation: Invitation | None = None
    receipt_to: str = ""
    """At which address the sender asks for a read receipt."""
    spam: str = ""
    """Why the provider or a filter of the kind takes it for spam, "" when it does not."""
    bulk: Literal["", "newsletter", "unsubscribe"] = ""
    """It has the marks of marketing, or says at least how to unsubscribe."""


class Receipt(msgspec.Struct, kw_only=True, tag="receipt"):
    """What became of something that we sent."""

    state: Literal["delivered", "read", "delayed", "failed", "bounced"]
    reason: str = ""
    permanent: bool = False
    recipient: Handle | None = None
    external_ids: list[str] = []
    """Ids of the message it speaks of, surest first."""
    tokens: list[str] = []
    """Candidates for the delivery token of our return path."""
    at: datetime | None = None
    report: Said | None = None
    """The bounce as a person would read it; becomes a ticket of its own when it fits nothing that we sent."""


class Refused(msgspec.Struct, kw_only=True, tag="refused"):
    """The event is no message for a person; it goes to quarantine with the reason."""

    why: str


class Proof(msgspec.Struct, kw_only=True, tag="proof"):
    """A message that the desk sent to itself and that came all the way round: mail to the address comes here."""

    tokens: list[str]
    """Candidates for the channel's proof token; the desk verifies them."""


Inbound = Said | Receipt | Refused | Proof


class File(msgspec.Struct, kw_only=True):
    """A file to send, read already."""

    name: str
    content_type: str
    data: bytes
    inline: bool = False
    content_id: str = ""


class Template(msgspec.Struct, kw_only=True):
    """A message that the provider approved beforehand, for use outside the reply window."""

    name: str
    language: str
    variables: list[str] = []


class Outbound(msgspec.Struct, kw_only=True):
    """One message to send through one channel, complete: `kind.send` needs to ask for nothing more."""

    message_id: UUID
    conversation_id: UUID
    external_id: str = ""
    """Our own id for it where the kind lets us name it (`kind.name_message`); the same at every attempt."""
    author_name: str = ""
    """The person who wrote it; "" when the desk did."""
    to: list[Party]
    cc: list[Party] = []
    bcc: list[Party] = []
    subject: str = ""
    text: str
    html: str = ""
    files: list[File] = []
    in_reply_to: str = ""
    references: list[str] = []
    thread_key: str = ""
    reply_token: str = ""
    """Brings the answer back to this conversation."""
    bounce_token: str = ""
    """Brings a bounce back to this delivery."""
    automatic: bool = False
    """No person wrote it: marked as such on the wire."""
    quoted_text: str = ""
    quoted_html: str = ""
    """What it answers or hands on, to stand below the signature; "" for none."""
    calendar: str = ""
    """A calendar object that goes with it (an answer to an invitation)."""
    receipt_for: str = ""
    """It is a read receipt for the message of this id, and nothing else."""
    template: Template | None = None
    attempt: int = 1
    written_at: datetime


class Sent(msgspec.Struct, kw_only=True):
    """The provider's word that it has taken the message over."""

    external_id: str = ""
    said: str = ""
    """Its answer, e.g. the queue id of a mail server."""
    refused: dict[str, str] = {}
    """Recipients that it would not take, with its words, while others were taken."""
